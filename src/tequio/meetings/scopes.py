"""Finding what a page is about from its address, for the permission that guards it."""

from typing import Any

from tequio.accounts.permissions import Scope
from tequio.meetings.models import AgendaItem, MeetingPart, Note, NoteMark, NotesFile


def scope_of_meeting(*, meeting_pk: int, **_: Any) -> Scope | None:
    """The scope of a meeting's pages: every body that sits in it. None where there is no such meeting."""
    bodies = frozenset(MeetingPart.objects.filter(meeting=meeting_pk).values_list("body_id", flat=True))
    return Scope(body_pks=bodies) if bodies else None


def scope_of_part(*, part_pk: int, **_: Any) -> Scope | None:
    """The scope of one body's part of a meeting: that body."""
    return _scope(MeetingPart.objects.filter(pk=part_pk).values_list("body_id", flat=True).first())


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
