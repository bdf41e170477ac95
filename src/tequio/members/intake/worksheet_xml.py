"""The rows of a worksheet, read from its XML as it comes by: no tree is built, and nothing is kept but the cells.

openpyxl makes several objects of every cell, which takes eight times as long; it still reads what a workbook says of
itself (its worksheets and number formats), while this reads what grows with a roll: the rows and the shared texts.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO, Final, NamedTuple
from xml.parsers import expat

from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601

from tequio.members.intake.formats import damaged
from tequio.members.intake.grids import CELL_AT_MOST, Typed

LAST_ROW: Final = 1_048_576  # of any workbook
_CHUNK = 1 << 16
_MERGED_AT_MOST = 50_000
_EXACT = 15  # digits a spreadsheet keeps of a number
_MERGED = re.compile(r"([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})")
_ZEROS = re.compile(r"0{2,20}")
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFormats:
    """What a workbook's styles say of its numbers; a style is its number in the workbook."""

    dates: Collection[int]
    spans: Collection[int]  # of time, among the dates
    epoch: datetime
    number_format: Callable[[int], str]


class SheetRow(NamedTuple):
    """A row that holds anything: its number, its cells, and how many of them show an error instead of a value."""

    number: int
    cells: list[str]
    errors: int


@dataclass(slots=True, kw_only=True)
class SheetXml:
    """A worksheet that is read once, from its beginning.

    When all rows have come by, `merged` are the cells merged downwards as (column from 0, first row, last row), and
    `without_value` is how many formulas have no value saved.
    """

    part: BinaryIO
    texts: Sequence[str]
    formats: CellFormats
    columns_at_most: int
    merged: set[tuple[int, int, int]] = field(default_factory=set)
    without_value: int = 0

    def rows(self) -> Iterator[SheetRow]:
        """The rows, in their order; of a row further up than one before it nothing is read.

        Refuses XML that declares a document type; anything else that is not in order raises whatever it may.
        """
        reader = _RowReader(sheet=self)
        parser = _parser(start=reader.start, end=reader.end, text=reader.text)
        last = 0
        ended = False
        while not ended:
            chunk = self.part.read(_CHUNK)
            ended = not chunk
            parser.Parse(chunk, ended)
            for row in reader.rows:
                if row.number > LAST_ROW:
                    return
                if row.number > last:
                    last = row.number
                    yield row
            reader.rows.clear()


def shared_texts(*, part: BinaryIO) -> list[str]:
    """The texts that cells refer to by number, each as a cell shows it."""
    reader = _TextReader()
    parser = _parser(start=reader.start, end=reader.end, text=reader.text)
    while chunk := part.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return reader.texts


class _TextReader:
    """Takes the elements of the table of texts as they come by; how a text is pronounced is left out."""

    __slots__ = ("_is_phonetic", "_names", "_pieces", "text", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.text: list[str] = []
        self._pieces: list[str] = []
        self._names = _Names()
        self._is_phonetic = False

    def start(self, name: str, _: dict[str, str]) -> None:
        """An element begins."""
        local = self._names[name]
        if local == "t":
            self.text.clear()
        elif local == "si":
            self._pieces.clear()
        elif local == "rPh":
            self._is_phonetic = True

    def end(self, name: str) -> None:
        """An element ends."""
        local = self._names[name]
        if local == "t":
            if not self._is_phonetic:
                self._pieces.append("".join(self.text))
        elif local == "si":
            self.texts.append(shown("".join(self._pieces).replace("x005F_", "")))
        elif local == "rPh":
            self._is_phonetic = False


def shown(text: str) -> str:
    """A text as a cell of a roll holds it: without the space around it, and no longer than any column takes."""
    return text[: CELL_AT_MOST * 2].replace("\r\n", "\n").strip(" \t\r\n\u00a0\ufeff")[:CELL_AT_MOST]


def _parser(*, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None], text: list[str]) -> Any:
    """A parser that declares no entities and fetches nothing; every piece of text goes into `text`."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise damaged()


class _Names(dict[str, str]):
    """Names of elements without their prefix, by the name with it."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        return local


class _Columns(dict[str, int]):
    """Columns counted from 0, by their letters."""

    def __missing__(self, letters: str) -> int:
        column: int = column_index_from_string(letters) - 1
        self[letters] = column
        return column


