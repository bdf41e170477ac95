# ruff: noqa: ARG002 - CONFIG: the registry gives every kind the same arguments
"""Effects on bodies: founding and ending one, changing what it is for."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tequio.accounts.models import User
from tequio.decisions.effects import written
from tequio.decisions.effects.deciding_rules import day_after, free_rule_code, rule_changes
from tequio.decisions.effects.in_order import BodyToBe, Made
from tequio.decisions.effects.quiet import Quiet, dated
from tequio.decisions.effects.reading import body_from, name_of, person_from
from tequio.decisions.effects.registry import Change, Effect, Plan
from tequio.decisions.models import Body, BodyKind, Decision, Mandate, Office, Voters
from tequio.decisions.operations.founding import (
    adopt_mandate,
    adopt_rule,
    change_body,
    checked_terms,
    end_body,
    found_body,
)
from tequio.decisions.operations.seating import OFFICE_NAMES, appoint, open_seat
from tequio.decisions.queries.in_force import body_by_code, mandate_on
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text, long_date

_LONGEST_CODE = 40
_LONGEST_MANDATE = 4_000
_MOST_PEOPLE = 100
_NAME, _FOR = Text(en="Name", es="Nombre"), Text(en="What it is for", es="Para qué es")
_SITS = Text(en="Sits on it", es="Forma parte")
_REACH = Text(en="What it may reach", es="A qué tiene acceso")


class CreateBody(Quiet):
    """A body is founded, with its mandate and, where it decides, its rule."""

    name = "body.create"
    title = Text(en="Found a body", es="Crear una instancia")
    example: Mapping[str, Any] = {
        "code": "translation-team",
        "name": {"en": "Translation team", "es": "Equipo de traducción"},
        "kind": "team",
        "mandate": {"en": "Translates what is put to the vote.", "es": "Traduce lo que se vota."},
        "from": "2031-07-01",
        "terms": {"quorum": "1/2", "majority": ">1/2"},
    }
    _keys = frozenset({"code", "name", "kind", "voters", "mandate", "access_scopes", "from", "terms", "people"})

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the body as it is kept, with its terms whole; or refuse a code that is taken."""
        written.refuse_unknown(keys=data, known=self._keys, where=self.name)
        code = written.code(data=data, longest=_LONGEST_CODE)
        _refuse_taken(code)
        kind, voters = data.get("kind", BodyKind.COMMITTEE.value), data.get("voters", Voters.PEOPLE.value)
        if kind not in list(BodyKind) or voters not in list(Voters):
            raise Refusal(
                en=f"A body is one of {', '.join(BodyKind)}, and voted in by {' or '.join(Voters)}.",
                es=f"Una instancia es una de {', '.join(BodyKind)}, y en ella vota {' o '.join(Voters)}.",
            )
        day = written.day_from(data=data, key="from", on=on)
        kept: dict[str, Any] = {
            "code": code,
            "name": written.bilingual(data=data, key="name", longest=120).as_dict(),
            "kind": str(kind),
            "voters": str(voters),
            "mandate": written.bilingual(data=data, key="mandate", longest=_LONGEST_MANDATE).as_dict(),
            "access_scopes": sorted(written.words(data=data, key="access_scopes")),
            "from": day.isoformat(),
            "people": _people(data),
        }
        if data.get("terms"):
            terms = written.table(data=data, key="terms")
            kept["terms"] = checked_terms(
                voters=str(voters), code=code, title=Text(en="", es=""), valid_from=day, terms=terms
            )
        return kept

    def makes(self, *, data: Mapping[str, Any]) -> Made:
        """This method will say which body it founds, from whatever was written."""
        code, name, terms = data.get("code"), data.get("name"), data.get("terms")
        if not isinstance(code, str):
            return Made()
        called = Text(**{key: _word(name, key) or code for key in ("en", "es")})
        asked = terms.get("review_hours") if isinstance(terms, Mapping) else None
        hours = asked if type(asked) is int else None
        return Made(founded={code: BodyToBe(name=called, begins=_day_or_none(data), review_hours=hours)})

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will name the body and its first day."""
        name = Text(**data["name"])
        frame = Text(en=f"“{name.en}” is founded", es=f"Se crea «{name.es}»")
        return dated(frame, date.fromisoformat(data["from"]))

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out the body, what it is for and how it decides."""
        changes = [
            Change(what=_NAME, before=None, after=Text(**data["name"])),
            Change(what=_FOR, before=None, after=Text(**data["mandate"])),
        ]
        if data["access_scopes"]:
            changes.append(Change(what=_REACH, before=None, after=_scopes(data["access_scopes"])))
        changes += [Change(what=_SITS, before=None, after=_named(pk)) for pk in data["people"]]
        if "terms" in data:
            changes += rule_changes(before=None, terms=data["terms"], day=date.fromisoformat(data["from"]))
        return Plan(effective_on=date.fromisoformat(data["from"]), changes=tuple(changes), data=dict(data))

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will found it, with its mandate and its rule, all citing the decision."""
        data, day = plan.data, date.fromisoformat(plan.data["from"])
        _refuse_taken(data["code"])
        body = found_body(
            code=data["code"],
            name=Text(**data["name"]),
            kind=data["kind"],
            voters=data["voters"],
            access_scopes=data["access_scopes"],
            founded_on=day,
            decision=decision,
            actor=actor,
            at=at,
        )
        adopt_mandate(body=body, text=Text(**data["mandate"]), valid_from=day, decision=decision, actor=actor, at=at)
        for pk in data["people"]:
            seat = open_seat(
                body=body,
                office=Office.MEMBER,
                title=OFFICE_NAMES[Office.MEMBER],
                center=None,
                votes=True,
                opened_on=day,
                decision=decision,
                search=False,
                actor=actor,
                at=at,
            )
            appoint(
                seat=seat,
                user=User.objects.get(pk=pk),
                starts_on=day,
                ends_on=None,
                decision=decision,
                actor=actor,
                at=at,
            )
        made = {"body": body.code}
        if "terms" in data:
            rule = adopt_rule(
                body=body,
                code=free_rule_code(f"{body.code}-rules"),
                title=Text(en=f"Rules of {body.name_en}"[:200], es=f"Reglas de {body.name_es}"[:200]),
                valid_from=day,
                decision=decision,
                terms=data["terms"],
                actor=actor,
                at=at,
            )
            made["rule"] = rule.code
        return made

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the body, and the decision it cites."""
        there = Body.objects.filter(code=result.get("body"), decision=decision).exists()
        return "" if there else f"there is no body {result.get('body')} that cites it"

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will end the body."""
        day = max(on, date.fromisoformat(data["from"]))
        return [Effect(kind=EndBody.name, data={"body": result["body"], "from": day.isoformat()})]


class EndBody(Quiet):
    """A body ends: its seats are closed."""

    name = "body.end"
    title = Text(en="End a body", es="Terminar una instancia")
    example: Mapping[str, Any] = {"body": "leadership-committee", "from": "2031-07-01"}

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the body and its last day, or refuse one that is not there."""
        written.refuse_unknown(keys=data, known={"body", "from"}, where=self.name)
        body = body_from(data=data)
        return {"body": body.code, "from": written.day_from(data=data, key="from", on=on).isoformat()}

    def makes(self, *, data: Mapping[str, Any]) -> Made:
        """This method will say which body it ends."""
        code = data.get("body")
        return Made(ended=frozenset({code} if isinstance(code, str) else ()))

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will name the body and the first day it is not there."""
        name = text_of(row=body_by_code(code=data["body"]), name="name")
        return dated(Text(en=f"{name.en} ends", es=f"{name.es} termina"), date.fromisoformat(data["from"]))

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out the body that is there no more."""
        name = text_of(row=body_by_code(code=data["body"]), name="name")
        change = Change(what=Text(en="Body", es="Instancia"), before=name, after=None)
        return Plan(effective_on=date.fromisoformat(data["from"]), changes=(change,), data=dict(data))

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will end it, and the terms of those who sit on it."""
        body = body_by_code(code=plan.data["body"])
        end_body(body=body, on=date.fromisoformat(plan.data["from"]), decision=decision, actor=actor, at=at)
        return {"body": body.code}

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will see that the body has ended."""
        ended = Body.objects.filter(code=result.get("body"), ended_on__isnull=False).exists()
        return "" if ended else f"the body {result.get('body')} has not ended"

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will refuse: whoever sat there is gone, and another body is founded anew."""
        raise Refusal(
            en="A body that ended does not come back by itself: found it anew.",
            es="Una instancia que terminó no vuelve por sí sola: hay que crearla de nuevo.",
        )


class ChangeMandate(Quiet):
    """What a body is for changes, from a day on; also what it is called, and what it may reach."""

    name = "body.change_mandate"
    title = Text(en="Change what a body is for", es="Cambiar para qué es una instancia")
    example: Mapping[str, Any] = {
        "body": "leadership-committee",
        "mandate": {"en": "Decides between assemblies.", "es": "Decide entre asambleas."},
        "from": "2031-07-01",
    }
    _keys = frozenset({"body", "mandate", "name", "access_scopes", "from"})

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the mandate as it is kept, or refuse a second one for its day."""
        written.refuse_unknown(keys=data, known=self._keys, where=self.name)
        body = body_from(data=data)
        day = written.day_from(data=data, key="from", on=on)
        if Mandate.objects.filter(body=body, valid_from=day).exists():
            raise Refusal(
                en=f"{body.name_en} has a mandate from {long_date(day=day, language='en')} already.",
                es=f"{body.name_es} ya tiene un mandato desde el {long_date(day=day, language='es')}.",
            )
        kept: dict[str, Any] = {
            "body": body.code,
            "mandate": written.bilingual(data=data, key="mandate", longest=_LONGEST_MANDATE).as_dict(),
            "from": day.isoformat(),
        }
        if "name" in data:
            kept["name"] = written.bilingual(data=data, key="name", longest=120).as_dict()
        if "access_scopes" in data:
            kept["access_scopes"] = sorted(written.words(data=data, key="access_scopes"))
        return kept

    def makes(self, *, data: Mapping[str, Any]) -> Made:
        """This method will say what the body is called then, where it is called otherwise."""
        code, name = data.get("body"), data.get("name")
        if not isinstance(code, str) or not _word(name, "en") or not _word(name, "es"):
            return Made()
        return Made(renamed={code: Text(en=_word(name, "en"), es=_word(name, "es"))})

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will name the body and the day."""
        name = text_of(row=body_by_code(code=data["body"]), name="name")
        frame = Text(en=f"{name.en} gets another mandate", es=f"{name.es} recibe otro mandato")
        return dated(frame, date.fromisoformat(data["from"]))

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """This method will name the mandate that is last on the list, by its day."""
        return {"mandate": _last_mandate(body_by_code(code=data["body"]))}

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say that another mandate was adopted since, and show both."""
        body = body_by_code(code=data["body"])
        then, now = base.get("mandate"), _last_mandate(body)
        if then == now or "mandate" not in base:
            return None
        words = Mandate.objects.filter(body=body, valid_from=date.fromisoformat(now)).first() if now else None
        said = text_of(row=words, name="text") if words else Text(en="none", es="ninguno")
        wanted = Text(**data["mandate"])
        return Text(
            en=f"{body.name_en} has another mandate by now, from {now}: “{said.en}” This would make it “{wanted.en}” "
            "Nothing is overwritten.",
            es=f"{body.name_es} ya tiene otro mandato, desde {now}: «{said.es}» Con esto sería «{wanted.es}» "
            "No se sobrescribe nada.",
        )

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out mandate, name and reach before and after. Confirmed late, it begins on `on`."""
        body = body_by_code(code=data["body"])
        begins = max(on, date.fromisoformat(data["from"]))
        before = mandate_on(body=body, on=begins)
        changes = [
            Change(
                what=_FOR,
                before=text_of(row=before, name="text") if before else None,
                after=Text(**data["mandate"]),
            )
        ]
        name = Text(**data["name"]) if "name" in data else text_of(row=body, name="name")
        scopes = data.get("access_scopes", body.access_scopes)
        if name != text_of(row=body, name="name"):
            changes.append(Change(what=_NAME, before=text_of(row=body, name="name"), after=name))
        if scopes != body.access_scopes:
            changes.append(Change(what=_REACH, before=_scopes(body.access_scopes), after=_scopes(scopes)))
        return Plan(
            effective_on=begins,
            changes=tuple(changes),
            data={
                "body": body.code,
                "mandate": dict(data["mandate"]),
                "from": begins.isoformat(),
                "name": name.as_dict(),
                "access_scopes": list(scopes),
                "before": {
                    "mandate": text_of(row=before, name="text").as_dict() if before else None,
                    "name": text_of(row=body, name="name").as_dict(),
                    "access_scopes": list(body.access_scopes),
                },
            },
        )

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will adopt the mandate, citing the decision, and change name and reach."""
        data, body = plan.data, body_by_code(code=plan.data["body"])
        day = date.fromisoformat(data["from"])
        adopt_mandate(body=body, text=Text(**data["mandate"]), valid_from=day, decision=decision, actor=actor, at=at)
        change_body(body=body, name=Text(**data["name"]), access_scopes=data["access_scopes"], actor=actor, at=at)
        return {"body": body.code, "from": data["from"]}

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the mandate, and the decision it cites."""
        there = Mandate.objects.filter(body__code=result.get("body"), decision=decision).exists()
        return "" if there else f"{result.get('body')} has no mandate that cites it"

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will give the body back what it was for, or refuse where nobody had written that down."""
        before = plan["before"]
        if before["mandate"] is None:
            raise Refusal(
                en="It had no mandate in writing before, so there is none to go back to. Adopt another one.",
                es="Antes no tenía un mandato por escrito: no hay a cuál volver. Adopten otro.",
            )
        day = day_after(on, result["from"])
        return [Effect(kind=self.name, data={"body": data["body"], "from": day, **before})]


