"""The meetings of a body as a calendar (RFC 5545), read by programs: Thunderbird, phones, web calendars.

A meeting keeps its UID however often it is moved, and each change raises its SEQUENCE. One that was cancelled stays as
cancelled, so that a calendar takes it out. Hours stand on the clock by which they were set, with that zone's rules in
the file, so that they are right in both countries whatever the calendar knows of their clocks.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vDuration, vText

from tequio.decisions.models import Body
from tequio.decisions.queries.hours import Hours, hours
from tequio.kernel.texts import text_of
from tequio.meetings.addresses import meeting_url
from tequio.meetings.models import Meeting, NotesSeenBy, NotesSetting
from tequio.rules.reasons import Language, Text

_KEPT = timedelta(days=366)  # how long a meeting that was stays in the feed
_REFRESH = timedelta(hours=6)
_FIRST, _LAST = date(2010, 1, 1), date(2038, 1, 1)  # rules of a zone, from and to


def is_public(*, body: Body) -> bool:
    """Whether everybody may read when a body meets, by its last setting; without one it is private."""
    last = NotesSetting.objects.filter(body=body).order_by("-set_at", "-pk").first()
    return last is not None and last.calendar == NotesSeenBy.EVERYBODY


def feed_of(*, body: Body, language: Language, at: datetime, with_rooms: bool) -> bytes:
    """The calendar of a body in one language: all that comes and the last year. Four queries, however many meetings.

    `with_rooms`: rooms and addresses on line as well, which are only for those who may read its agenda.
    """
    meetings = list(
        Meeting.objects.filter(parts__body=body, starts_at__gte=at - _KEPT)
        .prefetch_related("parts__body", "meeting_places__place")
        .order_by("starts_at", "pk")
    )
    name = text_of(row=body, name="name")
    calendar = Calendar()
    calendar.add("prodid", "-//Tequio//Meetings//" + language.upper())
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name.to(language))
    calendar.add("x-wr-calname", name.to(language))
    calendar.add("refresh-interval", vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESH))
    for zone in dict.fromkeys(meeting.zone for meeting in meetings):
        calendar.add_component(_timezone(zone))
    clocks = hours()
    for meeting in meetings:
        calendar.add_component(_event(meeting=meeting, language=language, clocks=clocks, with_rooms=with_rooms))
    content: bytes = calendar.to_ical()
    return content


def etag_of(content: bytes, /) -> str:
    """By which a program that has this very calendar already is spared it."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


@lru_cache(maxsize=32)
def _timezone(zone: str) -> Timezone:
    return Timezone.from_tzid(zone, first_date=_FIRST, last_date=_LAST)


def _event(*, meeting: Meeting, language: Language, clocks: Hours, with_rooms: bool) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("created", meeting.planned_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(ZoneInfo(meeting.zone)))
    event.add("duration", timedelta(minutes=meeting.minutes))
    title = text_of(row=meeting, name="title")
    if meeting.cancelled_at is not None:
        title = Text(en=f"Cancelled: {title.en}", es=f"Cancelada: {title.es}")
    event.add("summary", vText(title.to(language)), parameters={"LANGUAGE": language})
    where = _where(meeting, language=language, with_rooms=with_rooms)
    if where:
        event.add("location", vText(where), parameters={"LANGUAGE": language})
    said = "\n".join(line.to(language) for line in _described(meeting, clocks=clocks, with_rooms=with_rooms))
    event.add("description", vText(said), parameters={"LANGUAGE": language})
    event.add("url", meeting_url(meeting.pk))
    event.add("status", "CANCELLED" if meeting.cancelled_at is not None else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if meeting.cancelled_at is not None else "OPAQUE")
    return event


def _where(meeting: Meeting, *, language: Language, with_rooms: bool) -> str:
    found = []
    for one in sorted(meeting.meeting_places.all(), key=lambda row: row.pk):
        name = text_of(row=one.place, name="name").to(language)
        found.append(f"{name}: {one.where}" if with_rooms and one.where else name)
    return "; ".join(found)


def _described(meeting: Meeting, *, clocks: Hours, with_rooms: bool) -> Sequence[Text]:
    """The hour in every city, each body's time, why it was cancelled, and where more is written."""
    lines = [clocks.moment(meeting.starts_at).said]
    if meeting.cancelled_at is not None:
        # The reason is in the words of whoever cancelled it, and may name somebody.
        why = f" {meeting.cancelled_because}" if with_rooms else ""
        lines.append(Text(en=f"It was cancelled.{why}", es=f"Se canceló.{why}"))
    for part in sorted(meeting.parts.all(), key=lambda row: row.position):
        name = text_of(row=part.body, name="name")
        lines.append(Text(en=f"{name.en}: {part.minutes} minutes", es=f"{name.es}: {part.minutes} minutos"))
    url = meeting_url(meeting.pk)
    lines.append(Text(en=f"Agenda and notes: {url}", es=f"Orden del día y notas: {url}"))
    return lines
