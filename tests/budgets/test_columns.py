"""The one table: its actual columns equal the ledger; amendments, commitments, last year, both centers side by side."""

from dataclasses import replace
from datetime import date

import pytest

from budgets.planning import ATTACKS, CALLER, LINES, RESULT, presented
from budgets.test_booking import GIFT, RACKS, entered, posted
from budgets.test_planning import AT, amend, ask, carried_out
from tequio.budgets.queries.columns import columns, months_over
from tequio.budgets.queries.explaining import why_actual, why_cell
from tequio.budgets.queries.side_by_side import Conversion, side_by_side
from tequio.budgets.queries.versions import latest_version
from tequio.centers.queries import center_by_code
from tequio.kernel.errors import Refusal
from tequio.ledger.queries import account_balances
from tequio.rules.budget import Side
from tequio.rules.budget_changes import Action

pytestmark = pytest.mark.usefixtures("two_centers")
JULY = date(2016, 7, 15)


@pytest.fixture
def us(two_centers):
    return center_by_code(code="us")


def row(table, code):
    return next(found for found in table.rows if found.code == code)


def test_actual_columns_equal_the_ledger_and_what_has_no_line_stands_beside(us, at):
    budget = presented(at=at)
    posted(RACKS, at=at, center=us)
    posted(replace(RACKS, account="expense-travel", on=date(2016, 3, 2)), at=at, center=us)
    posted(replace(RACKS, account="expense-fees", amount=7_00), at=at, center=us)
    posted(GIFT, at=at, center=us)
    table = columns(budget=budget, on=JULY)
    balances = account_balances(center=us)
    for found in table.rows:
        sign = -1 if found.side == Side.INCOME else 1
        assert found.figures.actual == sign * balances.get(f"us-{found.account}", 0)
    assert table.result.actual == balances["us-bank"]
    assert [(found.name.en, found.figures.actual) for found in table.rows if not found.code] == [("Bank fees", 7_00)]
    assert (table.result.new, table.result.approved, table.result.change) == (RESULT, RESULT, 0)


def test_amendments_stand_between_what_was_approved_and_what_is_new(us, at):
    budget = presented(at=at)
    ask(budget, CALLER)
    ask(budget, LINES[4], action=Action.REMOVE)
    carried_out("budget.amend", amend(accepted=[1, 2]))
    table = columns(budget=budget, on=JULY)
    assert (table.version.number, table.approved.number, table.decision.code) == (2, 1, "2016-05")
    caller, travel = row(table, "caller"), row(table, "travel")
    assert (caller.figures.approved, caller.figures.change, caller.amendments) == (0, 2_400_00, (1,))
    assert (travel.figures.approved, travel.figures.new, travel.amendments) == (5_200_00, 0, (2,))
    assert table.result.change == 2_800_00


def test_the_forecast_is_what_came_and_the_plan_of_the_months_to_come(us, at):
    budget = presented(at=at)
    posted(replace(RACKS, on=date(2016, 3, 1), amount=10_000_00), at=at, center=us)
    entered(replace(RACKS, on=date(2016, 10, 1), amount=11_000_00, committed=True), at=at, center=us)
    racks = row(columns(budget=budget, on=JULY), "racks")
    rest = sum(racks.months[6:])
    assert (racks.figures.committed, racks.figures.forecast) == (11_000_00, 10_000_00 + 11_000_00)
    assert rest < 11_000_00
    assert (racks.variance.amount, racks.variance.is_good) == (19_900_00 - 21_000_00, False)


def test_last_year_comes_from_the_books_of_last_year(us, at):
    budget = presented(at=at)
    posted(replace(RACKS, on=date(2015, 5, 1)), at=at, center=us)
    figures = row(columns(budget=budget, on=JULY), "racks").figures
    assert (figures.last_year, figures.actual) == (500_00, 0)


def test_the_table_takes_as_many_queries_for_many_bookings(us, at, django_assert_num_queries):
    budget = presented(at=at)
    for day in range(1, 6):
        posted(replace(RACKS, on=date(2016, 7, day)), at=at, center=us)
    with django_assert_num_queries(11):
        columns(budget=budget, on=JULY)


def test_a_budget_without_a_version_has_no_table(at):
    from budgets.planning import drafted

    assert columns(budget=drafted(at=at), on=JULY) is None


@pytest.mark.parametrize(
    ("on", "months"),
    [
        (date(2015, 12, 31), 0),
        (date(2016, 1, 30), 0),
        (date(2016, 1, 31), 1),
        (date(2016, 12, 31), 12),
        (date(2017, 1, 1), 12),
    ],
)
def test_months_are_over_when_the_next_begins(on, months):
    assert months_over(year=2016, on=on) == months


def test_both_centers_stand_side_by_side_each_in_its_currency(at):
    presented(at=at)
    presented(at=at, center="mx", lines=(LINES[1], LINES[2]), assumptions=())
    found = side_by_side(year=2016, on=JULY)
    assert [table.currency for table in found.tables] == ["MXN", "USD"]
    pay = next(r for r in found.rows if r.name.en == "Pay, part-time staff")
    assert (pay.new, pay.converted) == ({"mx": 42_000_00, "us": 42_000_00}, {})


def test_a_converted_column_needs_a_rate_and_its_day(at):
    presented(at=at, center="mx", lines=(LINES[2],), assumptions=())
    shown = Conversion(center="mx", into="USD", rate="0.0553", rate_on=JULY)
    found = side_by_side(year=2016, on=JULY, conversion=shown)
    assert found.rows[0].converted == {"mx": 2_322_60}
    for given, says in (({"rate": "x"}, "is not a rate"), ({"rate_on": date(2016, 7, 16)}, "is not known yet")):
        with pytest.raises(Refusal, match=says):
            side_by_side(year=2016, on=JULY, conversion=replace(shown, **given))


def test_a_cell_says_why_down_to_the_amendment_and_the_decision(at):
    budget = presented(at=at)
    ask(budget, ATTACKS, asked_by="the maintenance team")
    carried_out("budget.amend", amend(accepted=[1]))
    found = why_cell(budget=budget, version=latest_version(budget=budget), code="attacks", month=2)
    assert [reason.said.en for reason in found.because] == [
        "Attacks: the amount was written as such.",
        "Amendment 1 to version 1, asked by the maintenance team: because (decision 2016-05)",
        "Version 2 is in force since 6 February 2016 by decision 2016-05: Budget of 2016 (notes)",
    ]
    dues = why_cell(budget=budget, version=latest_version(budget=budget), code="dues")
    assert dues.because[1].said.en == "Fewer members (fewer), assumed by Treasurer."
    with pytest.raises(Refusal, match="There is no line “x”"):
        why_cell(budget=budget, version=latest_version(budget=budget), code="x")


def test_an_actual_cell_names_its_entries(us, at):
    budget = presented(at=at)
    found = posted(RACKS, at=at, center=us)
    answer = why_actual(budget=budget, version=latest_version(budget=budget), code="racks")
    assert answer.figure == "USD 500.00"
    assert answer.because[0].said.en == f"1 July 2016: Racks of June (entry {found.entry_id})"


def test_the_moment_of_the_tests_lies_after_the_decision():
    assert AT.date() < JULY
