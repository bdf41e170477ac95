"""A clock's hour as a moment."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tequio.rules.attendance import hour_near

MEXICO = ZoneInfo("America/Mexico_City")


@pytest.mark.parametrize(
    ("hour", "near", "found"),
    [
        (time(10, 5), datetime(2016, 2, 6, 16, tzinfo=UTC), datetime(2016, 2, 6, 16, 5, tzinfo=UTC)),
        (time(0, 30), datetime(2016, 2, 7, 4, tzinfo=UTC), datetime(2016, 2, 7, 6, 30, tzinfo=UTC)),
        (time(23, 50), datetime(2016, 2, 7, 6, 5, tzinfo=UTC), datetime(2016, 2, 7, 5, 50, tzinfo=UTC)),
    ],
)
def test_an_hour_is_the_one_nearest_to_the_meeting(hour, near, found):
    assert hour_near(hour=hour, zone=MEXICO, near=near) == found
