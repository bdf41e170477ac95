"""How much accounts may hold."""

from django.db import models

from tequio.services.models.accounts import ServiceAccount
from tequio.services.models.catalog import ServiceKind


class ServiceQuota(models.Model):
    """How much each account of a service may hold, or one account in place of it; none (NULL) means without a limit.

    What is there already is never cut: a quota only holds back what comes on top.
    """

    kind = models.ForeignKey(ServiceKind, on_delete=models.PROTECT, related_name="quotas")
    account = models.OneToOneField(ServiceAccount, null=True, on_delete=models.PROTECT, related_name="own_quota")
    megabytes = models.PositiveIntegerField(null=True)
    set_by = models.CharField(max_length=120)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="service_quota_of_kind_once", fields=["kind"], condition=models.Q(account__isnull=True)
            ),
            models.CheckConstraint(name="service_quota_is_something", condition=models.Q(megabytes__gt=0)),
        ]
