"""What an effect does to the year's result, by the forecast: the range now and then, both drawn alike."""

from collections.abc import Sequence
from datetime import date

from tequio.budgets.models import Budget
from tequio.budgets.queries.forecasting import Drawn, forecast_of
from tequio.decisions.effects.registry import Table
from tequio.rules import budget as rule
from tequio.rules.money import printed
from tequio.rules.reasons import Text

PATHS = 500  # years drawn for a preview
NOW, THEN = Text(en="Now in force", es="Vigente"), Text(en="Then", es="Después")
HEADS = (
    Text(en="", es=""),
    Text(en="Low", es="Bajo"),
    Text(en="Likely", es="Probable"),
    Text(en="High", es="Alto"),
)


def foreseen(*, budget: Budget, before: rule.Budget | None, after: rule.Budget, on: date) -> tuple[Table, ...]:
    """The year's result under the budget in force and under the new one; nothing for a year that is over."""
    if on.year > budget.year:
        return ()
    rows = [
        (name, forecast_of(center=budget.center, year=budget.year, on=on, budget=written, paths=PATHS))
        for name, written in ((NOW, before), (THEN, after))
        if written is not None
    ]
    return (table_of(rows=rows, currency=budget.center.currency, where=Text(en=str(budget.year), es=str(budget.year))),)


def table_of(*, rows: Sequence[tuple[Text, Drawn]], currency: str, where: Text) -> Table:
    """Forecasts below each other: low, likely and high of the year's result."""
    return Table(
        title=Text(
            en=f"What the year is likely to leave, {where.en}", es=f"Lo que probablemente deje el año, {where.es}"
        ),
        heads=HEADS,
        rows=tuple(
            (name, *(_said(minor, currency) for minor in (band.low, band.likely, band.high)))
            for name, drawn in rows
            for band in (drawn.found.result,)
        ),
        note=Text(
            en="Low and high hold four years in five; all are drawn alike, only what would be decided differs.",
            es="Entre bajo y alto caen cuatro de cada cinco años; se sortean igual, solo cambia lo que se decidiría.",
        ),
    )


def _said(minor: int, currency: str) -> Text:
    shown = printed(minor=minor, currency=currency)
    return Text(en=shown, es=shown)
