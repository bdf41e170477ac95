"""What is owed: invoices with a line for each part, and what of them was let go."""

from django.db import models

from tequio.centers.models import Center
from tequio.dues.models.agreements import MemberRate
from tequio.dues.models.policies import DuesPolicy, Tariff
from tequio.kernel.runs.models import Run
from tequio.ledger.models import Entry
from tequio.members.models import Contact, Member


class InvoiceKind(models.TextChoices):
    """Where a charge came from: a period that was billed, or the balance the roll brought."""

    DUES = "dues"
    OPENING = "opening"


class Invoice(models.Model):
    """A charge for one period of one member. Amounts in minor units of `currency`.

    `rest` and `settled_on` are projections of the allocations and write-offs; `tequio check` recomputes them. The
    policy is the one the invoice was made under and stays so.
    """

    kind = models.CharField(max_length=8, choices=InvoiceKind.choices)
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="invoices", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="invoices", db_index=False)
    number = models.CharField(max_length=24, unique=True)
    language = models.CharField(max_length=2)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    invoiced_on = models.DateField()
    due_on = models.DateField()
    period_start = models.DateField()
    period_end = models.DateField()
    currency = models.CharField(max_length=3)
    total = models.BigIntegerField()
    rest = models.BigIntegerField()
    settled_on = models.DateField(null=True)
    policy = models.ForeignKey(DuesPolicy, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    rate = models.ForeignKey(MemberRate, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="invoice")
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_on = models.DateField(null=True)
    cancelled_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invoice_once_per_period",
                fields=["member", "period_start", "kind"],
                condition=models.Q(cancelled_on__isnull=True),
            ),
            models.CheckConstraint(
                name="invoice_rest_within_total",
                condition=models.Q(rest__gte=0, rest__lte=models.F("total"), total__gt=0),
            ),
        ]
        indexes = [
            # The debtor list reads this and nothing else: open charges in the order of their age.
            models.Index(
                name="invoice_open", fields=["due_on", "center", "member", "rest"], condition=models.Q(rest__gt=0)
            ),
            # With `invoice_once_per_period`, which holds those that stand: every invoice of a member, by index.
            models.Index(
                name="invoice_cancelled_of_member",
                fields=["member"],
                condition=models.Q(cancelled_on__isnull=False),
            ),
            models.Index(
                name="invoice_open_of_member", fields=["member", "due_on", "rest"], condition=models.Q(rest__gt=0)
            ),
        ]


class InvoiceLine(models.Model):
    """One part of an invoice: what was asked, and the cell of the dues table it came from (none: from the roll)."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    part = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    tariff = models.ForeignKey(Tariff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


class WriteOff(models.Model):
    """What the organization stopped asking for, on a day, with the reason."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="write_offs")
    on = models.DateField()
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="write_off_positive", condition=models.Q(amount__gt=0))]
