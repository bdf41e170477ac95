"""The forecast of a center's year, its scenarios compared, and the forecast of January against the year that was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tequio.budgets.models import Budget, Scenario
from tequio.budgets.queries.forecast_facts import InForce, Known, dues_received, facts_of, result_received
from tequio.budgets.queries.forecast_guesses import guesses_from_books
from tequio.budgets.queries.versions import content, latest_version, version_in_force
from tequio.budgets.writing import refusal_of
from tequio.centers.models import Center
from tequio.kernel.errors import Refusal
from tequio.rules import budget as rule
from tequio.rules.budget import BudgetError, amounts
from tequio.rules.forecast import Forecast, forecast
from tequio.rules.forecasting import MONTHS, Guess, GuessError, instead
from tequio.rules.reasons import Text

SEED = 2016
PATHS = 10_000
_STANDS = Text(en="As things stand", es="Si las cosas siguen como están")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A forecast as a page shows it: what it began from, what was drawn, and what the plan says."""

    code: str
    name: Text
    known: Known
    found: Forecast
    planned: int | None
    said_by: str = ""


def forecast_of(
    *,
    center: Center,
    year: int,
    on: date,
    values: Mapping[str, float] | None = None,
    budget: rule.Budget | None = None,
    budget_values: Mapping[str, str] | None = None,
    dues: InForce | None = None,
    seed: int = SEED,
    paths: int = PATHS,
) -> Drawn:
    """The forecast of a center's year from the month of `on`, with some guesses known and other budget assumptions.

    `budget` is planned instead of the version in force, and `dues` a table that would hold, as previews ask. Refuses a
    year that is over.
    """
    if on > date(year, 12, 31):
        raise Refusal(
            en=f"{year} is over: there is nothing to foresee. Compare it with what came.",
            es=f"{year} ya terminó: no hay nada que prever. Compárelo con lo que llegó.",
        )
    planned = budget or _in_force(center=center, year=year)
    try:
        known = facts_of(center=center, year=year, on=on, budget=planned, instead=budget_values, dues=dues)
        result = amounts(budget=planned, instead=budget_values or {}).result() if planned else None
    except BudgetError as error:
        raise refusal_of(error=error) from error
    guesses: tuple[Guess, ...] = guesses_from_books(
        center=center, on=known.first_month, groups=list(known.facts.groups)
    )
    try:
        if values:
            guesses = instead(guesses=guesses, values=values)
        found = forecast(facts=known.facts, guesses=guesses, seed=seed, paths=paths)
    except GuessError as error:
        raise Refusal(en=error.text.en, es=error.text.es) from error
    return Drawn(code="", name=_STANDS, known=known, found=found, planned=result)


def scenarios_of(*, budget: Budget, on: date, paths: int = PATHS) -> list[Drawn]:
    """How things stand and every scenario of a budget, drawn with one seed, so that only the assumptions differ."""
    stands = forecast_of(center=budget.center, year=budget.year, on=on, paths=paths)
    found = [stands]
    for row in Scenario.objects.filter(budget=budget).order_by("pk"):
        drawn = scenario_drawn(budget=budget, scenario=row, on=on, paths=paths)
        found.append(drawn)
    return found


def scenario_drawn(*, budget: Budget, scenario: Scenario, on: date, paths: int = PATHS) -> Drawn:
    """One scenario: its values for the budget's assumptions and for the forecast's."""
    drawn = forecast_of(
        center=budget.center,
        year=budget.year,
        on=on,
        values={name: float(value) for name, value in scenario.forecast_values.items()},
        budget_values=scenario.budget_values,
        paths=paths,
    )
    return Drawn(
        code=scenario.code,
        name=Text(en=scenario.name_en, es=scenario.name_es),
        known=drawn.known,
        found=drawn.found,
        planned=drawn.planned,
        said_by=scenario.said_by,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The forecast made in January from the books of then, against what came: dues by the end of each month."""

    drawn: Drawn
    came: tuple[int, ...]
    inside: int
    """In how many of the months that are over what came lies between low and high."""
    result: int | None
    """What was left over when the year was over; None before."""


def checked_against(*, center: Center, year: int, on: date, paths: int = PATHS) -> Checked:
    """Forecast a year from what the books knew on its first day, and put beside it what came until `on`."""
    first = date(year, 1, 1)
    if on <= first:
        raise Refusal(en=f"{year} has not begun.", es=f"{year} no ha empezado.")
    drawn = forecast_of(center=center, year=year, on=first, paths=paths)
    over = MONTHS if on.year > year else on.month - 1
    received = dues_received(center=center, year=year)
    came = tuple(sum(received[: month + 1]) for month in range(over))
    bands = drawn.found.months
    return Checked(
        drawn=drawn,
        came=came,
        inside=sum(1 for month, total in enumerate(came) if bands[month].low <= total <= bands[month].high),
        result=sum(result_received(center=center, year=year)) if over == MONTHS else None,
    )


def _in_force(*, center: Center, year: int) -> rule.Budget | None:
    budget = Budget.objects.filter(center=center, year=year).first()
    version = None if budget is None else version_in_force(budget=budget) or latest_version(budget=budget)
    return content(version=version) if version else None
