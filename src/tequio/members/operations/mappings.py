"""Saving how a center's spreadsheet becomes a roll, and trying out what importing one would do."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from tequio.centers.models import Center
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.intake.mapping import Mapping
from tequio.members.models import SavedMapping
from tequio.members.operations.importing import ImportResult, import_roll

_NAME_AT_MOST = 60


def save_mapping(*, center: Center, name: str, mapping: Mapping, actor: str, at: datetime) -> SavedMapping:
    """Keep a mapping under a name of a center, in place of one of the same name. Refuses an empty or long name."""
    name = " ".join(name.split())
    if not name or len(name) > _NAME_AT_MOST or not name.isprintable():
        raise Refusal(
            en=f"Give the mapping a name of at most {_NAME_AT_MOST} characters.",
            es=f"Ponga a la correspondencia un nombre de {_NAME_AT_MOST} caracteres como máximo.",
        )
    with transaction.atomic():
        # Whoever changes what belongs to a center holds its row, so two people saving the same name take turns.
        Center.objects.select_for_update().get(pk=center.pk)
        saved, _ = SavedMapping.objects.update_or_create(
            center=center,
            name=name,
            defaults={"mapping": mapping.as_json(), "saved_by": actor[:120], "saved_at": at},
        )
        payload = {"mapping": saved.pk}  # its name is free text and stays out of the journal
        journal.append(kind=Kind.MAPPING_SAVED, subject=f"center:{center.code}", actor=actor, at=at, payload=payload)
    return saved


def check(*, path: Path, mapping: Mapping, actor: str, at: datetime) -> ImportResult:
    """What importing a file through a mapping would do: everything is done, counted and taken back."""
    return import_roll(path=path, actor=actor, at=at, dry_run=True, mapping=mapping)
