"""From a file to rows of text: what can be read at all, and which row is which."""

import csv
import io
import stat
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TextIO

from tequio.kernel.errors import Refusal
from tequio.members.intake.encodings import detect_encoding
from tequio.members.intake.reasons import ROW_ENDLESS, ROW_OVER_LINES, ROW_QUOTES, SENTENCES, RowFault, filled
from tequio.members.intake.records import COLUMNS, RollRow
from tequio.rules.reasons import Text

# A row that uses every column to its cap is a tenth of this. The rest of a longer line is read and dropped in pieces,
# so that a file of one endless line needs no more memory than any other.
_LONGEST_LINE = 100_000
_TOO_LONG = ""  # stands for such a line among those kept at hand; no line of a file is empty
_OTHER_SEPARATORS = {";": ("semicolons", "punto y coma"), "\t": ("tabs", "tabuladores"), "|": ("bars", "barras")}


class NumberedRow(NamedTuple):
    """A row and its number; the header is row 1, and a line break within quotation marks starts no new row."""

    number: int
    values: RollRow | RowFault


class _LineTooLong(Exception):  # noqa: N818 - WONTFIX: travels through the csv reader and no further
    """A line no roll would have; its rest has been skipped."""


class _Lines:
    """The lines of a file, with the ones of the current row at hand, so that a broken row does not take others along.

    A quotation mark without its partner joins all lines up to the next one. The csv reader finds out when it is too
    late; `give_back` then returns all lines but the first.
    """

    def __init__(self, *, file: TextIO) -> None:
        self._file = file
        self._returned: deque[str] = deque()
        self.taken: list[str] = []
        self.first = 1  # line number of the first line in `taken`

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._returned:
            line = self._returned.popleft()
            if line == _TOO_LONG:
                self.taken.append(_TOO_LONG)
                raise _LineTooLong
        else:
            line = self._file.readline(_LONGEST_LINE)
            if not line:
                raise StopIteration
            if len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
                self._skip_the_rest()
                self.taken.append(_TOO_LONG)
                raise _LineTooLong
        self.taken.append(line)
        return line

    def _skip_the_rest(self) -> None:
        while (piece := self._file.readline(_LONGEST_LINE)) and not piece.endswith(("\n", "\r")):
            pass

    def next_row(self) -> None:
        """Forgets the lines of the row before."""
        self.first += len(self.taken)
        self.taken.clear()

    def give_back(self) -> None:
        """Returns all lines of the current row but its first."""
        self._returned.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


class RollFile:
    """An open roll whose header is in order. Iterate once, for its rows; blank lines count and are left out."""

    def __init__(self, *, file: TextIO, encoding: str) -> None:
        self.encoding = encoding
        self._lines = _Lines(file=file)
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
            except (csv.Error, _LineTooLong) as error:
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
        except (csv.Error, _LineTooLong):
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
        if isinstance(error, _LineTooLong) and len(self._lines.taken) == 1:
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
    shown = str(path).replace("\0", "�")
    try:
        with _opened_text(path=path, shown=shown) as text:
            yield RollFile(file=text, encoding=text.encoding)
    except FileNotFoundError as error:
        raise Refusal(en=f"There is no file {shown}.", es=f"No existe el archivo {shown}.") from error
    except PermissionError as error:
        raise Refusal(
            en=f"The file {shown} may not be read. Ask for permission to read it.",
            es=f"No tiene permiso para leer el archivo {shown}. Solicítelo.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:  # the latter only where the file changed under our hands
        raise Refusal(en=f"The file {shown} could not be read.", es=f"No se pudo leer el archivo {shown}.") from error


def _opened_text(*, path: Path | str, shown: str) -> io.TextIOWrapper:
    if shown != str(path):
        raise FileNotFoundError  # the system knows no path with a NUL in it
    # Asked before opening: to open a pipe would wait for somebody to write into it.
    mode = Path(path).stat().st_mode
    if not stat.S_ISREG(mode):
        raise _not_a_file(shown=shown, folder=stat.S_ISDIR(mode))
    file = Path(path).open("rb")  # noqa: SIM115 - WONTFIX: the wrapper that is handed out closes it
    try:
        # newline="" leaves line breaks to the csv reader, so that those within quotation marks stay as they are.
        return io.TextIOWrapper(file, encoding=detect_encoding(file=file), newline="")
    except BaseException:
        file.close()
        raise


def _not_a_file(*, shown: str, folder: bool) -> Refusal:
    if folder:
        return Refusal(
            en=f"{shown} is a folder. Name the CSV file in it.",
            es=f"{shown} es una carpeta. Indique el archivo CSV que está dentro.",
        )
    return Refusal(
        en=f"{shown} is not an ordinary file. Save the roll to a file first.",
        es=f"{shown} no es un archivo común. Guarde primero el padrón en un archivo.",
    )
