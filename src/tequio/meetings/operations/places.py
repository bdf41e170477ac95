"""Places given up, and the rooms and addresses on line of a meeting."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.models import Meeting, MeetingPlace, Place
from tequio.meetings.operations.planning import refuse_over

_LONGEST = 300


@transaction.atomic
def close_place(*, place: Place, on: date, actor: str, at: datetime) -> bool:
    """Give a place up from a day on; False where it was before. Meetings planned there stay until they are changed."""
    changed = Place.objects.filter(pk=place.pk, closed_on__isnull=True).update(closed_on=on)
    if changed:
        journal.append(kind=Kind.PLACE_CLOSED, subject=f"place:{place.code}", actor=actor, at=at)
    return bool(changed)


@transaction.atomic
def set_rooms(*, meeting: Meeting, rooms: Mapping[str, str | None], actor: str, at: datetime) -> bool:
    """Say where people sit in a meeting: by the place's code the room or address on line, None to leave the place out.

    Calendars hear of it; False where nothing changed. Refuses a meeting without a place, a place nobody knows, and a
    meeting that was cancelled or opened.
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    refuse_over(held)
    wanted = {code: " ".join(where.split())[:_LONGEST] for code, where in rooms.items() if where is not None}
    if not wanted:
        raise Refusal(
            en="Say where people meet, or that it is online.", es="Diga dónde es la reunión, o que es en línea."
        )
    places = {place.code: place for place in Place.objects.filter(code__in=wanted)}
    if len(places) < len(wanted):
        raise Refusal(en="There is no such place.", es="Ese lugar no existe.")
    there = {row.place.code: row for row in held.meeting_places.select_related("place")}
    if {code: row.where for code, row in there.items()} == wanted:
        return False
    held.meeting_places.exclude(place__code__in=wanted).delete()
    for code, where in wanted.items():
        MeetingPlace.objects.update_or_create(meeting=held, place=places[code], defaults={"where": where})
    Meeting.objects.filter(pk=held.pk).update(sequence=F("sequence") + 1, changed_at=at)
    payload = {"places": sorted(wanted)}
    journal.append(kind=Kind.MEETING_CHANGED, subject=f"meeting:{held.pk}", actor=actor, at=at, payload=payload)
    return True
