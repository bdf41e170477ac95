"""The call of a meeting: what it says, once for its page and for the mails; and to whom it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tequio.accounts.models import User
from tequio.decisions.models import Voters
from tequio.decisions.queries.hours import Moment, hours
from tequio.decisions.queries.seated import terms_running
from tequio.kernel.texts import text_of
from tequio.meetings.models import AgendaItem, Meeting
from tequio.members.models import MemberAccess
from tequio.rules.interpreting import directions_lacking, said
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCalled:
    """A body's time in a meeting, and what it takes up, in both languages where both are there."""

    body: Text
    begins: Moment
    minutes: int
    items: Sequence[Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What a call says."""

    pk: int
    title: Text
    when: Moment
    ends: Moment
    minutes: int
    parts: Sequence[PartCalled]
    places: Sequence[tuple[Text, str]]  # the city and, if said, the room or the address on line
    interpretation: Text
    lacks_interpretation: bool
    cancelled: bool


def call_of(*, meeting: Meeting) -> Called:
    """The call of a meeting as it is now. A constant number of queries."""
    clocks = hours()
    places = list(meeting.meeting_places.select_related("place").order_by("pk"))
    signed_up = list(meeting.interpreters.filter(withdrawn_at__isnull=True).values_list("direction", flat=True))
    languages = [one.place.language for one in places]
    items: dict[int, list[Text]] = {}
    for row in AgendaItem.objects.filter(part__meeting=meeting, withdrawn_at__isnull=True).order_by("position", "pk"):
        title = Text(en=row.title_en or row.title_es, es=row.title_es or row.title_en)
        items.setdefault(row.part_id, []).append(title)
    parts = meeting.parts.select_related("body", "sitting").order_by("position")
    return Called(
        pk=meeting.pk,
        title=text_of(row=meeting, name="title"),
        when=clocks.moment(meeting.starts_at),
        ends=clocks.moment(meeting.starts_at + timedelta(minutes=meeting.minutes)),
        minutes=meeting.minutes,
        parts=[
            PartCalled(
                body=text_of(row=part.body, name="name"),
                begins=clocks.moment(part.sitting.starts_at),
                minutes=part.minutes,
                items=items.get(part.pk, []),
            )
            for part in parts
        ],
        places=[(text_of(row=one.place, name="name"), one.where) for one in places],
        interpretation=said(languages=languages, signed_up=signed_up),
        lacks_interpretation=bool(directions_lacking(languages=languages, signed_up=signed_up)),
        cancelled=meeting.cancelled_at is not None,
    )


def people_of(*, meeting: Meeting, on: date) -> list[User]:
    """Who sits on the bodies of a meeting on a day, each once, by name; in an assembly, who signs in for a member."""
    bodies = [part.body for part in meeting.parts.select_related("body")]
    seated = set(terms_running(on=on).filter(seat__body__in=bodies).values_list("user_id", flat=True))
    if any(body.voters == Voters.MEMBERS for body in bodies):
        seated |= set(MemberAccess.objects.values_list("user_id", flat=True))
    return list(User.objects.filter(pk__in=seated, is_active=True).order_by("name", "pk"))


def day_of_call(*, meeting: Meeting, at: datetime) -> date:
    """The day by which it is asked who sits there: that of the meeting, or today where it is over."""
    return max(meeting.starts_at, at).date()
