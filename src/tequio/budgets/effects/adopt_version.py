"""The effect `budget.adopt_version`: a version of a budget is in force from a day, as it was presented."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tequio.budgets.effects.before_and_after import (
    base_of,
    center_named,
    changes,
    consequences,
    from_day,
    moved,
    named_budget,
    numbers,
)
from tequio.budgets.operations.adopting import adopt_version, open_amendments
from tequio.budgets.queries.versions import content, version_in_force, version_of
from tequio.decisions.effects.registry import Consequences, Effect, Plan
from tequio.decisions.effects.written import number, refuse_unknown
from tequio.decisions.models import Decision
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text, long_date


class AdoptVersion:
    """Puts a version of a center's budget in force."""

    name = "budget.adopt_version"
    title = Text(en="Adopt a version of a budget", es="Adoptar una versión de un presupuesto")
    example: Mapping[str, Any] = {"center": "us", "year": 2016, "version": 1, "from": "2016-02-06", "rejected": []}

    ahead = True  # an adoption is dated by itself

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """The center, year and version that are there, and a day that is not over."""
        refuse_unknown(keys=data, known=("center", "year", "version", "from", "rejected"))
        budget = named_budget(data=data)
        version = version_of(budget=budget, number=number(data=data, key="version", least=1, most=9_999))
        day = from_day(data=data, on=on, budget=budget)
        rejected = numbers(data=data, key="rejected")
        open_amendments(budget=budget, numbers=rejected)
        return {
            "center": budget.center.code,
            "year": budget.year,
            "version": version.number,
            "from": day.isoformat(),
            "rejected": rejected,
        }

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """In a sentence: the center, the version, the day."""
        day, center = date.fromisoformat(data["from"]), center_named(data=data)
        return Text(
            en=f"{center.en}: version {data['version']} of the budget of {data['year']} is in force from "
            f"{long_date(day=day, language='en')}.",
            es=f"{center.es}: la versión {data['version']} del presupuesto de {data['year']} entra en vigor el "
            f"{long_date(day=day, language='es')}.",
        )

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """The version in force and the latest."""
        return base_of(budget=named_budget(data=data))

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:  # noqa: ARG002 - CONFIG: of the protocol
        """The lines that would not be as they are."""
        budget = named_budget(data=data)
        now = version_in_force(budget=budget)
        after = content(version=version_of(budget=budget, number=data["version"]))
        return Plan(
            effective_on=date.fromisoformat(data["from"]),
            changes=changes(before=content(version=now) if now else None, after=after),
            data=dict(data),
        )

    def consequences(
        self,
        *,
        data: Mapping[str, Any],
        on: date,
        assumptions: Mapping[str, int] | None = None,  # noqa: ARG002 - CONFIG: of the protocol
    ) -> Consequences:
        """The year's totals now and then."""
        budget = named_budget(data=data)
        now = version_in_force(budget=budget)
        after = content(version=version_of(budget=budget, number=data["version"]))
        return consequences(budget=budget, before=content(version=now) if now else None, after=after, on=on)

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """Whether another version was made or adopted meanwhile."""
        return moved(budget=named_budget(data=data), base=base)

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """Adopt it; `before` is the version that was in force."""
        budget = named_budget(data=plan.data)
        before = version_in_force(budget=budget)
        adopt_version(
            budget=budget,
            number=plan.data["version"],
            rejected=list(plan.data["rejected"]),
            in_force_from=date.fromisoformat(plan.data["from"]),
            decision=decision,
            actor=actor,
            at=at,
        )
        return {"version": plan.data["version"], "before": before.number if before else 0}

    def inverse(
        self,
        *,
        data: Mapping[str, Any],
        plan: Mapping[str, Any],  # noqa: ARG002 - CONFIG: of the protocol
        result: Mapping[str, Any],
        on: date,
    ) -> list[Effect]:
        """The version that was in force before is adopted again."""
        return back_to(data=data, result=result, on=on)


def back_to(*, data: Mapping[str, Any], result: Mapping[str, Any], on: date) -> list[Effect]:
    """The effect that puts the version in force again that was before; refuses where there was none."""
    if not result.get("before"):
        center = center_named(data=data)
        raise Refusal(
            en=f"{center.en}: no version of the budget of {data['year']} was in force before, so there is nothing to "
            "go back to. Present and adopt another one.",
            es=f"{center.es}: antes no había en vigor ninguna versión del presupuesto de {data['year']}; no hay a "
            "cuál volver. Presente y adopte otra.",
        )
    written = {
        "center": data["center"],
        "year": data["year"],
        "version": result["before"],
        "from": on.isoformat(),
        "rejected": [],
    }
    budget = named_budget(data=data)
    return [Effect(kind=AdoptVersion.name, data=written, base=base_of(budget=budget))]
