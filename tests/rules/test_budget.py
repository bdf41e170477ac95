"""Budgets: amounts by line, month and fund; assumptions; what is refused; why a figure."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from rules.budgets_to_test import ASSUMPTIONS, BUDGET, DUES, GRANT, PAY, RACKS, both, budgets
from rules.builders import MANY
from tequio.rules.budget import (
    ALL_MONTHS,
    Assumption,
    BudgetError,
    Side,
    Spread,
    amounts,
    assumption_values,
    checked,
    using,
    why,
)
from tequio.rules.budget_months import over_months


def refused(**changes):
    with pytest.raises(BudgetError) as error:
        checked(budget=replace(BUDGET, **changes))
    return error.value.text


def test_a_formula_follows_its_assumptions_into_minor_units():
    assert checked(budget=BUDGET).year("dues") == 800 * 95 * 50 * 90 // 100
    assert checked(budget=BUDGET).values["rate"] == Fraction(9, 10)


def test_a_scenario_puts_other_values_in_their_place():
    found = amounts(budget=BUDGET, instead={"fewer": "0", "late": "10 %"})
    assert found.year("dues") == 800 * 50 * 95
    assert found.year("pay") == 20_000_00


def test_a_scenario_with_a_name_nobody_knows_is_refused():
    with pytest.raises(BudgetError, match=r"There is no assumption “fewest”\. There are: fewer, late, members, rate\."):
        amounts(budget=BUDGET, instead={"fewest": "1"})


@MANY
@given(budget=budgets())
def test_sums_by_month_line_and_fund_agree(budget):
    found = checked(budget=budget)
    for side in Side:
        of_lines = [line for line in budget.lines if line.side == side]
        assert sum(found.year(line.code) for line in of_lines) == found.of_side(side)
        assert sum(found.by_month(side)) == found.of_side(side)
        assert sum(found.of_side(side, fund=fund) for fund in found.funds()) == found.of_side(side)
    assert sum(found.result(month=month) for month in ALL_MONTHS) == found.result()


def test_february_29_counts_by_days_in_a_leap_year():
    leap = over_months(year=2016, amount=366_00, months=ALL_MONTHS, spread=Spread.DAYS)
    common = over_months(year=2015, amount=365_00, months=ALL_MONTHS, spread=Spread.DAYS)
    assert (leap[1], common[1]) == (29_00, 28_00)
    assert sum(leap) == 366_00


def test_odd_cents_come_first():
    assert over_months(year=2016, amount=100, months=(2, 5, 9), spread=Spread.EVEN) == (
        0,
        34,
        0,
        0,
        33,
        0,
        0,
        0,
        33,
        0,
        0,
        0,
    )
    assert over_months(year=2016, amount=2, months=(1, 2, 3), spread=Spread.DAYS) == (1, 1, 0, *[0] * 9)


def test_a_circle_of_assumptions_is_named():
    circle = tuple(replace(a, value="1 - rate") if a.name == "late" else a for a in ASSUMPTIONS)
    text = refused(assumptions=circle)
    assert (
        text.en
        == "These assumptions follow from one another in a circle: rate → late → rate. Give one of them a number."
    )
    assert text.es.startswith("Estos supuestos dependen unos de otros en círculo: rate → late → rate.")


def test_an_assumption_of_itself_is_a_circle_too():
    with pytest.raises(BudgetError, match="in a circle: x → x"):
        assumption_values(assumptions=[Assumption(name="x", label=both("x"), value="x + 1")])


def test_an_unknown_assumption_and_a_division_by_nothing_name_their_line():
    assert refused(lines=(replace(DUES, formula="member * 2"),)).en.startswith(
        "The line “dues”: “member * 2” speaks of “member”, which is no assumption"
    )
    assert refused(lines=(replace(DUES, formula="1 / (late - 20 %)"),)).en == (
        "The line “dues”: “1 / (late - 20 %)” divides by late - 20 %, which is nothing."
    )


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ((PAY, replace(PAY, account="other")), "Two lines are called “pay”."),
        (
            (PAY, replace(PAY, code="more")),
            "The lines “pay” and “more” are both on account expense-pay of fund general",
        ),
        ((replace(PAY, amount=None),), "The line “pay” needs an amount or a formula, and not both."),
        ((replace(PAY, formula="1"),), "The line “pay” needs an amount or a formula, and not both."),
        ((replace(PAY, amount=-1),), "The line “pay” has an amount below nothing or too large"),
        ((replace(PAY, amount=None, formula="1 - 2"),), "The line “pay” comes to less than nothing"),
        ((replace(PAY, months=()),), "The line “pay” needs months from 1 to 12."),
        ((replace(PAY, months=(0, 13)),), "The line “pay” needs months from 1 to 12."),
        ((replace(PAY, months=(3, 2)),), "The months of the line “pay” go in order, each once."),
    ],
)
def test_what_no_budget_can_hold_is_refused_in_words(lines, says):
    assert refused(lines=lines).en.startswith(says)


@pytest.mark.parametrize("name", ["Members", "members at start", "1st", "", "año"])
def test_a_name_formulas_could_not_read_is_refused(name):
    text = refused(assumptions=(*ASSUMPTIONS, Assumption(name=name, label=both("x"), value="1")))
    assert text.en.startswith(f"“{name}” is no name for an assumption")


def test_two_assumptions_of_one_name_are_refused():
    assert refused(assumptions=(*ASSUMPTIONS, ASSUMPTIONS[0])).en == "Two assumptions are called “members”."


def test_every_cell_says_why_down_to_who_assumed_it():
    answer = why(found=checked(budget=BUDGET), code="dues", month=2)
    assert (answer.figure, answer.said.en) == (
        "USD 2,850.00",
        "One of 12 equal parts of the year (February); odd cents come first.",
    )
    whole = answer.because[0]
    assert whole.figure == "USD 34,200.00"
    assert whole.said.en == "Dues: members * (100 % - fewer) * 50 * rate, rounded to the cent, half a cent up."
    assert [(reason.said.en, reason.figure) for reason in whole.because] == [
        ("Members at the start (members), assumed by treasurer.", "800"),
        ("Fewer members (fewer), assumed by committee.", "5 %"),
        ("Share that pays (rate) = 1 - late / 2, assumed by treasurer.", "0.9"),
    ]
    assert [reason.said.es for reason in whole.because[2].because] == ["Share that is late (es) (late), supuesto."]


def test_a_month_without_the_line_says_so():
    answer = why(found=checked(budget=BUDGET), code="grant", month=2)
    assert (answer.figure, answer.said.es) == ("USD 0.00", "Nada de este renglón cae en febrero.")


def test_an_amount_written_as_such_has_no_reason_behind_it():
    answer = why(found=checked(budget=BUDGET), code="racks", month=2)
    assert answer.said.en == "The share of February 2016 by its days, among 12 months; odd cents come first."
    assert answer.because[0].because == ()
    assert answer.because[0].figure == "USD 1,000.00"


def test_which_lines_rest_on_an_assumption_by_way_of_others_too():
    assert using(budget=BUDGET, name="late") == ("dues",)
    assert using(budget=replace(BUDGET, lines=(GRANT, RACKS)), name="late") == ()
