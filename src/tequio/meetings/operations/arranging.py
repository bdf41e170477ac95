"""A planned meeting as other terms of its series have it: another hour, other bodies, places, name, deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from tequio.decisions.models import Sitting
from tequio.decisions.operations.founding import cancel_sitting, move_sitting, plan_sitting
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.models import AgendaItem, Meeting, MeetingPart, MeetingPlace, Place, SeriesTerms
from tequio.meetings.operations.calling import tell_of_change
from tequio.meetings.operations.deadlines import set_deadlines
from tequio.meetings.operations.planning import PartWanted, refuse_over, refuse_parts
from tequio.rules.deadlines import DueBefore
from tequio.rules.reasons import Text

_OUT_OF_THE_WAY = 100  # positions of parts while they change places


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """A meeting as it shall be."""

    title: Text
    starts_at: datetime
    zone: str
    parts: Sequence[PartWanted]
    places: Sequence[Place]
    deadlines: Sequence[DueBefore]


@transaction.atomic
def arrange_meeting(
    *, meeting: Meeting, wanted: Arrangement, terms: SeriesTerms, occurrence_on: date, actor: str, at: datetime
) -> bool:
    """Make a planned meeting what terms of its series want; False where nothing that people see was another.

    A body that stays keeps its sitting, with what stands on its agenda. One that is left out has its sitting cancelled,
    and what stood on its agenda goes to its next meeting. Calendars hear of it once. Refuses a meeting that is
    cancelled or was opened, and an hour at which a body sits already.
    """
    refuse_parts(wanted.parts)
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    refuse_over(held)
    then, hour = _seen(held), held.starts_at
    _parts(held=held, wanted=wanted, actor=actor, at=at)
    _places(held=held, places=wanted.places)
    Meeting.objects.filter(pk=held.pk).update(
        terms=terms,
        occurrence_on=occurrence_on,
        title_en=wanted.title.en,
        title_es=wanted.title.es,
        starts_at=wanted.starts_at,
        zone=wanted.zone,
        minutes=sum(part.minutes for part in wanted.parts),
    )
    held.refresh_from_db()
    set_deadlines(meeting=held, deadlines=wanted.deadlines, actor=actor, at=at)
    if _seen(held) == then:
        return False
    Meeting.objects.filter(pk=held.pk).update(sequence=F("sequence") + 1, changed_at=at)
    held.refresh_from_db()
    if held.starts_at != hour:
        tell_of_change(meeting=held, before=hour, at=at)
        payload = {"from": hour.isoformat(), "to": held.starts_at.isoformat(), "zone": held.zone}
        journal.append(kind=Kind.MEETING_MOVED, subject=f"meeting:{held.pk}", actor=actor, at=at, payload=payload)
    else:
        changed = {"bodies": [part.body.code for part in wanted.parts], "places": [one.code for one in wanted.places]}
        journal.append(kind=Kind.MEETING_CHANGED, subject=f"meeting:{held.pk}", actor=actor, at=at, payload=changed)
    return True


def _seen(meeting: Meeting) -> tuple[object, ...]:
    """What people and calendars see of a meeting."""
    return (
        meeting.title_en,
        meeting.title_es,
        meeting.starts_at,
        meeting.zone,
        list(meeting.parts.order_by("position").values_list("body_id", "minutes")),
        set(meeting.meeting_places.values_list("place_id", flat=True)),
    )


def _parts(*, held: Meeting, wanted: Arrangement, actor: str, at: datetime) -> None:
    """Give each body its time, in the order wanted, and its sitting."""
    there = {part.body_id: part for part in held.parts.select_related("sitting", "body").order_by("position")}
    stay = {part.body.pk for part in wanted.parts}
    for body_pk, left in there.items():
        if body_pk not in stay:
            _leave_out(part=left, actor=actor, at=at)
    held.parts.update(position=F("position") + _OUT_OF_THE_WAY)
    begins = wanted.starts_at
    for position, part in enumerate(wanted.parts, start=1):
        known = there.get(part.body.pk)
        if known is None:
            sitting = plan_sitting(
                body=part.body, starts_at=begins, zone=wanted.zone, title=wanted.title, actor=actor, at=at
            )
            MeetingPart.objects.create(
                meeting=held, position=position, body=part.body, sitting=sitting, minutes=part.minutes
            )
        else:
            move_sitting(sitting=known.sitting, starts_at=begins, zone=wanted.zone, actor=actor, at=at)
            Sitting.objects.filter(pk=known.sitting_id).update(
                title_en=wanted.title.en[:120], title_es=wanted.title.es[:120]
            )
            MeetingPart.objects.filter(pk=known.pk).update(position=position, minutes=part.minutes)
        begins += timedelta(minutes=part.minutes)


def _leave_out(*, part: MeetingPart, actor: str, at: datetime) -> None:
    """Take a body out of a meeting; what stood on its agenda goes to its next one."""
    items = AgendaItem.objects.filter(part=part)
    if items.exists():
        others = (
            MeetingPart.objects.filter(body=part.body, sitting__starts_at__gt=at, sitting__cancelled_at__isnull=True)
            .filter(meeting__opened_at__isnull=True)
            .exclude(pk=part.pk)
            .order_by("sitting__starts_at")
        )
        after = others.filter(sitting__starts_at__gt=part.sitting.starts_at).first() or others.first()
        if after is None:
            raise Refusal(
                en=f"{part.body.name_en} has items on the agenda of that meeting and no other meeting to take them to.",
                es=f"{part.body.name_es} tiene asuntos en el orden del día de esa reunión y ninguna otra a la cual "
                "pasarlos.",
            )
        items.update(part=after)
    sitting = part.sitting
    part.delete()
    cancel_sitting(sitting=sitting, actor=actor, at=at)


def _places(*, held: Meeting, places: Sequence[Place]) -> None:
    """Let it be at these places; those that stay keep their room."""
    pks = {place.pk for place in places}
    there = set(held.meeting_places.values_list("place_id", flat=True))
    held.meeting_places.exclude(place__in=pks).delete()
    MeetingPlace.objects.bulk_create(
        MeetingPlace(meeting=held, place=place) for place in places if place.pk not in there
    )
