# ruff: noqa: ARG002 - CONFIG: the registry gives every kind the same arguments
"""Effects on who sits where: somebody takes a seat, a seat is opened and searched for, a term ends."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tequio.accounts.models import User
from tequio.centers.models import Center
from tequio.decisions.effects import written
from tequio.decisions.effects.in_order import NOTHING, Foreseen, refuse_earlier
from tequio.decisions.effects.quiet import Quiet, dated
from tequio.decisions.effects.reading import (
    body_code_from,
    body_said,
    center_from,
    name_of,
    person_from,
    seat_from,
)
from tequio.decisions.effects.registry import Change, Effect, Plan
from tequio.decisions.models import Body, Decision, Office, Seat, Term
from tequio.decisions.operations.seating import OFFICE_NAMES, appoint, close_seat, end_term, open_seat, why_not_appoint
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text, long_date

_NOBODY = Text(en="nobody", es="nadie")


class Appoint(Quiet):
    """Somebody takes a seat, from a day on, until a planned day or for good."""

    name = "role.appoint"
    title = Text(en="Appoint somebody", es="Nombrar a alguien")
    example: Mapping[str, Any] = {
        "seat": "leadership-committee-chair-1",
        "person": "chair@example.org",
        "from": "2031-07-01",
        "until": "2032-07-01",
    }

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return seat, person by number, and term; or refuse who cannot take that seat then."""
        written.refuse_unknown(keys=data, known={"seat", "person", "from", "until"}, where=self.name)
        seat, user = seat_from(data=data), person_from(data=data)
        starts_on = written.day_from(data=data, key="from", on=on)
        ends_on = None
        if data.get("until"):
            ends_on = written.day_from(data=data, key="until", on=on)
        return {
            "seat": seat.code,
            "person": user.pk,
            "from": starts_on.isoformat(),
            "until": _checked_end(starts_on=starts_on, ends_on=ends_on),
        }

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will name who, the seat and the term."""
        seat = _seat_said(data["seat"])
        name = name_of(pk=data["person"])
        until = date.fromisoformat(data["until"]) if data.get("until") else None
        frame = dated(Text(en=f"{name}: {seat.en}", es=f"{name}: {seat.es}"), date.fromisoformat(data["from"]))
        if until is None:
            return frame
        return Text(
            en=f"{frame.en[:-1]}, until {long_date(day=until, language='en')}.",
            es=f"{frame.es[:-1]}, hasta el {long_date(day=until, language='es')}.",
        )

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """This method will name who holds the seat now."""
        term = _open_term(data["seat"])
        return {"holder": term.user_id if term else None}

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say that somebody else has taken the seat since, and name both."""
        term = _open_term(data["seat"])
        now = term.user_id if term else None
        if "holder" not in base or base["holder"] == now:
            return self._why_not(data)
        seat = _seat_said(data["seat"])
        then = name_of(pk=base["holder"]) if base["holder"] else ""
        today, wanted = (name_of(pk=now) if now else ""), name_of(pk=data["person"])
        return Text(
            en=f"{seat.en}: it was held by {then or 'nobody'} when this was written, and is held by "
            f"{today or 'nobody'} now. This would appoint {wanted}. Nothing is overwritten.",
            es=f"{seat.es}: lo ocupaba {then or 'nadie'} cuando se escribió y ahora {today or 'nadie'}. Con esto lo "
            f"ocuparía {wanted}. No se sobrescribe nada.",
        )

    def _why_not(self, data: Mapping[str, Any]) -> Text | None:
        """Why the person could not take the seat, as things are; None where it could."""
        return why_not_appoint(
            seat=Seat.objects.select_related("body").get(code=data["seat"]),
            user=User.objects.get(pk=data["person"]),
            starts_on=date.fromisoformat(data["from"]),
            ends_on=date.fromisoformat(data["until"]) if data.get("until") else None,
            replacing=True,
        )

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out who holds the seat before and after."""
        term = _open_term(data["seat"])
        change = Change(
            what=_seat_said(data["seat"]),
            before=Text(en=term.user.name, es=term.user.name) if term else _NOBODY,
            after=Text(en=name_of(pk=data["person"]), es=name_of(pk=data["person"])),
        )
        held = {
            "person": term.user_id if term else None,
            "until": term.ends_on.isoformat() if term and term.ends_on else None,
        }
        day = date.fromisoformat(data["from"])
        return Plan(effective_on=day, changes=(change,), data={**data, "held": held})

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will begin the term, citing the decision; a term before it and the search for somebody end."""
        data = plan.data
        term = appoint(
            seat=seat_from(data=data),
            user=person_from(data=data),
            starts_on=date.fromisoformat(data["from"]),
            ends_on=date.fromisoformat(data["until"]) if data.get("until") else None,
            decision=decision,
            replacing=True,
            actor=actor,
            at=at,
        )
        return {"seat": data["seat"], "person": term.user_id}

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the term, and the decision it cites."""
        there = Term.objects.filter(seat__code=result.get("seat"), user=result.get("person"), decision=decision)
        return "" if there.exists() else f"nobody took the seat {result.get('seat')} by it"

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will end the term, or give the seat back to whoever held it, for the rest of its term."""
        day = max(on, date.fromisoformat(data["from"]))
        held = plan["held"]
        if held["person"] is not None and not (held["until"] and date.fromisoformat(held["until"]) <= day):
            again = {"seat": data["seat"], "person": held["person"], "from": day.isoformat(), "until": held["until"]}
            return [Effect(kind=self.name, data=again)]
        return [Effect(kind=EndRole.name, data={"seat": data["seat"], "from": day.isoformat()})]


