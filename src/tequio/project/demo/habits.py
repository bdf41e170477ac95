"""How the demo's members pay: each has a habit, and each invoice it gets leads to payments on days to come."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tequio.rules.money import MINOR_PER_UNIT, WHOLE_SHARE, share_of


class Habit(StrEnum):
    """What a member does with an invoice."""

    PROMPT = "prompt"
    LATE = "late"
    VERY_LATE = "very_late"
    HALVES = "halves"
    PART = "part"
    TOO_MUCH = "too_much"
    AHEAD = "ahead"
    WHEN_REACHED = "when_reached"
    NEVER = "never"


# The demo's own guesses; what is left over pays promptly.
SHARES = {
    Habit.LATE: 0.17,
    Habit.VERY_LATE: 0.06,
    Habit.HALVES: 0.07,
    Habit.PART: 0.03,
    Habit.TOO_MUCH: 0.05,
    Habit.AHEAD: 0.04,
    Habit.WHEN_REACHED: 0.04,
    Habit.NEVER: 0.04,
}
# Those who begin the year owing the last one.
SHARES_IN_ARREARS = {
    Habit.WHEN_REACHED: 0.35,
    Habit.NEVER: 0.20,
    Habit.TOO_MUCH: 0.10,
    Habit.LATE: 0.35,
}
_METHODS = {"us": {"check": 45, "card": 30, "transfer": 20, "cash": 5}, "mx": {"transfer": 75, "cash": 20, "card": 5}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intention:
    """A payment a member means to make: `amount` in minor units, or None for all it owes by then, plus `surplus`."""

    on: date
    amount: int | None = None
    surplus: int = 0


def habits_of(
    *, rng: random.Random, codes: Sequence[str], shares: Mapping[Habit, float], otherwise: Habit
) -> dict[str, Habit]:
    """A habit for each member, by exact shares, so that a small roll has one of every kind too."""
    shuffled = list(codes)
    rng.shuffle(shuffled)
    found: dict[str, Habit] = {}
    for habit, share in shares.items():
        count = max(1, round(len(codes) * share))
        for code in shuffled[len(found) : len(found) + count]:
            found[code] = habit
    return {code: found.get(code, otherwise) for code in codes}


def intentions(*, rng: random.Random, habit: Habit, total: int, invoiced_on: date, due_on: date) -> list[Intention]:
    """The payments an invoice of `total` minor units leads to, none before it was made."""

    def between(first: date, last: date) -> date:
        return first + timedelta(days=rng.randrange(max((last - first).days, 0) + 1))

    def after(first: int, last: int) -> date:
        return between(due_on + timedelta(days=first), due_on + timedelta(days=last))

    in_time = between(invoiced_on + timedelta(days=2), due_on)
    found: list[Intention] = []
    if habit is Habit.PROMPT:
        found = [Intention(on=in_time)]
    elif habit in (Habit.LATE, Habit.AHEAD):
        found = [Intention(on=after(1, 29))]
    elif habit is Habit.VERY_LATE:
        found = [Intention(on=after(32, 85))]
    elif habit is Habit.HALVES:
        half = total // 2
        found = [Intention(on=in_time, amount=half), Intention(on=after(15, 50), amount=total - half)]
    elif habit is Habit.PART:
        part = share_of(minor=total, basis_points=rng.choice((4_000, 5_000, 6_000, 7_500)))
        found = [Intention(on=in_time, amount=_in_units(part))]
    elif habit is Habit.TOO_MUCH:
        found = [Intention(on=in_time, surplus=surplus_on(rng=rng, total=total))]
    return found


def surplus_on(*, rng: random.Random, total: int) -> int:
    """By how much somebody overpays a sum: a tenth to a half of it, in whole units."""
    return _in_units(share_of(minor=total, basis_points=rng.randrange(WHOLE_SHARE // 10, WHOLE_SHARE // 2)))


def method(*, rng: random.Random, center: str) -> str:
    """How a member of a center pays."""
    weights = _METHODS[center]
    return rng.choices([*weights], weights=[*weights.values()])[0]


def _in_units(minor: int) -> int:
    return max(minor // MINOR_PER_UNIT, 1) * MINOR_PER_UNIT
