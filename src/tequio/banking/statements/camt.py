"""CAMT.053, and its sisters 052 and 054, in every version: entries by their local names, one after the other.

The text is decoded before the parser sees it, and refused if it declares a document type: so there are no entities to
expand, and no outside address to fetch.
"""

import re
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from tequio.banking.statements.amounts import Amount, formal_amount, unreadable
from tequio.banking.statements.days import formal_day, no_day
from tequio.banking.statements.ofx import entities_declared, fractions
from tequio.banking.statements.shapes import (
    Movement,
    Part,
    Section,
    SetAside,
    Statement,
    not_booked,
    taken_back,
)
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

_STATEMENTS = {"Stmt", "Rpt", "Ntfctn"}
_CHUNK = 1 << 16
_DEEPEST = 60
_DECLARED = re.compile(r"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_NO_REFERENCE = {"NOTPROVIDED", "NOT PROVIDED", "NONREF", "NOREF", "NV"}


def looks_like_camt(text: str, /) -> bool:
    """Whether the text is an XML statement of ISO 20022."""
    head = text[:20_000]
    return "camt.05" in head or bool(re.search(r"<(?:\w+:)?(?:BkToCstmr\w+|Ntry|Stmt)\b", head))


def read_camt(text: str, /) -> Statement:
    """The entries of a CAMT file, one movement for each, with the payments of a batch as its parts.

    Where the XML breaks off, what stood before is taken and the place is named.
    """
    if _DECLARED.search(text):
        raise entities_declared()
    reader = _Reader()
    parser: XMLPullParser[Any] = XMLPullParser(events=("start", "end"))
    start = max(text.find("<"), 0)
    broken: ParseError | None = None
    for at in range(start, len(text), _CHUNK):
        parser.feed(text[at : at + _CHUNK])
        broken = reader.take(parser)
        if broken is not None:
            break
    if broken is None:
        try:
            parser.close()
        except ParseError as error:
            broken = error
        broken = reader.take(parser) or broken
    if broken is not None:
        reader.break_off(line=broken.position[0])
    sections = [s for s in reader.sections if s.count or s.accounts or s.through]
    if not sections:
        raise Refusal(
            en="The file is XML but holds no bank statement (CAMT.053).",
            es="El archivo es XML pero no contiene un estado de cuenta (CAMT.053).",
        )
    return Statement(format="camt", sections=sections, complete=broken is None)


class _Reader:
    """Takes elements as they end, so that a large file is never in memory as a tree."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self._path: list[str] = []
        self._elements: list[Element] = []
        self._row = 0

    def take(self, parser: "XMLPullParser[Any]") -> ParseError | None:
        """Take what the parser has finished; the error, if that is where it stopped."""
        events: Any = parser.read_events()
        while True:
            try:
                event, element = next(events)
            except StopIteration:
                return None
            except ParseError as error:
                return error
            if event == "start":
                self._start(element)
            else:
                self._path.pop()
                self._elements.pop()
                self._end(_local(element), element=element)

    def _start(self, element: Element) -> None:
        name = _local(element)
        self._path.append(name)
        self._elements.append(element)
        if len(self._path) > _DEEPEST:
            raise Refusal(
                en="The XML is nested deeper than any statement's. It was not read.",
                es="El XML está anidado más que cualquier estado de cuenta. No se leyó.",
            )
        if name in _STATEMENTS:
            self.sections.append(Section())

    def _end(self, name: str, *, element: Element) -> None:
        within = self._path[-1] if self._path else ""
        if name == "Ntry":
            if not self.sections:
                self.sections.append(Section())
            self._entry(element)
        elif within in _STATEMENTS and self.sections:
            _about(name, element=element, section=self.sections[-1])
        if name == "Ntry" or within in _STATEMENTS:
            element.clear()
            if self._elements:
                self._elements[-1].clear()

    def _entry(self, element: Element) -> None:
        self._row += 1
        section = self.sections[-1]
        taken = _movement(element, row=self._row, section=section)
        if isinstance(taken, Movement):
            section.movements.append(taken)
        else:
            section.aside.append(SetAside(row=self._row, why=taken))

    def break_off(self, *, line: int) -> None:
        """Name the place where the XML breaks; an entry that was open there is one that could not be taken."""
        if not self.sections:
            raise Refusal(
                en=f"The XML is damaged in line {line}. Download the file again.",
                es=f"El XML está dañado en la línea {line}. Descargue otra vez el archivo.",
            )
        if "Ntry" in self._path:
            self._row += 1
            why = Text(
                en=f"The XML breaks off in line {line}, within it. Download the file again.",
                es=f"El XML se corta en la línea {line}, a la mitad. Descargue otra vez el archivo.",
            )
            self.sections[-1].aside.append(SetAside(row=self._row, why=why))


def _about(name: str, *, element: Element, section: Section) -> None:
    """What stands directly in a statement: its account, its period, its balances."""
    if name == "Acct":
        forms = [_text(element, "Id", "IBAN"), _text(element, "Id", "Othr", "Id")]
        section.accounts = tuple(form for form in forms if form)
        section.currency = _text(element, "Ccy").upper() or section.currency
    elif name == "FrToDt":
        day = formal_day(_text(element, "ToDtTm")) or formal_day(_text(element, "ToDt"))
        section.through = section.through or day
    elif name == "Bal":
        code = _text(element, "Tp", "CdOrPrtry", "Cd")
        amount = _child(element, "Amt")
        if amount is not None and not section.currency:
            section.currency = amount.get("Ccy", "").upper()
        if code in {"CLBD", "ITBD"}:
            section.through = _day(element, "Dt") or section.through


def _movement(entry: Element, *, row: int, section: Section) -> Movement | Text:
    amount, currency = _amount(_child(entry, "Amt"))
    status = _text(entry, "Sts", "Cd") or _text(entry, "Sts")
    if amount is None:
        return unreadable(shown=_text(entry, "Amt"))
    direction = _text(entry, "CdtDbtInd").upper()
    if direction not in {"CRDT", "DBIT"}:
        return Text(en="It does not say whether money came or went.", es="No dice si el dinero llegó o salió.")
    on = _day(entry, "BookgDt") or _day(entry, "ValDt")
    if on is None:
        shown = _text(entry, "BookgDt", "Dt") or _text(entry, "BookgDt", "DtTm")
        return no_day(shown=shown)
    if status.upper() in {"PDNG", "INFO", "FUTR"}:
        return not_booked()
    if section.currency and currency and currency != section.currency:
        return Text(
            en=f"Its amount is in {currency}, the account in {section.currency}.",
            es=f"Su cantidad está en {currency}, la cuenta en {section.currency}.",
        )
    section.currency = section.currency or currency
    sign = 1 if direction == "CRDT" else -1
    found = [tx for details in _children(entry, "NtryDtls") for tx in _children(details, "TxDtls")]
    parts = [_part(tx, sign=sign, only=len(found) == 1, whole=sign * amount.minor) for tx in found]
    first = parts[0] if len(parts) == 1 else None
    extra = _text(entry, "AddtlNtryInf")
    reversal = _text(entry, "RvslInd").lower() in {"true", "1"}
    ids = [_text(entry, "AcctSvcrRef"), _text(entry, "NtryRef")]
    if len(found) == 1:
        ids.append(_text(found[0], "Refs", "AcctSvcrRef"))
    return Movement(
        row=row,
        on=on,
        amount=sign * amount.minor,
        currency=currency or section.currency,
        bank_id=next((known for known in ids if known and known.upper() not in _NO_REFERENCE), ""),
        name=first.name if first else "",
        text=" ".join(dict.fromkeys(piece for piece in [*(part.text for part in parts), extra] if piece))[:4_000],
        payer_account=first.payer_account if first else "",
        parts=_batch(parts, whole=sign * amount.minor),
        doubt=fractions() if amount.rounded else _doubt(parts, whole=sign * amount.minor, reversal=reversal),
        reversal=reversal,
    )


def _part(tx: Element, *, sign: int, only: bool, whole: int) -> Part:
    """One payment of an entry; 0 where its own amount is not told."""
    own = _child(tx, "Amt")
    amount, _ = _amount(own if own is not None else _below(tx, "AmtDtls", "TxAmt", "Amt"))
    side = "Dbtr" if sign > 0 else "Cdtr"
    parties = _child(tx, "RltdPties")
    name = account = ""
    if parties is not None:
        name = _text(parties, side, "Nm") or _text(parties, side, "Pty", "Nm") or _text(parties, f"Ultmt{side}", "Nm")
        account = _text(parties, f"{side}Acct", "Id", "IBAN") or _text(parties, f"{side}Acct", "Id", "Othr", "Id")
    pieces = [name, _text(tx, "Refs", "EndToEndId"), _text(tx, "AddtlTxInf")]
    told = _child(tx, "RmtInf")
    if told is not None:
        pieces += [(element.text or "").strip() for element in _children(told, "Ustrd")]
        for structured in _children(told, "Strd"):
            pieces.append(_text(structured, "CdtrRefInf", "Ref"))
            pieces += [(element.text or "").strip() for element in _children(structured, "AddtlRmtInf")]
    text = " ".join(" ".join(piece.split()) for piece in pieces if piece and piece.upper() not in _NO_REFERENCE)
    minor = whole if only else sign * amount.minor if amount and not amount.rounded else 0
    return Part(amount=minor, name=name, text=text, payer_account=account)


def _batch(parts: list[Part], *, whole: int) -> tuple[Part, ...]:
    """The payments of a batch, where each tells its amount and together they are the entry."""
    told = len(parts) > 1 and all(part.amount for part in parts) and sum(part.amount for part in parts) == whole
    return tuple(parts) if told else ()


def _doubt(parts: list[Part], *, whole: int, reversal: bool) -> Text | None:
    if reversal:
        return taken_back()
    if len(parts) > 1 and not _batch(parts, whole=whole):
        return Text(
            en="The bank booked several payments as one, and their amounts do not add up to it.",
            es="El banco registró varios pagos como uno solo, y sus cantidades no suman lo mismo.",
        )
    return None


def _amount(element: Element | None) -> tuple[Amount | None, str]:
    if element is None:
        return None, ""
    text = (element.text or "").strip()
    amount = formal_amount(text) if "," not in text else None
    if amount is not None and amount.minor < 0:
        amount = None
    return amount, element.get("Ccy", "").upper()


def _day(element: Element, name: str) -> date | None:
    return formal_day(_text(element, name, "Dt")) or formal_day(_text(element, name, "DtTm"))


def _local(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _local(child) == name), None)


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if _local(child) == name]


def _below(element: Element, *names: str) -> Element | None:
    found: Element | None = element
    for name in names:
        if found is None:
            return None
        found = _child(found, name)
    return found


def _text(element: Element, *names: str) -> str:
    found = _below(element, *names)
    return " ".join((found.text or "").split()) if found is not None else ""