class OpenSeat(Quiet):
    """A seat is opened on a body and stays open while the search goes on."""

    name = "role.open_seat"
    title = Text(en="Open a seat", es="Abrir un lugar")
    example: Mapping[str, Any] = {
        "body": "leadership-committee",
        "office": "co_chair",
        "title": {"en": "Co-chair", "es": "Copresidencia"},
        "votes": False,
        "from": "2031-07-01",
    }
    _keys = frozenset({"body", "office", "title", "center", "votes", "from", "search"})

    def __init__(self, *, foreseen: Foreseen = NOTHING) -> None:
        self._foreseen = foreseen

    def after(self, foreseen: Foreseen, /) -> "OpenSeat":
        """This method will return the kind as it stands behind other effects: the body may be one they found."""
        return OpenSeat(foreseen=foreseen)

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the seat as it is kept: one that votes unless it says otherwise."""
        written.refuse_unknown(keys=data, known=self._keys, where=self.name)
        office = data.get("office", Office.MEMBER.value)
        if office not in list(Office):
            raise Refusal(
                en=f"An office is one of: {', '.join(Office)}.", es=f"Un cargo es uno de: {', '.join(Office)}."
            )
        title = OFFICE_NAMES[Office(office)]
        if "title" in data:
            title = written.bilingual(data=data, key="title", longest=120)
        center = center_from(data=data)
        body, day = body_code_from(data=data, foreseen=self._foreseen), written.day_from(data=data, key="from", on=on)
        refuse_earlier(data=data, day=day, foreseen=self._foreseen)
        return {
            "body": body,
            "office": str(office),
            "title": title.as_dict(),
            "center": center.code if center else None,
            "votes": written.flag(data=data, key="votes", default=office == Office.MEMBER),
            "search": written.flag(data=data, key="search", default=True),
            "from": day.isoformat(),
        }

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will name the seat, the body and the day."""
        name, title = body_said(code=data["body"], foreseen=self._foreseen), Text(**data["title"])
        frame = Text(en=f"A seat on {name.en} is opened: {title.en}", es=f"Se abre un lugar en {name.es}: {title.es}")
        return dated(frame, date.fromisoformat(data["from"]))

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out the open seat, and the search for somebody."""
        searched = Text(en="open, somebody is looked for", es="abierto, se busca a alguien")
        after = searched if data["search"] else Text(en="open", es="abierto")
        change = Change(what=Text(**data["title"]), before=None, after=after)
        return Plan(effective_on=date.fromisoformat(data["from"]), changes=(change,), data=dict(data))

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will open the seat, citing the decision, and the search for somebody."""
        data = plan.data
        seat = open_seat(
            body=Body.objects.get(code=data["body"]),
            office=data["office"],
            title=Text(**data["title"]),
            center=Center.objects.get(code=data["center"]) if data["center"] else None,
            votes=data["votes"],
            opened_on=date.fromisoformat(data["from"]),
            decision=decision,
            search=data["search"],
            actor=actor,
            at=at,
        )
        return {"seat": seat.code}

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the seat, and the decision it cites."""
        there = Seat.objects.filter(code=result.get("seat"), decision=decision).exists()
        return "" if there else f"there is no seat {result.get('seat')} that cites it"

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will close the seat."""
        day = max(on, date.fromisoformat(data["from"]))
        return [Effect(kind=EndRole.name, data={"seat": result["seat"], "from": day.isoformat(), "close": True})]


