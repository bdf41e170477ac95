"""The rules in force: dated, per center, each citing the decision that adopted it. Never changed once written."""

from django.db import models

from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.rules.dues import Kind, Part


class DuesPolicy(models.Model):
    """A dated table of what is owed in one center. It is in force until a later one begins."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="dues_policies")
    code = models.SlugField(max_length=60, unique=True)
    title_en = models.CharField(max_length=200)
    title_es = models.CharField(max_length=200)
    valid_from = models.DateField()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dues_policies")
    default_band = models.PositiveSmallIntegerField(null=True, help_text="for members who have not declared income")
    assumed = models.JSONField(default=list, help_text="which of its figures are assumed, not found in a source")

    class Meta:
        constraints = [models.UniqueConstraint(name="dues_policy_one_a_day", fields=["center", "valid_from"])]


class Tariff(models.Model):
    """One cell of a dues table: a year's amount in minor units of the center's currency."""

    policy = models.ForeignKey(DuesPolicy, on_delete=models.PROTECT, related_name="tariffs")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind])
    part = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Part])
    band = models.PositiveSmallIntegerField(null=True, help_text="income band, or none where it does not matter")
    amount = models.BigIntegerField()
    assumed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="tariff_once_per_band",
                fields=["policy", "kind", "part", "band"],
                condition=models.Q(band__isnull=False),
            ),
            models.UniqueConstraint(
                name="tariff_once_without_band",
                fields=["policy", "kind", "part"],
                condition=models.Q(band__isnull=True),
            ),
            models.CheckConstraint(name="tariff_not_negative", condition=models.Q(amount__gte=0)),
        ]


class PaymentPolicy(models.Model):
    """Dated thresholds of one center, in days from the due date; what each means stands in rules/standing.py."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="payment_policies")
    code = models.SlugField(max_length=60, unique=True)
    title_en = models.CharField(max_length=200)
    title_es = models.CharField(max_length=200)
    valid_from = models.DateField()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="payment_policies")
    notice_days = models.PositiveSmallIntegerField(default=0)
    plan_notice_days = models.PositiveSmallIntegerField(default=0)
    warning_day = models.PositiveSmallIntegerField(null=True)
    at_risk_from = models.PositiveSmallIntegerField(null=True)
    limited_from = models.PositiveSmallIntegerField(null=True)
    disabled_from = models.PositiveSmallIntegerField(null=True)
    attempt_required = models.BooleanField(default=True)
    return_days = models.PositiveSmallIntegerField(null=True)
    inactive_after_days = models.PositiveSmallIntegerField(null=True)
    inactive_after_months = models.PositiveSmallIntegerField(null=True)
    redates_older_by = models.PositiveSmallIntegerField(null=True)
    works = models.JSONField(default=dict, help_text="what is off, on hold or removed in each standing")
    assumed = models.JSONField(default=list, help_text="which of its figures are assumed, not found in a source")

    class Meta:
        constraints = [models.UniqueConstraint(name="payment_policy_one_a_day", fields=["center", "valid_from"])]
