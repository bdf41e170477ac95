"""Formulas: what can be read, what it comes to, and what is said of what cannot be."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.builders import MANY
from tequio.rules.formulas import FormulaError, names_in, parsed, rounded, worked_out, written

VALUES = {"members": Fraction(681), "dues": Fraction(50), "rate": Fraction(95, 100), "nothing": Fraction(0)}


def value(formula):
    return worked_out(tree=parsed(formula=formula), values=VALUES, formula=formula)


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("1", 1),
        ("1234.5", Fraction("1234.5")),
        ("1+2*3", 7),
        ("(1+2)*3", 9),
        ("10-2-3", 5),
        ("100/10/2", 5),
        ("-3+5", 2),
        ("--3", 3),
        ("2*-3", -6),
        ("5 %", Fraction(1, 20)),
        ("200 - 5 %", Fraction("199.95")),
        ("200 * (100 % - 5 %)", 190),
        ("-50%", Fraction(-1, 2)),
        ("members * dues * rate", Fraction("32347.5")),
        (" members*dues ", 34050),
        ("1/3", Fraction(1, 3)),
    ],
)
def test_a_formula_is_worked_out_exactly(formula, result):
    assert value(formula) == result


@pytest.mark.parametrize(
    ("formula", "en", "es"),
    [
        (
            "",
            "“” ends too early: a number or a name is missing.",
            "«» termina antes de tiempo: falta un número o un nombre.",
        ),
        ("1 +", "“1 +” ends too early: a number or a name is missing.", None),
        ("(1 + 2", "In “(1 + 2” the parenthesis opened at character 1 is not closed.", None),
        ("1 2", "In “1 2” the “2” at character 3 cannot stand there.", "En «1 2» no puede ir «2» en el carácter 3."),
        ("* 2", "In “* 2” the “*” at character 1 cannot stand there.", None),
        ("1)", "In “1)” the “)” at character 2 cannot stand there.", None),
        ("members / nothing", "“members / nothing” divides by nothing, which is nothing.", None),
        ("1 / (2 - 2)", "“1 / (2 - 2)” divides by 2 - 2, which is nothing.", None),
    ],
)
def test_what_is_no_formula_is_refused_in_words(formula, en, es):
    with pytest.raises(FormulaError) as refused:
        value(formula)
    assert refused.value.text.en == en
    if es is not None:
        assert refused.value.text.es == es


@pytest.mark.parametrize(
    "formula",
    ["2 ** 3", "__import__('os')", "members.real", "1e9", "1,000", "Members", "a if b", "“1”", "١", "x" * 301],
)
def test_nothing_but_arithmetic_can_be_written(formula):
    with pytest.raises(FormulaError):
        value(formula)


def test_what_cannot_be_read_is_named_with_its_place():
    with pytest.raises(FormulaError) as refused:
        parsed(formula="members * $5")
    assert refused.value.text.en.startswith("“members * $5” cannot be read from character 11 on: “$5”.")


def test_an_unknown_name_is_told_with_those_there_are():
    with pytest.raises(FormulaError) as refused:
        value("member * 2")
    assert refused.value.text.en == (
        "“member * 2” speaks of “member”, which is no assumption of this budget. "
        "There are: dues, members, nothing, rate."
    )


def test_too_many_parentheses_end_in_a_sentence():
    with pytest.raises(FormulaError, match="too many parentheses"):
        parsed(formula="(" * 100 + "1" + ")" * 100)
    with pytest.raises(FormulaError, match="too many parentheses"):
        parsed(formula="-" * 200 + "1")


@pytest.mark.parametrize(
    ("exact", "minor"),
    [("0.005", 1), ("0.0049", 0), ("-0.005", -1), ("1/3", 33), ("2/3", 67), ("2.675", 268), ("-2.675", -268)],
)
def test_half_a_cent_goes_away_from_nothing(exact, minor):
    assert rounded(value=Fraction(exact), formula=exact) == minor


def test_more_than_a_budget_holds_is_refused():
    with pytest.raises(FormulaError, match="more than a budget can hold"):
        rounded(value=Fraction(10**12), formula="x")


trees = st.recursive(
    st.one_of(st.integers(0, 999).map(str), st.sampled_from(sorted(VALUES))),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"),
        inner.map(lambda part: f"-({part})"),
        inner.map(lambda part: f"({part}) %"),
    ),
    max_leaves=8,
)


@MANY
@given(formula=trees)
def test_written_anew_a_formula_means_the_same(formula):
    tree = parsed(formula=formula)
    again = written(tree=tree)
    assert list(names_in(tree=parsed(formula=again))) == list(names_in(tree=tree))
    try:
        first = worked_out(tree=tree, values=VALUES, formula=formula)
    except FormulaError:
        with pytest.raises(FormulaError):
            worked_out(tree=parsed(formula=again), values=VALUES, formula=again)
        return
    assert worked_out(tree=parsed(formula=again), values=VALUES, formula=again) == first
