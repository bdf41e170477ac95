"""What letters need to know, read for a whole batch in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from tequio.centers.models import Center
from tequio.dues import hooks
from tequio.dues.models import Allocation, Invoice, InvoiceKind, InvoiceLine, Payment, PlanInvoice, Refund, WriteOff
from tequio.dues.queries import InvoiceCredit, PaidShare, line_name, references_of, refuse_brought
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.members.models import Contact, Member
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterFacts:
    """Who a letter comes from. `country` is where it is posted, by the currency's first two letters (ISO 4217)."""

    name: Text
    country: str
    postal_address: str
    pay_to: Text
    letter_email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Who a letter goes to: a member, and the person and place of one of its contacts, empty where unknown."""

    member_code: str
    member_name: str
    contact_name: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """One part of an invoice in minor units: `tariff` is the table's amount, None where there was no table."""

    part: str
    name: Text
    amount: int
    tariff: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """The dues policy an invoice follows, and the decision behind it."""

    title: Text
    valid_from: date
    decision: Text
    body: Text
    decided_on: date
    source: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFacts:
    """An invoice, amounts in minor units. `share` is the member's own rate in basis points, None without one."""

    number: str
    opening: bool
    language: str
    center: CenterFacts
    to: Addressee
    invoiced_on: date
    due_on: date
    period_start: date
    period_end: date
    currency: str
    total: int
    rest: int
    settled_on: date | None
    cancelled_on: date | None
    cancelled_because: str
    lines: tuple[LineFacts, ...]
    credits: tuple[InvoiceCredit, ...]
    rate_kind: str | None
    share: int | None
    rule: RuleFacts | None
    in_plan: bool
    reference: str
    short_reference: str | None
    link: str  # where it is seen, paid and answered without an account


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """A payment, amounts in minor units: what it settled, what is left of it, what was given back and when."""

    number: str
    language: str
    center: CenterFacts
    to: Addressee
    on: date
    amount: int
    unused: int
    currency: str
    method: str
    note: str
    voided_on: date | None
    void_reason: str
    shares: tuple[PaidShare, ...]
    given_back: tuple[tuple[date, int], ...]


def invoice_facts(*, numbers: Sequence[str]) -> list[InvoiceFacts]:
    """The facts of invoices, in the order of `numbers`. Refuses a number nobody has. Seven queries for any batch."""
    wanted = [number.strip().upper() for number in numbers]
    related = ("center", "member", "contact", "rate", "policy__decision__body")
    found = {i.number: i for i in Invoice.objects.filter(number__in=wanted).select_related(*related)}
    for number in wanted:
        if number not in found:
            raise Refusal(en=f"There is no invoice “{number}”.", es=f"No existe el aviso de cuota «{number}».")
    pks = [invoice.pk for invoice in found.values()]
    lines: dict[int, list[LineFacts]] = defaultdict(list)
    rows = InvoiceLine.objects.filter(invoice_id__in=pks).order_by("pk")
    for pk, part, amount, tariff in rows.values_list("invoice_id", "part", "amount", "tariff__amount"):
        lines[pk].append(LineFacts(part=part, name=line_name(part=part), amount=amount, tariff=tariff))
    lowered = _credits(invoice_pks=pks)
    planned = set(PlanInvoice.objects.filter(invoice_id__in=pks).values_list("invoice_id", flat=True))
    contacts = _contacts(members=[i.member for i in found.values()])
    links = hooks.pay_links(invoices=list(found.values()))
    return [
        _invoice(
            row=found[number],
            contact=found[number].contact or contacts.get(_head(found[number].member)),
            lines=lines[found[number].pk],
            credits=lowered[found[number].pk],
            in_plan=found[number].pk in planned,
            link=links.get(found[number].pk, ""),
        )
        for number in wanted
    ]


def receipt_facts(*, numbers: Sequence[str]) -> list[ReceiptFacts]:
    """The facts of payments, in the order of `numbers`. Refuses a number nobody has, and credit brought over.

    Four queries for any batch.
    """
    wanted = [number.strip().upper() for number in numbers]
    found = {p.number: p for p in Payment.objects.filter(number__in=wanted).select_related("center", "member")}
    for number in wanted:
        if number not in found:
            raise Refusal(en=f"There is no payment “{number}”.", es=f"No existe el pago «{number}».")
        refuse_brought(payment=found[number])
    pks = [payment.pk for payment in found.values()]
    shares: dict[int, list[PaidShare]] = defaultdict(list)
    settled = Allocation.objects.filter(payment_id__in=pks).values_list(
        "payment_id", "invoice__number", "invoice__rest"
    )
    for pk, number, rest, net in settled.annotate(net=Sum("amount")).order_by("invoice__due_on", "invoice_id"):
        if net:
            shares[pk].append(PaidShare(invoice=number, amount=net, rest=rest))
    back: dict[int, list[tuple[date, int]]] = defaultdict(list)
    refunds = Refund.objects.filter(payment_id__in=pks).order_by("on", "pk")
    for pk, on, amount in refunds.values_list("payment_id", "on", "amount"):
        back[pk].append((on, amount))
    contacts = _contacts(members=[p.member for p in found.values()])
    return [
        _receipt(
            row=found[number],
            contact=contacts.get(_head(found[number].member)),
            shares=shares[found[number].pk],
            back=back[found[number].pk],
        )
        for number in wanted
    ]


