"""Putting something that was noted on the agenda of the body's next meeting: what was put off, minutes to approve."""

from datetime import datetime

from django.db.models import Max

from tequio.accounts.models import User
from tequio.decisions.models import Body
from tequio.meetings.models import AgendaItem, AgendaKind, MeetingPart
from tequio.rules.reasons import Text


def later_part(*, body: Body, after: datetime) -> MeetingPart | None:
    """The body's part of its next meeting that begins after a moment and was not cancelled; None where none is."""
    rows = MeetingPart.objects.filter(body=body, sitting__starts_at__gt=after, sitting__cancelled_at__isnull=True)
    return (
        rows.filter(meeting__closed_at__isnull=True)
        .select_related("meeting", "sitting")
        .order_by("sitting__starts_at")
        .first()
    )


def add_item(
    *, part: MeetingPart, title: Text, kind: str, carried_from: AgendaItem | None = None, by: User | None, at: datetime
) -> AgendaItem:
    """An item at the end of a part's agenda, in the caller's transaction."""
    last = AgendaItem.objects.filter(part=part).aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.create(
        part=part,
        position=last + 1,
        kind=kind,
        title_en=title.en[:200],
        title_es=title.es[:200],
        carried_from=carried_from,
        made_by=by,
        made_at=at,
    )


def put_on_later_agenda(*, item: AgendaItem, title: Text, by: User | None, at: datetime) -> AgendaItem | None:
    """What was put off stands on the agenda of the body's next meeting, if one is planned; None where none is."""
    part = later_part(body=item.part.body, after=max(at, item.part.sitting.starts_at))
    if part is None:
        return None
    carried = None if AgendaItem.objects.filter(carried_from=item).exists() else item
    return add_item(part=part, title=title, kind=AgendaKind.DISCUSSION, carried_from=carried, by=by, at=at)
