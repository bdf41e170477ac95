"""A workbook (.xlsx) taken apart into rows of cells: the values it shows, never a formula, and no more than a roll has.

A workbook is a zip archive of XML. Before anything is parsed its parts are held to sizes, so that a small file cannot
unpack into more than the machine has; a part that declares entities of its own is refused, for none needs any.
"""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO, Final
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string

from tequio.kernel.errors import Refusal
from tequio.members.intake.formats import damaged
from tequio.members.intake.grids import (
    CELL_AT_MOST,
    COLUMNS_AT_MOST,
    ROWS_AT_MOST,
    Grid,
    GridRow,
    Typed,
    no_rows,
    too_many_columns,
    too_many_rows,
)
from tequio.members.intake.vocabulary import is_known_heading
from tequio.rules.reasons import Text

UNPACKED_AT_MOST: Final = 200_000_000  # bytes of all parts together
_TEXTS_AT_MOST = 60_000_000  # bytes of the part that is kept in memory whole
_PARTS_AT_MOST = 2_000
_LAST_ROW = 1_048_576  # of any workbook
_WORKSHEETS_LOOKED_AT = 20
_ROWS_LOOKED_AT = 30
_MERGED_AT_MOST = 50_000
_CHUNK = 1 << 20
_OVERLAP = 400
_LONG_PART = 1_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_WITHOUT_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]{0,200})?/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?"
    rb"\s*</(?:\w+:)?c>"
)
_ZEROS = re.compile(r"0{2,20}")


