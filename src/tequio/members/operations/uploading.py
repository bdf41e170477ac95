"""A roll handed in on a page: kept, previewed, confirmed once, and thrown away where nobody confirms it.

Whatever is asked of one upload locks its row first, so a second click, another tab and another person take turns.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tequio.centers.models import Center
from tequio.kernel.background import Progress
from tequio.kernel.encryption import fingerprint
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.operations import canonical
from tequio.members.intake.mapping import Mapping, from_json
from tequio.members.models import Import, ImportState
from tequio.members.operations.permanent import without_values
from tequio.members.operations.sealed import as_file, forget, seal, unsealed
from tequio.members.operations.trying import Outcome, carry_out
from tequio.rules.reasons import Text

KEPT_FOR = timedelta(days=1)
LONGEST_NAME = 120
OPEN = (ImportState.WAITING, ImportState.PREVIEWED)
_MOVED = Text(
    en="Since the preview, members were changed here, so the same file would now do something else. "
    "Nothing was imported: look at the new preview.",
    es="Desde la vista previa cambiaron membresías aquí, así que el mismo archivo haría ahora otra cosa. "
    "No se importó nada: revise la nueva vista previa.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A file as a person handed it in."""

    name: str
    content: bytes


def keep(*, handed: Handed, center: Center | None, actor: str, at: datetime) -> Import:
    """Keep a file that was handed in, for `looking.look` to read it.

    `center` is the one whose roll it is, None for several. The same file by the same person, not confirmed yet, is that
    import. Refuses where the disk does, and then keeps nothing.
    """
    print_ = fingerprint("roll", hashlib.sha256(handed.content).hexdigest())
    unconfirmed = (ImportState.READING, *OPEN)
    same = Import.objects.filter(state__in=unconfirmed, actor=actor, fingerprint=print_, created_at__gt=at - KEPT_FOR)
    there = same.order_by("pk").last()
    if there is not None and unsealed(import_pk=there.pk, part="file") is not None:
        if there.state == ImportState.WAITING and there.center != center:
            Import.objects.filter(pk=there.pk, state=ImportState.WAITING).update(center=center)
        return there
    made = Import.objects.create(
        state=ImportState.READING,
        actor=actor,
        center=center,
        file_name=clean_name(handed.name),
        size=len(handed.content),
        fingerprint=print_,
        created_at=at,
    )
    try:
        seal(import_pk=made.pk, part="file", content=handed.content)
    except Refusal:
        take_out(import_pk=made.pk)
        raise
    return made


def take_out(*, import_pk: int) -> None:
    """Remove an import nobody has seen: its file was refused while whoever handed it in was still waiting."""
    forget(import_pk=import_pk)
    Import.objects.filter(pk=import_pk, state__in=(ImportState.READING, ImportState.DROPPED)).delete()


def preview_with(*, import_pk: int, mapping: Mapping) -> None:
    """Have a kept file previewed with a mapping by `looking.look`. Refuses one that is done or thrown away."""
    with transaction.atomic():
        row = _locked_open(import_pk=import_pk)
        row.state, row.mapping, row.preview_key, row.problem = ImportState.READING, mapping.as_json(), "", None
        row.save()


def work_of(*, import_pk: int) -> str:
    """The name under which an import is done beside its page."""
    return f"import-{import_pk}"


def begin(*, import_pk: int, key: str) -> bool:
    """Mark a kept file as confirmed, to be imported by `confirm`; False where it was imported before.

    `key` is that of the preview a person confirmed. Refuses where the preview has been replaced since.
    """
    with transaction.atomic():
        row = Import.objects.select_for_update(of=("self",)).get(pk=import_pk)
        if row.state == ImportState.DONE:
            return False
        if row.state != ImportState.SAVING:
            row = _locked_open(import_pk=import_pk)
            if row.state != ImportState.PREVIEWED or row.preview_key != key:
                raise Refusal(
                    en="The columns were changed after the preview you confirmed. Look at the new one first.",
                    es="Las columnas cambiaron después de la vista previa que confirmó. Revise antes la nueva.",
                )
            content_of(row=row)
            row.state, row.problem = ImportState.SAVING, None
            row.save()
    return True


def confirm(
    *, import_pk: int, centers: Collection[str] | None, actor: str, at: datetime, progress: Progress | None = None
) -> None:
    """Import a file that was confirmed as it was previewed, once; where it was done before, nothing happens.

    What stands against it is kept with the import, whose preview then waits again: that the file holds what the person
    may not import any more, or that members were changed since, so that it would do something else. That is the new
    preview. Whatever breaks off in between leaves the import confirmed, and it can be begun again.
    """
    try:
        moved = _confirmed(import_pk=import_pk, centers=centers, actor=actor, at=at, progress=progress or Progress())
    except Refusal as refusal:
        _refused(import_pk=import_pk, why=refusal.text)
    else:
        if moved is not None:
            _refused(import_pk=import_pk, why=_MOVED, preview=moved)


def _refused(*, import_pk: int, why: Text, preview: Outcome | None = None) -> None:
    with transaction.atomic():
        row = Import.objects.select_for_update(of=("self",)).get(pk=import_pk)
        if row.state != ImportState.SAVING:
            return
        if preview is not None:
            keep_preview(row=row, mapping=mapping_of(row=row), outcome=preview)
        gone = unsealed(import_pk=import_pk, part="file") is None
        row.state, row.problem = ImportState.DROPPED if gone else ImportState.PREVIEWED, [why.en, why.es]
        row.save()


