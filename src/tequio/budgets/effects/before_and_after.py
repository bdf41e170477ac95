"""What both effects show: the lines before and after, the year's result, and what stands in force now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tequio.budgets.models import Budget
from tequio.budgets.queries.versions import adoption_in_force, budget_of, latest_version
from tequio.centers.models import Center
from tequio.decisions.effects.registry import Change, Consequences, Table
from tequio.decisions.effects.written import code, day_from, number, wrong
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules import budget as rule
from tequio.rules.budget import Amounts, Side, amounts
from tequio.rules.money import printed
from tequio.rules.reasons import Text

_MOST_NUMBER = 9_999
NOTHING = Text(en="nothing", es="nada")


def center_named(*, data: Mapping[str, Any]) -> Text:
    """The name of the center whose budget it is; its code where there is no such center."""
    center = Center.objects.filter(code=data["center"]).first()
    return Text(en=data["center"], es=data["center"]) if center is None else text_of(row=center, name="name")


def named_budget(*, data: Mapping[str, Any]) -> Budget:
    """The budget an effect names by "center" and "year"."""
    return budget_of(
        center=code(data=data, key="center", longest=12), year=number(data=data, key="year", least=1990, most=2200)
    )


def from_day(*, data: Mapping[str, Any], on: date, budget: Budget) -> date:
    """From when, not before `on`, and before the budget's year is over."""
    found = day_from(data=data, key="from", on=on)
    if found > date(budget.year, 12, 31):
        raise Refusal(
            en=f"The budget of {budget.year} cannot begin on {found}: its year is over by then.",
            es=f"El presupuesto de {budget.year} no puede empezar el {found}: para entonces su año ya terminó.",
        )
    return found


def numbers(*, data: Mapping[str, Any], key: str) -> list[int]:
    """A list of amendments by number, each once, in order."""
    value = data.get(key, [])
    if not isinstance(value, list) or not all(type(n) is int and 0 < n <= _MOST_NUMBER for n in value):
        raise wrong(key=key, en="is a list of amendment numbers", es="es una lista de números de modificación")
    if len(set(value)) != len(value):
        raise wrong(key=key, en="names an amendment twice", es="nombra dos veces una modificación")
    return sorted(value)


def base_of(*, budget: Budget) -> dict[str, Any]:
    """What stands now: the version in force at the year's end, and the latest there is; 0 for none."""
    adoption = adoption_in_force(budget=budget)
    latest = latest_version(budget=budget)
    return {"in_force": adoption.version.number if adoption else 0, "latest": latest.number if latest else 0}


def moved(*, budget: Budget, base: Mapping[str, Any]) -> Text | None:
    """How what an effect was written against has moved on since; None where it has not."""
    now = base_of(budget=budget)
    if not base or dict(base) == now:
        return None
    return Text(
        en=f"When this was written, version {base.get('in_force', 0)} was in force and {base.get('latest', 0)} was the "
        f"latest; now version {now['in_force']} is in force and {now['latest']} is the latest.",
        es=f"Cuando se escribió, estaba en vigor la versión {base.get('in_force', 0)} y la última era la "
        f"{base.get('latest', 0)}; ahora está en vigor la {now['in_force']} y la última es la {now['latest']}.",
    )


def changes(*, before: rule.Budget | None, after: rule.Budget) -> tuple[Change, ...]:
    """Each line that is not as it was, and the year's result."""
    old = amounts(budget=before) if before else None
    new = amounts(budget=after)
    codes = dict.fromkeys([*(line.code for line in (before.lines if before else ())), *(x.code for x in after.lines)])
    found = []
    for name in codes:
        was, now = _said(old, name), _said(new, name)
        line = after.line(name) or (before.line(name) if before else None)
        if was != now and line is not None:
            found.append(Change(what=line.name, before=was, after=now))
    result = Text(en="Left over at the year's end", es="Resultado del año")
    then = _money(new.result(), new)
    if old is None or old.result() != new.result():
        found.append(Change(what=result, before=_money(old.result(), old) if old else None, after=then))
    return tuple(found)


def _said(found: Amounts | None, name: str) -> Text | None:
    if found is None or name not in found.months:
        return None
    return _money(found.year(name), found)


def _money(minor: int, found: Amounts) -> Text:
    shown = printed(minor=minor, currency=found.budget.currency)
    return Text(en=shown, es=shown)


def totals_table(*, before: rule.Budget | None, after: rule.Budget) -> Table:
    """Income, expense and what is left over, before and after."""
    old = amounts(budget=before) if before else None
    new = amounts(budget=after)

    def row(en: str, es: str, was: int | None, now: int) -> tuple[Text, ...]:
        first = _money(was, new) if was is not None else Text(en="-", es="-")
        return (Text(en=en, es=es), first, _money(now, new))

    return Table(
        title=Text(en=f"The year {after.year} in {after.currency}", es=f"El año {after.year} en {after.currency}"),
        heads=(Text(en="", es=""), Text(en="Now in force", es="Vigente"), Text(en="Then", es="Después")),
        rows=(
            row("Income", "Ingresos", old.of_side(Side.INCOME) if old else None, new.of_side(Side.INCOME)),
            row("Expense", "Gastos", old.of_side(Side.EXPENSE) if old else None, new.of_side(Side.EXPENSE)),
            row("Left over", "Resultado", old.result() if old else None, new.result()),
        ),
    )


def consequences(
    *, budget: Budget, before: rule.Budget | None, after: rule.Budget, on: date, tables: tuple[Table, ...] = ()
) -> Consequences:
    """What follows for the year: its totals now and then, its forecast, and the result as a figure that is watched."""
    # Read here: numpy is loaded by whoever foresees and by nobody else.
    from tequio.budgets.effects.foreseen import foreseen

    new = amounts(budget=after)
    shown = printed(minor=new.result(), currency=after.currency)
    says = (
        Text(en=f"The year would end with {shown} left over.", es=f"El año terminaría con {shown} a favor.")
        if new.result() >= 0
        else Text(en=f"The year would end {shown} short.", es=f"El año terminaría con un faltante: {shown}.")
    )
    return Consequences(
        sentences=(says,),
        tables=(
            totals_table(before=before, after=after),
            *tables,
            *foreseen(budget=budget, before=before, after=after, on=on),
        ),
        totals={
            "currency": after.currency,
            "income": new.of_side(Side.INCOME),
            "expense": new.of_side(Side.EXPENSE),
            "result": new.result(),
        },
        facts={"result": new.result()},
        facts_said={"result": Text(en=f"left over: {shown}", es=f"resultado: {shown}")},
    )
