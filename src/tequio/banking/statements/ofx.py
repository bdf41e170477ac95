"""OFX and QFX, SGML and XML, as banks really write them: elements missing, empty, misordered, unclosed, on one line.

No document tree is built. The tags go by in their order; what matters is which movement, which account and which
group is open while a value passes. No entity of a file's own is ever resolved.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tequio.banking.statements.amounts import formal_amount, unreadable
from tequio.banking.statements.days import formal_day, no_day
from tequio.banking.statements.shapes import Movement, Section, SetAside, Statement, not_booked
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9._-]*)[^<>]{0,400}?(/?)>((?:[^<]|<(?![/A-Za-z!?]))*)")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SPACES = re.compile(r"\s+")
_STATEMENTS = {"STMTRS", "CCSTMTRS", "INVSTMTRS", "STMTTRNRS", "CCSTMTTRNRS", "INVSTMTTRNRS"}
_MOVEMENTS = {"STMTTRN", "STMTTRNP"}  # the second is one that is pending
_LISTS = {"BANKTRANLIST", "BANKTRANLISTP", "INVTRANLIST", "OFX", "BANKMSGSRSV1", "CREDITCARDMSGSRSV1"}
_OURS = {"BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"}
_THEIRS = {"BANKACCTTO", "CCACCTTO"}
_GROUPS = _OURS | _THEIRS | {"PAYEE", "CURRENCY", "ORIGCURRENCY", "LEDGERBAL", "AVAILBAL", "EXTDPAYEE", "BAL"}
_GOING = {"DEBIT", "CHECK", "FEE", "SRVCHG", "DIRECTDEBIT", "POS", "ATM", "REPEATPMT"}
_BALANCE_WORDS = ("saldo anterior", "saldo do dia", "saldo inicial", "saldo final", "saldo del dia", "opening balance")
LONGEST_VALUE = 1_000


@dataclass(slots=True)
class _Open:
    """What is open while the tags go by."""

    section: Section | None = None
    named: dict[str, str] = field(default_factory=dict)  # of our account: BANKID, BRANCHID, ACCTID
    movement: dict[str, str] | None = None
    group: str = ""
    count: int = 0


def looks_like_ofx(text: str, /) -> bool:
    """Whether the text is OFX, by its header or its first element."""
    head = text[:20_000].upper()
    return "<OFX" in head or "OFXHEADER" in head or "<STMTTRN>" in head


def read_ofx(text: str, /) -> Statement:
    """The movements of an OFX or QFX file, of every account in it.

    Refuses a file that declares entities, and one without any statement: the bank's own message is given then.
    """
    if re.search(r"<!\s*(?:DOCTYPE|ENTITY)", text[:100_000], re.IGNORECASE):
        raise entities_declared()
    text = _COMMENT.sub(" ", _CDATA.sub(lambda found: html.escape(found[1], quote=False), text))
    statement = Statement(format="ofx", sections=[])
    state = _Open()
    message = ""
    for closing, name, value in _tags(text):
        if closing:
            _close(name, state=state, statement=statement)
        else:
            message = value if name == "MESSAGE" and value and value.upper() != "SUCCESS" else message
            _open(name, value=value, state=state, statement=statement)
    if state.movement is not None:
        _cut(state=state)
    _finish(state=state)
    statement.complete = "</OFX>" in text[-2_000:].upper()
    statement.sections = [s for s in statement.sections if s.count or s.accounts or s.through]
    if not statement.sections:
        said = f" ({message[:200]})" if message else ""
        raise Refusal(
            en=f"The file is OFX but holds no bank statement{said}.",
            es=f"El archivo es OFX pero no contiene un estado de cuenta{said}.",
        )
    return statement


def entities_declared() -> Refusal:
    """The refusal of XML that declares entities of its own: no bank does, and it is how files are made to explode."""
    return Refusal(
        en="The file declares entities of its own (DOCTYPE), which no bank's statement does. It was not read.",
        es="El archivo declara entidades propias (DOCTYPE), lo que ningún estado de cuenta hace. No se leyó.",
    )


def _tags(text: str) -> Iterator[tuple[bool, str, str]]:
    for found in _TAG.finditer(text):
        closing, name, empty, value = found.groups()
        shown = _SPACES.sub(" ", html.unescape(value[:LONGEST_VALUE])).strip() if value and not closing else ""
        yield bool(closing), name.upper(), "" if empty else shown


def _open(name: str, *, value: str, state: _Open, statement: Statement) -> None:
    if name in _STATEMENTS:
        _finish(state=state)
        state.section = None
    elif name in _MOVEMENTS:
        _finish_movement(state=state)
        state.movement = {} if name == "STMTTRN" else {"PENDING": name}
        state.group = ""
        _section(state=state, statement=statement)
    elif name in _GROUPS and not value:
        state.group = name
        if name in _OURS and state.movement is None:
            _section(state=state, statement=statement)
            state.named = {}
    elif state.movement is not None:
        _value(name, value=value, state=state)
    else:
        _about(name, value=value, state=state, statement=statement)


def _value(name: str, *, value: str, state: _Open) -> None:
    """A value within a movement; the first that says anything counts."""
    assert state.movement is not None  # noqa: S101 - CONFIG: tells the type checker
    key = f"{state.group}.{name}" if state.group in _GROUPS - {"PAYEE", "EXTDPAYEE"} else name
    if value and not state.movement.get(key):
        state.movement[key] = value


def _about(name: str, *, value: str, state: _Open, statement: Statement) -> None:
    """A value about the statement itself."""
    if name in {"ACCTID", "BANKID", "BRANCHID", "BROKERID"} and state.group in _OURS:
        if value:
            state.named[name] = value
    elif name == "CURDEF":
        section = _section(state=state, statement=statement)
        section.currency = section.currency or value.upper()
    elif name == "DTEND" or (name == "DTASOF" and state.group != "AVAILBAL"):
        day = formal_day(value)
        section = _section(state=state, statement=statement)
        if day is not None and name == "DTEND":
            section.through = day
        elif day is not None:
            section.through = section.through or day


def _close(name: str, *, state: _Open, statement: Statement) -> None:
    if name in _MOVEMENTS or name in _LISTS:
        _finish_movement(state=state)
        state.group = ""
    elif name in _OURS and state.movement is None:
        _name_account(state=state)
        state.group = ""
    elif name in _GROUPS:
        state.group = ""
    elif name in _STATEMENTS:
        _finish(state=state)
    del statement


def _section(*, state: _Open, statement: Statement) -> Section:
    if state.section is None:
        state.section = Section()
        statement.sections.append(state.section)
    return state.section


def _name_account(*, state: _Open) -> None:
    if state.section is None or not state.named.get("ACCTID"):
        return
    number = state.named["ACCTID"]
    forms = [number]
    for prefix in ("BRANCHID", "BANKID"):
        if state.named.get(prefix):
            forms.append(state.named[prefix] + forms[-1])
    state.section.accounts = tuple(dict.fromkeys(forms))


def _finish(*, state: _Open) -> None:
    """End what is open of a statement, its account named even where the element was never closed."""
    _finish_movement(state=state)
    if state.section is not None and not state.section.accounts:
        _name_account(state=state)
    state.named, state.group = {}, ""


def _cut(*, state: _Open) -> None:
    """The file stops within a movement: what is there of it may be half a figure."""
    assert state.section is not None  # noqa: S101 - CONFIG: tells the type checker
    state.count += 1
    state.section.aside.append(SetAside(row=state.count, why=cut_off()))
    state.movement = None


def cut_off() -> Text:
    """Why the last row of half a file was not taken."""
    return Text(
        en="The file ends in the middle of it. Download it again.",
        es="El archivo termina a la mitad. Descárguelo otra vez.",
    )


def _finish_movement(*, state: _Open) -> None:
    if state.movement is None or state.section is None:
        return
    state.count += 1
    taken = _movement(state.movement, row=state.count, section=state.section)
    if isinstance(taken, Movement):
        state.section.movements.append(taken)
    else:
        state.section.aside.append(SetAside(row=state.count, why=taken))
    state.movement = None


def _beside(said: dict[str, str]) -> Text | None:
    """Why something that looks like a movement is none: it has not happened yet, or speaks of another one."""
    if said.get("PENDING"):
        return not_booked()
    if not said.get("CORRECTFITID"):
        return None
    shown = said["CORRECTFITID"][:40]
    return Text(
        en=f"It corrects or deletes the movement {shown}. Look at that one, and enter what differs by hand.",
        es=f"Corrige o elimina el movimiento {shown}. Revise ese, y registre a mano lo que cambie.",
    )


def _movement(said: dict[str, str], *, row: int, section: Section) -> Movement | Text:
    beside = _beside(said)
    if beside is not None:
        return beside
    amount_text = said.get("TRNAMT", "")
    amount = formal_amount(amount_text)
    if amount is None:
        return unreadable(shown=amount_text)
    on = formal_day(said.get("DTPOSTED", ""))
    if on is None:
        return no_day(shown=said.get("DTPOSTED", ""))
    bank_id = said.get("FITID", "")
    name = said.get("NAME", "")
    # Many banks begin the memo with the name, which has room for 32 letters only.
    begun = bool(name) and said.get("MEMO", "").startswith(name)
    keys = ("MEMO", "CHECKNUM", "REFNUM") if begun else ("NAME", "MEMO", "CHECKNUM", "REFNUM")
    text = " ".join(dict.fromkeys(said[key] for key in keys if said.get(key)))
    if not bank_id and text.lower().startswith(_BALANCE_WORDS):
        return Text(en="It is a balance, not money that moved.", es="Es un saldo, no dinero que se movió.")
    other = said.get("CURRENCY.CURSYM", "").upper()
    if other and not section.currency:
        section.currency = other
    if other and other != section.currency:
        return Text(
            en=f"Its amount is in {other}, the statement in {section.currency}.",
            es=f"Su cantidad está en {other}, el estado de cuenta en {section.currency}.",
        )
    return Movement(
        row=row,
        on=on,
        amount=amount.minor,
        currency=section.currency,
        bank_id=bank_id,
        name=name,
        text=text,
        payer_account=said.get("BANKACCTTO.ACCTID", "") or said.get("CCACCTTO.ACCTID", ""),
        doubt=_doubt(said, minor=amount.minor, rounded=amount.rounded),
    )


def _doubt(said: dict[str, str], *, minor: int, rounded: bool) -> Text | None:
    if rounded:
        return fractions()
    kind = said.get("TRNTYPE", "").upper()
    if minor > 0 and kind in _GOING:
        return Text(
            en=f"The amount says money came, its kind ({kind}) says money went.",
            es=f"La cantidad dice que llegó dinero; su tipo ({kind}) dice que salió.",
        )
    return None


def fractions() -> Text:
    """Why an amount with fractions of a cent is not posted by itself."""
    return Text(en="The amount has fractions of a cent.", es="La cantidad tiene fracciones de centavo.")
