"""Was a promise to pay kept?

A promise is kept when nothing overdue is left, whenever that is; it is broken when its days are over and something
is. The days are its own and those the policy gives the money to come in. A part payment is thanked for and does not
keep it: what was promised was what is owed.
"""

from datetime import date, timedelta
from enum import StrEnum


class PromiseEnd(StrEnum):
    """How a promise ended."""

    KEPT = "kept"
    BROKEN = "broken"


def promise_ends(*, owed: int, pauses_through: date, on: date) -> PromiseEnd | None:
    """How a promise ended by a day, or None while it stands. `owed`: what is overdue then, in minor units."""
    if owed <= 0:
        return PromiseEnd.KEPT
    return PromiseEnd.BROKEN if on > pauses_through else None


def promise_pauses_through(*, pay_on: date, grace_days: int) -> date:
    """The last day a promise pauses the ladder. Source: the follow-up policy's days for the money to come in."""
    return pay_on + timedelta(days=grace_days)
