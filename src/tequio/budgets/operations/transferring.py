"""Money from one center to the other: out of the books of one, on the way, into the other's, at a rate."""

from datetime import date, datetime

from django.db import transaction

from tequio.budgets.models import Transfer
from tequio.budgets.writing import LONGEST_NAME
from tequio.centers.models import Center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.ledger import operations as ledger
from tequio.ledger.chart import BANK, BETWEEN_CENTERS, FEES
from tequio.ledger.models import EntryKind
from tequio.rules.exchange import RateError, exchanged
from tequio.rules.money import printed


@transaction.atomic
def send(
    *,
    sender: Center,
    receiver: Center,
    sent_on: date,
    amount: int,
    rate: str,
    rate_on: date,
    rate_source: str,
    note: str = "",
    actor: str,
    at: datetime,
) -> Transfer:
    """Book money out of the sender's bank; until it arrives it is on the way, in the sender's own currency.

    `rate` is how many units of the receiver's currency one of the sender's is; it must be 1 where both are the same.
    """
    if sender.pk == receiver.pk:
        raise Refusal(en="Money goes to the other center.", es="El dinero va al otro centro.")
    if not 0 < amount <= 10**13:
        raise Refusal(en="The amount is above nothing.", es="La cantidad es mayor que cero.")
    _refuse_future(center=sender, on=sent_on, at=at)
    source = " ".join(rate_source.split())[:LONGEST_NAME]
    if not source:
        raise Refusal(en="Say where the rate comes from.", es="Diga de dónde sale el tipo de cambio.")
    try:
        due = exchanged(minor=amount, rate=rate)
    except RateError as error:
        raise Refusal(en=error.text.en, es=error.text.es) from error
    if sender.currency == receiver.currency and due != amount:
        raise Refusal(
            en="Both centers keep the same currency: the rate is 1.",
            es="Los dos centros llevan la misma moneda: el tipo de cambio es 1.",
        )
    list(Center.objects.select_for_update().filter(pk__in=(sender.pk, receiver.pk)).order_by("pk"))
    entry = ledger.book(
        books=ledger.books_of(center=sender),
        on=sent_on,
        kind=EntryKind.TRANSFER,
        note=f"to {receiver.code}",
        legs=[(BETWEEN_CENTERS, amount, None), (BANK, -amount, None)],
    )
    transfer = Transfer.objects.create(
        sender=sender,
        receiver=receiver,
        sent_on=sent_on,
        sent=amount,
        rate=rate.strip(),
        rate_on=rate_on,
        rate_source=source,
        due=due,
        note=" ".join(note.split())[:LONGEST_NAME],
        entry_out=entry,
        entered_by=actor,
        at=at,
    )
    _journal(kind=Kind.TRANSFER_SENT, transfer=transfer, actor=actor, at=at)
    return transfer


@transaction.atomic
def receive(*, transfer_pk: int, received_on: date, amount: int, actor: str, at: datetime) -> Transfer:
    """Book what arrived into the receiver's bank. What the rate made more of it than arrived was the bank's fee.

    Both clearing accounts together then say, at the rate, nothing: what is on the way is what was sent and did not
    arrive yet. More than the rate makes of it is refused: then the rate was another.
    """
    transfer = (
        Transfer.objects.select_for_update(of=("self",))
        .select_related("sender", "receiver")
        .filter(pk=transfer_pk)
        .first()
    )
    if transfer is None or transfer.received_on is not None:
        raise Refusal(
            en=f"There is no transfer {transfer_pk} on its way.",
            es=f"No hay ninguna transferencia {transfer_pk} en camino.",
        )
    receiver = transfer.receiver
    _refuse_future(center=receiver, on=received_on, at=at)
    if received_on < transfer.sent_on:
        raise Refusal(en="It arrived before it was sent.", es="Llegó antes de enviarse.")
    if not 0 < amount <= transfer.due:
        due = printed(minor=transfer.due, currency=receiver.currency)
        raise Refusal(
            en=f"At {transfer.rate} it comes to {due}, less what a bank keeps. If more arrived the rate was another.",
            es=f"A {transfer.rate} son {due}, menos lo que retiene un banco. Si llegó más, el tipo de cambio fue otro.",
        )
    fee = transfer.due - amount
    transfer.entry_in = ledger.book(
        books=ledger.books_of(center=receiver),
        on=received_on,
        kind=EntryKind.TRANSFER,
        note=f"from {transfer.sender.code}",
        legs=[(BANK, amount, None), (FEES, fee, None), (BETWEEN_CENTERS, -transfer.due, None)],
    )
    transfer.received_on, transfer.received = received_on, amount
    transfer.save(update_fields=["received_on", "received", "entry_in"])
    _journal(kind=Kind.TRANSFER_RECEIVED, transfer=transfer, actor=actor, at=at)
    return transfer


def _refuse_future(*, center: Center, on: date, at: datetime) -> None:
    today = clock.day_in(at=at, zone=center.zone)
    if on > today:
        raise Refusal(en=f"{on} has not come yet.", es=f"El {on} aún no llega.")


def _journal(*, kind: Kind, transfer: Transfer, actor: str, at: datetime) -> None:
    payload = {"from": transfer.sender.code, "to": transfer.receiver.code, "sent": transfer.sent, "rate": transfer.rate}
    journal.append(kind=kind, subject=f"transfer:{transfer.pk}", actor=actor, at=at, payload=payload)
