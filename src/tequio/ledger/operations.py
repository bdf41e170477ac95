"""Everything that writes the ledger: charts, entries, postings, reversals, closed periods.

An entry is written as a draft with its legs, then posted; the database refuses a posting that does not balance for
each currency and fund, and any change afterwards (ledger/triggers.py).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from tequio.centers.models import Center
from tequio.kernel import bulk
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.ledger import hooks
from tequio.ledger.chart import CHART, GENERAL_FUND
from tequio.ledger.models import Account, AccountKind, ClosedPeriod, Entry, EntryKind, Fund, Leg
from tequio.rules.reasons import Text

_ROLE = re.compile(r"(income|expense)(-[a-z][a-z0-9]{0,19}){1,2}", re.ASCII)
_FUND = re.compile(r"[a-z0-9]+(-[a-z0-9]+){0,5}", re.ASCII)
ENTRY_COLUMNS = ("id", "center_id", "on", "kind", "note", "posted")
LEG_COLUMNS = ("entry_id", "account_id", "fund_id", "member_id", "currency", "amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The ids a center's bookings need: its accounts by role, its general fund, its currency."""

    center_pk: int
    currency: str
    general_fund: int
    accounts: dict[str, int]


@transaction.atomic
def open_books(*, center: Center) -> None:
    """Give a center the accounts and the fund its books begin with; what is there already stays."""
    Fund.objects.get_or_create(
        center=center, code=GENERAL_FUND, defaults={"name_en": "General fund", "name_es": "Fondo general"}
    )
    for line in CHART:
        Account.objects.get_or_create(
            center=center,
            role=line.role,
            defaults={
                "code": f"{center.code}-{line.role}",
                "kind": line.kind,
                "name_en": line.name.en,
                "name_es": line.name.es,
                "beancount": line.beancount.format(center=center.code.upper()),
            },
        )


@transaction.atomic
def open_account(*, center: Center, role: str, kind: AccountKind, name: Text, actor: str, at: datetime) -> Account:
    """Give a center one more account of income or expense. The same role again returns the one there is.

    Refuses a role of another kind, and words that are none of a role: income-... or expense-..., small letters.
    """
    there = Account.objects.filter(center=center, role=role).first()
    if there is not None:
        if there.kind != kind:
            raise Refusal(
                en=f"The account “{role}” is there already, as {there.kind}.",
                es=f"La cuenta «{role}» ya existe, como {there.kind}.",
            )
        return there
    if kind not in (AccountKind.INCOME, AccountKind.EXPENSE) or not _ROLE.fullmatch(role):
        raise Refusal(
            en=f"“{role}” cannot be an account: write income-... or expense-..., in small letters and hyphens.",
            es=f"«{role}» no puede ser una cuenta: escriba income-... o expense-..., en minúsculas y con guiones.",
        )
    if not role.startswith(f"{kind.value}-"):
        raise Refusal(
            en=f"The account “{role}” would be {kind.value}: its name begins with “{kind.value}-”.",
            es=f"La cuenta «{role}» sería {kind.value}: su nombre empieza con «{kind.value}-».",
        )
    top = "Income" if kind == AccountKind.INCOME else "Expenses"
    word = "-".join(part.capitalize() for part in role.split("-")[1:])
    account = Account.objects.create(
        center=center,
        code=f"{center.code}-{role}",
        role=role,
        kind=kind,
        name_en=name.en,
        name_es=name.es,
        beancount=f"{top}:{center.code.upper()}:{word}",
    )
    journal.append(
        kind=Kind.ACCOUNT_OPENED, subject=f"account:{account.code}", actor=actor, at=at, payload={"kind": kind.value}
    )
    return account


@transaction.atomic
def open_fund(*, center: Center, code: str, name: Text, actor: str, at: datetime) -> Fund:
    """Keep money apart that may be spent on one thing only. The same code again returns the fund there is."""
    there = Fund.objects.filter(center=center, code=code).first()
    if there is not None:
        return there
    if not _FUND.fullmatch(code):
        raise Refusal(
            en=f"“{code}” cannot be a fund's code: use small letters, digits and hyphens.",
            es=f"«{code}» no puede ser el código de un fondo: use minúsculas, dígitos y guiones.",
        )
    if not name.en.strip() or not name.es.strip():
        raise Refusal(en="A fund has a name in both languages.", es="Un fondo lleva nombre en los dos idiomas.")
    fund = Fund.objects.create(center=center, code=code, name_en=name.en.strip(), name_es=name.es.strip())
    journal.append(kind=Kind.FUND_OPENED, subject=f"fund:{center.code}-{code}", actor=actor, at=at)
    return fund


def books_of(*, center: Center) -> Books:
    """What is needed to book for a center, in two queries."""
    return Books(
        center_pk=center.pk,
        currency=center.currency,
        general_fund=Fund.objects.get(center=center, code=GENERAL_FUND).pk,
        accounts=dict(Account.objects.filter(center=center).values_list("role", "pk")),
    )


def book(
    *,
    books: Books,
    on: date,
    kind: EntryKind,
    note: str,
    legs: Sequence[tuple[str, int, int | None]],
    fund_pk: int | None = None,
) -> Entry:
    """Write and post one entry on the general fund, or on the fund given.

    `legs` are (account role, minor units, member id or None); zero ones are left out.

    Refuses a day in a closed period.
    """
    with transaction.atomic():
        refuse_closed(center_pk=books.center_pk, on=on)
        entry = Entry.objects.create(center_id=books.center_pk, on=on, kind=kind, note=note)
        Leg.objects.bulk_create(
            Leg(
                entry=entry,
                account_id=books.accounts[role],
                fund_id=fund_pk or books.general_fund,
                member_id=member_pk,
                currency=books.currency,
                amount=amount,
            )
            for role, amount, member_pk in legs
            if amount
        )
        post(entry_pks=[entry.pk])
    return entry


