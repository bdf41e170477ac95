"""Periods: a member's years, each beginning on the same day of the calendar, and calendar months."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date

_MOST_PERIODS = 100  # a member a century behind is a mistyped date, not a debt


def add_months(*, day: date, months: int) -> date:
    """The same day `months` calendar months later, or that month's last day where it is shorter."""
    years, month0 = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def add_years(*, day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def first_period_start(*, paid_until: date, owes: bool) -> date:
    """When a member's next period starts, from the roll: on `paid_until`, or a year later where it owes.

    The balance a roll brings is the year in between, whatever its size, so that year is not billed again.
    """
    return add_years(day=paid_until, years=1) if owes else paid_until


def starts_through(
    *, first: date, through: date, billed: Collection[date] = (), ends: date | None = None
) -> list[date]:
    """The starts of all periods on or before `through` that are not yet billed, oldest first.

    Each start is counted from `first`, not from the one before, so a year that began on 29 February finds its
    way back to it. A period that would start on or after `ends` (the membership's end) is none.
    """
    starts: list[date] = []
    for number in range(_MOST_PERIODS):
        start = add_years(day=first, years=number) if number else first
        if start > through or (ends is not None and start >= ends):
            break
        if start not in billed:
            starts.append(start)
    return starts


def period_end(*, first: date, start: date) -> date:
    """The last day of the period beginning on `start`, for a member whose first period began on `first`."""
    return date.fromordinal(add_years(day=first, years=start.year - first.year + 1).toordinal() - 1)
