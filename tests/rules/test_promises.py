"""Was a promise to pay kept?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.rules.promises import PromiseEnd, promise_ends, promise_pauses_through

PAY_ON = date(2016, 8, 1)
THROUGH = promise_pauses_through(pay_on=PAY_ON, grace_days=3)


def test_a_promise_pauses_through_its_day_and_the_days_for_the_money_to_come_in():
    assert date(2016, 8, 4) == THROUGH


@pytest.mark.parametrize(
    ("owed", "day", "ends"),
    [
        (100, 0, None),
        (100, 3, None),
        (100, 4, PromiseEnd.BROKEN),
        (0, -20, PromiseEnd.KEPT),
        (0, 3, PromiseEnd.KEPT),
        (0, 90, PromiseEnd.KEPT),
        (-1, 0, PromiseEnd.KEPT),
        (1, 4, PromiseEnd.BROKEN),  # a part payment is thanked for and does not keep it
    ],
)
def test_it_is_kept_when_nothing_is_left_and_broken_when_its_days_are_over(owed, day, ends):
    assert promise_ends(owed=owed, pauses_through=THROUGH, on=PAY_ON + timedelta(days=day)) is ends


@given(st.integers(-5, 5), st.integers(-40, 40))
def test_it_ends_in_one_way_and_stays_ended(owed, day):
    on = PAY_ON + timedelta(days=day)
    now = promise_ends(owed=owed, pauses_through=THROUGH, on=on)
    later = promise_ends(owed=owed, pauses_through=THROUGH, on=on + timedelta(days=1))

    assert now is None or now is later
