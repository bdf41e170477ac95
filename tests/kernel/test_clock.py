"""The one place that reads the clock, and which day it is where."""

from datetime import UTC, date, datetime

import pytest

from tequio.kernel import clock

LATE = datetime(2016, 7, 1, 3, 30, tzinfo=UTC)


@pytest.fixture
def stands(monkeypatch):
    """A clock that stands at half past three of 1 July 2016 in Greenwich."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATE)


def test_the_moment_has_its_zone(stands):
    assert (clock.now(), clock.now().tzinfo) == (LATE, UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Mexico_City", date(2016, 6, 30)),
        ("America/New_York", date(2016, 6, 30)),
        ("America/Argentina/Buenos_Aires", date(2016, 7, 1)),
        ("UTC", date(2016, 7, 1)),
        ("Pacific/Kiritimati", date(2016, 7, 1)),
    ],
)
def test_today_is_the_day_of_the_zone(stands, zone, day):
    assert clock.today(zone=zone) == day
