"""Notes that come as a file: kept as it was, read, put to a meeting; each find in them confirmed by a person, or not.

The same file for the same body and place is there once. Nothing is guessed: a day that is not certain and a currency
that is not stated are asked for. What a person confirms becomes a record by the operations of marking.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import IntegrityError, transaction

from tequio.accounts.models import User
from tequio.decisions.models import Body
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.models import (
    AgendaItem,
    AgendaKind,
    CandidateState,
    Meeting,
    MeetingPart,
    MeetingPlace,
    NoteMark,
    NoteRevision,
    NotesCandidate,
    NotesFile,
    Place,
    RevisionKind,
)
from tequio.meetings.operations.notes import write_note
from tequio.rules.notes.decoding import NotText, decoded
from tequio.rules.notes.reading import read_notes
from tequio.rules.notes.records import Candidate, Notes
from tequio.rules.notes_placing import BEFORE_ALL, Block, blocks, item_for
from tequio.rules.paragraphs import paragraphs
from tequio.rules.reasons import Text
from tequio.rules.wording import cleaned_line

LARGEST: Final = 2_000_000  # bytes; the notes of one meeting never are
MOST_CANDIDATES: Final = 1_000
_DECIDES: Final = frozenset({"decision", "vote", "election"})
_NUMBERS: Final = frozenset({"amount", "percentage"})
_LARGEST_AMOUNT: Final = Decimal(10) ** 15


def bring_in(
    *, body: Body, place: Place, name: str, raw: bytes, by: User | None, actor: str, at: datetime
) -> tuple[NotesFile, bool]:
    """Keep a file of notes with what it says; False where it was there. Refuses what is too large, no text or empty."""
    if len(raw) > LARGEST:
        raise Refusal(
            en=f"The file is larger than {LARGEST // 1_000_000} MB. Notes of one meeting are not: divide it. "
            "Nothing was kept.",
            es=f"El archivo pasa de {LARGEST // 1_000_000} MB. Las notas de una reunión no son así: divídalo. No se "
            "guardó nada.",
        )
    digest = hashlib.sha256(raw).hexdigest()
    there = NotesFile.objects.filter(body=body, place=place, digest=digest, removed_at__isnull=True).first()
    if there is not None:
        return there, False
    try:
        notes = read_notes(text=decoded(raw=raw))
    except NotText as error:
        raise Refusal(en=error.text.en, es=error.text.es) from error
    if not any(section.heading or section.items for section in notes.sections):
        raise Refusal(en="There is nothing in this file.", es="En este archivo no hay nada.")
    try:
        with transaction.atomic():
            file = NotesFile.objects.create(
                body=body,
                place=place,
                name=cleaned_line(name)[:120] or "notes",
                digest=digest,
                content=base64.b64encode(raw).decode("ascii"),
                found=_as_found(notes),
                brought_by=by,
                brought_at=at,
            )
            rows = [_candidate(file, number, one) for number, one in enumerate(notes.candidates[:MOST_CANDIDATES], 1)]
            NotesCandidate.objects.bulk_create(rows, batch_size=500)
            _write_down(kind=Kind.NOTES_BROUGHT, file=file, actor=actor, at=at, finds=len(rows))
    except IntegrityError:
        return NotesFile.objects.get(body=body, place=place, digest=digest, removed_at__isnull=True), False
    return file, True


def _as_found(notes: Notes) -> dict[str, Any]:
    """What was read, as JSON carries it, with the reasons in both languages. Candidates are rows of their own."""
    said: dict[str, Any] = _without_zeros(dict(notes.as_dict(language="en")))
    del said["candidates"]
    said["date_problems"] = [
        problem.as_dict(language="en") | {"text": _bare(problem.text), "why": problem.why.as_dict()}
        for problem in notes.date_problems
    ]
    said["finds"] = len(notes.candidates)
    if notes.unread:
        said["unread"] |= {"why": notes.unread.why.as_dict()}
    return said


def _without_zeros(value: Any) -> Any:
    """No database keeps a zero byte in a text, and notes of people have none."""
    if isinstance(value, str):
        return _bare(value)
    if isinstance(value, list):
        return [_without_zeros(one) for one in value]
    return {name: _without_zeros(one) for name, one in value.items()} if isinstance(value, dict) else value


def _bare(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _candidate(file: NotesFile, position: int, one: Candidate) -> NotesCandidate:
    amount = Decimal(str(one.amount)) if one.amount is not None else None
    if amount is not None and (not amount.is_finite() or abs(amount) >= _LARGEST_AMOUNT):
        amount = None
    return NotesCandidate(
        file=file,
        position=position,
        kind=one.kind.value,
        outcome=one.outcome.value if one.outcome else "",
        text=_bare(one.text),
        line=one.line,
        amount=amount.quantize(Decimal("0.0001")) if amount is not None else None,
        currency=one.currency or "",
        owner=_bare(one.owner or "")[:120],
        due=_bare(one.due or "")[:80],
        why_en=_bare(one.why.en)[:400],
        why_es=_bare(one.why.es)[:400],
        confidence=one.confidence,
    )


def day_of(*, file: NotesFile) -> date | None:
    """The day of the meeting, where the file leaves no doubt about it."""
    stated = file.found.get("date")
    return date.fromisoformat(stated) if stated and not file.found["date_problems"] else None


def blocks_of(*, file: NotesFile) -> tuple[Block, ...]:
    """What the file says of each item."""
    return blocks(
        sections=file.found["sections"],
        title=file.found["title"],
        language=file.found["language"] or file.place.language,
    )


def items_by_heading(*, file: NotesFile, part: MeetingPart) -> list[int | None]:
    """For each item of a file the one of the agenda whose title is its heading, in either language; None for none."""
    rows = AgendaItem.objects.filter(part=part, withdrawn_at__isnull=True).order_by("position", "pk")
    items = [(row.pk, Text(en=row.title_en, es=row.title_es)) for row in rows]
    return [item_for(heading=one.heading, items=items) for one in blocks_of(file=file)]


@transaction.atomic
def put_to_meeting(
    *, file: NotesFile, meeting: Meeting, items: list[int | None], by: User | None, actor: str, at: datetime
) -> int:
    """Put the notes of a file to a meeting of its body. `items` names an item for each of its own, None for a new one.

    Returns how many items have notes of it. What the place noted there before stays: both are put together. Refuses a
    file that was put to a meeting before, one of another body, and an item of another part.
    """
    held = NotesFile.objects.select_for_update(of=("self",)).select_related("body", "place").get(pk=file.pk)
    if held.meeting_id is not None or held.removed_at is not None:
        raise Refusal(en="This file was put to a meeting already.", es="Este archivo ya se unió a una reunión.")
    part = MeetingPart.objects.select_related("meeting", "sitting").filter(meeting=meeting, body=held.body).first()
    if part is None or meeting.cancelled_at is not None:
        raise Refusal(en="That meeting is not one of this body.", es="Esa reunión no es de esta instancia.")
    found = blocks_of(file=held)
    if len(items) != len(found):
        raise Refusal(en="The file has other sections by now.", es="El archivo tiene ahora otras secciones.")
    chosen = {row.pk: row for row in AgendaItem.objects.filter(part=part, withdrawn_at__isnull=True)}
    if any(pk is not None and pk not in chosen for pk in items):
        raise Refusal(en="That item is of another meeting.", es="Ese punto es de otra reunión.")
    MeetingPlace.objects.get_or_create(meeting=meeting, place=held.place)
    decides = {one.line for one in held.candidates.filter(kind__in=_DECIDES)}
    placed: dict[str, list[int]] = {}
    position = max((row.position for row in chosen.values()), default=0)
    for block, pk in zip(found, items, strict=True):
        if pk is None:
            position += 1
            item = _new_item(part=part, block=block, position=position, decides=decides, by=by, at=at)
        else:
            item = chosen[pk]
            _complete_title(item=item, block=block)
        if block.text:
            placed |= _write(file=held, item=item, block=block, by=by, actor=actor, at=at)
    held.meeting = meeting
    held.found = held.found | {"placed": placed}
    held.save(update_fields=["meeting", "found"])
    _write_down(kind=Kind.NOTES_PUT, file=held, actor=actor, at=at, meeting=meeting.pk)
    return len(found)


def _new_item(
    *, part: MeetingPart, block: Block, position: int, decides: set[int], by: User | None, at: datetime
) -> AgendaItem:
    """An item for what a file says, in the language of the file. Of a meeting that is over it is done with."""
    title = Text(
        en=(block.heading or "")[:200] if block.language == "en" else "",
        es=(block.heading or "")[:200] if block.language == "es" else "",
    )
    if not title.en and not title.es:
        title = BEFORE_ALL
    over = part.meeting.closed_at
    return AgendaItem.objects.create(
        part=part,
        position=position,
        kind=AgendaKind.DECISION if decides & set(block.lines) else AgendaKind.DISCUSSION,
        title_en=title.en,
        title_es=title.es,
        made_by=by,
        made_at=at,
        taken_up_at=part.meeting.starts_at if over else None,
        closed_at=over,
    )


def _complete_title(*, item: AgendaItem, block: Block) -> None:
    """The other city's heading is the title in its language, where that is missing."""
    name = f"title_{block.language}"
    if block.heading and block.language in ("en", "es") and not getattr(item, name):
        setattr(item, name, block.heading[:200])
        item.save(update_fields=[name])


