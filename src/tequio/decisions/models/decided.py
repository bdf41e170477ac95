"""Tables of what was decided, of the effects that carry it out, and of the tasks that follow."""

from django.db import models

from tequio.accounts.models import User
from tequio.decisions.models.bodies import Body, Seat, Sitting
from tequio.decisions.models.proposals import Proposal, Question
from tequio.decisions.models.votes import Vote


class Decision(models.Model):
    """What a body decided.

    A decision taken in the program follows from a vote: `end` and the counts are computed, nobody types them in. One
    taken outside is recorded ("counts not stated" where its source does not state them) and never shown as computed.
    """

    code = models.SlugField(max_length=60, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    title_en = models.CharField(max_length=300)
    title_es = models.CharField(max_length=300)
    decided_on = models.DateField()
    source_en = models.CharField(max_length=300)
    source_es = models.CharField(max_length=300)
    recorded = models.BooleanField(default=True, help_text="taken outside the program and recorded here")
    recorded_by = models.CharField(max_length=120, blank=True)
    counts_stated = models.BooleanField(default=False)
    in_favor = models.PositiveIntegerField(null=True)
    against = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    blocked = models.PositiveIntegerField(null=True)
    end = models.CharField(
        max_length=24, blank=True, help_text="one of rules/dividing.py: End; empty for older records"
    )
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="decisions")
    question = models.ForeignKey(Question, null=True, on_delete=models.PROTECT, related_name="decisions")
    vote = models.OneToOneField(Vote, null=True, on_delete=models.PROTECT, related_name="decision")
    sitting = models.ForeignKey(Sitting, null=True, on_delete=models.PROTECT, related_name="decisions")
    not_decided_en = models.TextField(blank=True, help_text="what was left open, in a sentence")
    not_decided_es = models.TextField(blank=True)
    evaluate_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decision_counts_when_stated",
                condition=models.Q(counts_stated=True, in_favor__isnull=False, against__isnull=False)
                | models.Q(
                    counts_stated=False,
                    in_favor__isnull=True,
                    against__isnull=True,
                    abstained__isnull=True,
                    blocked__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="decision_computed_or_recorded",
                condition=models.Q(recorded=True, vote__isnull=True) | models.Q(recorded=False, vote__isnull=False),
            ),
        ]


class EffectState(models.TextChoices):
    """Where an effect of a decision stands."""

    WAITING = "waiting"  # for its day, or for a person to confirm it
    APPLIED = "applied"
    REVERSED = "reversed"
    DROPPED = "dropped"  # a person, with a reason: it conflicts, or is about something that is gone


class DecisionEffect(models.Model):
    """A change a decision makes, carried out once: the key is decision and position."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="effects")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    data = models.JSONField()
    base = models.JSONField(default=dict, help_text="what stood in force when the effect was written")
    effective_on = models.DateField()
    state = models.CharField(max_length=8, choices=EffectState.choices, default=EffectState.WAITING)
    plan = models.JSONField(default=dict, help_text="the changes as they were carried out")
    result = models.JSONField(default=dict, help_text="what was made, by its codes")
    applied_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_as = models.CharField(max_length=120, blank=True, help_text="who confirmed it, as the journal says")
    reverses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    why_dropped = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="effect_once", fields=["decision", "position"]),
            models.CheckConstraint(
                name="effect_applied_at_a_moment",
                condition=models.Q(state__in=["applied", "reversed"], applied_at__isnull=False)
                | (~models.Q(state__in=["applied", "reversed"]) & models.Q(applied_at__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["effective_on"], name="effect_waiting", condition=models.Q(state="waiting"))]


class ActionKind(models.TextChoices):
    """What an action item is for."""

    TASK = "task"
    SEARCH = "search"  # for somebody to hold an open seat
    DETAILS = "details"  # of what was approved in principle
    EVALUATION = "evaluation"
    PUT_IN_WRITING = "put_in_writing"


class ActionItem(models.Model):
    """Something somebody took on. It comes back until it is closed."""

    kind = models.CharField(max_length=16, choices=ActionKind.choices, default=ActionKind.TASK)
    title_en = models.CharField(max_length=300)
    title_es = models.CharField(max_length=300)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="action_items")
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="action_items")
    due_on = models.DateField(null=True)
    sitting = models.ForeignKey(
        Sitting, null=True, on_delete=models.PROTECT, related_name="action_items", help_text="due at this sitting"
    )
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="action_items")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="action_items")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="searches")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    closed_note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["body", "due_on"], name="action_open", condition=models.Q(closed_at__isnull=True))
        ]
