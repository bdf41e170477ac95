"""The table in a file that waits, kept beside it once it is read: its pages need not take a spreadsheet apart again."""

import json
import zlib
from typing import Any

from tequio.kernel.journal.operations import canonical
from tequio.members.intake.grids import GridRow, Typed
from tequio.members.intake.reasons import RowFault
from tequio.members.intake.sheets import Sheet, read_sheet
from tequio.members.models import Import
from tequio.members.operations.sealed import as_file, seal, unsealed
from tequio.rules.reasons import Text

_QUICKLY = 1  # how hard zlib tries


def keep_sheet(*, import_pk: int, sheet: Sheet) -> None:
    """Keep a table for the pages of an import, encrypted, as long as its file."""
    said = {
        "format": sheet.format,
        "encoding": sheet.encoding,
        "separator": sheet.separator,
        "worksheet": sheet.worksheet,
        "heading_row": sheet.heading_row,
        "headings": sheet.headings,
        "rows": [[row.number, row.line, _cells(row)] for row in sheet.rows],
        "notes": [[note.en, note.es] for note in sheet.notes],
    }
    seal(import_pk=import_pk, part="sheet", content=zlib.compress(canonical(said).encode(), _QUICKLY))


def sheet_of(*, row: Import, content: bytes) -> Sheet:
    """The table in an import's file, as it was kept; read from the file itself where it was not."""
    kept = unsealed(import_pk=row.pk, part="sheet")
    if kept is None:
        with as_file(content=content) as path:
            return read_sheet(path=path)
    said = json.loads(zlib.decompress(kept))
    return Sheet(
        format=said["format"],
        encoding=said["encoding"],
        separator=said["separator"],
        worksheet=said["worksheet"],
        heading_row=said["heading_row"],
        headings=tuple(said["headings"]),
        rows=tuple(GridRow(number, _read(cells), line) for number, line, cells in said["rows"]),
        notes=tuple(Text(en=en, es=es) for en, es in said["notes"]),
    )


def _cells(row: GridRow) -> Any:
    """The cells of a row: a text each, in a list of its own where the file held a number or a day; or its fault."""
    if isinstance(row.cells, RowFault):
        return {"code": row.cells.code, "en": row.cells.text.en, "es": row.cells.text.es}
    return [[cell] if isinstance(cell, Typed) else cell for cell in row.cells]


def _read(cells: Any) -> tuple[str, ...] | RowFault:
    if isinstance(cells, dict):
        return RowFault(code=cells["code"], text=Text(en=cells["en"], es=cells["es"]))
    return tuple(Typed(cell[0]) if isinstance(cell, list) else cell for cell in cells)
