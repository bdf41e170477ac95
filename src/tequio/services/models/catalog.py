"""The catalog: which services there are, what each dues part includes of them, and how careful the program is."""

from django.db import models

from tequio.decisions.models import Decision


class ServiceKind(models.Model):
    """A kind of service. `works_as` is the word a payment policy uses for it.

    `names_as` says how an account of it is named (services/names.py). Which server carries it out stands in the
    instance's connectors.toml; a kind that none there names is kept by hand: the program says what is wanted.
    """

    code = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    name_en = models.CharField(max_length=80)
    name_es = models.CharField(max_length=80)
    works_as = models.CharField(max_length=40)
    names_as = models.CharField(max_length=12, choices=[(n, n) for n in ("address", "login", "host", "identifier")])


class ServiceTerms(models.Model):
    """How many of a service come with each dues part, from a day on. Frozen: new terms replace them from theirs.

    A count of none (NULL) means as many as it needs.
    """

    kind = models.ForeignKey(ServiceKind, on_delete=models.PROTECT, related_name="terms")
    valid_from = models.DateField()
    with_membership = models.PositiveIntegerField(null=True)
    with_operations = models.PositiveIntegerField(null=True)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    adopted_by = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(name="service_terms_one_a_day", fields=["kind", "valid_from"])]


class ServiceSettings(models.Model):
    """How careful the program is, in one row.

    `breaker_share`: ten-thousandths of the members with services that may be suspended in a day without two people
    looking at it; `breaker_fewest` members may be in any case. `export_days`: how long an offered export waits before
    anything may be removed. `most_tries`: after so many a job is a dead letter for a person. `domains`: those on which
    every member may open addresses; others only their own, which they have as sites.
    """

    breaker_share = models.PositiveIntegerField(default=500)
    breaker_fewest = models.PositiveIntegerField(default=3)
    export_days = models.PositiveIntegerField(default=30)
    most_tries = models.PositiveSmallIntegerField(default=8)
    domains = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(name="service_settings_one_row", condition=models.Q(pk=1)),
            models.CheckConstraint(name="service_breaker_is_a_share", condition=models.Q(breaker_share__lte=10_000)),
            models.CheckConstraint(name="service_tries_some", condition=models.Q(most_tries__gt=0)),
        ]
