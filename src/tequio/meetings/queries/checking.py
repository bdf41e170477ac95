"""What `tequio check` works out again about meetings: sittings beside their meetings, agendas, carrying over."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F

from tequio.meetings.models import AgendaItem, Meeting, MeetingPart


def meeting_differences() -> Iterator[str]:
    """A sentence for everything about meetings that is not as it should be; nothing when all is well."""
    yield from _sittings()
    yield from _items()
    yield from _carried()


def _sittings() -> Iterator[str]:
    """Each body's sitting begins when its part of the meeting does, and is cancelled with it."""
    before: dict[int, int] = {}
    parts = MeetingPart.objects.select_related("meeting", "sitting", "body").order_by("meeting_id", "position")
    for part in parts.iterator(chunk_size=1_000):
        meeting, sitting = part.meeting, part.sitting
        gone = before.get(meeting.pk, 0)
        begins = meeting.starts_at + timedelta(minutes=gone)
        before[meeting.pk] = gone + part.minutes
        if sitting.starts_at != begins:
            yield (
                f"meeting {meeting.pk}: the sitting of {part.body.code} begins at {sitting.starts_at}, "
                f"its part at {begins}"
            )
        if (sitting.cancelled_at is None) != (meeting.cancelled_at is None):
            cancelled, other = ("sitting", "meeting") if sitting.cancelled_at is not None else ("meeting", "sitting")
            yield f"meeting {meeting.pk}, {part.body.code}: its {cancelled} is cancelled, the {other} is not"


def _items() -> Iterator[str]:
    """An item is about a proposal of its own body, and nothing was taken up in a meeting that was never opened."""
    strays = AgendaItem.objects.filter(proposal__isnull=False).exclude(proposal__body=F("part__body"))
    for pk, meeting_pk, code in strays.order_by("pk").values_list("pk", "part__meeting_id", "proposal__code"):
        yield f"meeting {meeting_pk}, item {pk}: proposal {code} is before another body"
    early = AgendaItem.objects.filter(taken_up_at__lt=F("part__meeting__opened_at"), carried_from__isnull=True)
    for pk, meeting_pk in early.order_by("pk").values_list("pk", "part__meeting_id"):
        yield f"meeting {meeting_pk}, item {pk}: it was taken up before the meeting was opened"


def _carried() -> Iterator[str]:
    """What was carried over comes from an earlier meeting of the same body, where it was left open."""
    rows = AgendaItem.objects.filter(carried_from__isnull=False).select_related(
        "part__meeting", "carried_from__part__meeting"
    )
    for item in rows.order_by("pk").iterator(chunk_size=1_000):
        before, meeting = item.carried_from, item.part.meeting
        if before is None:
            continue
        if before.part.body_id != item.part.body_id:
            yield f"meeting {meeting.pk}, item {item.pk}: it was carried over from another body's agenda"
        if _is_later(before.part.meeting, meeting) and item.withdrawn_at is None:
            yield f"meeting {meeting.pk}, item {item.pk}: it was carried over from a later meeting"
        if before.closed_at is not None and item.withdrawn_at is None and item.taken_up_at is None:
            yield f"meeting {meeting.pk}, item {item.pk}: it was carried over and had been closed before"


def _is_later(one: Meeting, other: Meeting) -> bool:
    return one.starts_at > other.starts_at
