"""The effect `budget.amend`: approved with modifications. Accepted amendments make the next version, in force."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tequio.budgets.effects.adopt_version import back_to
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
from tequio.budgets.models import Budget, BudgetAmendment
from tequio.budgets.operations.adopting import adopt_amended, open_amendments, refuse_on_both_sides
from tequio.budgets.queries.versions import amendment_of, amendments, content, version_in_force, version_of
from tequio.budgets.writing import refusal_of
from tequio.decisions.effects.registry import Consequences, Effect, Plan, Table
from tequio.decisions.effects.written import number, refuse_unknown, wrong
from tequio.decisions.models import Decision
from tequio.rules import budget as rule
from tequio.rules.budget import BudgetError
from tequio.rules.budget_changes import after_each, next_version, said
from tequio.rules.money import printed
from tequio.rules.reasons import Text, long_date

KEYS = ("center", "year", "version", "accepted", "rejected", "from")


class Amend:
    """Takes amendments into a budget's next version and puts that in force."""

    name = "budget.amend"
    title = Text(en="Adopt a budget with amendments", es="Adoptar un presupuesto con modificaciones")
    example: Mapping[str, Any] = {
        "center": "us",
        "year": 2016,
        "version": 1,
        "accepted": [1],
        "rejected": [],
        "from": "2016-02-06",
    }

    ahead = True  # an adoption is dated by itself

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """A version that is there, open amendments of it that can be taken together, and a day that is not over."""
        refuse_unknown(keys=data, known=KEYS)
        budget = named_budget(data=data)
        version = version_of(budget=budget, number=number(data=data, key="version", least=1, most=9_999))
        accepted, rejected = numbers(data=data, key="accepted"), numbers(data=data, key="rejected")
        if not accepted:
            raise wrong(
                key="accepted",
                en="names at least one amendment; a version as it is needs budget.adopt_version",
                es="nombra al menos una modificación; para una versión tal cual está budget.adopt_version",
            )
        refuse_on_both_sides(accepted=accepted, rejected=rejected)
        open_amendments(budget=budget, numbers=accepted)
        open_amendments(budget=budget, numbers=rejected)
        day = from_day(data=data, on=on, budget=budget)
        written = {
            "center": budget.center.code,
            "year": budget.year,
            "version": version.number,
            "accepted": accepted,
            "rejected": rejected,
            "from": day.isoformat(),
        }
        _next(budget=budget, data=written)
        return written

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """In a sentence: the center, the version, the amendments, the day."""
        center = center_named(data=data)
        day = date.fromisoformat(data["from"])
        accepted = ", ".join(map(str, data["accepted"]))
        rejected = ", ".join(map(str, data["rejected"]))
        return Text(
            en=f"{center.en}: the budget of {data['year']} is version {data['version']} with amendments {accepted}"
            f", in force from {long_date(day=day, language='en')}." + (f" Not taken: {rejected}." if rejected else ""),
            es=f"{center.es}: el presupuesto de {data['year']} es la versión {data['version']} con las "
            f"modificaciones {accepted}, vigente desde el {long_date(day=day, language='es')}."
            + (f" No se toman: {rejected}." if rejected else ""),
        )

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """The version in force and the latest."""
        return base_of(budget=named_budget(data=data))

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:  # noqa: ARG002 - CONFIG: of the protocol
        """The lines that would not be as they are in the version the amendments are to."""
        budget = named_budget(data=data)
        return Plan(
            effective_on=date.fromisoformat(data["from"]),
            changes=changes(
                before=content(version=version_of(budget=budget, number=data["version"])),
                after=_next(budget=budget, data=data),
            ),
            data=dict(data),
        )

    def consequences(
        self,
        *,
        data: Mapping[str, Any],
        on: date,
        assumptions: Mapping[str, int] | None = None,  # noqa: ARG002 - CONFIG: of the protocol
    ) -> Consequences:
        """The total after each amendment, and the year's totals now and then."""
        budget = named_budget(data=data)
        rows = amendments(budget=budget, numbers=list(data["accepted"]))
        now = version_in_force(budget=budget)
        against = content(version=version_of(budget=budget, number=data["version"]))
        return consequences(
            budget=budget,
            on=on,
            before=content(version=now) if now else None,
            after=_next(budget=budget, data=data),
            tables=(_each(number=data["version"], against=against, rows=rows),),
        )

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """Whether another version was made or adopted meanwhile."""
        return moved(budget=named_budget(data=data), base=base)

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """Make the next version and adopt it; `before` is the version that was in force."""
        data = plan.data
        budget = named_budget(data=data)
        before = version_in_force(budget=budget)
        following = adopt_amended(
            budget=budget,
            against=data["version"],
            accepted=list(data["accepted"]),
            rejected=list(data["rejected"]),
            in_force_from=date.fromisoformat(data["from"]),
            decision=decision,
            actor=actor,
            at=at,
        )
        return {"version": following.number, "before": before.number if before else 0}

    def inverse(
        self,
        *,
        data: Mapping[str, Any],
        plan: Mapping[str, Any],  # noqa: ARG002 - CONFIG: of the protocol
        result: Mapping[str, Any],
        on: date,
    ) -> list[Effect]:
        """The version that was in force before is adopted again; the amendments stay as they were decided."""
        return back_to(data=data, result=result, on=on)


def _next(*, budget: Budget, data: Mapping[str, Any]) -> rule.Budget:
    """The version that would be made."""
    rows = amendments(budget=budget, numbers=list(data["accepted"]))
    version = version_of(budget=budget, number=data["version"])
    try:
        return next_version(
            number=version.number,
            budget=content(version=version),
            accepted=[amendment_of(row=row) for row in rows],
        )
    except BudgetError as error:
        raise refusal_of(error=error) from error


def _each(*, number: int, against: rule.Budget, rows: list[BudgetAmendment]) -> Table:
    """Each amendment with who asked, why, and what is left over after it."""
    asked = [amendment_of(row=row) for row in rows]
    totals = after_each(number=number, budget=against, amendments=asked)
    return Table(
        title=Text(
            en="The amendments, and what is left over after each", es="Las modificaciones, y el resultado tras cada una"
        ),
        heads=(
            Text(en="No.", es="Núm."),
            Text(en="What", es="Qué"),
            Text(en="Asked by, because", es="Quién la pide y por qué"),
            Text(en="Left over", es="Resultado"),
        ),
        rows=tuple(
            (
                Text(en=str(amendment.number), es=str(amendment.number)),
                said(difference=amendment.difference, currency=against.currency),
                Text(en=f"{amendment.asked_by}: {amendment.why.en}", es=f"{amendment.asked_by}: {amendment.why.es}"),
                _same(printed(minor=found.result(), currency=against.currency)),
            )
            for amendment, found in zip(asked, totals, strict=True)
        ),
    )


def _same(shown: str) -> Text:
    return Text(en=shown, es=shown)
