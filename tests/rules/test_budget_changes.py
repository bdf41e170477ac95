"""Amendments: version n and its accepted amendments make version n+1; conflicts; two versions compared."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.budgets_to_test import BUDGET, DUES, PAY, RACKS, both, budgets
from rules.builders import MANY
from tequio.rules.budget import BudgetError, Line, Side, checked
from tequio.rules.budget_changes import (
    Action,
    Amendment,
    after_each,
    amended,
    conflicts,
    differences,
    next_version,
    said,
    written_against,
)

CALLER = Line(code="caller", side=Side.EXPENSE, account="expense-calling", name=both("Caller"), amount=2_400_00)
DRIVE = Line(code="drive", side=Side.INCOME, account="income-drives", name=both("Drive"), amount=6_000_00)


def amendment(number, action, then, *, budget=BUDGET, key=None, asked_by="Oren"):
    key = key or ("line", then.code)
    return Amendment(
        number=number,
        against=1,
        difference=written_against(budget=budget, action=action, then=then, key=key),
        why=both("because"),
        asked_by=asked_by,
    )


def test_each_amendment_moves_the_total_and_the_next_version_holds_them_all():
    asked = [amendment(1, Action.ADD, CALLER), amendment(2, Action.ADD, DRIVE)]
    before = checked(budget=BUDGET).result()
    assert [found.result() - before for found in after_each(number=1, budget=BUDGET, amendments=asked)] == [
        -2_400_00,
        3_600_00,
    ]
    following = next_version(number=1, budget=BUDGET, accepted=asked)
    assert [line.code for line in following.lines] == ["dues", "grant", "drive", "pay", "racks", "caller"]
    assert BUDGET.line("caller") is None


def test_two_amendments_of_one_line_are_refused_with_who_asked():
    asked = [
        amendment(1, Action.CHANGE, replace(PAY, amount=1)),
        amendment(3, Action.REMOVE, PAY, asked_by="Wen"),
    ]
    with pytest.raises(BudgetError) as refused:
        next_version(number=1, budget=BUDGET, accepted=asked)
    assert refused.value.text.en == (
        "Amendments 1, 3 are about the same line, “pay” (1: Oren; 3: Wen). Take one of them."
    )
    assert refused.value.text.es.startswith("Las modificaciones 1, 3 tratan del mismo renglón, «pay»")


def test_an_amendment_against_a_line_that_moved_is_told_with_both_figures():
    asked = amendment(1, Action.CHANGE, replace(PAY, amount=21_000_00))
    moved = replace(BUDGET, lines=tuple(replace(x, amount=19_000_00) if x == PAY else x for x in BUDGET.lines))
    (conflict,) = conflicts(number=3, budget=moved, amendments=[asked])
    assert conflict.text.en == (
        "Amendment 1 was written against version 1, where “pay” was USD 20,000.00; in version 3 it was USD 19,000.00. "
        "Write it anew."
    )


def test_an_amendment_of_an_older_version_still_holds_where_its_line_did_not_move():
    asked = amendment(1, Action.CHANGE, replace(PAY, amount=21_000_00))
    other = replace(BUDGET, lines=tuple(replace(x, amount=1) if x == RACKS else x for x in BUDGET.lines))
    assert conflicts(number=2, budget=other, amendments=[asked]) == ()


@pytest.mark.parametrize(
    ("action", "then", "key", "says"),
    [
        (Action.ADD, PAY, None, "There is a line “pay” already: change it instead."),
        (Action.CHANGE, CALLER, None, "There is no line “caller” to change."),
        (Action.REMOVE, None, ("line", "caller"), "There is no line “caller” to remove."),
        (Action.CHANGE, PAY, None, "The line “pay” would stay as it is."),
        (Action.ADD, replace(CALLER, account="expense-pay"), None, "The lines “pay” and “caller” are both on account"),
        (
            Action.REMOVE,
            None,
            ("assumption", "rate"),
            "The line “dues”: “members * (100 % - fewer) * 50 * rate” speaks",
        ),
    ],
)
def test_an_amendment_that_cannot_be_is_refused_when_it_is_written(action, then, key, says):
    with pytest.raises(BudgetError) as refused:
        written_against(budget=BUDGET, action=action, then=then, key=key or ("line", then.code))
    assert refused.value.text.en.startswith(says)


def test_an_assumption_can_be_amended_and_moves_its_lines():
    fewer = replace(BUDGET.assumption("fewer"), value="3 %")
    asked = amendment(1, Action.CHANGE, fewer, key=("assumption", "fewer"))
    following = next_version(number=1, budget=BUDGET, accepted=[asked])
    assert checked(budget=following).year("dues") == 800 * 97 * 50 * 90 // 100
    assert said(difference=asked.difference, currency="USD").en == "Assume Fewer members: 3 % instead of 5 %."


@MANY
@given(old=budgets(), new=budgets(), data=st.data())
def test_the_differences_of_two_versions_turn_the_one_into_the_other(old, new, data):
    new = replace(new, year=old.year)
    found = differences(old=old, new=new)
    result = amended(budget=old, differences=data.draw(st.permutations(found)))
    assert {line.code: line for line in result.lines} == {line.code: line for line in new.lines}
    assert result.assumptions == new.assumptions
    assert checked(budget=result).result() == checked(budget=new).result()
    assert differences(old=result, new=new) == ()


@MANY
@given(old=budgets(), new=budgets())
def test_version_n_and_its_accepted_amendments_are_version_n_plus_1(old, new):
    new = replace(new, year=old.year)
    asked = [
        Amendment(number=n, against=4, difference=difference, why=both(""), asked_by="")
        for n, difference in enumerate(differences(old=old, new=new), start=1)
    ]
    following = next_version(number=4, budget=old, accepted=asked)
    assert {line.code: line for line in following.lines} == {line.code: line for line in new.lines}
    totals = after_each(number=4, budget=old, amendments=asked)
    assert [found.result() for found in totals[-1:]] == [checked(budget=new).result()] * bool(asked)


@pytest.mark.parametrize(
    ("now", "then", "en", "es"),
    [
        (None, CALLER, "Add USD 2,400.00 of expense: Caller.", "Agregar USD 2,400.00 de gasto: Caller (es)."),
        (None, DRIVE, "Add USD 6,000.00 of income: Drive.", None),
        (PAY, None, "Remove Pay (USD 20,000.00).", "Quitar Pay (es) (USD 20,000.00)."),
        (PAY, replace(PAY, amount=1_00), "Pay: USD 1.00 instead of USD 20,000.00.", None),
        (
            DUES,
            replace(DUES, formula="members * 50"),
            "Dues: members * 50 instead of members * (100 % - fewer) * 50 * rate.",
            None,
        ),
        (
            PAY,
            replace(PAY, months=(1,)),
            "Pay: another account, fund, name or other months; the amount stays USD 20,000.00.",
            None,
        ),
    ],
)
def test_a_difference_is_said_in_both_languages(now, then, en, es):
    lines = tuple(line for line in BUDGET.lines if line not in (now, then))
    budget = replace(BUDGET, lines=(*lines, now) if now else lines)
    other = replace(BUDGET, lines=(*lines, then) if then else lines)
    (difference,) = differences(old=budget, new=other)
    text = said(difference=difference, currency="USD")
    assert text.en == en
    if es:
        assert text.es == es
