"""A meeting's page: its head, its stage, who is there, the agenda of each body. Constant queries in rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tequio.accounts.permissions import Scope, Viewer, may_keep_body, may_speak_there
from tequio.decisions.models import Vote
from tequio.decisions.queries.hours import Hours, Moment
from tequio.kernel.texts import text_of
from tequio.meetings.models import Attendance, Direction, Interpreter, Meeting, MeetingPart, MeetingPlace, Place
from tequio.meetings.operations.holding import open_votes
from tequio.meetings.page_queries.agenda import PartShown, parts_shown
from tequio.meetings.page_queries.agenda_rows import FileShown, agenda_rows
from tequio.meetings.queries.clocks import clocks_of, span
from tequio.meetings.queries.present import quorums_at
from tequio.rules.agenda import may_open, may_undo
from tequio.rules.interpreting import directions_lacking, said
from tequio.rules.reasons import Text

DIRECTIONS: Final = {
    Direction.TO_SPANISH: Text(en="English into Spanish", es="de inglés a español"),
    Direction.TO_ENGLISH: Text(en="Spanish into English", es="de español a inglés"),
}
STATES: Final = {
    "planned": (Text(en="planned", es="planeada"), "told"),
    "called": (Text(en="called", es="convocada"), "told"),
    "open": (Text(en="open now", es="en curso"), "open"),
    "closed": (Text(en="closed", es="cerrada"), "done"),
    "cancelled": (Text(en="cancelled", es="cancelada"), "refused"),
}
STAGES: Final = ("planned", "called", "open", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """An attendance as a page shows it. `user_pk` is None for a guest."""

    pk: int
    user_pk: int | None
    name: str
    center: Text | None
    hours: Text
    came: datetime
    left: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceShown:
    """A place of the meeting: how to find it, who is there now and who was."""

    pk: int
    code: str
    name: Text
    language: str
    online: bool
    where: str
    here: Sequence[Somebody]
    were: Sequence[Somebody]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpreterShown:
    """Somebody who interprets: in which direction, whether paid, the minutes given."""

    name: str
    way: str
    direction: Text
    paid: bool
    minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingShown:
    """A meeting with all its page shows."""

    meeting: Meeting
    title: Text
    state: str
    state_name: Text
    look: str
    stage_now: int
    when: Moment
    hours: Text
    places: Sequence[PlaceShown]
    parts: Sequence[PartShown]
    interpreters: Sequence[InterpreterShown]
    interpretation: Text
    lacks_interpretation: bool
    files: Sequence[FileShown]
    present: int
    attended: int
    centers: Sequence[tuple[Text, int]]
    open_votes: Sequence[Vote]
    called: Moment | None
    opened: Moment | None
    closed: Moment | None
    may_keep: bool
    may_speak: bool
    may_open: bool
    may_undo: bool


def state_of(meeting: Meeting, /) -> str:
    """Where a meeting stands: planned, called, open, closed or cancelled."""
    if meeting.cancelled_at is not None:
        return "cancelled"
    if meeting.closed_at is not None:
        return "closed"
    if meeting.opened_at is not None:
        return "open"
    return "called" if meeting.called_at is not None else "planned"


def parts_of(*, meeting: Meeting) -> list[MeetingPart]:
    """The parts of a meeting in their order, with body and sitting."""
    return list(MeetingPart.objects.filter(meeting=meeting).select_related("body", "sitting").order_by("position"))


def meeting_shown(*, meeting: Meeting, viewer: Viewer, at: datetime) -> MeetingShown:
    """A meeting as it is at a moment, for somebody who may read it."""
    parts = parts_of(meeting=meeting)
    there = list(MeetingPlace.objects.filter(meeting=meeting).select_related("place__center").order_by("pk"))
    clocks = clocks_of(places=[row.place for row in there])
    rows = attendances(meeting=meeting)
    now = meeting.closed_at or at
    present = [row for row in rows if is_there(row, at=now, closed=meeting.closed_at is not None)]
    quorums = {}
    if rows or meeting.opened_at is not None:
        people = {row.user_id for row in present if row.user_id is not None}
        quorums = {pk: found.quorum for pk, found in quorums_at(parts=parts, present=people, at=now).items()}
    read = agenda_rows(meeting=meeting, parts=parts)
    bodies = frozenset(part.body_id for part in parts)
    kept = frozenset(pk for pk in bodies if may_keep_body(viewer, Scope(body_pk=pk)))
    sat_on = frozenset(pk for pk in bodies if may_speak_there(viewer, Scope(body_pk=pk)))
    state = state_of(meeting)
    name, look = STATES[state]
    undoable = meeting.closed_at or meeting.opened_at
    interpreters = _interpreters(meeting=meeting)
    languages, signed_up = [row.place.language for row in there], [one.way for one in interpreters]
    return MeetingShown(
        meeting=meeting,
        title=text_of(row=meeting, name="title"),
        state=state,
        state_name=name,
        look=look,
        stage_now=STAGES.index(state) + 1 if state in STAGES else 0,
        when=clocks.moment(meeting.starts_at),
        hours=span(
            clocks=clocks, begins=meeting.starts_at, ends=meeting.starts_at + timedelta(minutes=meeting.minutes)
        ),
        places=places_shown(there=there, rows=rows, now=now, closed=meeting.closed_at is not None, clocks=clocks),
        parts=parts_shown(parts=parts, read=read, quorums=quorums, kept=kept, sat_on=sat_on, clocks=clocks),
        interpreters=interpreters,
        interpretation=said(languages=languages, signed_up=signed_up, over=state == "closed"),
        lacks_interpretation=bool(directions_lacking(languages=languages, signed_up=signed_up)),
        files=read.files.get(None, ()),
        present=len(present),
        attended=len({row.user_id or row.name.casefold() for row in rows}),
        centers=_centers(present),
        open_votes=open_votes(meeting=meeting),
        called=clocks.moment_or_none(meeting.called_at),
        opened=clocks.moment_or_none(meeting.opened_at),
        closed=clocks.moment_or_none(meeting.closed_at),
        may_keep=bool(kept),
        may_speak=bool(sat_on),
        may_open=bool(kept) and state in ("planned", "called") and may_open(starts_at=meeting.starts_at, at=at),
        may_undo=bool(kept) and state in ("open", "closed") and bool(undoable and may_undo(done_at=undoable, at=at)),
    )


def attendances(*, meeting: Meeting) -> list[Attendance]:
    """Everybody who was there, by the hour they came. One query."""
    rows = Attendance.objects.filter(meeting=meeting, taken_back_at__isnull=True)
    return list(rows.select_related("user", "place", "center").order_by("came_at", "pk"))


def is_there(row: Attendance, *, at: datetime, closed: bool) -> bool:
    """Whether somebody is there at a moment; of a closed meeting, whether it stayed to the end."""
    if row.came_at > at:
        return False
    return row.left_at is None or row.left_at > at or (closed and row.left_at == at)


def places_shown(
    *, there: Sequence[MeetingPlace], rows: Sequence[Attendance], now: datetime, closed: bool, clocks: Hours
) -> list[PlaceShown]:
    """Each place with who is there, and who was."""
    here: dict[int, list[Somebody]] = defaultdict(list)
    were: dict[int, list[Somebody]] = defaultdict(list)
    for row in rows:
        (here if is_there(row, at=now, closed=closed) else were)[row.place_id].append(_somebody(row, clocks=clocks))
    return [_place(row.place, where=row.where, here=here[row.place_id], were=were[row.place_id]) for row in there]


def _place(place: Place, *, where: str, here: Sequence[Somebody], were: Sequence[Somebody]) -> PlaceShown:
    return PlaceShown(
        pk=place.pk,
        code=place.code,
        name=text_of(row=place, name="name"),
        language=place.language,
        online=place.online,
        where=where,
        here=here,
        were=were,
    )


def _somebody(row: Attendance, *, clocks: Hours) -> Somebody:
    return Somebody(
        pk=row.pk,
        user_pk=row.user_id,
        name=row.user.name if row.user else row.name,
        center=text_of(row=row.center, name="name") if row.center else None,
        hours=span(clocks=clocks, begins=row.came_at, ends=row.left_at)
        if row.left_at
        else _since(row.came_at, clocks=clocks),
        came=row.came_at,
        left=row.left_at,
    )


def _since(at: datetime, *, clocks: Hours) -> Text:
    """Since when, by each clock."""
    hours = [(f"{at.astimezone(city.zone):%H:%M}", city.name) for city in clocks.cities]
    if not hours:
        return Text(en=f"since {at:%H:%M} UTC", es=f"desde las {at:%H:%M} UTC")
    return Text(
        en="since " + " / ".join(f"{hour} {name.en}" for hour, name in hours),
        es="desde las " + " / ".join(f"{hour} {name.es}" for hour, name in hours),
    )


def _centers(present: Sequence[Attendance]) -> list[tuple[Text, int]]:
    """How many of those present count for each center; last those who count for none."""
    counts: dict[str, int] = defaultdict(int)
    names: dict[str, Text] = {"": Text(en="no center", es="ningún centro")}
    for row in present:
        code = row.center.code if row.center else ""
        counts[code] += 1
        if row.center:
            names[code] = text_of(row=row.center, name="name")
    return [(names[code], counts[code]) for code in sorted(counts, key=lambda one: (not one, one))]


def _interpreters(*, meeting: Meeting) -> list[InterpreterShown]:
    rows = Interpreter.objects.filter(meeting=meeting, withdrawn_at__isnull=True).select_related("user")
    return [
        InterpreterShown(
            name=row.user.name if row.user else row.name,
            way=row.direction,
            direction=DIRECTIONS[Direction(row.direction)],
            paid=row.paid,
            minutes=row.minutes_given,
        )
        for row in rows.order_by("direction", "pk")
    ]
