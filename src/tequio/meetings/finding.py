"""Finding what an address names, once the permission has let somebody through."""

from django.http import Http404

from tequio.meetings.models import (
    AgendaItem,
    Attendance,
    Document,
    Meeting,
    MeetingPart,
    Note,
    NoteMark,
    Place,
    SpeakerTurn,
    Suggestion,
)


def meeting_or_404(*, pk: int) -> Meeting:
    """The meeting of a number."""
    found = Meeting.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def part_or_404(*, pk: int) -> MeetingPart:
    """The part of a number, with its meeting, body and sitting."""
    found = MeetingPart.objects.select_related("meeting", "body", "sitting").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def item_or_404(*, pk: int) -> AgendaItem:
    """The item of a number, with its part, meeting and body."""
    found = AgendaItem.objects.select_related("part__meeting", "part__body", "part__sitting").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def suggestion_or_404(*, pk: int) -> Suggestion:
    """The suggestion of a number, with who made it, its part, meeting and body."""
    rows = Suggestion.objects.select_related("made_by", "part__meeting", "part__body")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def place_or_404(*, meeting: Meeting, code: str) -> Place:
    """The place of a code, where this meeting is."""
    found = Place.objects.filter(code=code, meeting_places__meeting=meeting).first()
    if found is None:
        raise Http404
    return found


def note_or_404(*, pk: int) -> Note:
    """The note of a number, with its place, item, part, meeting and body."""
    found = (
        Note.objects.select_related("place", "item__part__meeting", "item__part__body", "item__part__sitting")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def mark_or_404(*, pk: int) -> NoteMark:
    """The mark of a number that is not undone, with its note."""
    found = NoteMark.objects.select_related("note__item__part__meeting").filter(pk=pk, undone_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


def attendance_or_404(*, pk: int) -> Attendance:
    """The attendance of a number that was not taken back, with its meeting, person and place."""
    rows = Attendance.objects.select_related("meeting", "user", "place").filter(pk=pk, taken_back_at__isnull=True)
    found = rows.first()
    if found is None:
        raise Http404
    return found


def turn_or_404(*, pk: int) -> SpeakerTurn:
    """The turn of a number, with its item, part and meeting."""
    found = SpeakerTurn.objects.select_related("item__part__meeting", "item__part__body").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def document_or_404(*, pk: int) -> Document:
    """The document of a number that was not taken away."""
    found = Document.objects.select_related("meeting").filter(pk=pk, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    return found
