"""What was agreed with one member: a rate of its own, a hold, a plan."""

from django.db import models

from tequio.members.models import Member
from tequio.rules.dues import RateKind


class MemberRate(models.Model):
    """A member's own rate: reduced, solidarity or comped, dated, with the reason it was granted for."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="rates")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in RateKind])
    basis_points = models.PositiveIntegerField(help_text="ten-thousandths of the table; 0 for comped")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, help_text="its last day")
    reason = models.CharField(max_length=300)
    granted_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rate_fits_its_kind",
                condition=models.Q(kind="comped", basis_points=0)
                | models.Q(kind="reduced", basis_points__gt=0, basis_points__lt=10_000)
                | models.Q(kind="solidarity", basis_points__gt=10_000),
            ),
            models.CheckConstraint(
                name="rate_ends_after_it_began",
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
            ),
        ]


class Hold(models.Model):
    """A dated pause of what follows late dues; the last day is included."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="holds")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=300)
    granted_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(name="hold_in_order", condition=models.Q(first_day__lte=models.F("last_day")))
        ]


class Plan(models.Model):
    """An agreement to pay some open charges in monthly instalments."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="plans")
    starts_on = models.DateField()
    agreed_by = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)


class PlanInvoice(models.Model):
    """A charge that a plan covers."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="covered")
    invoice = models.ForeignKey("dues.Invoice", on_delete=models.PROTECT, related_name="plans")

    class Meta:
        constraints = [models.UniqueConstraint(name="plan_covers_once", fields=["plan", "invoice"])]


class PlanInstalment(models.Model):
    """One part of a plan, in minor units, and the last day to pay it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="instalments")
    due_on = models.DateField()
    amount = models.BigIntegerField()
