"""MT940 and MT942 as banks really write them: wrapped lines, missing dates, references of every habit."""

import re
from dataclasses import dataclass, field
from datetime import date

from tequio.banking.statements.amounts import formal_amount, unreadable
from tequio.banking.statements.days import day_of, no_day, short_day
from tequio.banking.statements.details import details_of
from tequio.banking.statements.ofx import cut_off, fractions
from tequio.banking.statements.shapes import Movement, Section, SetAside, Statement, taken_back
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

# Only these begin a field: a time of day that was wrapped (“:26:37”) does not.
_FIELD = re.compile(r"^:(13D?|20|21|25P?|28C?|34F|60[FM]?|61|62[FM]?|64|65|86|90[CD]|NS):(.*)$")
_LINE = re.compile(
    r"^(?P<value>[\d/]{6})\s?(?P<entry>\d{4}| {4})?(?P<mark>R[CD]|E[CD]|[CD])(?P<funds>[A-Z])?"
    r"(?P<amount>\d[\d.]*(?:,\d*)?)(?P<rest>.*)$"
)
_BALANCE = re.compile(r"^\s*([CD])?(\d{6})?([A-Z]{3})(?:[CD])?([\d.,]*)")
_ENVELOPE = re.compile(r"^(?:-\}?|-XXX|\{.*|.*\{4:)$")
_CURRENCY_AT_END = re.compile(r"(?<=\d)(?:[A-Z]{3})$")
_NO_REFERENCE = {"", "NONREF", "NOREF", "NONE", "KREF+", "EREF+"}


@dataclass(slots=True)
class _State:
    section: Section
    sections: list[Section]
    row: int = 0
    line: str | None = None  # of a field 61 that waits for its details
    supplement: list[str] = field(default_factory=list)
    details: list[str] | None = None
    closed: bool = True
    interim: bool = False


def looks_like_mt940(text: str, /) -> bool:
    """Whether the text has the fields of an MT940."""
    return bool(re.search(r"^:(?:61|60[FM]|62[FM]|25P?):", text[:200_000], re.MULTILINE)) and ":" in text


def read_mt940(text: str, /) -> Statement:
    """The movements of an MT940 or MT942, of every account in it. A field that is no field goes on the one before."""
    first = Section()
    state = _State(section=first, sections=[first])
    tag = ""
    # A colon that was wrapped away from its number belongs to it.
    lines = re.sub(r"\n:[ \t]*\n(?=\d\d[A-Z]?:)", "\n:", text.replace("\r\n", "\n").replace("\r", "\n"))
    for line in lines.split("\n"):
        found = _FIELD.match(line.strip())
        if found:
            tag = found[1]
            _field(tag, value=found[2], state=state)
        elif _ENVELOPE.match(line.strip()):
            tag = ""
        elif line.strip():
            _more(tag, line=line, state=state)
    _finish_line(state=state, last=not state.closed and not state.interim)
    sections = [s for s in state.sections if s.count or s.accounts or s.through]
    if not sections:
        raise Refusal(
            en="The file looks like MT940 but holds no statement.",
            es="El archivo parece MT940 pero no contiene ningún estado de cuenta.",
        )
    return Statement(format="mt940", sections=sections, complete=state.closed or state.interim)


def _field(tag: str, *, value: str, state: _State) -> None:
    if tag == "86" and state.line is not None and state.details is None:
        state.details = [value]
        return
    if tag == "NS" and state.line is not None:
        state.details = [*(state.details or []), value]
        return
    _finish_line(state=state)
    if tag == "20" or (tag[:2] == "25" and state.section.accounts):
        state.section = Section()
        state.sections.append(state.section)
        state.closed = False
    if tag[:2] == "25":
        state.section.accounts = _accounts(value)
        ending = _CURRENCY_AT_END.search(value.strip())
        state.section.currency = state.section.currency or (ending[0] if ending else "")
        state.closed = False
    elif tag in {"13", "13D", "34F"}:
        state.interim = True
        _currency(value, state=state)
    elif tag[:2] == "60":
        _currency(value, state=state)
    elif tag[:2] in {"62", "64"}:
        _currency(value, state=state)
        found = _BALANCE.match(value)
        day = short_day(found[2]) if found and found[2] else None
        if tag[:2] == "62":
            state.section.through = day
            state.closed = True
    elif tag == "61":
        state.line, state.supplement, state.details = value, [], None
        state.closed = False


