"""The money of the demo's year: two budgets, four amendments, and books another program adds up to the same."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from beancount import loader
from beancount.core.data import Transaction

from tequio.budgets.models import Booking, BookingState, BudgetAmendment, ExpectedIncome
from tequio.budgets.queries.checking import budget_differences
from tequio.budgets.queries.columns import columns
from tequio.budgets.queries.forecasting import checked_against, scenarios_of
from tequio.budgets.queries.versions import budget_of, version_in_force
from tequio.centers.queries import center_by_code
from tequio.ledger.beancount import export
from tequio.ledger.models import Account
from tequio.ledger.queries import account_balances, fund_balances

pytestmark = pytest.mark.django_db
CHECK = Path(sys.executable).with_name("bean-check")
YEAR_END = date(2016, 12, 31)


def test_new_york_is_at_version_2_with_four_amendments_and_mexico_at_version_1(year):
    us, mx = (budget_of(center=code, year=2016) for code in ("us", "mx"))
    assert (version_in_force(budget=us).number, version_in_force(budget=mx).number) == (2, 1)
    assert list(BudgetAmendment.objects.values_list("state", "into__number")) == [("accepted", 2)] * 4
    table = columns(budget=us, on=YEAR_END)
    assert (table.result.change, table.decision.end, table.decision.in_favor) == (300_00, "with_modifications", 11)
    assert table.in_force_from == date(2016, 2, 7)


def test_mexicos_grant_was_settled_and_came_the_contribution_still_waits_and_the_fund_is_apart(year):
    assert list(ExpectedIncome.objects.filter(center__code="mx").order_by("pk").values_list("state", "currency")) == [
        ("received", "USD"),
        ("promised", ""),
    ]
    assert fund_balances(center=center_by_code(code="mx"))["community-map"] == 2_800_00 - 950_00


def test_large_expenses_were_approved_by_a_second_person_but_for_the_last_ones(year):
    waiting = Booking.objects.filter(state=BookingState.WAITING)
    assert waiting.filter(on__lt=date(2016, 12, 15)).count() == 0
    assert waiting.count() > 0


def test_scenarios_and_the_year_that_was_are_there_to_look_at(year):
    us = budget_of(center="us", year=2016)
    assert [drawn.code for drawn in scenarios_of(budget=us, on=YEAR_END, paths=50)] == [
        "",
        "ten-fewer",
        "optional-dropped",
        "costs-more",
    ]
    checked = checked_against(center=us.center, year=2016, on=date(2017, 1, 5), paths=200)
    assert len(checked.came) == 12
    assert checked.result is not None


def test_check_finds_nothing(year):
    assert list(budget_differences()) == []


@pytest.mark.parametrize("code", ["us", "mx"])
def test_the_export_of_the_year_passes_bean_check_and_its_balances_are_the_programs(year, code, tmp_path):
    center = center_by_code(code=code)
    file = tmp_path / "books.beancount"
    file.write_text("".join(export(center=center)), encoding="utf-8")
    result = subprocess.run([CHECK, "--no-cache", file], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout + result.stderr) == (0, "")
    entries, errors, _ = loader.load_file(str(file))
    assert errors == []
    sums = {}
    for entry in entries:
        if isinstance(entry, Transaction):
            for posting in entry.postings:
                sums[posting.account] = sums.get(posting.account, Decimal(0)) + posting.units.number
    names = dict(Account.objects.filter(center=center).values_list("code", "beancount"))
    ours = {names[account]: Decimal(minor) / 100 for account, minor in account_balances(center=center).items()}
    assert {account: total for account, total in sums.items() if total} == {a: b for a, b in ours.items() if b}
