"""The one table of a budget: line, last year, approved, change, new, actual, committed, forecast, variance.

Actual is what the ledger says of a line's account and fund. What was booked on accounts the budget has no line for is
a row of its own, so that the columns add up to the ledger and nothing is hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum

from tequio.budgets.models import Booking, BookingState, Budget, BudgetVersion
from tequio.budgets.queries.versions import adoption_in_force, content, latest_version, version_of
from tequio.ledger.chart import CREDIT, RECEIVABLE
from tequio.ledger.models import Account, Leg
from tequio.ledger.queries import by_account_and_month
from tequio.rules import budget as rule
from tequio.rules.budget import MONTHS, Amounts, Side, amounts
from tequio.rules.budget_reality import Variance, variance, year_end
from tequio.rules.reasons import Text

Key = tuple[str, str]
_NOTHING = (0,) * MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The columns of one row, or of a sum, in minor units. `approved` is none where amendments changed nothing."""

    last_year: int
    approved: int
    new: int
    actual: int
    committed: int
    forecast: int

    @property
    def change(self) -> int:
        """What the amendments changed."""
        return self.new - self.approved


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: its columns, how far the forecast is from the plan, and the numbers of the amendments that made it so.

    `code` is empty for what was booked beside the budget.
    """

    code: str
    name: Text
    side: Side
    account: str
    fund: str
    figures: Figures
    variance: Variance
    amendments: tuple[int, ...] = ()
    months: tuple[int, ...] = _NOTHING
    actual_months: tuple[int, ...] = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A budget's table, ready to print: the rows of each side, their sums, and what is left over."""

    budget: Budget
    version: BudgetVersion
    approved: BudgetVersion
    in_force_from: date | None
    decision: Any
    currency: str
    through: int
    rows: tuple[Row, ...]
    income: Figures
    expense: Figures
    result: Figures
    unpaid: int
    """Dues asked in this year and not yet paid, less what members paid ahead: what the result has not in hand."""

    def of_side(self, side: Side, /) -> list[Row]:
        """The rows of a side, in the budget's order."""
        return [row for row in self.rows if row.side == side]


def columns(*, budget: Budget, on: date, version: BudgetVersion | None = None) -> Columns | None:
    """The table of a budget as of a day: the version in force then (or at all, or the latest); None without a version.

    About a dozen queries, however many lines or bookings.
    """
    adoption = adoption_in_force(budget=budget, on=on) or adoption_in_force(budget=budget)
    shown = version or (adoption.version if adoption else latest_version(budget=budget))
    if shown is None:
        return None
    new = amounts(budget=content(version=shown))
    made_of = list(shown.made_of.order_by("number").select_related("against"))
    before = made_of[0].against if made_of else shown
    approved = amounts(budget=content(version=before)) if made_of else new
    moved = _actual(budget=budget, year=budget.year)
    last_year = _actual(budget=budget, year=budget.year - 1)
    committed = _committed(budget=budget)
    through = months_over(year=budget.year, on=on)
    by_name: dict[str, tuple[int, ...]] = {}
    for amendment in made_of:
        by_name[amendment.name] = (*by_name.get(amendment.name, ()), amendment.number)
    facts = _Facts(new=new, approved=approved, moved=moved, last_year=last_year, committed=committed, through=through)
    rows = [_row(line=line, facts=facts, amendments=by_name.get(line.code, ())) for line in new.budget.lines]
    gone = [line for line in approved.budget.lines if new.budget.line(line.code) is None]
    rows += [_row(line=line, facts=facts, amendments=by_name.get(line.code, ())) for line in gone]
    rows += _beside(budget=budget, facts=facts)
    return Columns(
        budget=budget,
        version=shown,
        approved=before,
        in_force_from=adoption.in_force_from if adoption and adoption.version_id == shown.pk else None,
        decision=adoption.decision if adoption and adoption.version_id == shown.pk else None,
        currency=new.budget.currency,
        through=through,
        rows=tuple(rows),
        income=_sum([row.figures for row in rows if row.side == Side.INCOME]),
        expense=_sum([row.figures for row in rows if row.side == Side.EXPENSE]),
        result=_result(rows),
        unpaid=_unpaid(budget=budget),
    )


def months_over(*, year: int, on: date) -> int:
    """How many months of a year are over on a day; a month is over on its last day."""
    if on.year != year:
        return 0 if on.year < year else MONTHS
    return (on + timedelta(days=1)).month - 1 if (on + timedelta(days=1)).year == year else MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    new: Amounts
    approved: Amounts
    moved: Mapping[Key, tuple[int, ...]]
    last_year: Mapping[Key, tuple[int, ...]]
    committed: Mapping[Key, int]
    through: int


