"""How a year's figure falls on its months: in equal parts, or by their days, 29 February counted where there is one."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from tequio.rules.money import split_evenly
from tequio.rules.reasons import Language, long_date

MONTHS = 12
ALL_MONTHS = tuple(range(1, MONTHS + 1))


class Spread(StrEnum):
    """How a year's figure is shared among its months."""

    EVEN = "even"
    DAYS = "days"


def over_months(*, year: int, amount: int, months: Sequence[int], spread: Spread) -> tuple[int, ...]:
    """The twelve months of a year's amount, which add up to it exactly; months it does not fall in have nothing.

    In equal parts, or by the days of each month (February has 29 in a leap year). Cents that do not divide go to the
    earliest months, one each.
    """
    shares = dict.fromkeys(ALL_MONTHS, 0)
    if spread == Spread.EVEN:
        for month, part in zip(months, split_evenly(minor=amount, parts=len(months)), strict=True):
            shares[month] = part
        return tuple(shares.values())
    days = {month: monthrange(year, month)[1] for month in months}
    whole = sum(days.values())
    for month in months:
        shares[month] = amount * days[month] // whole
    left = amount - sum(shares.values())
    for month in months[:left]:
        shares[month] += 1
    return tuple(shares.values())


def month_name(month: int, language: Language, /) -> str:
    """The month of a number, as a sentence says it."""
    day = long_date(day=date(2000, month, 1), language=language)
    return day.split(" de ")[1] if language == "es" else day.split(" ")[1]
