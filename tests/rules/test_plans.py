"""Payment plans: twelve monthly parts, and the day on which one is broken."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.builders import MANY
from tequio.rules.plans import TWELFTHS, Instalment, broken_on, instalments

DAY = timedelta(days=1)
PARTS = [Instalment(date(2016, month, 22), 100) for month in (1, 2, 3)]
END = date(2030, 1, 1)


def test_a_plan_is_a_twelfth_a_month():
    assert instalments(total=24_000, first_on=date(2016, 1, 22)) == [
        Instalment(date(2016, month, 22), 2_000) for month in range(1, 13)
    ]


def test_the_odd_cents_come_first():
    amounts = [part.amount for part in instalments(total=20_000, first_on=date(2016, 7, 1))]
    assert amounts == [1_667] * 8 + [1_666] * 4


def test_a_plan_from_the_31st_keeps_to_the_ends_of_months():
    days = [part.due_on for part in instalments(total=400, first_on=date(2015, 12, 31), count=5)]
    assert days == [date(2015, 12, 31), date(2016, 1, 31), date(2016, 2, 29), date(2016, 3, 31), date(2016, 4, 30)]


@MANY
@given(total=st.integers(0, 10**9), first_on=st.dates(date(2000, 1, 1), date(2050, 1, 1)), count=st.integers(1, 36))
def test_the_parts_add_up_and_come_once_a_month(total, first_on, count):
    parts = instalments(total=total, first_on=first_on, count=count)
    months = [part.due_on.year * 12 + part.due_on.month for part in parts]
    assert sum(part.amount for part in parts) == total
    assert months == list(range(months[0], months[0] + count))
    assert parts[0].due_on == first_on


def test_there_are_twelve_months_in_the_rule():
    assert TWELFTHS == 12


@pytest.mark.parametrize(
    ("paid", "broken"),
    [
        ([], date(2016, 1, 23)),
        ([(date(2016, 1, 22), 100)], date(2016, 2, 23)),
        ([(date(2016, 1, 23), 100)], date(2016, 1, 23)),
        ([(date(2016, 1, 22), 99)], date(2016, 1, 23)),
        ([(date(2016, 1, 1), 60), (date(2016, 1, 22), 40)], date(2016, 2, 23)),
        ([(date(2016, 1, 22), 200)], date(2016, 3, 23)),
        ([(date(2016, 1, 5), 300)], None),
        ([(date(2016, 1, 22), 100), (date(2016, 2, 22), 100), (date(2016, 3, 22), 100)], None),
        ([(date(2016, 1, 22), 100), (date(2016, 2, 23), 100), (date(2016, 3, 22), 100)], date(2016, 2, 23)),
        ([(date(2016, 1, 22), 300), (date(2016, 2, 1), -150)], date(2016, 2, 23)),
        ([(date(2016, 3, 22), 100), (date(2016, 1, 22), 100), (date(2016, 2, 22), 100)], None),
    ],
)
def test_an_instalment_is_missed_the_day_after_it_was_due(paid, broken):
    assert broken_on(parts=PARTS, paid=paid, known_through=END) == broken


@pytest.mark.parametrize(
    ("known_through", "broken"),
    [
        (date(2016, 1, 21), None),
        (date(2016, 1, 22), None),
        (date(2016, 1, 23), date(2016, 1, 23)),
        (date(2016, 1, 24), date(2016, 1, 23)),
    ],
)
def test_an_instalment_is_not_missed_while_its_day_lasts(known_through, broken):
    assert broken_on(parts=PARTS, paid=[], known_through=known_through) == broken


@MANY
@given(
    late=st.integers(0, 2),
    days=st.integers(1, 40),
    ahead=st.lists(st.integers(0, 20), min_size=3, max_size=3),
)
def test_one_late_instalment_breaks_a_plan_however_late_and_whatever_follows(late, days, ahead):
    paid = [(part.due_on - early * DAY, part.amount) for part, early in zip(PARTS, ahead, strict=True)]
    assert broken_on(parts=PARTS, paid=paid, known_through=END) is None
    paid[late] = (PARTS[late].due_on + days * DAY, 100)
    # A later part that comes before this one is due counts for it, so only an unbroken plan may be ahead.
    by_then = sum(amount for day, amount in paid if day <= PARTS[late].due_on)
    expected = None if by_then >= 100 * (late + 1) else PARTS[late].due_on + DAY
    assert broken_on(parts=PARTS, paid=paid, known_through=END) == expected