def _write(
    *, file: NotesFile, item: AgendaItem, block: Block, by: User | None, actor: str, at: datetime
) -> Mapping[str, list[int]]:
    """The text of an item as the next revision of its place; where each line of the file stands in it."""
    revisions = NoteRevision.objects.filter(note__item=item, note__place=file.place)
    before = revisions.filter(kind=RevisionKind.IMPORTED).order_by("-number").first()
    written = write_note(
        item=item,
        place=file.place,
        text=block.text,
        base=before.number if before is not None else 0,
        language=block.language,
        why=file.name,
        imported=True,
        by=by,
        actor=actor,
        at=at,
    )
    own = {one.line: one.fingerprint for one in paragraphs(text=block.text)}
    there: dict[str, list[int]] = {}
    for one in paragraphs(text=written.revision.text):
        there.setdefault(one.fingerprint, []).append(one.line)
    placed = {}
    for number, line in block.lines.items():
        lines = there.get(own.get(line, ""), [])
        if lines:
            nearest = min(lines, key=lambda one, line=line: abs(one - line))  # type: ignore[misc]  # CONFIG: bound here
            placed[str(number)] = [written.note.pk, written.revision.number, nearest]
    return placed


@transaction.atomic
def answer(
    *, candidate: NotesCandidate, mark: NoteMark | None, currency: str = "", by: User, actor: str, at: datetime
) -> None:
    """Say that a find is what it was made (`mark`), in the transaction that made it; or that a number is right.

    An amount whose currency the notes do not state is confirmed with it. Refuses one that was confirmed before.
    """
    if mark is None and candidate.kind not in _NUMBERS:
        raise Refusal(en="Say what it becomes.", es="Diga en qué se vuelve.")
    known = candidate.currency or currency.strip().upper()
    if mark is None and candidate.kind == "amount" and not (len(known) == 3 and known.isascii() and known.isalpha()):  # noqa: PLR2004 - CONFIG: ISO 4217
        raise Refusal(
            en="In which currency? The notes do not say; ask whoever was there.",
            es="¿En qué moneda? Las notas no lo dicen; pregunte a quien estuvo.",
        )
    rows = NotesCandidate.objects.filter(pk=candidate.pk).exclude(state=CandidateState.CONFIRMED)
    changed = rows.update(state=CandidateState.CONFIRMED, mark=mark, currency=known, decided_by=by, decided_at=at)
    if not changed:
        raise Refusal(en="This was confirmed already.", es="Esto ya se confirmó.")
    _answered(candidate=candidate, state=CandidateState.CONFIRMED, actor=actor, at=at)


