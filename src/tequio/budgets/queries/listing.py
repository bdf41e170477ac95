"""Lists: every budget, the amendments of one with the total after each, two versions compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max

from tequio.budgets.models import Adoption, AmendmentState, Budget, BudgetAmendment, BudgetVersion
from tequio.budgets.queries.versions import amendment_of, amendments, content, version_of
from tequio.decisions.models import Decision
from tequio.kernel.errors import Refusal
from tequio.rules import budget as rule
from tequio.rules.budget import BudgetError, amounts
from tequio.rules.budget_changes import after_each, differences, said
from tequio.rules.reasons import Text

STATE_WORDS = {
    AmendmentState.OPEN: Text(en="open", es="abierta"),
    AmendmentState.ACCEPTED: Text(en="accepted", es="aceptada"),
    AmendmentState.REJECTED: Text(en="not taken", es="no se tomó"),
    AmendmentState.WITHDRAWN: Text(en="withdrawn", es="retirada"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One budget of the list."""

    center: str
    center_name: Text
    year: int
    currency: str
    versions: int
    in_force: int
    open_amendments: int
    has_draft: bool


def budgets(*, center_pks: Sequence[int] | None = None) -> list[Listed]:
    """Every budget, the newest year first. Three queries."""
    rows = Budget.objects.select_related("center").annotate(last=Max("versions__number"))
    if center_pks is not None:
        rows = rows.filter(center__in=center_pks)
    adopted = Adoption.objects.order_by("in_force_from", "pk").values_list("version__budget_id", "version__number")
    in_force: dict[int, int] = dict(adopted)  # the last one counts
    still_open = dict(
        BudgetAmendment.objects.filter(state=AmendmentState.OPEN).values_list("budget_id").annotate(count=Count("pk"))
    )
    return [
        Listed(
            center=row.center.code,
            center_name=Text(en=row.center.name_en, es=row.center.name_es),
            year=row.year,
            currency=row.center.currency,
            versions=row.last or 0,
            in_force=in_force.get(row.pk, 0),
            open_amendments=still_open.get(row.pk, 0),
            has_draft=row.draft is not None,
        )
        for row in rows.order_by("-year", "center__code")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One amendment as a numbered sentence: what, who, why, what became of it, and what is left over after it."""

    number: int
    said: Text
    why: Text
    asked_by: str
    source: str
    state: str
    state_word: Text
    decision: str | None
    into: int | None
    against: int
    result_after: int | None


def amendments_of(*, budget: Budget) -> list[Asked]:
    """The amendments of a budget in their order. `result_after`: with it and those before it that went the same way.

    Open ones are counted on top of the version they are asked of; accepted ones on the version they made another of.
    """
    rows = amendments(budget=budget)
    after: dict[int, int] = {}
    versions: dict[int, rule.Budget] = {}
    for state in (AmendmentState.OPEN, AmendmentState.ACCEPTED):
        groups: dict[tuple[int, int | None], list[BudgetAmendment]] = {}
        for row in rows:
            if row.state == state:
                groups.setdefault((row.against_id, row.into_id), []).append(row)
        for (against_pk, _), group in groups.items():
            if against_pk not in versions:
                versions[against_pk] = content(version=group[0].against)
            after.update(_totals(against=versions[against_pk], group=group))
    return [_asked(row=row, currency=budget.center.currency, after=after.get(row.number)) for row in rows]


def _totals(*, against: rule.Budget, group: Sequence[BudgetAmendment]) -> dict[int, int]:
    """What is left over after each; nothing from the first on that cannot stand beside those before it."""
    found: dict[int, int] = {}
    for count in range(len(group)):
        taken = [amendment_of(row=row) for row in group[: count + 1]]
        try:
            last = after_each(number=group[0].against.number, budget=against, amendments=taken)[-1]
        except BudgetError:
            break
        found[group[count].number] = last.result()
    return found


def _asked(*, row: BudgetAmendment, currency: str, after: int | None) -> Asked:
    amendment = amendment_of(row=row)
    return Asked(
        number=row.number,
        said=said(difference=amendment.difference, currency=currency),
        why=amendment.why,
        asked_by=row.asked_by,
        source=row.source,
        state=row.state,
        state_word=STATE_WORDS[AmendmentState(row.state)],
        decision=row.decision.code if row.decision else None,
        into=row.into.number if row.into else None,
        against=row.against.number,
        result_after=after,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two versions: what turns the one into the other, and what is left over in each."""

    versions: tuple[BudgetVersion, BudgetVersion]
    said: tuple[Text, ...]
    results: tuple[int, int]
    rows: tuple[tuple[Text, int | None, int | None], ...]


def compared(*, budget: Budget, first: int, second: int) -> Compared:
    """Compare two versions, line by line: what each comes to in the one and in the other."""
    versions = (version_of(budget=budget, number=first), version_of(budget=budget, number=second))
    old, new = (amounts(budget=content(version=version)) for version in versions)
    codes = dict.fromkeys([*old.months, *new.months])
    rows = []
    for code in codes:
        line = new.budget.line(code) or old.budget.line(code)
        if line is not None:
            was, now = (found.year(code) if code in found.months else None for found in (old, new))
            rows.append((line.name, was, now))
    found = differences(old=old.budget, new=new.budget)
    return Compared(
        versions=versions,
        said=tuple(said(difference=difference, currency=budget.center.currency) for difference in found),
        results=(old.result(), new.result()),
        rows=tuple(rows),
    )


def decision_by_code(*, code: str) -> Decision:
    """The decision of a code. Refuses one that is not recorded."""
    found = Decision.objects.filter(code=code).first()
    if found is None:
        raise Refusal(en=f"There is no decision “{code}”.", es=f"No existe el acuerdo «{code}».")
    return found
