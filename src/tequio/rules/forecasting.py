"""What a forecast knows and assumes: members grouped by what they owe and when, income hoped for, guesses in ranges.

Plain arithmetic without chance: what is expected on average, which guess moves the result most, and the break-even.
The drawing of many years is rules/forecast.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tequio.rules.reasons import Text

MONTHS = 12
CATCHING_UP = 6  # months over which debts from before come in, if they do


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Group:
    """Members alike: how many owe `amount` in a month of the forecast (0 is its first), `optional` of it optional.

    `behind` is a debt from before the forecast began.
    """

    due_in: int
    amount: int
    optional: int = 0
    behind: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Hoped:
    """Income that may come: how much, in which month (0 is the first), how likely (0 to 1), and who says so."""

    name: Text
    amount: int
    month: int
    likelihood: float
    said_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """An assumption with its range: the least, the likeliest and the most it may be, and who guessed it."""

    name: str
    label: Text
    low: float
    likely: float
    high: float
    said_by: str
    unit: str = "%"

    def at(self, value: float, /) -> "Guess":
        """The same as if it were known."""
        return replace(self, low=value, likely=value, high=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a forecast of one center begins from. Amounts in minor units of its currency.

    `other_income` and `expense` are what is planned for each month besides dues and what is hoped for. `dues_so_far`
    and `result_so_far` are what the year had before the first month of the forecast.
    """

    months: int
    groups: Sequence[Group]
    hoped: Sequence[Hoped] = ()
    other_income: Sequence[int] = (0,) * MONTHS
    expense: Sequence[int] = (0,) * MONTHS
    dues_so_far: int = 0
    result_so_far: int = 0

    def members(self) -> int:
        """How many members owe something in it that is not a debt from before."""
        return sum(group.count for group in self.groups if not group.behind)


# Every guess there is: its name, what it means, and the unit it is written in.
NAMES: Mapping[str, tuple[Text, str]] = {
    "leaving": (Text(en="Members who leave in a year", es="Membresías que se van en un año"), "%"),
    "joining": (Text(en="New members in a year", es="Membresías nuevas en un año"), ""),
    "new_dues": (Text(en="Dues of a new member", es="Cuota de una membresía nueva"), "money"),
    "late": (Text(en="Dues that come late", es="Cuotas que llegan tarde"), "%"),
    "months_late": (Text(en="Months the late ones take, at most", es="Meses que tardan, a lo más"), ""),
    "never": (Text(en="Dues that never come", es="Cuotas que nunca llegan"), "%"),
    "catching_up": (Text(en="Debts from before that are paid", es="Adeudos anteriores que se pagan"), "%"),
    "dropping": (
        Text(en="Members who drop operations and support", es="Membresías que dejan la parte de operación y soporte"),
        "%",
    ),
    "expense": (Text(en="Expense, beside the plan", es="Gasto, frente al plan"), "%"),
    "other_income": (Text(en="Other income, beside the plan", es="Otros ingresos, frente al plan"), "%"),
}
CERTAIN: Mapping[str, float] = {
    "leaving": 0.0,
    "joining": 0.0,
    "new_dues": 0.0,
    "late": 0.0,
    "months_late": 3.0,
    "never": 0.0,
    "catching_up": 1.0,
    "dropping": 0.0,
    "expense": 1.0,
    "other_income": 1.0,
}


class GuessError(ValueError):
    """The guesses cannot be; `text` says why in both languages."""

    def __init__(self, *, en: str, es: str) -> None:
        super().__init__(en)
        self.text = Text(en=en, es=es)


def certain(*, said_by: str = "") -> tuple[Guess, ...]:
    """Guesses that leave no doubt: everybody stays, everybody pays on the day, expense is as planned."""
    return tuple(
        Guess(
            name=name,
            label=label,
            low=CERTAIN[name],
            likely=CERTAIN[name],
            high=CERTAIN[name],
            said_by=said_by,
            unit=unit,
        )
        for name, (label, unit) in NAMES.items()
    )


def checked(*, guesses: Sequence[Guess]) -> dict[str, Guess]:
    """The guesses by name, those nobody made as if certain. Refuses a name nobody knows and what cannot be."""
    found = {guess.name: guess for guess in certain()}
    for guess in guesses:
        if guess.name not in NAMES:
            raise GuessError(
                en=f"Nobody knows an assumption “{guess.name}”. There are: {', '.join(NAMES)}.",
                es=f"No se conoce el supuesto «{guess.name}». Existen: {', '.join(NAMES)}.",
            )
        if not guess.low <= guess.likely <= guess.high:
            raise GuessError(
                en=f"{guess.label.en}: the likeliest lies between the least and the most.",
                es=f"{guess.label.es}: lo más probable va entre lo menos y lo más.",
            )
        if guess.low < 0 or (NAMES[guess.name][1] == "%" and guess.high > _MOST.get(guess.name, 1.0)):
            raise GuessError(
                en=f"{guess.label.en}: from 0 to 100 percent.", es=f"{guess.label.es}: de 0 a 100 por ciento."
            )
        found[guess.name] = guess
    if found["late"].high + found["never"].high > 1:
        raise GuessError(
            en="What comes late and what never comes is together more than all.",
            es="Lo que llega tarde y lo que nunca llega suman más que todo.",
        )
    return found


