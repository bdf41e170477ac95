"""Meetings in session for tests: a committee that met, somebody who keeps it, people who are there."""

from datetime import timedelta

from committees import ACTOR, AT, committee, sits
from gatherings import meeting, two_cities
from tequio.decisions.models import Office
from tequio.meetings.operations.attending import mark_here
from tequio.meetings.operations.holding import close_meeting, open_meeting
from tequio.rules.reasons import Text

MINUTE = timedelta(minutes=1)


def gathered(number=4, *, starts_at=AT, code="committee", opened=True, **given):
    """A committee's meeting in both cities, opened at its hour: (meeting, its part, its people, the places)."""
    made, people = committee(number, code=code, **given)
    sits(made, people[0], office=Office.CHAIR, votes=False)
    places = two_cities()
    met = meeting(made, places=places, starts_at=starts_at)
    if opened:
        open_meeting(meeting=met, actor=ACTOR, at=starts_at)
    return met, met.parts.get(), people, places


def here(met, place, user=None, *, name="", at=AT, by=None, **given):
    """Somebody is here."""
    return mark_here(meeting=met, place=place, user=user, name=name, by=by or user, actor=ACTOR, at=at, **given)


def closed(met, *, at=AT + 60 * MINUTE):
    """The meeting closed, after an hour."""
    close_meeting(meeting=met, actor=ACTOR, at=at)
    return type(met).objects.get(pk=met.pk)


def title(words):
    return Text(en=words, es=f"{words} (es)")
