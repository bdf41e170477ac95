"""Tables of what is planned: budgets, their versions, who asked to change what, and which version is in force."""

from django.db import models

from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.ledger.models import Account, Fund
from tequio.rules.budget import Side, Spread
from tequio.rules.budget_changes import Action


class Budget(models.Model):
    """One center's budget for one year, in its own currency.

    `draft` is what is being written and not yet presented (budgets/writing.py); `draft_of` is the version it changes.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField()
    draft = models.JSONField(null=True)
    draft_of = models.PositiveSmallIntegerField(default=0, help_text="0 where nothing was presented yet")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="budget_once_a_year", fields=["center", "year"]),
            models.CheckConstraint(name="budget_of_a_real_year", condition=models.Q(year__gte=1990, year__lte=2200)),
        ]


class BudgetVersion(models.Model):
    """What was presented, or made by accepted amendments. Never changed: the next version is another row."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="budget_versions", help_text="that made it, if any"
    )
    note = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="budget_version_once", fields=["budget", "number"])]


class BudgetLine(models.Model):
    """One line of a version (rules/budget.py: Line)."""

    version = models.ForeignKey(BudgetVersion, on_delete=models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40, db_index=False)
    side = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Side])
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    amount = models.BigIntegerField(null=True, help_text="minor units a year; none where a formula says it")
    formula = models.CharField(max_length=300, blank=True)
    months = models.JSONField(help_text="the months it falls in, 1 to 12")
    spread = models.CharField(max_length=6, choices=[(s.value, s.value) for s in Spread])
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="budget_line_once", fields=["version", "code"]),
            models.UniqueConstraint(name="budget_line_own_account", fields=["version", "account", "fund"]),
            models.CheckConstraint(
                name="budget_line_amount_or_formula",
                condition=models.Q(amount__isnull=False, amount__gte=0, formula="")
                | (models.Q(amount__isnull=True) & ~models.Q(formula="")),
            ),
        ]


class BudgetAssumption(models.Model):
    """One assumption of a version: its name in formulas, its value, who assumed it."""

    version = models.ForeignKey(BudgetVersion, on_delete=models.PROTECT, related_name="assumptions", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    label_en = models.CharField(max_length=120)
    label_es = models.CharField(max_length=120)
    value = models.CharField(max_length=300)
    said_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="budget_assumption_once", fields=["version", "name"])]


class Adoption(models.Model):
    """A version is in force from a day, by a decision; until a later adoption begins."""

    version = models.ForeignKey(BudgetVersion, on_delete=models.PROTECT, related_name="adoptions")
    in_force_from = models.DateField()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="budget_adoptions")
    at = models.DateTimeField()


class AmendmentState(models.TextChoices):
    """What became of an amendment."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class BudgetAmendment(models.Model):
    """A difference somebody asks for against a version. What it says never changes; what became of it is written once.

    `now` and `then` are the line or assumption as it stands and as it would (budgets/writing.py), none where it is
    added or removed.
    """

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="amendments", db_index=False)
    number = models.PositiveSmallIntegerField()
    against = models.ForeignKey(BudgetVersion, on_delete=models.PROTECT, related_name="amendments")
    action = models.CharField(max_length=6, choices=[(a.value, a.value) for a in Action])
    subject = models.CharField(max_length=10, choices=[("line", "line"), ("assumption", "assumption")])
    name = models.CharField(max_length=40, help_text="the line's code or the assumption's name")
    now = models.JSONField(null=True)
    then = models.JSONField(null=True)
    why_en = models.CharField(max_length=300)
    why_es = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=120)
    source = models.CharField(max_length=300, blank=True, help_text="where it was asked, like the notes of a meeting")
    state = models.CharField(max_length=10, choices=AmendmentState.choices, default=AmendmentState.OPEN)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="budget_amendments")
    into = models.ForeignKey(BudgetVersion, null=True, on_delete=models.PROTECT, related_name="made_of")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="budget_amendment_once", fields=["budget", "number"]),
            models.CheckConstraint(
                name="budget_amendment_accepted_into_a_version",
                condition=models.Q(state="accepted", into__isnull=False, decision__isnull=False)
                | (~models.Q(state="accepted") & models.Q(into__isnull=True)),
            ),
        ]


class Scenario(models.Model):
    """A set of other values for the assumptions of a budget, and of the forecast, under a name."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="scenarios")
    code = models.SlugField(max_length=40)
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    budget_values = models.JSONField(default=dict, help_text="assumption of the budget: value, as a formula")
    forecast_values = models.JSONField(default=dict, help_text="assumption of the forecast: value")
    said_by = models.CharField(max_length=120)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="scenario_once", fields=["budget", "code"])]


class SitesGuess(models.Model):
    """A person's guess for the question of one server site or several (rules/sites.py). The last of a name counts."""

    name = models.CharField(max_length=40)
    low = models.FloatField()
    likely = models.FloatField()
    high = models.FloatField()
    said_by = models.CharField(max_length=120)
    actor = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name", "-id"], name="sites_guess_last")]
