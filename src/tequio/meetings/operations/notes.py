"""Writing notes: each place its own of an item. Two people at once lose nothing, and hear of each other.

Whoever writes says which revision was before them. Where another one came meanwhile, both changes are put together
(rules/merging.py). After the minutes are approved a change is a correction, with its reason; what was approved stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.models import Body
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.models import (
    AgendaItem,
    MeetingPlace,
    Minutes,
    Note,
    NoteRevision,
    NotesSeenBy,
    NotesSetting,
    Place,
    RevisionKind,
)
from tequio.rules.merging import Clash, merged
from tequio.rules.paragraphs import LONGEST, tidied
from tequio.rules.reasons import LANGUAGES, Text
from tequio.rules.wording import cleaned_line

LONGEST_WHY: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of writing: the note, its newest revision, whether that is new, and what the writer has to hear."""

    note: Note
    revision: NoteRevision
    is_new: bool
    told: tuple[Text, ...] = ()
    clashes: tuple[Clash, ...] = ()


@transaction.atomic
def write_note(
    *,
    item: AgendaItem,
    place: Place,
    text: str,
    base: int,
    language: str = "",
    why: str = "",
    imported: bool = False,
    by: User | None,
    actor: str,
    at: datetime,
) -> Written:
    """Write what a place notes of an item, on the revision `base` (0: there was none).

    `language` is that of the first revision, the place's where none is given. Text that changes nothing makes no
    revision. Refuses a place where this meeting was not, a meeting that was cancelled, notes without a word to begin
    with, notes that are too long, a base that never was, and a correction of approved minutes without its reason.
    """
    held = AgendaItem.objects.select_for_update(of=("self",)).select_related("part__meeting").get(pk=item.pk)
    _refuse_where(item=held, place=place)
    clean = _clean(text=text)
    note = Note.objects.filter(item=held, place=place).first()
    last = note.revisions.order_by("-number").first() if note is not None else None
    if last is None and not clean:
        raise Refusal(en="Write something first.", es="Escriba algo primero.")
    tongue = note.language if note is not None else language or place.language
    if tongue not in LANGUAGES:
        raise Refusal(
            en="Notes are in English or in Spanish: en or es.", es="Las notas van en español o en inglés: es o en."
        )
    told: tuple[Text, ...] = ()
    clashes: tuple[Clash, ...] = ()
    if note is not None and last is not None and base != last.number:
        between = _since(note=note, base=base)
        their, mine = _names(revisions=between, by=by, language=tongue)
        together = merged(
            base=_text_of(note=note, number=base),
            theirs=last.text,
            mine=clean,
            their_name=their,
            my_name=mine,
            language=tongue,
        )
        if together.text != clean or together.clashes:
            told, clashes = together.told, together.clashes
        clean = together.text
        _refuse_long(text=clean)
    elif last is None and base:
        raise _never_was(base)
    if note is not None and last is not None and clean == last.text:
        return Written(note=note, revision=last, is_new=False, told=told, clashes=clashes)
    reason = cleaned_line(why)[:LONGEST_WHY]
    corrected = Minutes.objects.filter(part=held.part_id, approved_at__isnull=False).exists()
    if corrected and not reason:
        raise Refusal(
            en="These minutes were approved. Say in a sentence why they are corrected; what was approved can still be "
            "read.",
            es="Esta minuta ya se aprobó. Diga en una frase por qué se corrige; lo aprobado se seguirá pudiendo leer.",
        )
    if note is None:
        note = Note.objects.create(item=held, place=place, language=tongue)
    revision = NoteRevision.objects.create(
        note=note,
        number=last.number + 1 if last is not None else 1,
        base=base,
        kind=_kind(imported=imported, corrected=corrected, joined=bool(told)),
        text=clean,
        why=reason,
        made_by=by,
        made_at=at,
    )
    payload = {"item": held.pk, "place": place.code, "revision": revision.number, "how": str(revision.kind)}
    subject = f"meeting:{held.part.meeting_id}"
    journal.append(kind=Kind.NOTES_WRITTEN, subject=subject, actor=actor, at=at, payload=payload)
    return Written(note=note, revision=revision, is_new=True, told=told, clashes=clashes)


