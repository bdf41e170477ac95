"""The committee's year in the demonstration: who sits on it, when it sits, and what each of its scenes does.

Everything goes the way it goes in an organization: somebody writes, the text circulates, people speak, the sitting
votes, its chair enters the ballots, a named person confirms what the decision does. Nobody types in an outcome.
What happens in winter stands in february.py, what happens from spring on in june.py.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tequio.accounts.models import User
from tequio.accounts.operations import add_person
from tequio.decisions.models import Body, Decision, Proposal, Question, Seat, Sitting
from tequio.decisions.operations import closing, opening, proposing, voting
from tequio.decisions.operations.founding import rank_priorities
from tequio.decisions.operations.parts import questions_of
from tequio.decisions.operations.seating import appoint
from tequio.decisions.operations.versions import latest_version
from tequio.decisions.operations.voting import Said
from tequio.meetings.models import Attendance, Meeting
from tequio.meetings.operations.series import foresee_all
from tequio.project.demo import committee, motions
from tequio.project.demo.motions import Motion
from tequio.rules.deciding import Choice
from tequio.rules.dividing import Qualifier
from tequio.rules.wording import Words

ACTOR = "demo"
SERIES = "committee"
FEBRUARY, MARCH, APRIL, JUNE = date(2016, 2, 6), date(2016, 3, 5), date(2016, 4, 2), date(2016, 6, 4)
_NO_PRIORITY = {"en": "it is about how we work", "es": "trata de cómo trabajamos"}
Ballots = Sequence[tuple[Choice, int]]


class Story:
    """The committee, and the proposals it has before it, each by a name of its own."""

    def __init__(self, *, at: datetime) -> None:
        self.body = Body.objects.get(code=committee.BODY)
        self.people = {
            one.email: User.objects.filter(email=one.email).first()
            or add_person(email=one.email, name=one.name, language=one.language, actor=ACTOR, at=at)
            for one in committee.SITTERS
        }
        self._seat_them(at=at)
        foresee_all(actor=ACTOR, at=at)  # the committee's series is in the rule book
        self.priorities = rank_priorities(year=2016, texts=motions.PRIORITIES, decision=None, actor=ACTOR, at=at)
        self.asked: dict[str, Proposal] = {}

    def _seat_them(self, *, at: datetime) -> None:
        free = {
            center: list(Seat.objects.filter(body=self.body, votes=True, center__code=center).order_by("pk"))
            for center in ("us", "mx")
        }
        for one in committee.SITTERS:
            appoint(
                seat=free[one.center].pop(0),
                user=self.people[one.email],
                starts_on=committee.SINCE,
                ends_on=committee.UNTIL,
                decision=None,
                actor=ACTOR,
                at=at,
            )

    @property
    def chair(self) -> User:
        """Who keeps the committee's papers."""
        return self.people[committee.CHAIR]

    def meeting(self, *, on: date) -> Meeting:
        """The committee's meeting of a day."""
        return Meeting.objects.get(series__code=SERIES, occurrence_on=on)

    def sitting(self, *, on: date) -> Sitting:
        """The committee's sitting in its meeting of a day."""
        return Sitting.objects.get(meeting_part__meeting=self.meeting(on=on), body=self.body)

    def propose(
        self, *, name: str, motion: Motion, by: str, at: datetime, effects: Sequence[Mapping[str, Any]] = ()
    ) -> Proposal:
        """Write a proposal and circulate it at once."""
        sponsor = self.people[by]
        made = proposing.draft(
            body=self.body,
            sponsor=sponsor,
            words=words_of_motion(motion, original="es" if sponsor.language == "es" else "en"),
            effects=effects,
            no_priority_because=_NO_PRIORITY[sponsor.language],
            actor=ACTOR,
            at=at,
        )
        self.asked[name] = proposing.submit(proposal=made, by=sponsor, actor=ACTOR, at=at)
        return self.asked[name]

    def act(self, does: Any, *, by: str, **given: Any) -> Any:
        """Let a person do something."""
        return does(by=self.people[by], actor=ACTOR, **given)

    def vote(
        self,
        *,
        name: str,
        ballots: Ballots,
        at: datetime,
        question: Question | None = None,
        qualifier: Qualifier = Qualifier.NONE,
        data: Mapping[str, Any] | None = None,
    ) -> Decision:
        """A question put to the vote in the sitting of that day, entered ballot by ballot, and counted."""
        proposal = self.asked[name]
        sitting = Sitting.objects.filter(body=self.body, starts_at__lte=at).order_by("-starts_at")[0]
        vote = opening.open_vote(
            body=self.body,
            proposal=proposal,
            question=question or questions_of(version=latest_version(proposal=proposal))[0],
            qualifier=qualifier,
            qualifier_data=data,
            how="sitting",
            sitting=sitting,
            by=self.chair,
            actor=ACTOR,
            at=at,
        )
        choices = [choice for choice, many in ballots for _ in range(many)]
        there = set(Attendance.objects.filter(meeting__parts__sitting=sitting).values_list("user_id", flat=True))
        electors = [row.pk for row in vote.electors.order_by("pk") if row.user_id in there]
        said = {pk: Said(choice=choice) for pk, choice in zip(electors, choices, strict=False)}
        voting.enter_ballots(vote=vote, said=said, by=self.chair, actor=ACTOR, at=at)
        return closing.close(vote=vote, actor=ACTOR, at=at).decision


def words_of_motion(motion: Motion, *, original: Any) -> Words:
    """The words of a proposal, as its form would hold them."""
    return Words(
        original=original,
        ask=motion.ask,
        text=motion.text,
        resources=motion.resources,
        in_favor=motion.speaks_for,
        against=motion.speaks_against,
    )
