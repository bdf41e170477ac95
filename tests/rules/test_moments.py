"""Moments said in several cities."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tequio.rules.moments import City, said_in, span_in
from tequio.rules.reasons import Text

CITIES = (
    City(name=Text(en="New York", es="Nueva York"), zone=ZoneInfo("America/New_York")),
    City(name=Text(en="Mexico City", es="Ciudad de México"), zone=ZoneInfo("America/Mexico_City")),
)


@pytest.mark.parametrize(
    ("at", "en", "es"),
    [
        (
            datetime(2016, 2, 6, 18, tzinfo=UTC),
            "Saturday 6 February 2016, 13:00 New York / 12:00 Mexico City",
            "sábado 6 de febrero de 2016, 13:00 Nueva York / 12:00 Ciudad de México",
        ),
        (
            datetime(2016, 2, 7, 5, 30, tzinfo=UTC),
            "Sunday 7 February 2016, 00:30 New York / Saturday 6 February 2016, 23:30 Mexico City",
            "domingo 7 de febrero de 2016, 00:30 Nueva York / sábado 6 de febrero de 2016, 23:30 Ciudad de México",
        ),
        # Between the two springs the cities are two hours apart.
        (
            datetime(2016, 3, 20, 18, tzinfo=UTC),
            "Sunday 20 March 2016, 14:00 New York / 12:00 Mexico City",
            "domingo 20 de marzo de 2016, 14:00 Nueva York / 12:00 Ciudad de México",
        ),
    ],
    ids=["one day", "midnight between", "two hours apart"],
)
def test_a_moment_is_said_in_the_hours_of_every_city(at, en, es):
    assert said_in(at=at, cities=CITIES) == Text(en=en, es=es)


def test_without_a_city_a_moment_is_said_in_utc():
    assert said_in(at=datetime(2016, 2, 6, 18, tzinfo=UTC), cities=()).en == "Saturday 6 February 2016, 18:00 UTC"


def test_a_span_is_told_by_the_clock_of_each_city_and_once_where_they_agree():
    begins = datetime(2016, 2, 6, 18, 0, tzinfo=UTC)
    ends = begins + timedelta(minutes=20)
    boston = City(name=Text(en="Boston", es="Boston"), zone=ZoneInfo("America/New_York"))
    assert span_in(begins=begins, ends=ends, cities=[CITIES[0], boston, CITIES[1]]) == Text(
        en="13:00–13:20 New York, Boston / 12:00–12:20 Mexico City",
        es="13:00–13:20 Nueva York, Boston / 12:00–12:20 Ciudad de México",
    )
    assert span_in(begins=begins, ends=ends, cities=[]).es == "18:00–18:20 UTC"
