"""Reading dues: balances and standings on a day, debtors, what a run made."""

import pytest
from tests.dues.doing import cancel, day, let_go, moment, pay, rate, refund, run, tried, undo, void

from tequio.centers.models import Center
from tequio.centers.queries import all_centers
from tequio.dues.debtors import debtors
from tequio.dues.models import Invoice
from tequio.dues.queries import (
    balance_on,
    invoice_by_number,
    invoices_of,
    open_invoices,
    payments_of,
    run_totals,
    runs,
    standing_of,
    why_lines,
)
from tequio.kernel.errors import Refusal
from tequio.members.models import Member
from tequio.members.operations import leave, merge_members, rejoin

LATE = {"paid_until": "2016-03-01", "balance_due": "200.00"}


def balance(on, code="M1"):
    return balance_on(member=Member.objects.get(code=code), on=day(on)) / 100


def standing(on, code="M1"):
    return standing_of(code=code, on=day(on)).verdict.standing.value


def owing(on="2016-07-15", **which):
    rows, totals = debtors(on=day(on), **which)
    return [(r.code, r.oldest_due.isoformat(), r.owed / 100) for r in rows], {c: t / 100 for c, t in totals.items()}


def test_a_balance_is_what_was_so_on_the_day(members):
    members({"paid_until": "2015-03-01", "balance_due": "80.00"})
    run("2016-07-15")
    payment = pay("M1", 300, on="2016-08-01")
    refund(payment, 10, on="2016-08-10")
    refund(payment, 15, on="2016-08-20")
    let_go("US-000001", 5, on="2016-09-01")
    days = (
        "2015-02-28",
        "2015-03-01",
        "2016-07-14",
        "2016-07-15",
        "2016-08-01",
        "2016-08-10",
        "2016-08-20",
        "2016-09-01",
    )
    assert [balance(on) for on in days] == [0, 80, 80, 280, -20, -10, 5, 0]


def test_what_was_voided_or_cancelled_never_happened(members):
    members({})
    run("2016-07-15")
    void(pay("M1", 150, on="2016-07-16"), at="2016-07-20")
    assert balance("2016-07-18") == 200
    cancel("US-000001", at="2016-07-21")
    assert balance("2016-07-18") == 0


def test_a_balance_counts_the_merged_one_too(members):
    members({"paid_until": "2017-01-01"}, LATE)
    pay("M1", 30)
    merge_members(kept="M1", merged="M2", actor="test", at=moment("2016-07-15"))
    found = [standing_of(code=code, on=day("2016-07-15")) for code in ("M1", "M2")]
    assert [(f.member.code, f.asked_code, f.balance) for f in found] == [
        ("M1", "M1", {"USD": 17_000}),
        ("M1", "M2", {"USD": 17_000}),
    ]


def test_standing_is_answered_for_past_and_future_days(members):
    members(LATE)
    tried("M1", "2016-06-30")
    pay("M1", 200, on="2016-07-15")
    days = (
        "2010-02-28",
        "2010-03-01",
        "2016-03-31",
        "2016-04-01",
        "2016-06-30",
        "2016-07-01",
        "2016-07-14",
        "2016-07-15",
    )
    assert [standing(on) for on in days] == [
        "inactive",
        "good",
        "good",
        "at_risk",
        "at_risk",
        "disabled",
        "disabled",
        "good",
    ]
    assert standing("2030-01-01") == "good"


def test_a_future_standing_is_what_follows_if_nothing_happens(members):
    members({})
    run("2016-07-15")
    found = [(on, standing(on)) for on in ("2016-07-29", "2016-08-28", "2016-08-29", "2017-08-01")]
    assert found == [
        ("2016-07-29", "good"),
        ("2016-08-28", "good"),
        ("2016-08-29", "at_risk"),
        ("2017-08-01", "at_risk"),
    ]


def test_while_it_was_away_a_member_was_inactive_also_once_it_is_back(members):
    members({"paid_until": "2017-01-01"})
    leave(code="M1", on=day("2014-01-01"), actor="test", at=moment("2016-07-15"))
    rejoin(code="M1", on=day("2016-01-01"), actor="test", at=moment("2016-07-15"))
    days = ("2013-12-31", "2014-01-01", "2015-12-31", "2016-01-01")
    assert [standing(on) for on in days] == ["good", "inactive", "inactive", "good"]


def test_debtors_are_oldest_debt_first_with_the_total_of_all(members):
    members(
        {"paid_until": "2016-03-01", "balance_due": "10.00"},
        {"paid_until": "2015-03-01", "balance_due": "20.00"},
        {"paid_until": "2016-02-01", "balance_due": "40.00", "center": "mx"},
        {"paid_until": "2017-01-01"},
    )
    expected = [("M2", "2015-03-01", 20), ("M3", "2016-02-01", 40), ("M1", "2016-03-01", 10)]
    assert owing() == (expected, {"USD": 30, "MXN": 40})
    assert owing(first=1) == (expected[:1], {"USD": 30, "MXN": 40})
    assert owing(center=Center.objects.get(code="us")) == ([expected[0], expected[2]], {"USD": 30})
    assert owing(center=Center.objects.get(code="mx"), first=1) == ([expected[1]], {"MXN": 40})


