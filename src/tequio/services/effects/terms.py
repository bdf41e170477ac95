# ruff: noqa: ARG002 - CONFIG: the registry gives every kind the same arguments
"""Effects on the catalog: what comes with which dues part from a day on, and a service that is new."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tequio.decisions.effects import written
from tequio.decisions.effects.quiet import Quiet, dated
from tequio.decisions.effects.registry import Change, Consequences, Effect, Plan
from tequio.decisions.models import Decision
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text, long_date
from tequio.services.effects.counts import as_written, count, said
from tequio.services.effects.shut_by import shut_by
from tequio.services.models import ServiceKind, ServiceTerms
from tequio.services.operations.catalog import LONGEST_CODE, LONGEST_NAME, NAMES_AS, adopt_terms, offer_service
from tequio.services.operations.opening import kind_by_code

_PARTS = frozenset({"membership", "operations"})


class AdoptServiceTerms(Quiet):
    """How many of some services come with each dues part from a day on; the others stay as they are."""

    name = "services.adopt_terms"
    title = Text(en="Change what comes with dues", es="Cambiar lo que incluye la cuota")
    ahead = True  # terms are dated by themselves
    example: Mapping[str, Any] = {
        "valid_from": "2031-07-01",
        "services": {"mailbox": {"membership": 2, "operations": "as_needed"}},
    }

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the terms as they are kept, or refuse a service there is none of."""
        written.refuse_unknown(keys=data, known={"valid_from", "services"}, where=self.name)
        day = written.day_from(data=data, key="valid_from", on=on)
        kept: dict[str, Any] = {}
        for code, row in sorted(written.table(data=data, key="services").items()):
            kind = kind_by_code(code=code)
            if not isinstance(row, Mapping) or set(row) != _PARTS:
                raise written.wrong(
                    key=written.shown(code),
                    en="says how many come with membership and with operations",
                    es="dice cuántos vienen con membership y con operations",
                )
            last = _last(kind)
            if last is not None and last.valid_from >= day:
                raise Refusal(
                    en=f"Terms of {code} from {long_date(day=last.valid_from, language='en')} are there; others begin "
                    "later.",
                    es=f"Ya hay condiciones de {code} desde el {long_date(day=last.valid_from, language='es')}; otras "
                    "empiezan después.",
                )
            kept[code] = {part: as_written(count(data=row, key=part)) for part in sorted(_PARTS)}
        return {"valid_from": day.isoformat(), "services": kept}

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will say each service with its counts."""
        lines = [(_name(code), _said(row)) for code, row in data["services"].items()]
        words = Text(
            en="; ".join(f"{name.en}: {line.en}" for name, line in lines),
            es="; ".join(f"{name.es}: {line.es}" for name, line in lines),
        )
        return dated(words, date.fromisoformat(data["valid_from"]))

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """This method will name the last terms of each of its services, by their day."""
        return {"terms": {code: _day(_last(kind_by_code(code=code))) for code in data["services"]}}

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out the counts before and after. Confirmed late, they begin on `on`."""
        day = max(on, date.fromisoformat(data["valid_from"]))
        changes = []
        for code, row in data["services"].items():
            kind = kind_by_code(code=code)
            last = _last(kind)
            before = (
                said(membership=last.with_membership, operations=last.with_operations) if last is not None else None
            )
            changes.append(Change(what=text_of(row=kind, name="name"), before=before, after=_said(row)))
        return Plan(effective_on=day, changes=tuple(changes), data={**data, "valid_from": day.isoformat()})

    def consequences(
        self, *, data: Mapping[str, Any], on: date, assumptions: Mapping[str, int] | None = None
    ) -> Consequences:
        """This method will say how many accounts in use today would be shut, and of how many members."""
        counts = {code: (count(data=r, key="membership"), count(data=r, key="operations")) for code, r in _rows(data)}
        members, accounts = shut_by(counts=counts, at=datetime.combine(on, time(12), tzinfo=UTC))
        sentence = (
            Text(
                en=f"As things stand today, {accounts} accounts of {members} members would be suspended; nothing in "
                "them is lost.",
                es=f"Según está todo hoy, se suspenderían {accounts} cuentas de {members} membresías; no se pierde "
                "nada de lo que contienen.",
            )
            if accounts
            else Text(
                en="As things stand today, no account would be suspended by it.",
                es="Según está todo hoy, no suspendería ninguna cuenta.",
            )
        )
        return Consequences(
            sentences=(sentence,),
            totals={"members": members, "accounts": accounts},
            facts={"shut": accounts},
            facts_said={"shut": sentence},
        )

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say which service got other terms since, and from when."""
        now = self.base(data=data)["terms"]
        moved = [code for code, day in base.get("terms", now).items() if now.get(code) != day]
        if not moved:
            return None
        name, since = _name(moved[0]), now.get(moved[0])
        return Text(
            en=f"“{name.en}” has other terms by now, from {since}. Nothing is overwritten.",
            es=f"«{name.es}» ya tiene otras condiciones, desde {since}. No se sobrescribe nada.",
        )

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will adopt the terms, citing the decision."""
        day = date.fromisoformat(plan.data["valid_from"])
        before = {}
        for code, row in _rows(plan.data):
            kind = kind_by_code(code=code)
            last = _last(kind)
            if last is not None:
                before[code] = {
                    "membership": as_written(last.with_membership),
                    "operations": as_written(last.with_operations),
                }
            adopt_terms(
                kind=kind,
                valid_from=day,
                with_membership=count(data=row, key="membership"),
                with_operations=count(data=row, key="operations"),
                decision=decision,
                actor=actor,
                at=at,
            )
        return {"from": day.isoformat(), "services": sorted(plan.data["services"]), "before": before}

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the terms, and the decision they cite."""
        there = ServiceTerms.objects.filter(decision=decision, valid_from=result["from"])
        gone = sorted(set(result["services"]) - set(there.values_list("kind__code", flat=True)))
        return f"no terms of {', '.join(gone)} cite it" if gone else ""

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will adopt the terms of before again, from a later day. Refuses where there were none."""
        if set(result["before"]) != set(result["services"]):
            raise Refusal(
                en="There were no terms before; give it other ones instead.",
                es="Antes no había condiciones; póngale otras.",
            )
        day = max(on, date.fromisoformat(result["from"]) + timedelta(days=1))
        kept = {"valid_from": day.isoformat(), "services": dict(result["before"])}
        return [Effect(kind=self.name, data=kept, base=self.base(data=kept))]


