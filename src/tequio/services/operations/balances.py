"""Balances members bring from another provider: what they owed or had paid ahead, booked with evidence, and back.

What was owed is an opening charge like those of a roll. What was paid ahead is credit, booked against opening balances:
it settles what is open and is used by the next invoices, and no bank or cash of ours moves.
"""

import base64
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction

from tequio.budgets.operations.receipts import MB, RECEIPT_AT_MOST, safe_name, type_of
from tequio.dues.models import Invoice, Payment, PaymentMethod
from tequio.dues.operations.paying import add_payment, void_payment
from tequio.dues.operations.undoing import cancel_invoice
from tequio.kernel.clock import day_in
from tequio.kernel.encryption import fingerprint
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members import hooks
from tequio.members.hooks import Opening
from tequio.members.locking import Locked, lock_member
from tequio.services.models import BalanceEvidence, BroughtBalance
from tequio.services.operations.moving import wave_by_code, words_of

_MOST = 10**11
MOST_PAPERS = 5  # of one balance
TAKEN_BACK = "moved in: taken back"


@transaction.atomic
def bring_balance(
    *, wave_code: str, member_code: str, amount: int, due_on: date, evidence: str, actor: str, at: datetime
) -> BroughtBalance:
    """Book what a member owed where it came from since a day, or had paid ahead by then (an amount below nothing).

    In minor units of its center's currency, with where that is written. Refuses nothing at all, one without evidence,
    a day to come, a member of another center, and a second balance of the same wave.
    """
    wave = wave_by_code(code=wave_code)
    held = lock_member(code=member_code)
    said = words_of(evidence, en="Say where this balance is written.", es="Diga dónde consta este saldo.")
    if not 0 < abs(amount) <= _MOST:
        raise Refusal(en="Write an amount above nothing.", es="Escriba un monto mayor que cero.")
    if held.center.pk != wave.center_id:
        raise Refusal(en="The member belongs to another center.", es="La membresía es de otro centro.")
    if due_on > day_in(zone=held.center.zone, at=at):
        raise Refusal(en="That day is still to come.", es="Ese día todavía no llega.")
    if BroughtBalance.objects.filter(wave=wave, member=held.head, undone_on__isnull=True).exists():
        raise Refusal(en="Its balance was brought over already.", es="Su saldo ya se trajo.")
    given: dict[str, Any] = {"held": held, "on": due_on, "actor": actor, "at": at}
    invoice = _charged(amount=amount, **given) if amount > 0 else None
    payment = _credited(amount=-amount, note=said, **given) if amount < 0 else None
    row = BroughtBalance.objects.create(
        wave=wave, member=held.head, invoice=invoice, payment=payment, evidence=said, entered_by=actor, entered_at=at
    )
    journal.append(
        kind=Kind.BALANCE_BROUGHT,
        subject=f"invoice:{invoice.number}" if invoice is not None else f"payment:{payment.number if payment else ''}",
        actor=actor,
        at=at,
        payload={"amount": amount, "currency": held.center.currency},
    )
    return row


@transaction.atomic
def add_evidence(
    *, wave_code: str, balance_pk: int, name: str, file: BinaryIO, actor: str, at: datetime
) -> BalanceEvidence:
    """Keep a paper behind a balance, encrypted. The same file again is there already.

    Refuses what a receipt of a booking refuses (more than 5 MB, what is no PDF, PNG, JPEG or WebP by its content, a PDF
    that carries a script), and more than five for one balance.
    """
    balance = _held(wave_code=wave_code, balance_pk=balance_pk)
    content = file.read(RECEIPT_AT_MOST + 1)
    if len(content) > RECEIPT_AT_MOST:
        raise Refusal(
            en=f"A paper has at most {RECEIPT_AT_MOST // MB} MB. Scan it in gray, or photograph it smaller.",
            es=f"Un documento pesa {RECEIPT_AT_MOST // MB} MB a lo más. Escanéelo en gris o tome una foto más chica.",
        )
    media_type = type_of(content=content)
    encoded = base64.b64encode(content).decode("ascii")
    mark = fingerprint("balance", str(balance.pk), encoded)
    there = BalanceEvidence.objects.filter(balance=balance, fingerprint=mark).first()
    if there is not None:
        return there
    if balance.papers.count() >= MOST_PAPERS:
        raise Refusal(en=f"There are {MOST_PAPERS} papers already.", es=f"Ya hay {MOST_PAPERS} documentos.")
    paper = BalanceEvidence.objects.create(
        balance=balance,
        name=safe_name(name=name, media_type=media_type),
        media_type=media_type,
        size=len(content),
        content=encoded,
        fingerprint=mark,
        added_by=actor,
        added_at=at,
    )
    payload = {"size": paper.size, "type": media_type}
    journal.append(kind=Kind.BALANCE_EVIDENCE, subject=f"balance:{balance.pk}", actor=actor, at=at, payload=payload)
    return paper


@transaction.atomic
def undo_balance(*, wave_code: str, balance_pk: int, actor: str, at: datetime) -> None:
    """Take a balance of a wave back: its charge is cancelled or its credit voided, and every entry of it reversed.

    What the credit had settled is open again. Refuses twice, a charge that was written off, and credit that was given
    back in money, if only in part.
    """
    row = _held(wave_code=wave_code, balance_pk=balance_pk)
    if row.undone_on is not None:
        raise Refusal(en="There is no such balance any more.", es="Ese saldo ya no está.")
    if row.invoice is not None:
        cancel_invoice(number=row.invoice.number, reason=TAKEN_BACK, actor=actor, at=at)
    elif row.payment is not None and row.payment.voided_on is None:
        void_payment(number=row.payment.number, reason=TAKEN_BACK, actor=actor, at=at)
    row.undone_on = day_in(zone=row.wave.center.zone, at=at)
    row.save(update_fields=["undone_on"])


def content_of(*, paper: BalanceEvidence) -> bytes:
    """The paper as it was handed in."""
    return base64.b64decode(paper.content)


def _held(*, wave_code: str, balance_pk: int) -> BroughtBalance:
    """A balance of a wave, held with its member. Refuses one there is none of."""
    found = BroughtBalance.objects.select_related("member").filter(pk=balance_pk, wave__code=wave_code).first()
    if found is None:
        raise Refusal(en="There is no such balance any more.", es="Ese saldo ya no está.")
    lock_member(code=found.member.code)
    rows = BroughtBalance.objects.select_related("invoice", "payment", "wave__center")
    return rows.select_for_update(of=("self",)).get(pk=balance_pk)


def _charged(*, held: Locked, amount: int, on: date, actor: str, at: datetime) -> Invoice:
    """An opening charge, due since a day."""
    last = Invoice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    opening = Opening(
        member_pk=held.head.pk,
        member_code=held.head.code,
        center_pk=held.center.pk,
        currency=held.center.currency,
        due_on=on,
        amount=amount,
        language=held.center.language,
        is_new=True,
    )
    hooks.book_openings(openings=[opening], actor=actor, at=at)
    hooks.refresh_standings(member_pks=[held.head.pk], actor=actor, at=at)
    return Invoice.objects.get(member=held.head, pk__gt=last)


def _credited(*, held: Locked, amount: int, on: date, note: str, actor: str, at: datetime) -> Payment:
    """Credit that was there on a day; it settles what is open, oldest first."""
    return add_payment(
        code=held.head.code,
        amount=amount,
        currency=held.center.currency,
        on=on,
        method=PaymentMethod.BROUGHT,
        note=note,
        actor=actor,
        at=at,
    )
