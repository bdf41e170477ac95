"""May a member be called at this moment?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tequio.rules.polite_hours import is_polite, next_polite_day

NEW_YORK, MEXICO = ZoneInfo("America/New_York"), ZoneInfo("America/Mexico_City")


def polite(local, *, on_sundays=False):
    return is_polite(local=local, from_hour=10, to_hour=20, on_sundays=on_sundays)


@pytest.mark.parametrize(
    ("hour", "minute", "is_so"), [(9, 59, False), (10, 0, True), (19, 59, True), (20, 0, False), (0, 0, False)]
)
def test_the_hours_begin_with_the_first_and_end_before_the_last(hour, minute, is_so):
    assert polite(datetime(2016, 7, 20, hour, minute, tzinfo=NEW_YORK)) is is_so


def test_on_a_sunday_nobody_is_called_unless_the_policy_lets_one():
    sunday = datetime(2016, 7, 24, 12, tzinfo=NEW_YORK)

    assert (polite(sunday), polite(sunday, on_sundays=True)) == (False, True)


def test_it_is_sunday_where_the_phone_rings():
    moment = datetime(2016, 7, 25, 3, 30, tzinfo=UTC)  # Monday in UTC, Sunday evening in both cities

    assert polite(moment.astimezone(NEW_YORK), on_sundays=False) is False


@pytest.mark.parametrize(
    ("day", "new_york", "mexico"),
    [
        ("2016-03-12", 10, 9),  # both on winter time: an hour apart
        ("2016-03-14", 11, 9),  # New York's clocks went forward on 13 March, Mexico City's not yet
        ("2016-04-04", 11, 10),  # Mexico City's on 3 April
        ("2023-07-01", 11, 9),  # since 2022 Mexico City has no summer time
    ],
)
def test_daylight_saving_in_one_country_only_moves_the_hours_of_that_country(day, new_york, mexico):
    moment = datetime.fromisoformat(f"{day}T15:00:00+00:00")
    here, there = moment.astimezone(NEW_YORK), moment.astimezone(MEXICO)

    assert (here.hour, there.hour) == (new_york, mexico)
    assert (polite(here, on_sundays=True), polite(there, on_sundays=True)) == (True, mexico >= 10)


@pytest.mark.parametrize(
    ("local", "found"),
    [
        ("2016-07-20T23:00", "2016-07-21T10:00"),
        ("2016-07-20T00:10", "2016-07-21T10:00"),
        ("2016-07-23T12:00", "2016-07-25T10:00"),  # Saturday: the day after tomorrow
    ],
)
def test_the_next_polite_day_is_tomorrow_or_after_sunday(local, found):
    began = datetime.fromisoformat(local).replace(tzinfo=NEW_YORK)

    assert next_polite_day(local=began, from_hour=10, on_sundays=False) == datetime.fromisoformat(found).replace(
        tzinfo=NEW_YORK
    )


def test_the_night_the_clocks_change_the_next_day_begins_at_ten_by_the_new_clock():
    saturday = datetime(2016, 3, 12, 15, tzinfo=NEW_YORK)

    found = next_polite_day(local=saturday, from_hour=10, on_sundays=True)

    assert found.astimezone(UTC).hour == 14  # the day before it would have been 15
