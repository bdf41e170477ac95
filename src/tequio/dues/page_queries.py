"""What the pages of invoices and payments read beside dues/queries.py."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import segno
from django.db.models import Count, Q, QuerySet, Sum
from markupsafe import Markup

from tequio.centers.models import Center
from tequio.dues.models import Invoice, Payment, PaymentMethod, Refund, WriteOff
from tequio.dues.rules_in_force import dues_on
from tequio.kernel.web.lists import PER_PAGE
from tequio.members.models import Member
from tequio.members.queries import family_of
from tequio.rules.dues import DuesTableError, Line, lines_for
from tequio.rules.money import whole_units

_QUIET = 4  # modules of white around a code, as its standard asks


def charge_state(*, invoice: Invoice, on: date) -> str:
    """Where an invoice is on a day, as names.CHARGE_STATES calls it. One query, only where it is settled."""
    if invoice.cancelled_on is not None:
        return "cancelled"
    if invoice.rest > 0:
        return "overdue" if invoice.due_on < on else "open"
    return "written_off" if WriteOff.objects.filter(invoice=invoice).exists() else "paid"


def code_of(*, reference: str, title: str) -> Markup:
    """A reference as a QR code: a drawing within the page, black on white in both themes."""
    drawing = segno.make_qr(reference.replace(" ", ""), error="m").svg_inline(
        omitsize=True, border=_QUIET, svgclass="scan", lineclass=None, title=title, dark="#000", light="#fff"
    )
    return Markup(drawing.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 - CONFIG: drawn by us from our own number


def write_offs_of(*, invoice: Invoice) -> list[WriteOff]:
    """What was let go of an invoice, in the order of days."""
    return list(WriteOff.objects.filter(invoice=invoice).order_by("on", "pk"))


def refunds_of(*, payment: Payment) -> list[Refund]:
    """What of a payment was given back, in the order of days."""
    return list(Refund.objects.filter(payment=payment).order_by("on", "pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFilters:
    """What the list of payments was asked for; empty words do not matter."""

    center: str = ""
    since: date | None = None
    until: date | None = None
    method: str = ""


def payments_of_centers(*, centers: Sequence[Center], filters: PaymentFilters) -> QuerySet[Payment]:
    """The payments of some centers that filters leave, latest first."""
    payments = Payment.objects.filter(center__in=[center.pk for center in centers])
    if filters.center:
        payments = payments.filter(center__code=filters.center)
    if filters.since:
        payments = payments.filter(on__gte=filters.since)
    if filters.until:
        payments = payments.filter(on__lte=filters.until)
    if filters.method in PaymentMethod.values:
        payments = payments.filter(method=filters.method)
    return payments.order_by("-on", "-pk")


def payments_page(*, payments: QuerySet[Payment], number: int) -> list[Payment]:
    """One page of them, each with its member. One query."""
    first = (number - 1) * PER_PAGE
    return list(payments.select_related("member", "center")[first : first + PER_PAGE])


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What came in, in one currency: how many payments count, their sum, and how many were voided."""

    currency: str
    count: int
    amount: int
    voided: int


def received(*, payments: QuerySet[Payment]) -> list[Received]:
    """The sums of a list of payments, one for each currency and never together. One query."""
    stands = Q(voided_on__isnull=True)
    sums = (
        payments.order_by()
        .values_list("currency")
        .annotate(
            standing=Count("pk", filter=stands), came=Sum("amount", filter=stands), gone=Count("pk", filter=~stands)
        )
    )
    return [
        Received(currency=currency, count=count, amount=amount or 0, voided=voided)
        for currency, count, amount, voided in sums.order_by("currency")
    ]


PAYMENT_COLUMNS = (
    *("payment", "on", "member_id", "member_name", "center", "amount", "currency", "method"),
    *("credit", "voided_on", "note"),
)


def payment_rows(*, payments: QuerySet[Payment]) -> Iterator[tuple[Any, ...]]:
    """All of them, for a spreadsheet."""
    values = payments.values_list(
        *("number", "on", "member__code", "member__name", "center__code", "amount", "currency", "method"),
        *("unused", "voided_on", "note"),
    )
    for number, on, code, name, center, amount, currency, method, unused, voided_on, note in values.iterator(
        chunk_size=2000
    ):
        yield (
            *(number, on, code, name, center, whole_units(minor=amount), currency, method),
            *(whole_units(minor=unused), voided_on, note),
        )


def family_invoices(*, member: Member) -> QuerySet[Invoice]:
    """The open invoices of a member and of what was merged into it, oldest first."""
    return Invoice.objects.filter(member_id__in=family_of(head=member), rest__gt=0).order_by("due_on", "pk")


def table_lines(*, member: Member, on: date) -> tuple[Line, ...]:
    """What the dues table of a day asks of a member for a year, before any rate of its own; nothing where it cannot."""
    in_force = dues_on(on=on).get(member.center_id)
    if in_force is None:
        return ()
    try:
        return lines_for(
            table=in_force.table, kind=member.kind, band=member.income_band, operations=bool(member.operations)
        )
    except DuesTableError:
        return ()
