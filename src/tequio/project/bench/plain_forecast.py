"""The forecast as one would write it first: year by year, member by member. What the fast one must equal."""

import random
from collections.abc import Sequence

from tequio.rules.forecasting import MONTHS, Facts, Guess, chances, checked


def plain_forecast(*, facts: Facts, guesses: Sequence[Guess], seed: int, paths: int) -> tuple[int, int, int]:
    """Dues received in a year: the 10, 50 and 90 % points of `paths` years, drawn member by member."""
    draws = random.Random(seed)
    by_name = checked(guesses=guesses)
    totals = sorted(_year(facts=facts, by_name=by_name, draws=draws) for _ in range(paths))
    low, likely, high = (round(_point(totals=totals, share=share)) for share in (0.1, 0.5, 0.9))
    return low, likely, high


def _year(*, facts: Facts, by_name: dict[str, Guess], draws: random.Random) -> float:
    values = {name: draws.triangular(guess.low, guess.high, guess.likely) for name, guess in by_name.items()}
    total = float(facts.dues_so_far)
    for group in facts.groups:
        pays = sum(chances(group=group, values=values, months=facts.months))
        dropping = 0.0 if group.behind else values["dropping"]
        for _ in range(group.count):
            if draws.random() < pays:
                total += group.amount - (group.optional if group.optional and draws.random() < dropping else 0)
    for _ in range(facts.months):
        chance = values["joining"] / MONTHS / _TRIES
        total += sum(draws.random() < chance for _ in range(_TRIES)) * values["new_dues"]
    return total


_TRIES = 100  # rare things tried many times come as often as Poisson says


def _point(*, totals: Sequence[float], share: float) -> float:
    """The point below which a share of the totals lies, between the two nearest, as numpy counts it."""
    at = (len(totals) - 1) * share
    below = int(at)
    above = min(below + 1, len(totals) - 1)
    return totals[below] + (totals[above] - totals[below]) * (at - below)
