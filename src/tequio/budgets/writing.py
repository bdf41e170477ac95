"""How lines and assumptions are written down: in a draft, an amendment, a file. Read back, all of it is hostile."""

from collections.abc import Mapping
from typing import Any

from tequio.decisions.effects.written import bilingual, refuse_unknown, shown, wrong
from tequio.kernel.errors import Refusal
from tequio.rules.budget import ALL_MONTHS, Assumption, Budget, BudgetError, Line, Side, Spread
from tequio.rules.formulas import LONGEST
from tequio.rules.money import MINOR_PER_UNIT, AmountError, minor_units
from tequio.rules.reasons import Text

LONGEST_NAME, LONGEST_CODE, LONGEST_NOTE = 120, 40, 300
LINE_KEYS = ("code", "side", "account", "fund", "name", "amount", "formula", "months", "spread", "note")
ASSUMPTION_KEYS = ("name", "label", "value", "said_by")


def refusal_of(*, error: BudgetError) -> Refusal:
    """What a rule says of a budget that cannot be, as the program answers it."""
    return Refusal(en=error.text.en, es=error.text.es)


def units(*, minor: int) -> str:
    """Minor units as they are written down: 240000 is "2400.00"."""
    sign = "-" if minor < 0 else ""
    whole, rest = divmod(abs(minor), MINOR_PER_UNIT)
    return f"{sign}{whole}.{rest:02d}"


def line_as_json(*, line: Line) -> dict[str, Any]:
    """A line as it is written down."""
    return {
        "code": line.code,
        "side": line.side.value,
        "account": line.account,
        "fund": line.fund,
        "name": line.name.as_dict(),
        "amount": None if line.amount is None else units(minor=line.amount),
        "formula": line.formula,
        "months": list(line.months),
        "spread": line.spread.value,
        "note": line.note,
    }


def assumption_as_json(*, assumption: Assumption) -> dict[str, Any]:
    """An assumption as it is written down."""
    return {
        "name": assumption.name,
        "label": assumption.label.as_dict(),
        "value": assumption.value,
        "said_by": assumption.said_by,
    }


def content_as_json(*, budget: Budget) -> dict[str, Any]:
    """All a budget says, as a draft keeps it."""
    return {
        "lines": [line_as_json(line=line) for line in budget.lines],
        "assumptions": [assumption_as_json(assumption=a) for a in budget.assumptions],
    }


def thing_as_json(*, thing: Line | Assumption | None) -> dict[str, Any] | None:
    """A line or an assumption as it is written down; None for none."""
    if thing is None:
        return None
    return line_as_json(line=thing) if isinstance(thing, Line) else assumption_as_json(assumption=thing)


def line_of(*, data: Any) -> Line:
    """A line from what somebody wrote. Refuses a key nobody knows and a value that cannot be, by its name."""
    data = _table(data, "line")
    refuse_unknown(keys=data, known=LINE_KEYS)
    side = _one_of(data, "side", [s.value for s in Side])
    amount = data.get("amount")
    months = data.get("months", list(ALL_MONTHS))
    if not isinstance(months, list) or not all(type(month) is int and month in ALL_MONTHS for month in months):
        raise wrong(key="months", en="is a list of numbers from 1 to 12", es="es una lista de números del 1 al 12")
    return Line(
        code=_slug(data, "code"),
        side=Side(side),
        account=_slug(data, "account"),
        fund=_slug(data, "fund", default="general"),
        name=bilingual(data=data, key="name", longest=LONGEST_NAME),
        amount=None if amount in (None, "") else amount_of(value=amount, key="amount"),
        formula=_words(data, "formula", longest=LONGEST),
        months=tuple(sorted(set(months))),
        spread=Spread(_one_of(data, "spread", [s.value for s in Spread], default=Spread.EVEN.value)),
        note=_words(data, "note", longest=LONGEST_NOTE),
    )


def assumption_of(*, data: Any) -> Assumption:
    """An assumption from what somebody wrote."""
    data = _table(data, "assumption")
    refuse_unknown(keys=data, known=ASSUMPTION_KEYS)
    value = _words(data, "value", longest=LONGEST)
    if not value:
        raise wrong(key="value", en="is a number or a formula", es="es un número o una fórmula")
    return Assumption(
        name=_words(data, "name", longest=LONGEST_CODE),
        label=bilingual(data=data, key="label", longest=LONGEST_NAME),
        value=value,
        said_by=_words(data, "said_by", longest=LONGEST_NAME),
    )


def content_of(*, data: Any, year: int, currency: str) -> Budget:
    """A whole budget from what was written down."""
    data = _table(data, "budget")
    refuse_unknown(keys=data, known=("lines", "assumptions"))
    lines, assumptions = data.get("lines", []), data.get("assumptions", [])
    if not isinstance(lines, list) or not isinstance(assumptions, list):
        raise wrong(key="lines", en="is a list", es="es una lista")
    return Budget(
        year=year,
        currency=currency,
        lines=tuple(line_of(data=line) for line in lines),
        assumptions=tuple(assumption_of(data=assumption) for assumption in assumptions),
    )


def thing_of(*, subject: str, data: Any) -> Line | Assumption | None:
    """A line or an assumption from what was written down; None for none."""
    if data is None:
        return None
    return line_of(data=data) if subject == "line" else assumption_of(data=data)


def amount_of(*, value: Any, key: str) -> int:
    """An amount in whole units, like "2400.00", as minor units."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise wrong(key=key, en="is an amount like 2400.00", es="es una cantidad como 2400.00")
    try:
        return minor_units(amount=str(value))
    except AmountError as error:
        raise Refusal(en=error.text.en, es=error.text.es) from error


def sentence(*, text: Text, key: str, longest: int = LONGEST_NOTE) -> Text:
    """A sentence in both languages, tidied. Refuses one that is empty or too long."""
    return bilingual(data={key: text.as_dict()}, key=key, longest=longest)


def _table(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise wrong(key=what, en="is a table of keys and values", es="es una tabla de claves y valores")
    return value


def _words(data: Mapping[str, Any], key: str, *, longest: int) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise wrong(key=key, en="is text", es="es texto")
    said = " ".join(value.split())
    if len(said) > longest:
        raise wrong(key=key, en=f"is longer than {longest} letters", es=f"pasa de {longest} letras")
    return said


def _slug(data: Mapping[str, Any], key: str, *, default: str = "") -> str:
    value = _words(data, key, longest=LONGEST_CODE) or default
    if not value or not all(part.isalnum() and part.isascii() and part == part.lower() for part in value.split("-")):
        said = shown(value)
        raise wrong(
            key=key,
            en=f"is “{said}”: it has small letters, digits and hyphens",
            es=f"es «{said}»: lleva minúsculas, dígitos y guiones",
        )
    return value


def _one_of(data: Mapping[str, Any], key: str, known: list[str], *, default: str = "") -> str:
    value = data.get(key, default)
    if value not in known:
        raise wrong(key=key, en=f"is one of: {', '.join(known)}", es=f"es uno de: {', '.join(known)}")
    return str(value)
