"""February 2016, the rows about money: presented, asked for, voted with modifications, carried out, beside reality."""

from datetime import UTC, date, datetime, timedelta

import pytest

from budgets.planning import ATTACKS, CALLER, DRIVE, LINES, RESULT, UNFORESEEN, both, presented
from committees import ACTOR, committee, proposal, voted
from tequio.budgets.models import BudgetAmendment, ExpectedKind
from tequio.budgets.operations import expecting
from tequio.budgets.operations.amending import ask_amendment
from tequio.budgets.operations.booking import What, enter, submit
from tequio.budgets.operations.expecting import Promise
from tequio.budgets.queries.checking import budget_differences
from tequio.budgets.queries.columns import columns
from tequio.budgets.queries.expected import expected_of
from tequio.budgets.queries.explaining import why_cell
from tequio.budgets.queries.forecasting import forecast_of
from tequio.budgets.queries.listing import amendments_of
from tequio.budgets.queries.versions import version_in_force
from tequio.centers.queries import center_by_code
from tequio.decisions.models import Decision
from tequio.decisions.operations.carrying_out import confirm
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.ledger.operations import open_fund
from tequio.ledger.queries import fund_balances
from tequio.rules.budget import Side
from tequio.rules.budget_changes import Action

pytestmark = pytest.mark.usefixtures("sample_rules")
VOTED = datetime(2016, 2, 6, 20, tzinfo=UTC)
ASKED = (
    (CALLER, "Oren", "One person chases eighty members."),
    (ATTACKS, "The maintenance team", "Two weeks were lost."),
    (UNFORESEEN, "Wen", "Nobody foresees everything."),
    (DRIVE, "Ines", "Not only costs."),
)


@pytest.fixture
def both_presented(sample_rules):
    """Row 2: New York's budget with an assumption of 5 % fewer members; and Mexico's, made from real income."""
    early = VOTED - timedelta(days=10)
    return presented(at=early), presented(at=early, center="mx", lines=LINES[1:], assumptions=())


def test_row_2_the_assumption_is_named_and_its_effect_on_dues_shown(both_presented):
    us, _ = both_presented
    answer = why_cell(budget=us, version=us.versions.get(), code="dues")
    assert ("Fewer members (fewer), assumed by Treasurer.", "5 %") in [(w.said.en, w.figure) for w in answer.because]
    with_all = forecast_of(center=us.center, year=2016, on=VOTED.date(), budget_values={"fewer": "0"}, paths=20).planned
    assert with_all - RESULT == 700 * 5 * 100


def test_row_4_mexicos_income_is_expected_with_its_state_and_the_projects_money_apart(both_presented):
    mx, made = center_by_code(code="mx"), {"actor": ACTOR, "at": VOTED}
    for kind, name, amount in (
        (ExpectedKind.GRANT, "Grant", 4_800_00),
        (ExpectedKind.CONTRIBUTION, "Contribution", 3_600_00),
    ):
        promise = Promise(
            kind=kind,
            name=both(name),
            amount=amount,
            currency="",
            likelihood=50,
            expected_on=date(2016, 9, 1),
            said_by="Mexico",
        )
        expecting.expect(center=mx, promise=promise, **made)
    open_fund(center=mx, code="project", name=both("Project"), **made)
    raised = What(
        side=Side.INCOME,
        on=VOTED.date(),
        account="income-donations",
        what="Raised",
        amount=2_800_00,
        fund="project",
    )
    submit(booking_pk=enter(center=mx, what=raised, by=None, **made).pk, **made)
    assert [(row.state.en, row.amount.en) for row in expected_of(center=mx)] == [
        ("promised", "4,800.00 (currency not stated)"),
        ("promised", "3,600.00 (currency not stated)"),
    ]
    assert fund_balances(center=mx) == {"project": 2_800_00}


def test_rows_5_and_6_four_changes_are_asked_voted_and_carried_out(both_presented):
    us, mx = both_presented
    for line, who, why in ASKED:
        ask_amendment(
            budget=us,
            action=Action.ADD,
            name=line.code,
            then=line,
            why=both(why),
            asked_by=who,
            actor=ACTOR,
            at=VOTED - timedelta(days=6),
        )
    after = [RESULT - 2_400_00, RESULT - 4_200_00, RESULT - 5_700_00, RESULT + 300_00]
    assert [row.result_after for row in amendments_of(budget=us)] == after

    body, people = committee(4, code="deciders")
    with_changes = {"center": "us", "year": 2016, "version": 1, "accepted": [1, 2, 3, 4], "from": "2016-02-07"}
    as_it_is = {"center": "mx", "year": 2016, "version": 1, "from": "2016-02-07"}
    for ask, kind, data, qualifier in (
        ("New York's budget", "budget.amend", with_changes, "with_modifications"),
        ("Mexico's budget", "budget.adopt_version", as_it_is, "none"),
    ):
        made = proposal(body, people[0], ask=ask, effects=[{"kind": kind, "data": data}], at=VOTED - timedelta(days=5))
        modified = {"words": {"en": "four changes", "es": "cuatro cambios"}}
        given = {} if qualifier == "none" else {"qualifier": qualifier, "qualifier_data": modified}
        voted(made, people, *["favor"] * 4, at=VOTED, **given)
    decisions = list(Decision.objects.filter(vote__isnull=False).order_by("pk"))
    assert [decision.end for decision in decisions] == ["with_modifications", "approved"]
    assert version_in_force(budget=us) is None  # a named person confirms first

    for decision in decisions:
        confirm(decision=decision, by=people[1], actor=people[1].actor, at=VOTED)
    assert (version_in_force(budget=us).number, version_in_force(budget=mx).number) == (2, 1)
    assert set(BudgetAmendment.objects.values_list("state", "decision")) == {("accepted", decisions[0].pk)}
    table = columns(budget=us, on=VOTED.date())
    assert (table.result.approved, table.result.change, table.result.new) == (RESULT, 300_00, RESULT + 300_00)
    assert (table.in_force_from, table.decision) == (date(2016, 2, 7), decisions[0])
    assert {"budget.amended", "budget.adopted"} <= set(Event.objects.values_list("kind", flat=True))
    assert list(budget_differences()) == []
    with pytest.raises(Refusal, match="waits to be carried out"):
        confirm(decision=decisions[0], by=people[1], actor=people[1].actor, at=VOTED)


def test_a_budget_that_moved_while_it_was_voted_on_stops_and_shows_both(both_presented):
    us, _ = both_presented
    body, people = committee(4, code="deciders")
    data = {"center": "us", "year": 2016, "version": 1, "from": "2016-02-07"}
    made = proposal(
        body, people[0], effects=[{"kind": "budget.adopt_version", "data": data}], at=VOTED - timedelta(days=5)
    )
    voted(made, people, *["favor"] * 4, at=VOTED)
    from dataclasses import replace

    from tequio.budgets.operations.drafting import change_draft, present

    change_draft(budget=us, change=lambda b: replace(b, lines=b.lines[1:]), what="x", actor=ACTOR, at=VOTED)
    present(budget=us, actor=ACTOR, at=VOTED)
    decision = Decision.objects.get(vote__isnull=False)
    with pytest.raises(Refusal, match="version 0 was in force and 1 was the latest; now version 0 is in force and 2"):
        confirm(decision=decision, by=people[1], actor=people[1].actor, at=VOTED)
    assert version_in_force(budget=us) is None
