"""A file taken apart into numbered rows of cells, before anybody knows which of them are headings."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from tequio.kernel.errors import Refusal
from tequio.members.intake.reasons import RowFault
from tequio.rules.reasons import Text

ROWS_AT_MOST: Final = 200_000
COLUMNS_AT_MOST: Final = 200
CELL_AT_MOST: Final = 4_000  # characters; the longest column of a roll holds half


class Typed(str):
    """A cell the file itself holds as a number, a day or yes and no: written the one way nobody can misread."""

    __slots__ = ()


class GridRow(NamedTuple):
    """A row as a spreadsheet program numbers it; `line` is where it begins in a text file, which may differ."""

    number: int
    cells: tuple[str, ...] | RowFault
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows that hold anything, in their order, and how the file was read."""

    format: str
    encoding: str
    separator: str
    worksheet: str
    rows: list[GridRow]
    notes: tuple[Text, ...]


def too_many_rows() -> Refusal:
    """The refusal of a file with more rows than any roll or statement."""
    return Refusal(
        en=f"The file has more than {ROWS_AT_MOST:,} rows. Split it into several files.",
        es=f"El archivo tiene más de {ROWS_AT_MOST:,} filas. Divídalo en varios archivos.",
    )


def too_many_columns() -> Refusal:
    """The refusal of a file with more columns than any roll."""
    return Refusal(
        en=f"The file has more than {COLUMNS_AT_MOST} columns. Keep the ones that are needed and delete the others.",
        es=f"El archivo tiene más de {COLUMNS_AT_MOST} columnas. Deje las necesarias y borre las demás.",
    )


def no_rows() -> Refusal:
    """The refusal of a file without a single cell that holds anything."""
    return Refusal(en="The file is empty.", es="El archivo está vacío.")
