"""An hour in one city as it is in the other, before and after Mexico gave up changing its clocks."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from tequio.rules.clocks import elsewhere, moment_of, said_elsewhere
from tequio.rules.moments import City
from tequio.rules.reasons import Text

MEXICO, YORK = "America/Mexico_City", "America/New_York"
NEW_YORK = City(name=Text(en="New York", es="Nueva York"), zone=ZoneInfo(YORK))
HERE = Text(en="Mexico City", es="Ciudad de México")
NOON = time(12)


def stretches(year):
    found = elsewhere(hour=NOON, zone=MEXICO, city=NEW_YORK, first=date(year, 1, 1), last=date(year, 12, 31))
    return [(str(one.first), f"{one.reading.hour:%H:%M}", one.usual) for one in found.stretches]


def test_while_both_changed_their_clocks_it_was_another_hour_for_three_weeks_in_spring_and_one_in_autumn():
    assert stretches(2016) == [
        ("2016-01-01", "13:00", True),
        ("2016-03-13", "14:00", False),
        ("2016-04-03", "13:00", True),
        ("2016-10-30", "14:00", False),
        ("2016-11-06", "13:00", True),
    ]


def test_since_only_new_york_changes_them_it_is_two_hours_from_march_to_november():
    assert stretches(2024) == [
        ("2024-01-01", "13:00", False),
        ("2024-03-10", "14:00", True),
        ("2024-11-03", "13:00", False),
    ]


def test_it_is_said_with_the_meetings_that_fall_in_those_weeks_and_only_those():
    found = elsewhere(hour=NOON, zone=MEXICO, city=NEW_YORK, first=date(2016, 1, 1), last=date(2016, 12, 31))
    days = [date(2016, 3, 5), date(2016, 4, 2), date(2016, 11, 12)]
    lines = said_elsewhere(found=found, hour=NOON, here=HERE, days=days)
    assert [line.en for line in lines] == [
        "12:00 in Mexico City is 13:00 in New York.",
        (
            "From 13 March 2016 to 2 April 2016 it is 14:00 in New York, because the two cities do not "
            "change their clocks together: 2 April 2016."
        ),
    ]
    assert lines[1].es == (
        "Del 13 de marzo de 2016 al 2 de abril de 2016 son las 14:00 en Nueva York, porque las dos ciudades no "
        "cambian de horario a la vez: 2 de abril de 2016."
    )


def test_a_late_hour_is_the_day_after_there():
    found = elsewhere(hour=time(23, 30), zone=MEXICO, city=NEW_YORK, first=date(2024, 1, 1), last=date(2024, 1, 31))
    assert (found.usual.hour, found.usual.days) == (time(0, 30), 1)
    line = said_elsewhere(found=found, hour=time(23, 30), here=HERE, days=[])[0]
    assert line.en == "23:30 in Mexico City is 00:30 in New York, the day after."


def test_an_hour_that_is_not_there_begins_later_and_one_that_is_there_twice_is_the_first():
    gone = moment_of(day=date(2016, 3, 13), hour=time(2, 30), zone=YORK)
    assert gone.at == datetime(2016, 3, 13, 7, 30, tzinfo=UTC)
    assert gone.told.en == "On 13 March 2016 the clock is put forward over 02:30: it begins at 03:30."
    twice = moment_of(day=date(2016, 11, 6), hour=time(1, 30), zone=YORK)
    assert twice.at == datetime(2016, 11, 6, 5, 30, tzinfo=UTC)
    assert "twice" in twice.told.en
    assert "dos veces" in twice.told.es
    plain = moment_of(day=date(2016, 2, 6), hour=NOON, zone=MEXICO)
    assert (plain.at, plain.told) == (datetime(2016, 2, 6, 18, tzinfo=UTC), None)
