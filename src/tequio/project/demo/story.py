"""The committee's year in the demonstration: the divided question of February, the written structure of June.

Everything goes the way it goes in an organization: somebody writes, the text circulates, people speak, the sitting
votes, its chair enters the ballots, a named person confirms what the decision does. Nobody types in an outcome.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tequio.accounts.models import User
from tequio.accounts.operations import add_person
from tequio.decisions.models import ActionItem, Body, Proposal, Seat, Sitting
from tequio.decisions.operations import amending, carrying_out, closing, dividing, opening, placing, proposing, voting
from tequio.decisions.operations.coming_back import come_back
from tequio.decisions.operations.discussing import take_position
from tequio.decisions.operations.founding import plan_sitting, rank_priorities
from tequio.decisions.operations.parts import questions_of
from tequio.decisions.operations.seating import appoint
from tequio.decisions.operations.tasks import close_task
from tequio.decisions.operations.versions import latest_version
from tequio.decisions.operations.voting import Said
from tequio.decisions.wordings import words_of
from tequio.project.demo import committee, motions
from tequio.project.demo.agenda import Agenda
from tequio.project.demo.motions import Motion
from tequio.rules.deciding import Choice
from tequio.rules.dividing import Part, Qualifier
from tequio.rules.reasons import Text
from tequio.rules.wording import Field, Words

ACTOR = "demo"
ZONE = "America/Mexico_City"
# Eleven in the morning in Mexico City: winter there is an hour later in UTC than summer.
SITTINGS = tuple(
    datetime(2016, month, day, hour, tzinfo=UTC)
    for month, day, hour in (
        *((2, 6, 17), (3, 5, 17), (4, 2, 17), (5, 7, 16), (6, 4, 16), (7, 2, 16)),
        *((9, 3, 16), (10, 1, 16), (11, 5, 17), (12, 3, 17)),
    )
)
AHEAD = datetime(2017, 1, 7, 17, tzinfo=UTC)
FEBRUARY, JUNE = date(2016, 2, 6), date(2016, 6, 4)
_WRITTEN, _LATE = date(2016, 2, 1), date(2016, 2, 5)
_TWO_DAYS_LATER = date(2016, 2, 8)
_EVALUATE = date(2016, 5, 31)
_APRIL, _VOTED_ONLINE = date(2016, 4, 2), date(2016, 12, 26)
_BROUGHT_BACK, _CIRCULATED = date(2016, 5, 14), date(2016, 5, 26)
_AMENDED, _ACCEPTED, _CONFIRMED = date(2016, 5, 28), date(2016, 5, 30), date(2016, 6, 6)
_NEW_RULE = date(2016, 7, 1)
_NO_PRIORITY = "it is about how we work"
_TABLES = {
    "us": {
        "organization": {"membership": "50", "operations": "150"},
        "individual": {"membership": "25", "operations": "75"},
    },
    "mx": {
        "organization": {"membership": "1025", "operations": "3075"},
        "individual": {"membership": "820", "operations": "2460"},
    },
}
Ballots = Sequence[tuple[Choice, int]]


def write_agenda(*, agenda: Agenda, at: datetime) -> None:
    """Seat the committee, plan its sittings, and put its year into the agenda."""
    story = _Story(at=at)
    agenda.add(on=_WRITTEN, scene=story.write_for_february)
    agenda.add(on=_LATE, scene=story.come_too_late)
    agenda.add(on=FEBRUARY, scene=story.sit_in_february)
    agenda.add(on=_TWO_DAYS_LATER, scene=story.carry_out_february)
    agenda.add(on=_APRIL, scene=story.sit_in_april)
    agenda.add(on=_BROUGHT_BACK, scene=story.bring_the_dues_back)
    agenda.add(on=_CIRCULATED, scene=story.circulate)
    agenda.add(on=_AMENDED, scene=story.ask_for_other_words)
    agenda.add(on=_ACCEPTED, scene=story.take_the_words)
    agenda.add(on=JUNE, scene=story.sit_in_june)
    agenda.add(on=_CONFIRMED, scene=story.carry_out_the_dues)
    agenda.add(on=_VOTED_ONLINE, scene=story.vote_online)


class _Story:
    """The committee, and the proposals it has before it."""

    def __init__(self, *, at: datetime) -> None:
        self.body = Body.objects.get(code=committee.BODY)
        self.people = {
            one.email: User.objects.filter(email=one.email).first()
            or add_person(email=one.email, name=one.name, language=one.language, actor=ACTOR, at=at)
            for one in committee.SITTERS
        }
        self._seat_them(at=at)
        for starts_at in (*SITTINGS, AHEAD):
            plan_sitting(body=self.body, starts_at=starts_at, zone=ZONE, actor=ACTOR, at=at)
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

    # --- February -------------------------------------------------------------------------------------------------

    def write_for_february(self, at: datetime) -> None:
        """The proposals that come in time, the dues divided into their two questions."""
        dues = self._propose(name="dues", motion=motions.DUES_OF_FEBRUARY, by=committee.SPONSOR, at=at)
        parts = [
            Part(title=title, paragraphs=paragraphs, effects=()) for title, paragraphs in motions.PARTS_OF_FEBRUARY
        ]
        self._act(dividing.divide, proposal=dues, against=1, parts=parts, by=committee.SPONSOR, at=at)
        numbered = {one.number: one for one in questions_of(version=latest_version(proposal=dues))}
        for email, number, stance, language, words in motions.POSITIONS_OF_FEBRUARY:
            take_position(
                question=numbered[number],
                stance=stance,
                words=words,
                language=language,
                by=self.people[email],
                actor=ACTOR,
                at=at,
            )
        for name, motion, by in (
            ("campaign", motions.CAMPAIGN, "farida.lund@example.org"),
            ("federation", motions.WAIT_FOR_REACTIONS, "marisol.quetzal@example.org"),
            ("board", motions.JOIN_A_BOARD, "corin.vance@example.org"),
            ("network", motions.TAKE_PART, "nahum.reyna@example.org"),
        ):
            self._propose(name=name, motion=motion, by=by, at=at)
        self._propose(name="chair", motion=motions.A_CHAIR, by="hazel.petrov@example.org", at=at, effects=_A_CHAIR)
        self._propose(
            name="maintenance",
            motion=motions.MAINTENANCE,
            by="julian.tecpan@example.org",
            at=at,
            effects=_MAINTENANCE,
        )
        placing.place_all(actor=ACTOR, at=at)

    def come_too_late(self, at: datetime) -> None:
        """A proposal that circulates the day before: the rule sends it to the next sitting, both hours stated."""
        self._propose(name="late", motion=motions.CAME_LATE, by="gideon.salas@example.org", at=at)
        placing.place_all(actor=ACTOR, at=at)

    def sit_in_february(self, at: datetime) -> None:
        """The sitting of the sixth of February, question by question."""
        favor, against, abstain = Choice.FAVOR, Choice.AGAINST, Choice.ABSTAIN
        march = Sitting.objects.get(body=self.body, starts_at=SITTINGS[1])
        raise_, split = questions_of(version=latest_version(proposal=self.asked["dues"]))
        self._vote(name="dues", question=raise_, ballots=((favor, 3), (against, 7), (abstain, 1)), at=at)
        self._vote(
            name="dues",
            question=split,
            ballots=((favor, 10), (abstain, 1)),
            qualifier=Qualifier.IN_PRINCIPLE,
            data={
                "task": motions.WRITE_THE_STRUCTURE.as_dict(),
                "owner": self.people[committee.SPONSOR],
                "sitting": march,
            },
            at=at,
        )
        self._vote(
            name="campaign",
            ballots=((favor, 11),),
            qualifier=Qualifier.CONTINUE_DEVELOPING,
            data={"evaluate_on": _EVALUATE},
            at=at,
        )
        self._vote(
            name="federation",
            ballots=((favor, 9), (abstain, 2)),
            qualifier=Qualifier.DEFER,
            data={"sitting": march},
            at=at,
        )
        self._vote(
            name="network",
            ballots=((favor, 10), (against, 1)),
            qualifier=Qualifier.PUT_IN_WRITING,
            data={"owner": self.people["nahum.reyna@example.org"], "sitting": march},
            at=at,
        )
        self.to_confirm = [self._vote(name=name, ballots=((favor, 11),), at=at) for name in ("chair", "maintenance")]
        placing.place_all(actor=ACTOR, at=at + timedelta(days=1))

    def carry_out_february(self, at: datetime) -> None:
        """Two days later somebody looks at what was decided, and confirms it."""
        for decided in self.to_confirm:
            carrying_out.confirm(decision=decided, by=self.people[committee.CHAIR], actor=ACTOR, at=at)

    def sit_in_april(self, at: datetime) -> None:
        """What came too late in February is taken up in time; what waited for reactions is taken back."""
        self._vote(name="late", ballots=((Choice.FAVOR, 9), (Choice.AGAINST, 2), (Choice.ABSTAIN, 1)), at=at)
        self._act(proposing.withdraw, proposal=self.asked["federation"], by="marisol.quetzal@example.org", at=at)

    # --- June -----------------------------------------------------------------------------------------------------

    def bring_the_dues_back(self, at: datetime) -> None:
        """What was approved in principle comes back, written out, with what it would do as effects."""
        sponsor = self.people[committee.SPONSOR]
        back = come_back(proposal=self.asked["dues"], by=sponsor, actor=ACTOR, at=at)
        effect = {
            "kind": "dues.adopt_policy",
            "data": {
                "code": "dues-2016",
                "title": {"en": "Dues of 2016, in two parts", "es": "Cuotas de 2016, en dos partes"},
                "valid_from": _NEW_RULE.isoformat(),
                "tables": _TABLES,
            },
        }
        proposing.change(
            proposal=back,
            against=1,
            words=_words(motions.DUES_OF_JUNE, original="es"),
            effects=[effect],
            by=sponsor,
            actor=ACTOR,
            at=at,
        )
        proposing.set_priority(proposal=back, priority=self.priorities[0], by=sponsor, actor=ACTOR, at=at)
        self.asked["june"] = back

    def circulate(self, at: datetime) -> None:
        """The written structure circulates: the hours of review begin."""
        self._act(proposing.submit, proposal=self.asked["june"], by=committee.SPONSOR, at=at)
        written = ActionItem.objects.get(proposal=self.asked["dues"], closed_at__isnull=True)
        close_task(task=written, note=self.asked["june"].code, actor=ACTOR, at=at)
        placing.place_all(actor=ACTOR, at=at)

    def ask_for_other_words(self, at: datetime) -> None:
        """An amendment: nobody is being sold anything."""
        why, paragraph, better = motions.NOT_A_FEE
        version = latest_version(proposal=self.asked["june"])
        words = words_of(version=version)
        paragraphs = {language: words.text.to(language).split("\n\n") for language in ("en", "es")}
        for language, listed in paragraphs.items():
            listed[paragraph] = better.to(language)
        fields = {field: words.of(field) for field in Field}
        fields[Field.TEXT] = Text(en="\n\n".join(paragraphs["en"]), es="\n\n".join(paragraphs["es"]))
        amending.ask_amendment(
            proposal=self.asked["june"],
            against=version.number,
            words=Words.made_of(original=words.original, fields=fields),
            why=why,
            by=self.people["elias.marrow@example.org"],
            actor=ACTOR,
            at=at,
        )

    def take_the_words(self, at: datetime) -> None:
        """The sponsor takes them, and the hours start anew."""
        self._act(
            amending.accept_amendments,
            proposal=self.asked["june"],
            numbers=[1],
            up_to_date=True,
            by=committee.SPONSOR,
            at=at,
        )
        placing.place_all(actor=ACTOR, at=at)

    def sit_in_june(self, at: datetime) -> None:
        """It passes unanimously."""
        self.decided = self._vote(name="june", ballots=((Choice.FAVOR, 12),), at=at)

    def carry_out_the_dues(self, at: datetime) -> None:
        """The chair looks at what it does and confirms: the next invoices follow the vote."""
        carrying_out.confirm(decision=self.decided, by=self.people[committee.CHAIR], actor=ACTOR, at=at)

    def vote_online(self, at: datetime) -> None:
        """What was left open in February is voted online between the years: whoever comes in may still vote."""
        proposal, chair = self.asked["board"], self.people[committee.CHAIR]
        vote = opening.open_vote(
            body=self.body,
            proposal=proposal,
            question=questions_of(version=latest_version(proposal=proposal))[0],
            how="online",
            by=chair,
            actor=ACTOR,
            at=at,
        )
        for email, choice, reason in motions.BALLOTS_ON_THE_BOARD:
            person = self.people[email]
            elector = vote.electors.get(user=person)
            voting.cast(vote=vote, elector=elector, choice=choice, reason=reason, by=person, actor=ACTOR, at=at)

    # --- what every scene does ------------------------------------------------------------------------------------

    def _propose(
        self, *, name: str, motion: Motion, by: str, at: datetime, effects: Sequence[Mapping[str, Any]] = ()
    ) -> Proposal:
        sponsor = self.people[by]
        made = proposing.draft(
            body=self.body,
            sponsor=sponsor,
            words=_words(motion, original="es" if sponsor.language == "es" else "en"),
            effects=effects,
            no_priority_because=_NO_PRIORITY,
            actor=ACTOR,
            at=at,
        )
        self.asked[name] = proposing.submit(proposal=made, by=sponsor, actor=ACTOR, at=at)
        return self.asked[name]

    def _act(self, does: Any, *, by: str, **given: Any) -> Any:
        return does(by=self.people[by], actor=ACTOR, **given)

    def _vote(
        self,
        *,
        name: str,
        ballots: Ballots,
        at: datetime,
        question: Any = None,
        qualifier: Qualifier = Qualifier.NONE,
        data: Mapping[str, Any] | None = None,
    ) -> Any:
        """A question put to the vote in the sitting of that day, entered ballot by ballot, and counted."""
        proposal = self.asked[name]
        chair = self.people[committee.CHAIR]
        sitting = Sitting.objects.filter(body=self.body, starts_at__lte=at).order_by("-starts_at")[0]
        vote = opening.open_vote(
            body=self.body,
            proposal=proposal,
            question=question or questions_of(version=latest_version(proposal=proposal))[0],
            qualifier=qualifier,
            qualifier_data=data,
            how="sitting",
            sitting=sitting,
            by=chair,
            actor=ACTOR,
            at=at,
        )
        choices = [choice for choice, many in ballots for _ in range(many)]
        electors = vote.electors.order_by("pk").values_list("pk", flat=True)
        said = {pk: Said(choice=choice) for pk, choice in zip(electors, choices, strict=False)}
        voting.enter_ballots(vote=vote, said=said, by=chair, actor=ACTOR, at=at)
        return closing.close(vote=vote, actor=ACTOR, at=at).decision


def _words(motion: Motion, *, original: Any) -> Words:
    return Words(
        original=original,
        ask=motion.ask,
        text=motion.text,
        resources=motion.resources,
        in_favor=motion.speaks_for,
        against=motion.speaks_against,
    )


_A_CHAIR = (
    {
        "kind": "role.appoint",
        "data": {
            "seat": f"{committee.BODY}-chair-1",
            "person": committee.CHAIR,
            "from": _TWO_DAYS_LATER.isoformat(),
            "until": date(2017, 2, 8).isoformat(),
        },
    },
    {
        "kind": "task.assign",
        "data": {"body": committee.BODY, "title": motions.FIND_A_CO_CHAIR.as_dict(), "due_on": "2016-03-05"},
    },
)
_MAINTENANCE = (
    {
        "kind": "body.change_mandate",
        "data": {
            "body": "support-team",
            "name": {"en": "Maintenance team", "es": "Equipo de mantenimiento"},
            "mandate": {
                "en": "Keeps the servers running: the people with root access. New features are discussed elsewhere.",
                "es": "Mantiene los servidores: quienes tienen acceso de root. Lo nuevo se discute en otra parte.",
            },
            "access_scopes": ["root"],
            "from": _TWO_DAYS_LATER.isoformat(),
        },
    },
    {
        "kind": "task.assign",
        "data": {
            "body": committee.BODY,
            "title": motions.PUT_THE_MEETINGS_IN_WRITING.as_dict(),
            "person": "julian.tecpan@example.org",
            "due_on": "2016-03-05",
        },
    },
)
