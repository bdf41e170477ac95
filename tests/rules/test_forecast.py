"""Forecasts: equal to closed forms where there are some, to the plan without uncertainty, and to a plain loop."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.budgets_to_test import both
from rules.builders import MANY
from tequio.project.bench.plain_forecast import plain_forecast
from tequio.rules.forecast import Band, forecast
from tequio.rules.forecasting import (
    Facts,
    Group,
    Guess,
    GuessError,
    Hoped,
    break_even,
    certain,
    chances,
    checked,
    expected,
    grouped,
    instead,
    moves,
)

GROUPS = tuple(
    Group(due_in=month, amount=amount, optional=amount // 2, count=count)
    for month in range(12)
    for amount, count in ((100_00, 25), (200_00, 40))
)
FACTS = Facts(
    months=12,
    groups=(*GROUPS, Group(due_in=0, amount=100_00, behind=True, count=30)),
    hoped=(Hoped(name=both("Grant"), amount=4_800_00, month=8, likelihood=0.7, said_by="treasurer"),),
    other_income=(500_00,) * 12,
    expense=(9_500_00,) * 12,
)


def guess(name, low, likely, high):
    return Guess(name=name, label=both(name), low=low, likely=likely, high=high, said_by="the books")


GUESSES = (
    guess("leaving", 0.03, 0.05, 0.09),
    guess("joining", 20, 40, 60),
    guess("new_dues", 120_00, 120_00, 120_00),
    guess("late", 0.1, 0.15, 0.25),
    guess("never", 0.03, 0.06, 0.1),
    guess("catching_up", 0.2, 0.4, 0.6),
    guess("dropping", 0.0, 0.1, 0.2),
    guess("expense", 0.97, 1.0, 1.08),
)
PLAN = 12 * 25 * 100_00 + 12 * 40 * 200_00 + 30 * 100_00 + 4_800_00 + 12 * (500_00 - 9_500_00)


def sure(facts=FACTS):
    return replace(facts, hoped=tuple(replace(h, likelihood=1.0) for h in facts.hoped))


def test_without_uncertainty_a_forecast_equals_the_plan():
    found = forecast(facts=sure(), guesses=certain(), paths=200)
    assert found.result == Band(low=PLAN, likely=PLAN, high=PLAN)
    assert found.short == 0
    assert found.moves == tuple(m for m in found.moves if m.name == "hoped:Grant")


def test_the_same_seed_gives_the_same_years_and_another_seed_others():
    first = forecast(facts=FACTS, guesses=GUESSES, seed=7, paths=500)
    assert forecast(facts=FACTS, guesses=GUESSES, seed=7, paths=500) == first
    assert forecast(facts=FACTS, guesses=GUESSES, seed=8, paths=500).result != first.result


def test_the_order_in_which_members_come_does_not_matter():
    backwards = replace(FACTS, groups=tuple(reversed(FACTS.groups)))
    assert forecast(facts=backwards, guesses=GUESSES, paths=300) == forecast(facts=FACTS, guesses=GUESSES, paths=300)


def test_these_years_stay_what_they_are_on_every_machine():
    found = forecast(facts=FACTS, guesses=GUESSES, seed=2016, paths=2_000)
    assert found.result == Band(low=PINNED[0], likely=PINNED[1], high=PINNED[2])


PINNED = (-74730, 555046, 1187007)


def test_money_by_month_only_grows_and_ends_at_the_years_dues():
    found = forecast(facts=FACTS, guesses=GUESSES, paths=400)
    assert [band.likely for band in found.months] == sorted(band.likely for band in found.months)
    assert found.months[-1] == found.dues
    assert found.dues.low <= found.dues.likely <= found.dues.high


def test_what_came_before_is_counted():
    before = replace(FACTS, groups=GROUPS, months=7, dues_so_far=1_000_00, result_so_far=-300_00)
    first = forecast(facts=before, guesses=certain(), paths=10)
    assert first.months[0].likely == 1_000_00 + 25 * 100_00 + 40 * 200_00
    later = forecast(facts=replace(before, result_so_far=0), guesses=certain(), paths=10)
    assert later.result.likely - first.result.likely == 300_00


def test_coin_flips_end_where_the_binomial_says():
    """100 members of 1 each who pay with 0.5: mean 50, deviation 5, so 10 and 90 % lie at 44 and 56."""
    coins = Facts(months=1, groups=(Group(due_in=0, amount=1, count=100),))
    found = forecast(facts=coins, guesses=(guess("never", 0.5, 0.5, 0.5),), paths=50_000)
    assert found.dues == Band(low=44, likely=50, high=56)


def test_one_grant_comes_as_often_as_it_is_likely():
    one = Facts(
        months=12, groups=(), hoped=(Hoped(name=both("g"), amount=100, month=3, likelihood=0.4),), expense=(1,) * 12
    )
    assert forecast(facts=one, guesses=certain(), paths=50_000).short == 60


def test_a_guess_alone_ends_where_its_triangle_says():
    """The 10 and 90 % points of a triangle from 0 over 1 to 1 are the roots of 0.1 and 0.9."""
    only = Facts(months=1, groups=(), expense=(1_000_000,))
    found = forecast(facts=only, guesses=(guess("expense", 0.0, 1.0, 1.0),), paths=20_000)
    assert -found.result.high == pytest.approx(0.1**0.5 * 1_000_000, abs=300)
    assert -found.result.low == pytest.approx(0.9**0.5 * 1_000_000, abs=300)


@MANY
@given(
    due_in=st.integers(0, 11),
    late=st.floats(0, 0.5),
    never=st.floats(0, 0.5),
    leaving=st.floats(0, 1),
    span=st.integers(1, 6),
    behind=st.booleans(),
)
def test_chances_are_chances(due_in, late, never, leaving, span, behind):
    values = {"leaving": leaving, "late": late, "never": never, "months_late": span, "catching_up": late}
    found = chances(group=Group(due_in=due_in, amount=1, behind=behind), values=values, months=12)
    assert len(found) == 12
    assert all(0 <= chance <= 1 for chance in found)
    assert sum(found) <= 1 + 1e-9


def test_the_average_of_many_years_is_the_closed_form():
    likely = {name: g.likely for name, g in checked(guesses=GUESSES).items()}
    fixed = tuple(g.at(g.likely) for g in GUESSES)
    found = forecast(facts=FACTS, guesses=fixed, paths=20_000)
    average = sum(expected(facts=FACTS, values=likely).dues)
    assert found.dues.likely == pytest.approx(average, rel=0.002)


def test_a_plain_loop_over_every_member_says_the_same_within_1_percent():
    found = forecast(facts=FACTS, guesses=GUESSES, paths=10_000)
    plain = plain_forecast(facts=FACTS, guesses=GUESSES, seed=5, paths=500)
    for one, other in zip((found.dues.low, found.dues.likely, found.dues.high), plain, strict=True):
        assert one == pytest.approx(other, rel=0.01)


def test_what_moves_the_result_most_comes_first():
    found = moves(facts=FACTS, guesses=GUESSES)
    assert [move.swing for move in found] == sorted((move.swing for move in found), reverse=True)
    assert found[0].name == "expense"
    by_name = {move.name: move for move in found}
    assert by_name["expense"].swing == round(12 * 9_500_00 * 0.11)
    assert by_name["hoped:Grant"].swing == 4_800_00
    assert by_name["hoped:Grant"].said_by == "treasurer"
    assert "new_dues" not in by_name


def test_the_break_even_is_where_dues_cover_what_is_left():
    facts = Facts(months=12, groups=(Group(due_in=0, amount=100, count=100),), expense=(700, *[0] * 11))
    found = break_even(facts=facts, guesses=certain())
    assert (found.share, found.spare) == (700, 93)
    assert break_even(facts=replace(facts, groups=()), guesses=certain()).share is None


def test_a_scenario_makes_a_guess_known():
    changed = instead(guesses=GUESSES, values={"leaving": 0.05})
    assert next(g for g in changed if g.name == "leaving").high == 0.05


@pytest.mark.parametrize(
    ("guesses", "says"),
    [
        ((guess("luck", 0, 0, 0),), "Nobody knows an assumption “luck”"),
        ((guess("leaving", 0.5, 0.4, 0.6),), "the likeliest lies between"),
        ((guess("leaving", -0.1, 0, 0),), "from 0 to 100 percent"),
        ((guess("never", 0, 0.5, 1.2),), "from 0 to 100 percent"),
        ((guess("never", 0, 0.5, 0.6), guess("late", 0, 0.4, 0.5)), "together more than all"),
    ],
)
def test_guesses_that_cannot_be_are_refused(guesses, says):
    with pytest.raises(GuessError, match=says):
        checked(guesses=guesses)
    with pytest.raises(GuessError):
        instead(guesses=(), values={"luck": 1})


def test_members_alike_are_one_group():
    alike = [Group(due_in=1, amount=5), Group(due_in=0, amount=5), Group(due_in=1, amount=5, count=3)]
    assert grouped(groups=alike) == (Group(due_in=0, amount=5), Group(due_in=1, amount=5, count=4))
