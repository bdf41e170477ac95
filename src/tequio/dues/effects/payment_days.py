"""The effect `dues.adopt_payment_policy`: what follows when dues are late, for one center or several, from a day."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from tequio.centers.models import Center
from tequio.centers.queries import center_by_code
from tequio.decisions.effects import written
from tequio.decisions.effects.registry import Change, Consequences, Effect, Plan
from tequio.decisions.models import Decision
from tequio.dues.effects import succession
from tequio.dues.effects.standings_compared import behind, consequences_of
from tequio.dues.models import PaymentPolicy
from tequio.dues.operations.adopting import Thresholds, adopt_payment_policy, refuse_out_of_order
from tequio.dues.operations.standings import refresh_standings
from tequio.dues.threshold_lines import lines_of
from tequio.kernel.clock import day_in
from tequio.kernel.texts import text_of
from tequio.rules import account as rules
from tequio.rules.reasons import Text, both, long_date

_FIGURES = tuple(name for name in Thresholds.__dataclass_fields__ if name not in {"attempt_required", "works"})
_ALWAYS = ("notice_days", "plan_notice_days")  # 0 where a policy has none; the others are none then
_KEYS = frozenset({"code", "title", "valid_from", "centers", "assumed", *Thresholds.__dataclass_fields__})
_IN_WORKS = {"off", "hold", "removed_after_export"}
_STANDINGS = ("at_risk", "limited", "disabled", "inactive")
_LONGEST_SERVICE = 40
_HEAD = Text(en="When dues are late", es="Cuando la cuota se atrasa")


class AdoptPaymentPolicy:
    """Payment thresholds are adopted: from their day on every standing follows from them."""

    name = "dues.adopt_payment_policy"
    title = Text(en="Adopt what follows when dues are late", es="Adoptar qué sigue cuando las cuotas se atrasan")
    ahead = True  # it is dated by itself: adopted when confirmed, in force from its day
    example: Mapping[str, Any] = {
        "code": "payment-2031",
        "title": {"en": "Limited before disabled", "es": "Limitada antes de suspendida"},
        "valid_from": "2031-07-01",
        "centers": ["mx", "us"],
        "notice_days": 14,
        "at_risk_from": 31,
        "limited_from": 61,
        "disabled_from": 121,
        "return_days": 14,
        "inactive_after_months": 3,
        "works": {"disabled": {"off": ["sites", "lists", "sign_in"], "hold": ["mail"]}},
    }

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the thresholds as they are kept, those there are none of left out; or refuse them."""
        written.refuse_unknown(keys=data, known=_KEYS, where=self.name)
        code = written.code(data=data, longest=succession.LONGEST_CODE)
        title = written.bilingual(data=data, key="title", longest=200)
        valid_from = written.day_from(data=data, key="valid_from", on=on)
        centers = [center_by_code(code=center) for center in _center_codes(data)]
        kept: dict[str, Any] = {
            name: written.number(data=data, key=name) for name in _FIGURES if data.get(name) is not None
        }
        if not written.flag(data=data, key="attempt_required", default=True):
            kept["attempt_required"] = False
        if data.get("works"):
            kept["works"] = _works(data)
        assumed = written.words(data=data, key="assumed")
        written.refuse_unknown(keys=assumed, known=["valid_from", *Thresholds.__dataclass_fields__], where="assumed")
        refuse_out_of_order(code=code, thresholds=Thresholds(**kept))
        succession.refuse_taken(model=PaymentPolicy, code=code, centers=centers, valid_from=valid_from)
        return {
            "code": code,
            "title": title.as_dict(),
            "valid_from": valid_from.isoformat(),
            "centers": sorted(center.code for center in centers),
            **kept,
            **({"assumed": sorted(assumed)} if assumed else {}),
        }

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will say from when the thresholds hold and where."""
        day, centers = date.fromisoformat(data["valid_from"]), succession.centers_named(data["centers"])
        return Text(
            en=f"In force from {long_date(day=day, language='en')}: “{data['title']['en']}” for what follows when dues "
            f"are late ({centers.en}).",
            es=f"Vigente desde el {long_date(day=day, language='es')}: «{data['title']['es']}» para lo que sigue "
            f"cuando la cuota se atrasa ({centers.es}).",
        )

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """This method will name the thresholds that hold from its day on in each of its centers."""
        return succession.base_of(
            model=PaymentPolicy, code=data["code"], centers=_centers(data), on=date.fromisoformat(data["valid_from"])
        )

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out every threshold before and after.

        Nobody's standing changes for a day that is over: confirmed late, they begin on `on`.
        """
        begins = max(on, date.fromisoformat(data["valid_from"]))
        values = asdict(_thresholds(data))
        changes: list[Change] = []
        policies = []
        for center in _centers(data):
            code = succession.code_in(center=center.code, code=data["code"])
            old = succession.in_force_on(model=PaymentPolicy, center=center, on=begins, but=code)
            policies.append({"center": center.code, "code": code, "replaces": old.code if old else None})
            changes += _changes(center=center, old=old, values=values, title=data["title"], code=code, begins=begins)
        return Plan(
            effective_on=begins,
            changes=tuple(changes),
            data={
                "title": dict(data["title"]),
                "valid_from": begins.isoformat(),
                "policies": policies,
                "thresholds": values,
                "assumed": list(data.get("assumed", ())),
            },
        )

    def consequences(
        self,
        *,
        data: Mapping[str, Any],
        on: date,
        assumptions: Mapping[str, int] | None = None,  # noqa: ARG002 - CONFIG: the form of every kind; it rests on none
    ) -> Consequences:
        """This method will say whose standing would be another today if the thresholds began today."""
        values = {name: value for name, value in asdict(_thresholds(data)).items() if name in _OF_STANDING}
        return consequences_of(
            centers=_centers(data),
            policies={
                code: rules.PaymentPolicy(
                    code=succession.code_in(center=code, code=data["code"]),
                    title=Text(**data["title"]),
                    decision="",
                    valid_from=on,
                    **values,
                )
                for code in data["centers"]
            },
            on=on,
        )

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say that other thresholds were adopted since it was written, and name both."""
        return succession.moved(model=PaymentPolicy, before=base, now=self.base(data=data))

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will adopt the thresholds, one policy a center, each citing the decision.

        Where they hold already that day, the standing of whoever is behind is worked out at once.
        """
        centers = [center_by_code(code=row["center"]) for row in plan.data["policies"]]
        # Whoever writes about a member holds its center first; and the journal's tip comes after both.
        list(Center.objects.select_for_update().order_by("pk").values_list("pk"))
        for row in plan.data["policies"]:
            succession.refuse_another(model=PaymentPolicy, code=row["code"], decision=decision)
            adopt_payment_policy(
                center=center_by_code(code=row["center"]),
                code=row["code"],
                title=Text(**plan.data["title"]),
                valid_from=date.fromisoformat(plan.data["valid_from"]),
                decision=decision,
                thresholds=Thresholds(**plan.data["thresholds"]),
                assumed=list(plan.data["assumed"]),
                actor=actor,
                at=at,
            )
        begun = [c for c in centers if date.fromisoformat(plan.data["valid_from"]) <= day_in(zone=c.zone, at=at)]
        refresh_standings(member_pks=behind(centers=begun), actor=actor, at=at)
        return succession.result_of(plan=plan)

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the thresholds, and the decision they cite."""
        return succession.lost(model=PaymentPolicy, decision=decision, result=result)

    def inverse(
        self,
        *,
        data: Mapping[str, Any],  # noqa: ARG002 - CONFIG: the form of every kind of effect
        plan: Mapping[str, Any],  # noqa: ARG002 - CONFIG: as above
        result: Mapping[str, Any],
        on: date,
    ) -> list[Effect]:
        """This method will adopt again the thresholds that held before, under new codes, from `on`.

        A rule that dated older charges anew is not repeated: it was meant for its own beginning. Refuses where no
        thresholds held before.
        """
        begins = succession.begins_again(result=result, on=on)
        effects = []
        for center, code in sorted(result["replaced"].items()):
            old = succession.rule_before(model=PaymentPolicy, center=center, code=code)
            again = {
                "code": succession.free_code(model=PaymentPolicy, center=center, like=old.code),
                "title": text_of(row=old, name="title").as_dict(),
                "valid_from": begins.isoformat(),
                "centers": [center],
                **kept_of(policy=old),
            }
            effects.append(Effect(kind=self.name, data=again, base=self.base(data=again)))
        return effects


# The fields of a payment policy that standing is worked out from; the others say when a person is told.
_OF_STANDING = frozenset(rules.PaymentPolicy.__dataclass_fields__) & frozenset(Thresholds.__dataclass_fields__)


def kept_of(*, policy: PaymentPolicy) -> dict[str, Any]:
    """The figures of a policy as an effect keeps them: what a reversal adopts again, and a form begins with."""
    kept = {name: getattr(policy, name) for name in _FIGURES if name != "redates_older_by"}
    kept = {name: value for name, value in kept.items() if value is not None and not (name in _ALWAYS and not value)}
    if not policy.attempt_required:
        kept["attempt_required"] = False
    return {**kept, **({"works": policy.works} if policy.works else {})}


def _centers(data: Mapping[str, Any]) -> list[Center]:
    return [center_by_code(code=code) for code in data["centers"]]


def _center_codes(data: Mapping[str, Any]) -> list[str]:
    codes = written.words(data=data, key="centers")
    if not codes:
        raise written.wrong(key="centers", en="names at least one center", es="nombra al menos un centro")
    return codes


def _works(data: Mapping[str, Any]) -> dict[str, Any]:
    """What each standing stops, as it is kept."""
    works = written.table(data=data, key="works")
    written.refuse_unknown(keys=works, known=_STANDINGS, where="works")
    kept: dict[str, Any] = {}
    for standing in works:
        said = written.table(data=works, key=standing)
        written.refuse_unknown(keys=said, known=_IN_WORKS, where=f"works: {standing}")
        row: dict[str, Any] = {}
        for key in ("off", "hold"):
            services = written.words(data=said, key=key)
            if any(len(service) > _LONGEST_SERVICE for service in services):
                raise written.wrong(
                    key=key, en="names services in 40 letters at most", es="nombra servicios en 40 letras a lo más"
                )
            if services:
                row[key] = services
        if written.flag(data=said, key="removed_after_export", default=False):
            row["removed_after_export"] = True
        if row:
            kept[standing] = row
    return kept


def _thresholds(data: Mapping[str, Any]) -> Thresholds:
    return Thresholds(**{name: data[name] for name in Thresholds.__dataclass_fields__ if name in data})


def _changes(
    *,
    center: Center,
    old: PaymentPolicy | None,
    values: Mapping[str, Any],
    title: Mapping[str, str],
    code: str,
    begins: date,
) -> list[Change]:
    """The changes of one center: which thresholds from when, and each line that is new, gone or another one."""
    name = text_of(row=center, name="name")
    after = both(
        sentence=lambda language: (
            f"{title[language]} ({code}), "
            + ("from " if language == "en" else "desde el ")
            + long_date(day=begins, language=language)
        )
    )
    changes = [Change(what=_in(name, _HEAD), before=succession.named_rule(rule=old), after=after)]
    was = {} if old is None else {field: getattr(old, field) for field in Thresholds.__dataclass_fields__}
    before = {(line.field, line.name): line.value for line in lines_of(values=was)}
    then = {(line.field, line.name): line.value for line in lines_of(values=values)}
    keys = [*before, *(key for key in then if key not in before)]
    changes += [
        Change(what=_in(name, key[1]), before=before.get(key), after=then.get(key))
        for key in keys
        if before.get(key) != then.get(key)
    ]
    return changes


def _in(center: Text, what: Text) -> Text:
    return Text(en=f"{center.en}: {what.en}", es=f"{center.es}: {what.es}")
