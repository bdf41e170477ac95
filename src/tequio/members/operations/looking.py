"""Reading a file that was handed in, and previewing it: beside its page, because a large one takes a while.

A file is `reading` from the moment it is handed in, or its columns are said, until `look` has come to an end. Nothing
is lost where that is cut off: whoever asks begins it again.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import transaction

from tequio.centers.models import Center
from tequio.kernel.background import Progress
from tequio.kernel.errors import Refusal
from tequio.members.intake.sheets import read_sheet
from tequio.members.mappings import propose_in
from tequio.members.models import Import, ImportState
from tequio.members.operations.kept_sheets import keep_sheet
from tequio.members.operations.sealed import as_file, forget
from tequio.members.operations.trying import ROWS_AT_MOST, is_roll, too_many_rows
from tequio.members.operations.uploading import Handed, content_of, keep, keep_preview, mapping_of, take_out, tried
from tequio.rules.reasons import Text

_LINES_A_ROW: Final = 3  # on the average, where addresses have line breaks; what has more is counted after reading


def look(
    *, import_pk: int, centers: Collection[str] | None, actor: str, at: datetime, progress: Progress | None = None
) -> None:
    """Read a kept file: preview it where it is a roll or its columns are said, else leave it waiting for them.

    `centers` are the codes of those a person may import for, None for all. What stands against a file is kept with its
    import: it is thrown away then, or waits for other columns. One that is read already stays as it is.
    """
    try:
        with transaction.atomic():
            row = Import.objects.select_for_update(of=("self",)).select_related("center").get(pk=import_pk)
            if row.state == ImportState.READING:
                _read(row=row, centers=centers, actor=actor, at=at, progress=progress or Progress())
    except Refusal as refusal:
        _refused(import_pk=import_pk, why=refusal.text, at=at)


def receive(
    *, handed: Handed, center: Center | None, centers: Collection[str] | None, actor: str, at: datetime
) -> Import:
    """Keep a file and read it at once. Refuses what cannot be read or imported, and then keeps nothing."""
    row = keep(handed=handed, center=center, actor=actor, at=at)
    look(import_pk=row.pk, centers=centers, actor=actor, at=at)
    row.refresh_from_db()
    why = refused_unseen(row=row)
    if why is not None:
        raise Refusal(en=why.en, es=why.es)
    return row


def refused_unseen(*, row: Import) -> Text | None:
    """Why a file that was handed in a moment ago is not taken; the import is then removed. None where it is."""
    if row.state != ImportState.DROPPED or not row.problem:
        return None
    take_out(import_pk=row.pk)
    return Text(en=row.problem[0], es=row.problem[1])


def _read(*, row: Import, centers: Collection[str] | None, actor: str, at: datetime, progress: Progress) -> None:
    content, mapping = content_of(row=row), mapping_of(row=row)
    if mapping is None and not _has_columns_of_a_roll(content=content):
        progress.step = 1
        with as_file(content=content) as path:
            sheet = read_sheet(path=path)
        if len(sheet.rows) > ROWS_AT_MOST:
            raise too_many_rows()
        propose_in(sheet=sheet, center=row.center.code if row.center else None)  # refuses what is no table of members
        keep_sheet(import_pk=row.pk, sheet=sheet)
        row.state = ImportState.WAITING
        row.save(update_fields=["state"])
        return
    outcome = tried(content=content, mapping=mapping, centers=centers, actor=actor, at=at, progress=progress)
    keep_preview(row=row, mapping=mapping, outcome=outcome)


def _has_columns_of_a_roll(*, content: bytes) -> bool:
    with as_file(content=content) as path:
        if not is_roll(path=path):
            return False
    if content.count(b"\n") > _LINES_A_ROW * ROWS_AT_MOST:
        raise too_many_rows()
    return True


def _refused(*, import_pk: int, why: Text, at: datetime) -> None:
    """Keep why a file was refused: its columns can be said otherwise, or it is thrown away."""
    with transaction.atomic():
        row = Import.objects.select_for_update(of=("self",)).get(pk=import_pk)
        if row.state != ImportState.READING:
            return
        row.problem = [why.en, why.es]
        if row.mapping is not None:
            row.state = ImportState.WAITING
        else:
            row.state, row.ended_at = ImportState.DROPPED, at
        row.save()
    if row.state == ImportState.DROPPED:
        forget(import_pk=import_pk)
