"""What reads the ledger."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Sum

from tequio.centers.models import Center
from tequio.ledger.models import AccountKind, Leg


def account_balances(*, center: Center) -> dict[str, int]:
    """The balance of each account of a center by its code, in minor units, debit positive."""
    rows = (
        Leg.objects.filter(entry__center=center, entry__posted=True)
        .values("account__code")
        .annotate(balance=Sum("amount"))
        .order_by("account__code")
    )
    return {row["account__code"]: row["balance"] for row in rows}


def member_balances(*, role: str) -> dict[int, int]:
    """What the ledger says each member has on an account role (over all its centers), zero ones left out."""
    rows = (
        Leg.objects.filter(account__role=role, member__isnull=False)
        .values_list("member_id")
        .annotate(balance=Sum("amount"))
        .order_by("member_id")
    )
    return {member_pk: balance for member_pk, balance in rows if balance}


def by_account_and_month(*, center: Center, year: int) -> dict[tuple[str, str], tuple[int, ...]]:
    """The twelve months of every income and expense account and fund of a center that moved in a year.

    By (account role, fund code), in minor units, debit positive. Entries that open the books are no income.
    """
    rows = (
        Leg.objects.filter(
            entry__center=center,
            entry__posted=True,
            entry__on__year=year,
            account__kind__in=(AccountKind.INCOME, AccountKind.EXPENSE),
        )
        .values_list("account__role", "fund__code", "entry__on__month")
        .annotate(moved=Sum("amount"))
        .order_by("account__role", "fund__code", "entry__on__month")
    )
    found: dict[tuple[str, str], list[int]] = {}
    for role, fund, month, moved in rows:
        found.setdefault((role, fund), [0] * 12)[month - 1] = moved
    return {key: tuple(months) for key, months in found.items()}


def fund_balances(*, center: Center) -> dict[str, int]:
    """What each fund of a center has, in minor units: everything it owns less what it owes."""
    rows = (
        Leg.objects.filter(
            entry__center=center,
            entry__posted=True,
            account__kind__in=(AccountKind.ASSET, AccountKind.LIABILITY),
        )
        .values_list("fund__code")
        .annotate(balance=Sum("amount"))
        .order_by("fund__code")
    )
    return dict(rows)


def unbalanced() -> Iterator[str]:
    """A sentence for every entry that is not as the triggers keep it: unbalanced, one-legged, draft, foreign."""
    for (number,) in _rows(
        "SELECT DISTINCT entry_id FROM ledger_leg GROUP BY entry_id, currency, fund_id HAVING sum(amount) <> 0"
    ):
        yield f"ledger: entry {number} does not balance"
    for (number,) in _rows(
        "SELECT e.id FROM ledger_entry e LEFT JOIN ledger_leg l ON l.entry_id = e.id "
        "GROUP BY e.id HAVING count(l.id) < 2"
    ):
        yield f"ledger: entry {number} has fewer than two legs"
    for (number,) in _rows("SELECT id FROM ledger_entry WHERE NOT posted"):
        yield f"ledger: entry {number} was never posted"
    for (number,) in _rows(
        "SELECT DISTINCT e.id FROM ledger_entry e JOIN ledger_leg l ON l.entry_id = e.id "
        "JOIN ledger_account a ON a.id = l.account_id JOIN ledger_fund f ON f.id = l.fund_id "
        "WHERE a.center_id <> e.center_id OR f.center_id <> e.center_id"
    ):
        yield f"ledger: entry {number} touches another center's account or fund"


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
