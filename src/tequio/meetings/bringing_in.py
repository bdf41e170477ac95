"""`tequio notes import --body --place`: a file brought in, put to its meeting where that is certain."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from tequio.decisions.models import Body
from tequio.kernel import clock, console
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.meetings.models import Meeting, MeetingPart, NotesFile, Place
from tequio.meetings.operations import importing
from tequio.meetings.operations.recorded import record_meeting
from tequio.meetings.page_queries.files import meetings_on
from tequio.rules.reasons import Text


def brought_in(*, file: Path, body: str, place: str, day: date | None, hour: str, minutes: int) -> Iterator[Text]:
    """Bring a file in and say what became of it. Refuses a body or place nobody knows, and what importing refuses."""
    to, where = Body.objects.filter(code=body).first(), Place.objects.filter(code=place).first()
    if to is None:
        raise Refusal(en=f"There is no body “{body}”.", es=f"No existe la instancia «{body}».")
    if where is None:
        known = ", ".join(Place.objects.order_by("pk").values_list("code", flat=True)) or "—"
        raise Refusal(en=f"There is no place “{place}”: {known}.", es=f"No existe el lugar «{place}»: {known}.")
    actor, at = console.actor(), clock.now()
    row, is_new = importing.bring_in(
        body=to, place=where, name=file.name, raw=file.read_bytes(), by=None, actor=actor, at=at
    )
    yield (
        Text(en=f"Brought in as file {row.pk}.", es=f"Traído como archivo {row.pk}.")
        if is_new
        else Text(
            en=f"This file is there already, as {row.pk}: nothing was added.",
            es=f"Este archivo ya está, como {row.pk}: no se agregó nada.",
        )
    )
    if row.meeting_id is None:
        yield _put(file=row, day=day or importing.day_of(file=row), hour=hour, minutes=minutes, actor=actor, at=at)
    open_ = row.candidates.filter(state="open").count()
    yield Text(
        en=f"{open_} finds wait for a person, on the page /notes/files/{row.pk}/.",
        es=f"{open_} hallazgos esperan a una persona, en la página /notes/files/{row.pk}/.",
    )


def _put(*, file: NotesFile, day: date | None, hour: str, minutes: int, actor: str, at: datetime) -> Text:
    """Put it to the one meeting of its day, or to one that is put down now; else say what to give."""
    if day is None:
        return Text(
            en="Which day it was is not certain: say it with --on, or answer on the page.",
            es="No es seguro qué día fue: dígalo con --on, o responda en la página.",
        )
    there = meetings_on(file=file, day=day)
    if not there and not hour:
        return Text(
            en=f"No meeting of this body stands on {day}: put it down with --hour, or answer on the page.",
            es=f"No hay reunión de esta instancia el {day}: apúntela con --hour, o responda en la página.",
        )
    if len(there) > 1:
        return Text(
            en=f"Several meetings stand on {day}: choose on the page.",
            es=f"Hay varias reuniones el {day}: elija en la página.",
        )
    meeting = there[0] if there else _recorded(file=file, day=day, hour=hour, minutes=minutes, actor=actor, at=at)
    part = MeetingPart.objects.get(meeting=meeting, body=file.body)
    items = importing.items_by_heading(file=file, part=part)
    count = importing.put_to_meeting(file=file, meeting=meeting, items=items, by=None, actor=actor, at=at)
    return Text(en=f"Put to the meeting of {day}: {count} items.", es=f"Unido a la reunión del {day}: {count} puntos.")


def _recorded(*, file: NotesFile, day: date, hour: str, minutes: int, actor: str, at: datetime) -> Meeting:
    try:
        begins = time.fromisoformat(hour)
    except ValueError as error:
        raise Refusal(en="Write the hour like 11:00.", es="Escriba la hora así: 11:00.") from error
    name = text_of(row=file.body, name="name")
    title = file.found["title"] or ""
    return record_meeting(
        body=file.body,
        title=Text(en=title or f"Meeting of {name.en}", es=title or f"Reunión de {name.es}"),
        starts_at=datetime.combine(day, begins.replace(tzinfo=None), tzinfo=ZoneInfo(file.place.zone)),
        zone=file.place.zone,
        minutes=minutes,
        places=[file.place],
        actor=actor,
        at=at,
    )
