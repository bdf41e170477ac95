"""The effect `body.adopt_rule`: how a body decides, from a day on."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tequio.decisions.effects import written
from tequio.decisions.effects.quiet import Quiet, dated
from tequio.decisions.effects.reading import body_from
from tequio.decisions.effects.registry import Change, Effect, Plan
from tequio.decisions.models import Body, Decision, DecisionRule
from tequio.decisions.operations.founding import (
    adopt_rule,
    checked_terms,
)
from tequio.decisions.queries.in_force import body_by_code
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.decision_sentences import sentences_of
from tequio.rules.decision_terms import rule_from_terms
from tequio.rules.reasons import Text, long_date

_LONGEST_RULE = 60


class AdoptRule(Quiet):
    """A body gets another rule of decision, from a day on. Votes that are open keep theirs."""

    name = "body.adopt_rule"
    title = Text(en="Adopt how a body decides", es="Adoptar cómo decide una instancia")
    ahead = True
    example: Mapping[str, Any] = {
        "body": "leadership-committee",
        "code": "leadership-committee-2031",
        "title": {"en": "Rules of decision, 2031", "es": "Reglas de decisión, 2031"},
        "from": "2031-07-01",
        "terms": {"quorum": "1/2", "majority": ">3/4", "review_hours": 96, "delay_days": 5, "consensus_first": True},
    }
    _keys = frozenset({"body", "code", "title", "from", "terms"})

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the rule with its terms whole; or refuse what makes none, or a code that is taken."""
        written.refuse_unknown(keys=data, known=self._keys, where=self.name)
        body = body_from(data=data)
        code = written.code(data=data, longest=_LONGEST_RULE)
        title = written.bilingual(data=data, key="title", longest=200)
        day = written.day_from(data=data, key="from", on=on)
        if DecisionRule.objects.filter(code=code).exists():
            raise Refusal(
                en=f"There is a rule “{code}” already. Rules in force are never changed: "
                "give the new one another code.",
                es=f"Ya existe la regla «{code}». Las reglas vigentes no se cambian: dé otro código a la nueva.",
            )
        if DecisionRule.objects.filter(body=body, valid_from=day).exists():
            raise Refusal(
                en=f"Another rule of {body.name_en} begins on {long_date(day=day, language='en')} already.",
                es=f"Otra regla de {body.name_es} ya empieza el {long_date(day=day, language='es')}.",
            )
        terms = written.table(data=data, key="terms")
        return {
            "body": body.code,
            "code": code,
            "title": title.as_dict(),
            "from": day.isoformat(),
            "terms": checked_terms(voters=body.voters, code=code, title=title, valid_from=day, terms=terms),
        }

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will name the body, the rule and the day."""
        name, title = text_of(row=body_by_code(code=data["body"]), name="name"), Text(**data["title"])
        frame = Text(en=f"{name.en} decides by “{title.en}”", es=f"{name.es} decide según «{title.es}»")
        return dated(frame, date.fromisoformat(data["from"]))

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """This method will name the rule that is last on the list."""
        return {"rule": _last_rule(body_by_code(code=data["body"]))}

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say that another rule was adopted since, and name both."""
        body = body_by_code(code=data["body"])
        then, now = base.get("rule"), _last_rule(body)
        if then == now or "rule" not in base:
            return None
        return Text(
            en=f"It was written when {then or 'no rule'} was the last rule of {body.name_en}. Now it is {now}. "
            "Nothing is overwritten: look at both, and decide again.",
            es=f"Se escribió cuando la última regla de {body.name_es} era {then or 'ninguna'}. Ahora es {now}. "
            "Nada se sobrescribe: revisen ambas y acuerden de nuevo.",
        )

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out what is asked before and after, sentence by sentence. Confirmed late, from `on`."""
        body = body_by_code(code=data["body"])
        begins = max(on, date.fromisoformat(data["from"]))
        before = DecisionRule.objects.filter(body=body, valid_from__lte=begins).order_by("-valid_from").first()
        return Plan(
            effective_on=begins,
            changes=tuple(rule_changes(before=before, terms=data["terms"], day=begins)),
            data={**data, "from": begins.isoformat(), "replaces": before.code if before else None},
        )

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will adopt the rule, citing the decision."""
        data = plan.data
        if DecisionRule.objects.filter(code=data["code"]).exists():
            raise Refusal(en=f"There is a rule “{data['code']}” by now.", es=f"Ya existe la regla «{data['code']}».")
        rule = adopt_rule(
            body=body_by_code(code=data["body"]),
            code=data["code"],
            title=Text(**data["title"]),
            valid_from=date.fromisoformat(data["from"]),
            decision=decision,
            terms=data["terms"],
            actor=actor,
            at=at,
        )
        return {"rule": rule.code, "from": data["from"]}

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the rule, and the decision it cites."""
        there = DecisionRule.objects.filter(code=result.get("rule"), decision=decision).exists()
        return "" if there else f"there is no rule {result.get('rule')} that cites it"

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will adopt again what held before, or refuse where nothing did."""
        old = DecisionRule.objects.filter(code=plan.get("replaces") or "").first()
        if old is None:
            raise Refusal(
                en="The body had no rule of decision before; there is none to go back to. Adopt another one.",
                es="La instancia no tenía regla de decisión antes: no hay a cuál volver. Adopten otra.",
            )
        again = {
            "body": data["body"],
            "code": free_rule_code(f"{old.code[:48]}-again"),
            "title": text_of(row=old, name="title").as_dict(),
            "from": day_after(on, result["from"]),
            "terms": old.terms,
        }
        return [Effect(kind=self.name, data=again)]


def _last_rule(body: Body) -> str | None:
    return DecisionRule.objects.filter(body=body).order_by("-valid_from").values_list("code", flat=True).first()


def free_rule_code(stem: str, /) -> str:
    """A code like this that names no rule yet."""
    taken = set(DecisionRule.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))] if code not in taken)


def day_after(on: date, begun: str, /) -> str:
    """The day a reversal begins: `on`, or the day after what it takes back began, whichever is later."""
    return max(on, date.fromisoformat(begun) + timedelta(days=1)).isoformat()


def rule_changes(*, before: DecisionRule | None, terms: Mapping[str, Any], day: date) -> list[Change]:
    """Each thing a rule says, as it is and as it will be; what stays is left out where something was there before."""
    empty = Text(en="", es="")
    new = dict(sentences_of(rule_from_terms(code="", title=empty, decision="", valid_from=day, terms=terms)))
    old: dict[Text, Text] = {}
    if before is not None:
        rule = rule_from_terms(code="", title=empty, decision="", valid_from=day, terms=before.terms)
        old = dict(sentences_of(rule))
    return [
        Change(what=what, before=old.get(what), after=new.get(what))
        for what in [*new, *(head for head in old if head not in new)]
        if old.get(what) != new.get(what)
    ]
