"""Planning meetings: places, a meeting with the bodies that share it, another hour for it, cancelling it.

A meeting gives each of its bodies a sitting, one after the other, so that proposals, quorum and votes find it where
they have always looked. Whoever plans, moves or cancels a meeting plans, moves or cancels those sittings with it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from tequio.centers.models import Center
from tequio.decisions.models import Body
from tequio.decisions.operations.founding import cancel_sitting, is_zone, move_sitting, plan_sitting
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.models import Meeting, MeetingPart, MeetingPlace, Place, SeriesTerms
from tequio.meetings.operations.calling import tell_of_change
from tequio.meetings.operations.deadlines import drop_deadlines, move_deadlines, set_deadlines
from tequio.rules.deadlines import DueBefore
from tequio.rules.reasons import Text

LONGEST = 24 * 60  # minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWanted:
    """The time one body wants of a meeting, in minutes."""

    body: Body
    minutes: int


@transaction.atomic
def open_place(
    *,
    code: str,
    name: Text,
    zone: str,
    language: str,
    center: Center | None = None,
    online: bool = False,
    actor: str,
    at: datetime,
) -> Place:
    """Put down a place where people meet. Refuses a code that is taken, a zone nobody knows."""
    if not is_zone(zone):
        raise Refusal(
            en=f"“{zone[:60]}” is no zone. Write it like America/Mexico_City.",
            es=f"«{zone[:60]}» no es una zona. Escríbala como America/Mexico_City.",
        )
    if Place.objects.filter(code=code).exists():
        raise Refusal(en=f"There is a place “{code}” already.", es=f"Ya existe el lugar «{code}».")
    place = Place.objects.create(
        code=code, name_en=name.en, name_es=name.es, zone=zone, language=language, center=center, online=online
    )
    journal.append(kind=Kind.PLACE_OPENED, subject=f"place:{code}", actor=actor, at=at)
    return place


def plan_meeting(
    *,
    title: Text,
    starts_at: datetime,
    zone: str,
    parts: Sequence[PartWanted],
    places: Sequence[Place],
    deadlines: Sequence[DueBefore] = (),
    terms: SeriesTerms | None = None,
    occurrence_on: date | None = None,
    actor: str,
    at: datetime,
) -> Meeting:
    """Plan a meeting; each body sits after the one before. Proposals that are ready by then come before their body.

    One of a series has the terms by which it is planned. What has to be done before it becomes tasks. Refuses no body
    or one twice, no place, an hour that is over, no time for a body or more than a day in all, and an hour at which a
    body sits already.
    """
    refuse_parts(parts)
    if not places:
        raise Refusal(
            en="Say where people meet, or that it is online.", es="Diga dónde es la reunión, o que es en línea."
        )
    minutes = sum(part.minutes for part in parts)
    with transaction.atomic():
        meeting = Meeting.objects.create(
            series=terms.series if terms else None,
            terms=terms,
            occurrence_on=occurrence_on,
            uid=f"{secrets.token_hex(16)}@tequio",
            title_en=title.en,
            title_es=title.es,
            starts_at=starts_at,
            zone=zone,
            minutes=minutes,
            planned_at=at,
            changed_at=at,
        )
        MeetingPlace.objects.bulk_create(MeetingPlace(meeting=meeting, place=place) for place in places)
        begins = starts_at
        for position, part in enumerate(parts, start=1):
            sitting = plan_sitting(body=part.body, starts_at=begins, zone=zone, title=title, actor=actor, at=at)
            MeetingPart.objects.create(
                meeting=meeting, position=position, body=part.body, sitting=sitting, minutes=part.minutes
            )
            begins += timedelta(minutes=part.minutes)
        payload = {"starts_at": starts_at.isoformat(), "zone": zone, "bodies": [part.body.code for part in parts]}
        set_deadlines(meeting=meeting, deadlines=deadlines, actor=actor, at=at)
        journal.append(kind=Kind.MEETING_PLANNED, subject=f"meeting:{meeting.pk}", actor=actor, at=at, payload=payload)
    return meeting


def move_meeting(*, meeting: Meeting, starts_at: datetime, zone: str, by_hand: bool, actor: str, at: datetime) -> bool:
    """Put a meeting to another hour, with the sittings of its bodies; False where it has that hour already.

    Calendars hear of it: its sequence goes up. Refuses one that is cancelled or began, and an hour that cannot be.
    """
    with transaction.atomic():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if (held.starts_at, held.zone) == (starts_at, zone):
            return False
        refuse_over(held)
        parts = list(held.parts.select_related("sitting", "body").order_by("position"))
        # The last first where it goes later, so that no body meets its own old hour on the way.
        begins = {part.pk: starts_at + _before(parts=parts, part=part) for part in parts}
        for part in sorted(parts, key=lambda one: one.position, reverse=starts_at > held.starts_at):
            move_sitting(sitting=part.sitting, starts_at=begins[part.pk], zone=zone, actor=actor, at=at)
        Meeting.objects.filter(pk=held.pk).update(
            starts_at=starts_at,
            zone=zone,
            sequence=held.sequence + 1,
            changed_at=at,
            moved_by_hand=held.moved_by_hand or by_hand,
        )
        before = held.starts_at
        held.refresh_from_db()
        move_deadlines(meeting=held, actor=actor, at=at)
        tell_of_change(meeting=held, before=before, at=at)
        payload = {"from": before.isoformat(), "to": starts_at.isoformat(), "zone": zone}
        journal.append(kind=Kind.MEETING_MOVED, subject=f"meeting:{held.pk}", actor=actor, at=at, payload=payload)
    return True


def cancel_meeting(*, meeting: Meeting, because: str, actor: str, at: datetime) -> bool:
    """Cancel a meeting and the sittings of its bodies; False where it was before. It stays in calendars, as cancelled.

    Refuses one in which a vote was taken, and one without a reason.
    """
    why = " ".join(because.split())[:300]
    if not why:
        raise Refusal(en="Say in a sentence why.", es="Diga en una frase por qué.")
    with transaction.atomic():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if held.cancelled_at is not None:
            return False
        refuse_over(held)
        for part in held.parts.select_related("sitting__body"):
            cancel_sitting(sitting=part.sitting, actor=actor, at=at)
        Meeting.objects.filter(pk=held.pk).update(
            cancelled_at=at, cancelled_because=why, sequence=held.sequence + 1, changed_at=at
        )
        drop_deadlines(meeting=held, actor=actor, at=at)
        held.refresh_from_db()
        tell_of_change(meeting=held, before=held.starts_at, at=at)
        journal.append(kind=Kind.MEETING_CANCELLED, subject=f"meeting:{held.pk}", actor=actor, at=at)
    return True


def _before(*, parts: Sequence[MeetingPart], part: MeetingPart) -> timedelta:
    """The time of the bodies that sit before this one."""
    return timedelta(minutes=sum(other.minutes for other in parts if other.position < part.position))


def refuse_parts(parts: Sequence[PartWanted]) -> None:
    """Refuse no body or one twice, and no time for one or more than a day in all."""
    if not parts:
        raise Refusal(en="Say which body meets.", es="Diga qué instancia se reúne.")
    if len({part.body.pk for part in parts}) < len(parts):
        raise Refusal(en="A body is named twice.", es="Una instancia aparece dos veces.")
    if any(part.minutes < 1 for part in parts) or sum(part.minutes for part in parts) > LONGEST:
        raise Refusal(
            en="Each body needs some minutes, and a meeting lasts a day at most.",
            es="Cada instancia necesita unos minutos y una reunión dura un día cuando más.",
        )


def refuse_over(held: Meeting) -> None:
    """Refuse what cannot be done any more with a meeting that was cancelled or opened."""
    if held.cancelled_at is not None:
        raise Refusal(en="That meeting was cancelled.", es="Esa reunión se canceló.")
    if held.opened_at is not None:
        raise Refusal(en="That meeting was opened already.", es="Esa reunión ya se abrió.")
