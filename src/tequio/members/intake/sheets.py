"""Any file that holds a table, read into headings and rows of text: CSV of every habit, and .xlsx."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from tequio.kernel.errors import Refusal
from tequio.members.intake.checking import is_email
from tequio.members.intake.dates import looks_like_day
from tequio.members.intake.delimited import read_delimited
from tequio.members.intake.files import opened_file
from tequio.members.intake.formats import format_of
from tequio.members.intake.grids import Grid, GridRow, Typed
from tequio.members.intake.reasons import RowFault, fault
from tequio.members.intake.vocabulary import TOTALS, folded, is_known_heading
from tequio.rules.reasons import Text

HEADINGS_WITHIN: Final = 30  # rows that hold something, in which the headings are looked for
_HEADING_AT_MOST = 100  # characters
_TRAILING_AT_MOST = 5  # rows at the end that are looked at for totals
_KNOWN_ENOUGH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table. Rows have a cell for each heading and keep the numbers they have in the person's own file.

    `format` is "xlsx" or "csv"; `encoding` and `separator` belong to CSV, `worksheet` to a workbook. A heading that is
    missing is the column's letters in brackets, one there before gets a number: “(F)”, “Correo (2)”. `notes` say what
    was passed over or read in a way a person should know of.
    """

    format: str
    encoding: str
    separator: str
    worksheet: str
    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[GridRow, ...]
    notes: tuple[Text, ...]

    def column(self, *, position: int, limit: int | None = None) -> list[str]:
        """The cells under a heading that hold something, from the top; at most `limit` of them."""
        found: list[str] = []
        for row in self.rows:
            if not isinstance(row.cells, RowFault) and row.cells[position]:
                found.append(row.cells[position])
                if limit is not None and len(found) == limit:
                    break
        return found


def read_sheet(*, path: Path | str) -> Sheet:
    """The table in the file at `path`.

    Caps: 50 MB as handed in, 200 MB unpacked, 200,000 rows, 200 columns; cells are cut after 4,000 characters, more
    than any column of a roll holds. Refuses what is no table or has no headings, with what to do instead.
    """
    with opened_file(path=path) as file:
        grid = _workbook(file=file) if format_of(file=file) == "xlsx" else read_delimited(file=file)
    return _sheet(grid=grid)


def _workbook(*, file: BinaryIO) -> Grid:
    # Read here, so that commands which open no workbook do not wait for its library.
    from tequio.members.intake.workbooks import read_workbook

    return read_workbook(file=file)


