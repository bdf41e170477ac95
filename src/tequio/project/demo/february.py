"""Winter in the demonstration: the divided question of dues, both budgets, and all else of the sixth of February."""

from datetime import date, datetime, timedelta

from tequio.decisions.models import Decision
from tequio.decisions.operations import carrying_out, dividing, placing
from tequio.decisions.operations.discussing import take_position
from tequio.decisions.operations.parts import questions_of
from tequio.decisions.operations.versions import latest_version
from tequio.project.demo import budgeting, committee, effects, gatherings, motions
from tequio.project.demo.agenda import Agenda
from tequio.project.demo.story import ACTOR, FEBRUARY, MARCH, Story
from tequio.rules.deciding import Choice
from tequio.rules.dividing import Part, Qualifier

_WRITTEN, _LATE = date(2016, 2, 1), date(2016, 2, 5)
_TWO_DAYS_LATER = date(2016, 2, 8)
_EVALUATE, _EVALUATE_SITES = date(2016, 5, 31), date(2016, 9, 30)


def write_agenda(*, agenda: Agenda, story: Story) -> None:
    """Put the winter into the agenda."""
    winter = _Winter(story=story)
    agenda.add(on=_WRITTEN, scene=winter.write)
    agenda.add(on=_LATE, scene=winter.come_too_late)
    agenda.add(on=FEBRUARY, scene=winter.sit)
    agenda.add(on=_TWO_DAYS_LATER, scene=winter.carry_out)


class _Winter:
    def __init__(self, *, story: Story) -> None:
        self.story = story
        self.to_confirm: list[Decision] = []

    def write(self, at: datetime) -> None:
        """The proposals that come in time, the dues divided into their two questions."""
        dues = self.story.propose(name="dues", motion=motions.DUES_OF_FEBRUARY, by=committee.SPONSOR, at=at)
        parts = [
            Part(title=title, paragraphs=paragraphs, effects=()) for title, paragraphs in motions.PARTS_OF_FEBRUARY
        ]
        self.story.act(dividing.divide, proposal=dues, against=1, parts=parts, by=committee.SPONSOR, at=at)
        numbered = {one.number: one for one in questions_of(version=latest_version(proposal=dues))}
        for email, number, stance, language, words in motions.POSITIONS_OF_FEBRUARY:
            take_position(
                question=numbered[number],
                stance=stance,
                words=words,
                language=language,
                by=self.story.people[email],
                actor=ACTOR,
                at=at,
            )
        for name, motion, by in (
            ("campaign", motions.CAMPAIGN, "farida.lund@example.org"),
            ("federation", motions.WAIT_FOR_REACTIONS, "marisol.quetzal@example.org"),
            ("board", motions.JOIN_A_BOARD, "corin.vance@example.org"),
            ("network", motions.TAKE_PART, "nahum.reyna@example.org"),
        ):
            self.story.propose(name=name, motion=motion, by=by, at=at)
        for name, motion, by, does in (
            ("budget_us", motions.BUDGET_US, "delphine.okoro@example.org", budgeting.amended_budget()),
            ("budget_mx", motions.BUDGET_MX, "karina.lozada@example.org", budgeting.budget_as_presented()),
            ("sites", motions.ONE_SITE, "bruno.castells@example.org", ()),
            ("chair", motions.A_CHAIR, "hazel.petrov@example.org", effects.A_CHAIR),
            ("maintenance", motions.MAINTENANCE, "julian.tecpan@example.org", effects.MAINTENANCE),
            ("teams", motions.TWO_TEAMS, "farida.lund@example.org", effects.TWO_TEAMS),
        ):
            self.story.propose(name=name, motion=motion, by=by, at=at, effects=does)
        placing.place_all(actor=ACTOR, at=at)
        gatherings.plan_february(story=self.story, at=at)

    def come_too_late(self, at: datetime) -> None:
        """A proposal that circulates the day before: the rule sends it to the next sitting, both hours stated."""
        self.story.propose(name="late", motion=motions.CAME_LATE, by="gideon.salas@example.org", at=at)
        placing.place_all(actor=ACTOR, at=at)

    def sit(self, at: datetime) -> None:
        """The sitting of the sixth of February, question by question."""
        favor, against, abstain = Choice.FAVOR, Choice.AGAINST, Choice.ABSTAIN
        gatherings.gather_in_february(story=self.story, at=at)
        march = self.story.sitting(on=MARCH)
        budgets = {
            "us": self.story.vote(
                name="budget_us",
                ballots=((favor, 11),),
                qualifier=Qualifier.WITH_MODIFICATIONS,
                data={"words": motions.FOUR_CHANGES.as_dict()},
                at=at,
            ),
            "mx": self.story.vote(name="budget_mx", ballots=((favor, 11),), at=at),
        }
        raise_, split = questions_of(version=latest_version(proposal=self.story.asked["dues"]))
        self.story.vote(name="dues", question=raise_, ballots=((favor, 3), (against, 7), (abstain, 1)), at=at)
        self.story.vote(
            name="dues",
            question=split,
            ballots=((favor, 10), (abstain, 1)),
            qualifier=Qualifier.IN_PRINCIPLE,
            data={
                "task": motions.WRITE_THE_STRUCTURE.as_dict(),
                "owner": self.story.people[committee.SPONSOR],
                "sitting": march,
            },
            at=at,
        )
        self.story.vote(
            name="campaign",
            ballots=((favor, 11),),
            qualifier=Qualifier.CONTINUE_DEVELOPING,
            data={"evaluate_on": _EVALUATE},
            at=at,
        )
        self.story.vote(
            name="sites",
            ballots=((favor, 8), (against, 1), (abstain, 2)),
            qualifier=Qualifier.CONTINUE_DEVELOPING,
            data={"evaluate_on": _EVALUATE_SITES},
            at=at,
        )
        self.story.vote(
            name="federation",
            ballots=((favor, 9), (abstain, 2)),
            qualifier=Qualifier.DEFER,
            data={"sitting": march},
            at=at,
        )
        self.story.vote(
            name="network",
            ballots=((favor, 10), (against, 1)),
            qualifier=Qualifier.PUT_IN_WRITING,
            data={"owner": self.story.people["nahum.reyna@example.org"], "sitting": march},
            at=at,
        )
        for name in ("chair", "maintenance", "teams"):
            self.to_confirm.append(self.story.vote(name=name, ballots=((favor, 11),), at=at))
        # The money of the year cannot wait: the budgets are confirmed the same day.
        for decided in budgets.values():
            carrying_out.confirm(decision=decided, by=self.story.chair, actor=ACTOR, at=at)
        budgeting.limit_spending(decisions=budgets, at=at)
        gatherings.note_february(story=self.story, at=at)
        placing.place_all(actor=ACTOR, at=at + timedelta(days=1))

    def carry_out(self, at: datetime) -> None:
        """Two days later somebody looks at what was decided, and confirms it."""
        for decided in self.to_confirm:
            carrying_out.confirm(decision=decided, by=self.story.chair, actor=ACTOR, at=at)
        gatherings.write_a_line_anew(story=self.story, at=at)
        gatherings.put_the_minutes_forward(story=self.story, at=at)
