"""What assumed shares do to a line: as they were assumed, against none or all of it."""

from dataclasses import replace

import pytest

from rules.budgets_to_test import ASSUMPTIONS, BUDGET, DUES
from tequio.rules.budget import Assumption, amounts, why
from tequio.rules.budget_shares import share_effects
from tequio.rules.formulas import percentage
from tequio.rules.reasons import Text


def effects(budget=BUDGET, code="dues"):
    found = share_effects(found=amounts(budget=budget), code=code)
    return [(e.assumption.name, e.instead, e.assumed, e.otherwise, e.difference) for e in found]


def assumed(name, value):
    return Assumption(name=name, label=Text(en=name, es=name), value=value)


def with_values(**values):
    changed = tuple(replace(a, value=values.get(a.name, a.value)) for a in ASSUMPTIONS)
    return replace(BUDGET, assumptions=changed)


def test_fewer_members_take_from_the_dues_and_lateness_through_what_follows_from_it():
    assert effects(with_values(fewer="5 %", late="20 %")) == [
        ("fewer", "0 %", 34_200_00, 36_000_00, -1_800_00),
        ("late", "0 %", 34_200_00, 38_000_00, -3_800_00),
    ]


def test_a_share_that_lets_through_is_compared_with_all_of_it():
    line = replace(DUES, formula="1000 * collected")
    budget = replace(BUDGET, lines=(line,), assumptions=(assumed("collected", "90 %"),))
    assert effects(budget) == [("collected", "100 %", 900_00, 1_000_00, -100_00)]


@pytest.mark.parametrize("value", ["0 %", "100 %"])
def test_a_share_that_changes_nothing_is_left_out(value):
    line = replace(DUES, formula="1000 * share")
    assert effects(replace(BUDGET, lines=(line,), assumptions=(assumed("share", value),))) == []


def test_a_line_that_uses_no_share_has_none_and_a_number_is_no_share():
    assert effects(with_values(fewer="5 %"), code="pay") == []
    assert effects(with_values(fewer="0.05", late="0.2")) == []


def test_what_would_divide_by_nothing_is_left_out():
    line = replace(DUES, formula="1000 / share")
    assert effects(replace(BUDGET, lines=(line,), assumptions=(assumed("share", "20 %"),))) == []


def test_a_scenarios_value_is_not_told_as_what_was_written():
    budget = with_values(fewer="5 %")
    figure = {
        reason.said.en: reason.figure
        for instead in ({}, {"fewer": "10 %"})
        for reason in why(found=amounts(budget=budget, instead=instead), code="dues").because[1:2]
    }
    assert list(figure.values()) == ["0.1"]


@pytest.mark.parametrize(
    ("formula", "found"), [("5 %", "5"), (" 12.5% ", "12.5"), ("5", None), ("5 % + 1", None), ("", None), ("x %", None)]
)
def test_only_a_bare_percentage_is_one(formula, found):
    assert percentage(formula=formula) == found
