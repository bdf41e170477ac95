"""The page on which people are marked: everybody on the bodies, where each is, the quorum as it stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tequio.decisions.queries.hours import Moment, day_everywhere
from tequio.decisions.queries.seated import terms_running
from tequio.kernel.texts import text_of
from tequio.meetings.models import Meeting, MeetingPlace
from tequio.meetings.page_queries.meeting import (
    PlaceShown,
    Somebody,
    attendances,
    is_there,
    parts_of,
    places_shown,
    state_of,
)
from tequio.meetings.queries.clocks import clocks_of
from tequio.meetings.queries.people import people_of
from tequio.meetings.queries.present import quorums_at
from tequio.rules.deciding import Quorum
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody who sits on a body of the meeting, or came as well: where it is, and what may be pressed."""

    user_pk: int | None
    name: str
    bodies: Sequence[Text]
    there: Somebody | None
    there_pk: int | None  # the place
    place: Text | None
    before: Sequence[tuple[Text, Somebody]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceShown:
    """Everything the page shows. `mine` is the row of whoever looks, if it may be there."""

    meeting: Meeting
    title: Text
    state: str
    when: Moment
    places: Sequence[PlaceShown]
    rows: Sequence[PersonRow]
    mine: PersonRow | None
    quorums: Sequence[tuple[Text, Quorum | None]]
    present: int


def attendance_shown(*, meeting: Meeting, viewer_pk: int | None, at: datetime) -> AttendanceShown:
    """The page at a moment. Constant queries in people."""
    parts = parts_of(meeting=meeting)
    there = list(MeetingPlace.objects.filter(meeting=meeting).select_related("place").order_by("pk"))
    clocks = clocks_of(places=[row.place for row in there])
    entries = attendances(meeting=meeting)
    closed = meeting.closed_at is not None
    now = meeting.closed_at or at
    places = places_shown(there=there, rows=entries, now=now, closed=closed, clocks=clocks)
    present = {row.user_id for row in entries if row.user_id and is_there(row, at=now, closed=closed)}
    found = quorums_at(parts=parts, present=present, at=now)
    rows = _rows(meeting=meeting, places=places)
    return AttendanceShown(
        meeting=meeting,
        title=text_of(row=meeting, name="title"),
        state=state_of(meeting),
        when=clocks.moment(meeting.starts_at),
        places=places,
        rows=rows,
        mine=next((row for row in rows if viewer_pk is not None and row.user_pk == viewer_pk), None),
        quorums=[(text_of(row=part.body, name="name"), found[part.pk].quorum) for part in parts],
        present=sum(len(place.here) for place in places),
    )


def _rows(*, meeting: Meeting, places: Sequence[PlaceShown]) -> list[PersonRow]:
    """Everybody on the bodies by name, then those who came besides, by the hour they came."""
    names, bodies = _sitting(meeting=meeting)
    here: dict[int | str, tuple[PlaceShown, Somebody]] = {}
    were: dict[int | str, list[tuple[Text, Somebody]]] = defaultdict(list)
    order: dict[int | str, str] = dict(names)
    for place in places:
        for somebody in place.here:
            here[_key(somebody)] = (place, somebody)
        for somebody in place.were:
            were[_key(somebody)].append((place.name, somebody))
        for somebody in sorted([*place.here, *place.were], key=lambda one: (one.came, one.pk)):
            order.setdefault(_key(somebody), somebody.name)
    rows = []
    for key, name in order.items():
        place_here, now = here.get(key, (None, None))
        rows.append(
            PersonRow(
                user_pk=key if isinstance(key, int) else None,
                name=name,
                bodies=bodies.get(key, ()) if isinstance(key, int) else (),
                there=now,
                there_pk=place_here.pk if place_here else None,
                place=place_here.name if place_here else None,
                before=were.get(key, ()),
            )
        )
    return rows


def _key(somebody: Somebody) -> int | str:
    return somebody.user_pk if somebody.user_pk is not None else somebody.name.casefold()


def _sitting(*, meeting: Meeting) -> tuple[dict[int | str, str], Mapping[int, Sequence[Text]]]:
    """Who sits on the bodies, and on which."""
    people = people_of(meeting=meeting)
    names: dict[int | str, str] = {user.pk: user.name for user in people}
    found: dict[int, dict[str, Text]] = defaultdict(dict)
    terms = terms_running(on=day_everywhere(at=meeting.starts_at)).filter(
        seat__body__in=meeting.parts.values("body_id"), user__in=[user.pk for user in people]
    )
    for term in terms.select_related("seat__body").order_by("pk"):
        found[term.user_id][term.seat.body.code] = text_of(row=term.seat.body, name="name")
    return names, {pk: list(some.values()) for pk, some in found.items()}
