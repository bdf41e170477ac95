"""Previews show the year's result by the forecast: of amendments, and of a new table of dues in both centers."""

from datetime import date

import pytest

from budgets.planning import CALLER, LINES, line, presented
from budgets.test_planning import amend, ask
from tequio.budgets.queries.forecast_facts import member_groups
from tequio.centers.queries import center_by_code
from tequio.decisions.effects.previewing import preview_of
from tequio.decisions.effects.registry import Effect

pytestmark = pytest.mark.usefixtures("sample_rules")
ON = date(2016, 2, 6)
DUES = {
    "code": "dues-test",
    "title": {"en": "More", "es": "Más"},
    "valid_from": "2016-09-01",
    "tables": {
        "us": {
            "organization": {"membership": "400", "operations": "0"},
            "individual": {"membership": "200", "operations": "0"},
        }
    },
}


def units(cell):
    return float(cell.en.split(" ")[1].replace(",", ""))


def test_an_amendment_moves_the_forecast_by_what_it_costs(members, at):
    members({"paid_until": "2016-09-10"})
    budget = presented(at=at)
    ask(budget, CALLER)
    (found,) = preview_of(effects=[Effect(kind="budget.amend", data=amend(accepted=[1]))], on=ON).effects
    table = found.consequences.tables[-1]
    assert table.title.en == "What the year is likely to leave, 2016"
    assert [row[0].en for row in table.rows] == ["Then"]


def test_a_table_of_dues_shows_the_years_result_where_there_is_a_budget(members, at):
    members({"paid_until": "2016-03-10"}, {"paid_until": "2016-10-10"}, {"paid_until": "2016-11-10"})
    dues = Effect(kind="dues.adopt_policy", data=DUES)
    (before,) = preview_of(effects=[dues], on=ON).effects
    presented(at=at, lines=(line("dues", "income", "income-membership"), *LINES[1:]))
    (found,) = preview_of(effects=[dues], on=ON).effects
    assert len(found.consequences.tables) == len(before.consequences.tables) + 1
    table = found.consequences.tables[-1]
    now, then = table.rows
    assert (now[0].en, then[0].en, "New York" in table.title.en) == ("Now in force", "Then", True)
    assert units(then[2]) > units(now[2])


def test_a_table_decided_by_then_counts_from_its_day_and_one_decided_later_not(members):
    members({"paid_until": "2016-03-10"}, {"paid_until": "2016-10-10", "operations": "no"})
    us = center_by_code(code="us")
    january = date(2016, 1, 1)
    then = {g.due_in: g.amount for g in member_groups(center=us, first=january, months=12) if not g.behind}
    known = {
        g.due_in: g.amount
        for g in member_groups(center=us, first=january, months=12, known_on=date(2016, 6, 30))
        if not g.behind
    }
    assert (then[2], then[9]) == (200_00, 200_00)
    assert (known[2], known[9]) == (200_00, 50_00)