class EndRole(Quiet):
    """A term ends before its day, or a seat is closed; where it stays open somebody else is looked for."""

    name = "role.end"
    title = Text(en="End a term, or close a seat", es="Terminar un periodo o cerrar un lugar")
    example: Mapping[str, Any] = {"seat": "leadership-committee-chair-1", "from": "2031-07-01", "close": True}

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return seat and day, or refuse a seat that nobody holds and that is not to be closed."""
        written.refuse_unknown(keys=data, known={"seat", "from", "close"}, where=self.name)
        seat = seat_from(data=data)
        close = written.flag(data=data, key="close", default=False)
        if not close and _open_term(seat.code) is None:
            raise Refusal(en="Nobody holds that seat.", es="Nadie ocupa ese lugar.")
        day = written.day_from(data=data, key="from", on=on)
        return {"seat": seat.code, "from": day.isoformat(), "close": close}

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will name the seat and the first day of its being free or gone."""
        seat = _seat_said(data["seat"])
        frame = Text(en=f"{seat.en}: the term ends", es=f"{seat.es}: termina el periodo")
        if data["close"]:
            frame = Text(en=f"{seat.en}: the seat is closed", es=f"{seat.es}: se cierra el lugar")
        return dated(frame, date.fromisoformat(data["from"]))

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """This method will name who holds the seat."""
        term = _open_term(data["seat"])
        return {"holder": term.user_id if term else None}

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say that somebody else holds the seat by now, and name both."""
        term = _open_term(data["seat"])
        now = term.user_id if term else None
        if "holder" not in base or base["holder"] == now:
            return None
        seat = _seat_said(data["seat"])
        then, today = (name_of(pk=pk) if pk else None for pk in (base["holder"], now))
        return Text(
            en=f"{seat.en}: it was held by {then or 'nobody'} when this was written, and is held by "
            f"{today or 'nobody'} now. Nothing is changed.",
            es=f"{seat.es}: lo ocupaba {then or 'nadie'} cuando se escribió y ahora {today or 'nadie'}. No se cambia "
            "nada.",
        )

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out who held the seat, and that it is free or gone. Confirmed late, it ends on `on`."""
        term = _open_term(data["seat"])
        ends = max(on, date.fromisoformat(data["from"]))
        free = Text(en="open, somebody is looked for", es="abierto, se busca a alguien")
        change = Change(
            what=_seat_said(data["seat"]),
            before=Text(en=term.user.name, es=term.user.name) if term else _NOBODY,
            after=None if data["close"] else free,
        )
        held = {
            "person": term.user_id if term else None,
            "until": term.ends_on.isoformat() if term and term.ends_on else None,
        }
        return Plan(effective_on=ends, changes=(change,), data={**data, "from": ends.isoformat(), "held": held})

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will end the term, citing the decision, and close the seat or open the search."""
        data, day = plan.data, date.fromisoformat(plan.data["from"])
        seat, term = seat_from(data=data), _open_term(plan.data["seat"])
        if term is not None:
            end_term(
                term=term,
                on=max(day, term.starts_on),
                decision=decision,
                search=not data["close"],
                actor=actor,
                at=at,
            )
        if data["close"]:
            close_seat(seat=seat, on=day, decision=decision, actor=actor, at=at)
        return {"seat": seat.code}

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will appoint again whoever held the seat, for the rest of the term; or refuse.

        It refuses where the seat was closed (another one is opened), or nobody held it.
        """
        held = plan["held"]
        if data["close"] or held["person"] is None:
            raise Refusal(
                en="A seat that was closed does not open again: open another one.",
                es="Un lugar que se cerró no se vuelve a abrir: abran otro.",
            )
        until = held["until"] if held["until"] and date.fromisoformat(held["until"]) > on else None
        again = {"seat": data["seat"], "person": held["person"], "from": on.isoformat(), "until": until}
        return [Effect(kind=Appoint.name, data=again)]


def _checked_end(*, starts_on: date, ends_on: date | None) -> str | None:
    if ends_on is not None and ends_on <= starts_on:
        raise Refusal(en="A term ends after it begins.", es="Un periodo termina después de empezar.")
    return ends_on.isoformat() if ends_on else None


def _open_term(code: str) -> Term | None:
    return Term.objects.select_related("user", "seat__body").filter(seat__code=code, ended_on__isnull=True).first()


def _seat_said(code: str) -> Text:
    seat = Seat.objects.select_related("body").get(code=code)
    title, body = text_of(row=seat, name="title"), text_of(row=seat.body, name="name")
    return Text(en=f"{title.en}, {body.en}", es=f"{title.es}, {body.es}")
