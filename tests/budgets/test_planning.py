"""Drafts, versions, amendments, and what a decision makes of them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from budgets.planning import (
    ATTACKS,
    CALLER,
    DRIVE,
    FEBRUARY,
    LINES,
    RESULT,
    UNFORESEEN,
    both,
    decision,
    drafted,
    line,
    presented,
    written,
)
from tequio.budgets.models import BudgetAmendment, BudgetVersion
from tequio.budgets.operations.amending import ask_amendment, withdraw_amendment
from tequio.budgets.operations.drafting import begin, change_draft, copy_forward, draft_of, present, write_draft
from tequio.budgets.queries.versions import content, latest_version, version_in_force, version_of
from tequio.centers.queries import center_by_code
from tequio.decisions.effects.previewing import preview_of
from tequio.decisions.effects.registry import Effect, kind_of
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.budget import amounts
from tequio.rules.budget_changes import Action

pytestmark = pytest.mark.usefixtures("two_centers")
AT = datetime(2016, 2, 6, 20, 0, tzinfo=UTC)
FOUR = (CALLER, ATTACKS, UNFORESEEN, DRIVE)


def ask(budget, thing, *, action=Action.ADD, asked_by="Oren", **given):
    return ask_amendment(
        budget=budget,
        action=action,
        name=thing.code,
        then=None if action == Action.REMOVE else thing,
        why=both("because"),
        asked_by=asked_by,
        actor="test",
        at=AT,
        **given,
    )


def amend(**given):
    return {"center": "us", "year": 2016, "version": 1, "from": "2016-02-06", "rejected": [], **given}


def carried_out(name, data, *, by=None):
    """Check, plan and apply an effect as a decision does."""
    kind = kind_of(name=name)
    checked = kind.checked(data=data, on=FEBRUARY)
    plan = kind.plan(data=checked, on=FEBRUARY)
    with transaction.atomic():
        return kind.apply(plan=plan, decision=by or decision(at=AT), actor="test", at=AT)


def test_a_presented_draft_is_a_version_that_says_the_same():
    budget = presented(at=AT)
    version = latest_version(budget=budget)
    assert version.number == 1
    assert content(version=version) == written()
    budget.refresh_from_db()
    assert budget.draft is None


def test_a_version_reads_in_a_few_queries_however_many_lines(django_assert_num_queries):
    version = latest_version(budget=presented(at=AT))
    with django_assert_num_queries(3):
        content(version=version)


def test_a_draft_changes_line_by_line_and_begins_from_the_latest_version():
    budget = presented(at=AT)
    change_draft(
        budget=budget, change=lambda b: replace(b, lines=(*b.lines, CALLER)), what="caller", actor="test", at=AT
    )
    budget.refresh_from_db()
    assert [x.code for x in draft_of(budget=budget).lines] == [*(x.code for x in LINES), "caller"]
    assert present(budget=budget, actor="test", at=AT).number == 2


def test_a_draft_that_cannot_be_worked_out_is_not_kept():
    budget = drafted(at=AT)
    with pytest.raises(Refusal, match="speaks of “nobody”"):
        write_draft(
            budget=budget, written=written(lines=(line("a", "income", "income-other", formula="nobody"),)),
            actor="test", at=AT,
        )  # fmt: skip
    budget.refresh_from_db()
    assert draft_of(budget=budget) == written()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"account": "expense-nothing"}, "which is no account of expense here"),
        ({"account": "income-other"}, "which is no account of expense here"),
        ({"account": "bank"}, "which is no account of expense here"),
        ({"fund": "garden"}, "is in fund “garden”, which is not there. There are: general."),
    ],
)
def test_accounts_and_funds_that_are_not_there_are_refused(changed, says):
    with pytest.raises(Refusal, match=says):
        drafted(at=AT, lines=(replace(CALLER, **changed),))


def test_an_empty_draft_is_not_presented():
    budget = begin(center=center_by_code(code="us"), year=2016, actor="test", at=AT)
    with pytest.raises(Refusal, match="has no draft to present"):
        present(budget=budget, actor="test", at=AT)


def test_a_draft_of_a_version_that_moved_is_refused_with_both_numbers():
    budget = presented(at=AT)
    change_draft(budget=budget, change=lambda b: replace(b, lines=b.lines[1:]), what="x", actor="test", at=AT)
    ask(budget, CALLER)
    carried_out("budget.amend", amend(accepted=[1]))
    budget.refresh_from_db()
    with pytest.raises(Refusal, match="begun from version 1, and there is a version 2 now"):
        present(budget=budget, actor="test", at=AT)


def test_last_year_copies_forward_as_a_draft():
    presented(at=AT, year=2015)
    budget = copy_forward(center=center_by_code(code="us"), year=2016, actor="test", at=AT)
    assert draft_of(budget=budget) == written()
    with pytest.raises(Refusal, match="has something written already"):
        copy_forward(center=center_by_code(code="us"), year=2016, actor="test", at=AT)
    with pytest.raises(Refusal, match="There is no budget of 2017 to copy for us"):
        copy_forward(center=center_by_code(code="us"), year=2018, actor="test", at=AT)


def test_approved_with_four_modifications_is_version_2_and_version_1_stays():
    budget = presented(at=AT)
    for thing in FOUR:
        ask(budget, thing)
    made = carried_out("budget.amend", amend(accepted=[1, 2, 3, 4]))
    assert made == {"version": 2, "before": 0}
    in_force = version_in_force(budget=budget, on=FEBRUARY)
    assert (in_force.number, in_force.decision.code) == (2, "2016-05")
    assert amounts(budget=content(version=in_force)).result() == RESULT - 2_400_00 - 1_800_00 - 1_500_00 + 6_000_00
    assert content(version=version_of(budget=budget, number=1)) == written()
    assert version_in_force(budget=budget, on=date(2016, 2, 5)) is None
    assert set(BudgetAmendment.objects.values_list("state", "into__number")) == {("accepted", 2)}
    assert list(Event.objects.order_by("-id").values_list("kind", flat=True)[:2]) == [
        "budget.adopted",
        "budget.amended",
    ]


def test_what_was_not_accepted_stays_on_record_with_its_decision():
    budget = presented(at=AT)
    ask(budget, CALLER)
    ask(budget, ATTACKS)
    carried_out("budget.amend", amend(accepted=[2], rejected=[1]))
    states = BudgetAmendment.objects.order_by("number").values_list("state", "decision__code", "into__number")
    assert list(states) == [("rejected", "2016-05", None), ("accepted", "2016-05", 2)]
    assert [x.code for x in content(version=latest_version(budget=budget)).lines][-1] == "attacks"


def test_a_version_is_adopted_as_it_is_and_a_later_decision_goes_back_to_it():
    budget = presented(at=AT)
    carried_out("budget.adopt_version", {"center": "us", "year": 2016, "version": 1, "from": "2016-02-06"})
    ask(budget, CALLER)
    data = amend(accepted=[1])
    made = carried_out("budget.amend", data, by=decision(at=AT, code="2016-06"))
    assert made == {"version": 2, "before": 1}
    (back,) = kind_of(name="budget.amend").inverse(data=data, plan={}, result=made, on=date(2016, 3, 1))
    carried_out(back.kind, back.data, by=decision(at=AT, code="2016-07"))
    assert version_in_force(budget=budget, on=date(2016, 2, 28)).number == 2
    assert version_in_force(budget=budget, on=date(2016, 3, 1)).number == 1
    with pytest.raises(Refusal, match="there is nothing to go back to"):
        kind_of(name="budget.amend").inverse(data=data, plan={}, result={"before": 0}, on=FEBRUARY)


def test_two_amendments_of_one_line_are_refused_when_both_are_accepted():
    budget = presented(at=AT)
    ask(budget, replace(LINES[2], amount=1), action=Action.CHANGE)
    ask(budget, LINES[2], action=Action.REMOVE, asked_by="Wen")
    with pytest.raises(Refusal, match="Amendments 1, 2 are about the same line, “pay”"):
        kind_of(name="budget.amend").checked(data=amend(accepted=[1, 2]), on=FEBRUARY)


def test_an_amendment_against_a_version_that_moved_stops_and_shows_both():
    budget = presented(at=AT)
    ask(budget, CALLER)
    ask(budget, ATTACKS)
    kind = kind_of(name="budget.amend")
    data = amend(accepted=[2])
    base = kind.base(data=data)
    carried_out("budget.amend", amend(accepted=[1]))
    assert kind.conflict(data=data, base=base).en == (
        "When this was written, version 0 was in force and 1 was the latest; now version 2 is in force and 2 is the "
        "latest."
    )
    with pytest.raises(Refusal, match="The amendments are to version 1, and there is a version 2 now"):
        carried_out("budget.amend", data, by=decision(at=AT, code="other"))
    assert BudgetVersion.objects.count() == 2
    with pytest.raises(Refusal, match="This was written against version 1, and there is a version 2 now"):
        ask(budget, DRIVE, against=1)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"accepted": []}, "names at least one amendment"),
        ({"accepted": [9]}, "There is no amendment 9"),
        ({"accepted": [1, 1]}, "names an amendment twice"),
        ({"accepted": ["1"]}, "is a list of amendment numbers"),
        ({"accepted": [1], "rejected": [1]}, "named as accepted and as rejected"),
        ({"accepted": [1], "version": 7}, "There is no version 7"),
        ({"accepted": [1], "year": 2031}, "us has no budget of 2031"),
        ({"accepted": [1], "from": "2016-02-05"}, "that day is over"),
        ({"accepted": [1], "from": "2017-01-01"}, "its year is over by then"),
        ({"accepted": [1], "because": "x"}, "Nobody knows “because”"),
    ],
)
def test_an_effect_written_wrong_is_refused_in_words(data, says):
    ask(presented(at=AT), CALLER)
    with pytest.raises(Refusal, match=says):
        kind_of(name="budget.amend").checked(data=amend(**data), on=FEBRUARY)


def test_an_amendment_that_was_decided_or_withdrawn_cannot_be_taken():
    budget = presented(at=AT)
    ask(budget, CALLER)
    withdraw_amendment(budget=budget, number=1, actor="test", at=AT)
    with pytest.raises(Refusal, match="Amendment 1 is not open any more: it was withdrawn"):
        kind_of(name="budget.amend").checked(data=amend(accepted=[1]), on=FEBRUARY)
    with pytest.raises(Refusal, match="Amendment 1 is decided already"):
        withdraw_amendment(budget=budget, number=1, actor="test", at=AT)
    with pytest.raises(Refusal, match="There is no amendment 2"):
        withdraw_amendment(budget=budget, number=2, actor="test", at=AT)


def test_the_preview_tells_the_total_after_each_amendment_who_asked_and_why():
    budget = presented(at=AT)
    ask(budget, CALLER, asked_by="Oren")
    ask(budget, DRIVE, asked_by="Ines")
    effect = Effect(kind="budget.amend", data=amend(accepted=[1, 2]))
    (found,) = preview_of(effects=[effect], on=FEBRUARY).effects
    table = found.consequences.tables[1]
    assert [[cell.en for cell in row] for row in table.rows] == [
        ["1", "Add USD 2,400.00 of expense: Caller.", "Oren: because", "USD 1,000.00"],
        ["2", "Add USD 6,000.00 of income: Drive.", "Ines: because", "USD 7,000.00"],
    ]
    assert [(c.what.en, c.before and c.before.en, c.after.en) for c in found.plan.changes] == [
        ("Drive", None, "USD 6,000.00"),
        ("Caller", None, "USD 2,400.00"),
        ("Left over at the year's end", "USD 3,400.00", "USD 7,000.00"),
    ]
    assert found.consequences.facts["result"] == 7_000_00
    assert found.said.es == (
        "Centro us: el presupuesto de 2016 es la versión 1 con las modificaciones 1, 2, vigente desde el 6 de febrero "
        "de 2016."
    )


@pytest.mark.parametrize("table", ["budgetversion", "budgetline", "budgetassumption", "adoption"])
@pytest.mark.parametrize("statement", ["UPDATE budgets_{} SET id = id", "DELETE FROM budgets_{}"])
def test_the_database_refuses_to_change_a_version_or_what_is_in_force(table, statement):
    presented(at=AT)
    carried_out("budget.adopt_version", {"center": "us", "year": 2016, "version": 1, "from": "2016-02-06"})
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_the_database_refuses_to_change_what_an_amendment_says():
    ask(presented(at=AT), CALLER)
    with pytest.raises(DatabaseError, match="what an amendment says is frozen"), transaction.atomic():
        BudgetAmendment.objects.update(why_en="something else")
    assert BudgetAmendment.objects.update(state="withdrawn", ended_at=AT) == 1
