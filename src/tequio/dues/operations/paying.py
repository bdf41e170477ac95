"""Money from members: received, given back, voided, and what the organization lets go.

Every one of these locks the center's row and then the member's, so that two payments, or a payment and a dues run,
take turns and none of them works with what the other has just spent.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, Sum

from tequio.centers.operations import next_numbers
from tequio.dues import hooks
from tequio.dues.models import Allocation, Invoice, Payment, PaymentMethod, Refund, WriteOff
from tequio.dues.operations.standings import refresh_standings
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.ledger import chart
from tequio.ledger import operations as ledger
from tequio.ledger.models import Entry, EntryKind
from tequio.members.locking import Locked, lock_member
from tequio.rules.money import printed
from tequio.rules.payments import OpenCharge, Share, settle, take_back

FURTHEST_AHEAD = timedelta(days=366)  # a post-dated check is possible; a year further is a mistyped date
EARLIEST = date(1990, 1, 1)


@transaction.atomic
def add_payment(
    *,
    code: str,
    amount: int,
    currency: str,
    on: date,
    method: str,
    actor: str,
    at: datetime,
    note: str = "",
    once_key: str = "",
    toward: str = "",
) -> Payment:
    """Enter money received from a member, in minor units, and settle its charges, oldest first.

    What is left over is credit, used by itself on the next invoice. With `once_key` the same key again changes
    nothing and returns the payment made the first time. `toward` is the number of an invoice of this member that a
    person wants settled before the others. What was `brought` over is booked against opening balances, like what a
    roll brings. Refuses a currency other than the center's, an amount that is not positive, and a day out of reach.
    """
    held = lock_member(code=code)
    if once_key:
        there = Payment.objects.filter(center=held.center, once_key=once_key).first()
        if there is not None:
            return there
    if currency != held.center.currency:
        raise Refusal(
            en=f"{held.center.code} keeps its books in {held.center.currency}; {currency} is not taken for {code}.",
            es=f"{held.center.code} lleva sus libros en {held.center.currency}; no se recibe {currency} para {code}.",
        )
    refuse_amount(amount=amount)
    refuse_day(on=on, at=at)
    shares, credit = settle(amount=amount, charges=_open_charges(held=held), first=_charge(held=held, number=toward))
    books = ledger.books_of(center=held.center)
    number = f"{held.center.code.upper()}-P-{_next(held):06d}"
    entry = ledger.book(
        books=books,
        on=on,
        kind=EntryKind.OPENING if method == PaymentMethod.BROUGHT else EntryKind.PAYMENT,
        note=number,
        legs=[
            (_money_account(method), amount, held.head.pk if method == PaymentMethod.BROUGHT else None),
            *_receivable_legs(shares=shares, sign=-1),
            (chart.CREDIT, -credit, held.head.pk),
        ],
    )
    payment = Payment.objects.create(
        center=held.center,
        member=held.head,
        number=number,
        on=on,
        amount=amount,
        unused=credit,
        currency=currency,
        method=method,
        note=note,
        once_key=once_key,
        entry=entry,
        entered_at=at,
    )
    _allocate(payment=payment, shares=shares, on=on, entry=entry)
    payload = {"amount": amount, "currency": currency, "on": on.isoformat(), "credit": credit}
    _note(kind=Kind.PAYMENT_RECEIVED, held=held, subject=f"payment:{number}", payload=payload, actor=actor, at=at)
    return payment


@transaction.atomic
def refund_payment(*, number: str, amount: int, on: date, method: str, reason: str, actor: str, at: datetime) -> Refund:
    """Give money of a payment back: its unused credit first, then the charges it paid last are open again.

    Refuses more than the payment still holds, and a day before the money came.
    """
    payment, held = lock_payment(number=number)
    refuse_amount(amount=amount)
    refuse_reason(reason=reason)
    refuse_day(on=on, at=at)
    if on < payment.on:
        raise Refusal(
            en=f"{number} came on {payment.on}; it cannot be given back before.",
            es=f"{number} llegó el {payment.on}; no se puede devolver antes.",
        )
    shares = _net_shares(payment=payment)
    available = payment.unused + sum(share.amount for share in shares)
    if amount > available:
        left = printed(minor=available, currency=payment.currency)
        raise Refusal(en=f"{number} holds {left} that can be given back.", es=f"De {number} se pueden devolver {left}.")
    from_credit, reopened = take_back(amount=amount, credit=payment.unused, shares=shares)
    books = ledger.books_of(center=held.center)
    entry = ledger.book(
        books=books,
        on=on,
        kind=EntryKind.REFUND,
        note=number,
        legs=[
            (_money_account(method), -amount, None),
            *_receivable_legs(shares=reopened, sign=1),
            (chart.CREDIT, from_credit, payment.member_id),
        ],
    )
    Payment.objects.filter(pk=payment.pk).update(unused=F("unused") - from_credit)
    _allocate(payment=payment, shares=[Share(s.charge_id, -s.amount) for s in reopened], on=on, entry=entry)
    refund = Refund.objects.create(
        payment=payment, on=on, amount=amount, from_credit=from_credit, method=method, reason=reason, entry=entry
    )
    others = Invoice.objects.filter(pk__in=[s.charge_id for s in reopened]).exclude(member_id__in=held.family)
    refresh_standings(member_pks=list(others.values_list("member_id", flat=True)), actor=actor, at=at)
    payload = {"amount": amount, "currency": payment.currency, "on": on.isoformat()}
    _note(kind=Kind.PAYMENT_REFUNDED, held=held, subject=f"payment:{number}", payload=payload, actor=actor, at=at)
    return refund


@transaction.atomic
def void_payment(*, number: str, reason: str, actor: str, at: datetime) -> None:
    """Take back a payment entered by mistake: it never happened, and what it settled is open again.

    Its entries, credit uses included, are reversed. Refuses one that was refunded in part: that money did come.
    """
    payment, held = lock_payment(number=number)
    refuse_reason(reason=reason)
    if Refund.objects.filter(payment=payment).exists():
        raise Refusal(
            en=f"Part of {number} was given back, so it did come; it cannot be voided.",
            es=f"Parte de {number} se devolvió, así que sí llegó; no se puede anular.",
        )
    on = day_in(zone=held.center.zone, at=at)
    booked = Q(pk=payment.entry_id) | Q(pk__in=Allocation.objects.filter(payment=payment).values("entry_id"))
    # What was taken back already (a credit use of a run since undone) and what took it back cancel each other.
    for entry in Entry.objects.filter(booked, reversed_by__isnull=True, reverses__isnull=True).order_by("pk"):
        ledger.reverse(entry=entry, on=on, note=number)
    invoices = sorted(set(Allocation.objects.filter(payment=payment).values_list("invoice_id", flat=True)))
    Payment.objects.filter(pk=payment.pk).update(voided_on=on, void_reason=reason, unused=0)
    for invoice_pk in invoices:
        resettle(invoice_pk=invoice_pk)
    hooks.payment_voided(payment_pk=payment.pk, actor=actor, at=at)
    # A merge undone since leaves charges of somebody else among those this payment had settled.
    others = Invoice.objects.filter(pk__in=invoices).exclude(member_id__in=held.family)
    refresh_standings(member_pks=list(others.values_list("member_id", flat=True)), actor=actor, at=at)
    _note(kind=Kind.PAYMENT_VOIDED, held=held, subject=f"payment:{number}", payload={}, actor=actor, at=at)


@transaction.atomic
def write_off(*, number: str, on: date, reason: str, actor: str, at: datetime, amount: int | None = None) -> WriteOff:
    """Stop asking for the rest of an invoice, or for part of it: it counts as settled from that day.

    Refuses more than the rest, and an invoice with nothing left to pay.
    """
    invoice = Invoice.objects.select_related("member").filter(number=number, cancelled_on__isnull=True).first()
    if invoice is None:
        raise Refusal(en=f"There is no invoice “{number}”.", es=f"No existe el aviso de cuota «{number}».")
    held = lock_member(code=invoice.member.code)
    invoice.refresh_from_db()
    refuse_reason(reason=reason)
    refuse_day(on=on, at=at)
    amount = invoice.rest if amount is None else amount
    if invoice.rest == 0:
        raise Refusal(
            en=f"Nothing is left to pay on {number}.", es=f"No queda nada por pagar del aviso de cuota {number}."
        )
    refuse_amount(amount=amount)
    if amount > invoice.rest:
        rest = printed(minor=invoice.rest, currency=invoice.currency)
        raise Refusal(en=f"{number} has {rest} left to pay.", es=f"De {number} quedan por pagar {rest}.")
    entry = ledger.book(
        books=ledger.books_of(center=held.center),
        on=on,
        kind=EntryKind.WRITE_OFF,
        note=number,
        legs=[(chart.WRITE_OFFS, amount, None), (chart.RECEIVABLE, -amount, invoice.member_id)],
    )
    row = WriteOff.objects.create(invoice=invoice, on=on, amount=amount, reason=reason, entry=entry)
    resettle(invoice_pk=invoice.pk)
    payload = {"amount": amount, "currency": invoice.currency, "on": on.isoformat()}
    _note(kind=Kind.INVOICE_WRITTEN_OFF, held=held, subject=f"invoice:{number}", payload=payload, actor=actor, at=at)
    return row


def lock_payment(*, number: str) -> tuple[Payment, Locked]:
    """A payment that was not voided, its member and center locked. Refuses a number nobody has."""
    found = Payment.objects.select_related("member").filter(number=number).first()
    if found is None:
        raise Refusal(en=f"There is no payment “{number}”.", es=f"No existe el pago «{number}».")
    held = lock_member(code=found.member.code)
    payment = Payment.objects.select_related("entry").get(pk=found.pk)
    if payment.voided_on is not None:
        raise Refusal(
            en=f"{number} was voided on {payment.voided_on}.", es=f"{number} se anuló el {payment.voided_on}."
        )
    return payment, held


def resettle(*, invoice_pk: int) -> None:
    """Work out again what is left of an invoice and when it was settled, from what lowered it.

    Nothing is left of a cancelled one, whatever becomes of the money that was once paid on it.
    """
    invoice = Invoice.objects.get(pk=invoice_pk)
    if invoice.cancelled_on is not None:
        return
    credits = sorted(
        list(Allocation.objects.filter(invoice=invoice, payment__voided_on__isnull=True).values_list("on", "amount"))
        + list(WriteOff.objects.filter(invoice=invoice).values_list("on", "amount"))
    )
    rest = invoice.total - sum(amount for _, amount in credits)
    settled_on = credits[-1][0] if rest == 0 and credits else None
    Invoice.objects.filter(pk=invoice_pk).update(rest=rest, settled_on=settled_on)


def refuse_amount(*, amount: int) -> None:
    """Refuse an amount that is not positive."""
    if amount <= 0:
        raise Refusal(en="The amount must be more than nothing.", es="La cantidad debe ser mayor que cero.")


def refuse_reason(*, reason: str) -> None:
    """Refuse an empty reason: whoever reads it later was not there."""
    if not reason.strip():
        raise Refusal(en="Give the reason, in a few words.", es="Indique el motivo, en pocas palabras.")


def refuse_day(*, on: date, at: datetime) -> None:
    """Refuse a day that can only be a typing mistake."""
    if on > at.date() + FURTHEST_AHEAD:
        raise Refusal(
            en=f"{on} is more than a year ahead; check the date.",
            es=f"El {on} está a más de un año; revise la fecha.",
        )
    if on < EARLIEST:
        raise Refusal(
            en=f"{on} is before {EARLIEST.year}; check the date.",
            es=f"El {on} es anterior a {EARLIEST.year}; revise la fecha.",
        )


def _open_charges(*, held: Locked) -> list[OpenCharge]:
    rows = Invoice.objects.filter(member_id__in=held.family, rest__gt=0).order_by("due_on", "pk")
    return [
        OpenCharge(id=pk, due_on=due_on, rest=rest) for pk, due_on, rest in rows.values_list("pk", "due_on", "rest")
    ]


def _charge(*, held: Locked, number: str) -> int | None:
    """The id of the invoice a payment is meant for. Refuses one of another member."""
    if not number:
        return None
    found = Invoice.objects.filter(number=number, member_id__in=held.family, cancelled_on__isnull=True).first()
    if found is None:
        raise Refusal(
            en=f"{held.head.code} has no invoice “{number}”.",
            es=f"{held.head.code} no tiene el aviso de cuota «{number}».",
        )
    return found.pk


def _receivable_legs(*, shares: Sequence[Share], sign: int) -> list[tuple[str, int, int | None]]:
    """Legs on what members owe, one for each member whose charges are touched (a merged one keeps its own)."""
    owners = dict(Invoice.objects.filter(pk__in=[s.charge_id for s in shares]).values_list("pk", "member_id"))
    sums: dict[int, int] = {}
    for share in shares:
        sums[owners[share.charge_id]] = sums.get(owners[share.charge_id], 0) + share.amount
    return [(chart.RECEIVABLE, sign * amount, member_pk) for member_pk, amount in sorted(sums.items())]


def _net_shares(*, payment: Payment) -> list[Share]:
    """What a payment settles today, charge by charge in the order it came to them."""
    rows = (
        Allocation.objects.filter(payment=payment)
        .values("invoice_id", "invoice__due_on")
        .annotate(net=Sum("amount"))
        .order_by("invoice__due_on", "invoice_id")
    )
    return [Share(row["invoice_id"], row["net"]) for row in rows if row["net"]]


def _allocate(*, payment: Payment, shares: Sequence[Share], on: date, entry: Entry) -> None:
    Allocation.objects.bulk_create(
        Allocation(payment=payment, invoice_id=share.charge_id, on=on, amount=share.amount, entry=entry)
        for share in shares
    )
    for share in shares:
        resettle(invoice_pk=share.charge_id)


def _next(held: Locked) -> int:
    return next_numbers(center_id=held.center.pk, series="last_payment", count=1)


def _money_account(method: str) -> str:
    if method == PaymentMethod.BROUGHT:
        return chart.OPENING
    return chart.CASH if method == PaymentMethod.CASH else chart.BANK


def _note(*, kind: Kind, held: Locked, subject: str, payload: dict[str, object], actor: str, at: datetime) -> None:
    """What ends every one of these: the standing worked out again, and the journal last."""
    refresh_standings(member_pks=[held.head.pk], actor=actor, at=at)
    journal.append(kind=kind, subject=subject, actor=actor, at=at, payload={"member": held.head.code, **payload})
