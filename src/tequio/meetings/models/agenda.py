"""Tables of what comes up: items of the agenda, and the documents beside them."""

from django.db import models

from tequio.accounts.models import User
from tequio.decisions.models import Proposal
from tequio.kernel.encryption import EncryptedTextField
from tequio.meetings.models.calendar import Meeting, MeetingPart


class AgendaKind(models.TextChoices):
    """What an item is for."""

    REPORT = "report"
    DISCUSSION = "discussion"
    DECISION = "decision"


class AgendaItem(models.Model):
    """Something a body takes up in its part of a meeting. What is not closed there is carried to the next one.

    `position` orders the items of a part; of two at one position the older comes first.
    """

    part = models.ForeignKey(MeetingPart, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=AgendaKind.choices)
    title_en = models.CharField(max_length=200, blank=True)
    title_es = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    presenter = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    presented_by = models.CharField(max_length=120, blank=True, help_text="somebody who has no account")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="agenda_items")
    carried_from = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="carried_to")
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", help_text="none: by rule")
    made_at = models.DateTimeField()
    taken_up_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True, help_text="done with: it is not carried over")
    withdrawn_at = models.DateTimeField(null=True, help_text="taken off before it was taken up")
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="agenda_proposal_once",
                fields=["part", "proposal"],
                condition=models.Q(proposal__isnull=False, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="agenda_item_has_a_title", condition=~models.Q(title_en="") | ~models.Q(title_es="")
            ),
        ]


class Document(models.Model):
    """A file for a meeting or one of its items, kept encrypted; whatever it is, it is only handed out to be saved."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="documents")
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("es", "español")], blank=True)
    media = models.CharField(max_length=8, default="other", help_text="what it is, found in its first bytes")
    size = models.PositiveIntegerField()
    content = EncryptedTextField(help_text="base64 of the file")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
