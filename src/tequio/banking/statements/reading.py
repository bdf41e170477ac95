"""From a file to a statement: which format it is, whatever its name says, and what is no statement at all."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from tequio.banking.statements.camt import looks_like_camt, read_camt
from tequio.banking.statements.columns import Mapping_, Table, table_of
from tequio.banking.statements.decoding import UNREADABLE, decoded
from tequio.banking.statements.delimited import read_table, refuse_no_table
from tequio.banking.statements.mt940 import looks_like_mt940, read_mt940
from tequio.banking.statements.ofx import looks_like_ofx, read_ofx
from tequio.banking.statements.roles import role_of_heading
from tequio.banking.statements.shapes import Format, Statement
from tequio.banking.statements.tables import Row, grid_rows, text_rows
from tequio.kernel.errors import Refusal
from tequio.members.intake.dates import DateOrder
from tequio.members.intake.files import opened_file
from tequio.members.intake.formats import FILE_AT_MOST, format_of

MOVEMENTS_AT_MOST: Final = 200_000
_MEGABYTE = 1_000_000
_NOISE = 20  # one character in so many that is none: the file is no text, whatever can be made of the rest
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A statement, and how its columns were read where it is a table (None for the other formats)."""

    statement: Statement
    mapping: Mapping_ | None


def read_file(
    *, path: Path | str, saved: Mapping_ | None = None, usual: DateOrder | None = None
) -> tuple[ReadFile, bytes]:
    """The statement in the file at `path`, and the file itself. Refuses what is no statement, each with a sentence."""
    raw = whole_file(path=path)
    return read_bytes(raw, saved=saved, usual=usual), raw


def whole_file(*, path: Path | str) -> bytes:
    """The bytes of the file at `path`. Refuses what is no file, or is larger than any statement."""
    with opened_file(path=path) as file:
        return _whole(file)


def read_bytes(raw: bytes, /, *, saved: Mapping_ | None = None, usual: DateOrder | None = None) -> ReadFile:
    """The statement in the bytes of a file.

    At most 50 MB, 200,000 movements. Formats are told by content, never by a name. Refuses pictures, PDF, archives,
    older spreadsheets, XML with entities of its own and whatever is no statement.
    """
    if len(raw) > FILE_AT_MOST:
        raise _too_large()
    text = _text(raw)
    read = _other_than_table(text)
    mapping: Mapping_ | None = None
    if read is not None:
        statement = read
    else:
        rows, format_ = _rows(raw, text=text)
        statement, mapping = read_table(rows, format_=format_, saved=saved, usual=usual)
    if statement.count > MOVEMENTS_AT_MOST:
        raise Refusal(
            en=f"The file holds more than {MOVEMENTS_AT_MOST:,} movements. Split it into several.",
            es=f"El archivo tiene más de {MOVEMENTS_AT_MOST:,} movimientos. Divídalo en varios.",
        )
    return ReadFile(statement=statement, mapping=mapping)


def table_in(raw: bytes, /) -> Table | None:
    """The table in the bytes of a file with its headings; None for the formats that have no columns."""
    if len(raw) > FILE_AT_MOST:
        raise _too_large()
    text = _text(raw)
    if _reader_of(text) is not None:
        return None
    return table_of(_rows(raw, text=text)[0])


def _text(raw: bytes) -> str:
    """The text of a file; empty for what is none."""
    return "" if raw.startswith(_NO_TEXT) else decoded(raw)[0]


def _reader_of(text: str) -> Callable[[str], Statement] | None:
    if text and looks_like_ofx(text):
        return read_ofx
    if text and text.lstrip().startswith("<") and looks_like_camt(text):
        return read_camt
    return read_mt940 if text and looks_like_mt940(text) else None


def _other_than_table(text: str) -> Statement | None:
    reader = _reader_of(text)
    return reader(text) if reader else None


def _rows(raw: bytes, *, text: str) -> tuple[list[Row], Format]:
    if format_of(file=io.BytesIO(raw)) == "xlsx":
        from tequio.members.intake.workbooks import read_workbook

        return grid_rows(read_workbook(file=io.BytesIO(raw), is_heading=_is_heading).rows), "xlsx"
    if not text.strip():
        raise Refusal(en="The file is empty.", es="El archivo está vacío.")
    if text.count(UNREADABLE) * _NOISE > len(text):
        raise refuse_no_table()
    rows = text_rows(text)
    if max((len(row.cells) for row in rows), default=0) < 2:  # noqa: PLR2004 - CONFIG: a table has a day and an amount
        raise refuse_no_table()
    return rows, "csv"


def _is_heading(*, text: str) -> bool:
    """Whether a cell is a heading of a bank's table: it tells the worksheet with the movements from the others."""
    return role_of_heading(text) is not None


def _whole(file: BinaryIO) -> bytes:
    size = file.seek(0, 2)
    file.seek(0)
    if size > FILE_AT_MOST:
        raise _too_large()
    return file.read()


def _too_large() -> Refusal:
    return Refusal(
        en=f"The file is larger than {FILE_AT_MOST // _MEGABYTE} MB. Ask the bank for shorter periods.",
        es=f"El archivo pesa más de {FILE_AT_MOST // _MEGABYTE} MB. Pida al banco periodos más cortos.",
    )