def column_letters(*, position: int) -> str:
    """The letters a spreadsheet program puts above the column at `position`, counted from 0: A, B, … Z, AA."""
    letters = ""
    position += 1
    while position:
        position, letter = divmod(position - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _sheet(*, grid: Grid) -> Sheet:
    at = _heading_position(rows=grid.rows)
    notes = list(grid.notes)
    headings_row = grid.rows[at]
    above = [row.number for row in grid.rows[:at]]
    if above:
        notes.append(_above(count=len(above), number=headings_row.number))
    body = grid.rows[at + 1 :]
    body = _without_totals(rows=body, notes=notes)
    top = headings_row.cells
    width = _width(top=top if not isinstance(top, RowFault) else (), rows=body)
    names, kept = _names(top=top if not isinstance(top, RowFault) else (), rows=body, width=width, notes=notes)
    return Sheet(
        format=grid.format,
        encoding=grid.encoding,
        separator=grid.separator,
        worksheet=grid.worksheet,
        heading_row=headings_row.number,
        headings=names,
        rows=tuple(_aligned(row=row, width=width, kept=kept) for row in body),
        notes=tuple(notes),
    )


def _heading_position(*, rows: Sequence[GridRow]) -> int:
    """Where the headings are: the row with most words people use as headings, else the first that looks like one."""
    first = [row.cells for row in rows[:HEADINGS_WITHIN]]
    known = [known_headings(cells=cells) for cells in first]
    best = max(known, default=0)
    if best >= _KNOWN_ENOUGH:
        return known.index(best)
    widest = max((_filled(cells) for cells in first), default=0)
    if best and widest == 1:  # a list of names under “Name” and nothing else
        return known.index(best)
    for position, cells in enumerate(first):
        if _filled(cells) >= max(_KNOWN_ENOUGH, widest / 2):
            if _looks_like_headings(cells):
                return position
            break
    raise Refusal(
        en="No row of headings was found, like “Name, Center, E-mail”. Put one above the data, one heading a column.",
        es="No se encontró una fila de encabezados, como «Nombre, Centro, Correo». Ponga una arriba de los datos, "
        "con un encabezado por columna.",
    )


def known_headings(*, cells: Sequence[str] | RowFault) -> int:
    """How many different headings of a roll a row holds."""
    if isinstance(cells, RowFault):
        return 0
    return len({folded(cell) for cell in cells if cell and not isinstance(cell, Typed) and is_known_heading(text=cell)})


def _filled(cells: Sequence[str] | RowFault) -> int:
    return 0 if isinstance(cells, RowFault) else sum(1 for cell in cells if cell)


def _looks_like_headings(cells: Sequence[str] | RowFault) -> bool:
    if isinstance(cells, RowFault):
        return False
    data: tuple[Callable[[str], bool], ...] = (
        lambda cell: isinstance(cell, Typed),
        lambda cell: is_email(text=cell),
        lambda cell: looks_like_day(text=cell),
        lambda cell: cell.lstrip("$+-").replace(",", "").replace(".", "").replace(" ", "").isdigit(),
    )
    return not any(is_data(cell) for cell in cells if cell for is_data in data)


def _without_totals(*, rows: Sequence[GridRow], notes: list[Text]) -> list[GridRow]:
    """The rows but for those at the end that only add up the others."""
    kept = list(rows)
    for position in range(len(kept) - 1, max(-1, len(kept) - 1 - _TRAILING_AT_MOST), -1):
        row = kept[position]
        if not isinstance(row.cells, RowFault) and _is_total(row.cells):
            del kept[position]
            number = row.number
            notes.append(
                Text(
                    en=f"Row {number} looks like a row of totals and was left out.",
                    es=f"La fila {number} parece de totales y no se tomó en cuenta.",
                )
            )
    return kept


def _is_total(cells: Sequence[str]) -> bool:
    """Whether the first cell that holds something says “Total” and at most half of the others hold anything."""
    first = next(cell for cell in cells if cell)
    return folded(first) in TOTALS and _filled(cells) <= max(2, len(cells) // 2) and not any("@" in c for c in cells)


def _width(*, top: Sequence[str], rows: Sequence[GridRow]) -> int:
    """Columns of the table: those with a heading, or more where at least half of the rows have more."""
    width = max((position for position, cell in enumerate(top, start=1) if cell), default=0)
    ends = sorted(
        max((position for position, cell in enumerate(row.cells, start=1) if cell), default=0)
        for row in rows
        if not isinstance(row.cells, RowFault)
    )
    return max(width, ends[len(ends) // 2]) if ends else width


def _names(
    *, top: Sequence[str], rows: Sequence[GridRow], width: int, notes: list[Text]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The headings, no two alike, and the positions of the columns they stand for."""
    used = {
        position
        for row in rows
        if not isinstance(row.cells, RowFault)
        for position, cell in enumerate(row.cells[:width])
        if cell
    }
    names: list[str] = []
    kept: list[int] = []
    seen: dict[str, int] = {}
    for position in range(width):
        given = " ".join((top[position] if position < len(top) else "").split())[:_HEADING_AT_MOST]
        if not given and position not in used:
            continue
        name = given or f"({column_letters(position=position)})"
        times = seen[folded(name) or name] = seen.get(folded(name) or name, 0) + 1
        while times > 1 and f"{name} ({times})" in names:
            times += 1
        if times > 1:
            notes.append(
                Text(
                    en=f"The heading “{name}” is there more than once; here the others are called “{name} ({times})”.",
                    es=f"El encabezado «{name}» está repetido; aquí el otro se llama «{name} ({times})».",
                )
            )
            name = f"{name} ({times})"
        names.append(name)
        kept.append(position)
    return tuple(names), tuple(kept)


def _aligned(*, row: GridRow, width: int, kept: Sequence[int]) -> GridRow:
    """The row with a cell for each column kept. Values beyond the last column make it one that cannot be trusted."""
    if isinstance(row.cells, RowFault):
        return row
    if any(row.cells[width:]):
        found = max(position for position, cell in enumerate(row.cells, start=1) if cell)
        return GridRow(row.number, fault(code="row_malformed", first=row.line, found=found, expected=width), row.line)
    cells = row.cells
    return GridRow(row.number, tuple(cells[at] if at < len(cells) else "" for at in kept), row.line)


def _above(*, count: int, number: int) -> Text:
    return Text(
        en=f"The headings are in row {number}; "
        + ("one row above them was passed over." if count == 1 else f"{count} rows above them were passed over."),
        es=f"Los encabezados están en la fila {number}; "
        + ("se pasó por alto una fila de arriba." if count == 1 else f"se pasaron por alto {count} filas de arriba."),
    )
