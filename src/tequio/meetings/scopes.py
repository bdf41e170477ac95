"""Finding what a page is about from its address, for the permission that guards it."""

from typing import Any

from tequio.accounts.permissions import Scope
from tequio.meetings.models import (
    AgendaItem,
    Attendance,
    Document,
    MeetingPart,
    Note,
    NoteMark,
    NotesFile,
    SpeakerTurn,
    Suggestion,
)


def scope_of_meeting(*, meeting_pk: int, **_: Any) -> Scope | None:
    """The scope of a meeting's pages: every body that sits in it. None where there is no such meeting."""
    bodies = frozenset(MeetingPart.objects.filter(meeting=meeting_pk).values_list("body_id", flat=True))
    return Scope(body_pks=bodies) if bodies else None


def scope_of_part(*, part_pk: int, **_: Any) -> Scope | None:
    """The scope of one body's part of a meeting: that body."""
    return _scope(MeetingPart.objects.filter(pk=part_pk).values_list("body_id", flat=True).first())


def scope_of_suggestion(*, suggestion_pk: int, **_: Any) -> Scope | None:
    """The scope of a suggestion for an agenda: the body it is made to."""
    return _scope(Suggestion.objects.filter(pk=suggestion_pk).values_list("part__body_id", flat=True).first())


def scope_of_item(*, item_pk: int, **_: Any) -> Scope | None:
    """The scope of an item of the agenda: the body in whose part it stands."""
    return _scope(AgendaItem.objects.filter(pk=item_pk).values_list("part__body_id", flat=True).first())


def _scope(body_pk: int | None) -> Scope | None:
    return None if body_pk is None else Scope(body_pk=body_pk)


def scope_of_note(*, note_pk: int, **_: Any) -> Scope | None:
    """The scope of what a place noted: the body in whose part the item stands."""
    return _scope(Note.objects.filter(pk=note_pk).values_list("item__part__body_id", flat=True).first())


def scope_of_mark(*, mark_pk: int, **_: Any) -> Scope | None:
    """The scope of a marked line: that of its note."""
    return _scope(NoteMark.objects.filter(pk=mark_pk).values_list("note__item__part__body_id", flat=True).first())


def scope_of_notes_file(*, notes_file_pk: int, **_: Any) -> Scope | None:
    """The scope of a file of notes: the body whose notes they are."""
    return _scope(
        NotesFile.objects.filter(pk=notes_file_pk, removed_at__isnull=True).values_list("body_id", flat=True).first()
    )


def scope_of_items_meeting(*, item_pk: int, **_: Any) -> Scope | None:
    """The scope of the list of speakers of an item: every body that sits in its meeting."""
    return _of_meeting(AgendaItem.objects.filter(pk=item_pk).values_list("part__meeting_id", flat=True).first())


def scope_of_turn(*, turn_pk: int, **_: Any) -> Scope | None:
    """The scope of a turn to speak: every body that sits in its meeting."""
    turns = SpeakerTurn.objects.filter(pk=turn_pk)
    return _of_meeting(turns.values_list("item__part__meeting_id", flat=True).first())


def scope_of_attendance(*, attendance_pk: int, **_: Any) -> Scope | None:
    """The scope of an attendance: every body that sits in its meeting."""
    return _of_meeting(Attendance.objects.filter(pk=attendance_pk).values_list("meeting_id", flat=True).first())


def scope_of_document(*, document_pk: int, **_: Any) -> Scope | None:
    """The scope of a document that was not taken away: every body that sits in its meeting."""
    rows = Document.objects.filter(pk=document_pk, removed_at__isnull=True)
    return _of_meeting(rows.values_list("meeting_id", flat=True).first())


def _of_meeting(meeting_pk: int | None) -> Scope | None:
    return None if meeting_pk is None else scope_of_meeting(meeting_pk=meeting_pk)
