"""The call list, what came of each call, and the hours callers gave."""

from django.db import models

from tequio.centers.models import Center
from tequio.followup.models.notices import Dispatch
from tequio.kernel.encryption import EncryptedTextField
from tequio.members.models import Contact, Member


class CallWhy(models.TextChoices):
    """Why a member is on the call list."""

    PROMISE = "promise"  # it promised to pay by today
    CALL_BACK = "call_back"  # it asked to be called again
    LADDER = "ladder"
    BY_HAND = "by_hand"


class CallItem(models.Model):
    """A member to be called. A caller claims it for a while; a claim that ran out is anybody's."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="call_items")
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="+", db_index=False)
    why = models.CharField(max_length=10, choices=CallWhy.choices)
    dispatch = models.ForeignKey(Dispatch, null=True, on_delete=models.PROTECT, related_name="call_items")
    ready_at = models.DateTimeField(help_text="not before")
    tries = models.PositiveSmallIntegerField(default=0, help_text="calls nobody answered")
    claimed_by = models.CharField(max_length=120, blank=True)
    claim = models.CharField(max_length=32, blank=True, help_text="the mark of the claim, and the key of its outcome")
    claimed_until = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="call_item_one_open", fields=["member"], condition=models.Q(closed_at__isnull=True)
            )
        ]
        indexes = [
            models.Index(
                name="call_item_open", fields=["center", "ready_at"], condition=models.Q(closed_at__isnull=True)
            )
        ]


class CallOutcome(models.TextChoices):
    """What came of a call."""

    REACHED = "reached"
    PROMISED = "promised"
    CLAIMED = "claimed"  # says it has paid
    HARDSHIP = "hardship"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    CALL_BACK = "call_back"
    DO_NOT_CALL = "do_not_call"


class Call(models.Model):
    """A call that was made, by whom, and what came of it."""

    item = models.ForeignKey(CallItem, on_delete=models.PROTECT, related_name="calls")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="calls")
    caller = models.CharField(max_length=120, help_text="who called, as the journal names people")
    at = models.DateTimeField()
    on = models.DateField(help_text="the day it was at the member's center")
    outcome = models.CharField(max_length=12, choices=CallOutcome.choices)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    call_back_at = models.DateTimeField(null=True)
    note = EncryptedTextField(blank=True)
    once_key = models.CharField(max_length=64, unique=True, help_text="the same key again is the same call")

    class Meta:
        indexes = [models.Index(name="call_by_day", fields=["on"])]


class CallRefusal(models.Model):
    """A member that asked not to be called. It is still written to."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="call_refusals")
    said_on = models.DateField()
    entered_by = models.CharField(max_length=120)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="call_refusal_one_open", fields=["member"], condition=models.Q(ended_on__isnull=True)
            )
        ]


class CallHours(models.Model):
    """Time a caller worked, paid or given. `cost` in minor units of the center's currency."""

    caller = models.CharField(max_length=120)
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="call_hours")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    is_paid = models.BooleanField(default=False)
    cost = models.BigIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()
    once_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="call_hours_given_cost_nothing",
                condition=models.Q(is_paid=True, cost__gte=0) | models.Q(is_paid=False, cost=0),
            ),
            models.CheckConstraint(name="call_hours_of_a_day", condition=models.Q(minutes__gt=0, minutes__lte=24 * 60)),
        ]
