"""A workbook (.xlsx) taken apart into rows of cells: the values it shows, never a formula, and no more than a roll has.

A workbook is a zip archive of XML. Before anything is parsed its parts are held to sizes, so that a small file cannot
unpack into more than the machine has; a part that declares entities of its own is refused, for none needs any.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, BinaryIO, Final
from zipfile import ZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.xml.constants import SHARED_STRINGS

from tequio.kernel.errors import Refusal
from tequio.members.intake.formats import damaged
from tequio.members.intake.grids import (
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
from tequio.members.intake.worksheet_xml import CellFormats, SheetXml, shared_texts
from tequio.rules.reasons import Text

UNPACKED_AT_MOST: Final = 200_000_000  # bytes of all parts together
_TEXTS_AT_MOST = 60_000_000  # bytes of the part that is kept in memory whole
_PARTS_AT_MOST = 2_000
_WORKSHEETS_LOOKED_AT = 20
_ROWS_LOOKED_AT = 30
_LONG_PART = 1_000


class _Reader(ExcelReader):  # type: ignore[misc]  # CONFIG: openpyxl ships no types
    """openpyxl's reader of what a workbook says of itself, without the texts of its cells (worksheet_xml.py)."""

    def read_strings(self) -> None:
        """Where the texts stand is kept, and no more."""
        part = self.package.find(SHARED_STRINGS)
        self.shared_strings = [] if part is None else [part.PartName[1:]]


def read_workbook(*, file: BinaryIO, is_heading: Callable[..., bool] = is_known_heading) -> Grid:
    """The rows of the worksheet of a workbook that looks most like a roll, and hold anything.

    What it should look like is told by `is_heading(text=CELL)`, which knows the headings of a roll, or of other tables.

    About 5 µs a cell: 20,000 rows of 21 columns take two seconds of one core (docs/performance.md).
    Formulas are read as the value last shown, days as YYYY-MM-DD; cells merged downwards say the same in each row.
    Refuses what is damaged or unpacks into more than 200 MB.
    """
    try:
        _check_parts(file=file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not support (rules, pictures) is no matter here
            reader = _Reader(file, read_only=True, data_only=True, keep_links=False)
            try:
                reader.read()
                return _grid(reader=reader, is_heading=is_heading)
            finally:
                reader.archive.close()
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
                en="The spreadsheet unpacks into far more than its rows would. Remove pictures and other worksheets, "
                "or save the one that is needed as CSV UTF-8.",
                es="La hoja de cálculo, ya descomprimida, es mucho más grande que sus filas. Quite las imágenes y las "
                "otras hojas, o guarde como CSV UTF-8 la que se necesita.",
            )
        for part in parts:
            if part.flag_bits & 1:
                raise damaged()
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as content:
                    if b"<!" in content.read(_LONG_PART).replace(b"\0", b"").replace(b"<!--", b""):
                        raise damaged()
    file.seek(0)


def _grid(*, reader: _Reader, is_heading: Callable[..., bool]) -> Grid:
    book = reader.wb
    texts: list[str] = []
    for part in reader.shared_strings:
        with reader.archive.open(part) as content:
            texts = shared_texts(part=content)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or list(book.worksheets)
    found: list[tuple[int, Any]] = []
    for sheet in shown[:_WORKSHEETS_LOOKED_AT]:
        with _opened(reader=reader, sheet=sheet, texts=texts) as xml:
            likeness = _likeness(xml=xml, is_heading=is_heading)
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
    with _opened(reader=reader, sheet=sheet, texts=texts) as xml:
        rows, errors = _rows(xml=xml)
    if xml.without_value:
        notes.append(_unsaved(count=xml.without_value))
    if errors:
        notes.append(_errors(count=errors))
    if not rows:
        raise no_rows()
    rows = _filled_down(rows=rows, merged=sorted(xml.merged))
    return Grid(format="xlsx", encoding="", separator="", worksheet=sheet.title, rows=rows, notes=tuple(notes))


@contextmanager
def _opened(*, reader: _Reader, sheet: Any, texts: Sequence[str]) -> Iterator[SheetXml]:
    """A worksheet from its beginning."""
    book, part = reader.wb, sheet._worksheet_path  # noqa: SLF001 - WONTFIX: openpyxl names the part of a worksheet nowhere else
    formats = CellFormats(
        dates=book._date_formats,  # noqa: SLF001 - WONTFIX: nor which styles are of days
        spans=book._timedelta_formats,  # noqa: SLF001 - WONTFIX: as above
        epoch=book.epoch,
        number_format=partial(_number_format, book),
    )
    with reader.archive.open(part) as content:
        yield SheetXml(part=content, texts=texts, formats=formats, columns_at_most=COLUMNS_AT_MOST)


def _number_format(book: Any, style: int) -> str:
    """How cells of a style show a number, as spreadsheets write that: 0.00, or 00000 for five digits."""
    number = book._cell_styles[style].numFmtId  # noqa: SLF001 - WONTFIX: openpyxl tells it only of its own cells
    own = number - BUILTIN_FORMATS_MAX_SIZE
    return str(book._number_formats[own] if own >= 0 else BUILTIN_FORMATS.get(number, ""))  # noqa: SLF001 - WONTFIX: as above


def _likeness(*, xml: SheetXml, is_heading: Callable[..., bool]) -> int | None:
    """How many headings the best of the first rows has; None for a worksheet without anything."""
    best = None
    for row in xml.rows():
        if row.number > _ROWS_LOOKED_AT and best is not None:
            break
        if best is None:
            best = 0
        texts = [cell for cell in row.cells if cell and not isinstance(cell, Typed)]
        best = max(best, sum(1 for text in texts if is_heading(text=text)))
    return best


def _rows(*, xml: SheetXml) -> tuple[list[GridRow], int]:
    """The rows that hold anything, and how many cells show an error instead of a value."""
    rows: list[GridRow] = []
    errors = 0
    for number, cells, errors_in_row in xml.rows():
        if cells[COLUMNS_AT_MOST:]:
            raise too_many_columns()
        if len(rows) > ROWS_AT_MOST:
            raise too_many_rows()
        errors += errors_in_row
        rows.append(GridRow(number, tuple(cells), number))
    return rows, errors


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
