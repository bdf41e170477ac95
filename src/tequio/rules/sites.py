"""One server site or several? A small model with guesses in ranges: cost, hours down, data lost, weeks without.

What hits all sites at once (an attack, a legal order) hits several as it hits one; what is lost for ever depends on
whether backups can be restored, and that on whether it was ever tried (a drill). Chances are of one year unless said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tequio.rules.reasons import Text

YEARS = 10
DOTS = 100
ONE, SEVERAL = "one", "several"
OPTIONS = {
    ONE: Text(en="All servers at one site", es="Todos los servidores en un solo sitio"),
    SEVERAL: Text(en="Servers at several sites", es="Servidores en varios sitios"),
}
MEASURES = {
    "cost": Text(en="Cost of a year", es="Costo de un año"),
    "hours": Text(en="Hours down in a year", es="Horas sin servicio al año"),
    "data": Text(en="Data lost for ever, in ten years", es="Datos perdidos para siempre, en diez años"),
    "week": Text(
        en="More than a week without service, in ten years", es="Más de una semana sin servicio, en diez años"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A guess: the least, the likeliest, the most, and who guessed it. Chances in percent, money in whole units."""

    name: str
    label: Text
    unit: str
    low: float
    likely: float
    high: float
    said_by: str = ""


class RangeError(ValueError):
    """A guess cannot be; `text` says why in both languages."""

    def __init__(self, *, en: str, es: str) -> None:
        super().__init__(en)
        self.text = Text(en=en, es=es)


def _range(name: str, unit: str, values: tuple[float, float, float], en: str, es: str) -> Range:
    low, likely, high = values
    return Range(name=name, label=Text(en=en, es=es), unit=unit, low=low, likely=likely, high=high)