@transaction.atomic
def _confirmed(
    *, import_pk: int, centers: Collection[str] | None, actor: str, at: datetime, progress: Progress
) -> Outcome | None:
    """Import a file and keep the result; what it would do instead, all taken back, where that is no longer the same."""
    row = Import.objects.select_for_update(of=("self",)).get(pk=import_pk)
    if row.state != ImportState.SAVING:
        return None
    with as_file(content=content_of(row=row)) as path:
        outcome = carry_out(
            path=path, mapping=mapping_of(row=row), centers=centers, actor=actor, at=at, progress=progress
        )
    if outcome.key != row.preview_key:
        transaction.set_rollback(True)
        return outcome
    row.state, row.ended_at, row.counts = ImportState.DONE, at, _counts(outcome)
    row.rejected = [without_values(line) for line in outcome.rejected]
    row.questions = [without_values(line) for line in outcome.questions]
    row.save()
    transaction.on_commit(lambda: forget(import_pk=import_pk))
    return None


def mapping_of(*, row: Import) -> Mapping | None:
    """What was said of the columns of an import's file; None where nothing was."""
    return from_json(value=row.mapping) if row.mapping is not None else None


def discard(*, import_pk: int, at: datetime) -> None:
    """Throw away a file that was not confirmed; a confirmed import stays what it is."""
    _drop(import_pk=import_pk, states=OPEN, at=at)


def _drop(*, import_pk: int, states: Collection[str], at: datetime) -> None:
    with transaction.atomic():
        changed = Import.objects.filter(pk=import_pk, state__in=states).update(
            state=ImportState.DROPPED, ended_at=at, mapping=None
        )
    if changed:
        forget(import_pk=import_pk)


def sweep(*, at: datetime) -> int:
    """Throw away what nobody confirmed within a day, or carried on where it was cut off; returns how many."""
    states = (ImportState.READING, *OPEN, ImportState.SAVING)
    old = list(Import.objects.filter(state__in=states, created_at__lte=at - KEPT_FOR).values_list("pk", flat=True))
    for import_pk in old:
        _drop(import_pk=import_pk, states=states, at=at)
    return len(old)


def remember_columns(*, import_pk: int, mapping: Mapping) -> None:
    """Keep what a person has said of the columns so far. A preview of other columns no longer counts."""
    with transaction.atomic():
        row = _locked_open(import_pk=import_pk)
        if row.mapping != mapping.as_json():
            row.state, row.mapping, row.preview_key, row.problem = ImportState.WAITING, mapping.as_json(), "", None
            row.save()


def clean_name(name: str) -> str:
    """A file's name fit to be shown: nothing in it that turns a line around, and not endless."""
    cut = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    return "".join(character if character.isprintable() else "�" for character in cut) or "?"


def _locked_open(*, import_pk: int) -> Import:
    row = Import.objects.select_for_update(of=("self",)).select_related("center").get(pk=import_pk)
    if row.state == ImportState.READING:
        raise Refusal(
            en="This file is being read at this moment. Look at its page again in a little while.",
            es="Este archivo se está leyendo en este momento. Vuelva a ver su página en un momento.",
        )
    if row.state not in OPEN:
        raise (
            gone()
            if row.state == ImportState.DROPPED
            else Refusal(en="This file was imported already.", es="Este archivo ya se importó.")
        )
    return row


def content_of(*, row: Import) -> bytes:
    """The file of an import as it was handed in. Refuses where it was thrown away."""
    content = unsealed(import_pk=row.pk, part="file")
    if content is None:
        raise gone()
    return content


def gone() -> Refusal:
    """The refusal of a file that is no longer there."""
    return Refusal(
        en="This file was thrown away: nobody confirmed it within a day, or somebody discarded it. Hand it in again.",
        es="Este archivo se desechó: nadie lo confirmó en un día o alguien lo descartó. Entréguelo otra vez.",
    )


def tried(
    *,
    content: bytes,
    mapping: Mapping | None,
    centers: Collection[str] | None,
    actor: str,
    at: datetime,
    progress: Progress | None = None,
) -> Outcome:
    """What an import would do: done, looked at, and taken back."""
    with as_file(content=content) as path, transaction.atomic():
        outcome = carry_out(path=path, mapping=mapping, centers=centers, actor=actor, at=at, progress=progress)
        transaction.set_rollback(True)
    return outcome


def keep_preview(*, row: Import, mapping: Mapping | None, outcome: Outcome) -> None:
    """Keep what an import would do, for its preview and for whoever confirms it."""
    seal(import_pk=row.pk, part="preview", content=canonical(outcome.as_json()).encode())
    # Who may see it follows from what is in it, not from what somebody chose when handing it in.
    codes = {center for center, _, _ in outcome.openings}
    row.center = Center.objects.get(code=codes.pop()) if len(codes) == 1 else None
    row.state, row.preview_key, row.counts = ImportState.PREVIEWED, outcome.key, _counts(outcome)
    row.problem = None
    row.mapping = mapping.as_json() if mapping else None
    row.save()


def _counts(outcome: Outcome) -> dict[str, Any]:
    return {**outcome.counts, "openings": [list(opening) for opening in outcome.openings]}
