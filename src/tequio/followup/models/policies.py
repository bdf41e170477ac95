"""The ladder in force: dated, per center, citing the decision that adopted it. Never changed once written."""

from django.db import models

from tequio.centers.models import Center
from tequio.decisions.models import Decision


class FollowUpPolicy(models.Model):
    """How late dues are followed up in a center from a day on, until a later policy begins.

    Shares are ten-thousandths of the members. What a caller may agree to alone stands here; beyond it the treasurer
    is asked. What the days mean stands in rules/ladder.py.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="follow_up_policies")
    code = models.SlugField(max_length=60, unique=True)
    title_en = models.CharField(max_length=200)
    title_es = models.CharField(max_length=200)
    valid_from = models.DateField()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="follow_up_policies")
    apart_days = models.PositiveSmallIntegerField(default=7)
    mail_days = models.PositiveSmallIntegerField(default=2, help_text="after which a mail that did not bounce arrived")
    letter_days = models.PositiveSmallIntegerField(default=14, help_text="the same for a letter on paper")
    money_known_days = models.PositiveSmallIntegerField(default=7)
    call_tries = models.PositiveSmallIntegerField(default=3, help_text="unanswered calls that count as a call made")
    call_from_hour = models.PositiveSmallIntegerField(default=10, help_text="polite hours, where the member is")
    call_to_hour = models.PositiveSmallIntegerField(default=20)
    call_on_sundays = models.BooleanField(default=False)
    promise_days = models.PositiveSmallIntegerField(default=30, help_text="the longest promise a caller may take")
    promise_grace_days = models.PositiveSmallIntegerField(default=3, help_text="for the money to come in")
    claim_days = models.PositiveSmallIntegerField(default=14, help_text="after which a claim is a treasurer's task")
    hold_days_in_call = models.PositiveSmallIntegerField(default=0, help_text="time a caller may give")
    plan_parts_in_call = models.PositiveSmallIntegerField(default=0, help_text="most instalments a caller may agree")
    reduced_to_in_call = models.PositiveSmallIntegerField(null=True, help_text="lowest rate a caller may give")
    preview_above = models.PositiveSmallIntegerField(default=10, help_text="members; more in one go need a person")
    two_people_share = models.PositiveSmallIntegerField(default=500, help_text="more in one go need two people")
    held_back_share = models.PositiveSmallIntegerField(default=0, help_text="called later, to compare with")
    held_back_days = models.PositiveSmallIntegerField(default=0)
    postage = models.BigIntegerField(default=0, help_text="what a letter costs, in minor units")
    assumed = models.JSONField(default=list, help_text="which of its figures are assumed, not found in a source")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="follow_up_policy_one_a_day", fields=["center", "valid_from"]),
            models.CheckConstraint(
                name="follow_up_hours_in_order",
                condition=models.Q(call_from_hour__lt=models.F("call_to_hour"), call_to_hour__lte=24),
            ),
        ]


class FollowUpStep(models.Model):
    """One step of a ladder: from `days` after the due date on, by the first of `channels` that reaches the member.

    `standings` empty: whatever the standing. The texts open the mail and the letter, and are the script of a call.
    """

    policy = models.ForeignKey(FollowUpPolicy, on_delete=models.PROTECT, related_name="steps")
    key = models.SlugField(max_length=40)
    days = models.SmallIntegerField()
    channels = models.JSONField(help_text="mail, letter, call: the first that reaches the member")
    standings = models.JSONField(default=list)
    title_en = models.CharField(max_length=150)
    title_es = models.CharField(max_length=150)
    text_en = models.TextField()
    text_es = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="follow_up_step_once", fields=["policy", "key"]),
            models.UniqueConstraint(name="follow_up_step_one_a_day", fields=["policy", "days"]),
        ]


class QuietDay(models.Model):
    """A holiday of a center: nobody is written to or called; what was due that day is due the day after."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="quiet_days")
    on = models.DateField()
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(name="quiet_day_once", fields=["center", "on"])]