def post(*, entry_pks: Sequence[int]) -> None:
    """Post entries whose legs are written. Many in one statement; ids in one unbroken range cost nothing extra."""
    if not entry_pks:
        return
    first, last = min(entry_pks), max(entry_pks)
    with connection.cursor() as cursor:
        if last - first + 1 == len(set(entry_pks)):
            cursor.execute("UPDATE ledger_entry SET posted = TRUE WHERE id BETWEEN %s AND %s", [first, last])
        elif connection.vendor == "postgresql":
            cursor.execute("UPDATE ledger_entry SET posted = TRUE WHERE id = ANY(%s)", [list(entry_pks)])
        else:
            each = [(pk,) for pk in sorted(set(entry_pks))]
            cursor.executemany("UPDATE ledger_entry SET posted = TRUE WHERE id = %s", each)


def reverse(*, entry: Entry, on: date, note: str) -> Entry:
    """Post the entry that takes another back: the same legs with the signs turned. Refuses to reverse one twice."""
    with transaction.atomic():
        refuse_closed(center_pk=entry.center_id, on=on)
        if not Entry.objects.filter(pk=entry.pk, posted=True).exists():
            raise Refusal(
                en=f"Entry {entry.pk} is a draft; only what is posted is reversed.",
                es=f"El asiento {entry.pk} es un borrador; solo se revierte lo asentado.",
            )
        if Entry.objects.filter(reverses=entry).exists():
            raise Refusal(
                en=f"Entry {entry.pk} has been reversed already.", es=f"El asiento {entry.pk} ya fue revertido."
            )
        back = Entry.objects.create(
            center_id=entry.center_id, on=on, kind=EntryKind.REVERSAL, note=note, reverses=entry
        )
        Leg.objects.bulk_create(
            Leg(
                entry=back,
                account_id=leg.account_id,
                fund_id=leg.fund_id,
                member_id=leg.member_id,
                currency=leg.currency,
                amount=-leg.amount,
            )
            for leg in Leg.objects.filter(entry=entry).order_by("pk")
        )
        post(entry_pks=[back.pk])
    return back


def reverse_many(*, entry_pks: Sequence[int], on: date, note: str) -> None:
    """Post the reversals of many entries, set-based."""
    if not entry_pks:
        return
    pairs = dict(zip(entry_pks, bulk.reserve_ids(model=Entry, count=len(entry_pks)), strict=True))
    day = bulk.stored_day(on)
    centers = dict(Entry.objects.filter(pk__range=(min(pairs), max(pairs))).values_list("pk", "center_id"))
    for center_pk in sorted(set(centers.values())):
        refuse_closed(center_pk=center_pk, on=on)
    bulk.insert(
        model=Entry,
        columns=(*ENTRY_COLUMNS, "reverses_id"),
        rows=[(new, centers[old], day, EntryKind.REVERSAL.value, note, False, old) for old, new in pairs.items()],
    )
    legs = (
        Leg.objects.filter(entry_id__gte=min(pairs), entry_id__lte=max(pairs))
        .order_by("pk")
        .values_list("entry_id", "account_id", "fund_id", "member_id", "currency", "amount")
    )
    bulk.insert(
        model=Leg,
        columns=LEG_COLUMNS,
        rows=[(pairs[leg[0]], *leg[1:5], -leg[5]) for leg in legs if leg[0] in pairs],
    )
    post(entry_pks=list(pairs.values()))


@transaction.atomic
def close_period(*, center: Center, first_day: date, last_day: date, actor: str, at: datetime) -> None:
    """Close days of a center's books: nothing more is posted on them."""
    if first_day > last_day:
        raise Refusal(en="A period ends after it begins.", es="Un periodo termina después de empezar.")
    Center.objects.select_for_update().get(pk=center.pk)
    if Entry.objects.filter(center=center, on__range=(first_day, last_day), posted=False).exists():
        raise Refusal(
            en="There are drafts in the period; post or remove them first.",
            es="Hay borradores en el periodo; asiéntelos o elimínelos primero.",
        )
    for waits in hooks.waiting:
        says = waits(center, first_day, last_day)
        if says is not None:
            raise Refusal(en=says.en, es=says.es)
    ClosedPeriod.objects.create(center=center, first_day=first_day, last_day=last_day, closed_at=at)
    journal.append(
        kind=Kind.PERIOD_CLOSED,
        subject=f"center:{center.code}",
        actor=actor,
        at=at,
        payload={"first_day": first_day.isoformat(), "last_day": last_day.isoformat()},
    )


def refuse_closed(*, center_pk: int, on: date) -> None:
    """Refuse a booking on a day of a closed period, in words; the database would refuse it too."""
    refuse_closed_days(center_pk=center_pk, days=[on])


def refuse_closed_days(*, center_pk: int, days: Collection[date]) -> None:
    """Refuse bookings on days one of which is in a closed period. One query, however many days."""
    for closed in ClosedPeriod.objects.filter(center_id=center_pk).order_by("first_day"):
        on = next((day for day in sorted(days) if closed.first_day <= day <= closed.last_day), None)
        if on is not None:
            raise Refusal(
                en=f"The books are closed from {closed.first_day} to {closed.last_day}; {on} takes no more entries.",
                es=f"Los libros están cerrados del {closed.first_day} al {closed.last_day}; el {on} ya no admite "
                "asientos.",
            )
