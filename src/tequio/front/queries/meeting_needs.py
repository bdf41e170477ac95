"""What of meetings needs a person, for home: one that is open, those that come, those nobody closed."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from tequio.accounts.permissions import Sits
from tequio.decisions.queries.hours import hours
from tequio.front.queries.follow_up_needs import Need
from tequio.kernel.texts import text_of
from tequio.meetings.addresses import meeting_path
from tequio.meetings.models import Meeting
from tequio.rules.reasons import Text

SOON: Final = timedelta(days=14)
OVER: Final = timedelta(hours=12)
_ONE_BY_ONE: Final = 3


def meeting_needs(*, sits: Sits, at: datetime) -> list[Need]:
    """The meetings of the bodies a person sits on that are open or come within two weeks.

    Of the bodies it keeps, those too that were opened and not closed for half a day. Two queries; none for whoever
    sits nowhere.
    """
    bodies = sits.on | sits.keeps
    if not bodies:
        return []
    rows = (
        Meeting.objects.filter(closed_at__isnull=True, cancelled_at__isnull=True)
        .filter(
            Q(parts__body__in=bodies, starts_at__range=(at - OVER, at + SOON))
            | Q(parts__body__in=sits.keeps, opened_at__lt=at - OVER)
        )
        .order_by("starts_at", "pk")
        .distinct()[:_ONE_BY_ONE]
    )
    found = list(rows)
    clocks = hours() if found else None
    needs = []
    for meeting in found:
        assert clocks is not None  # noqa: S101 - CONFIG: tells the type checker
        when = clocks.moment(meeting.starts_at).said
        needs.append(
            Need(
                count=1,
                one=_said(meeting, when=when, at=at),
                many=Text(en="", es=""),
                note=text_of(row=meeting, name="title"),
                url=meeting_path(meeting.pk),
            )
        )
    return needs


def _said(meeting: Meeting, *, when: Text, at: datetime) -> Text:
    if meeting.opened_at is not None and meeting.opened_at < at - OVER:
        return Text(en=f"meeting to be closed: {when.en}", es=f"reunión por cerrar: {when.es}")
    if meeting.opened_at is not None:
        return Text(en="meeting is open now", es="reunión está en curso")
    return Text(en=f"meeting: {when.en}", es=f"reunión: {when.es}")
