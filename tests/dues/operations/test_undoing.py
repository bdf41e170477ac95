"""Taking a run back until the first payment, and single invoices made by mistake."""

import pytest
from tests.dues.doing import asked, cancel, day, let_go, moment, pay, plan, refund, rests, run, undo, void

from tequio.centers.models import Center
from tequio.dues.debtors import debtors
from tequio.dues.models import Invoice, Payment
from tequio.dues.operations import billing
from tequio.dues.operations.undoing import undo_run
from tequio.dues.queries import balance_on
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.kernel.runs.models import Run
from tequio.ledger.operations import close_period
from tequio.ledger.queries import account_balances
from tequio.members.models import Member
from tequio.members.operations import merge_members


def balances(center="us"):
    return {code: amount for code, amount in account_balances(center=Center.objects.get(code=center)).items() if amount}


def test_undoing_a_run_cancels_its_invoices_and_empties_the_books(members):
    members({}, {"center": "mx"}, {"paid_until": "2014-01-31"})
    outcome = run()
    assert undo(outcome, at="2016-07-16") == 5
    rows = Invoice.objects.order_by("pk").values_list("cancelled_on", "cancelled_because", "rest", "settled_on")
    assert set(rows) == {(day("2016-07-16"), "wrong day", 0, None)}
    assert (balances("us"), balances("mx")) == ({}, {})
    assert Run.objects.get().state == "undone"
    event = Event.objects.get(kind="dues.run_undone")
    assert (event.subject, event.payload) == (f"run:{outcome.run_pk}", {"invoices": 5})


def test_what_was_billed_before_a_run_stays(members):
    members({"paid_until": "2015-03-01", "balance_due": "80.00"})
    run("2016-07-15")
    undo(run("2017-03-01"), at="2017-03-02")
    assert [row[1] for row in asked()] == ["2016-03-01"]
    assert balance_on(member=Member.objects.get(), on=day("2017-03-02")) == 28_000


def test_after_undoing_the_same_run_bills_again_with_new_numbers(members):
    members({}, {})
    first = run()
    undo(first)
    second = run()
    assert second.run_pk != first.run_pk
    assert [i.number for i in Invoice.objects.filter(cancelled_on__isnull=True).order_by("pk")] == [
        "US-000003",
        "US-000004",
    ]


def test_a_preview_confirmed_before_an_undo_does_not_pass_for_done(members):
    members({})
    found = billing.preview_dues(terms=billing.terms_of(as_of=day("2016-07-15")))
    billing.save_preview(preview=found, actor="test", at=moment("2016-07-15"))
    confirm = {"terms": found.terms, "preview_hash": found.hash, "actor": "test", "at": moment("2016-07-15")}
    undo(billing.confirm_dues(**confirm))
    with pytest.raises(Refusal):
        billing.confirm_dues(**confirm)


def test_undoing_gives_credit_back(members):
    members({"paid_until": "2015-03-01"})
    pay("M1", 150, on="2016-07-01")
    pay("M1", 500, on="2016-07-02")
    undo(run())
    assert list(Payment.objects.order_by("pk").values_list("unused", flat=True)) == [15_000, 50_000]
    assert balances() == {"us-bank": 65_000, "us-member-credit": -65_000}
    run()
    assert [rest for _, rest, _ in rests("M1")] == [0, 0]
    assert list(Payment.objects.order_by("pk").values_list("unused", flat=True)) == [0, 25_000]


def test_a_run_that_was_paid_on_is_not_undone(members):
    members({}, {})
    outcome = run()
    pay("M2", 1)
    with pytest.raises(Refusal, match=f"Something was paid on run {outcome.run_pk} already"):
        undo(outcome)
    assert len(asked()) == 2


def test_a_payment_that_was_voided_does_not_stand_in_the_way(members):
    members({})
    outcome = run()
    void(pay("M1", 200))
    assert undo(outcome) == 1


def test_a_credit_refunded_since_stands_in_the_way(members):
    members({})
    payment = pay("M1", 200, on="2016-07-01")
    outcome = run()
    refund(payment, 50)
    with pytest.raises(Refusal, match="Something was paid"):
        undo(outcome)


def test_a_credit_voided_since_does_not(members):
    members({})
    payment = pay("M1", 200, on="2016-07-01")
    outcome = run()
    void(payment)
    assert undo(outcome) == 1
    assert balances() == {}


def test_a_run_with_something_written_off_is_not_undone(members):
    members({})
    outcome = run()
    let_go("US-000001", 10)
    with pytest.raises(Refusal, match="Something was paid"):
        undo(outcome)


def test_a_run_that_a_plan_rests_on_is_not_undone(members):
    members({})
    outcome = run()
    plan("M1", "2016-08-15")
    with pytest.raises(Refusal, match="A payment plan rests"):
        undo(outcome)


def test_a_run_is_undone_once(members):
    members({})
    outcome = run()
    undo(outcome)
    with pytest.raises(Refusal, match="undone already"):
        undo(outcome)