@transaction.atomic
def dismiss(*, candidate: NotesCandidate, by: User, actor: str, at: datetime) -> bool:
    """Say that a find is nothing to keep; False where it was answered before. The notes keep their words."""
    rows = NotesCandidate.objects.filter(pk=candidate.pk, state=CandidateState.OPEN)
    changed = rows.update(state=CandidateState.DISMISSED, decided_by=by, decided_at=at)
    if changed:
        _answered(candidate=candidate, state=CandidateState.DISMISSED, actor=actor, at=at)
    return bool(changed)


@transaction.atomic
def remove_file(*, file: NotesFile, actor: str, at: datetime) -> bool:
    """Take a file away that was brought in by mistake; False where it was before. Refuses one that is in a meeting."""
    rows = NotesFile.objects.filter(pk=file.pk, removed_at__isnull=True)
    if rows.filter(meeting__isnull=False).exists():
        raise Refusal(
            en="Its notes stand in a meeting already: correct them there.",
            es="Sus notas ya están en una reunión: corríjalas ahí.",
        )
    changed = rows.update(removed_at=at)
    if changed:
        _write_down(kind=Kind.NOTES_REMOVED, file=file, actor=actor, at=at)
    return bool(changed)


def held_on(*, meeting: Meeting) -> date:
    """The day of a meeting, where its hour was set."""
    return day_in(zone=meeting.zone, at=meeting.starts_at)


def _answered(*, candidate: NotesCandidate, state: CandidateState, actor: str, at: datetime) -> None:
    payload = {"file": candidate.file_id, "find": candidate.position, "state": str(state)}
    subject = f"body:{candidate.file.body.code}"
    journal.append(kind=Kind.NOTES_ANSWERED, subject=subject, actor=actor, at=at, payload=payload)


def _write_down(*, kind: Kind, file: NotesFile, actor: str, at: datetime, **more: Any) -> None:
    payload = {"file": file.pk, "place": file.place.code, **more}
    journal.append(kind=kind, subject=f"body:{file.body.code}", actor=actor, at=at, payload=payload)
