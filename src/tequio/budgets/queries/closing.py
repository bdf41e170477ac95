"""Months and years of a center's books before they are closed: what was booked in them, and what still waits."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, Sum

from tequio.banking.models import BankLine, LineState
from tequio.budgets.models import Booking, BookingState
from tequio.centers.models import Center
from tequio.ledger.models import Account, AccountKind, ClosedPeriod, Entry, Leg
from tequio.rules.budget import ALL_MONTHS
from tequio.rules.reasons import Text

_UNPOSTED = (LineState.QUEUED, LineState.SUGGESTED, LineState.OPEN, LineState.TWIN)
_KEEP_OPEN = (BookingState.DRAFT, BookingState.WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month or a year as its closing sees it. Income and expense in minor units, each positive as it usually is.

    `entries` are those posted in it, `waiting` the expenses and incomes that keep it open, `bank_lines` those of its
    days that nobody has posted: they do not keep it open, and once it is closed they cannot be booked on their day.
    """

    first_day: date
    last_day: date
    over: bool
    closed_at: datetime | None
    entries: int
    income: int
    expense: int
    waiting: int
    bank_lines: int

    @property
    def result(self) -> int:
        """What the period left over."""
        return self.income - self.expense

    @property
    def may_be_closed(self) -> bool:
        """Whether nothing stands against closing it."""
        return self.over and self.closed_at is None and not self.waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAccount:
    """What a period has on an account of income or expense, in minor units, positive as it usually is."""

    name: Text
    is_income: bool
    amount: int


def days_of(*, year: int, month: int | None) -> tuple[date, date]:
    """The first and last day of a month; of the whole year where no month is given."""
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_of(*, center: Center, year: int, on: date) -> list[Period]:
    """The twelve months of a year as they stand on a day. Five queries."""
    return _periods(center=center, days=[days_of(year=year, month=month) for month in ALL_MONTHS], on=on)


def period_of(*, center: Center, year: int, month: int | None, on: date) -> Period:
    """One month, or the year, as it stands on a day. Five queries."""
    return _periods(center=center, days=[days_of(year=year, month=month)], on=on)[0]


def waiting_bookings(*, center: Center, period: Period) -> list[Booking]:
    """The drafts of a period and what waits for a second person in it, the oldest first."""
    rows = Booking.objects.select_related("account").filter(center=center, state__in=_KEEP_OPEN)
    return list(rows.filter(on__range=(period.first_day, period.last_day)).order_by("on", "pk"))


def by_account(*, center: Center, period: Period) -> list[OnAccount]:
    """What a period has on each account, income first; accounts on which nothing moved are left out."""
    moved = dict(
        _legs(center=center, first_day=period.first_day, last_day=period.last_day)
        .values_list("account_id")
        .annotate(moved=Sum("amount"))
    )
    rows = Account.objects.filter(pk__in=moved).order_by("-kind", "name_en")
    return [
        OnAccount(
            name=Text(en=row.name_en, es=row.name_es),
            is_income=row.kind == AccountKind.INCOME,
            amount=-moved[row.pk] if row.kind == AccountKind.INCOME else moved[row.pk],
        )
        for row in rows
    ]


def _legs(*, center: Center, first_day: date, last_day: date) -> Any:
    return Leg.objects.filter(
        entry__center=center,
        entry__posted=True,
        entry__on__range=(first_day, last_day),
        account__kind__in=(AccountKind.INCOME, AccountKind.EXPENSE),
    )


def _periods(*, center: Center, days: Sequence[tuple[date, date]], on: date) -> list[Period]:
    first, last = days[0][0], days[-1][1]
    closed = list(ClosedPeriod.objects.filter(center=center, first_day__lte=last, last_day__gte=first).order_by("pk"))
    within = {"center": center, "on__range": (first, last)}
    entries = _counted(Entry.objects.filter(**within, posted=True))
    waiting = _counted(Booking.objects.filter(**within, state__in=_KEEP_OPEN))
    unposted = Q(account__center=center, on__range=(first, last), state__in=_UNPOSTED)
    lines = _counted(BankLine.objects.filter(unposted))
    moved = list(
        _legs(center=center, first_day=first, last_day=last)
        .values_list("account__kind", "entry__on")
        .annotate(moved=Sum("amount"))
    )

    def summed(kind: AccountKind, of: tuple[date, date]) -> int:
        return sum(amount for of_kind, day, amount in moved if of_kind == kind and of[0] <= day <= of[1])

    return [
        Period(
            first_day=of[0],
            last_day=of[1],
            over=of[1] < on,
            closed_at=next((row.closed_at for row in closed if row.first_day <= of[0] and row.last_day >= of[1]), None),
            entries=_in(entries, of),
            income=-summed(AccountKind.INCOME, of),
            expense=summed(AccountKind.EXPENSE, of),
            waiting=_in(waiting, of),
            bank_lines=_in(lines, of),
        )
        for of in days
    ]


def _counted(rows: Any) -> dict[date, int]:
    """How many rows each day has."""
    return dict(rows.values_list("on").annotate(count=Count("pk")).order_by("on"))


def _in(counted: dict[date, int], of: tuple[date, date]) -> int:
    return sum(count for day, count in counted.items() if of[0] <= day <= of[1])