def standing_numbers(*, run_pk: int) -> list[str]:
    """The numbers of a dues run's invoices that were not cancelled, in order. Refuses a run that has none."""
    found = Invoice.objects.filter(run_id=run_pk, cancelled_on__isnull=True).order_by("number")
    numbers = list(found.values_list("number", flat=True))
    if not numbers:
        raise Refusal(
            en=f"There is nothing to print of run {run_pk}.", es=f"No hay nada que imprimir de la corrida {run_pk}."
        )
    return numbers


def _credits(*, invoice_pks: Sequence[int]) -> dict[int, list[InvoiceCredit]]:
    """What lowered each invoice, in the order of days: payments that count, and write-offs."""
    found: dict[int, list[InvoiceCredit]] = defaultdict(list)
    paid = Allocation.objects.filter(invoice_id__in=invoice_pks, payment__voided_on__isnull=True).order_by("on", "pk")
    for pk, on, amount, number in paid.values_list("invoice_id", "on", "amount", "payment__number"):
        found[pk].append(InvoiceCredit(on=on, amount=amount, by=number))
    let_go = WriteOff.objects.filter(invoice_id__in=invoice_pks).order_by("on", "pk")
    for pk, on, amount in let_go.values_list("invoice_id", "on", "amount"):
        found[pk].append(InvoiceCredit(on=on, amount=amount, by="write-off"))
    for credits in found.values():
        credits.sort(key=lambda credit: credit.on)
    return found


def _head(member: Member) -> int:
    return member.merged_into_id or member.pk


def contact_for(*, member: Member) -> Contact | None:
    """Whom a letter to one member goes to."""
    return _contacts(members=[member]).get(_head(member))


def _contacts(*, members: Iterable[Member]) -> dict[int, Contact]:
    """Whom a letter goes to, by head: as dues/billing_facts.py picks them, billing before representative before all.

    Decrypts the addresses of every contact of these members, and of no others.
    """
    heads = {_head(member) for member in members}
    best: dict[int, tuple[tuple[bool, bool, bool, int], Contact]] = {}
    rows = Contact.objects.filter(Q(member_id__in=heads) | Q(member__merged_into_id__in=heads)).defer("phone")
    for row in rows.select_related("member").order_by("pk"):
        head = _head(row.member)
        merged = row.member.merged_into_id is not None
        rank = (merged, not row.is_billing, not row.is_representative, row.position)
        if head not in best or rank < best[head][0]:
            best[head] = (rank, row)
    return {head: row for head, (_, row) in best.items()}


def _invoice(
    *,
    row: Invoice,
    contact: Contact | None,
    lines: list[LineFacts],
    credits: list[InvoiceCredit],
    in_plan: bool,
    link: str,
) -> InvoiceFacts:
    reference, short = references_of(invoice=row)
    return InvoiceFacts(
        number=row.number,
        opening=row.kind == InvoiceKind.OPENING,
        language=row.language,
        center=center_facts(row=row.center),
        to=addressee(member=row.member, contact=contact),
        invoiced_on=row.invoiced_on,
        due_on=row.due_on,
        period_start=row.period_start,
        period_end=row.period_end,
        currency=row.currency,
        total=row.total,
        rest=row.rest,
        settled_on=row.settled_on,
        cancelled_on=row.cancelled_on,
        cancelled_because=row.cancelled_because,
        lines=tuple(lines),
        credits=tuple(credits),
        rate_kind=row.rate.kind if row.rate else None,
        share=row.rate.basis_points if row.rate else None,
        rule=_rule(row),
        in_plan=in_plan,
        reference=reference,
        short_reference=short,
        link=link,
    )


def _rule(row: Invoice) -> RuleFacts | None:
    if row.policy is None:
        return None
    decision = row.policy.decision
    return RuleFacts(
        title=text_of(row=row.policy, name="title"),
        valid_from=row.policy.valid_from,
        decision=text_of(row=decision, name="title"),
        body=text_of(row=decision.body, name="name"),
        decided_on=decision.decided_on,
        source=text_of(row=decision, name="source"),
    )


def _receipt(
    *, row: Payment, contact: Contact | None, shares: list[PaidShare], back: list[tuple[date, int]]
) -> ReceiptFacts:
    return ReceiptFacts(
        number=row.number,
        language=contact.language if contact else row.center.language,
        center=center_facts(row=row.center),
        to=addressee(member=row.member, contact=contact),
        on=row.on,
        amount=row.amount,
        unused=row.unused,
        currency=row.currency,
        method=row.method,
        note=row.note,
        voided_on=row.voided_on,
        void_reason=row.void_reason,
        shares=tuple(shares),
        given_back=tuple(back),
    )


def center_facts(*, row: Center) -> CenterFacts:
    """Who a letter comes from."""
    return CenterFacts(
        name=text_of(row=row, name="name"),
        country=row.currency[:2],
        postal_address=row.postal_address,
        pay_to=text_of(row=row, name="pay_to"),
        letter_email=row.letter_email,
    )


def addressee(*, member: Member, contact: Contact | None) -> Addressee:
    """Who a letter goes to; the member alone where there is no contact."""
    if contact is None:
        return Addressee(member_code=member.code, member_name=member.name)
    return Addressee(
        member_code=member.code,
        member_name=member.name,
        contact_name=contact.name,
        street=contact.street,
        city=contact.city,
        state=contact.state,
        postal_code=contact.postal_code,
        country=contact.country,
    )
