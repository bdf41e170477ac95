"""Which column of a bank's table holds what: by the words above it, and by what stands under them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tequio.banking.statements.amounts import Amount, Mark, decimal_mark, written_amount
from tequio.banking.statements.days import day_of
from tequio.banking.statements.roles import IN_WORDS, MANY, OUT_WORDS, ROLE_NAMES, Role, role_of_heading
from tequio.banking.statements.tables import Row
from tequio.kernel.errors import Refusal
from tequio.members.intake.dates import ORDERS, DateOrder, looks_like_day
from tequio.members.intake.grids import Typed
from tequio.members.intake.sheets import column_letters
from tequio.members.intake.vocabulary import folded

HEADINGS_WITHIN: Final = 60
_LOOKED_AT: Final = 300
_MOSTLY: Final = 0.6
_FEWEST_WORDS: Final = 0.3
_FEW: Final = 2  # cells that may all be broken by chance
_MONEY: Final = (Role.AMOUNT, Role.CREDIT, Role.DEBIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping_:  # noqa: N801 - WONTFIX: typing has the name, and it is what people call this
    """Which heading fills which role, the order of day and month, and the decimal mark. None: told by the file."""

    columns: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    dates: DateOrder | None = None
    mark: Mark | None = None

    def as_json(self) -> dict[str, Any]:
        """As it is saved with an account, and printed."""
        return {
            "columns": {role.value: list(headings) for role, headings in self.columns.items()},
            "dates": self.dates,
            "decimal": self.mark,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its headings: positions and rows under them. `heading_row` is 0 where there are none."""

    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[Row, ...]

    def position(self, heading: str, /) -> int | None:
        """Where a heading stands."""
        return self.headings.index(heading) if heading in self.headings else None

    def column(self, position: int, /, *, limit: int = _LOOKED_AT) -> list[str]:
        """The first cells under a heading that hold anything."""
        found = []
        for row in self.rows:
            if position < len(row.cells) and row.cells[position]:
                found.append(row.cells[position])
                if len(found) == limit:
                    break
        return found


def mapping_from_json(value: Any, /) -> Mapping_:
    """A mapping as it was saved. What is no role or no heading is left out."""
    columns: dict[Role, tuple[str, ...]] = {}
    said = value if isinstance(value, dict) else {}
    given = said.get("columns")
    for role in Role:
        headings = given.get(role.value) if isinstance(given, dict) else None
        if isinstance(headings, list) and headings and all(isinstance(heading, str) for heading in headings):
            columns[role] = tuple(headings)
    dates, mark = said.get("dates"), said.get("decimal")
    return Mapping_(
        columns=columns, dates=dates if dates in ORDERS else None, mark=mark if mark in (".", ",") else None
    )


def table_of(rows: Sequence[Row], /) -> Table:
    """The rows under their headings: the first row with the most words banks use, or letters where there is none."""
    best, at = 0, -1
    for position, row in enumerate(rows[:HEADINGS_WITHIN]):
        roles = _roles(row.cells)
        score = len(roles)
        if score > best and Role.DATE in roles and (roles & {*_MONEY, Role.BALANCE}) and not _has_data(row.cells):
            best, at = score, position
    width = max((len(row.cells) for row in rows), default=0)
    if at < 0:
        at = _above_data(rows)
    if at < 0:
        return Table(headings=_names((), width=width), heading_row=0, rows=tuple(rows))
    top = rows[at].cells
    return Table(
        headings=_names(top, width=max(width, len(top))), heading_row=rows[at].number, rows=tuple(rows[at + 1 :])
    )


def _above_data(rows: Sequence[Row]) -> int:
    """The row of words nobody knows right above the first row with a day in it; -1 where there is none."""
    for position, row in enumerate(rows[:HEADINGS_WITHIN]):
        if any(looks_like_moment(cell) for cell in row.cells if cell):
            before = rows[position - 1].cells if position else ()
            filled = [cell for cell in before if cell]
            wide = len(filled) * 2 > sum(1 for cell in row.cells if cell)
            return position - 1 if wide and not _has_data(filled) else -1
    return -1


