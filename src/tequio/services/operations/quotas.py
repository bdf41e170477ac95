"""How much accounts may hold: each of a service, or one account in place of it."""

from datetime import datetime

from django.db import transaction

from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.entitlement import State
from tequio.services.models import ServiceAccount, ServiceQuota
from tequio.services.operations import wanting
from tequio.services.operations.opening import kind_by_code

MOST = 10_000_000


@transaction.atomic
def set_quota(*, service: str, name: str, megabytes: int | None, actor: str, at: datetime) -> int:
    """Say how many megabytes each account of a service may hold, or the one with a name; None: without a limit.

    Servers are asked for every account it changes; returns how many. Refuses a name there is no account of.
    """
    kind = kind_by_code(code=service)
    if megabytes is not None and not 0 < megabytes <= MOST:
        raise Refusal(
            en="A quota is between 1 and 10,000,000 MB; leave it empty for none.",
            es="El límite va de 1 a 10,000,000 MB; déjelo vacío si no hay.",
        )
    # Holding the kind keeps another one who sets it, or opens its accounts' jobs, from crossing this.
    type(kind).objects.select_for_update().get(pk=kind.pk)
    touched = ServiceAccount.objects.filter(kind=kind).exclude(wanted=State.REMOVED)
    account = None
    if name.strip():
        account = touched.filter(name=name.strip().lower()).first()
        if account is None:
            raise Refusal(en=f"There is no account {name[:254]}.", es=f"No hay ninguna cuenta {name[:254]}.")
        touched = touched.filter(pk=account.pk)
    else:
        touched = touched.filter(own_quota__isnull=True)
    ServiceQuota.objects.update_or_create(
        kind=kind, account=account, defaults={"megabytes": megabytes, "set_by": actor, "set_at": at}
    )
    pks = list(touched.values_list("pk", flat=True))
    wanting.ask_again(account_pks=pks, actor=actor, at=at)
    journal.append(
        kind=Kind.SERVICE_QUOTA_SET,
        subject=f"service:{kind.code}" if account is None else f"account:{account.pk}",
        actor=actor,
        at=at,
        payload={"megabytes": megabytes, "accounts": len(pks)},
    )
    return len(pks)