# Nobody measured these: they are where a discussion begins, and each is told as assumed until a person guesses.
ASSUMED: tuple[Range, ...] = (
    _range("one_cost", "money", (14_000, 16_000, 18_000), "One site: cost of a year", "Un sitio: costo de un año"),
    _range(
        "several_cost",
        "money",
        (18_000, 21_000, 25_000),
        "Several sites: cost of a year",
        "Varios sitios: costo de un año",
    ),
    _range("sites", "count", (2, 2, 3), "Several: how many sites", "Varios: cuántos sitios"),
    _range("site_hours", "hours", (8, 20, 60), "Hours a site is down in a year", "Horas al año que un sitio falla"),
    _range("site_lost", "%", (0.5, 1, 3), "Chance that a site is lost", "Probabilidad de perder un sitio"),
    _range("takes_over", "%", (40, 70, 90), "The others take over at once", "Los otros toman su lugar enseguida"),
    _range("attack_hours", "hours", (4, 24, 120), "Hours an attack stops all sites", "Horas que un ataque para todos"),
    _range(
        "order", "%", (0.2, 0.5, 2), "A legal order or attack takes all sites", "Una orden legal o ataque se lleva todo"
    ),
    _range(
        "restore_fails", "%", (10, 30, 60), "Restoring fails, never drilled", "La restauración falla, sin simulacros"
    ),
    _range(
        "drilled_fails", "%", (1, 3, 10), "Restoring fails, drilled every year", "La restauración falla, con simulacros"
    ),
    _range("slow", "%", (30, 60, 90), "Rebuilding takes more than a week", "Reconstruir tarda más de una semana"),
)
_NAMES = {guess.name: guess for guess in ASSUMED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What an option comes to: money and hours of a year, and two chances of ten years (0 to 1)."""

    cost: float
    hours: float
    data: float
    week: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One measure of one option: at the likeliest, and from the best to the worst its guesses allow, one at a time."""

    likely: float
    best: float
    worst: float

    @property
    def dots(self) -> int:
        """A chance as dots out of a hundred: of a hundred such organizations, so many."""
        return round(self.likely * DOTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A guess that would change which option is better by a measure: at which end of its range."""

    guess: Range
    measure: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Both options by every measure, which is better by which, and what would change that."""

    drilled: bool
    guesses: tuple[Range, ...]
    found: Mapping[str, Mapping[str, Spread]]
    better: Mapping[str, str]
    turns: tuple[Turn, ...]


def checked(*, guesses: Sequence[Range]) -> tuple[Range, ...]:
    """Every guess there is, those given in place of the assumed ones. Refuses what cannot be."""
    given = {guess.name: guess for guess in guesses}
    for guess in guesses:
        if guess.name not in _NAMES:
            raise RangeError(
                en=f"Nobody knows a guess “{guess.name}”. There are: {', '.join(_NAMES)}.",
                es=f"No se conoce el supuesto «{guess.name}». Existen: {', '.join(_NAMES)}.",
            )
        if not 0 <= guess.low <= guess.likely <= guess.high:
            raise RangeError(
                en=f"{guess.label.en}: the least, the likeliest and the most, in this order, none below nothing.",
                es=f"{guess.label.es}: lo menos, lo más probable y lo más, en ese orden, nada menor que cero.",
            )
        if guess.unit == "%" and guess.high > DOTS:
            raise RangeError(
                en=f"{guess.label.en}: at most 100 percent.", es=f"{guess.label.es}: 100 por ciento a lo más."
            )
        if guess.name == "sites" and guess.low < 2:  # noqa: PLR2004 - CONFIG: several are two or more
            raise RangeError(en="Several sites are two or more.", es="Varios sitios son dos o más.")
    return tuple(given.get(guess.name, guess) for guess in ASSUMED)


def measured(*, option: str, values: Mapping[str, float], drilled: bool) -> Measures:
    """What one option comes to, for one value of each guess.

    One site: it is down when it is down, and lost when it is lost. Several: each keeps a copy; service goes on where
    the others take over, and only losing all of them (each by itself, or all by one order) leaves nothing but backups.
    """
    lost, order = values["site_lost"] / DOTS, values["order"] / DOTS
    takes_over, slow = values["takes_over"] / DOTS, values["slow"] / DOTS
    fails = values["drilled_fails" if drilled else "restore_fails"] / DOTS
    if option == ONE:
        all_lost = lost
        stopped = lost
        hours = values["site_hours"]
        cost = values["one_cost"]
    else:
        all_lost = lost ** values["sites"]
        stopped = lost * (1 - takes_over) + all_lost
        hours = values["site_hours"] * (1 - takes_over)
        cost = values["several_cost"]
    return Measures(
        cost=cost,
        hours=hours + values["attack_hours"],
        data=_in_ten_years(min(1.0, all_lost + order) * fails),
        week=_in_ten_years(min(1.0, stopped + order) * slow),
    )


def _in_ten_years(chance: float) -> float:
    return float(1 - (1 - chance) ** YEARS)


def answered(*, guesses: Sequence[Range] = (), drilled: bool = False) -> Answer:
    """Both options by every measure. Raises RangeError where the guesses cannot be."""
    known = checked(guesses=guesses)
    likely = {guess.name: guess.likely for guess in known}
    found = {option: _spreads(option=option, known=known, likely=likely, drilled=drilled) for option in OPTIONS}
    better = {measure: _better(found[ONE][measure].likely, found[SEVERAL][measure].likely) for measure in MEASURES}
    turns = []
    for guess in known:
        for end in (guess.low, guess.high):
            values = {**likely, guess.name: end}
            one, several = (measured(option=option, values=values, drilled=drilled) for option in (ONE, SEVERAL))
            turns += [
                Turn(guess=guess, measure=measure, at=end)
                for measure in MEASURES
                if _better(getattr(one, measure), getattr(several, measure)) != better[measure]
            ]
    return Answer(drilled=drilled, guesses=known, found=found, better=better, turns=tuple(turns))


def _spreads(*, option: str, known: Sequence[Range], likely: Mapping[str, float], drilled: bool) -> dict[str, Spread]:
    every = [measured(option=option, values=likely, drilled=drilled)]
    for guess in known:
        every += [
            measured(option=option, values={**likely, guess.name: end}, drilled=drilled)
            for end in (guess.low, guess.high)
        ]
    return {
        measure: Spread(
            likely=getattr(every[0], measure),
            best=min(getattr(one, measure) for one in every),
            worst=max(getattr(one, measure) for one in every),
        )
        for measure in MEASURES
    }


def _better(one: float, several: float) -> str:
    """Which option is better by a measure, of which less is always better; neither where they are alike."""
    if abs(one - several) <= 1e-9 * max(abs(one), abs(several), 1.0):
        return ""
    return ONE if one < several else SEVERAL


def guessed(*, name: str, low: float, likely: float, high: float, said_by: str) -> Range:
    """A person's guess in place of the assumed one. Refuses a name nobody knows and what cannot be."""
    there = _NAMES.get(name)
    if there is None:
        raise RangeError(
            en=f"Nobody knows a guess “{name}”. There are: {', '.join(_NAMES)}.",
            es=f"No se conoce el supuesto «{name}». Existen: {', '.join(_NAMES)}.",
        )
    guess = replace(there, low=low, likely=likely, high=high, said_by=said_by)
    checked(guesses=[guess])
    return guess
