"""When something comes again: its days, its sentence in both languages, and what a change makes of planned days."""

from datetime import date

import pytest

from tequio.rules.recurrence import RecurrenceError, occurrences, rearranged, recurrence_from, said

START = {"start": "2016-01-01"}
FIRST_SATURDAY = {"kind": "weekday_of_month", "every": 1, "which": "first", "weekday": "saturday", **START}


def days(data, first, last):
    found = occurrences(
        recurrence=recurrence_from(data=data), first=date.fromisoformat(first), last=date.fromisoformat(last)
    )
    return [day.isoformat() for day in found]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (FIRST_SATURDAY, ["2016-02-06", "2016-03-05", "2016-04-02"]),
        ({**FIRST_SATURDAY, "which": "last", "weekday": "monday"}, ["2016-02-29", "2016-03-28", "2016-04-25"]),
        ({**FIRST_SATURDAY, "which": "fourth", "weekday": "friday"}, ["2016-02-26", "2016-03-25", "2016-04-22"]),
        ({**FIRST_SATURDAY, "every": 3}, ["2016-04-02"]),
        ({**FIRST_SATURDAY, "start": "2016-02-07"}, ["2016-03-05", "2016-04-02"]),
        ({**FIRST_SATURDAY, "end": "2016-03-04"}, ["2016-02-06"]),
        ({"kind": "day_of_month", "every": 1, "day": 31, **START}, ["2016-02-29", "2016-03-31", "2016-04-30"]),
        ({"kind": "day_of_month", "every": 2, "day": 15, **START}, ["2016-03-15"]),
        ({"kind": "weekday", "every": 4, "weekday": "tuesday", **START}, ["2016-02-23", "2016-03-22", "2016-04-19"]),
        # The week of 1 January begins on Monday 28 December.
        ({"kind": "weekday", "every": 2, "weekday": "friday", "end": "2016-02-20", **START}, ["2016-02-12"]),
    ],
)
def test_the_days_it_falls_on(data, found):
    assert days(data, "2016-02-01", "2016-04-30") == found


def test_what_is_asked_from_the_middle_is_what_comes_from_the_beginning():
    data = {"kind": "weekday", "every": 3, "weekday": "sunday", **START}
    every = days(data, "2016-01-01", "2018-12-31")
    assert days(data, "2017-05-01", "2018-12-31") == [day for day in every if day >= "2017-05-01"]


def test_the_end_of_the_calendar_is_no_fault():
    assert days(FIRST_SATURDAY | {"start": "9999-11-01"}, "9999-11-01", "9999-12-31") == ["9999-11-06", "9999-12-04"]
    assert days({"kind": "weekday", "every": 1, "weekday": "friday", "start": "9999-12-20"}, "9999-12-01", "9999-12-31")


@pytest.mark.parametrize(
    ("data", "en", "es"),
    [
        (FIRST_SATURDAY, "first Saturday of each month", "primer sábado de cada mes"),
        (
            {**FIRST_SATURDAY, "every": 3, "which": "last"},
            "last Saturday every 3 months, from January 2016",
            "último sábado cada 3 meses, desde enero de 2016",
        ),
        (
            {**FIRST_SATURDAY, "every": 12, "which": "third", "start": "2017-10-01"},
            "third Saturday of October each year",
            "tercer sábado de octubre de cada año",
        ),
        (
            {"kind": "day_of_month", "every": 12, "day": 15, **START},
            "15 January each year",
            "15 de enero de cada año",
        ),
        ({"kind": "day_of_month", "day": 15, **START}, "day 15 of each month", "día 15 de cada mes"),
        ({"kind": "weekday", "weekday": "tuesday", **START}, "every Tuesday", "cada martes"),
        (
            {"kind": "weekday", "every": 2, "weekday": "sunday", **START},
            "Sunday every 2 weeks",
            "los domingos, cada 2 semanas",
        ),
        (
            {**FIRST_SATURDAY, "end": "2016-12-31"},
            "first Saturday of each month, until 31 December 2016",
            "primer sábado de cada mes, hasta el 31 de diciembre de 2016",
        ),
    ],
)
def test_it_says_itself_and_is_kept_as_it_was_read(data, en, es):
    read = recurrence_from(data=data)
    assert (said(recurrence=read).en, said(recurrence=read).es) == (en, es)
    assert recurrence_from(data=read.as_json()) == read


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"kind": "yearly", **START},
        {**FIRST_SATURDAY, "which": "fifth"},
        {**FIRST_SATURDAY, "weekday": "sábado"},
        {**FIRST_SATURDAY, "every": 0},
        {**FIRST_SATURDAY, "every": 25},
        {**FIRST_SATURDAY, "every": True},
        {**FIRST_SATURDAY, "day": 3},
        {**FIRST_SATURDAY, "start": "yesterday"},
        {**FIRST_SATURDAY, "start": None},
        {**FIRST_SATURDAY, "end": "2015-01-01"},
        {**FIRST_SATURDAY, "weekday": ["saturday"]},
        {"kind": ["weekday"], **START},
        {"kind": "day_of_month", "day": 32, **START},
    ],
)
def test_what_makes_no_recurrence_is_refused_in_both_languages(wrong):
    with pytest.raises(RecurrenceError) as refused:
        recurrence_from(data=wrong)
    assert refused.value.text.en != refused.value.text.es


def test_planned_days_go_to_the_nearest_wanted_ones_and_those_wanted_stay():
    def on(*found):
        return [date(2016, 3, day) for day in found]

    found = rearranged(planned=on(1, 8, 15, 22), wanted=on(3, 10, 17, 24), near=3)
    assert found.moved == tuple(zip(on(1, 8, 15, 22), on(3, 10, 17, 24), strict=True))
    assert (found.dropped, found.added) == ((), ())
    found = rearranged(planned=on(1, 8, 15), wanted=on(8, 9))
    assert found.moved == ((date(2016, 3, 8), date(2016, 3, 8)), (date(2016, 3, 15), date(2016, 3, 9)))
    assert (found.dropped, found.added) == ((date(2016, 3, 1),), ())
    found = rearranged(planned=on(1), wanted=on(31))
    assert (found.moved, found.dropped, found.added) == ((), (date(2016, 3, 1),), (date(2016, 3, 31),))