def _currency(value: str, *, state: _State) -> None:
    found = _BALANCE.match(value)
    if found:
        state.section.currency = found[3]


def _more(tag: str, *, line: str, state: _State) -> None:
    """A line that begins no field belongs to the one before it."""
    if state.details is not None and tag in {"86", "NS"}:
        state.details.append(line.strip("\n"))
    elif tag == "61" and state.line is not None:
        state.supplement.append(line.strip())


def _accounts(value: str) -> tuple[str, ...]:
    """All the ways an account may be meant by “50880050/0194774600888EUR”."""
    whole = value.strip()
    bare = _CURRENCY_AT_END.sub("", whole)
    forms = [bare, whole]
    if "/" in bare:
        forms.append(bare.rsplit("/", 1)[1])
    first = bare.split()
    forms += first[:1] if len(first) > 1 else []
    return tuple(dict.fromkeys(form.strip("/ ") for form in forms if form.strip("/ ")))


def _finish_line(*, state: _State, last: bool = False) -> None:
    """Take the movement that waits. `last` says the file stops before the statement is closed."""
    if state.line is None:
        return
    state.row += 1
    taken = cut_off() if last and state.details is None else _movement(state=state)
    if isinstance(taken, Movement):
        state.section.movements.append(taken)
    else:
        state.section.aside.append(SetAside(row=state.row, why=taken))
    state.line, state.supplement, state.details = None, [], None


def _movement(*, state: _State) -> Movement | Text:
    assert state.line is not None  # noqa: S101 - CONFIG: tells the type checker
    found = _LINE.match(state.line.strip())
    if not found and state.supplement:  # some banks wrap this line too, wherever it is
        found = _LINE.match(state.line.strip() + "".join(state.supplement))
    if not found:
        shown = state.line.strip()[:40]
        return Text(en=f"“{shown}” is not a movement.", es=f"«{shown}» no es un movimiento.")
    if found["mark"][0] == "E":
        return Text(en="It is expected, not booked yet.", es="Está previsto; todavía no se registra.")
    on = _day(value=found["value"], entry=(found["entry"] or "").strip())
    if on is None:
        return no_day(shown=found["value"])
    amount = formal_amount(
        found["amount"] if "," in found["amount"] or "." in found["amount"] else found["amount"] + ","
    )
    if amount is None:
        return unreadable(shown=found["amount"])
    comes = found["mark"] in {"C", "RD"}
    reference, _, bank_id = found["rest"].partition("//")
    said = details_of(state.details or [])
    theirs = reference[4:].strip() if reference[:1] in "NFS" else reference.strip()
    pieces = [theirs if theirs not in _NO_REFERENCE else "", said.text, *state.supplement]
    return Movement(
        row=state.row,
        on=on,
        amount=amount.minor if comes else -amount.minor,
        currency=state.section.currency,
        bank_id="" if bank_id.strip() in _NO_REFERENCE else bank_id.strip(),
        name=said.name,
        text=" ".join(piece for piece in pieces if piece),
        payer_account=said.account,
        doubt=fractions() if amount.rounded else taken_back() if found["mark"][0] == "R" else None,
        reversal=found["mark"][0] == "R",
    )


def _day(*, value: str, entry: str) -> date | None:
    """The day it was booked: month and day beside the value date, within half a year of it; else the value date.

    The value date alone may be one that is none: German interest counts thirty days in February.
    """
    valued = short_day(value)
    if not entry:
        return valued
    year = (valued.year if valued else None) or _year(value)
    if year is None:
        return None
    booked = [day for y in (year - 1, year, year + 1) if (day := day_of(y, int(entry[:2]), int(entry[2:])))]
    if not booked:
        return None
    near = valued or day_of(year, max(1, min(12, int(value[2:4]) if value[2:4].isdigit() else 1)), 28)
    return min(booked, key=lambda day: abs((day - near).days)) if near else None


def _year(value: str) -> int | None:
    first = short_day(value[:2] + "0101") if value[:2].isdigit() else None
    return first.year if first else None
