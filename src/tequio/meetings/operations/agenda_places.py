"""Putting something that was noted on the agenda of the body's next meeting: what was put off, minutes to approve."""

from datetime import datetime

from tequio.accounts.models import User
from tequio.decisions.models import Body
from tequio.meetings.models import AgendaItem, AgendaKind, MeetingPart
from tequio.meetings.operations.agenda import LONGEST_TITLE, ItemWanted, add_item
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


def put_on_later_agenda(*, item: AgendaItem, title: Text, by: User, actor: str, at: datetime) -> AgendaItem | None:
    """What was put off stands on the agenda of the body's next meeting, if one is planned; None where none is.

    In the caller's transaction. The item it comes from is not carried over a second time.
    """
    part = later_part(body=item.part.body, after=max(at, item.part.sitting.starts_at))
    if part is None:
        return None
    wanted = ItemWanted(
        kind=AgendaKind.DISCUSSION, title=Text(en=title.en[:LONGEST_TITLE], es=title.es[:LONGEST_TITLE])
    )
    made = add_item(part=part, item=wanted, by=by, actor=actor, at=at)
    if not AgendaItem.objects.filter(carried_from=item).exists():
        AgendaItem.objects.filter(pk=made.pk).update(carried_from=item)
    return made