class OfferService(Quiet):
    """A service that is new: its names, how payment policies call it, and what comes with which dues part."""

    name = "services.offer"
    title = Text(en="Offer a new service", es="Ofrecer un servicio nuevo")
    ahead = True
    example: Mapping[str, Any] = {
        "code": "radio",
        "name": {"en": "Radio stream", "es": "Transmisión de radio"},
        "works_as": "sites",
        "names_as": "host",
        "valid_from": "2031-07-01",
        "membership": 0,
        "operations": 1,
    }

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the service as it is kept, or refuse a code that is taken."""
        written.refuse_unknown(keys=data, known=set(self.example), where=self.name)
        code = written.code(data=data, longest=LONGEST_CODE)
        if ServiceKind.objects.filter(code=code).exists():
            raise Refusal(en=f"There is a service {code} already.", es=f"Ya hay un servicio {code}.")
        names_as = data.get("names_as")
        if names_as not in NAMES_AS:
            listed = ", ".join(NAMES_AS)
            raise written.wrong(key="names_as", en=f"is one of: {listed}", es=f"es uno de: {listed}")
        return {
            "code": code,
            "name": written.bilingual(data=data, key="name", longest=LONGEST_NAME).as_dict(),
            "works_as": written.code(data=data, key="works_as", longest=LONGEST_CODE),
            "names_as": names_as,
            "valid_from": written.day_from(data=data, key="valid_from", on=on).isoformat(),
            "membership": as_written(count(data=data, key="membership")),
            "operations": as_written(count(data=data, key="operations")),
        }

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will say the service and what comes with which part."""
        name, line = data["name"], _said(data)
        return dated(
            Text(en=f"New service “{name['en']}”: {line.en}", es=f"Servicio nuevo «{name['es']}»: {line.es}"),
            date.fromisoformat(data["valid_from"]),
        )

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out the service. Confirmed late, its terms begin on `on`."""
        day = max(on, date.fromisoformat(data["valid_from"]))
        change = Change(what=Text(**data["name"]), before=None, after=_said(data))
        return Plan(effective_on=day, changes=(change,), data={**data, "valid_from": day.isoformat()})

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say that a service of that code came in between."""
        if not ServiceKind.objects.filter(code=data["code"]).exists():
            return None
        return Text(en=f"There is a service {data['code']} already.", es=f"Ya hay un servicio {data['code']}.")

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will put the service on the list with its terms."""
        data = plan.data
        kind = offer_service(
            code=data["code"],
            name=Text(**data["name"]),
            works_as=data["works_as"],
            names_as=data["names_as"],
            actor=actor,
            at=at,
        )
        adopt_terms(
            kind=kind,
            valid_from=date.fromisoformat(data["valid_from"]),
            with_membership=count(data=data, key="membership"),
            with_operations=count(data=data, key="operations"),
            decision=decision,
            actor=actor,
            at=at,
        )
        return {"service": kind.code, "from": data["valid_from"]}

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the service, and the decision its terms cite."""
        there = ServiceTerms.objects.filter(kind__code=result["service"], decision=decision).exists()
        return "" if there else f"there is no service {result['service']} that cites it"

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will have none of it come with any part, from a later day; its accounts are then suspended."""
        day = max(on, date.fromisoformat(result["from"]) + timedelta(days=1))
        none = {"valid_from": day.isoformat(), "services": {result["service"]: {"membership": 0, "operations": 0}}}
        return [Effect(kind=AdoptServiceTerms.name, data=none, base={"terms": {result["service"]: result["from"]}})]


def _rows(data: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return list(data["services"].items())


def _said(row: Mapping[str, Any]) -> Text:
    return said(membership=count(data=row, key="membership"), operations=count(data=row, key="operations"))


def _last(kind: ServiceKind) -> ServiceTerms | None:
    return kind.terms.order_by("-valid_from").first()


def _day(terms: ServiceTerms | None) -> str | None:
    return terms.valid_from.isoformat() if terms is not None else None


def _name(code: str) -> Text:
    kind = ServiceKind.objects.filter(code=code).first()
    return text_of(row=kind, name="name") if kind is not None else Text(en=code, es=code)