def read_workbook(*, file: BinaryIO) -> Grid:
    """The rows of the worksheet of a workbook that looks most like a roll, and hold anything.

    About 20 µs a cell, nearly all of it in openpyxl: 20,000 rows of 21 columns take 8 s of one core.
    Formulas are read as the value last shown, days as YYYY-MM-DD; cells merged downwards say the same in each row.
    Refuses what is damaged or unpacks into more than 200 MB.
    """
    try:
        _check_parts(file=file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not support (rules, pictures) is no matter here
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                return _grid(book=book)
            finally:
                book.close()
    except (Refusal, MemoryError):
        raise
    except Exception as error:
        # openpyxl answers damage with whatever its parts stumble over: KeyError, ValueError, ParseError and others.
        raise damaged() from error


def _check_parts(*, file: BinaryIO) -> None:
    with ZipFile(file) as archive:
        parts = archive.infolist()
        texts = sum(part.file_size for part in parts if not part.filename.startswith("xl/worksheets/"))
        if len(parts) > _PARTS_AT_MOST or texts > _TEXTS_AT_MOST or sum(p.file_size for p in parts) > UNPACKED_AT_MOST:
            raise Refusal(
                en="The spreadsheet unpacks into far more than a roll would. Remove pictures and other worksheets, "
                "or save the one with the roll as CSV UTF-8.",
                es="La hoja de cálculo, ya descomprimida, es mucho más grande que un padrón. Quite las imágenes y las "
                "otras hojas, o guarde como CSV UTF-8 la que tiene el padrón.",
            )
        for part in parts:
            if part.flag_bits & 1:
                raise damaged()
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as content:
                    if b"<!" in content.read(_LONG_PART).replace(b"\0", b"").replace(b"<!--", b""):
                        raise damaged()
    file.seek(0)


def _grid(*, book: Any) -> Grid:
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or list(book.worksheets)
    found: list[tuple[int, Any]] = []
    for sheet in shown[:_WORKSHEETS_LOOKED_AT]:
        sheet.reset_dimensions()  # what a workbook says of its size need not be true
        likeness = _likeness(sheet=sheet)
        if likeness is not None:
            found.append((likeness, sheet))
    if not found:
        raise no_rows()
    _, sheet = max(found, key=lambda pair: pair[0])
    notes: list[Text] = []
    others = [other.title for _, other in found if other is not sheet]
    if others:
        names = ", ".join(f"“{title[:40]}”" for title in others[:5])
        notes.append(
            Text(
                en=f"The worksheet “{sheet.title}” was read, not {names}.",
                es=f"Se leyó la hoja «{sheet.title}», no {names.replace('“', '«').replace('”', '»')}.",
            )
        )
    merged, without_value = _merged_and_unsaved(book=book, sheet=sheet)
    if without_value:
        notes.append(_unsaved(count=without_value))
    rows, errors = _rows(sheet=sheet)
    if errors:
        notes.append(_errors(count=errors))
    if not rows:
        raise no_rows()
    rows = _filled_down(rows=rows, merged=merged)
    return Grid(format="xlsx", encoding="", separator="", worksheet=sheet.title, rows=rows, notes=tuple(notes))


def _likeness(*, sheet: Any) -> int | None:
    """How many headings of a roll the best of the first rows has; None for a worksheet without anything."""
    best = None
    for _, row in zip(range(_ROWS_LOOKED_AT), _raw_rows(sheet=sheet), strict=False):
        texts = [cell.value for cell in row if isinstance(cell.value, str)]
        if any(cell.value is not None for cell in row):
            best = max(best or 0, sum(1 for text in texts if is_known_heading(text=text[:CELL_AT_MOST])))
    return best


def _raw_rows(*, sheet: Any) -> Iterator[Sequence[Any]]:
    rows: Iterator[Sequence[Any]] = sheet.iter_rows(max_row=_LAST_ROW, max_col=COLUMNS_AT_MOST + 1)
    return rows


def _rows(*, sheet: Any) -> tuple[list[GridRow], int]:
    """The rows that hold anything, and how many cells show an error instead of a value."""
    rows: list[GridRow] = []
    shared: dict[str, str] = {}
    errors = 0
    for number, row in enumerate(_raw_rows(sheet=sheet), start=1):
        cells = [("" if cell.value is None else _cell(cell, shared)) for cell in row]
        if not any(cells):
            continue
        if cells[COLUMNS_AT_MOST:] and cells[COLUMNS_AT_MOST]:
            raise too_many_columns()
        if len(rows) > ROWS_AT_MOST:
            raise too_many_rows()
        for at, cell in enumerate(row):
            if cell.value is not None and cell.data_type == "e":
                cells[at] = ""
                errors += 1
        while cells and not cells[-1]:
            cells.pop()
        rows.append(GridRow(number, tuple(cells), number))
    return rows, errors


def _cell(cell: Any, shared: dict[str, str]) -> str:
    value = cell.value
    if isinstance(value, str):
        text = value[: CELL_AT_MOST * 2].replace("\r\n", "\n").strip(" \t\r\n\u00a0\ufeff")[:CELL_AT_MOST]
        return shared.setdefault(text, text)
    if isinstance(value, bool):
        return Typed("yes" if value else "no")
    if isinstance(value, int | float):
        return Typed(_number(value=value, shown=str(cell.number_format)))
    if isinstance(value, datetime):
        return Typed(value.date().isoformat() if value.time() == time() else value.isoformat(sep=" "))
    return Typed(value.isoformat() if isinstance(value, date | time) else str(value))


def _number(*, value: float, shown: str) -> str:
    """A number as text: fifteen digits, as spreadsheets keep them, and leading zeros where the cell shows them."""
    text = format(Decimal(format(value, ".15g")), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.zfill(len(shown)) if _ZEROS.fullmatch(shown) and text.isdigit() else text


def _merged_and_unsaved(*, book: Any, sheet: Any) -> tuple[list[tuple[int, int, int]], int]:
    """Cells merged downwards as (column from 0, first row, last row), and how many formulas have no value saved."""
    part = sheet._worksheet_path  # noqa: SLF001 - WONTFIX: openpyxl names the part of a worksheet nowhere else
    merged: set[tuple[int, int, int]] = set()
    without_value = 0
    with book._archive.open(part) as content:  # noqa: SLF001 - WONTFIX: read-only mode drops what is merged
        tail = b""
        while chunk := content.read(_CHUNK):
            window = tail + chunk
            for found in _MERGED.finditer(window):
                first, last = int(found[2]), int(found[4])
                if last > first and len(merged) < _MERGED_AT_MOST:
                    merged.add((column_index_from_string(found[1].decode()) - 1, first, last))
            without_value += sum(1 for found in _WITHOUT_VALUE.finditer(window) if found.end() > len(tail))
            tail = window[-_OVERLAP:]
    return sorted(merged), without_value


def _filled_down(*, rows: list[GridRow], merged: Iterable[tuple[int, int, int]]) -> list[GridRow]:
    """The rows with what stands in the first cell of a merged one in each of its rows that holds anything else."""
    at = {row.number: position for position, row in enumerate(rows)}
    for column, first, last in merged:
        top = rows[at[first]].cells if first in at else ()
        if isinstance(top, Exception) or column >= len(top) or not top[column]:
            continue
        for number in range(first + 1, min(last, rows[-1].number) + 1):
            if number in at:
                row = rows[at[number]]
                cells = list(row.cells) if not isinstance(row.cells, Exception) else []
                cells += [""] * (column + 1 - len(cells))
                cells[column] = cells[column] or top[column]
                rows[at[number]] = GridRow(number, tuple(cells), number)
    return rows


def _unsaved(*, count: int) -> Text:
    return Text(
        en=f"Formulas whose value was not saved: {count}. They were read as empty; open the file in a spreadsheet "
        "program and save it to have their values.",
        es=f"Fórmulas sin valor guardado: {count}. Se leyeron como vacías; abra el archivo en un programa de hojas de "
        "cálculo y guárdelo para tener sus valores.",
    )


def _errors(*, count: int) -> Text:
    return Text(
        en=f"Cells that show an error of the spreadsheet, like #REF!: {count}. They were read as empty.",
        es=f"Celdas que muestran un error de la hoja, como #¡REF!: {count}. Se leyeron como vacías.",
    )
