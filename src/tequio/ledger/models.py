"""Tables of the ledger: double entry in minor units, kept by the database's own triggers."""

from django.db import models

from tequio.centers.models import Center
from tequio.members.models import Member


class AccountKind(models.TextChoices):
    """The five kinds of account."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"


class Account(models.Model):
    """An account of one center's books."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="accounts")
    code = models.SlugField(max_length=60, unique=True, help_text="like us-bank")
    role = models.SlugField(max_length=40, help_text="what the program books on it, like receivable or bank")
    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    beancount = models.CharField(max_length=120, help_text="its name in the Beancount export")

    class Meta:
        constraints = [models.UniqueConstraint(name="account_role_once_per_center", fields=["center", "role"])]


class Fund(models.Model):
    """Money that may be spent on one thing only; `general` is for everything."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="funds")
    code = models.SlugField(max_length=60)
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(name="fund_code_once_per_center", fields=["center", "code"])]


class EntryKind(models.TextChoices):
    """What an entry records."""

    OPENING = "opening"
    INVOICE = "invoice"
    PAYMENT = "payment"
    CREDIT_USE = "credit_use"
    REFUND = "refund"
    WRITE_OFF = "write_off"
    EXPENSE = "expense"
    INCOME = "income"
    TRANSFER = "transfer"
    REVERSAL = "reversal"


class Entry(models.Model):
    """A booking of one center on one day. Draft until posted; then frozen, and only a reversing entry corrects it."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="entries", db_index=False)
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    note = models.CharField(max_length=120, blank=True, help_text="what it is about, like an invoice's number")
    posted = models.BooleanField(default=False)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")

    class Meta:
        indexes = [models.Index(fields=["center", "on"], name="entry_by_center_day")]


class Leg(models.Model):
    """One line of an entry: an amount on an account, in minor units, debit positive and credit negative."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="legs")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="legs", db_index=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="legs", db_index=False)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="legs", db_index=False)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="leg_amount_not_zero", condition=~models.Q(amount=0))]


class ClosedPeriod(models.Model):
    """Days of a center's books that take no more entries."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="closed_periods")
    first_day = models.DateField()
    last_day = models.DateField()
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closed_period_in_order", condition=models.Q(first_day__lte=models.F("last_day"))
            )
        ]
