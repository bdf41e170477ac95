"""The rules for people: every dated rule of every center with its figures in a table and the decision behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.dues.models import DuesPolicy, PaymentPolicy, Tariff
from tequio.dues.policies import RuleRow, rules_listed
from tequio.dues.threshold_lines import THRESHOLDS, lines_of
from tequio.followup.queries.policies_listed import KIND as FOLLOW_UP
from tequio.followup.queries.policies_listed import ladder_lines, ladders_listed
from tequio.kernel.texts import text_of
from tequio.rules.dues import PART_NAMES, Part
from tequio.rules.reasons import Text

IN_FORCE, PAST, TO_COME = "in_force", "past", "to_come"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One cell of a dues table, in minor units, and whether it is assumed rather than found in a source."""

    minor: int
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesRow:
    """One row of a dues table: whose dues, and what each part is for it; `whole` is the year's total."""

    kind: str
    band: int | None
    parts: dict[str, Amount]

    @property
    def whole(self) -> int:
        """The parts together: all of one currency."""
        return sum(amount.minor for amount in self.parts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of a payment policy: what it says, its figure, and whether that is assumed."""

    name: Text
    value: Text
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One dated rule of one center, as the page shows it. `until` is its last day, none while no other follows."""

    row: RuleRow
    state: str
    until: date | None
    body: Text
    dues: list[DuesRow]
    parts: list[str]
    default_band: int | None
    figures: list[Figure]
    assumed_day: bool
    also_assumed: list[Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterRules:
    """The rules of one center, by kind, the one in force first and then from the newest to the oldest."""

    center: Center
    name: Text
    dues: list[Rule]
    payment: list[Rule]
    follow_up: list[Rule]


_ASSUMED_WORDS = {
    "bands": Text(en="the income bands", es="los rangos de ingreso"),
    "default_band": Text(en="the band of who declared none", es="el rango de quien no declaró"),
}


def rules_by_center(*, days: dict[str, date]) -> list[CenterRules]:
    """Every rule of every center; `days` is today in each, by its code. The queries do not grow with the rules."""
    rows = [*rules_listed(), *ladders_listed()]
    bodies = {d.code: text_of(row=d.body, name="name") for d in Decision.objects.select_related("body").order_by("pk")}
    tables = _tables()
    bands = dict(DuesPolicy.objects.order_by("pk").values_list("code", "default_band"))
    ladders = ladder_lines()
    payments = {policy.code: policy for policy in PaymentPolicy.objects.order_by("pk")}
    found = []
    for center in Center.objects.order_by("code"):
        by_kind: dict[str, list[Rule]] = {"dues": [], "payment": [], FOLLOW_UP: []}
        for kind, rules in by_kind.items():
            mine = [row for row in rows if row.center == center.code and row.kind == kind]
            for row, until, state in _dated(rows=mine, on=days[center.code]):
                dues = tables.get(row.code, [])
                rules.append(
                    Rule(
                        row=row,
                        state=state,
                        until=until,
                        body=bodies[row.decision],
                        dues=dues,
                        parts=[p.value for p in Part if any(p.value in cells.parts for cells in dues)],
                        default_band=bands.get(row.code),
                        figures=_figures(policy=payments[row.code])
                        if row.code in payments
                        else [
                            Figure(name=name, value=said, assumed=word in row.assumed)
                            for word, name, said in ladders.get(row.code, [])
                        ],
                        assumed_day="valid_from" in row.assumed,
                        also_assumed=[_ASSUMED_WORDS[word] for word in row.assumed if word in _ASSUMED_WORDS],
                    )
                )
            rules.sort(key=lambda rule: (rule.state != IN_FORCE, -rule.row.valid_from.toordinal()))
        found.append(CenterRules(center=center, name=text_of(row=center, name="name"), **by_kind))
    return found


def _dated(*, rows: list[RuleRow], on: date) -> Iterable[tuple[RuleRow, date | None, str]]:
    """Each rule with its last day and whether it is in force: it is until the next one begins."""
    ordered = sorted(rows, key=lambda row: row.valid_from)
    ends = [later.valid_from - timedelta(days=1) for _, later in pairwise(ordered)]
    for row, until in zip(ordered, [*ends, None], strict=False):
        if row.valid_from > on:
            yield row, until, TO_COME
        else:
            yield row, until, PAST if until is not None and until < on else IN_FORCE


def _tables() -> dict[str, list[DuesRow]]:
    """The dues tables by policy code, bands in order."""
    cells: dict[str, dict[tuple[str, int | None], dict[str, Amount]]] = {}
    tariffs = Tariff.objects.order_by("policy_id", "-kind", "band", "pk")
    for code, kind, band, part, minor, assumed in tariffs.values_list(
        "policy__code", "kind", "band", "part", "amount", "assumed"
    ):
        rows = cells.setdefault(code, {})
        rows.setdefault((kind, band), {})[part] = Amount(minor=minor, assumed=assumed)
    return {
        code: [DuesRow(kind=kind, band=band, parts=parts) for (kind, band), parts in rows.items()]
        for code, rows in cells.items()
    }


def _figures(*, policy: PaymentPolicy) -> list[Figure]:
    """The lines of a payment policy that say something, in the order things happen to a member."""
    said = lines_of(values={name: getattr(policy, name) for name in THRESHOLDS})
    return [Figure(name=line.name, value=line.value, assumed=line.field in policy.assumed) for line in said]


def part_name(*, part: str) -> Text:
    """What a part of the dues is called in a heading."""
    return PART_NAMES[Part(part)]
