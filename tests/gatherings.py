"""Places, meetings and agendas for tests of meetings; bodies and people come from committees.py."""

from datetime import timedelta

from committees import ACTOR, AT, FOUNDED, both
from tequio.meetings.models import AgendaItem, AgendaKind
from tequio.meetings.operations.planning import PartWanted, open_place, plan_meeting

ZONES = {"en": "America/New_York", "es": "America/Mexico_City"}


def place(code="york", *, language="en", center=None, **given):
    """A city to meet in; its clock is New York's or Mexico City's, by its language."""
    return open_place(
        code=code,
        name=both(code.title()),
        zone=ZONES[language],
        language=language,
        center=center,
        actor=ACTOR,
        at=FOUNDED,
        **given,
    )


def two_cities():
    """Both cities, New York's first."""
    return place("york"), place("centro", language="es")


def meeting(*bodies, places, starts_at=AT, minutes=60, title="Monthly meeting", at=FOUNDED, **given):
    """A meeting of these bodies, an hour each."""
    return plan_meeting(
        title=both(title),
        starts_at=starts_at,
        zone="America/Mexico_City",
        parts=[PartWanted(body=body, minutes=minutes) for body in bodies],
        places=places,
        actor=ACTOR,
        at=at,
        **given,
    )


def item(part, title="Reports", *, kind=AgendaKind.DISCUSSION, position=1, at=AT - timedelta(days=3), **given):
    """An item of a part's agenda, put down as it is stored."""
    return AgendaItem.objects.create(
        part=part, position=position, kind=kind, title_en=title, title_es=f"{title} (es)", made_at=at, **given
    )
