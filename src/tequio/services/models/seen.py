"""What servers report, and where it differs from what is wanted."""

from django.db import models

from tequio.services.models.accounts import STATES, ServiceAccount


class SeenState(models.TextChoices):
    """How an account was seen on its server."""

    UNKNOWN = "unknown"  # never looked at, or the last look failed: never shown as fine
    ABSENT = "absent"
    OPEN = "open"
    LIMITED = "limited"
    SUSPENDED = "suspended"


class Observation(models.Model):
    """How an account was last seen. `failed_at` is later than `seen_at` where the last look failed."""

    account = models.OneToOneField(ServiceAccount, on_delete=models.PROTECT, related_name="observation")
    state = models.CharField(max_length=10, choices=SeenState.choices, default=SeenState.UNKNOWN)
    seen_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=500, blank=True, help_text="what the server said when it failed")


class Comparison(models.Model):
    """One full comparison of a connector's accounts with its server. Without `ended_at` it never came to its end.

    `failed` says why it could not be made: then nothing is known of the server, and nothing is shown as fine.
    """

    connector = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    accounts = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    extra = models.PositiveIntegerField(default=0)
    different = models.PositiveIntegerField(default=0)
    failed = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["connector", "-began_at"], name="comparison_newest_first")]


class DriftKind(models.TextChoices):
    """How a server differs from what is wanted."""

    MISSING = "missing"
    EXTRA = "extra"  # nobody here knows of it: shown, and never deleted by itself
    DIFFERENT = "different"


class Drift(models.Model):
    """A difference as long as it lasts. One that nobody here knows of has no account, only its name on the server."""

    connector = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, help_text="the kind of service, by its code")
    name = models.CharField(max_length=254)
    account = models.ForeignKey(ServiceAccount, null=True, on_delete=models.PROTECT, related_name="drifts")
    what = models.CharField(max_length=10, choices=DriftKind.choices)
    wanted = models.CharField(max_length=10, choices=STATES, blank=True)
    seen = models.CharField(max_length=10, choices=SeenState.choices)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    set_aside = models.CharField(max_length=300, blank=True, help_text="why a person lets an extra one be")
    set_aside_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="drift_open_once", fields=["connector", "kind", "name"], condition=models.Q(ended_at__isnull=True)
            )
        ]
