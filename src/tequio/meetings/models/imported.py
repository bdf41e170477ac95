"""Tables of notes that came as a file: the file as it was, and what a person makes of each candidate in it."""

from django.db import models

from tequio.accounts.models import User
from tequio.decisions.models import Body
from tequio.kernel.encryption import EncryptedTextField
from tequio.meetings.models.calendar import Meeting, Place
from tequio.meetings.models.minutes import NoteMark


class NotesFile(models.Model):
    """A file of notes as it was brought in, for one body and place; the meeting is known once its date is settled."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="notes_files")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="notes_files")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="notes_files")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes")
    content = EncryptedTextField(help_text="base64 of the file")
    found = models.JSONField(help_text="date, title, places, those present, sections; as --json prints them")
    brought_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", help_text="none: by command"
    )
    brought_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="notes_file_once",
                fields=["body", "place", "digest"],
                condition=models.Q(removed_at__isnull=True),
            )
        ]


class CandidateState(models.TextChoices):
    """What became of a candidate."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class NotesCandidate(models.Model):
    """Something the notes may say, as rules/notes/ found it. A person confirms it, and it becomes a record; or not."""

    file = models.ForeignKey(NotesFile, on_delete=models.PROTECT, related_name="candidates")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=14)
    outcome = models.CharField(max_length=28, blank=True)
    text = models.TextField()
    line = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    due = models.CharField(max_length=80, blank=True)
    why_en = models.CharField(max_length=400)
    why_es = models.CharField(max_length=400)
    confidence = models.FloatField()
    state = models.CharField(max_length=9, choices=CandidateState.choices, default=CandidateState.OPEN)
    mark = models.OneToOneField(NoteMark, null=True, on_delete=models.PROTECT, related_name="candidate")
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notes_candidate_once", fields=["file", "position"]),
            models.CheckConstraint(
                name="notes_candidate_confirmed_has_its_mark",
                condition=models.Q(mark__isnull=False)
                | ~models.Q(state="confirmed")
                | models.Q(kind__in=["amount", "percentage"]),
            ),
        ]
