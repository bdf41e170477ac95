"""Finding what an address names, once the permission has let somebody through."""

from django.http import Http404

from tequio.meetings.models import AgendaItem, Meeting, MeetingPart, Note, NoteMark, Place


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