_MOST = {"expense": 5.0, "other_income": 5.0}


def instead(*, guesses: Sequence[Guess], values: Mapping[str, float]) -> tuple[Guess, ...]:
    """The guesses with some of them known, as a scenario says. Refuses a name nobody knows."""
    by_name = checked(guesses=guesses)
    for name in values:
        if name not in by_name:
            raise GuessError(
                en=f"Nobody knows an assumption “{name}”. There are: {', '.join(NAMES)}.",
                es=f"No se conoce el supuesto «{name}». Existen: {', '.join(NAMES)}.",
            )
    changed = tuple(guess.at(values[name]) if name in values else guess for name, guess in by_name.items())
    checked(guesses=changed)
    return changed


def grouped(*, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Groups that are alike put together, in one order, whatever order the members came in."""
    counts: dict[Group, int] = {}
    for group in groups:
        key = replace(group, count=0)
        counts[key] = counts.get(key, 0) + group.count
    return tuple(replace(key, count=count) for key, count in sorted(counts.items()))


def staying(*, leaving: float, months: int) -> float:
    """The share of members still there after some months, if so many leave in a year."""
    return float((1.0 - leaving) ** (months / MONTHS))


def chances(*, group: Group, values: Mapping[str, float], months: int) -> list[float]:
    """How likely a member of a group pays in each month of the forecast; what is left of 1 does not come in it."""
    found = [0.0] * months
    if group.behind:
        over = min(CATCHING_UP, months)
        for month in range(over):
            found[month] = values["catching_up"] / over
        return found
    there = staying(leaving=values["leaving"], months=group.due_in)
    if group.due_in < months:
        found[group.due_in] = there * (1.0 - values["late"] - values["never"])
    span = max(1, round(values["months_late"]))
    for month in range(group.due_in + 1, min(group.due_in + span + 1, months)):
        found[month] = there * values["late"] / span
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is expected on average: dues month by month, and the year's result."""

    dues: tuple[float, ...]
    result: float


def expected(*, facts: Facts, values: Mapping[str, float], without: str = "") -> Expected:
    """The average year, in closed form. `without` leaves out the hoped-for income of that English name."""
    dues = [0.0] * facts.months
    for group in facts.groups:
        kept = group.amount - (0 if group.behind else group.optional * values["dropping"])
        for month, chance in enumerate(chances(group=group, values=values, months=facts.months)):
            dues[month] += group.count * kept * chance
    for month in range(facts.months):
        dues[month] += values["joining"] / MONTHS * values["new_dues"]
    hoped = sum(h.amount * h.likelihood for h in facts.hoped if 0 <= h.month < facts.months and h.name.en != without)
    other = sum(facts.other_income[: facts.months]) * values["other_income"]
    expense = sum(facts.expense[: facts.months]) * values["expense"]
    return Expected(dues=tuple(dues), result=facts.result_so_far + sum(dues) + hoped + other - expense)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How far one assumption moves the year's result: at the end of its range that is worse, and at the better one."""

    name: str
    label: Text
    said_by: str
    worst: int
    best: int

    @property
    def swing(self) -> int:
        """From the worse end to the better one."""
        return self.best - self.worst


def moves(*, facts: Facts, guesses: Sequence[Guess]) -> tuple[Move, ...]:
    """Each assumption alone from one end of its range to the other, the others at their likeliest; the widest first."""
    by_name = checked(guesses=guesses)
    likely = {name: guess.likely for name, guess in by_name.items()}
    found = []
    for name, guess in by_name.items():
        ends = [expected(facts=facts, values={**likely, name: value}).result for value in (guess.low, guess.high)]
        found.append(
            Move(name=name, label=guess.label, said_by=guess.said_by, worst=round(min(ends)), best=round(max(ends)))
        )
    for hoped in facts.hoped:
        if 0 <= hoped.month < facts.months:
            without = expected(facts=facts, values=likely, without=hoped.name.en).result
            found.append(
                Move(
                    name=f"hoped:{hoped.name.en}",
                    label=hoped.name,
                    said_by=hoped.said_by,
                    worst=round(without),
                    best=round(without + hoped.amount),
                )
            )
    return tuple(sorted((move for move in found if move.swing), key=lambda move: (-move.swing, move.name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """How much of the expected dues has to come for the year to end at nothing, in basis points, and in members.

    `spare` is how many members could pay nothing before the year ends short; below nothing: how many are missing.
    None where no dues are expected.
    """

    share: int | None
    spare: int | None


def break_even(*, facts: Facts, guesses: Sequence[Guess]) -> BreakEven:
    """Where the likeliest year would end at nothing."""
    likely = {name: guess.likely for name, guess in checked(guesses=guesses).items()}
    found = expected(facts=facts, values=likely)
    dues = sum(found.dues)
    members = facts.members()
    if dues <= 0 or not members:
        return BreakEven(share=None, spare=None)
    return BreakEven(share=round((dues - found.result) / dues * 10_000), spare=int(found.result / (dues / members)))
