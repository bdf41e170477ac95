import random
from collections import Counter
from datetime import date

import pytest

from tequio.project.demo.habits import SHARES, SHARES_IN_ARREARS, Habit, habits_of, intentions, method

MADE, DUE = date(2016, 3, 1), date(2016, 3, 15)


def intended(habit, *, total=200_00, seed=1):
    return intentions(rng=random.Random(seed), habit=habit, total=total, invoiced_on=MADE, due_on=DUE)


def test_the_shares_are_exact():
    found = habits_of(rng=random.Random(1), codes=[str(n) for n in range(100)], shares=SHARES, otherwise=Habit.PROMPT)
    assert Counter(found.values()) == {
        Habit.PROMPT: 50,
        Habit.LATE: 17,
        Habit.VERY_LATE: 6,
        Habit.HALVES: 7,
        Habit.PART: 3,
        Habit.TOO_MUCH: 5,
        Habit.AHEAD: 4,
        Habit.WHEN_REACHED: 4,
        Habit.NEVER: 4,
    }


def test_a_few_members_have_one_of_every_habit_too():
    found = habits_of(rng=random.Random(1), codes=["a", "b", "c", "d"], shares=SHARES_IN_ARREARS, otherwise=Habit.LATE)
    assert set(found.values()) == set(SHARES_IN_ARREARS)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize(
    ("habit", "first", "last"),
    [
        (Habit.PROMPT, date(2016, 3, 3), DUE),
        (Habit.TOO_MUCH, date(2016, 3, 3), DUE),
        (Habit.PART, date(2016, 3, 3), DUE),
        (Habit.LATE, date(2016, 3, 16), date(2016, 4, 13)),
        (Habit.VERY_LATE, date(2016, 4, 16), date(2016, 6, 8)),
    ],
)
def test_a_payment_comes_when_the_habit_says(habit, first, last, seed):
    [payment] = intended(habit, seed=seed)
    assert first <= payment.on <= last


@pytest.mark.parametrize("total", [200_00, 100_01, 4_100_00])
def test_two_halves_are_the_whole(total):
    first, second = intended(Habit.HALVES, total=total)
    assert (first.amount + second.amount, first.on <= DUE < second.on) == (total, True)


def test_a_part_is_less_and_too_much_is_more_than_all():
    [part], [more] = intended(Habit.PART), intended(Habit.TOO_MUCH)
    assert (0 < part.amount < 200_00, more.amount, more.surplus >= 20_00) == (True, None, True)


def test_who_never_pays_or_waits_for_a_call_intends_nothing():
    assert (intended(Habit.NEVER), intended(Habit.WHEN_REACHED)) == ([], [])


def test_nobody_in_mexico_city_pays_by_check():
    found = {method(rng=random.Random(seed), center="mx") for seed in range(200)}
    assert found == {"transfer", "cash", "card"}
