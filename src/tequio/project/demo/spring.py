"""Spring in the demonstration: three meetings a month, and then two of them joined in one of two hours."""

from datetime import date, datetime

from tequio.decisions.models import ActionItem, Decision
from tequio.decisions.operations import carrying_out, placing, proposing
from tequio.decisions.operations.tasks import close_task
from tequio.project.demo import effects, gatherings, motions
from tequio.project.demo.agenda import Agenda
from tequio.project.demo.story import ACTOR, APRIL, MARCH, Story
from tequio.rules.deciding import Choice

_AWAY = ("gideon.salas@example.org", "leobardo.cruz@example.org")
_WRITTEN, _CHANGED_MIND = date(2016, 2, 26), date(2016, 3, 26)


def write_agenda(*, agenda: Agenda, story: Story) -> None:
    """Put the spring into the agenda."""
    spring = _Spring(story=story)
    agenda.add(on=_WRITTEN, scene=spring.put_the_meetings_in_writing)
    agenda.add(on=MARCH, scene=spring.sit_in_march)
    agenda.add(on=_CHANGED_MIND, scene=spring.join_two_of_them)
    agenda.add(on=APRIL, scene=spring.sit_in_april)


class _Spring:
    def __init__(self, *, story: Story) -> None:
        self.story = story

    def put_the_meetings_in_writing(self, at: datetime) -> None:
        """The task of February is done: the meetings are written down, as series that would begin."""
        julian = "julian.tecpan@example.org"
        made = self.story.propose(
            name="meetings", motion=motions.THREE_MEETINGS, by=julian, at=at, effects=effects.THREE_MEETINGS
        )
        task = ActionItem.objects.get(title_en=motions.PUT_THE_MEETINGS_IN_WRITING.en, closed_at__isnull=True)
        close_task(task=task, note=made.code, actor=ACTOR, at=at)
        placing.place_all(actor=ACTOR, at=at)

    def sit_in_march(self, at: datetime) -> None:
        """The three meetings are agreed on."""
        gatherings.gather(story=self.story, meeting=self.story.meeting(on=MARCH), absent=_AWAY, at=at)
        ballots = ((Choice.FAVOR, 9), (Choice.AGAINST, 1), (Choice.ABSTAIN, 2))
        self._confirmed(self.story.vote(name="meetings", ballots=ballots, at=at), at=at)
        gatherings.approve_the_minutes(story=self.story, at=at)

    def join_two_of_them(self, at: datetime) -> None:
        """A month of three Saturdays was enough. And a figure in the minutes lacked its currency."""
        gatherings.correct_the_minutes(story=self.story, at=at)
        farida = "farida.lund@example.org"
        self.story.propose(
            name="joined", motion=motions.ONE_OF_TWO_HOURS, by=farida, at=at, effects=effects.ONE_OF_TWO_HOURS
        )
        placing.place_all(actor=ACTOR, at=at)

    def sit_in_april(self, at: datetime) -> None:
        """What came too late in February is taken up; what waited for reactions is taken back; two meetings join."""
        gatherings.gather(story=self.story, meeting=self.story.meeting(on=APRIL), absent=_AWAY, at=at)
        ballots = ((Choice.FAVOR, 9), (Choice.AGAINST, 2), (Choice.ABSTAIN, 1))
        self.story.vote(name="late", ballots=ballots, at=at)
        federation = self.story.asked["federation"]
        self.story.act(proposing.withdraw, proposal=federation, by="marisol.quetzal@example.org", at=at)
        self._confirmed(self.story.vote(name="joined", ballots=((Choice.FAVOR, 12),), at=at), at=at)

    def _confirmed(self, decision: Decision, *, at: datetime) -> None:
        carrying_out.confirm(decision=decision, by=self.story.chair, actor=ACTOR, at=at)
