"""What is due to be said about a late charge, and what went out."""

from django.db import models

from tequio.centers.models import Center
from tequio.dues.models import Invoice
from tequio.followup.models.policies import FollowUpPolicy
from tequio.members.models import Member


class DispatchState(models.TextChoices):
    """Where what is said to a member is."""

    HELD = "held"  # until people have looked at how many it goes to
    WAITING = "waiting"  # due and not yet sent: in the queue of mail, to be printed, to be called
    PRINTED = "printed"  # a letter on somebody's desk
    SENT = "sent"
    CAME_BACK = "came_back"  # a bounce, a returned letter, a wrong number
    DROPPED = "dropped"  # paid, held or gone before it went out


OPEN_STATES = (DispatchState.HELD, DispatchState.WAITING, DispatchState.PRINTED)


class Release(models.Model):
    """Notices about a standing that go to many at once: they wait until one person, or two, have looked.

    `members_then` is how many members the center had: above the policy's share of them two people are needed.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="releases")
    policy = models.ForeignKey(FollowUpPolicy, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    members_then = models.PositiveIntegerField()
    needs_two = models.BooleanField()
    first_by = models.CharField(max_length=120, blank=True)
    first_at = models.DateTimeField(null=True)
    second_by = models.CharField(max_length=120, blank=True)
    second_at = models.DateTimeField(null=True)
    refused_by = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True, help_text="let go, or refused")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="release_one_open", fields=["center"], condition=models.Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="release_by_two_people",
                condition=models.Q(second_by="") | ~models.Q(second_by=models.F("first_by")),
            ),
        ]


class LetterBatch(models.Model):
    """Letters printed together, in the order of posting. `posted_on` is the day they were handed to the post."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="letter_batches")
    printed_by = models.CharField(max_length=120)
    printed_at = models.DateTimeField()
    posted_on = models.DateField(null=True)
    posted_by = models.CharField(max_length=120, blank=True)
    postage = models.BigIntegerField(default=0, help_text="of the whole batch, in minor units of the center's currency")


class Dispatch(models.Model):
    """One thing said to one member by one channel: a mail, a letter, a call. It carries the notices due by then.

    What it says is written when it goes out, so that it is true that day; nothing personal is kept here.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="dispatches")
    policy = models.ForeignKey(FollowUpPolicy, on_delete=models.PROTECT, related_name="+", db_index=False)
    step = models.SlugField(max_length=40, db_index=False, help_text="the furthest of the steps it takes")
    channel = models.CharField(max_length=6)
    state = models.CharField(max_length=10, choices=DispatchState.choices, default=DispatchState.WAITING)
    made_on = models.DateField()
    sent_on = models.DateField(null=True)
    came_back_on = models.DateField(null=True)
    why = models.CharField(max_length=40, blank=True, help_text="a code: why it came back or was dropped")
    release = models.ForeignKey(Release, null=True, on_delete=models.PROTECT, related_name="dispatches")
    batch = models.ForeignKey(LetterBatch, null=True, on_delete=models.PROTECT, related_name="dispatches")
    posting_place = models.PositiveIntegerField(null=True, help_text="where the letter stands in its batch")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dispatch_sent_has_its_day",
                condition=models.Q(state__in=["sent"], sent_on__isnull=False) | ~models.Q(state__in=["sent"]),
            ),
            models.CheckConstraint(
                name="dispatch_came_back_has_its_days",
                condition=models.Q(state="came_back", came_back_on__isnull=False)
                | (~models.Q(state="came_back") & models.Q(came_back_on__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                name="dispatch_open",
                fields=["channel", "center", "state"],
                condition=models.Q(state__in=["held", "waiting", "printed"]),
            ),
            models.Index(name="dispatch_by_day", fields=["center", "sent_on"]),
        ]


class Notice(models.Model):
    """A step of the ladder about one charge: due, sent, or come to nothing (`ended`).

    There is one standing notice for a charge and a step, ever: the database sees to it. One that came back makes
    room for the next channel.
    """

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="notices")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="notices")
    step = models.SlugField(max_length=40, db_index=False)
    due_on = models.DateField(help_text="since which day the step was due")
    ended = models.BooleanField(default=False, help_text="its dispatch came back or was dropped")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="notice_once_per_step", fields=["invoice", "step"], condition=models.Q(ended=False)
            )
        ]
