"""Payment thresholds line by line, for people: what each is called and how its figure is said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tequio.rules.reasons import Text, days_text
from tequio.rules.reasons import both as in_both


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a payment policy: the field it comes from, what it is called, what it says."""

    field: str
    name: Text
    value: Text


SERVICES = {
    "sites": Text(en="sites", es="sitios"),
    "lists": Text(en="lists", es="listas"),
    "sign_in": Text(en="sign-in", es="acceso"),
    "mail": Text(en="mail", es="correo"),
}
DONE = {"off": Text(en="off", es="desactivado"), "hold": Text(en="on hold", es="en espera")}
_STANDINGS = {
    "at_risk": Text(en="What stops while at risk", es="Qué se detiene en riesgo"),
    "limited": Text(en="What stops while limited", es="Qué se detiene estando limitada"),
    "disabled": Text(en="What stops while disabled", es="Qué se detiene estando suspendida"),
    "inactive": Text(en="What happens when inactive", es="Qué pasa estando inactiva"),
}
_ATTEMPT = Text(
    en="A person must have tried to reach the member first",
    es="Antes, una persona debe haber tratado de contactar a la membresía",
)
_YES, _NO = Text(en="yes", es="sí"), Text(en="no", es="no")


def lines_of(*, values: Mapping[str, Any]) -> list[Line]:
    """The lines of thresholds that say something, in the order things happen to a member.

    `values` are those of a payment policy by field. Nothing and none both mean that it has no such rule.
    """
    found = []
    for field, name, said in _LINES:
        value: int | None = values.get(field)
        if not value:
            continue
        found.append(Line(field=field, name=name, value=said(value)))
        if field == "disabled_from":
            needed = values.get("attempt_required", True)
            found.append(Line(field="attempt_required", name=_ATTEMPT, value=_YES if needed else _NO))
    return found + _works(works=values.get("works") or {})


def _works(*, works: Mapping[str, Mapping[str, object]]) -> list[Line]:
    """What each standing stops; whatever a policy does not name goes on working."""
    found = []
    for standing, name in _STANDINGS.items():
        said = works.get(standing, {})
        words = []
        for done, services in said.items():
            if done == "removed_after_export":
                if services:
                    words.append(
                        Text(
                            en="data are removed after an export was offered",
                            es="los datos se eliminan después de ofrecer una copia",
                        )
                    )
                continue
            listed = services if isinstance(services, list) else [services]
            names = [SERVICES.get(str(service), Text(en=str(service), es=str(service))) for service in listed]
            how = DONE.get(done, Text(en=done, es=done))
            words.append(
                Text(en=f"{how.en}: {', '.join(n.en for n in names)}", es=f"{how.es}: {', '.join(n.es for n in names)}")
            )
        if words:
            value = Text(en="; ".join(w.en for w in words), es="; ".join(w.es for w in words))
            found.append(Line(field="works", name=name, value=value))
    return found


def _length(days: int) -> Text:
    return in_both(sentence=lambda language: days_text(days=days, language=language))


def _before(days: int) -> Text:
    said = _length(days)
    return Text(en=f"{said.en} before the due date", es=f"{said.es} antes del vencimiento")


def _from_day(days: int) -> Text:
    return Text(en=f"from day {days} after the due date", es=f"desde el día {days} después del vencimiento")


def _day_number(days: int) -> Text:
    return Text(en=f"on day {days} after the due date", es=f"el día {days} después del vencimiento")


def _months(months: int) -> Text:
    if months == 1:
        return Text(en="1 month", es="1 mes")
    return Text(en=f"{months} months", es=f"{months} meses")


# The columns of a payment policy that are figures: what each is called, and how its figure is said. Nothing and none
# both mean that the policy has no such rule.
_LINES: tuple[tuple[str, Text, Callable[[int], Text]], ...] = (
    ("notice_days", Text(en="Notice", es="Aviso"), _before),
    ("plan_notice_days", Text(en="Notice of an instalment", es="Aviso de una parcialidad"), _before),
    ("warning_day", Text(en="Warning", es="Advertencia"), _day_number),
    ("at_risk_from", Text(en="At risk", es="En riesgo"), _from_day),
    ("limited_from", Text(en="Limited", es="Limitada"), _from_day),
    ("disabled_from", Text(en="Disabled", es="Suspendida"), _from_day),
    (
        "return_days",
        Text(en="Back when reached, once for each disabling", es="Regreso al contactarla, una vez por suspensión"),
        _length,
    ),
    ("inactive_after_days", Text(en="Inactive after being disabled for", es="Inactiva tras estar suspendida"), _length),
    (
        "inactive_after_months",
        Text(en="Inactive after being disabled for", es="Inactiva tras estar suspendida"),
        _months,
    ),
    (
        "redates_older_by",
        Text(
            en="Charges older than this rule count as due, after its first day",
            es="Los cargos anteriores a esta regla cuentan como vencidos, después de su primer día",
        ),
        _length,
    ),
)
THRESHOLDS = (*(field for field, _, _ in _LINES), "attempt_required", "works")


def names_of_thresholds() -> list[tuple[str, Text]]:
    """The fields of a payment policy that are figures, with what each is called, in the order things happen."""
    return [(field, name) for field, name, _ in _LINES]
