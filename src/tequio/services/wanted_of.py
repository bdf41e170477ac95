"""Accounts as a connector is handed them: state, generation, credentials in use, and what a refused person is told."""

from collections.abc import Collection, Mapping

from django.db.models.functions import Coalesce

from tequio.dues import hooks as dues
from tequio.dues.models import Invoice
from tequio.kernel import bulk
from tequio.rules.entitlement import State
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing
from tequio.services.connectors.contract import Credential, Wanted
from tequio.services.models import AppPassword, ServiceAccount, ServiceQuota

_NARROWED = {State.LIMITED, State.SUSPENDED}
NOTICE = Text(
    en="This service is suspended because dues are overdue. Nothing is lost, and incoming mail is kept. It is back at "
    "once when they are paid, or when you ask us for time.",
    es="Este servicio está suspendido porque hay cuotas vencidas. No se pierde nada y el correo que llega se guarda. "
    "Vuelve de inmediato al pagarlas, o al pedirnos un plazo.",
)


def credentials_of(*, account_pks: Collection[int] | None = None) -> dict[int, tuple[Credential, ...]]:
    """The app passwords in use of each account that has any, the newest first; None: of all."""
    rows = AppPassword.objects.filter(revoked_at__isnull=True).order_by("account_id", "-made_at", "-pk")
    if account_pks is not None:
        rows = rows.filter(account_id__in=bulk.these(list(account_pks)))
    found: dict[int, list[Credential]] = {}
    for pk, ident, stored, protocol in rows.values_list("account_id", "ident", "hash", "protocol"):
        found.setdefault(pk, []).append(Credential(ident=ident, hash=stored, protocol=protocol))
    return {pk: tuple(listed) for pk, listed in found.items()}


def quotas_set() -> tuple[dict[str, int], dict[int, int]]:
    """How much may be held, in MB, 0 without a limit: by the code of a service, and by account in place of it."""
    of_kind: dict[str, int] = {}
    of_one: dict[int, int] = {}
    for code, account, megabytes in ServiceQuota.objects.values_list("kind__code", "account_id", "megabytes"):
        if account is None:
            of_kind[code] = megabytes or 0
        else:
            of_one[account] = megabytes or 0
    return of_kind, of_one


def wanted_of(*, account_pks: Collection[int]) -> dict[int, Wanted]:
    """These accounts as they are wanted now, by id. Five queries however many there are."""
    rows = list(
        ServiceAccount.objects.filter(pk__in=bulk.these(list(account_pks))).values_list(
            *("pk", "kind__code", "name", "wanted", "generation", "why_en", "why_es", "closed_on"),
            Coalesce("member__merged_into_id", "member_id"),
            Coalesce("member__merged_into__standing", "member__standing"),
            "own_quota__pk",
            "own_quota__megabytes",
            "kind_id",
        )
    )
    of_kind = dict(ServiceQuota.objects.filter(account__isnull=True).values_list("kind_id", "megabytes"))
    credentials = credentials_of(account_pks=[row[0] for row in rows])
    # Who owes something: not whoever closed it, has more than comes with its dues, or had it lent.
    owing = {row[0]: row[8] for row in rows if row[7] is None and row[8] and row[9] != Standing.GOOD}
    pay = _pay_addresses(member_pks={owing[row[0]] for row in rows if row[3] in _NARROWED and row[0] in owing})
    return {
        pk: Wanted(
            service=code,
            name=name,
            state=State(wanted),
            generation=generation,
            credentials=credentials.get(pk, ()),
            notice=NOTICE if pk in owing else Text(en=why_en, es=why_es),
            pay_address=pay.get(owing.get(pk, 0), ""),
            quota_mb=own_quota if has_own else of_kind.get(kind),
        )
        for pk, code, name, wanted, generation, why_en, why_es, _, _, _, has_own, own_quota, kind in rows
    }


def _pay_addresses(*, member_pks: Collection[int]) -> Mapping[int, str]:
    """Where each member pays: the link of its oldest open invoice; absent without one."""
    if not member_pks:
        return {}
    oldest: dict[int, Invoice] = {}
    open_ones = Invoice.objects.filter(member_id__in=bulk.these(list(member_pks)), rest__gt=0)
    for invoice in open_ones.select_related("member").order_by("due_on", "pk"):
        oldest.setdefault(invoice.member_id, invoice)
    links = dues.pay_links(invoices=list(oldest.values()))
    return {pk: links[invoice.pk] for pk, invoice in oldest.items() if invoice.pk in links}
