"""Documents of a meeting or an item: kept encrypted, of known kinds, and only ever handed out to be saved."""

import base64
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from tequio.accounts.models import User
from tequio.decisions.operations.attaching import safe_name
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.locking import lock_meeting
from tequio.meetings.models import AgendaItem, Document, Meeting
from tequio.rules.document_kinds import document_kind, named_as

MB = 1_000_000
LARGEST = 8 * MB
LARGEST_TOGETHER = 40 * MB
MOST_FILES = 60
LANGUAGES = ("", "en", "es")


@transaction.atomic
def add_document(
    *,
    meeting: Meeting,
    item: AgendaItem | None = None,
    name: str,
    content: bytes,
    language: str = "",
    by: User,
    actor: str,
    at: datetime,
) -> Document:
    """Keep a document beside a meeting, or one of its items. `language` is the one it is written in, if any.

    Also after the meeting, for what was handed round there. Refuses a cancelled meeting, an item of another one, an
    empty file, one that is too large or one too many, and what is no document (rules/document_kinds.py).
    """
    held = lock_meeting(pk=meeting.pk)
    if held.cancelled_at is not None:
        raise Refusal(en="That meeting was cancelled.", es="Esa reunión se canceló.")
    if item is not None and item.part.meeting_id != held.pk:
        raise Refusal(en="That item is of another meeting.", es="Ese punto es de otra reunión.")
    if language not in LANGUAGES:
        raise Refusal(en="Say English, Spanish or nothing.", es="Indique español, inglés o nada.")
    if not content:
        raise Refusal(en="The file is empty.", es="El archivo está vacío.")
    if len(content) > LARGEST:
        raise Refusal(
            en=f"The file is too large; it takes {LARGEST // MB} MB.",
            es=f"El archivo es demasiado grande; caben {LARGEST // MB} MB.",
        )
    there = Document.objects.filter(meeting=held, removed_at__isnull=True)
    together = there.aggregate(total=Sum("size"))["total"] or 0
    if together + len(content) > LARGEST_TOGETHER or there.count() >= MOST_FILES:
        raise Refusal(
            en=f"The documents of a meeting are at most {MOST_FILES}, and {LARGEST_TOGETHER // MB} MB together.",
            es=f"Los documentos de una reunión son cuando más {MOST_FILES}, y {LARGEST_TOGETHER // MB} MB en total.",
        )
    kind = document_kind(content=content)
    if kind is None:
        raise Refusal(
            en="A document is a PDF, a picture, plain text or an office file without macros, whatever its name says.",
            es="Un documento es un PDF, una imagen, texto simple o un archivo de oficina sin macros, diga lo que diga "
            "su nombre.",
        )
    made = Document.objects.create(
        meeting=held,
        item=item,
        name=named_as(name=safe_name(name), kind=kind),
        language=language,
        media=kind.value,
        size=len(content),
        content=base64.b64encode(content).decode(),
        user=by,
        at=at,
    )
    _write_down(kind=Kind.DOCUMENT_ADDED, document=made, actor=actor, at=at)
    return made


@transaction.atomic
def remove_document(*, document: Document, may_any: bool, by: User, actor: str, at: datetime) -> bool:
    """Take a document away, content and all; that it was there stays written. False where that was done before.

    Whoever added it may, and whoever keeps the meeting (`may_any`).
    """
    lock_meeting(pk=document.meeting_id)
    if not may_any and by.pk != document.user_id:
        raise Refusal(
            en="Whoever added it takes it away, or whoever keeps the meeting.",
            es="Lo quita quien lo agregó, o quien coordina la reunión.",
        )
    gone = Document.objects.filter(pk=document.pk, removed_at__isnull=True).update(removed_at=at, content="")
    if gone:
        _write_down(kind=Kind.DOCUMENT_REMOVED, document=document, actor=actor, at=at)
    return bool(gone)


def content_of(*, document: Document) -> bytes:
    """The file as it was handed in; nothing once it was taken away."""
    return base64.b64decode(document.content)


def _write_down(*, kind: Kind, document: Document, actor: str, at: datetime) -> None:
    payload = {"document": document.pk, "size": document.size, "type": document.media}
    journal.append(kind=kind, subject=f"meeting:{document.meeting_id}", actor=actor, at=at, payload=payload)
