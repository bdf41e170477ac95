"""How long the forecast of a year takes, and how far it is from the plain loop over every member."""

import random
from typing import Any

from tequio.project.bench.measuring import Stopwatch
from tequio.project.bench.plain_forecast import plain_forecast
from tequio.rules.forecast import forecast
from tequio.rules.forecasting import NAMES, Facts, Group, Guess, Hoped
from tequio.rules.reasons import Text

_OWN_RATE, _WITH_OPERATIONS, _BEHIND = 0.08, 0.7, 0.1
_RANGES = {
    "leaving": (0.03, 0.05, 0.09),
    "joining": (20.0, 40.0, 60.0),
    "new_dues": (90_00.0, 110_00.0, 130_00.0),
    "late": (0.08, 0.15, 0.25),
    "months_late": (3.0, 3.0, 3.0),
    "never": (0.03, 0.06, 0.10),
    "catching_up": (0.2, 0.4, 0.6),
    "dropping": (0.0, 0.1, 0.2),
    "expense": (0.97, 1.0, 1.08),
    "other_income": (0.8, 1.0, 1.1),
}


def guesses() -> tuple[Guess, ...]:
    """A range for every assumption there is: all sources of uncertainty."""
    return tuple(
        Guess(name=name, label=label, low=low, likely=likely, high=high, said_by="bench", unit=unit)
        for name, (label, unit) in NAMES.items()
        for low, likely, high in (_RANGES[name],)
    )


def facts(*, members: int, seed: int) -> Facts:
    """Invented members, one group each, with kinds, parts, rates of their own and old debts; two grants."""
    draws = random.Random(seed)
    groups = []
    for _ in range(members):
        whole = 200_00 if draws.random() < 2 / 3 else 100_00
        share = draws.choice((50, 75)) if draws.random() < _OWN_RATE else 100
        amount = whole * share // 100
        optional = amount * 3 // 4 if draws.random() < _WITH_OPERATIONS else 0
        groups.append(Group(due_in=draws.randrange(12), amount=amount, optional=optional))
        if draws.random() < _BEHIND:
            groups.append(Group(due_in=0, amount=amount, behind=True))
    income = sum(group.amount for group in groups)
    return Facts(
        months=12,
        groups=groups,
        hoped=(
            Hoped(name=Text(en="Grant", es="Apoyo"), amount=4_800_00, month=8, likelihood=0.7),
            Hoped(name=Text(en="Contribution", es="Aportación"), amount=3_600_00, month=5, likelihood=0.5),
        ),
        other_income=(income // 250,) * 12,
        expense=(income // 13,) * 12,
    )


def measure(*, members: int, paths: int, seed: int) -> dict[str, Any]:
    """Seconds of the forecast and of the plain loop for as many years, and the largest difference of a percentile."""
    known = facts(members=members, seed=seed)
    every = guesses()
    fast, plain = Stopwatch(), Stopwatch()
    with fast:
        found = forecast(facts=known, guesses=every, seed=seed, paths=paths)
    with plain:
        slow = plain_forecast(facts=known, guesses=every, seed=seed, paths=paths)
    ours = (found.dues.low, found.dues.likely, found.dues.high)
    return {
        "members": members,
        "paths": paths,
        "months": known.months,
        "seconds": round(fast.cpu, 3),
        "wall_seconds": round(fast.wall, 3),
        "plain_loop_seconds": round(plain.cpu, 3),
        "percentile_difference": round(max(abs(a - b) / b for a, b in zip(ours, slow, strict=True) if b), 5),
        "dues": list(ours),
        "plain_loop_dues": list(slow),
        "result": [found.result.low, found.result.likely, found.result.high],
    }
