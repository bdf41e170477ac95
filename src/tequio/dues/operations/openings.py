"""The balances a roll brings, booked once: owed and due on the day the member had paid up to."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from tequio.centers.models import Center
from tequio.centers.operations import next_numbers
from tequio.dues.models import Invoice, InvoiceKind, InvoiceLine, Payment
from tequio.kernel import bulk
from tequio.kernel.bulk import stored_day
from tequio.kernel.clock import day_in
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.ledger import chart
from tequio.ledger import operations as ledger
from tequio.ledger.models import Entry, EntryKind, Leg
from tequio.members.hooks import Opening
from tequio.rules.periods import period_end

OPENING_PART = "opening"


def book_openings(*, openings: Sequence[Opening], actor: str, at: datetime) -> set[str]:
    """Book opening balances as charges due on the day the member had paid up to.

    A balance that differs from one booked earlier replaces it while nothing has happened to the member since; of
    the others the codes come back, and nothing is changed for them.
    """
    in_use: set[str] = set()
    fresh = [o for o in openings if o.is_new]
    for opening in openings:
        if opening.is_new:
            continue
        if _in_use(member_pk=opening.member_pk):
            in_use.add(opening.member_code)
            continue
        for old in Invoice.objects.select_related("center", "entry").filter(
            member_id=opening.member_pk, cancelled_on__isnull=True
        ):
            ledger.reverse(entry=old.entry, on=old.invoiced_on, note=old.number)
            Invoice.objects.filter(pk=old.pk).update(
                cancelled_on=day_in(zone=old.center.zone, at=at), cancelled_because="the roll was corrected", rest=0
            )
            journal.append(kind=Kind.INVOICE_CANCELLED, subject=f"invoice:{old.number}", actor=actor, at=at, payload={})
        if opening.amount:
            fresh.append(opening)
    for center_pk in sorted({o.center_pk for o in fresh}):
        _book(center_pk=center_pk, openings=[o for o in fresh if o.center_pk == center_pk])
    return in_use


def _in_use(*, member_pk: int) -> bool:
    """Whether the member was billed, paid for or let off since the roll, also by the one it is merged into."""
    own = Invoice.objects.filter(member_id=member_pk)
    return (
        Payment.objects.filter(member_id=member_pk).exists()
        or own.filter(kind=InvoiceKind.DUES).exists()
        or own.filter(Q(allocations__isnull=False) | Q(write_offs__isnull=False) | Q(plans__isnull=False)).exists()
    )


def _book(*, center_pk: int, openings: list[Opening]) -> None:
    center = Center.objects.get(pk=center_pk)
    books = ledger.books_of(center=center)
    ledger.refuse_closed_days(center_pk=center_pk, days={opening.due_on for opening in openings})
    first = next_numbers(center_id=center_pk, series="last_opening", count=len(openings))
    invoice_pks = bulk.reserve_ids(model=Invoice, count=len(openings))
    entry_pks = bulk.reserve_ids(model=Entry, count=len(openings))
    entries, legs, invoices, lines = [], [], [], []
    for position, opening in enumerate(openings):
        number = f"{center.code.upper()}-OPEN-{first + position:05d}"
        invoice_pk, entry_pk = invoice_pks[position], entry_pks[position]
        day = stored_day(opening.due_on)
        ends = stored_day(period_end(first=opening.due_on, start=opening.due_on))
        amount, currency, member_pk = opening.amount, opening.currency, opening.member_pk
        entries.append((entry_pk, center_pk, day, EntryKind.OPENING.value, number, False))
        receivable, equity = books.accounts[chart.RECEIVABLE], books.accounts[chart.OPENING]
        legs.append((entry_pk, receivable, books.general_fund, member_pk, currency, amount))
        legs.append((entry_pk, equity, books.general_fund, member_pk, currency, -amount))
        invoices.append(
            (invoice_pk, InvoiceKind.OPENING.value, center_pk, member_pk, number, opening.language)
            + (day, day, day, ends, currency, amount, amount, entry_pk, "")
        )
        lines.append((invoice_pk, OPENING_PART, amount))
    bulk.insert(model=Entry, columns=ledger.ENTRY_COLUMNS, rows=entries)
    bulk.insert(model=Leg, columns=ledger.LEG_COLUMNS, rows=legs)
    bulk.insert(
        model=Invoice,
        columns=("id", "kind", "center_id", "member_id", "number", "language", "invoiced_on", "due_on")
        + ("period_start", "period_end", "currency", "total", "rest", "entry_id", "cancelled_because"),
        rows=invoices,
    )
    bulk.insert(model=InvoiceLine, columns=("invoice_id", "part", "amount"), rows=lines)
    ledger.post(entry_pks=entry_pks)
