"""What was agreed beside the terms: exceptions of one member, and services lent to those who are no member."""

from django.db import models

from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.members.models import Member
from tequio.services.models.catalog import ServiceKind


class ServiceException(models.Model):
    """More of a service than the terms give a member, or open whatever it owes: with a reason, through a last day."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="service_exceptions")
    kind = models.ForeignKey(ServiceKind, on_delete=models.PROTECT, related_name="exceptions")
    more = models.PositiveIntegerField(default=0)
    keeps_open = models.BooleanField(default=False)
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=300)
    granted_by = models.CharField(max_length=120)
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="service_exception_in_order", condition=models.Q(first_day__lte=models.F("last_day"))
            ),
            models.CheckConstraint(
                name="service_exception_says_something", condition=models.Q(more__gt=0) | models.Q(keeps_open=True)
            ),
        ]


class Lending(models.Model):
    """Services lent by a decision to a coalition that is no member."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="lendings")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="lendings")
    email = models.CharField(max_length=254, blank=True, help_text="whom to write to about them")
    language = models.CharField(max_length=2, default="en")
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    lent_by = models.CharField(max_length=120)
    lent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lending_in_order",
                condition=models.Q(last_day__isnull=True) | models.Q(first_day__lte=models.F("last_day")),
            )
        ]


class LendingItem(models.Model):
    """How many of one service were lent."""

    lending = models.ForeignKey(Lending, on_delete=models.PROTECT, related_name="items")
    kind = models.ForeignKey(ServiceKind, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="lending_item_once", fields=["lending", "kind"])]
