"""A meeting that was held before anybody planned it here, put down as it was: for notes that come as a file."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from tequio.decisions.models import Body, Sitting
from tequio.decisions.operations.founding import is_zone
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.models import Meeting, MeetingPart, MeetingPlace, Place
from tequio.meetings.operations.planning import LONGEST
from tequio.rules.reasons import Text
from tequio.rules.wording import cleaned_line


@transaction.atomic
def record_meeting(
    *,
    body: Body,
    title: Text,
    starts_at: datetime,
    zone: str,
    minutes: int,
    places: Sequence[Place],
    actor: str,
    at: datetime,
) -> Meeting:
    """Put down a meeting of a body that is over: when and where it was, and how many minutes it took.

    A sitting the body had at that hour is its sitting. Refuses an hour to come (plan it then), a zone nobody knows, no
    place, no time or more than a day, and an hour at which a meeting of the body stands already.
    """
    if not is_zone(zone):
        raise Refusal(en=f"“{zone[:60]}” is no zone.", es=f"«{zone[:60]}» no es una zona.")
    if not 1 <= minutes <= LONGEST:
        raise Refusal(
            en="A meeting lasts some minutes, and a day at most.",
            es="Una reunión dura unos minutos, y un día cuando más.",
        )
    if starts_at + timedelta(minutes=minutes) > at:
        raise Refusal(
            en="That meeting is not over yet: plan it instead.", es="Esa reunión aún no termina: mejor planéela."
        )
    if not places:
        raise Refusal(en="Say where people met.", es="Diga dónde fue la reunión.")
    Body.objects.select_for_update().get(pk=body.pk)
    sitting = Sitting.objects.filter(body=body, starts_at=starts_at, cancelled_at__isnull=True).first()
    if sitting is not None and MeetingPart.objects.filter(sitting=sitting).exists():
        raise Refusal(
            en="A meeting of this body stands at that hour already: choose it.",
            es="A esa hora ya hay una reunión de esta instancia: elíjala.",
        )
    named = Text(en=cleaned_line(title.en)[:120], es=cleaned_line(title.es)[:120])
    if sitting is None:
        sitting = Sitting.objects.create(
            body=body, starts_at=starts_at, zone=zone, title_en=named.en, title_es=named.es
        )
    meeting = Meeting.objects.create(
        uid=f"{secrets.token_hex(16)}@tequio",
        title_en=named.en,
        title_es=named.es,
        starts_at=starts_at,
        zone=zone,
        minutes=minutes,
        planned_at=at,
        changed_at=at,
        opened_at=starts_at,
        closed_at=starts_at + timedelta(minutes=minutes),
    )
    MeetingPlace.objects.bulk_create(MeetingPlace(meeting=meeting, place=place) for place in places)
    MeetingPart.objects.create(meeting=meeting, position=1, body=body, sitting=sitting, minutes=minutes)
    payload = {"starts_at": starts_at.isoformat(), "zone": zone, "body": body.code}
    journal.append(kind=Kind.MEETING_RECORDED, subject=f"meeting:{meeting.pk}", actor=actor, at=at, payload=payload)
    return meeting
