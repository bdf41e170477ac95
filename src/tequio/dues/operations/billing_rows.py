"""The rows of one slice of a dues run: invoices, lines, entries, legs, and the credit that pays them at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F

from tequio.centers.operations import next_numbers
from tequio.dues.billing_facts import Credit, billing_contacts, credits_of, lock_members
from tequio.dues.billing_plan import PlannedInvoice, SlicePlan, Terms
from tequio.dues.models import Allocation, Invoice, InvoiceKind, InvoiceLine, Payment
from tequio.kernel import bulk
from tequio.kernel.bulk import stored_day
from tequio.ledger import chart
from tequio.ledger import operations as ledger
from tequio.ledger.models import Entry, EntryKind, Leg
from tequio.ledger.operations import Books
from tequio.rules.dues import Part
from tequio.rules.payments import OpenCharge, use_credits

INVOICE_COLUMNS = (
    ("id", "kind", "center_id", "member_id", "number", "language", "contact_id", "invoiced_on", "due_on")
    + ("period_start", "period_end", "currency", "total", "rest", "settled_on", "policy_id", "rate_id", "entry_id")
    + ("run_id", "cancelled_because")
)
LINE_COLUMNS = ("invoice_id", "part", "amount", "tariff_id")
ALLOCATION_COLUMNS = ("payment_id", "invoice_id", "on", "amount", "entry_id")
_INCOME = {Part.MEMBERSHIP.value: chart.MEMBERSHIP_INCOME, Part.OPERATIONS.value: chart.OPERATIONS_INCOME}


@dataclass(slots=True, kw_only=True)
class SliceRows:
    """Rows ready to go out, in the columns named above; the benchmark writes the very same ones for its floor."""

    entries: list[tuple[Any, ...]] = field(default_factory=list)
    legs: list[tuple[Any, ...]] = field(default_factory=list)
    invoices: list[tuple[Any, ...]] = field(default_factory=list)
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    allocations: list[tuple[Any, ...]] = field(default_factory=list)
    credit_used: dict[int, int] = field(default_factory=dict)
    entry_pks: list[int] = field(default_factory=list)


def write_slice(*, plan: SlicePlan, terms: Terms, books: Mapping[int, Books], run_pk: int) -> None:
    """Write and post everything a slice comes to, in the caller's transaction."""
    members = sorted({i.member_pk for i in plan.invoices})
    lock_members(member_pks=members)
    rows = slice_rows(plan=plan, terms=terms, books=books, run_pk=run_pk, members=members)
    insert_rows(rows=rows)
    for payment_pk, amount in rows.credit_used.items():
        Payment.objects.filter(pk=payment_pk).update(unused=F("unused") - amount)
    ledger.post(entry_pks=rows.entry_pks)


def insert_rows(*, rows: SliceRows) -> None:
    """Send the rows out, each table in one statement."""
    bulk.insert(model=Entry, columns=ledger.ENTRY_COLUMNS, rows=rows.entries)
    bulk.insert(model=Leg, columns=ledger.LEG_COLUMNS, rows=rows.legs)
    bulk.insert(model=Invoice, columns=INVOICE_COLUMNS, rows=rows.invoices)
    bulk.insert(model=InvoiceLine, columns=LINE_COLUMNS, rows=rows.lines)
    bulk.insert(model=Allocation, columns=ALLOCATION_COLUMNS, rows=rows.allocations)


