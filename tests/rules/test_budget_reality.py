"""Plan beside reality: variance knows that more income is good; what came, and what is still planned."""

import pytest

from tequio.rules.budget import Side
from tequio.rules.budget_reality import variance, year_end

EVEN = (100,) * 12


@pytest.mark.parametrize(
    ("side", "planned", "actual", "amount", "share", "good"),
    [
        (Side.INCOME, 1_000, 1_200, 200, 2_000, True),
        (Side.INCOME, 1_000, 800, -200, -2_000, False),
        (Side.EXPENSE, 1_000, 1_200, -200, -2_000, False),
        (Side.EXPENSE, 1_000, 800, 200, 2_000, True),
        (Side.EXPENSE, 0, 500, -500, None, False),
        (Side.INCOME, 300, 300, 0, 0, None),
    ],
)
def test_more_income_is_good_and_more_expense_is_not(side, planned, actual, amount, share, good):
    found = variance(side=side, planned=planned, actual=actual)
    assert (found.amount, found.share, found.is_good) == (amount, share, good)


def test_the_year_ends_at_what_came_and_the_plan_of_the_months_to_come():
    assert year_end(planned=EVEN, actual=(90,) * 5 + (0,) * 7, committed=0, through=5) == 450 + 700


def test_what_is_committed_counts_where_it_is_more_than_the_plan_still_holds():
    actual = (100,) * 11 + (0,)
    assert year_end(planned=EVEN, actual=actual, committed=60, through=11) == 1_200
    assert year_end(planned=EVEN, actual=actual, committed=250, through=11) == 1_350


def test_a_year_as_planned_ends_at_the_plan_in_every_month():
    for through in range(13):
        actual = tuple(100 if month < through else 0 for month in range(12))
        assert year_end(planned=EVEN, actual=actual, committed=0, through=through) == 1_200
