"""Plan beside reality: how far a line is from the plan, whether that is good, and what the year will come to."""

from collections.abc import Sequence
from dataclasses import dataclass

from tequio.rules.budget import Side
from tequio.rules.money import WHOLE_SHARE


@dataclass(frozen=True, slots=True, kw_only=True)
class Variance:
    """How far reality is from the plan, in minor units: above nothing is good for the organization, below is bad.

    More income is good, more expense is not. `share` is in basis points of the plan, none where nothing was planned.
    """

    amount: int
    share: int | None

    @property
    def is_good(self) -> bool | None:
        """Whether it is good; None where plan and reality are the same."""
        return None if self.amount == 0 else self.amount > 0


def variance(*, side: Side, planned: int, actual: int) -> Variance:
    """Reality against the plan of one line."""
    amount = actual - planned if side == Side.INCOME else planned - actual
    share = None
    if planned:
        share = (abs(amount) * WHOLE_SHARE * 2 + abs(planned)) // (abs(planned) * 2)
        share = share if amount >= 0 else -share
    return Variance(amount=amount, share=share)


def year_end(*, planned: Sequence[int], actual: Sequence[int], committed: int, through: int) -> int:
    """What a line will come to by the year's end: what came until the end of month `through`, and the plan after it.

    What is committed and not yet booked counts where it is more than the plan still holds for the months to come.
    Nobody's intention to save is foreseen; scenarios are for that.
    """
    rest = sum(planned[through:])
    return sum(actual[:through]) + max(rest, sum(actual[through:]) + committed)