def guess_mapping(table: Table, /) -> Mapping_:
    """What each column probably holds. Refuses a table in which no column holds days, or none amounts."""
    taken: dict[Role, list[int]] = {}
    used: set[int] = set()
    if table.heading_row:
        _by_heading(table, taken=taken, used=used)
    _by_content(table, taken=taken, used=used)
    missing = Role.DATE not in taken, not any(role in taken for role in _MONEY)
    if any(missing):
        raise no_columns(date=missing[0])
    return Mapping_(
        columns={
            role: tuple(table.headings[position] for position in sorted(taken[role])) for role in Role if role in taken
        }
    )


class NoColumns(Refusal):
    """A table in which nobody has said yet which column is what; `role` is what is missing."""

    def __init__(self, *, role: Role) -> None:
        name = ROLE_NAMES[role]
        super().__init__(
            en=f"No column of the table could be recognized as its {name.en}. Say which one it is.",
            es=f"Ninguna columna de la tabla se reconoció como {name.es}. Diga cuál es.",
        )
        self.role = role


def no_columns(*, date: bool) -> NoColumns:
    """The refusal of a table without days or without amounts."""
    return NoColumns(role=Role.DATE if date else Role.AMOUNT)


def _roles(cells: Sequence[str]) -> set[Role]:
    found = (role_of_heading(cell) for cell in cells if cell)
    return {role[0] for role in found if role}


def _has_data(cells: Sequence[str]) -> bool:
    return any(looks_like_day(text=cell) for cell in cells if cell) or any(
        written_amount(cell, mark=".") is not None for cell in cells if cell and not cell.isalpha()
    )


def _names(top: Sequence[str], *, width: int) -> tuple[str, ...]:
    names: list[str] = []
    for position in range(width):
        given = " ".join((top[position] if position < len(top) else "").split())[:100]
        name = given or f"({column_letters(position=position)})"
        times = 1
        while name in names:
            times += 1
            name = f"{given or column_letters(position=position)} ({times})"
        names.append(name)
    return tuple(names)


def _by_heading(table: Table, *, taken: dict[Role, list[int]], used: set[int]) -> None:
    """Headings that say it in full first; what stands under each must not contradict it."""
    told = {at: role_of_heading(heading) for at, heading in enumerate(table.headings)}
    for full in (True, False):
        for at, found in told.items():
            if found is None or found[1] is not full or at in used:
                continue
            role = found[0]
            cells = table.column(at)
            if not _agrees(role, cells=cells, said=full) or (role in taken and role not in MANY):
                if role in taken and role is Role.DATE and _agrees(Role.VALUE_DATE, cells=cells):
                    role = Role.VALUE_DATE
                elif cells and not _looks_numeric(cells):
                    role = Role.TEXT
                else:
                    continue
                if role in taken and role not in MANY:
                    continue
            taken.setdefault(role, []).append(at)
            used.add(at)
    # “Gross” and “Net” of one payment service: what the member paid is the gross amount.
    if Role.NET in taken and Role.AMOUNT not in taken:
        taken[Role.AMOUNT] = taken.pop(Role.NET)


def _agrees(role: Role, *, cells: list[str], said: bool = False) -> bool:
    """Whether what stands in a column can be what its heading says; an empty column contradicts nothing.

    A heading that says it in full (`said`) is believed of a column in which some cells are broken.
    """
    if not cells:
        return True
    enough = _FEWEST_WORDS if said else _MOSTLY
    if role in {Role.DATE, Role.VALUE_DATE}:
        return _share(cells, looks_like_moment) >= enough or (said and len(cells) <= _FEW)
    if role in {*_MONEY, Role.BALANCE, Role.NET, Role.FEE}:
        return _share(cells, _is_amount) >= enough or (said and len(cells) <= _FEW)
    if role is Role.DIRECTION:
        return _share(cells, is_direction) >= _MOSTLY
    if role is Role.CURRENCY:
        return _share(cells, lambda cell: len(cell) == 3 and cell.isalpha()) >= _MOSTLY  # noqa: PLR2004 - ISO code
    return True