class _RowReader:
    """Takes a worksheet's elements as they come by and makes rows of them."""

    __slots__ = (
        *("rows", "sheet", "text", "_cells", "_column", "_columns", "_errors", "_has_formula", "_in_cell"),
        *("_is_phonetic", "_kind", "_kinds", "_known", "_names", "_numbers", "_pieces", "_row", "_style", "_value"),
    )

    def __init__(self, *, sheet: SheetXml) -> None:
        self.sheet = sheet
        self.rows: list[SheetRow] = []
        self.text: list[str] = []
        self._names, self._columns = _Names(), _Columns()
        self._numbers: dict[tuple[str, str], str] = {}
        self._known: dict[str, str] = {}
        self._kinds: dict[int, tuple[bool, int]] = {}
        self._row, self._cells, self._errors, self._column = 0, [""], 0, -1
        self._in_cell = self._has_formula = self._is_phonetic = False
        self._kind, self._style = "n", "0"
        self._value: str | None = None
        self._pieces: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        local = self._names[name]
        if self._in_cell:
            if local in ("v", "t"):
                self.text.clear()
            elif local == "f":
                self._has_formula = True
            elif local == "rPh":
                self._is_phonetic = True
        elif local == "c":
            self._in_cell = True
            reference = attributes.get("r")
            self._column = self._columns[reference.rstrip(_DIGITS)] if reference else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
            self._value, self._has_formula = None, False
            self._pieces.clear()
        elif local == "row":
            said = attributes.get("r")
            self._row = int(float(said)) if said else self._row + 1
            self._cells, self._errors, self._column = [], 0, -1
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        """An element ends."""
        local = self._names[name]
        if self._in_cell:
            if local == "v":
                self._value = "".join(self.text)
            elif local == "c":
                self._in_cell = False
                self._take()
            elif local == "t":
                if not self._is_phonetic:
                    self._pieces.append("".join(self.text))
            elif local == "rPh":
                self._is_phonetic = False
        elif local == "row" and (self._errors or any(self._cells)):
            self.rows.append(SheetRow(self._row, self._cells, self._errors))

    def _take(self) -> None:
        """Put the cell that ended into its row."""
        cell = ""
        if self._kind == "inlineStr":
            text = shown("".join(self._pieces))
            cell = self._known.setdefault(text, text)
        elif self._value:
            cell = self._cell(self._value)
        elif self._has_formula:
            self.sheet.without_value += 1
        column, cells = self._column, self._cells
        if not cell or column > self.sheet.columns_at_most:
            return
        if column == len(cells):
            cells.append(cell)
            return
        if column > len(cells):
            cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = cell

    def _cell(self, value: str) -> str:
        kind = self._kind
        if kind == "s":
            at = int(value)
            if at < 0:  # would count from the end, and be some other cell's text
                raise damaged()
            return self.sheet.texts[at]
        if kind == "n":
            known = self._numbers.get((value, self._style))
            return self._number(value) if known is None else known
        if kind == "b":
            return Typed("yes" if int(value) else "no")
        if kind == "d":
            return typed(from_ISO8601(value))
        if kind == "e":
            self._errors += 1
            return ""
        text = shown(value)
        return self._known.setdefault(text, text)

    def _number(self, value: str) -> str:
        """A number as a roll takes it: a day where the cell shows one, else its digits."""
        style = int(self._style)
        number = float(value) if any(sign in value for sign in ".eE") else int(value)
        if style in self.sheet.formats.dates:
            try:
                moment = from_excel(number, self.sheet.formats.epoch, timedelta=style in self.sheet.formats.spans)
            except (OverflowError, ValueError):  # a number no day has: the spreadsheet shows an error
                self._errors += 1
                return ""
            cell: str = typed(moment)
        else:
            if style not in self._kinds:
                shown_as = self.sheet.formats.number_format(style)
                self._kinds[style] = (bool(_ZEROS.fullmatch(shown_as)), len(shown_as))
            keeps_zeros, width = self._kinds[style]
            if isinstance(number, int) and abs(number) < 10**_EXACT:
                text = str(number)
            else:
                text = format(Decimal(format(number, f".{_EXACT}g")), "f")
                if "." in text:
                    text = text.rstrip("0").rstrip(".")
            cell = Typed(text.zfill(width) if keeps_zeros and text.isdigit() else text)
        self._numbers[value, self._style] = cell
        return cell

    def _merge(self, reference: str) -> None:
        found = _MERGED.fullmatch(reference)
        if found and int(found[3]) > int(found[2]) and len(self.sheet.merged) < _MERGED_AT_MOST:
            self.sheet.merged.add((self._columns[found[1]], int(found[2]), int(found[3])))


def typed(value: Any) -> Typed:
    """A day, a time or a span of time as a roll takes it: YYYY-MM-DD where it is a day."""
    if isinstance(value, datetime):
        return Typed(value.date().isoformat() if value.time() == time() else value.isoformat(sep=" "))
    return Typed(value.isoformat() if isinstance(value, date | time) else str(value))
