"""Rows of cells from a bank's CSV or workbook, whatever separates them and however they are encoded."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import Final

from tequio.banking.statements.roles import role_of_heading
from tequio.kernel.errors import Refusal
from tequio.members.intake.grids import ROWS_AT_MOST, GridRow, too_many_rows
from tequio.members.intake.lines import Lines, LineTooLong
from tequio.rules.reasons import Text

SEPARATORS: Final = (",", ";", "\t", "|")
COLUMNS_AT_MOST: Final = 120
CELL_AT_MOST: Final = 1_000
_SAMPLE = 65_536
_SAMPLE_ROWS = 60
_GUARDED = ("'=", "'+", "'-", "'@")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a spreadsheet program numbers it; no cells where it could not be taken apart, with the reason."""

    number: int
    cells: tuple[str, ...]
    fault: Text | None = None
    ended: bool = True


def text_rows(text: str, /) -> list[Row]:
    """The rows of separated text that hold anything. A row whose quotation marks do not close costs that row alone.

    The last row of a file without a line's end is marked: it may be half of one.
    """
    separator, skipped = _separator(text)
    body = text.split("\n", 1)[1] if skipped and "\n" in text else text
    lines = Lines(file=io.StringIO(body, newline=""))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    rows: list[Row] = []
    number = skipped
    width = 0
    while True:
        lines.next_row()
        number += 1
        try:
            fields = next(reader)
        except StopIteration:
            break
        except (csv.Error, LineTooLong) as error:
            alone = isinstance(error, LineTooLong) and len(lines.taken) == 1
            lines.give_back()
            rows.append(Row(number, (), _endless() if alone else _quotes()))
            continue
        cells = tuple(_cell(field) for field in fields)
        if len(lines.taken) > 1 and _swallowed(lines.taken, separator=separator, width=width):
            lines.give_back()
            rows.append(Row(number, (), _quotes()))
        elif any(cells):
            if len(cells) > COLUMNS_AT_MOST and any(cells[COLUMNS_AT_MOST:]):
                raise _too_wide()
            if len(rows) > ROWS_AT_MOST:
                raise too_many_rows()
            width = max(width, len(cells))
            rows.append(Row(number, cells, None, lines.taken[-1].endswith(("\n", "\r"))))
    return rows


def grid_rows(rows: list[GridRow], /) -> list[Row]:
    """The same of a workbook that was read."""
    return [Row(row.number, row.cells) for row in rows if isinstance(row.cells, tuple)]


def _separator(text: str) -> tuple[str, int]:
    sample = text[:_SAMPLE]
    first = sample.split("\n", 1)[0].strip("\r ")
    if first.lower().startswith("sep=") and first[4:5] in SEPARATORS:
        return first[4], 1
    return max(SEPARATORS, key=lambda separator: _likeness(sample, separator=separator)), 0


def _likeness(sample: str, *, separator: str) -> tuple[int, int]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) == _SAMPLE_ROWS:
                break
    except csv.Error:
        pass  # what was read until then says enough
    known = max((sum(1 for cell in row if cell and role_of_heading(cell)) for row in rows if len(row) > 1), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return known, max((width * times for width, times in widths.items()), default=0)


def _cell(field: str) -> str:
    cell = field[: CELL_AT_MOST * 2].strip(' \t\r\n\u00a0\ufeff"')[:CELL_AT_MOST]
    if cell.startswith('="'):  # how spreadsheets are told to leave a number alone
        cell = cell[2:].strip('"')
    if cell.startswith("=") and cell[1:].strip('"').isdigit():
        cell = cell[1:].strip('"')
    if cell.startswith("'") and (cell.endswith("'") or cell[1:2].isdigit()):  # so that zeros in front are kept
        cell = cell.strip("'")
    return cell[1:] if cell.startswith(_GUARDED) else cell


def _swallowed(taken: list[str], *, separator: str, width: int) -> bool:
    """Whether rows were joined by a quotation mark that a later one happened to close."""
    whole, *others = (line.count(separator) >= width - 1 for line in taken)
    return width > 1 and whole and any(others)


def _quotes() -> Text:
    return Text(
        en="Its quotation marks do not close, so its columns cannot be told apart.",
        es="Sus comillas no cierran, así que no se distinguen sus columnas.",
    )


def _endless() -> Text:
    return Text(en="It is longer than any row of a bank.", es="Es más larga que cualquier fila de un banco.")


def _too_wide() -> Refusal:
    return Refusal(
        en=f"The file has more than {COLUMNS_AT_MOST} columns: it is no bank statement.",
        es=f"El archivo tiene más de {COLUMNS_AT_MOST} columnas: no es un estado de cuenta.",
    )
