"""The CSV or workbook of any bank, read into movements by what its columns hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from tequio.banking.statements.amounts import LONGEST, Amount, Mark, unreadable
from tequio.banking.statements.chain import Link, Settled, settle_signs
from tequio.banking.statements.columns import (
    Mapping_,
    Table,
    day_part,
    direction_of,
    guess_mapping,
    marks_of,
    money_in,
    no_columns,
    table_of,
)
from tequio.banking.statements.days import EARLIEST, LATEST, no_day
from tequio.banking.statements.decoding import UNREADABLE
from tequio.banking.statements.ofx import cut_off, fractions
from tequio.banking.statements.roles import BALANCE_WORDS, DONE, TOTAL_WORDS, Role
from tequio.banking.statements.shapes import Format, Movement, Section, SetAside, Statement
from tequio.banking.statements.tables import Row
from tequio.kernel.errors import Refusal
from tequio.members.intake.dates import DateOrder, evidence_of, read_day
from tequio.members.intake.vocabulary import folded
from tequio.rules.money import printed
from tequio.rules.reasons import Text

_SPANISH = ("fecha", "importe", "cargo", "abono", "saldo", "concepto", "descripci", "monto", "retiro")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A row by its roles; empty texts where it has no such cell."""

    row: Row
    said: dict[Role, str]
    text: str


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A row on its way to a movement: everything but which way the money moved."""

    cells: Cells
    on: date
    size: int
    said: int  # 1, -1 or 0: what the row's own columns say
    rounded: bool
    balance: int | None
    link: int  # the size by which the balance moves: after fees, where they are told
    fee: int  # told in a column of its own


@dataclass(slots=True, kw_only=True)
class _Gap:
    """A row that could not be taken: its balance, where it can be read, is what the next row starts from."""

    balance: int | None


_Step = _Draft | _Gap
_A_MOVEMENT: Final = Text(en="", es="")  # what `_beside` says of a row that is one


def read_table(
    rows: Sequence[Row], /, *, format_: Format, saved: Mapping_ | None = None, usual: DateOrder | None = None
) -> tuple[Statement, Mapping_]:
    """The movements of a bank's table, and how its columns were read.

    `saved` is the mapping to use where its headings are all there; what it leaves open the file tells. `usual` is the
    order of day and month where nothing in the file tells. Refuses a table whose balances contradict its amounts.
    """
    table = table_of(rows)
    notes: list[Text] = []
    mapping = _mapping(table, saved=saved, notes=notes)
    mark = mapping.mark or marks_of(table, mapping)
    order = mapping.dates or _order(table, mapping, usual=usual, notes=notes)
    mapping = replace(mapping, dates=order, mark=mark)
    sections: dict[tuple[str, str], Section] = {}
    drafts: dict[tuple[str, str], list[_Step]] = {}
    openings: dict[tuple[str, str], int] = {}
    for row in table.rows:
        cells = _cells(row, table=table, mapping=mapping)
        key = (cells.said.get(Role.ACCOUNT, ""), cells.said.get(Role.CURRENCY, "").upper())
        taken = _draft(cells, mark=mark, order=order)
        if taken is None:
            continue
        if isinstance(taken, int):
            openings.setdefault(key, taken)
            continue
        section = sections.setdefault(key, Section(accounts=(key[0],) if key[0] else (), currency=key[1]))
        if isinstance(taken, Text):
            section.aside.append(SetAside(row=row.number, why=taken))
            balance = money_in(cells.said.get(Role.BALANCE, ""), mark=mark)
            drafts.setdefault(key, []).append(_Gap(balance=balance.minor if balance else None))
        else:
            drafts.setdefault(key, []).append(taken)
    _set_cut_row_aside(sections=sections, drafts=drafts)
    for key, listed in drafts.items():
        _settle(listed, section=sections[key], opening=openings.get(key), notes=notes)
    statement = Statement(format=format_, sections=list(sections.values()), notes=notes)
    return statement, mapping


def _mapping(table: Table, *, saved: Mapping_ | None, notes: list[Text]) -> Mapping_:
    if saved is not None and saved.columns:
        named = [heading for headings in saved.columns.values() for heading in headings]
        absent = [heading for heading in named if table.position(heading) is None]
        if not absent:
            if Role.DATE not in saved.columns:
                raise no_columns(date=True)
            if not {Role.AMOUNT, Role.CREDIT, Role.DEBIT} & set(saved.columns):
                raise no_columns(date=False)
            return saved
        shown = ", ".join(f"“{heading}”" for heading in absent[:3])
        notes.append(
            Text(
                en=f"The columns remembered for this account are not in the file ({shown}); they were guessed anew.",
                es="Las columnas recordadas de esta cuenta no están en el archivo "
                f"({shown.replace('“', '«').replace('”', '»')}); se adivinaron de nuevo.",
            )
        )
    guessed = guess_mapping(table)
    if saved is not None:
        guessed = replace(guessed, dates=saved.dates, mark=saved.mark)
    return guessed


def _order(table: Table, mapping: Mapping_, *, usual: DateOrder | None, notes: list[Text]) -> DateOrder:
    """Which part of 03/04/2016 is the month: by the days themselves, else their sequence, else what is usual."""
    at = table.position(mapping.columns[Role.DATE][0])
    texts = [day_part(cell) for cell in table.column(at if at is not None else 0, limit=20_000)]
    evidence = evidence_of(texts=texts)
    if evidence.order is not None and not (evidence.dmy and evidence.mdy):
        return evidence.order
    if evidence.dmy or evidence.mdy:  # some are broken: the greater number tells
        return "dmy" if evidence.dmy >= evidence.mdy else "mdy"
    orders: tuple[DateOrder, DateOrder] = ("dmy", "mdy")
    # An order in which fewer of them are days is none; then days that turn back and forth, or spread over years.
    spans = {order: (-_read_as(texts, order=order), *_disorder(texts, order=order)) for order in orders}
    if spans["dmy"] != spans["mdy"]:
        return min(orders, key=lambda order: spans[order])
    spanish = any(folded(heading).startswith(_SPANISH) for heading in table.headings)
    chosen: DateOrder = "dmy" if spanish or usual is None else usual
    shown = read_day(text=evidence.example, order=chosen)
    notes.append(
        Text(
            en=f"“{evidence.example}” was read as {shown}: nothing in the file tells the order of day and month. "
            "If that is wrong, say which it is (with the command: --dates dmy, mdy or ymd).",
            es=f"«{evidence.example}» se leyó como {shown}: nada en el archivo dice el orden de día y mes. "
            "Si no es así, diga cuál es (con el comando: --dates dmy, mdy o ymd).",
        )
    )
    return chosen


def _read_as(texts: list[str], *, order: DateOrder) -> int:
    return sum(1 for text in texts if read_day(text=text, order=order))


def _disorder(texts: list[str], *, order: DateOrder) -> tuple[int, int]:
    """How often the sequence of days turns round, and over how many days they spread."""
    days = [date.fromisoformat(day).toordinal() for text in texts if (day := read_day(text=text, order=order))]
    turns, going = 0, 0
    for before, after in pairwise(days):
        step = (after > before) - (after < before)
        if step and going and step != going:
            turns += 1
        going = step or going
    return turns, (max(days) - min(days)) if days else 0


def _cells(row: Row, *, table: Table, mapping: Mapping_) -> Cells:
    said: dict[Role, str] = {}
    texts: list[str] = []
    for role, headings in mapping.columns.items():
        found = []
        for heading in headings:
            at = table.position(heading)
            if at is not None and at < len(row.cells) and row.cells[at]:
                found.append(row.cells[at])
        if role is Role.TEXT:
            texts += found
        elif found:
            said[role] = found[0]
    name = said.get(Role.NAME, "")
    return Cells(row=row, said=said, text=" ".join(dict.fromkeys(piece for piece in [name, *texts] if piece)))


def _draft(cells: Cells, *, mark: Mark, order: DateOrder) -> _Draft | Text | int | None:
    """What a row is: on its way to a movement, in error, an opening balance, or nothing that moved (None)."""
    if cells.row.fault is not None:
        return cells.row.fault
    said = cells.said
    money = {role: said[role] for role in (Role.AMOUNT, Role.CREDIT, Role.DEBIT) if _holds(said.get(role, ""))}
    on = read_on(said.get(Role.DATE, ""), order=order)
    beside = _beside(cells, money=money, on=on, mark=mark)
    if beside is not _A_MOVEMENT:
        return beside
    amount = _amount(money, mark=mark)
    if isinstance(amount, Text):
        return amount
    if on is None:
        return no_day(shown=said.get(Role.DATE, ""))
    return _booked(cells, amount=amount[0], sign=amount[1], on=on, mark=mark)


def _beside(cells: Cells, *, money: dict[Role, str], on: date | None, mark: Mark) -> Text | int | None:
    """What a row is that stands beside the movements: a balance, a total, a footer; else `_A_MOVEMENT`."""
    said = cells.said
    words = folded(f"{said.get(Role.DATE, '')} {cells.text}")
    balance = money_in(said.get(Role.BALANCE, ""), mark=mark)
    speaks_of_balance = any(phrase in words for phrase in BALANCE_WORDS)
    if money:
        if speaks_of_balance and balance is None and Role.AMOUNT in money:
            found = money_in(money[Role.AMOUNT], mark=mark)
            return found.minor if found else None
        return None if on is None and words.startswith(TOTAL_WORDS) else _A_MOVEMENT
    if balance is not None and (not said.get(Role.DATE) or speaks_of_balance):
        return balance.minor
    # Without a day it is a heading, a footer or words that go on; with one, the amount is missing.
    return None if on is None else unreadable(shown="")


def _booked(cells: Cells, *, amount: Amount, sign: int, on: date, mark: Mark) -> _Draft | Text:
    """A row with a day and an amount, unless it is not booked or its balance cannot be read."""
    said = cells.said
    status = folded(said.get(Role.STATUS, ""))
    if status and status not in DONE and status.split(" ")[0] not in DONE:
        shown = said[Role.STATUS][:40]
        return Text(
            en=f"Its state is “{shown}”: it is not booked yet, or never was.",
            es=f"Su estado es «{shown}»: todavía no se registra, o no se registró.",
        )
    balance_text = said.get(Role.BALANCE, "")
    balance = money_in(balance_text, mark=mark)
    if balance_text and balance is None:
        return Text(
            en=f"Its balance “{balance_text[:LONGEST]}” is not an amount, so nothing proves its sign.",
            es=f"Su saldo «{balance_text[:LONGEST]}» no es una cantidad, así que nada prueba su signo.",
        )
    direction = direction_of(said.get(Role.DIRECTION, ""))
    net = money_in(said.get(Role.NET, ""), mark=mark)
    fee = None if net else money_in(said.get(Role.FEE, ""), mark=mark)
    return _Draft(
        cells=cells,
        on=on,
        size=abs(amount.minor),
        said=(direction if direction and not amount.signed else sign) if amount.minor else 0,
        rounded=amount.rounded,
        balance=balance.minor if balance else None,
        link=abs(net.minor) if net else abs(amount.minor),
        fee=abs(fee.minor) if fee else 0,
    )


def _amount(money: dict[Role, str], *, mark: Mark) -> tuple[Amount, int] | Text:
    """The amount of a row and which way its own columns say it moved."""
    if Role.AMOUNT in money:
        read = money_in(money[Role.AMOUNT], mark=mark)
        if read is None:
            return unreadable(shown=money[Role.AMOUNT])
        return read, (1 if read.minor > 0 else -1 if read.minor < 0 else 0)
    found: list[tuple[Amount, int]] = []
    for role, sign in ((Role.CREDIT, 1), (Role.DEBIT, -1)):
        if role in money:
            read = money_in(money[role], mark=mark)
            if read is None:
                return unreadable(shown=money[role])
            if read.minor:
                # A minus in a column of money in takes it back; in one of money out it only says “out” once more.
                found.append((read, sign if read.minor > 0 or role is Role.DEBIT else -1))
    if len(found) > 1:
        return Text(en="It has money in and money out.", es="Tiene abono y cargo a la vez.")
    return found[0] if found else (Amount(minor=0), 0)


def _settle(steps: list[_Step], *, section: Section, opening: int | None, notes: list[Text]) -> None:
    """Let the chain of balances say which way each row moved; what it contradicts is set aside."""
    drafts = [step for step in steps if isinstance(step, _Draft)]
    if not drafts:
        return
    newest_first = drafts[0].on > drafts[-1].on
    rows = [
        Link(size=step.link, said=step.said, balance=step.balance, fee=step.fee)
        if isinstance(step, _Draft)
        else Link(size=0, said=0, balance=step.balance)
        for step in steps
    ]
    chain = settle_signs(rows, opening=opening, newest_first=newest_first)
    if not chain.believed:
        section.aside += [SetAside(row=draft.cells.row.number, why=_no_chain(chain)) for draft in drafts]
        section.aside.sort(key=lambda row: row.row)
        return
    if chain.flipped:
        notes.append(
            Text(
                en="The balances show that this bank writes money in with the other sign; it was read so.",
                es="Los saldos muestran que este banco escribe los abonos con el otro signo; así se leyó.",
            )
        )
    broken: list[int] = []
    for step, sign, at in zip(steps, chain.signs, range(len(steps)), strict=True):
        if not isinstance(step, _Draft):
            continue
        number = step.cells.row.number
        if at in chain.broken:
            broken.append(number)
            section.aside.append(SetAside(row=number, why=_broken(step, currency=section.currency)))
        elif step.size and not sign:
            section.aside.append(SetAside(row=number, why=_no_sign()))
        else:
            section.movements.append(_movement(step, sign=sign, currency=section.currency))
    if broken:
        places = ", ".join(str(number) for number in broken[:10])
        notes.append(
            Text(
                en=f"The balance does not follow from the one before in row {places}: a row is missing or changed. "
                "What does not follow was set aside.",
                es=f"El saldo no se sigue del anterior en la fila {places}: falta una fila o se cambió. "
                "Lo que no se sigue quedó aparte.",
            )
        )
    section.aside.sort(key=lambda row: row.row)
    section.through = max(draft.on for draft in drafts)


def _movement(draft: _Draft, *, sign: int, currency: str) -> Movement:
    said = draft.cells.said
    return Movement(
        row=draft.cells.row.number,
        on=draft.on,
        amount=sign * draft.size,
        currency=currency,
        bank_id=said.get(Role.BANK_ID, ""),
        name=said.get(Role.NAME, ""),
        text=draft.cells.text,
        payer_account=said.get(Role.PAYER_ACCOUNT, ""),
        balance=draft.balance,
        doubt=fractions() if draft.rounded else None,
    )


def _set_cut_row_aside(*, sections: dict[tuple[str, str], Section], drafts: dict[tuple[str, str], list[_Step]]) -> None:
    """The last row of a file without a line's end, if its amount has fewer decimals than every other: half a figure."""
    for key, steps in drafts.items():
        listed = [step for step in steps if isinstance(step, _Draft)]
        if len(listed) < 3 or steps[-1] is not listed[-1]:  # noqa: PLR2004 - CONFIG: fewer tell no habit
            continue
        last = listed[-1]
        if last.cells.row.ended or last.balance is not None:
            continue
        decimals = [_decimals(draft.cells) for draft in listed]
        if len(set(decimals[:-1])) == 1 and decimals[-1] < decimals[0]:
            steps.pop()
            sections[key].aside.append(SetAside(row=last.cells.row.number, why=cut_off()))


