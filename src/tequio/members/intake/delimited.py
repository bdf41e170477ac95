"""Text with a separator, whichever it is and however it is encoded, taken apart into rows of cells."""

import csv
import io
from collections import Counter
from typing import BinaryIO, Final

from tequio.kernel.errors import Refusal
from tequio.members.intake.encodings import detect_encoding
from tequio.members.intake.formats import utf16_of
from tequio.members.intake.grids import (
    CELL_AT_MOST,
    COLUMNS_AT_MOST,
    ROWS_AT_MOST,
    Grid,
    GridRow,
    no_rows,
    too_many_columns,
    too_many_rows,
)
from tequio.members.intake.lines import Lines, LineTooLong
from tequio.members.intake.reasons import ROW_ENDLESS, ROW_QUOTES, RowFault, filled
from tequio.members.intake.vocabulary import is_known_heading

SEPARATORS: Final = (",", ";", "\t", "|")
_SAMPLE = 65_536  # characters
_SAMPLE_ROWS = 60
# What our own export, and others, put before a cell that a spreadsheet would run.
_GUARDED = ("'=", "'+", "'-", "'@")


def read_delimited(*, file: BinaryIO) -> Grid:
    """The rows of a text file (at its beginning) that hold anything.

    UTF-8 with or without its mark, UTF-16, cp1252 and Latin-1; separated by commas, semicolons, tabs or bars. Blank
    lines count as rows. A row whose quotation marks do not close costs that row alone. An apostrophe before =, +, -
    and @ is a guard against formulas and taken off.
    """
    head = file.read(4096)
    file.seek(0)
    encoding = utf16_of(head=head) or detect_encoding(file=file)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        separator, named = _separator(text=text)
        text.seek(0)
        if named:
            text.readline()
        rows = _rows(text=text, separator=separator, lines_before=int(named))
    except UnicodeError as error:
        raise _not_text() from error
    finally:
        text.detach()  # the file belongs to the caller
    if not rows:
        raise no_rows()
    return Grid(format="csv", encoding=encoding, separator=separator, worksheet="", rows=rows, notes=())


def _separator(*, text: io.TextIOWrapper) -> tuple[str, bool]:
    """The separator, and whether a first line “sep=;” names it, as Excel writes it."""
    sample = text.read(_SAMPLE)
    first = sample.split("\n", 1)[0].strip("\r \ufeff")
    if first.lower().startswith("sep=") and first[4:5] in SEPARATORS:
        return first[4], True
    return max(SEPARATORS, key=lambda separator: _likeness(sample=sample, separator=separator)), False


def _likeness(*, sample: str, separator: str) -> tuple[int, int]:
    """How much a separator makes a table of the text: headings people use, then rows of the same width."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) == _SAMPLE_ROWS:
                break
    except csv.Error:
        pass  # what was read until then says enough
    known = max((sum(map(_known, row)) for row in rows if len(row) > 1), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return known, max((width * times for width, times in widths.items()), default=0)


def _known(cell: str) -> bool:
    return is_known_heading(text=cell[:CELL_AT_MOST])


def _rows(*, text: io.TextIOWrapper, separator: str, lines_before: int) -> list[GridRow]:
    lines = Lines(file=text)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    rows: list[GridRow] = []
    shared: dict[str, str] = {}
    number = width = 0
    while True:
        lines.next_row()
        number += 1
        line = lines.first + lines_before
        try:
            fields = next(reader)
        except StopIteration:
            return rows
        except (csv.Error, LineTooLong) as error:
            rows.append(GridRow(number, _broken(error=error, lines=lines, line=line), line))
            continue
        cells = tuple(_cell(field, shared) for field in fields)
        if len(lines.taken) > 1 and _swallowed(lines=lines, separator=separator, width=width):
            lines.give_back()
            rows.append(GridRow(number, _fault(line=line), line))
        elif any(cells):
            if sum(1 for cell in cells if cell) > COLUMNS_AT_MOST:
                raise too_many_columns()
            if len(rows) > ROWS_AT_MOST:
                raise too_many_rows()
            width = width or (len(cells) if len(cells) > 1 else 0)
            rows.append(GridRow(number, cells, line))


def _cell(field: str, shared: dict[str, str]) -> str:
    cell = field[: CELL_AT_MOST * 2].strip(" \t\r\n\u00a0\ufeff")[:CELL_AT_MOST]
    if cell.startswith(_GUARDED):
        cell = cell[1:]
    return shared.setdefault(cell, cell) if len(cell) < len("organization;") + 10 else cell


def _swallowed(*, lines: Lines, separator: str, width: int) -> bool:
    """Whether rows were joined by a quotation mark that a later one happened to close: see RollFile."""
    whole, *others = (line.count(separator) >= width - 1 for line in lines.taken)
    return width > 1 and whole and any(others)


def _broken(*, error: Exception, lines: Lines, line: int) -> RowFault:
    if isinstance(error, LineTooLong) and len(lines.taken) == 1:
        lines.give_back()
        return RowFault(code="field_too_long", text=filled(text=ROW_ENDLESS, details={"first": line}))
    lines.give_back()
    return _fault(line=line)


def _fault(*, line: int) -> RowFault:
    return RowFault(code="row_malformed", text=filled(text=ROW_QUOTES, details={"first": line}))


def _not_text() -> Refusal:
    return Refusal(
        en="The file begins like text in UTF-16 and then is not. Save it again as CSV UTF-8.",
        es="El archivo empieza como texto en UTF-16 y luego deja de serlo. Guárdelo otra vez como CSV UTF-8.",
    )
