"""The books as Beancount text: an independent audit that anyone can run with `bean-check`."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Min

from tequio.centers.models import Center
from tequio.ledger.models import Account, Entry, Leg
from tequio.rules.money import MINOR_PER_UNIT


def export(*, center: Center) -> Iterator[str]:
    """Lines of a Beancount file with every posted entry of a center, oldest first.

    Members appear by id alone. Ends with an assertion of every account's balance, so that `bean-check` compares
    the two programs' sums.
    """
    yield f'option "title" "Tequio: {_quoted(center.name_en)}"\n'
    yield f'option "operating_currency" "{center.currency}"\n'
    entries = Entry.objects.filter(center=center, posted=True)
    first = entries.aggregate(first=Min("on"))["first"]
    if first is None:
        return
    accounts = {a.pk: a for a in Account.objects.filter(center=center).order_by("pk")}
    yield "\n"
    for account in accounts.values():
        yield f"{first} open {account.beancount} {center.currency}\n"
    legs = (
        Leg.objects.filter(entry__center=center, entry__posted=True)
        .order_by("entry__on", "entry_id", "pk")
        .values_list(
            "entry_id", "entry__on", "entry__kind", "entry__note", "account_id", "amount", "member__code", "fund__code"
        )
    )
    sums: dict[int, int] = {}
    last: date = first
    for entry_pk, rows in groupby(legs.iterator(chunk_size=5000), key=lambda row: row[0]):
        group = list(rows)
        last = group[0][1]
        yield from _transaction(entry_pk=entry_pk, rows=group, accounts=accounts, currency=center.currency)
        for row in group:
            sums[row[4]] = sums.get(row[4], 0) + row[5]
    # A balance assertion holds at the beginning of its day, so it is dated the day after the last entry.
    after = date.fromordinal(last.toordinal() + 1)
    yield "\n"
    for pk, minor in sorted(sums.items()):
        yield f"{after} balance {accounts[pk].beancount}  {_units(minor)} ~ 0.00 {center.currency}\n"


def _transaction(
    *, entry_pk: int, rows: list[tuple[Any, ...]], accounts: dict[int, Account], currency: str
) -> Iterator[str]:
    _, on, kind, note, *_ = rows[0]
    yield f'\n{on} * "{kind}" "{_quoted(note)}"\n  entry: {entry_pk}\n'
    for row in rows:
        yield f"  {accounts[row[4]].beancount}  {_units(row[5])} {currency}\n"
        if row[6]:
            yield f'    member: "{_quoted(row[6])}"\n'
        if row[7] != "general":
            yield f'    fund: "{_quoted(row[7])}"\n'


def _units(minor: int) -> str:
    sign = "-" if minor < 0 else ""
    units, rest = divmod(abs(minor), MINOR_PER_UNIT)
    return f"{sign}{units}.{rest:02d}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
