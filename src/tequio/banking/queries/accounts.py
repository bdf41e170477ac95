"""The accounts money comes in on, as pages and commands show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from tequio.banking.models import BankAccount
from tequio.kernel.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """An account, how far its statements go, and how many of its lines wait for a person."""

    pk: int
    code: str
    name: str
    center: str
    currency: str
    endings: tuple[str, ...]
    through: date | None
    waiting: int
    closed_on: date | None


class NoAccount(Refusal):
    """There is no account to take a statement in, whatever the statement holds."""


def account_by_code(*, code: str) -> BankAccount:
    """The account of a code. Refuses a code nobody has, and names those there are."""
    found = BankAccount.objects.select_related("center").filter(code=code).first()
    if found is None:
        known = ", ".join(BankAccount.objects.order_by("code").values_list("code", flat=True))
        raise NoAccount(
            en=f"There is no account “{code}”. "
            + (f"Accounts here: {known}." if known else "Open one: tequio payments accounts add CODE --center CODE"),
            es=f"No hay ninguna cuenta «{code}». "
            + (f"Cuentas: {known}." if known else "Abra una: tequio payments accounts add CLAVE --center CLAVE"),
        )
    return found


def accounts_listed(*, center_pks: Iterable[int] | None = None) -> list[AccountRow]:
    """Every account, of these centers or of all, in the order of codes."""
    rows = BankAccount.objects.select_related("center").prefetch_related("numbers").order_by("code")
    if center_pks is not None:
        rows = rows.filter(center_id__in=list(center_pks))
    waiting = dict(
        BankAccount.objects.order_by()
        .annotate(waiting=Count("lines", filter=Q(lines__state__in=["open", "suggested", "twin"])))
        .values_list("pk", "waiting")
    )
    through = dict(BankAccount.objects.order_by().annotate(last=Max("statements__through")).values_list("pk", "last"))
    return [
        AccountRow(
            pk=row.pk,
            code=row.code,
            name=row.name,
            center=row.center.code,
            currency=row.currency,
            endings=tuple(sorted(number.ending for number in row.numbers.all())),
            through=through.get(row.pk),
            waiting=waiting.get(row.pk, 0),
            closed_on=row.closed_on,
        )
        for row in rows
    ]
