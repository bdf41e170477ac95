"""Money of members that were merged, and taken apart again: the books and both standings stay right."""

import pytest
from tests.dues.doing import let_go, moment, pay, plan, rate, refund, rests, run, tried, undo, void

from tequio.members.models import Member
from tequio.members.operations import merge_members, undo_merge


def merge(kept="M1", merged="M2"):
    merge_members(kept=kept, merged=merged, actor="test", at=moment("2016-07-15"))


def unmerge(merged="M2"):
    undo_merge(merged=merged, actor="test", at=moment("2016-07-15"))


def standing(code):
    return Member.objects.get(code=code).standing


@pytest.fixture
def late_double(members):
    """M1 owes nothing; M2, the same member entered twice, owes a balance and was reached out to."""
    members({"paid_until": "2017-03-01"}, {"paid_until": "2015-10-01", "balance_due": "90.00"})
    tried("M2", "2016-02-01")


def test_a_payment_under_either_id_settles_what_both_owe(late_double):
    merge()
    assert standing("M1") == "inactive"
    payment = pay("M2", 100)
    assert (payment.member.code, payment.unused, rests("M2")) == ("M1", 1_000, [("US-OPEN-00001", 0, "2016-07-15")])
    assert standing("M1") == "good"


def test_credit_of_the_merged_one_pays_the_kept_one_s_invoice(members):
    members({"paid_until": "2016-03-01"}, {"paid_until": "2017-03-01"})
    payment = pay("M2", 200, on="2016-07-01")
    merge()
    run()
    payment.refresh_from_db()
    assert (rests("M1"), payment.unused) == ([("US-000001", 0, "2016-07-15")], 0)


def test_undoing_a_run_gives_the_merged_one_its_credit_back(members):
    members({"paid_until": "2016-03-01"}, {"paid_until": "2017-03-01"})
    payment = pay("M2", 200, on="2016-07-01")
    merge()
    undo(run())
    unmerge()
    payment.refresh_from_db()
    assert (payment.unused, payment.member.code) == (20_000, "M2")


def test_a_refund_after_the_merge_was_undone_keeps_both_standings_right(late_double):
    merge()
    payment = pay("M1", 90)
    unmerge()
    refund(payment, 90)
    assert (standing("M1"), standing("M2")) == ("good", "inactive")


def test_a_void_after_the_merge_was_undone_keeps_both_standings_right(late_double):
    merge()
    payment = pay("M1", 90)
    unmerge()
    void(payment)
    assert (standing("M1"), standing("M2")) == ("good", "inactive")


def test_a_write_off_of_the_merged_one_s_invoice_lifts_the_kept_one(late_double):
    merge()
    let_go("US-OPEN-00001")
    assert standing("M1") == "good"


def test_a_plan_of_the_kept_one_covers_what_the_merged_one_owes(late_double):
    merge()
    made = plan("M1", "2016-08-15")
    assert [c.invoice.number for c in made.covered.all()] == ["US-OPEN-00001"]


def test_a_rate_granted_to_the_merged_one_holds_for_the_kept_one(members):
    members({"paid_until": "2016-03-01"}, {"paid_until": "2017-03-01"})
    rate("M2", "reduced", 5000)
    merge()
    run()
    assert rests("M1") == [("US-000001", 100, None)]


def test_a_waiver_of_the_merged_one_holds_for_standing_and_billing_alike(members):
    members({"paid_until": "2016-03-01"}, {"paid_until": "2017-03-01"})
    rate("M2", "comped", 0)
    merge()
    run()
    assert (rests("M1"), standing("M1")) == ([], "good")
