"""Versions of a budget as the rules read them, and which of them is in force."""

from dataclasses import replace
from datetime import date

from tequio.budgets.models import Adoption, Budget, BudgetAmendment, BudgetVersion
from tequio.budgets.writing import thing_of
from tequio.centers.queries import center_by_code
from tequio.kernel.errors import Refusal
from tequio.rules import budget as rule
from tequio.rules.budget import Assumption, Line, Side, Spread
from tequio.rules.budget_changes import Action, Amendment, Difference
from tequio.rules.reasons import Text


def budget_of(*, center: str, year: int) -> Budget:
    """The budget of a center's code and a year. Refuses where there is none."""
    found = Budget.objects.select_related("center").filter(center=center_by_code(code=center), year=year).first()
    if found is None:
        years = Budget.objects.filter(center__code=center).order_by("year").values_list("year", flat=True)
        there = ", ".join(map(str, years)) or "-"
        raise Refusal(
            en=f"{center} has no budget of {year}. It has: {there}.",
            es=f"{center} no tiene presupuesto de {year}. Tiene: {there}.",
        )
    return found


def latest_version(*, budget: Budget) -> BudgetVersion | None:
    """The last version there is."""
    return BudgetVersion.objects.filter(budget=budget).order_by("-number").first()


def version_of(*, budget: Budget, number: int) -> BudgetVersion:
    """The version of a number. Refuses one that is not there."""
    found = BudgetVersion.objects.filter(budget=budget, number=number).first()
    if found is None:
        last = latest_version(budget=budget)
        raise Refusal(
            en=f"There is no version {number} of the budget of {budget.year}; the last is "
            f"{last.number if last else 0}.",
            es=f"No existe la versión {number} del presupuesto de {budget.year}; la última es "
            f"{last.number if last else 0}.",
        )
    return found


def adoption_in_force(*, budget: Budget, on: date | None = None) -> Adoption | None:
    """What put a version in force on a day (on the year's last, unless said): of those begun by then, the last made."""
    day = on or date(budget.year, 12, 31)
    return (
        Adoption.objects.filter(version__budget=budget, in_force_from__lte=day)
        .select_related("version", "decision")
        .order_by("-in_force_from", "-pk")
        .first()
    )


def version_in_force(*, budget: Budget, on: date | None = None) -> BudgetVersion | None:
    """The version in force on a day, or on the last day of the budget's year."""
    adoption = adoption_in_force(budget=budget, on=on)
    return adoption.version if adoption else None


def shown_version(*, budget: Budget, number: int | None = None) -> BudgetVersion:
    """The version of a number; without one that in force, or else the latest. Refuses where nothing was presented."""
    if number is not None:
        return version_of(budget=budget, number=number)
    found = version_in_force(budget=budget) or latest_version(budget=budget)
    if found is None:
        raise Refusal(
            en=f"The budget of {budget.year} has not been presented yet.",
            es=f"El presupuesto de {budget.year} aún no se presenta.",
        )
    return found


def content(*, version: BudgetVersion) -> rule.Budget:
    """All a version says, as the rules read it. Two queries and those of its budget."""
    budget = Budget.objects.select_related("center").get(pk=version.budget_id)
    rows = version.lines.select_related("account", "fund").order_by("position")
    return rule.Budget(
        year=budget.year,
        currency=budget.center.currency,
        lines=tuple(
            Line(
                code=row.code,
                side=Side(row.side),
                account=row.account.role,
                fund=row.fund.code,
                name=Text(en=row.name_en, es=row.name_es),
                amount=row.amount,
                formula=row.formula,
                months=tuple(row.months),
                spread=Spread(row.spread),
                note=row.note,
            )
            for row in rows
        ),
        assumptions=tuple(
            Assumption(
                name=row.name,
                label=Text(en=row.label_en, es=row.label_es),
                value=row.value,
                said_by=row.said_by,
            )
            for row in version.assumptions.order_by("position")
        ),
    )


def without_names(*, budget: rule.Budget) -> rule.Budget:
    """What a version says without who assumed what, for readers who are nobody in particular."""
    return replace(budget, assumptions=tuple(replace(assumption, said_by="") for assumption in budget.assumptions))


def amendment_of(*, row: BudgetAmendment) -> Amendment:
    """An amendment as the rules read it; `row.against` is there."""
    return Amendment(
        number=row.number,
        against=row.against.number,
        difference=Difference(
            action=Action(row.action),
            now=thing_of(subject=row.subject, data=row.now),
            then=thing_of(subject=row.subject, data=row.then),
        ),
        why=Text(en=row.why_en, es=row.why_es),
        asked_by=row.asked_by,
    )


def amendments(*, budget: Budget, numbers: list[int] | None = None) -> list[BudgetAmendment]:
    """The amendments of a budget in their order, or those of some numbers. Refuses a number that is not there."""
    rows = BudgetAmendment.objects.filter(budget=budget).select_related("against", "decision", "into")
    if numbers is not None:
        rows = rows.filter(number__in=numbers)
    found = list(rows.order_by("number"))
    for number in sorted(set(numbers or []) - {row.number for row in found}):
        raise Refusal(
            en=f"There is no amendment {number} of the budget of {budget.year}.",
            es=f"No existe la modificación {number} del presupuesto de {budget.year}.",
        )
    return found
