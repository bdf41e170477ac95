"""Expenses, and income that is not dues: entered, approved by a second person above a set amount, posted, reversed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tequio.accounts.models import User
from tequio.budgets.models import Booking, BookingState, ExpectedIncome, ExpectedState
from tequio.budgets.operations.spending import limit_on
from tequio.budgets.queries.expected import received_so_far
from tequio.budgets.writing import LONGEST_NAME, LONGEST_NOTE
from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.operations import Happening
from tequio.ledger import operations as ledger
from tequio.ledger.chart import GENERAL_FUND
from tequio.ledger.models import Account, AccountKind, EntryKind, Fund
from tequio.ledger.queries import fund_balances
from tequio.rules.budget import Side
from tequio.rules.exchange import RateError, exchanged
from tequio.rules.money import printed
from tequio.rules.reasons import Text

OPEN = (BookingState.DRAFT, BookingState.COMMITTED)
_OLDEST = timedelta(days=3 * 366)  # an expense older than that is a mistyped year
_LATEST = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Money that came in a currency the center does not keep: how much of it, and the rate it was booked at."""

    amount: int
    currency: str
    rate: str
    rate_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What is entered. `account` is a role and `fund` a code; `amount` is in the center's minor units.

    `amount` is None where `came` says it: then the rate does.
    """

    side: Side
    on: date
    account: str
    what: str
    amount: int | None = None
    fund: str = GENERAL_FUND
    with_whom: str = ""
    method: str = "bank"
    committed: bool = False
    expected_pk: int | None = None
    came: Came | None = None


@transaction.atomic
def enter(*, center: Center, what: What, by: User | None, actor: str, at: datetime) -> Booking:
    """Enter an expense or other income as a draft, or as committed: agreed to and not yet paid.

    Refuses a day far off, an account of the other side, an amount that is none, and money of expected income whose
    currency nobody has settled.
    """
    booking = Booking(center=center, entered_by=by, entered_as=actor, entered_at=at)
    _write(booking=booking, what=what, today=clock.day_in(at=at, zone=center.zone))
    booking.save()
    _journal(kind=Kind.BOOKING_ENTERED, booking=booking, actor=actor, at=at)
    return booking


@transaction.atomic
def change(*, booking_pk: int, what: What, by: User | None, actor: str, at: datetime) -> Booking:
    """Change what was entered, until it waits for a second person or is posted. Whoever changes it has entered it."""
    booking = _locked(pk=booking_pk)
    _refuse_unless(booking, OPEN)
    booking.entered_by, booking.entered_as = by, actor
    _write(booking=booking, what=what, today=clock.day_in(at=at, zone=booking.center.zone))
    booking.save()
    _journal(kind=Kind.BOOKING_CHANGED, booking=booking, actor=actor, at=at)
    return booking


@transaction.atomic
def submit(*, booking_pk: int, decision: Decision | None = None, actor: str, at: datetime) -> Booking:
    """Post a booking, or, where it is an expense above the limit of its day, let it wait for a second person.

    `decision` lets a fund with one purpose go below nothing; without one that is refused.
    """
    booking = _locked(pk=booking_pk)
    _refuse_unless(booking, OPEN)
    booking.overspends_by = decision
    _refuse_unready(booking=booking, today=clock.day_in(at=at, zone=booking.center.zone))
    limit = limit_on(center=booking.center, on=booking.on)
    if booking.side == Side.EXPENSE and limit is not None and booking.amount > limit.amount:
        booking.state = BookingState.WAITING
        booking.save(update_fields=["state", "overspends_by"])
        _journal(kind=Kind.BOOKING_CHANGED, booking=booking, actor=actor, at=at)
        return booking
    return _post(booking=booking, actor=actor, at=at)


@transaction.atomic
def approve(*, booking_pk: int, by: User | None, actor: str, at: datetime) -> Booking:
    """A second person approves what waits, and it is posted. Refuses whoever entered it."""
    booking = _locked(pk=booking_pk)
    _refuse_unless(booking, (BookingState.WAITING,))
    _refuse_same(booking=booking, by=by, actor=actor)
    booking.approved_by, booking.approved_at = by, at
    _refuse_unready(booking=booking, today=clock.day_in(at=at, zone=booking.center.zone))
    return _post(booking=booking, actor=actor, at=at)


@transaction.atomic
def refuse(*, booking_pk: int, reason: str, by: User | None, actor: str, at: datetime) -> Booking:
    """A second person does not approve what waits, and says why."""
    booking = _locked(pk=booking_pk)
    _refuse_unless(booking, (BookingState.WAITING,))
    _refuse_same(booking=booking, by=by, actor=actor)
    return _end(booking=booking, state=BookingState.REFUSED, reason=reason, actor=actor, at=at)


@transaction.atomic
def drop(*, booking_pk: int, reason: str, actor: str, at: datetime) -> Booking:
    """Throw away what was not posted: it stays on record as such."""
    booking = _locked(pk=booking_pk)
    _refuse_unless(booking, (*OPEN, BookingState.WAITING))
    return _end(booking=booking, state=BookingState.DROPPED, reason=reason, actor=actor, at=at)


@transaction.atomic
def reverse(*, booking_pk: int, on: date, reason: str, actor: str, at: datetime) -> Booking:
    """Take a posted booking back by an entry with the signs turned. Expected income is open again."""
    booking = _locked(pk=booking_pk)
    _refuse_unless(booking, (BookingState.POSTED,))
    said = _said(reason, longest=LONGEST_NOTE)
    if booking.entry is None:  # the database would not have it
        raise LookupError("a posted booking has its entry")
    if booking.side == Side.INCOME:
        _refuse_empty(booking=booking, more=booking.amount)
    ledger.reverse(entry=booking.entry, on=on, note=f"booking {booking.pk}")
    booking.state, booking.ended_note = BookingState.REVERSED, said
    booking.save(update_fields=["state", "ended_note"])
    if booking.expected_id is not None:
        ExpectedIncome.objects.filter(pk=booking.expected_id, state=ExpectedState.RECEIVED).update(
            state=ExpectedState.CONFIRMED, ended_on=None
        )
    _journal(kind=Kind.BOOKING_REVERSED, booking=booking, actor=actor, at=at)
    return booking


def _write(*, booking: Booking, what: What, today: date) -> None:
    center = booking.center
    if not today - _OLDEST <= what.on <= today + _LATEST:
        raise Refusal(
            en=f"{what.on} is too far from today, {today}: look at the year.",
            es=f"El {what.on} está demasiado lejos de hoy, {today}: revise el año.",
        )
    kind = AccountKind.INCOME if what.side == Side.INCOME else AccountKind.EXPENSE
    account = Account.objects.filter(center=center, role=what.account).first()
    if account is None or account.kind != kind:
        raise Refusal(
            en=f"“{what.account}” is no account of {kind.value} of {center.code}: what goes out is on an account of "
            "expense, what comes in on one of income.",
            es=f"«{what.account}» no es cuenta de {_KINDS[kind]} de {center.code}: lo que sale va a una de gasto, "
            "lo que entra a una de ingreso.",
        )
    fund = Fund.objects.filter(center=center, code=what.fund).first()
    if fund is None:
        raise Refusal(
            en=f"{center.code} has no fund “{what.fund}”.", es=f"{center.code} no tiene el fondo «{what.fund}»."
        )
    if what.method not in ("bank", "cash"):
        raise Refusal(en="It is paid by bank or in cash.", es="Se paga por banco o en efectivo.")
    booking.side, booking.on, booking.account, booking.fund = what.side.value, what.on, account, fund
    booking.amount = _amount(center=center, what=what)
    booking.what, booking.with_whom = _said(what.what, longest=LONGEST_NAME), " ".join(what.with_whom.split())[:120]
    booking.method = what.method
    booking.state = BookingState.COMMITTED if what.committed and what.side == Side.EXPENSE else BookingState.DRAFT
    booking.expected = _expected(center=center, what=what)
    came = what.came
    booking.came_amount = came.amount if came else None
    booking.came_currency, booking.rate = (came.currency, came.rate) if came else ("", "")
    booking.rate_on = came.rate_on if came else None


def _amount(*, center: Center, what: What) -> int:
    amount = what.amount
    if what.came is not None:
        if what.came.currency == center.currency:
            raise Refusal(
                en=f"{center.code} keeps {center.currency}: no rate is needed.",
                es=f"{center.code} lleva {center.currency}: no hace falta tipo de cambio.",
            )
        try:
            amount = exchanged(minor=what.came.amount, rate=what.came.rate)
        except RateError as error:
            raise Refusal(en=error.text.en, es=error.text.es) from error
    if amount is None or not 0 < amount <= 10**13:
        raise Refusal(en="The amount is above nothing.", es="La cantidad es mayor que cero.")
    return amount


def _expected(*, center: Center, what: What) -> ExpectedIncome | None:
    if what.expected_pk is None:
        return None
    expected = ExpectedIncome.objects.filter(pk=what.expected_pk, center=center).first()
    if expected is None or what.side != Side.INCOME:
        raise Refusal(en="There is no such expected income.", es="No existe ese ingreso esperado.")
    if expected.state == ExpectedState.LOST:
        raise Refusal(
            en=f"“{expected.name_en}” was given up. If it came after all, say so first.",
            es=f"«{expected.name_es}» se dio por perdido. Si llegó, dígalo primero.",
        )
    if not expected.currency:
        raise Refusal(
            en=f"Nobody has said in which currency “{expected.name_en}” comes. Settle that first.",
            es=f"Nadie ha dicho en qué moneda llega «{expected.name_es}». Aclárelo primero.",
        )
    came_in = what.came.currency if what.came else center.currency
    if came_in != expected.currency:
        raise Refusal(
            en=f"“{expected.name_en}” is expected in {expected.currency}: say how much of it came, and at which rate.",
            es=f"«{expected.name_es}» se espera en {expected.currency}: diga cuánto llegó y a qué tipo de cambio.",
        )
    return expected


def _refuse_unready(*, booking: Booking, today: date) -> None:
    if booking.on > today:
        raise Refusal(
            en=f"{booking.on} has not come yet; until then it can only be committed.",
            es=f"El {booking.on} aún no llega; hasta entonces solo puede quedar comprometido.",
        )
    ledger.refuse_closed(center_pk=booking.center_id, on=booking.on)
    if booking.side == Side.EXPENSE:
        _refuse_empty(booking=booking, more=booking.amount)


def _refuse_empty(*, booking: Booking, more: int) -> None:
    """Refuse that a fund with one purpose goes below nothing without a decision. The center's row is held."""
    if booking.fund.code == GENERAL_FUND or booking.overspends_by_id is not None:
        return
    left = fund_balances(center=booking.center).get(booking.fund.code, 0)
    if left < more:
        currency = booking.center.currency
        raise Refusal(
            en=f"The fund “{booking.fund.name_en}” has {printed(minor=left, currency=currency)}, and this takes "
            f"{printed(minor=more, currency=currency)}. To spend more than it has takes a decision.",
            es=f"El fondo «{booking.fund.name_es}» tiene {printed(minor=left, currency=currency)}, y esto toma "
            f"{printed(minor=more, currency=currency)}. Gastar más de lo que tiene requiere un acuerdo.",
        )