def _by_content(table: Table, *, taken: dict[Role, list[int]], used: set[int]) -> None:
    """What the headings did not tell: the first column of days, one of amounts, a second that is its balance, words."""
    numeric: list[int] = []
    for at in range(len(table.headings)):
        cells = table.column(at)
        if at in used or not cells:
            continue
        if _share(cells, looks_like_moment) >= _MOSTLY:
            taken.setdefault(Role.DATE, [at])
        elif not table.heading_row and (role := _telling(cells)) is not None and role not in taken:
            taken[role] = [at]
        elif _looks_like_money(cells):
            numeric.append(at)
        elif not table.heading_row and not _looks_numeric(cells):
            taken.setdefault(Role.TEXT, []).append(at)
    if not any(role in taken for role in _MONEY) and numeric:
        taken[Role.AMOUNT] = [numeric[0]]
        if len(numeric) > 1:
            taken.setdefault(Role.BALANCE, [numeric[1]])


def _telling(cells: list[str]) -> Role | None:
    """The role of a column in which every cell says in or out, or every cell is a currency."""
    if all(map(is_direction, cells)):
        return Role.DIRECTION
    return Role.CURRENCY if all(map(_is_currency, cells)) else None


def looks_like_moment(text: str, /) -> bool:
    """Whether the text is a day, alone or with a time after it, or eight digits of one."""
    return looks_like_day(text=day_part(text))


def day_part(text: str, /) -> str:
    """A day without the time, the apostrophe or the name of a weekday that some banks put beside it."""
    bare = text.strip("' ")
    if len(bare) == 8 and bare.isdigit():  # noqa: PLR2004 - CONFIG: YYYYMMDD, or DDMMYYYY where that is no day
        return _eight_digits(bare)
    if "T" in bare[8:12]:
        bare = bare.split("T", 1)[0]
    head = bare.split(" ", 1)
    if len(head) > 1 and ":" in head[1] and any(character.isdigit() for character in head[0]) and len(head[0]) > 5:  # noqa: PLR2004
        return head[0].strip(",")
    return bare


def _eight_digits(bare: str) -> str:
    if bare.isascii() and day_of(int(bare[:4]), int(bare[4:6]), int(bare[6:])) is None:
        return f"{bare[:2]}/{bare[2:4]}/{bare[4:]}"
    return f"{bare[:4]}-{bare[4:6]}-{bare[6:]}"


def is_direction(text: str, /) -> bool:
    """Whether a cell says in or out."""
    return direction_of(text) != 0


def direction_of(text: str, /) -> int:
    """1 for a cell that says money came, -1 where it went, 0 where it says neither."""
    if text.strip() in {"+", "-"}:
        return 1 if text.strip() == "+" else -1
    words = folded(text)
    if words in IN_WORDS:
        return 1
    if words in OUT_WORDS:
        return -1
    first = words.split(" ", 1)[0]
    if len(first) > 3 and first in IN_WORDS:  # noqa: PLR2004 - CONFIG: “abono spei” says it too
        return 1
    return -1 if len(first) > 3 and first in OUT_WORDS else 0  # noqa: PLR2004


def marks_of(table: Table, mapping: Mapping_, /) -> Mark:
    """The decimal mark of the table's amounts and balances."""
    cells: list[str] = []
    for role in (*_MONEY, Role.BALANCE, Role.NET, Role.FEE):
        for heading in mapping.columns.get(role, ()):
            at = table.position(heading)
            if at is not None:
                cells += [cell for cell in table.column(at, limit=2_000) if not isinstance(cell, Typed)]
    return decimal_mark(cells)


def money_in(cell: str, /, *, mark: Mark) -> Amount | None:
    """The amount in a cell, or None. A workbook's own numbers have a point, whatever the texts beside them have."""
    return written_amount(cell, mark="." if isinstance(cell, Typed) else mark)


def _is_amount(text: str) -> bool:
    return any(written_amount(text, mark=mark) is not None for mark in (".", ",")) or text.strip("-–— ") == ""


def _is_currency(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isupper()  # noqa: PLR2004 - CONFIG: an ISO code


def _looks_numeric(cells: list[str]) -> bool:
    return _share(cells, _is_amount) >= _MOSTLY


def _looks_like_money(cells: list[str]) -> bool:
    """Whether the cells are amounts and not numbers of something: most have decimals, or a sign."""
    if not _looks_numeric(cells):
        return False
    return _share(cells, lambda cell: any(mark in cell for mark in ".,$") or cell[:1] in "+-(−") >= _FEWEST_WORDS


def _share(cells: list[str], test: Any) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0.0
