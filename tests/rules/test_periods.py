"""Periods: a member's years and calendar months, with the days that do not exist every year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.builders import MANY
from tequio.rules.periods import add_months, add_years, first_period_start, period_end, starts_through

DAY = timedelta(days=1)
DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31))
SOME_YEARS_LATER = st.integers(0, 12 * 366)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2013, 5, 31), 3, date(2013, 8, 31)),
        (date(2012, 11, 30), 3, date(2013, 2, 28)),
        (date(2015, 11, 30), 3, date(2016, 2, 29)),
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2015, 1, 31), 1, date(2015, 2, 28)),
        (date(2015, 3, 31), 1, date(2015, 4, 30)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 2, 29), 48, date(2020, 2, 29)),
        (date(2015, 12, 1), 1, date(2016, 1, 1)),
        (date(2015, 11, 15), 1, date(2015, 12, 15)),
        (date(2015, 12, 31), 0, date(2015, 12, 31)),
        (date(2016, 1, 15), -1, date(2015, 12, 15)),
    ],
)
def test_months_are_calendar_months(day, months, result):
    assert add_months(day=day, months=months) == result


@MANY
@given(day=DATES, months=st.integers(0, 60))
def test_so_many_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months):
    later = add_months(day=day, months=months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)


@pytest.mark.parametrize(
    ("day", "years", "result"),
    [
        (date(2015, 7, 1), 1, date(2016, 7, 1)),
        (date(2016, 2, 29), 1, date(2017, 2, 28)),
        (date(2016, 2, 29), 4, date(2020, 2, 29)),
        (date(2015, 2, 28), 1, date(2016, 2, 28)),
        (date(2016, 2, 29), 0, date(2016, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
    ],
)
def test_years_later_is_the_same_day_save_29_february(day, years, result):
    assert add_years(day=day, years=years) == result


@pytest.mark.parametrize(
    ("paid_until", "owes", "start"),
    [
        (date(2016, 8, 3), False, date(2016, 8, 3)),
        (date(2015, 8, 3), True, date(2016, 8, 3)),
        (date(2016, 2, 29), False, date(2016, 2, 29)),
        (date(2016, 2, 29), True, date(2017, 2, 28)),
    ],
)
def test_the_first_period_starts_when_paid_until_or_a_year_later_where_a_balance_is_owed(paid_until, owes, start):
    assert first_period_start(paid_until=paid_until, owes=owes) == start


@pytest.mark.parametrize(
    ("through", "starts"),
    [
        (date(2014, 7, 14), []),
        (date(2014, 7, 15), [date(2014, 7, 15)]),
        (date(2014, 7, 16), [date(2014, 7, 15)]),
        (date(2015, 7, 14), [date(2014, 7, 15)]),
        (date(2015, 7, 15), [date(2014, 7, 15), date(2015, 7, 15)]),
        (date(2016, 7, 15), [date(2014, 7, 15), date(2015, 7, 15), date(2016, 7, 15)]),
    ],
)
def test_every_period_that_starts_on_or_before_the_day_is_due_to_be_billed(through, starts):
    assert starts_through(first=date(2014, 7, 15), through=through) == starts


def test_periods_already_billed_are_left_out_wherever_they_stand():
    found = starts_through(
        first=date(2012, 7, 15), through=date(2016, 12, 31), billed={date(2012, 7, 15), date(2014, 7, 15)}
    )
    assert found == [date(2013, 7, 15), date(2015, 7, 15), date(2016, 7, 15)]


def test_a_mistyped_century_is_no_endless_debt():
    found = starts_through(first=date(1016, 7, 15), through=date(2016, 12, 31))
    assert (len(found), found[0], found[-1]) == (100, date(1016, 7, 15), date(1115, 7, 15))


@pytest.mark.parametrize(
    ("ends", "last"), [(date(2015, 7, 14), 2014), (date(2015, 7, 15), 2014), (date(2015, 7, 16), 2015), (None, 2016)]
)
def test_no_period_starts_on_or_after_the_day_the_membership_ends(ends, last):
    found = starts_through(first=date(2014, 7, 15), through=date(2016, 12, 31), ends=ends)
    assert found == [date(year, 7, 15) for year in range(2014, last + 1)]


def test_a_year_begun_on_29_february_finds_its_way_back():
    assert starts_through(first=date(2012, 2, 29), through=date(2016, 12, 31)) == [
        date(2012, 2, 29),
        date(2013, 2, 28),
        date(2014, 2, 28),
        date(2015, 2, 28),
        date(2016, 2, 29),
    ]


@pytest.mark.parametrize(("through", "count"), [(date(2016, 2, 28), 4), (date(2016, 2, 29), 5)])
def test_in_a_leap_year_the_period_starts_on_29_february_and_not_before(through, count):
    assert len(starts_through(first=date(2012, 2, 29), through=through)) == count


@pytest.mark.parametrize(
    ("first", "start", "end"),
    [
        (date(2014, 7, 15), date(2014, 7, 15), date(2015, 7, 14)),
        (date(2014, 7, 15), date(2016, 7, 15), date(2017, 7, 14)),
        (date(2014, 1, 1), date(2016, 1, 1), date(2016, 12, 31)),
        (date(2015, 3, 1), date(2015, 3, 1), date(2016, 2, 29)),
        (date(2012, 2, 29), date(2012, 2, 29), date(2013, 2, 27)),
        (date(2012, 2, 29), date(2015, 2, 28), date(2016, 2, 28)),
        (date(2012, 2, 29), date(2016, 2, 29), date(2017, 2, 27)),
    ],
)
def test_a_period_lasts_through_the_day_before_the_next(first, start, end):
    assert period_end(first=first, start=start) == end


@MANY
@given(first=DATES, length=SOME_YEARS_LATER)
def test_periods_follow_one_another_without_a_gap(first, length):
    starts = starts_through(first=first, through=first + length * DAY)
    ends = [period_end(first=first, start=start) for start in starts]
    assert [end + DAY for end in ends[:-1]] == starts[1:]
    assert starts[-1] <= first + length * DAY <= ends[-1]


@MANY
@given(first=DATES, earlier=SOME_YEARS_LATER, later=SOME_YEARS_LATER)
def test_billing_in_two_goes_bills_what_one_go_bills(first, earlier, later):
    earlier, later = (first + n * DAY for n in sorted((earlier, later)))
    done = starts_through(first=first, through=earlier)
    assert done + starts_through(first=first, through=later, billed=done) == starts_through(first=first, through=later)


@MANY
@given(first=DATES, length=SOME_YEARS_LATER)
def test_billing_the_same_day_again_bills_nothing(first, length):
    through = first + length * DAY
    done = starts_through(first=first, through=through)
    assert starts_through(first=first, through=through, billed=done) == []


@MANY
@given(first=DATES, length=SOME_YEARS_LATER, left=SOME_YEARS_LATER)
def test_who_leaves_is_billed_only_what_began_before(first, length, left):
    through, ends = first + length * DAY, first + left * DAY
    assert starts_through(first=first, through=through, ends=ends) == [
        start for start in starts_through(first=first, through=through) if start < ends
    ]
