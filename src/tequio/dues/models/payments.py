"""What was paid, and which charges it settled."""

from django.db import models

from tequio.centers.models import Center
from tequio.dues.models.invoices import Invoice
from tequio.ledger.models import Entry
from tequio.members.models import Member


class PaymentMethod(models.TextChoices):
    """How the money came. `brought`: it came elsewhere and stands there; no money moved here."""

    CASH = "cash"
    CHECK = "check"
    TRANSFER = "transfer"
    CARD = "card"
    OTHER = "other"
    BROUGHT = "brought"


class Payment(models.Model):
    """Money received from a member, in minor units. What it does not settle is credit (`unused`).

    A voided payment was entered by mistake and never happened; its rows stay, marked.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="payments", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="payments")
    number = models.CharField(max_length=24, unique=True)
    on = models.DateField()
    amount = models.BigIntegerField()
    unused = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=10, choices=PaymentMethod.choices)
    note = models.CharField(max_length=300, blank=True)
    once_key = models.CharField(max_length=120, blank=True, help_text="the same key again is the same payment")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="payment")
    voided_on = models.DateField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="payment_once_key", fields=["center", "once_key"], condition=~models.Q(once_key="")
            ),
            models.CheckConstraint(
                name="payment_unused_within_amount",
                condition=models.Q(amount__gt=0, unused__gte=0, unused__lte=models.F("amount")),
            ),
        ]
        indexes = [
            models.Index(name="payment_with_credit", fields=["member"], condition=models.Q(unused__gt=0)),
        ]


class Allocation(models.Model):
    """Part of a payment that settled part of a charge, on a day. Negative where a refund took it back."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="allocations")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="allocations")
    on = models.DateField()
    amount = models.BigIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.CheckConstraint(name="allocation_not_zero", condition=~models.Q(amount=0))]


class Refund(models.Model):
    """Money of a payment given back."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    on = models.DateField()
    amount = models.BigIntegerField()
    from_credit = models.BigIntegerField()
    method = models.CharField(max_length=10, choices=PaymentMethod.choices)
    reason = models.CharField(max_length=300)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="refund_positive", condition=models.Q(amount__gt=0))]
