"""What the bank says happened, and whose money it is."""

from django.db import models

from tequio.banking.models.accounts import BankAccount
from tequio.banking.models.statements import StatementFile
from tequio.centers.models import Center
from tequio.dues.models import Payment
from tequio.kernel.encryption import EncryptedTextField
from tequio.members.models import Member
from tequio.rules.matching import Evidence


class LineState(models.TextChoices):
    """What is known of a line."""

    OUT = "out"  # money went, or nothing moved
    QUEUED = "queued"  # whose it is is certain; the payments are about to be posted
    MATCHED = "matched"
    SUGGESTED = "suggested"
    OPEN = "open"  # nobody knows yet
    TWIN = "twin"  # may be a line that is there already; a person says
    ASIDE = "aside"  # a person said it is nobody's dues


class BankLine(models.Model):
    """Money that came or went on an account, once, whichever files it stands in. Minor units; positive came.

    What the bank says of it is encrypted. `text_print` recognizes the same words, `payer_print` the same account of a
    payer, `name_print` the same name, without reading any.
    """

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="lines", db_index=False)
    statement = models.ForeignKey(StatementFile, on_delete=models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField()
    on = models.DateField()
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    balance = models.BigIntegerField(null=True)
    bank_id = models.CharField(max_length=120, blank=True)
    name = EncryptedTextField(blank=True)
    text = EncryptedTextField(blank=True)
    payer_ending = models.CharField(max_length=4, blank=True)
    text_print = models.CharField(max_length=32, blank=True)
    payer_print = models.CharField(max_length=32, blank=True)
    name_print = models.CharField(max_length=32, blank=True)
    key = models.CharField(
        max_length=32, help_text="the bank’s id, or day, amount, words and how many the same day has"
    )
    state = models.CharField(max_length=10, choices=LineState.choices)
    why_en = models.CharField(max_length=400, blank=True)
    why_es = models.CharField(max_length=400, blank=True)
    twin = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="bank_line_once", fields=["account", "key"]),
            models.CheckConstraint(
                name="bank_line_out_is_not_in", condition=models.Q(amount__gt=0) | models.Q(state="out")
            ),
        ]
        indexes = [
            models.Index(name="bank_line_by_day", fields=["account", "on"]),
            models.Index(
                name="bank_line_waiting",
                fields=["account", "state"],
                condition=models.Q(state__in=["queued", "suggested", "open", "twin"]),
            ),
        ]


class MatchState(models.TextChoices):
    """What became of one answer to whose money it is."""

    QUEUED = "queued"
    POSTED = "posted"
    SUGGESTED = "suggested"
    REFUSED = "refused"
    UNDONE = "undone"


class Match(models.Model):
    """Some or all of a line is a member's money: for certain, as a suggestion, or by a person's hand (no evidence).

    Posted, it has a payment. `others` are ids of members that could be meant too.
    """

    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="matches")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="bank_matches")
    invoice_number = models.CharField(max_length=24, blank=True)
    amount = models.BigIntegerField()
    evidence = models.CharField(max_length=20, choices=[(e.value, e.value) for e in Evidence], blank=True)
    state = models.CharField(max_length=10, choices=MatchState.choices)
    why_en = models.CharField(max_length=400, blank=True)
    why_es = models.CharField(max_length=400, blank=True)
    others = models.JSONField(default=list, blank=True)
    payment = models.OneToOneField(Payment, null=True, on_delete=models.PROTECT, related_name="bank_match")
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="match_positive", condition=models.Q(amount__gt=0)),
            models.CheckConstraint(
                name="match_posted_has_payment",
                condition=models.Q(payment__isnull=False) | ~models.Q(state="posted"),
            ),
        ]


class KnownPayer(models.Model):
    """An account, or a name, that paid for a member before: a person said so. Only a keyed hash of it is kept."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="known_payers", db_index=False)
    print = models.CharField(max_length=32)
    by_account = models.BooleanField(help_text="an account’s number; else a name")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="known_payers")
    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="taught")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="known_payer_once", fields=["center", "print", "by_account", "member"])
        ]
