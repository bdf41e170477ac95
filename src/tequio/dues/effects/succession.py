"""Which rules of a center stand in force from a day on: what an effect is written against, and whether it moved."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import chain, count
from typing import Any

from tequio.centers.models import Center
from tequio.decisions.effects.registry import Plan
from tequio.decisions.models import Decision
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text, long_date

LONGEST_CODE = 40  # with the center's code in front it fits its column
_ROOM_FOR_AGAIN = 12


def code_in(*, center: str, code: str) -> str:
    """The code of a rule in one center: what was written, with the center in front."""
    return f"{center}-{code}"


def in_force_on(*, model: type[Any], center: Center, on: date, but: str = "") -> Any | None:
    """The rule in force in a center on a day, `but` for one by its code; none before the first."""
    rules = model._default_manager.filter(center=center, valid_from__lte=on).exclude(code=but)
    return rules.select_related("decision").order_by("-valid_from").first()


def standing_from(*, model: type[Any], center: Center, on: date, but: str = "") -> list[str]:
    """The codes of the rules that hold in a center on a day or begin later, `but` for one; the earliest first."""
    first = in_force_on(model=model, center=center, on=on, but=but)
    later = model._default_manager.filter(center=center, valid_from__gt=on).exclude(code=but).order_by("valid_from")
    return ([first.code] if first else []) + list(later.values_list("code", flat=True))


def base_of(*, model: type[Any], code: str, centers: Iterable[Center], on: date) -> dict[str, Any]:
    """What stands from a day on in each center, as an effect keeps it: {"rules": {center: [codes]}}."""
    return {
        "rules": {
            center.code: standing_from(model=model, center=center, on=on, but=code_in(center=center.code, code=code))
            for center in centers
        }
    }


def moved(*, model: type[Any], before: Mapping[str, Any], now: Mapping[str, Any]) -> Text | None:
    """How what stands from the day on is not any more what it was when the effect was written; names both."""
    was = before.get("rules")
    if not isinstance(was, Mapping):
        return None
    for center, codes in now["rules"].items():
        then = was.get(center, [])
        if list(then) == list(codes):
            continue
        old, new = _said(model=model, codes=then), _said(model=model, codes=codes)
        return Text(
            en=f"It was written when {old.en} stood in {center} from that day on. Now it is {new.en}. "
            "Nothing is overwritten: look at both, and decide again.",
            es=f"Se escribió cuando en {center} regía {old.es} desde ese día. Ahora es {new.es}. "
            "Nada se sobrescribe: revisen ambas y acuerden de nuevo.",
        )
    return None


def refuse_taken(*, model: type[Any], code: str, centers: Iterable[Center], valid_from: date) -> None:
    """Refuse a code that names a rule already, and a second rule for one day."""
    for center in centers:
        mine = code_in(center=center.code, code=code)
        if model._default_manager.filter(code=mine).exists():
            raise Refusal(
                en=f"There is a rule “{mine}” already. Rules in force are never changed: "
                "give the new one another code.",
                es=f"Ya existe la regla «{mine}». Las reglas vigentes no se cambian: dé otro código a la nueva.",
            )
        same_day = model._default_manager.filter(center=center, valid_from=valid_from).first()
        if same_day is not None:
            raise Refusal(
                en=f"{same_day.code} begins in {center.code} on {long_date(day=valid_from, language='en')} already.",
                es=f"{same_day.code} ya empieza en {center.code} el {long_date(day=valid_from, language='es')}.",
            )


def centers_named(codes: Iterable[str], /) -> Text:
    """Some centers by their names, in the order of codes; by its code one that is not there."""
    wanted = sorted(codes)
    names = {center.code: text_of(row=center, name="name") for center in Center.objects.filter(code__in=wanted)}
    said = [names.get(code, Text(en=code, es=code)) for code in wanted]
    return Text(en=", ".join(name.en for name in said), es=", ".join(name.es for name in said))


def named_rule(*, rule: Any | None) -> Text | None:
    """A rule as a before and after names it: title, code, first day; None for none."""
    if rule is None:
        return None
    title = text_of(row=rule, name="title")
    return Text(
        en=f"{title.en} ({rule.code}), from {long_date(day=rule.valid_from, language='en')}",
        es=f"{title.es} ({rule.code}), desde el {long_date(day=rule.valid_from, language='es')}",
    )


def result_of(*, plan: Plan) -> dict[str, Any]:
    """What carrying a plan out made, by codes: the new rules, from when, and which ones they replaced."""
    rows = plan.data["policies"]
    return {
        "policies": [row["code"] for row in rows],
        "valid_from": plan.data["valid_from"],
        "replaced": {row["center"]: row["replaces"] for row in rows},
    }


def rule_before(*, model: type[Any], center: str, code: str | None) -> Any:
    """The rule that was replaced, which a reversal adopts again. Refuses where there was none."""
    old = model._default_manager.select_related("center").filter(code=code or "").first()
    if old is None:
        raise Refusal(
            en=f"There was no such rule in {center} before, so there is nothing to go back to. Adopt another one.",
            es=f"Antes no había una regla así en {center}: no hay a qué volver. Adopten otra.",
        )
    return old


def begins_again(*, result: Mapping[str, Any], on: date) -> date:
    """The day a reversal begins: `on`, or the day after the rule began that it takes back, whichever is later."""
    return max(on, date.fromisoformat(result["valid_from"]) + timedelta(days=1))


def free_code(*, model: type[Any], center: str, like: str) -> str:
    """A code like that of a rule, which names none in a center yet: "dues-2010-again", "dues-2010-again-2"."""
    stem = f"{like.removeprefix(f'{center}-')[: LONGEST_CODE - _ROOM_FOR_AGAIN].rstrip('-')}-again"
    taken = set(model._default_manager.filter(center__code=center).values_list("code", flat=True))
    numbered = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(code for code in numbered if code_in(center=center, code=code) not in taken)


def _said(*, model: type[Any], codes: Iterable[str]) -> Text:
    days = dict(model._default_manager.filter(code__in=list(codes)).values_list("code", "valid_from"))
    en, es = [], []
    for code in codes:
        day = days.get(code)
        en.append(f"{code} (from {long_date(day=day, language='en')})" if day else code)
        es.append(f"{code} (desde el {long_date(day=day, language='es')})" if day else code)
    return Text(en=", then ".join(en) or "no rule", es=", luego ".join(es) or "ninguna regla")


def refuse_another(*, model: type[Any], code: str, decision: Decision) -> None:
    """Refuse to carry a plan out where its code names a rule of another decision by now."""
    there = model._default_manager.select_related("decision").filter(code=code).exclude(decision=decision).first()
    if there is not None:
        raise Refusal(
            en=f"There is a rule “{code}” by now, of decision {there.decision.code}. Nothing was changed.",
            es=f"Ya existe la regla «{code}», del acuerdo {there.decision.code}. No se cambió nada.",
        )


def in_a_sentence(text: Text, /) -> Text:
    """A sentence as part of another: without its last stop."""
    return Text(en=text.en.removesuffix("."), es=text.es.removesuffix("."))


def lost(*, model: type[Any], decision: Decision, result: Mapping[str, Any]) -> str:
    """The first rule an effect adopted that is not there or cites another decision, in a sentence; empty for none."""
    wanted = list(result.get("policies", ()))
    there = set(model._default_manager.filter(code__in=wanted, decision=decision).values_list("code", flat=True))
    gone = next((code for code in wanted if code not in there), None)
    return "" if gone is None else f"there is no rule {gone} that cites it"
