"""Income somebody promised or hopes for: put down, confirmed, its currency settled, given up. What comes is booked."""

from dataclasses import dataclass
from datetime import date, datetime

from babel.numbers import is_currency
from django.db import transaction

from tequio.budgets.models import BookingState, ExpectedIncome, ExpectedKind, ExpectedState
from tequio.budgets.writing import LONGEST_NAME, LONGEST_NOTE, sentence
from tequio.centers.models import Center
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.ledger.chart import GENERAL_FUND
from tequio.ledger.models import Account, AccountKind, Fund
from tequio.rules.reasons import Text

_ALL = 100
_OPEN = (ExpectedState.PROMISED, ExpectedState.CONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is expected: `amount` in minor units of `currency`, which is empty where nobody stated it."""

    kind: ExpectedKind
    name: Text
    amount: int
    currency: str
    likelihood: int
    expected_on: date
    said_by: str
    account: str = "income-grants"
    fund: str = GENERAL_FUND
    note: str = ""


@transaction.atomic
def expect(*, center: Center, promise: Promise, actor: str, at: datetime) -> ExpectedIncome:
    """Put down income that is expected; no money is booked. For a drive the amount is its goal."""
    if not 0 < promise.amount <= 10**13:
        raise Refusal(en="The amount is above nothing.", es="La cantidad es mayor que cero.")
    _refuse_currency(currency=promise.currency)
    _refuse_likelihood(percent=promise.likelihood)
    name = sentence(text=promise.name, key="name", longest=LONGEST_NAME)
    said_by = " ".join(promise.said_by.split())[:LONGEST_NAME]
    if not said_by:
        raise Refusal(
            en="Say who promised it, or who guessed how likely it is.",
            es="Diga quién lo prometió, o quién estimó qué tan probable es.",
        )
    account = Account.objects.filter(center=center, role=promise.account, kind=AccountKind.INCOME).first()
    fund = Fund.objects.filter(center=center, code=promise.fund).first()
    if account is None or fund is None:
        raise Refusal(
            en=f"{center.code} has no account of income “{promise.account}”, or no fund “{promise.fund}”.",
            es=f"{center.code} no tiene la cuenta de ingreso «{promise.account}», o el fondo «{promise.fund}».",
        )
    row = ExpectedIncome.objects.create(
        center=center,
        kind=ExpectedKind(promise.kind).value,
        name_en=name.en,
        name_es=name.es,
        amount=promise.amount,
        currency=promise.currency,
        likelihood=promise.likelihood,
        expected_on=promise.expected_on,
        account=account,
        fund=fund,
        said_by=said_by,
        note=" ".join(promise.note.split())[:LONGEST_NOTE],
        made_at=at,
    )
    journal.append(
        kind=Kind.INCOME_EXPECTED,
        subject=f"expected:{row.pk}",
        actor=actor,
        at=at,
        payload={"center": center.code, "kind": row.kind, "amount": row.amount, "currency": row.currency},
    )
    return row


@transaction.atomic
def settle_currency(*, expected_pk: int, currency: str, actor: str, at: datetime) -> ExpectedIncome:
    """Say in which currency it comes, once. It may be one the center does not keep: then it is booked at a rate."""
    row = _open(pk=expected_pk)
    if row.currency:
        raise Refusal(en=f"It is settled already: {row.currency}.", es=f"Ya está precisado: {row.currency}.")
    if not currency:
        raise Refusal(en="Name a currency, like USD or MXN.", es="Indique una moneda, como USD o MXN.")
    _refuse_currency(currency=currency)
    row.currency = currency
    row.save(update_fields=["currency"])
    return _changed(row=row, payload={"currency": currency}, actor=actor, at=at)


@transaction.atomic
def confirm(*, expected_pk: int, actor: str, at: datetime) -> ExpectedIncome:
    """Who promised it confirmed it; how likely it is stays what somebody said."""
    row = _open(pk=expected_pk)
    row.state = ExpectedState.CONFIRMED
    row.save(update_fields=["state"])
    return _changed(row=row, payload={"state": "confirmed"}, actor=actor, at=at)


@transaction.atomic
def guess_anew(
    *, expected_pk: int, likelihood: int, expected_on: date, said_by: str, actor: str, at: datetime
) -> ExpectedIncome:
    """Guess anew how likely it is and when it comes, and say who guesses."""
    row = _open(pk=expected_pk)
    _refuse_likelihood(percent=likelihood)
    who = " ".join(said_by.split())[:LONGEST_NAME]
    if not who:
        raise Refusal(en="Say who guesses.", es="Diga quién lo estima.")
    row.likelihood, row.expected_on, row.said_by = likelihood, expected_on, who
    row.save(update_fields=["likelihood", "expected_on", "said_by"])
    payload = {"likelihood": likelihood, "expected_on": expected_on.isoformat()}
    return _changed(row=row, payload=payload, actor=actor, at=at)


@transaction.atomic
def give_up(*, expected_pk: int, on: date, actor: str, at: datetime) -> ExpectedIncome:
    """It will not come (any more of it)."""
    row = _open(pk=expected_pk)
    row.state, row.ended_on = ExpectedState.LOST, on
    row.save(update_fields=["state", "ended_on"])
    return _changed(row=row, payload={"state": "lost"}, actor=actor, at=at)


@transaction.atomic
def came_whole(*, expected_pk: int, on: date, actor: str, at: datetime) -> ExpectedIncome:
    """What came of it is all that will come, though it is less than was expected. Refuses where nothing came."""
    row = _open(pk=expected_pk)
    if not row.bookings.filter(state=BookingState.POSTED).exists():
        raise Refusal(
            en="Nothing of it has been booked: give it up instead.",
            es="No se ha registrado nada: mejor délo por perdido.",
        )
    row.state, row.ended_on = ExpectedState.RECEIVED, on
    row.save(update_fields=["state", "ended_on"])
    return _changed(row=row, payload={"state": "received"}, actor=actor, at=at)


def _open(*, pk: int) -> ExpectedIncome:
    row = ExpectedIncome.objects.select_for_update(of=("self",)).select_related("center").filter(pk=pk).first()
    if row is None:
        raise Refusal(en=f"There is no expected income {pk}.", es=f"No existe el ingreso esperado {pk}.")
    if row.state not in _OPEN:
        raise Refusal(
            en=f"“{row.name_en}” is {row.state} already.",
            es=f"«{row.name_es}» ya se {'recibió' if row.state == ExpectedState.RECEIVED else 'dio por perdido'}.",
        )
    return row


def _changed(*, row: ExpectedIncome, payload: dict[str, object], actor: str, at: datetime) -> ExpectedIncome:
    journal.append(
        kind=Kind.EXPECTED_INCOME_CHANGED, subject=f"expected:{row.pk}", actor=actor, at=at, payload=dict(payload)
    )
    return row


def _refuse_currency(*, currency: str) -> None:
    if currency and not is_currency(currency):
        shown = currency[:12]
        raise Refusal(
            en=f"“{shown}” is not a currency: use a code like USD or MXN, or none where nobody stated it.",
            es=f"«{shown}» no es una moneda: use un código como USD o MXN, o ninguno si nadie lo precisó.",
        )


def _refuse_likelihood(*, percent: int) -> None:
    if not 0 <= percent <= _ALL:
        raise Refusal(en="How likely it is: 0 to 100 percent.", es="Qué tan probable es: de 0 a 100 por ciento.")