def _post(*, booking: Booking, actor: str, at: datetime) -> Booking:
    books = ledger.books_of(center=booking.center)
    sign = 1 if booking.side == Side.EXPENSE else -1
    booking.entry = ledger.book(
        books=books,
        on=booking.on,
        kind=EntryKind.EXPENSE if booking.side == Side.EXPENSE else EntryKind.INCOME,
        note=booking.what,
        legs=[(booking.account.role, sign * booking.amount, None), (booking.method, -sign * booking.amount, None)],
        fund_pk=booking.fund_id,
    )
    booking.state = BookingState.POSTED
    booking.save(update_fields=["state", "entry", "overspends_by", "approved_by", "approved_at"])
    happened = [_happening(kind=Kind.BOOKING_POSTED, booking=booking)]
    expected = booking.expected
    if expected is not None and received_so_far(expected=expected) >= expected.amount:
        ExpectedIncome.objects.filter(pk=expected.pk).update(state=ExpectedState.RECEIVED, ended_on=booking.on)
        happened.append(
            Happening(
                kind=Kind.EXPECTED_INCOME_CHANGED, subject=f"expected:{expected.pk}", payload={"state": "received"}
            )
        )
    journal.append_many(happenings=happened, actor=actor, at=at)
    return booking


def _end(*, booking: Booking, state: BookingState, reason: str, actor: str, at: datetime) -> Booking:
    booking.state, booking.ended_note = state, _said(reason, longest=LONGEST_NOTE)
    booking.save(update_fields=["state", "ended_note"])
    _journal(kind=Kind.BOOKING_ENDED, booking=booking, actor=actor, at=at)
    return booking


