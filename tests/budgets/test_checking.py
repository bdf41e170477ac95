"""Check finds what was changed behind the program's back, and nothing where all is well."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from budgets.planning import ATTACKS, CALLER, both, presented
from budgets.test_booking import GIFT, RACKS, grant, posted, transfer
from budgets.test_planning import amend, ask, carried_out
from tequio.budgets.models import ExpectedIncome, Transfer
from tequio.budgets.operations import expecting
from tequio.budgets.operations.transferring import receive
from tequio.budgets.queries.checking import budget_differences
from tequio.centers.queries import center_by_code
from tequio.kernel import triggers
from tequio.ledger.operations import open_fund

pytestmark = pytest.mark.usefixtures("two_centers")


@pytest.fixture
def lived(two_centers, at):
    """A budget amended and adopted, expenses and income, a fund, a transfer that arrived, a grant that came."""
    us, mx = center_by_code(code="us"), center_by_code(code="mx")
    budget = presented(at=at)
    ask(budget, CALLER)
    carried_out("budget.amend", amend(accepted=[1]))
    open_fund(center=us, code="mapping", name=GIFT_NAME, actor="test", at=at)
    posted(replace(GIFT, fund="mapping"), at=at, center=us)
    posted(replace(RACKS, fund="mapping"), at=at, center=us)
    sent = transfer(us, mx, at)
    receive(transfer_pk=sent.pk, received_on=date(2016, 7, 4), amount=1_850_00, actor="test", at=at)
    row = expecting.expect(center=us, promise=grant(currency="USD", amount=900_00), actor="test", at=at)
    posted(replace(GIFT, account="income-grants", expected_pk=row.pk), at=at, center=us)
    return budget


GIFT_NAME = both("Mapping")


def found():
    return list(budget_differences())


@pytest.fixture
def behind_its_back():
    """A function that changes a row with the database's own tools, its triggers away."""

    def change(statement):
        triggers.remove(using="default")
        with connection.cursor() as cursor:
            cursor.execute(statement)
        triggers.install(using="default")

    return change


def test_where_all_is_well_nothing_is_found(lived):
    assert found() == []


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (
            "UPDATE budgets_budgetline SET amount = 1 WHERE code = 'caller'",
            "budget us 2016 version 2: it is not version 1 with its accepted amendments",
        ),
        (
            "UPDATE budgets_budgetline SET formula = 'nobody' WHERE code = 'dues'",
            "budget us 2016 version 1: The line “dues”",
        ),
        ("UPDATE budgets_booking SET amount = 1", "booking "),
        ("UPDATE budgets_transfer SET due = due + 1", "transfer "),
        ("UPDATE budgets_expectedincome SET state = 'promised', ended_on = NULL", "expected income "),
    ],
)
def test_what_was_changed_is_named(lived, behind_its_back, statement, says):
    behind_its_back(statement)
    assert any(sentence.startswith(says) for sentence in found())


def test_a_fund_overspent_behind_its_back_is_named(lived, behind_its_back):
    behind_its_back(
        "UPDATE ledger_leg SET fund_id = (SELECT id FROM ledger_fund WHERE code = 'general' AND center_id = "
        "(SELECT id FROM centers_center WHERE code = 'us')) WHERE amount IN (90000, -90000)"
    )
    assert "fund us-mapping: it is overspent by 50000, and no decision lets it" in found()


def test_what_is_received_without_money_is_named(lived):
    ExpectedIncome.objects.create(
        **{
            field: getattr(ExpectedIncome.objects.get(), field)
            for field in ("center", "kind", "name_en", "name_es", "amount", "currency", "likelihood", "expected_on")
        },
        account=ExpectedIncome.objects.get().account,
        fund=ExpectedIncome.objects.get().fund,
        said_by="x",
        made_at=Transfer.objects.get().at,
        state="received",
        ended_on=date(2016, 7, 1),
    )
    assert any(sentence.endswith("it is received, and nothing of it was booked") for sentence in found())


def test_the_amendment_that_was_not_taken_changes_nothing(lived):
    ask(lived, ATTACKS)
    assert found() == []
