"""Tables of what notes become: real records made of a line, minutes that were approved, and who sees notes."""

from django.db import models

from tequio.accounts.models import User
from tequio.decisions.models import ActionItem, Amendment, Body, Decision, Position, Proposal, Slot, Vote
from tequio.meetings.models.agenda import AgendaItem
from tequio.meetings.models.calendar import MeetingPart
from tequio.meetings.models.notes import Note, NoteRevision, TranslationRevision


class MarkKind(models.TextChoices):
    """What a line of the notes was made."""

    DECISION = "decision"
    VOTE = "vote"
    TASK = "task"
    DEFERRAL = "deferral"
    AMENDMENT = "amendment"
    POSITION = "position"
    ELECTION = "election"
    PROPOSAL = "proposal"
    BUDGET_CHANGE = "budget_change"


RECORDS = ("decision", "vote", "task", "slot", "amendment", "position", "proposal")


def _just_one_record() -> models.Q:
    """One and no other of the links is set, or what a topic above made of it is named."""
    chosen = models.Q(**{f"{other}__isnull": True for other in RECORDS}) & ~models.Q(elsewhere="")
    for one in RECORDS:
        chosen |= models.Q(elsewhere="", **{f"{other}__isnull": other != one for other in RECORDS})
    return chosen


class NoteMark(models.Model):
    """A line of the notes was made a real record, which is linked both ways.

    `line` is the number of the line in its revision, from 1, and `text` its words, so that the mark finds its line
    again when the notes are revised.
    """

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="marks")
    revision = models.ForeignKey(NoteRevision, on_delete=models.PROTECT, related_name="marks")
    line = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=14, choices=MarkKind.choices)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="note_marks")
    vote = models.ForeignKey(Vote, null=True, on_delete=models.PROTECT, related_name="note_marks")
    task = models.ForeignKey(ActionItem, null=True, on_delete=models.PROTECT, related_name="note_marks")
    slot = models.ForeignKey(Slot, null=True, on_delete=models.PROTECT, related_name="note_marks")
    amendment = models.ForeignKey(Amendment, null=True, on_delete=models.PROTECT, related_name="note_marks")
    position = models.ForeignKey(Position, null=True, on_delete=models.PROTECT, related_name="note_marks")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="note_marks")
    elsewhere = models.CharField(
        max_length=120, blank=True, help_text="a record of a topic above, as meetings/hooks.py knows it"
    )
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, help_text="the link was a mistake; the record itself stays")

    class Meta:
        constraints = [
            models.CheckConstraint(name="note_mark_leads_to_one_record", condition=_just_one_record()),
            models.UniqueConstraint(
                name="note_mark_once", fields=["revision", "line", "kind"], condition=models.Q(undone_at__isnull=True)
            ),
        ]


class Minutes(models.Model):
    """The minutes of a body's part of a meeting: the notes of its places, approved by a decision at a later one."""

    part = models.OneToOneField(MeetingPart, on_delete=models.PROTECT, related_name="minutes_of")
    put_forward_at = models.DateTimeField()
    put_forward_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    item = models.OneToOneField(
        AgendaItem,
        null=True,
        on_delete=models.PROTECT,
        related_name="approves",
        help_text="where a later meeting takes them up",
    )
    approved_by = models.OneToOneField(Decision, null=True, on_delete=models.PROTECT, related_name="minutes_approved")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="minutes_approved_by_a_decision",
                condition=models.Q(approved_by__isnull=True, approved_at__isnull=True)
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
            )
        ]


class MinutesText(models.Model):
    """A text of minutes: the very revision that was approved, and that of its translation if there was one."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="texts")
    revision = models.ForeignKey(NoteRevision, on_delete=models.PROTECT, related_name="+")
    translation = models.ForeignKey(TranslationRevision, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="minutes_text_once", fields=["minutes", "revision"])]


class NotesSeenBy(models.TextChoices):
    """Who may read the notes of a body."""

    BODY = "body"
    MEMBERS = "members"
    EVERYBODY = "everybody"


class NotesSetting(models.Model):
    """Who sees the notes and minutes of a body, from a moment on. Without any it is the body alone."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="notes_settings")
    notes = models.CharField(max_length=10, choices=NotesSeenBy.choices, default=NotesSeenBy.BODY)
    minutes = models.CharField(max_length=10, choices=NotesSeenBy.choices, default=NotesSeenBy.BODY)
    calendar = models.CharField(max_length=10, choices=NotesSeenBy.choices, default=NotesSeenBy.BODY)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
