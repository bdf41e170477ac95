"""How much accounts may hold, for pages and the command line."""

from dataclasses import dataclass
from typing import Any

from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text
from tequio.services.models import ServiceKind, ServiceQuota

_SHOWN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRow:
    """How much each account of a service may hold (`name` empty), or one account; None: without a limit."""

    service: str
    service_name: Text
    name: str
    account_pk: int | None
    megabytes: int | None

    def as_dict(self) -> dict[str, Any]:
        """The row as JSON output carries it."""
        return {"service": self.service, "name": self.name, "megabytes": self.megabytes}


def quotas() -> list[QuotaRow]:
    """Every service with its quota, and after it the accounts that have one of their own. Two queries."""
    kinds = list(ServiceKind.objects.order_by("position", "code"))
    rows = ServiceQuota.objects.select_related("account").order_by("account__name")[:_SHOWN]
    of_kind: dict[int, int | None] = {}
    own: dict[int, list[QuotaRow]] = {}
    names = {kind.pk: (kind.code, text_of(row=kind, name="name")) for kind in kinds}
    for row in rows:
        if row.account is None:
            of_kind[row.kind_id] = row.megabytes
            continue
        code, named = names[row.kind_id]
        own.setdefault(row.kind_id, []).append(
            QuotaRow(
                service=code,
                service_name=named,
                name=row.account.name,
                account_pk=row.account.pk,
                megabytes=row.megabytes,
            )
        )
    listed = []
    for kind in kinds:
        code, named = names[kind.pk]
        listed.append(
            QuotaRow(service=code, service_name=named, name="", account_pk=None, megabytes=of_kind.get(kind.pk))
        )
        listed += own.get(kind.pk, [])
    return listed