def _decimals(cells: Cells) -> int:
    text = next((cells.said[r] for r in (Role.AMOUNT, Role.CREDIT, Role.DEBIT) if _holds(cells.said.get(r, ""))), "")
    last = max(text.rfind("."), text.rfind(","))
    return sum(character.isdigit() for character in text[last + 1 :]) if last >= 0 else 0


def read_on(text: str, /, *, order: DateOrder) -> date | None:
    """The day a cell says, or None."""
    day = read_day(text=day_part(text), order=order)
    found = date.fromisoformat(day) if day else None
    return found if found and EARLIEST <= found.year <= LATEST else None


def _holds(text: str) -> bool:
    return bool(text.strip("-–—$ ")) or UNREADABLE in text


def _no_chain(chain: Settled) -> Text:
    return Text(
        en=f"The balances do not follow from the amounts ({chain.held} of {chain.links} do), so nothing proves what "
        "came and what went. Nothing of this file was posted.",
        es=f"Los saldos no se siguen de las cantidades ({chain.held} de {chain.links} sí), así que nada prueba qué "
        "llegó y qué salió. No se registró nada de este archivo.",
    )


def _broken(draft: _Draft, *, currency: str) -> Text:
    shown = printed(minor=draft.size, currency=currency or "").strip()
    after = printed(minor=draft.balance or 0, currency=currency or "").strip()
    return Text(
        en=f"The balance {after} does not follow from the one before and {shown}.",
        es=f"El saldo {after} no se sigue del anterior y {shown}.",
    )


def _no_sign() -> Text:
    return Text(
        en="Nothing tells whether this money came or went: it has no sign, and no balance before it.",
        es="Nada dice si este dinero llegó o salió: no tiene signo, ni hay un saldo anterior.",
    )


def refuse_no_table() -> Refusal:
    """The refusal of a text that is no statement of any format."""
    return Refusal(
        en="The file is no bank statement of a format the program reads: OFX, QFX, MT940, CAMT.053, CSV or XLSX.",
        es="El archivo no es un estado de cuenta en un formato que el programa lea: OFX, QFX, MT940, CAMT.053, CSV o "
        "XLSX.",
    )
