"""The clocks of a meeting: those of the centers, and those of its places beside them."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from tequio.decisions.queries.hours import Hours, city_of, hours
from tequio.meetings.models import Place
from tequio.rules.moments import City, span_in
from tequio.rules.reasons import Text


def clocks_of(*, places: Iterable[Place]) -> Hours:
    """The clocks of all centers and, after them, of places in other zones. One query."""
    cities = list(hours().cities)
    known = {str(city.zone) for city in cities}
    for place in places:
        if place.zone not in known:
            known.add(place.zone)
            zone: tzinfo = ZoneInfo(place.zone)
            cities.append(City(name=city_of(zone=place.zone), zone=zone))
    return Hours(cities=tuple(cities))


def span(*, clocks: Hours, begins: datetime, ends: datetime) -> Text:
    """From when to when, by each of these clocks."""
    return span_in(begins=begins, ends=ends, cities=clocks.cities)