def slice_rows(
    *, plan: SlicePlan, terms: Terms, books: Mapping[int, Books], run_pk: int, members: Sequence[int]
) -> SliceRows:
    """The rows of a slice. Takes the invoice numbers and ids they need; inserts nothing."""
    rows = SliceRows()
    numbers = _numbers(plan=plan, terms=terms)
    contacts = billing_contacts(member_pks=members)
    credits = credits_of(member_pks=members)
    uses = _credit_uses(invoices=plan.invoices, credits=credits)
    invoice_pks = bulk.reserve_ids(model=Invoice, count=len(plan.invoices))
    entry_pks = bulk.reserve_ids(model=Entry, count=len(plan.invoices) + len(uses))
    rows.entry_pks = list(entry_pks)
    as_of, kind, invoice_kind = stored_day(terms.as_of), EntryKind.INVOICE.value, InvoiceKind.DUES.value
    stored: dict[date, date | str] = {}
    by_center = {
        pk: (
            b.accounts[chart.RECEIVABLE],
            {part: b.accounts[role] for part, role in _INCOME.items()},
            b.general_fund,
            b.currency,
            terms.dues[pk].policy_pk,
            terms.centers[pk].language,
        )
        for pk, b in books.items()
    }
    used = _used_by_invoice(uses=uses)
    for position, invoice in enumerate(plan.invoices):
        invoice_pk, entry_pk = invoice_pks[position], entry_pks[position]
        center_pk, member_pk, lines = invoice.center_pk, invoice.member_pk, invoice.lines
        receivable, income, fund, currency, policy_pk, language = by_center[center_pk]
        contact_pk, language = contacts.get(member_pk, (None, language))
        number = numbers[center_pk][1] % numbers[center_pk][0]
        numbers[center_pk][0] += 1
        total = 0
        for line in lines:
            total += line.amount
            rows.legs.append((entry_pk, income[line.part], fund, member_pk, currency, -line.amount))
            rows.lines.append((invoice_pk, line.part, line.amount, line.tariff_id))
        rows.legs.append((entry_pk, receivable, fund, member_pk, currency, total))
        rows.entries.append((entry_pk, center_pk, as_of, kind, number, False))
        due, start, end = invoice.due_on, invoice.period_start, invoice.period_end
        rest, settled_on = total, None
        if position in used:
            rest -= used[position][0]
            settled_on = stored_day(max(used[position][1], terms.as_of)) if rest == 0 else None
        rows.invoices.append(
            (
                invoice_pk,
                invoice_kind,
                center_pk,
                member_pk,
                number,
                language,
                contact_pk,
                as_of,
                stored.get(due) or stored.setdefault(due, stored_day(due)),
                stored.get(start) or stored.setdefault(start, stored_day(start)),
                stored.get(end) or stored.setdefault(end, stored_day(end)),
                currency,
                total,
                rest,
                settled_on,
                policy_pk,
                invoice.rate_pk,
                entry_pk,
                run_pk,
                "",
            )
        )
    _add_credit_uses(
        rows=rows,
        uses=uses,
        plan=plan,
        terms=terms,
        books=books,
        invoice_pks=invoice_pks,
        entry_pks=entry_pks[len(plan.invoices) :],
    )
    return rows


def _numbers(*, plan: SlicePlan, terms: Terms) -> dict[int, list[Any]]:
    """For each center the next number of its series and the pattern it is printed in."""
    counts: dict[int, int] = defaultdict(int)
    for invoice in plan.invoices:
        counts[invoice.center_pk] += 1
    return {
        center_pk: [
            next_numbers(center_id=center_pk, series="last_invoice", count=count),
            terms.centers[center_pk].code.upper() + "-%06d",
        ]
        for center_pk, count in sorted(counts.items())
    }


# One use of credit: position of the invoice in the plan, the credit, and how much of it.
_Use = tuple[int, Credit, int]


def _credit_uses(*, invoices: Sequence[PlannedInvoice], credits: Mapping[int, list[Credit]]) -> list[_Use]:
    """Which unused credit pays which of the new invoices, oldest first, by the rule in rules/payments.py."""
    if not credits:
        return []
    positions: dict[int, list[int]] = defaultdict(list)
    for position, invoice in enumerate(invoices):
        if invoice.member_pk in credits:
            positions[invoice.member_pk].append(position)
    uses: list[_Use] = []
    for member_pk, places in positions.items():
        by_payment = {credit.payment_pk: credit for credit in credits[member_pk]}
        for payment_pk, position, amount in use_credits(
            credits=[(credit.payment_pk, credit.unused) for credit in credits[member_pk]],
            charges=[OpenCharge(id=p, due_on=invoices[p].due_on, rest=invoices[p].total) for p in places],
        ):
            uses.append((position, by_payment[payment_pk], amount))
    return uses


def _used_by_invoice(*, uses: Sequence[_Use]) -> dict[int, tuple[int, date]]:
    """For each invoice paid from credit: how much, and the day the last of that money came."""
    used: dict[int, tuple[int, date]] = {}
    for position, credit, amount in uses:
        before = used.get(position, (0, credit.on))
        used[position] = (before[0] + amount, max(before[1], credit.on))
    return used


def _add_credit_uses(
    *,
    rows: SliceRows,
    uses: Sequence[_Use],
    plan: SlicePlan,
    terms: Terms,
    books: Mapping[int, Books],
    invoice_pks: Sequence[int],
    entry_pks: Sequence[int],
) -> None:
    for (position, credit, amount), entry_pk in zip(uses, entry_pks, strict=True):
        invoice = plan.invoices[position]
        b = books[invoice.center_pk]
        on = stored_day(max(terms.as_of, credit.on))
        number = rows.invoices[position][4]
        rows.entries.append((entry_pk, invoice.center_pk, on, EntryKind.CREDIT_USE.value, number, False))
        for role, owner, signed in (
            (chart.CREDIT, credit.owner_pk, amount),
            (chart.RECEIVABLE, invoice.member_pk, -amount),
        ):
            rows.legs.append((entry_pk, b.accounts[role], b.general_fund, owner, b.currency, signed))
        rows.allocations.append((credit.payment_pk, invoice_pks[position], on, amount, entry_pk))
        rows.credit_used[credit.payment_pk] = rows.credit_used.get(credit.payment_pk, 0) + amount