def _refuse_same(*, booking: Booking, by: User | None, actor: str) -> None:
    if actor == booking.entered_as or (by is not None and by.pk == booking.entered_by_id):
        raise Refusal(
            en="Whoever entered an expense does not approve it: a second person does.",
            es="Quien registró un gasto no lo aprueba: lo hace una segunda persona.",
        )


def _refuse_unless(booking: Booking, states: tuple[BookingState, ...]) -> None:
    if booking.state not in states:
        now = BookingState(booking.state)
        raise Refusal(
            en=f"Booking {booking.pk} is {now.value}; this is not possible any more.",
            es=f"El registro {booking.pk} está {STATE_WORDS[now]}; ya no se puede.",
        )


def _locked(*, pk: int) -> Booking:
    """A booking with its center's row held first: the order of locks, and funds are counted by one at a time."""
    there = Booking.objects.filter(pk=pk).values_list("center_id", flat=True).first()
    if there is None:
        raise Refusal(en=f"There is no booking {pk}.", es=f"No existe el registro {pk}.")
    Center.objects.select_for_update().get(pk=there)
    return (
        Booking.objects.select_for_update(of=("self",))
        .select_related("center", "account", "fund", "expected", "entry")
        .get(pk=pk)
    )


def _said(text: str, *, longest: int) -> str:
    said = " ".join(text.split())
    if not said or len(said) > longest:
        raise Refusal(
            en=f"Say it in a few words, {longest} letters at most.",
            es=f"Dígalo en pocas palabras, {longest} letras a lo más.",
        )
    return said


