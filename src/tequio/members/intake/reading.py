"""From a file to rows of text: what can be read at all, and which row is which."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TextIO

from tequio.kernel.errors import Refusal
from tequio.members.intake.encodings import detect_encoding
from tequio.members.intake.files import opened_file
from tequio.members.intake.lines import Lines, LineTooLong
from tequio.members.intake.reasons import ROW_ENDLESS, ROW_OVER_LINES, ROW_QUOTES, SENTENCES, RowFault, filled
from tequio.members.intake.records import COLUMNS, RollRow
from tequio.rules.reasons import Text

_OTHER_SEPARATORS = {";": ("semicolons", "punto y coma"), "\t": ("tabs", "tabuladores"), "|": ("bars", "barras")}


class NumberedRow(NamedTuple):
    """A row and its number; the header is row 1, and a line break within quotation marks starts no new row."""

    number: int
    values: RollRow | RowFault


class RollFile:
    """An open roll whose header is in order. Iterate once, for its rows; blank lines count and are left out."""

    def __init__(self, *, file: TextIO, encoding: str) -> None:
        self.encoding = encoding
        self._lines = Lines(file=file)
        self._reader = csv.reader(self._lines, strict=True)
        header = self._header()
        self._width = len(header)
        self.ignored_columns = tuple(name for name in header if name and name not in COLUMNS)
        self._pick = itemgetter(*(header.index(column) for column in COLUMNS))

    def __iter__(self) -> Iterator[NumberedRow]:
        number = 1
        while True:
            self._lines.next_row()
            number += 1
            try:
                fields = next(self._reader)
            except StopIteration:
                return
            except (csv.Error, LineTooLong) as error:
                yield NumberedRow(number, self._broken(error=error))
                continue
            if len(self._lines.taken) > 1 and self._swallowed():
                yield NumberedRow(number, self._fault(text=ROW_QUOTES))
            elif len(fields) == self._width:
                yield NumberedRow(number, RollRow._make(self._pick(fields)))
            elif fields:
                yield NumberedRow(number, self._ragged(found=len(fields)))

    def _header(self) -> list[str]:
        try:
            fields = next(self._reader, [])
        except (csv.Error, LineTooLong):
            fields = []
        header = [name.strip().lower() for name in fields]
        missing = [column for column in COLUMNS if column not in header]
        if missing:
            raise _refused_header(header=header, first_line="".join(self._lines.taken[:1]), missing=missing)
        doubled = [column for column, times in Counter(header).items() if times > 1 and column in COLUMNS]
        if doubled:
            names = ", ".join(doubled)
            raise Refusal(
                en=f"These columns are in the file more than once: {names}. Keep one of each.",
                es=f"Estas columnas están más de una vez en el archivo: {names}. Deje una sola de cada una.",
            )
        return header

    def _swallowed(self) -> bool:
        """Whether the lines of this row are rows, joined by a quotation mark that a later row happened to close.

        Then its first line and another one have the commas of a whole row each. A street over several lines would
        need twenty commas of its own to look like that.
        """
        whole, *others = (line.count(",") >= self._width - 1 for line in self._lines.taken)
        return whole and any(others)

    def _broken(self, *, error: Exception) -> RowFault:
        """The fault of a row that cannot be taken apart; only its first line is given up."""
        if isinstance(error, LineTooLong) and len(self._lines.taken) == 1:
            return self._fault(text=ROW_ENDLESS, code="field_too_long")
        return self._fault(text=ROW_QUOTES)

    def _ragged(self, *, found: int) -> RowFault:
        """The fault of a row with too few or too many values."""
        first, lines = self._lines.first, len(self._lines.taken)
        text = SENTENCES["row_malformed"] if lines == 1 else ROW_OVER_LINES
        details = {"first": first, "last": first + lines - 1, "found": found, "expected": self._width}
        return RowFault(code="row_malformed", text=filled(text=text, details=details))

    def _fault(self, *, text: Text, code: str = "row_malformed") -> RowFault:
        self._lines.give_back()
        return RowFault(code=code, text=filled(text=text, details={"first": self._lines.first}))


def _refused_header(*, header: Sequence[str], first_line: str, missing: Sequence[str]) -> Refusal:
    """Why the first row is not the header of a roll, as helpfully as can be told."""
    for separator, (english, spanish) in _OTHER_SEPARATORS.items():
        if len(missing) == len(COLUMNS) and COLUMNS[0] in first_line.lower() and separator in first_line:
            return Refusal(
                en=f"The values are separated by {english}. Save the file as CSV with commas.",
                es=f"Los valores están separados con {spanish}. Guarde el archivo como CSV separado por comas.",
            )
    names = ", ".join(missing)
    if not set(header) & set(COLUMNS):
        return Refusal(
            en=f"This is not a member roll as CSV: its first row has none of the columns {names}.",
            es=f"No es un padrón en CSV: en su primera fila no está ninguna de las columnas {names}.",
        )
    return Refusal(
        en=f"These columns are missing in the first row of the file: {names}.",
        es=f"Faltan estas columnas en la primera fila del archivo: {names}.",
    )


@contextmanager
def opened_roll(*, path: Path | str) -> Iterator[RollFile]:
    """The roll at `path`, read as a stream and closed at the end.

    Refuses with both languages: no such file, a folder or device, no permission, an empty or binary file, UTF-16, a
    header that lacks a column or has one twice, and any error of the disk on the way.
    """
    # newline="" leaves line breaks to the csv reader, so that those within quotation marks stay as they are.
    with (
        opened_file(path=path) as file,
        io.TextIOWrapper(file, encoding=detect_encoding(file=file), newline="") as text,
    ):
        yield RollFile(file=text, encoding=text.encoding)
