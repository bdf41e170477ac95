"""A statement handed in on a page: kept encrypted until a person has seen what it would do, a day at most."""

import base64
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import PurePath

from django.db import transaction

from tequio.banking.models import BankAccount, StatementUpload
from tequio.banking.operations.accounts import add_number
from tequio.banking.operations.correcting import corrected
from tequio.banking.operations.importing import Imported, import_statement
from tequio.banking.statements.amounts import Mark
from tequio.banking.statements.columns import Mapping_, NoColumns, Table, mapping_from_json
from tequio.banking.statements.reading import table_in
from tequio.banking.statements.roles import Role
from tequio.kernel.errors import Refusal
from tequio.members.intake.dates import DateOrder

KEPT_FOR = timedelta(days=1)
LONGEST_NAME = 120


def hand_in(*, account: BankAccount, name: str, content: bytes, actor: str, at: datetime) -> StatementUpload:
    """Keep a file until it is confirmed. Refuses what cannot be read, and keeps nothing of it."""
    throw_old_away(at=at)
    # A table whose columns nobody knows yet is kept: the next page asks which is which.
    with suppress(NoColumns):
        _tried(account=account, content=content, mapping=None, actor=actor, at=at)
    return StatementUpload.objects.create(
        account=account,
        name=PurePath(name.replace("\\", "/")).name.replace("\0", "")[:LONGEST_NAME],
        content=base64.b64encode(content).decode(),
        handed_in_by=actor,
        handed_in_at=at,
    )


def preview(*, upload: StatementUpload, actor: str, at: datetime) -> Imported:
    """What importing a file would do. Nothing is written."""
    return _tried(account=upload.account, content=_content(upload), mapping=_mapping(upload), actor=actor, at=at)


def correct(
    *, upload: StatementUpload, said: Mapping[Role, list[str]], dates: DateOrder | None, mark: Mark | None
) -> None:
    """Read a file's columns as a person says; what they leave unsaid is read as before."""
    mapping = corrected(account_code=upload.account.code, raw=_content(upload), said=said, dates=dates, mark=mark)
    StatementUpload.objects.filter(pk=upload.pk).update(mapping=mapping.as_json())
    upload.mapping = mapping.as_json()


def say_number(*, upload: StatementUpload, number: str, actor: str, at: datetime) -> None:
    """Record a number the file names as its account's, as a person says. Refuses one the file does not name."""
    if number not in preview(upload=upload, actor=actor, at=at).unrecorded:
        raise Refusal(en="The file does not name that number.", es="El archivo no nombra ese número.")
    add_number(code=upload.account.code, number=number, actor=actor, at=at)


def table_of_upload(*, upload: StatementUpload) -> Table | None:
    """The table a file holds, for its headings; None for formats that have no columns."""
    return table_in(_content(upload))


def confirm(*, upload_pk: int, actor: str, at: datetime) -> Imported:
    """Import a file that was looked at, once: a second click finds it gone."""
    with transaction.atomic():
        upload = StatementUpload.objects.select_for_update(of=("self",)).filter(pk=upload_pk).first()
        if upload is None:
            raise Refusal(
                en="This file was imported or thrown away already.", es="Este archivo ya se importó o se desechó."
            )
        account, name, content, mapping = upload.account, upload.name, _content(upload), _mapping(upload)
        upload.delete()
        result = import_statement(
            account_code=account.code, raw=content, name=name, mapping=mapping, post=False, actor=actor, at=at
        )
        if not result.taken and result.refused is not None:
            raise Refusal(en=result.refused.en, es=result.refused.es)
    return result


def throw_away(*, upload_pk: int) -> None:
    """Forget a file nobody wants to import."""
    StatementUpload.objects.filter(pk=upload_pk).delete()


def throw_old_away(*, at: datetime) -> int:
    """Forget files nobody confirmed within a day."""
    count, _ = StatementUpload.objects.filter(handed_in_at__lt=at - KEPT_FOR).delete()
    return count


def _tried(*, account: BankAccount, content: bytes, mapping: Mapping_ | None, actor: str, at: datetime) -> Imported:
    return import_statement(account_code=account.code, raw=content, mapping=mapping, dry_run=True, actor=actor, at=at)


def _content(upload: StatementUpload) -> bytes:
    return base64.b64decode(upload.content)


def _mapping(upload: StatementUpload) -> Mapping_ | None:
    return mapping_from_json(upload.mapping) if upload.mapping else None
