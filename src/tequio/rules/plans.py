"""Payment plans: dues in monthly parts, and whether one is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tequio.rules.money import split_evenly
from tequio.rules.periods import add_months

TWELFTHS = 12


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a plan: the last day it may be paid on, and its amount in minor units."""

    due_on: date
    amount: int


def instalments(*, total: int, first_on: date, count: int = TWELFTHS) -> list[Instalment]:
    """A total in `count` monthly parts, the first due on `first_on`. Source: "payment plans of 1/12 a month"."""
    amounts = split_evenly(minor=total, parts=count)
    return [Instalment(add_months(day=first_on, months=n), amount) for n, amount in enumerate(amounts)]


def broken_on(*, parts: Sequence[Instalment], paid: Iterable[tuple[date, int]], known_through: date) -> date | None:
    """The day a plan ended because an instalment was missed, or None while it is in good order.

    `paid` are (day, minor units) of what came in on the plan's charges since it began. An instalment is missed
    the day after its due date if all that came by then is less than all that was due by then: paying ahead is
    kept in mind, paying late does not mend a plan. Only instalments due before `known_through` can be missed.
    """
    payments = list(paid)
    expected = 0
    for part in parts:
        expected += part.amount
        if part.due_on >= known_through:
            return None
        if sum(amount for day, amount in payments if day <= part.due_on) < expected:
            return part.due_on + timedelta(days=1)
    return None