def test_a_run_needs_to_exist_and_to_be_confirmed_and_finished(members, monkeypatch):
    members({}, {})
    found = billing.preview_dues(terms=billing.terms_of(as_of=day("2016-07-15")))
    previewed = billing.save_preview(preview=found, actor="test", at=moment("2016-07-15"))
    for number in (previewed, 999_999):
        with pytest.raises(Refusal, match=f"There is no dues run {number}"):
            undo_run(run_pk=number, reason="wrong", actor="test", at=moment("2016-07-15"))
    Run.objects.filter(pk=previewed).update(state="running")
    with pytest.raises(Refusal, match="has not finished"):
        undo_run(run_pk=previewed, reason="wrong", actor="test", at=moment("2016-07-15"))


def test_undoing_needs_a_reason(members):
    members({})
    outcome = run()
    with pytest.raises(Refusal, match="Give the reason"):
        undo_run(run_pk=outcome.run_pk, reason=" ", actor="test", at=moment("2016-07-15"))


def test_undoing_into_closed_books_is_refused_and_changes_nothing(members):
    members({})
    outcome = run("2016-07-15")
    close_period(
        center=Center.objects.get(code="us"),
        first_day=day("2016-08-01"),
        last_day=day("2016-08-31"),
        actor="test",
        at=moment("2016-09-01"),
    )
    with pytest.raises(Refusal, match="closed from 2016-08-01"):
        undo(outcome, at="2016-08-15")
    assert len(asked()) == 1
    assert undo(outcome, at="2016-09-01") == 1


def test_undoing_a_run_with_late_charges_brings_standing_back(members):
    members({"paid_until": "2014-03-01"})
    outcome = run("2014-07-15", at="2016-07-15")
    assert Member.objects.get().standing == "at_risk"
    undo(outcome)
    assert Member.objects.get().standing == "good"


def test_undoing_the_bill_of_a_member_merged_since_brings_the_kept_one_s_standing_back(members):
    members({"paid_until": "2017-03-01"}, {"paid_until": "2014-03-01"})
    outcome = run("2014-07-15", at="2016-07-15")
    merge_members(kept="M1", merged="M2", actor="test", at=moment("2016-07-15"))
    assert Member.objects.get(code="M1").standing == "at_risk"
    undo(outcome)
    assert Member.objects.get(code="M1").standing == "good"


def test_voiding_a_credit_after_its_run_was_undone_leaves_nothing_owed(members):
    members({})
    payment = pay("M1", 200, on="2016-07-01")
    undo(run())
    void(payment)
    assert (Invoice.objects.get().rest, balances()) == (0, {})
    assert debtors(on=day("2017-01-01")) == ([], {})


def test_voiding_a_payment_after_its_invoice_was_cancelled_leaves_nothing_owed(members):
    members({})
    run()
    payment = pay("M1", 200)
    cancel("US-000001")
    void(payment)
    assert (Invoice.objects.get().rest, balances()) == (0, {})


def test_a_cancelled_invoice_can_be_billed_again(members):
    members({})
    run()
    cancel("US-000001", at="2016-07-16")
    assert asked() == []
    run("2016-07-17")
    assert (asked(), rests("M1")) == ([("M1", "2016-03-01", "2016-07-31", 200)], [("US-000002", 200, None)])


def test_what_was_paid_on_a_cancelled_invoice_is_credit_again(members):
    members({})
    run()
    payment = pay("M1", 120)
    cancel("US-000001")
    payment.refresh_from_db()
    assert (payment.unused, balances()) == (12_000, {"us-bank": 12_000, "us-member-credit": -12_000})
    refund(payment, 120)
    assert balances() == {}


def test_a_run_can_be_undone_after_an_invoice_it_paid_from_credit_was_cancelled(members):
    members({}, {})
    payment = pay("M1", 200, on="2016-07-01")
    outcome = run()
    cancel("US-000001")
    assert undo(outcome) == 1
    payment.refresh_from_db()
    assert (payment.unused, balances()) == (20_000, {"us-bank": 20_000, "us-member-credit": -20_000})


def test_cancelling_refuses_a_write_off_a_plan_and_what_is_not_there(members):
    members({}, {})
    run()
    let_go("US-000001", 10)
    plan("M2", "2016-08-15")
    with pytest.raises(Refusal, match="Part of US-000001 was written off"):
        cancel("US-000001")
    with pytest.raises(Refusal, match="A payment plan rests on US-000002"):
        cancel("US-000002")
    with pytest.raises(Refusal, match="There is no invoice"):
        cancel("US-999999")


def test_an_opening_balance_can_be_cancelled_too(members):
    members({"paid_until": "2015-03-01", "balance_due": "80.00"})
    assert Member.objects.get().standing == "at_risk"
    cancel("US-OPEN-00001")
    assert (balances(), Member.objects.get().standing) == ({}, "good")