def _refuse_taken(code: str) -> None:
    if Body.objects.filter(code=code).exists():
        raise Refusal(en=f"There is a body “{code}” already.", es=f"Ya existe la instancia «{code}».")


def _last_mandate(body: Body) -> str | None:
    day = Mandate.objects.filter(body=body).order_by("-valid_from").values_list("valid_from", flat=True).first()
    return day.isoformat() if day else None


def _word(name: Any, language: str) -> str:
    """A name in a language, from whatever was written; empty where there is none."""
    value = name.get(language) if isinstance(name, Mapping) else None
    return value.strip() if isinstance(value, str) else ""


def _day_or_none(data: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(data["from"])
    except (KeyError, TypeError, ValueError):
        return None


def _scopes(scopes: Any) -> Text:
    said = ", ".join(scopes)
    return Text(en=said or "nothing", es=said or "nada")


def _people(data: Mapping[str, Any]) -> list[int]:
    value = data.get("people", [])
    if not isinstance(value, list) or len(value) > _MOST_PEOPLE:
        raise written.wrong(
            key="people",
            en="is a list of people, by number or e-mail",
            es="es una lista de personas, por número o correo",
        )
    found = [person_from(data={"person": one}).pk for one in value]
    if len(set(found)) != len(found):
        raise written.wrong(key="people", en="names somebody twice", es="nombra a alguien dos veces")
    return found


def _named(pk: int) -> Text:
    name = name_of(pk=pk)
    return Text(en=name, es=name)