def _row(*, line: rule.Line, facts: _Facts, amendments: tuple[int, ...]) -> Row:
    key = (line.account, line.fund)
    planned = facts.new.months.get(line.code, _NOTHING)
    sign = -1 if line.side == Side.INCOME else 1
    # A line that amendments took out has no account of its own any more: what was booked on it stands beside.
    mine = line.code in facts.new.months
    actual = tuple(sign * month for month in facts.moved.get(key, _NOTHING)) if mine else _NOTHING
    last = sign * sum(facts.last_year.get(key, _NOTHING)) if mine else 0
    committed = facts.committed.get(key, 0) if mine else 0
    forecast = year_end(planned=planned, actual=actual, committed=committed, through=facts.through)
    return Row(
        code=line.code,
        name=line.name,
        side=line.side,
        account=line.account,
        fund=line.fund,
        figures=Figures(
            last_year=last,
            approved=sum(facts.approved.months.get(line.code, _NOTHING)),
            new=sum(planned),
            actual=sum(actual),
            committed=committed,
            forecast=forecast,
        ),
        variance=variance(side=line.side, planned=sum(planned), actual=forecast),
        amendments=amendments,
        months=planned,
        actual_months=actual,
    )


def _beside(*, budget: Budget, facts: _Facts) -> list[Row]:
    """What was booked, this year or last, or is committed, on accounts and funds the budget has no line for."""
    planned = {(line.account, line.fund) for line in facts.new.budget.lines}
    keys = sorted({*facts.moved, *facts.last_year, *facts.committed} - planned)
    if not keys:
        return []
    accounts = {account.role: account for account in Account.objects.filter(center=budget.center)}
    rows = []
    for role, fund in keys:
        account = accounts[role]
        side = Side(account.kind)
        sign = -1 if side == Side.INCOME else 1
        actual = tuple(sign * month for month in facts.moved.get((role, fund), _NOTHING))
        committed = facts.committed.get((role, fund), 0)
        apart = "" if fund == "general" else f" ({fund})"
        forecast = sum(actual) + committed
        rows.append(
            Row(
                code="",
                name=Text(en=f"{account.name_en}{apart}", es=f"{account.name_es}{apart}"),
                side=side,
                account=role,
                fund=fund,
                figures=Figures(
                    last_year=sign * sum(facts.last_year.get((role, fund), _NOTHING)),
                    approved=0,
                    new=0,
                    actual=sum(actual),
                    committed=committed,
                    forecast=forecast,
                ),
                variance=variance(side=side, planned=0, actual=forecast),
                actual_months=actual,
            )
        )
    return rows


def _actual(*, budget: Budget, year: int) -> dict[Key, tuple[int, ...]]:
    return by_account_and_month(center=budget.center, year=year)


def _committed(*, budget: Budget) -> dict[Key, int]:
    """What was agreed to and not yet paid, and what waits for a second person, by account and fund."""
    rows = (
        Booking.objects.filter(
            center=budget.center, on__year=budget.year, state__in=(BookingState.COMMITTED, BookingState.WAITING)
        )
        .values_list("account__role", "fund__code")
        .annotate(total=Sum("amount"))
    )
    return {(role, fund): total for role, fund, total in rows}


def _unpaid(*, budget: Budget) -> int:
    """How the dues members owe, less what they paid ahead, grew in the year; opening balances are no income of it."""
    legs = Leg.objects.filter(
        entry__center=budget.center,
        entry__posted=True,
        entry__on__year=budget.year,
        account__role__in=(RECEIVABLE, CREDIT),
    ).exclude(entry__kind="opening")
    total: int = legs.aggregate(total=Sum("amount"))["total"] or 0
    return total


def _sum(figures: Sequence[Figures]) -> Figures:
    return Figures(
        last_year=sum(f.last_year for f in figures),
        approved=sum(f.approved for f in figures),
        new=sum(f.new for f in figures),
        actual=sum(f.actual for f in figures),
        committed=sum(f.committed for f in figures),
        forecast=sum(f.forecast for f in figures),
    )


def _result(rows: Sequence[Row]) -> Figures:
    income = _sum([row.figures for row in rows if row.side == Side.INCOME])
    expense = _sum([row.figures for row in rows if row.side == Side.EXPENSE])
    return Figures(
        last_year=income.last_year - expense.last_year,
        approved=income.approved - expense.approved,
        new=income.new - expense.new,
        actual=income.actual - expense.actual,
        committed=income.committed - expense.committed,
        forecast=income.forecast - expense.forecast,
    )


def numbered_version(*, budget: Budget, number: int | None) -> BudgetVersion | None:
    """The version of a number, or none where none is asked for."""
    return None if number is None else version_of(budget=budget, number=number)
