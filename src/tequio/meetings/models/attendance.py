"""Tables of who is there: attendance by place, quorum as it was stated, the list of speakers, interpreters."""

from django.db import models

from tequio.accounts.models import User
from tequio.centers.models import Center
from tequio.decisions.models import Vote
from tequio.meetings.models.agenda import AgendaItem
from tequio.meetings.models.calendar import Meeting, MeetingPart, Place

LANGUAGES = [("en", "English"), ("es", "español")]


def _somebody(*, name: str) -> models.CheckConstraint:
    """A person with an account, or the name of one without: just one of the two."""
    return models.CheckConstraint(name=name, condition=models.Q(user__isnull=False) ^ ~models.Q(name=""))


class Attendance(models.Model):
    """Somebody is at a meeting: where, from when to when, and for which center counted."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="attendances")
    name = models.CharField(max_length=120, blank=True, help_text="somebody who has no account")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="attendances")
    center = models.ForeignKey(Center, null=True, on_delete=models.PROTECT, related_name="attendances")
    came_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, help_text="it was put down by mistake")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="attendance_one_open",
                fields=["meeting", "user"],
                condition=models.Q(left_at__isnull=True, user__isnull=False),
            ),
            _somebody(name="attendance_is_somebodys"),
            models.CheckConstraint(
                name="attendance_ends_after_it_began",
                condition=models.Q(left_at__isnull=True) | models.Q(left_at__gte=models.F("came_at")),
            ),
        ]


class SpeakerTurn(models.Model):
    """Somebody asked to speak on an item. Who speaks next follows from rules/speakers.py, not from a stored order."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="turns")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True, help_text="somebody who has no account")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="turn_one_waiting",
                fields=["item", "user"],
                condition=models.Q(user__isnull=False, began_at__isnull=True, withdrawn_at__isnull=True),
            ),
            _somebody(name="turn_is_somebodys"),
        ]


class QuorumWhy(models.TextChoices):
    """On what occasion a quorum was stated."""

    OPENED = "opened"
    VOTE = "vote"
    ASKED = "asked"


class QuorumStated(models.Model):
    """Whether a body had its quorum at a moment of a meeting, as it was counted then; never changed.

    `per_center` is {center: [here, of]}, `lines` the sentences as [English, Spanish].
    """

    part = models.ForeignKey(MeetingPart, on_delete=models.PROTECT, related_name="quorums")
    at = models.DateTimeField()
    why = models.CharField(max_length=6, choices=QuorumWhy.choices)
    vote = models.OneToOneField(Vote, null=True, on_delete=models.PROTECT, related_name="quorum_stated")
    met = models.BooleanField()
    here = models.PositiveIntegerField()
    electorate = models.PositiveIntegerField()
    needed = models.PositiveIntegerField()
    per_center = models.JSONField(default=dict)
    lines = models.JSONField(default=list)


class Direction(models.TextChoices):
    """From which language into which somebody interprets."""

    TO_SPANISH = "en-es"
    TO_ENGLISH = "es-en"


class Interpreter(models.Model):
    """Somebody interprets at a meeting in one direction: signed up, and the time really given."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="interpreters")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="interpreting")
    name = models.CharField(max_length=120, blank=True, help_text="somebody who has no account")
    direction = models.CharField(max_length=5, choices=Direction.choices)
    paid = models.BooleanField(default=False, help_text="of the paid reserve, not a volunteer")
    signed_up_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    minutes_given = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="interpreter_one_open",
                fields=["meeting", "user", "direction"],
                condition=models.Q(withdrawn_at__isnull=True, user__isnull=False),
            ),
            _somebody(name="interpreter_is_somebody"),
        ]
