"""What a row of a bank's table is: on its way to a movement, in error, a balance, or nothing that moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tequio.banking.statements.amounts import LONGEST, Amount, Mark, unreadable
from tequio.banking.statements.columns import Mapping_, Table, day_part, direction_of, money_in
from tequio.banking.statements.days import EARLIEST, LATEST, no_day
from tequio.banking.statements.decoding import UNREADABLE
from tequio.banking.statements.roles import BALANCE_WORDS, DONE, TOTAL_WORDS, Role
from tequio.banking.statements.tables import Row
from tequio.members.intake.dates import DateOrder, read_day
from tequio.members.intake.vocabulary import folded
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A row by its roles; empty texts where it has no such cell."""

    row: Row
    said: dict[Role, str]
    text: str


@dataclass(slots=True, kw_only=True)
class Draft:
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
class Gap:
    """A row that could not be taken: its balance, where it can be read, is what the next row starts from."""

    balance: int | None


Step = Draft | Gap
_A_MOVEMENT: Final = Text(en="", es="")  # what `_beside` says of a row that is one


Places = Mapping[Role, Sequence[int]]


def places_of(table: Table, mapping: Mapping_, /) -> Places:
    """Where the columns of each role stand."""
    return {
        role: [at for heading in headings if (at := table.position(heading)) is not None]
        for role, headings in mapping.columns.items()
    }


def cells_of(row: Row, *, places: Places) -> Cells:
    """A row's cells by their roles."""
    said: dict[Role, str] = {}
    texts: list[str] = []
    cells = row.cells
    for role, positions in places.items():
        found = [cells[at] for at in positions if at < len(cells) and cells[at]]
        if role is Role.TEXT:
            texts += found
        elif found:
            said[role] = found[0]
    name = said.get(Role.NAME, "")
    return Cells(row=row, said=said, text=" ".join(dict.fromkeys(piece for piece in [name, *texts] if piece)))


def what_it_is(cells: Cells, *, mark: Mark, order: DateOrder) -> Draft | Text | int | None:
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


def _booked(cells: Cells, *, amount: Amount, sign: int, on: date, mark: Mark) -> Draft | Text:
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
    return Draft(
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


def decimals_of(cells: Cells) -> int:
    """How many digits stand after the decimal mark of a row's amount."""
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
