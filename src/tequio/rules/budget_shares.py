"""What a budget's assumed shares do to a line: "5 % fewer members takes 4,320 from the dues".

A share that takes away, like members who leave, is compared with nothing of it; one that lets through, like the dues
that come, with all of it. Which of the two it is follows from its half: below 50 % it takes away.
"""

from dataclasses import dataclass
from fractions import Fraction

from tequio.rules.budget import Amounts, Assumption, BudgetError, amounts
from tequio.rules.formulas import percentage

_HALF, _WHOLE = 50, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareEffect:
    """What one assumed share does to a line's year: as it is assumed, and with another in its place. Minor units."""

    assumption: Assumption
    instead: str
    assumed: int
    otherwise: int

    @property
    def difference(self) -> int:
        """What the assumption adds to the line; below nothing where it takes away."""
        return self.assumed - self.otherwise


def share_effects(*, found: Amounts, code: str) -> tuple[ShareEffect, ...]:
    """What each assumption that was written as a percentage does to the year of a line, in the budget's order.

    One that does nothing to the line is left out, and so is one without which the line cannot be worked out.
    """
    effects = []
    for assumption in found.budget.assumptions:
        share = percentage(formula=assumption.value)
        if share is None:
            continue
        instead = "0 %" if Fraction(share) < _HALF else f"{_WHOLE} %"
        try:
            other = amounts(budget=found.budget, instead={assumption.name: instead})
        except BudgetError:  # it divides by it
            continue
        effect = ShareEffect(
            assumption=assumption, instead=instead, assumed=found.year(code), otherwise=other.year(code)
        )
        if effect.difference:
            effects.append(effect)
    return tuple(effects)
