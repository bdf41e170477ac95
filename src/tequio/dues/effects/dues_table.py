"""The effect `dues.adopt_policy`: a table of dues, for one center or several, in force from a day."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tequio.centers.models import Center
from tequio.centers.queries import center_by_code
from tequio.decisions.effects import written
from tequio.decisions.effects.registry import Change, Consequences, Effect, Plan
from tequio.decisions.models import Decision
from tequio.dues.effects import succession
from tequio.dues.effects.amounts import as_written, bands_of, cells_of, checked_table, shares_of_bands
from tequio.dues.effects.dues_consequences import consequences_of
from tequio.dues.models import DuesPolicy, Invoice, InvoiceKind, Tariff
from tequio.dues.names import MEMBER_KINDS
from tequio.dues.operations.adopting import TariffLine, adopt_dues_policy
from tequio.kernel.texts import text_of
from tequio.rules.dues import PART_NAMES, DuesTable, Part
from tequio.rules.dues import Tariff as Cell
from tequio.rules.money import printed
from tequio.rules.reasons import Text, both, long_date

_KEYS = frozenset({"code", "title", "valid_from", "tables", "bands", "default_band", "assumed"})
_ASSUMABLE = ("valid_from", "bands", "default_band", *(part.value for part in Part))
_FIRST_DAY = Text(en="Table of dues", es="Tabla de cuotas")


class AdoptDuesPolicy:
    """A table of dues is adopted: from its day on billing reads it; whatever was billed before keeps its rule."""

    name = "dues.adopt_policy"
    title = Text(en="Adopt a table of dues", es="Adoptar una tabla de cuotas")
    ahead = True  # it is dated by itself: adopted when confirmed, in force from its day
    example: Mapping[str, Any] = {
        "code": "dues-2031",
        "title": {"en": "Dues of 2031, in two parts", "es": "Cuotas de 2031, en dos partes"},
        "valid_from": "2031-07-01",
        "tables": {
            "us": {
                "organization": {"membership": "60", "operations": "160"},
                "individual": {"membership": "30", "operations": "80"},
            },
            "mx": {
                "organization": {"membership": "1100", "operations": "3200"},
                "individual": {"membership": "880", "operations": "2500"},
            },
        },
    }

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the table as it is kept, every amount written out; or refuse it."""
        written.refuse_unknown(keys=data, known=_KEYS, where=self.name)
        code = written.code(data=data, longest=succession.LONGEST_CODE)
        title = written.bilingual(data=data, key="title", longest=200)
        valid_from = written.day_from(data=data, key="valid_from", on=on)
        tables = written.table(data=data, key="tables")
        bands = shares_of_bands(data=data)
        centers = [center_by_code(code=center) for center in tables]
        kept = {center.code: checked_table(data=tables, center=center.code, bands=bands) for center in centers}
        default_band = bands_of(kept=kept, default_band=data.get("default_band"))
        assumed = written.words(data=data, key="assumed")
        written.refuse_unknown(keys=assumed, known=_ASSUMABLE, where="assumed")
        succession.refuse_taken(model=DuesPolicy, code=code, centers=centers, valid_from=valid_from)
        return {
            "code": code,
            "title": title.as_dict(),
            "valid_from": valid_from.isoformat(),
            "tables": kept,
            **({} if default_band is None else {"default_band": default_band}),
            **({"assumed": sorted(assumed)} if assumed else {}),
        }

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will say which table begins where and when."""
        day, centers = date.fromisoformat(data["valid_from"]), succession.centers_named(data["tables"])
        return Text(
            en=f"In force from {long_date(day=day, language='en')}: the table of dues “{data['title']['en']}” "
            f"({centers.en}). What was billed before keeps the rule it was billed under.",
            es=f"Vigente desde el {long_date(day=day, language='es')}: la tabla de cuotas «{data['title']['es']}» "
            f"({centers.es}). Lo cobrado antes conserva la regla con que se cobró.",
        )

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """This method will name the tables that hold from its day on in each of its centers."""
        return succession.base_of(
            model=DuesPolicy,
            code=data["code"],
            centers=_centers(data),
            on=date.fromisoformat(data["valid_from"]),
        )

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out every amount before and after.

        What was billed keeps its rule: where, confirmed late, invoices were made on or after the day decided, the
        table begins on the day after the last of them.
        """
        centers = _centers(data)
        begins = _begins(centers=centers, decided=date.fromisoformat(data["valid_from"]), on=on)
        changes: list[Change] = []
        policies = []
        for center in centers:
            code = succession.code_in(center=center.code, code=data["code"])
            old = succession.in_force_on(model=DuesPolicy, center=center, on=begins, but=code)
            cells = cells_of(kept=data["tables"][center.code])
            changes += _lines(center=center, old=old, new=cells, title=data["title"], code=code, begins=begins)
            policies.append(
                {
                    "center": center.code,
                    "code": code,
                    "replaces": old.code if old else None,
                    "default_band": data.get("default_band") if any(c.band is not None for c in cells) else None,
                    "assumed": sorted({*data.get("assumed", ()), *data["tables"][center.code].get("assumed", ())}),
                    "tariffs": [
                        {"kind": c.kind, "part": c.part, "band": c.band, "amount": c.amount, "assumed": c.assumed}
                        for c in cells
                    ],
                }
            )
        return Plan(
            effective_on=begins,
            changes=tuple(changes),
            data={"title": dict(data["title"]), "valid_from": begins.isoformat(), "policies": policies},
        )

    def consequences(
        self, *, data: Mapping[str, Any], on: date, assumptions: Mapping[str, int] | None = None
    ) -> Consequences:
        """This method will say who pays more and less, what a year comes to, and what would make up for a loss."""
        plan = self.plan(data=data, on=on)
        return consequences_of(
            centers=_centers(data),
            tables={
                row["center"]: DuesTable(
                    tariffs=[
                        Cell(id=number, kind=c["kind"], part=c["part"], band=c["band"], amount=c["amount"])
                        for number, c in enumerate(row["tariffs"])
                    ],
                    default_band=row["default_band"],
                )
                for row in plan.data["policies"]
            },
            codes={row["code"] for row in plan.data["policies"]},
            begins=plan.effective_on,
            on=on,
            assumptions=assumptions or {},
        )

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say that another table was adopted since it was written, and name both."""
        return succession.moved(model=DuesPolicy, before=base, now=self.base(data=data))

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will adopt the tables, one policy a center, each citing the decision."""
        title = Text(**plan.data["title"])
        for row in plan.data["policies"]:
            center = center_by_code(code=row["center"])
            succession.refuse_another(model=DuesPolicy, code=row["code"], decision=decision)
            adopt_dues_policy(
                center=center,
                code=row["code"],
                title=title,
                valid_from=date.fromisoformat(plan.data["valid_from"]),
                decision=decision,
                tariffs=[TariffLine(**cell) for cell in row["tariffs"]],
                default_band=row["default_band"],
                assumed=row["assumed"],
                actor=actor,
                at=at,
            )
        return succession.result_of(plan=plan)

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the tables of dues, and the decision they cite."""
        return succession.lost(model=DuesPolicy, decision=decision, result=result)

    def inverse(
        self,
        *,
        data: Mapping[str, Any],  # noqa: ARG002 - CONFIG: the form of every kind of effect
        plan: Mapping[str, Any],  # noqa: ARG002 - CONFIG: as above
        result: Mapping[str, Any],
        on: date,
    ) -> list[Effect]:
        """This method will adopt again the tables that were in force before, under new codes, from `on`.

        Where the table has not begun by then, from the day after it begins. Refuses where there was none before.
        """
        begins = succession.begins_again(result=result, on=on)
        effects = []
        for center, code in sorted(result["replaced"].items()):
            old = succession.rule_before(model=DuesPolicy, center=center, code=code)
            again = {
                "code": succession.free_code(model=DuesPolicy, center=center, like=old.code),
                "title": text_of(row=old, name="title").as_dict(),
                "valid_from": begins.isoformat(),
                "tables": {center: kept_of(policy=old)},
                **({} if old.default_band is None else {"default_band": old.default_band}),
            }
            effects.append(Effect(kind=self.name, data=again, base=self.base(data=again)))
        return effects


def kept_of(*, policy: DuesPolicy) -> dict[str, Any]:
    """The table of a policy as an effect keeps it: what a reversal adopts again, and a form begins with."""
    kept: dict[str, Any] = {}
    assumed = set()
    for cell in Tariff.objects.filter(policy=policy).order_by("kind", "part", "band"):
        parts = kept.setdefault(cell.kind, {})
        amount = as_written(minor=cell.amount)
        if cell.band is None:
            parts[cell.part] = amount
        else:
            parts.setdefault(cell.part, {})[str(cell.band)] = amount
        if cell.assumed:
            assumed.add(cell.part)
    return {**kept, **({"assumed": sorted(assumed)} if assumed else {})}


def _centers(data: Mapping[str, Any]) -> list[Center]:
    return [center_by_code(code=code) for code in sorted(data["tables"])]


def _begins(*, centers: list[Center], decided: date, on: date) -> date:
    """The first day of a table: the one decided, or, confirmed late, the day after the last invoice made since."""
    if decided > on:
        return decided
    made = (
        Invoice.objects.filter(
            kind=InvoiceKind.DUES, center__in=centers, invoiced_on__gte=decided, cancelled_on__isnull=True
        )
        .order_by("-invoiced_on")
        .values_list("invoiced_on", flat=True)
        .first()
    )
    return decided if made is None else made + timedelta(days=1)


def _lines(
    *, center: Center, old: DuesPolicy | None, new: list[TariffLine], title: Mapping[str, str], code: str, begins: date
) -> list[Change]:
    """The changes of one center: which table from when, and each amount before and after."""
    name = text_of(row=center, name="name")
    after = both(
        sentence=lambda language: (
            f"{title[language]} ({code}), "
            + ("from " if language == "en" else "desde el ")
            + long_date(day=begins, language=language)
        )
    )
    head = Text(en=f"{name.en}: {_FIRST_DAY.en}", es=f"{name.es}: {_FIRST_DAY.es}")
    changes = [Change(what=head, before=succession.named_rule(rule=old), after=after)]
    before = {}
    if old is not None:
        for cell in Tariff.objects.filter(policy=old).order_by("pk"):
            before[cell.kind, cell.part, cell.band] = cell.amount
    then = {(cell.kind, cell.part, cell.band): cell.amount for cell in new}
    kinds, parts = list(MEMBER_KINDS), [part.value for part in Part]
    banded = {key[:2] for key in [*before, *then] if key[2] is not None}
    keys = {key for key in [*before, *then] if key[2] is not None or key[:2] not in banded}
    for key in sorted(keys, key=lambda key: (kinds.index(key[0]), parts.index(key[1]), key[2] or 0)):
        kind, part, band = key
        changes.append(
            Change(
                what=_cell_name(center=name, kind=kind, part=part, band=band),
                before=_amount(_of_band(before, key), currency=center.currency),
                after=_amount(_of_band(then, key), currency=center.currency),
            )
        )
    return changes


def _of_band(cells: Mapping[tuple[str, str, int | None], int], key: tuple[str, str, int | None]) -> int | None:
    """The amount of a cell, or the one for every band where that table has no bands there."""
    return cells.get(key, cells.get((key[0], key[1], None)))


def _cell_name(*, center: Text, kind: str, part: str, band: int | None) -> Text:
    named, of = MEMBER_KINDS[kind], PART_NAMES[Part(part)]
    return Text(
        en=f"{center.en}: {named.en}, {of.en.lower()}" + ("" if band is None else f", income band {band}"),
        es=f"{center.es}: {named.es}, {of.es.lower()}" + ("" if band is None else f", rango de ingreso {band}"),
    )


def _amount(minor: int | None, *, currency: str) -> Text | None:
    if minor is None:
        return None
    said = printed(minor=minor, currency=currency)
    return Text(en=said, es=said)
