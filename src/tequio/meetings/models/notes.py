"""Tables of the notes: each place's own of an item, an original; and their translations."""

from django.db import models

from tequio.accounts.models import User
from tequio.meetings.models.agenda import AgendaItem
from tequio.meetings.models.calendar import Place

LANGUAGES = [("en", "English"), ("es", "español")]


class Note(models.Model):
    """What one place notes of one item. An original in its own language, not a translation of the other place's."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="notes")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="notes")
    language = models.CharField(max_length=2, choices=LANGUAGES)

    class Meta:
        constraints = [models.UniqueConstraint(name="note_once", fields=["item", "place"])]


class RevisionKind(models.TextChoices):
    """How a revision came about."""

    WRITTEN = "written"
    MERGED = "merged"  # two wrote at once; both texts are in it
    IMPORTED = "imported"
    CORRECTED = "corrected"  # after the minutes were approved


class NoteRevision(models.Model):
    """The words of a note at one time. Never changed: a change is the next revision.

    `base` is the number of the revision its writer had before them; 0 for none.
    """

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(help_text="1 is first")
    base = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=RevisionKind.choices, default=RevisionKind.WRITTEN)
    text = models.TextField()
    why = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", help_text="none: by command"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="note_revision_once", fields=["note", "number"])]


class TranslationState(models.TextChoices):
    """How far a translation is. That it is older than its text follows from `made_of`, it is not kept here."""

    DRAFT = "draft"
    REVIEWED = "reviewed"


class Translation(models.Model):
    """The one translation of a note into the other language."""

    note = models.OneToOneField(Note, on_delete=models.PROTECT, related_name="translation")
    language = models.CharField(max_length=2, choices=LANGUAGES)


class TranslationRevision(models.Model):
    """The words of a translation at one time, paragraph for paragraph. Never changed: a change is the next revision.

    `made_of` holds, for each paragraph, the hash of the paragraph of the original it was made of, as
    rules/paragraphs.py works it out.
    """

    translation = models.ForeignKey(Translation, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(help_text="1 is first")
    base = models.PositiveIntegerField(default=0)
    text = models.TextField()
    made_of = models.JSONField()
    state = models.CharField(max_length=8, choices=TranslationState.choices, default=TranslationState.DRAFT)
    translator = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="translation_revision_once", fields=["translation", "number"])]