def _kind(*, imported: bool, corrected: bool, joined: bool) -> RevisionKind:
    if corrected:
        return RevisionKind.CORRECTED
    if imported:
        return RevisionKind.IMPORTED
    return RevisionKind.MERGED if joined else RevisionKind.WRITTEN


def _clean(*, text: str) -> str:
    _refuse_long(text=text)
    return tidied(text)


def _refuse_long(*, text: str) -> None:
    if len(text) > LONGEST:
        raise Refusal(
            en=f"Notes of one item have at most {LONGEST:,} characters; these have {len(text):,}. Nothing was saved: "
            "divide the item.",
            es=f"Las notas de un punto tienen cuando más {LONGEST:,} caracteres; estas tienen {len(text):,}. No se "
            "guardó nada: divida el punto.",
        )


def _refuse_where(*, item: AgendaItem, place: Place) -> None:
    if item.part.meeting.cancelled_at is not None:
        raise Refusal(en="That meeting was cancelled.", es="Esa reunión se canceló.")
    if not MeetingPlace.objects.filter(meeting=item.part.meeting_id, place=place).exists():
        raise Refusal(
            en=f"Nobody met in {place.name_en} for this meeting.", es=f"En {place.name_es} no hubo esta reunión."
        )


def _since(*, note: Note, base: int) -> Sequence[NoteRevision]:
    return list(note.revisions.filter(number__gt=base).select_related("made_by").order_by("number"))


def _text_of(*, note: Note, number: int) -> str:
    if not number:
        return ""
    found = note.revisions.filter(number=number).values_list("text", flat=True).first()
    if found is None:
        raise _never_was(number)
    return found


def _never_was(number: int) -> Refusal:
    return Refusal(en=f"There is no revision {number}.", es=f"No existe la revisión {number}.")


def _names(*, revisions: Sequence[NoteRevision], by: User | None, language: str) -> tuple[str, str]:
    """Who wrote meanwhile, and who writes now; somebody in two windows is told apart by the hour."""
    file = "el archivo" if language == "es" else "the file"
    mine = by.name if by is not None else file
    others = dict.fromkeys(one.made_by.name if one.made_by else file for one in revisions)
    theirs = ", ".join(others) or mine
    if theirs == mine:
        return (f"{mine}, antes", f"{mine}, ahora") if language == "es" else (f"{mine}, before", f"{mine}, now")
    return theirs, mine


@transaction.atomic
def set_seen(
    *, body: Body, notes: str, minutes: str, calendar: str, by: User, actor: str, at: datetime
) -> NotesSetting:
    """Set who sees a body's notes, minutes and calendar from now on. Refuses a circle nobody knows.

    Minutes are notes that were approved, so they are never seen by fewer than the notes are.
    """
    wide = list(NotesSeenBy)
    for asked in (notes, minutes, calendar):
        if asked not in wide:
            known = ", ".join(wide)
            raise Refusal(en=f"They are seen by one of: {known}.", es=f"Las ve uno de: {known}.")
    if wide.index(NotesSeenBy(minutes)) < wide.index(NotesSeenBy(notes)):
        raise Refusal(
            en="Minutes are approved notes: they cannot be seen by fewer people than the notes.",
            es="Una minuta son notas aprobadas: no la puede ver menos gente que las notas.",
        )
    made = NotesSetting.objects.create(body=body, notes=notes, minutes=minutes, calendar=calendar, set_by=by, set_at=at)
    payload = {"notes": notes, "minutes": minutes, "calendar": calendar}
    journal.append(kind=Kind.NOTES_SEEN_SET, subject=f"body:{body.code}", actor=actor, at=at, payload=payload)
    return made