def test_debtors_are_one_query(members, django_assert_num_queries):
    members(LATE, {**LATE, "center": "mx"}, *({**LATE} for _ in range(20)))
    for which in ({}, {"center": Center.objects.get(code="us")}, {"first": 3}):
        with django_assert_num_queries(1):
            debtors(on=day("2016-07-15"), **which)


def test_a_debtor_is_one_row_with_all_it_owes(members):
    members({"paid_until": "2013-03-01", "balance_due": "15.00"})
    run("2016-06-01", at="2016-07-15")
    assert owing() == ([("M1", "2013-03-01", 615)], {"USD": 615})
    pay("M1", 115)
    assert owing() == ([("M1", "2016-06-15", 500)], {"USD": 500})


def test_what_is_due_today_is_not_overdue_and_is_tomorrow(members):
    members({"paid_until": "2016-07-15", "balance_due": "15.00"})
    assert owing("2016-07-15") == ([], {})
    assert owing("2016-07-16") == ([("M1", "2016-07-15", 15)], {"USD": 15})


def test_only_what_is_overdue_counts_as_owed(members):
    members(LATE)
    run("2017-03-01")
    assert owing("2017-03-10") == ([("M1", "2016-03-01", 200)], {"USD": 200})
    assert owing("2017-03-16") == ([("M1", "2016-03-01", 400)], {"USD": 400})


def test_the_paid_the_cancelled_and_the_let_go_are_no_debtors(members):
    members(LATE, LATE, LATE)
    pay("M1", 200)
    let_go("US-OPEN-00002")
    cancel("US-OPEN-00003")
    assert owing() == ([], {})


def test_a_merged_member_s_debt_is_the_kept_one_s(members):
    members(
        {"paid_until": "2015-05-01", "balance_due": "30.00"}, LATE, {"paid_until": "2015-06-01", "balance_due": "5.00"}
    )
    merge_members(kept="M2", merged="M1", actor="test", at=moment("2016-07-15"))
    assert owing() == ([("M2", "2015-05-01", 230), ("M3", "2015-06-01", 5)], {"USD": 235})


def test_invoices_payments_and_open_ones_are_found_by_either_id(members):
    members(LATE, LATE)
    payments = [pay("M1", 50), pay("M2", 60)]
    merge_members(kept="M1", merged="M2", actor="test", at=moment("2016-07-15"))
    for code in ("M1", "M2"):
        assert [i.number for i in invoices_of(code=code)] == ["US-OPEN-00001", "US-OPEN-00002"]
        assert [p.number for p in payments_of(code=code)] == [p.number for p in payments]
    assert [i.rest for i in open_invoices(member=Member.objects.get(code="M1"))] == [15_000, 14_000]


def test_cancelled_invoices_and_voided_payments_stay_listed(members):
    members({})
    undo(run())
    void(pay("M1", 5))
    assert [(i.number, i.rest) for i in invoices_of(code="M1")] == [("US-000001", 0)]
    assert [p.voided_on for p in payments_of(code="M1")] == [day("2016-07-15")]
    assert open_invoices(member=Member.objects.get()) == []


def test_why_leads_from_a_line_to_its_decision(members):
    members({"paid_until": "2022-03-01", "income_band": "2"})
    rate("M1", "reduced", 5_000, valid_from="2022-01-01")
    run("2022-07-15")
    membership, operations = why_lines(invoice=invoice_by_number(number=" us-000001 "))
    assert (membership.amount, membership.tariff, membership.share, membership.band) == (1_875, 3_750, 5_000, 2)
    assert (membership.policy, membership.valid_from, membership.decision, membership.assumed) == (
        "us-dues-2022",
        day("2022-01-01"),
        "2022-income-bands",
        True,
    )
    assert (operations.part, operations.amount, operations.rate_reason) == ("operations", 5_625, "lost its office")


def test_why_of_an_opening_balance_is_the_roll(members):
    members(LATE)
    (line,) = why_lines(invoice=Invoice.objects.get())
    assert (line.part, line.amount, line.policy, line.decision) == ("opening", 20_000, None, None)
    assert line.source.en == "the member roll as it was imported"


def test_an_unknown_invoice_is_refused(members):
    with pytest.raises(Refusal, match="There is no invoice “US-9”"):
        invoice_by_number(number="US-9")


def test_run_totals_are_by_center_in_minor_units(members):
    members({}, {"paid_until": "2015-01-01", "operations": "no"}, {"center": "mx"})
    outcome = run()
    centers = all_centers()
    rows = run_totals(run_pk=outcome.run_pk, centers=centers)
    assert [(t.center, t.members, t.invoices, t.membership, t.operations, t.currency) for t in rows] == [
        ("mx", 1, 1, 102_500, 307_500, "MXN"),
        ("us", 2, 3, 15_000, 15_000, "USD"),
    ]
    assert [t.invoices for t in run_totals(run_pk=None, centers=centers)] == [0, 0]


def test_runs_are_listed_newest_first(members):
    members({})
    first, second = run("2016-07-15"), run("2017-07-15")
    assert [(r.pk, r.state, r.invoices) for r in runs()] == [
        (second.run_pk, "finished", 1),
        (first.run_pk, "finished", 1),
    ]
