"""Accounts of services: who has what, under which name, and how it is wanted."""

from django.db import models

from tequio.accounts.models import User
from tequio.members.models import Member
from tequio.rules.entitlement import State
from tequio.services.models.agreed import Lending
from tequio.services.models.catalog import ServiceKind

STATES = [(state.value, state.value) for state in State]


class ServiceAccount(models.Model):
    """One account of a service: a mailbox, a list, a site ... of a member, or of whom services were lent to.

    `wanted` and its reason are written by services/operations/wanting.py alone, from rules/entitlement.py.
    `generation` counts how often that changed: whatever is done on a server names the generation it was done for.
    A name is taken for good, also by what was removed: mail for one never reaches another.
    """

    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="service_accounts")
    lending = models.ForeignKey(Lending, null=True, on_delete=models.PROTECT, related_name="accounts")
    kind = models.ForeignKey(ServiceKind, on_delete=models.PROTECT, related_name="accounts")
    name = models.CharField(max_length=254)
    held_by = models.CharField(max_length=120, blank=True, help_text="the person who uses it")
    person = models.ForeignKey(
        User,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="who signs in to applications by it, from among those of its member",
    )
    wanted = models.CharField(max_length=10, choices=STATES)
    on_hold = models.BooleanField(default=False, help_text="suspended, but what comes in is kept")
    why_en = models.TextField()
    why_es = models.TextField()
    wanted_since = models.DateTimeField()
    generation = models.PositiveIntegerField(default=1)
    opened_on = models.DateField()
    opened_by = models.CharField(max_length=120)
    closed_on = models.DateField(null=True, help_text="the day its owner closed it")
    closed_by = models.CharField(max_length=120, blank=True)
    removed_after = models.DateField(null=True, help_text="the day the export was offered that it was removed after")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="service_account_name_once", fields=["kind", "name"]),
            models.CheckConstraint(
                name="service_account_has_one_owner",
                condition=models.Q(member__isnull=False, lending__isnull=True)
                | models.Q(member__isnull=True, lending__isnull=False),
            ),
            models.CheckConstraint(
                name="service_account_removed_by_a_person",
                condition=models.Q(wanted="removed", removed_after__isnull=False)
                | (~models.Q(wanted="removed") & models.Q(removed_after__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "id"], name="service_account_by_kind"),
        ]


class AppPassword(models.Model):
    """A password for one device of one account. Only its hash is kept; the whole is shown once, when it is made.

    What a person types is `IDENT-SECRET`. `protocol` is what it opens (imap, smtp, web ...), empty for all.
    """

    account = models.ForeignKey(ServiceAccount, on_delete=models.PROTECT, related_name="passwords")
    ident = models.CharField(max_length=16, unique=True)
    hash = models.CharField(max_length=200, help_text="SHA-512 crypt, as servers read it")
    protocol = models.CharField(max_length=12, blank=True)
    device = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "-made_at"], name="app_password_in_use", condition=models.Q(revoked_at__isnull=True)
            )
        ]
