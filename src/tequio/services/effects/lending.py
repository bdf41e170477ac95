# ruff: noqa: ARG002 - CONFIG: the registry gives every kind the same arguments
"""Effects on what is lent: services for a coalition that is no member, and the end of that."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tequio.centers.queries import center_by_code
from tequio.decisions.effects import written
from tequio.decisions.effects.quiet import Quiet, dated
from tequio.decisions.effects.registry import Change, Effect, Plan
from tequio.decisions.models import Decision
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text, long_date
from tequio.services.models import Lending, ServiceKind
from tequio.services.operations.agreeing import MOST, end_loan, lend, loan_by_code
from tequio.services.operations.opening import kind_by_code

_LONGEST_CODE, _LONGEST_NAME, _LONGEST_EMAIL = 40, 200, 254


class LendServices(Quiet):
    """Services are lent to a coalition that is no member, from a day on and, where one is said, through a day."""

    name = "services.lend"
    title = Text(en="Lend services to a coalition", es="Prestar servicios a una coalición")
    ahead = True
    example: Mapping[str, Any] = {
        "code": "water-2031",
        "name": "Coalición por el Agua",
        "center": "mx",
        "counts": {"list": 1, "mailbox": 2},
        "from": "2031-07-01",
        "until": "2031-12-31",
        "email": "agua@example.org",
        "language": "es",
    }
    _keys = frozenset(example)

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the loan as it is kept, or refuse a code that is taken and what is not lent."""
        written.refuse_unknown(keys=data, known=self._keys, where=self.name)
        code = written.code(data=data, longest=_LONGEST_CODE)
        if "_" in code:
            raise written.wrong(key="code", en="has no underscores", es="no lleva guiones bajos")
        if Lending.objects.filter(code=code).exists():
            raise Refusal(en=f"There is a loan {code} already.", es=f"Ya hay un préstamo {code}.")
        center = data.get("center")
        if not isinstance(center, str):
            raise written.wrong(key="center", en="is the code of a center", es="es el código de un centro")
        first = written.day_from(data=data, key="from", on=on)
        last = written.day_from(data=data, key="until", on=first) if data.get("until") else None
        counts = written.table(data=data, key="counts")
        language = data.get("language", "en")
        if language not in ("en", "es"):
            raise written.wrong(key="language", en="is en or es", es="es en o es")
        return {
            "code": code,
            "name": _words(data=data, key="name", longest=_LONGEST_NAME),
            "center": center_by_code(code=center).code,
            "counts": {
                kind_by_code(code=service).code: written.number(data=counts, key=service, least=1, most=MOST)
                for service in sorted(counts)
            },
            "from": first.isoformat(),
            "until": last.isoformat() if last else None,
            "email": _words(data=data, key="email", longest=_LONGEST_EMAIL, needed=False),
            "language": language,
        }

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will say what is lent, to whom and how long."""
        counts = _counts(data["counts"])
        until = date.fromisoformat(data["until"]) if data["until"] else None
        return dated(
            Text(
                en=f"Lent to {data['name']}: {counts.en}"
                + (f", through {long_date(day=until, language='en')}" if until else ""),
                es=f"Se prestan a {data['name']}: {counts.es}"
                + (f", hasta el {long_date(day=until, language='es')}" if until else ""),
            ),
            date.fromisoformat(data["from"]),
        )

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out what is lent. Confirmed late, it begins on `on`; too late for its end it stops."""
        first = max(on, date.fromisoformat(data["from"]))
        if data["until"] and date.fromisoformat(data["until"]) < first:
            raise Refusal(
                en="What would be lent would have ended already.", es="Lo que se prestaría ya habría terminado."
            )
        kept = {**data, "from": first.isoformat()}
        change = Change(what=Text(en=data["name"], es=data["name"]), before=None, after=_counts(data["counts"]))
        return Plan(effective_on=first, changes=(change,), data=kept)

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say that a loan of that code came in between."""
        if not Lending.objects.filter(code=data["code"]).exists():
            return None
        return Text(en=f"There is a loan {data['code']} already.", es=f"Ya hay un préstamo {data['code']}.")

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will lend them, citing the decision. Whoever runs the servers opens the accounts."""
        data = plan.data
        lend(
            code=data["code"],
            name=data["name"],
            center_code=data["center"],
            decision_code=decision.code,
            counts=data["counts"],
            first_day=date.fromisoformat(data["from"]),
            last_day=date.fromisoformat(data["until"]) if data["until"] else None,
            email=data["email"],
            language=data["language"],
            actor=actor,
            at=at,
        )
        return {"loan": data["code"]}

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the loan, and the decision it cites."""
        there = Lending.objects.filter(code=result["loan"], decision=decision).exists()
        return "" if there else f"there is no loan {result['loan']} that cites it"

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will end the loan. Refuses where it ends by itself before that."""
        last_day = max(on, date.fromisoformat(plan["from"]))
        lending = loan_by_code(code=result["loan"])
        if lending.last_day is not None and lending.last_day <= last_day:
            raise Refusal(en="The loan ends by itself.", es="El préstamo termina por sí mismo.")
        kept = {"loan": lending.code, "until": last_day.isoformat()}
        return [Effect(kind=EndLoan.name, data=kept, base={"until": _day(lending)})]


