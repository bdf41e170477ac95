"""Suspending many at once: stopped, shown, and let go by two people."""

from django.db import models

from tequio.accounts.models import User
from tequio.members.models import Member


class BulkState(models.TextChoices):
    """Where a suspension of many stands."""

    WAITING = "waiting"
    LET_GO = "let_go"  # two people looked at it
    DROPPED = "dropped"
    OVER = "over"  # nobody in it is to be suspended any more


class BulkSuspension(models.Model):
    """More members were about to be suspended in a day than may be without two people looking at them.

    While it waits nobody is suspended. What is let go is these members and no others, and of them only who is still to
    be suspended then: whoever paid meanwhile is not.
    """

    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=BulkState.choices, default=BulkState.WAITING)
    members = models.PositiveIntegerField()
    accounts = models.PositiveIntegerField()
    of_members = models.PositiveIntegerField(help_text="members with services at the time")
    may = models.PositiveIntegerField(help_text="how many may be suspended in a day without it")
    first_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    second_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)
    why_dropped = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="bulk_suspension_one_waits", fields=["state"], condition=models.Q(state="waiting")
            ),
            models.CheckConstraint(
                name="bulk_suspension_by_two",
                condition=~models.Q(state="let_go")
                | (
                    models.Q(first_by__isnull=False, second_by__isnull=False)
                    & ~models.Q(first_by=models.F("second_by"))
                ),
            ),
        ]


class BulkSuspended(models.Model):
    """A member in it, with how many of its accounts would be suspended."""

    bulk = models.ForeignKey(BulkSuspension, on_delete=models.PROTECT, related_name="listed")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    accounts = models.PositiveIntegerField()
    suspended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="bulk_suspended_once", fields=["bulk", "member"])]