def _happening(*, kind: Kind, booking: Booking) -> Happening:
    return Happening(
        kind=kind,
        subject=f"booking:{booking.pk}",
        payload={
            "center": booking.center.code,
            "on": booking.on.isoformat(),
            "account": booking.account.code,
            "fund": booking.fund.code,
            "amount": booking.amount,
            "state": str(booking.state),
        },
    )


def _journal(*, kind: Kind, booking: Booking, actor: str, at: datetime) -> None:
    journal.append_many(happenings=[_happening(kind=kind, booking=booking)], actor=actor, at=at)


def waiting_in(center: Center, first_day: date, last_day: date, /) -> Text | None:
    """What is still a draft or waits for a second person in these days, in a sentence; None where nothing does."""
    waits = Q(state=BookingState.DRAFT) | Q(state=BookingState.WAITING)
    count = Booking.objects.filter(waits, center=center, on__range=(first_day, last_day)).count()
    if not count:
        return None
    return Text(
        en=f"{count} expenses or incomes of these days are drafts or wait for a second person. Post them or throw them "
        "away first.",
        es=f"{count} gastos o ingresos de estos días son borradores o esperan a una segunda persona. Primero "
        "asiéntelos o descártelos.",
    )


_KINDS = {AccountKind.INCOME: "ingreso", AccountKind.EXPENSE: "gasto"}
STATE_WORDS = {
    BookingState.DRAFT: "en borrador",
    BookingState.COMMITTED: "comprometido",
    BookingState.WAITING: "en espera",
    BookingState.POSTED: "asentado",
    BookingState.REFUSED: "rechazado",
    BookingState.DROPPED: "descartado",
    BookingState.REVERSED: "revertido",
}