class EndLoan(Quiet):
    """What is lent ends on a day: from then on its accounts are suspended, and nothing in them is lost."""

    name = "services.end_loan"
    title = Text(en="End or extend what is lent", es="Terminar o alargar un préstamo de servicios")
    ahead = True
    example: Mapping[str, Any] = {"loan": "water", "until": "2031-12-31"}

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the end as it is kept, or refuse a loan there is none of, or that has ended."""
        written.refuse_unknown(keys=data, known={"loan", "until"}, where=self.name)
        code = data.get("loan")
        if not isinstance(code, str):
            raise written.wrong(key="loan", en="is the code of a loan", es="es el código de un préstamo")
        lending = loan_by_code(code=code)
        last_day = written.day_from(data=data, key="until", on=max(on, lending.first_day))
        if lending.last_day is not None and lending.last_day < on:
            raise Refusal(en=f"The loan {code} has ended.", es=f"El préstamo {code} ya terminó.")
        return {"loan": lending.code, "until": last_day.isoformat()}

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will say to whom services are lent through which day."""
        name, day = loan_by_code(code=data["loan"]).name, date.fromisoformat(data["until"])
        return Text(
            en=f"Services are lent to {name} through {long_date(day=day, language='en')}.",
            es=f"A {name} se le prestan servicios hasta el {long_date(day=day, language='es')}.",
        )

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """This method will name the day it ends on as it is now."""
        return {"until": _day(loan_by_code(code=data["loan"]))}

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say that another end was said in between."""
        now = self.base(data=data)["until"]
        if base.get("until", now) == now:
            return None
        return Text(
            en=f"The loan {data['loan']} ends on {now} by now. Nothing is overwritten.",
            es=f"El préstamo {data['loan']} ahora termina el {now}. No se sobrescribe nada.",
        )

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out the last day before and after. Confirmed late, the loan ends on `on`."""
        lending = loan_by_code(code=data["loan"])
        last_day = max(on, date.fromisoformat(data["until"]))
        before = long_text(lending.last_day) if lending.last_day else Text(en="no end", es="sin fin")
        change = Change(what=Text(en=lending.name, es=lending.name), before=before, after=long_text(last_day))
        return Plan(effective_on=on, changes=(change,), data={**data, "until": last_day.isoformat()})

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will write the last day."""
        until = date.fromisoformat(plan.data["until"])
        before = _day(loan_by_code(code=plan.data["loan"]))
        end_loan(code=plan.data["loan"], last_day=until, actor=actor, at=at)
        return {"loan": plan.data["loan"], "until": until.isoformat(), "before": before}

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the loan."""
        return "" if Lending.objects.filter(code=result["loan"]).exists() else f"there is no loan {result['loan']}"

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will give the loan the end it had. Refuses where it had none, or has ended."""
        before = result["before"]
        if before is None or date.fromisoformat(before) < on or date.fromisoformat(result["until"]) < on:
            raise Refusal(
                en="It had no end, or that is over: lend anew.", es="No tenía fin o ya pasó: vuelva a prestar."
            )
        return [Effect(kind=self.name, data={"loan": result["loan"], "until": before}, base={"until": result["until"]})]


def long_text(day: date) -> Text:
    """A day in both languages."""
    return Text(en=long_date(day=day, language="en"), es=long_date(day=day, language="es"))


def _day(lending: Lending) -> str | None:
    return lending.last_day.isoformat() if lending.last_day else None


def _counts(counts: Mapping[str, int]) -> Text:
    names = {kind.code: text_of(row=kind, name="name") for kind in ServiceKind.objects.filter(code__in=list(counts))}
    listed = [(names.get(code, Text(en=code, es=code)), many) for code, many in counts.items()]
    return Text(
        en=", ".join(f"{name.en} ×{many}" for name, many in listed),
        es=", ".join(f"{name.es} ×{many}" for name, many in listed),
    )


def _words(*, data: Mapping[str, Any], key: str, longest: int, needed: bool = True) -> str:
    value = data.get(key, "" if not needed else None)
    said = value.strip() if isinstance(value, str) else None
    if said is None or (needed and not said) or len(said) > longest or not said.isprintable():
        raise written.wrong(
            key=key, en=f"is a line of at most {longest} letters", es=f"es una línea de {longest} letras a lo más"
        )
    return said
