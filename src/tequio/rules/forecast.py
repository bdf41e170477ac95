"""What may come of a year: many years drawn at random, all members at once, and what four of five of them hold.

The one rule that uses numpy. It draws two kinds of chance: what nobody knows about everybody (each guess somewhere in
its range, the likeliest value most often) and what nobody knows about each member (leaves, pays late, never pays).
The same facts, guesses and seed give the same result, on any machine and whichever database the facts came from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tequio.rules.forecasting import (
    CATCHING_UP,
    MONTHS,
    BreakEven,
    Facts,
    Group,
    Guess,
    Move,
    break_even,
    checked,
    grouped,
    moves,
)

Drawn = npt.NDArray[np.float64]
PERCENTILES = (10, 50, 90)
_EACH = 10  # years drawn with the same guesses: enough are different, and numpy has long rows to work on
MOST_PATHS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Of ten years drawn one stays below `low`, five below `likely`, nine below `high`. Minor units."""

    low: int
    likely: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What was drawn: dues received by the end of each month, the year's dues and result, and what moves it."""

    months: tuple[Band, ...]
    dues: Band
    result: Band
    short: int
    """In how many of a hundred years the result is below nothing."""
    moves: tuple[Move, ...]
    break_even: BreakEven
    guesses: tuple[Guess, ...]
    seed: int
    paths: int


def forecast(*, facts: Facts, guesses: Sequence[Guess], seed: int = 2016, paths: int = 10_000) -> Forecast:
    """Draw `paths` years and say what they hold. Raises GuessError where the guesses cannot be."""
    by_name = checked(guesses=guesses)
    if not 1 <= facts.months <= MONTHS or not 1 <= paths <= MOST_PATHS:
        raise ValueError("one to twelve months, and at most a hundred thousand years")
    draws = np.random.default_rng(seed)
    sets = -(-paths // _EACH)
    values = {name: _between(guess=guess, count=sets, draws=draws) for name, guess in sorted(by_name.items())}
    dues = np.zeros((_EACH, sets, facts.months))
    for group in grouped(groups=facts.groups):
        _add_group(to=dues, group=group, values=values, draws=draws)
    joined = draws.poisson(values["joining"][None, :, None] / MONTHS, size=(_EACH, sets, facts.months))
    dues += joined * values["new_dues"][None, :, None]
    result = facts.result_so_far + dues.sum(axis=2)
    for hoped in facts.hoped:
        came = draws.random((_EACH, sets)) < hoped.likelihood
        if 0 <= hoped.month < facts.months:
            result += came * float(hoped.amount)
    result += sum(facts.other_income[: facts.months]) * values["other_income"][None, :]
    result -= sum(facts.expense[: facts.months]) * values["expense"][None, :]
    so_far = facts.dues_so_far + dues.cumsum(axis=2)
    by_month = so_far.reshape(_EACH * sets, facts.months)[:paths]
    results = result.reshape(_EACH * sets)[:paths]
    months = tuple(_band(by_month[:, month]) for month in range(facts.months))
    return Forecast(
        months=months,
        dues=months[-1],
        result=_band(results),
        short=round(float((results < 0).mean()) * 100),
        moves=moves(facts=facts, guesses=guesses),
        break_even=break_even(facts=facts, guesses=guesses),
        guesses=tuple(by_name.values()),
        seed=seed,
        paths=paths,
    )


def _between(*, guess: Guess, count: int, draws: np.random.Generator) -> Drawn:
    """Values of a guess within its range, the likeliest most often (a triangle), spread evenly over all that may be.

    Each draw comes from a slice of its own of the range, in random order: fewer draws tell as much.
    """
    even = (draws.permutation(count) + draws.random(count)) / count
    width = guess.high - guess.low
    if width <= 0:
        return np.full(count, guess.likely)
    peak = (guess.likely - guess.low) / width
    with np.errstate(divide="ignore", invalid="ignore"):
        rising = guess.low + np.sqrt(even * width * (guess.likely - guess.low))
        falling = guess.high - np.sqrt((1.0 - even) * width * (guess.high - guess.likely))
    return np.where(even < peak, rising, falling)


def _add_group(*, to: Drawn, group: Group, values: Mapping[str, Drawn], draws: np.random.Generator) -> None:
    """Draw in which month each member of a group pays, for every year, and add the money.

    How many of n alike do what is one draw from a multinomial, not n draws; months in which nobody of the group can
    pay are not drawn at all.
    """
    each, sets, months = to.shape
    first, chances = _chances(group=group, values=values, months=months)
    if not chances:
        return
    dropping = values["dropping"] if group.optional and not group.behind else np.zeros(sets)
    splits = bool(dropping.any())
    columns = [c * (1.0 - dropping) for c in chances] + ([c * dropping for c in chances] if splits else [])
    table = np.stack(columns, axis=1)
    table = np.concatenate([table, np.maximum(0.0, 1.0 - table.sum(axis=1, keepdims=True))], axis=1)
    table /= table.sum(axis=1, keepdims=True)
    counts = draws.multinomial(group.count, table, size=(each, sets))
    last = first + len(chances)
    to[:, :, first:last] += counts[:, :, : len(chances)] * float(group.amount)
    if splits:
        dropped = counts[:, :, len(chances) : 2 * len(chances)]
        to[:, :, first:last] += dropped * float(group.amount - group.optional)


def _chances(*, group: Group, values: Mapping[str, Drawn], months: int) -> tuple[int, list[Drawn]]:
    """From which month on a group can pay, and how likely each month is for each set of guesses.

    The same as rules/forecasting.chances says for one set.
    """
    if group.behind:
        over = min(CATCHING_UP, months)
        return 0, [values["catching_up"] / over] * over
    if group.due_in >= months:
        return 0, []
    there = (1.0 - values["leaving"]) ** (group.due_in / MONTHS)
    span = np.maximum(1.0, np.rint(values["months_late"]))
    found = [there * (1.0 - values["late"] - values["never"])]
    last = min(int(span.max()), months - 1 - group.due_in)
    late = there * values["late"] / span
    return group.due_in, [*found, *(np.where(after <= span, late, 0.0) for after in range(1, last + 1))]


def _band(drawn: Drawn) -> Band:
    low, likely, high = (round(float(value)) for value in np.percentile(drawn, PERCENTILES))
    return Band(low=low, likely=likely, high=high)
