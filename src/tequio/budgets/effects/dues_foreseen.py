"""What a new table of dues does to the year's result of each center that has a budget, shown with its preview."""

from collections.abc import Sequence
from datetime import date

from tequio.budgets.models import Budget
from tequio.decisions.effects.registry import Plan, Table
from tequio.kernel.texts import text_of
from tequio.rules.dues import DuesTable, Tariff
from tequio.rules.reasons import Text


def year_of_dues(kind: str, plan: Plan, on: date, /) -> Sequence[Table]:
    """Tables for `dues.adopt_policy`: the result of the year its table begins in, now and then, center by center.

    Centers without a budget of that year have none: there is no year's result to speak of.
    """
    begins = plan.effective_on
    if kind != "dues.adopt_policy" or on.year > begins.year:
        return ()
    tables = {row["center"]: row for row in plan.data["policies"]}
    budgets = Budget.objects.filter(center__code__in=list(tables), year=begins.year).select_related("center")
    found = []
    for budget in budgets.order_by("center__code"):
        # Read here: numpy is loaded by whoever foresees and by nobody else.
        from tequio.budgets.effects.foreseen import NOW, PATHS, THEN, table_of
        from tequio.budgets.queries.forecasting import forecast_of

        row = tables[budget.center.code]
        new = DuesTable(
            tariffs=tuple(
                Tariff(id=number, kind=c["kind"], part=c["part"], band=c["band"], amount=c["amount"])
                for number, c in enumerate(row["tariffs"])
            ),
            default_band=row["default_band"],
        )
        name = text_of(row=budget.center, name="name")
        drawn = [
            (label, forecast_of(center=budget.center, year=budget.year, on=on, dues=dues, paths=PATHS))
            for label, dues in ((NOW, None), (THEN, (begins, new)))
        ]
        where = Text(en=f"{name.en} {budget.year}", es=f"{name.es} {budget.year}")
        found.append(table_of(rows=drawn, currency=budget.center.currency, where=where))
    return found
