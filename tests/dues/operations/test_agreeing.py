"""What is agreed with one member: a rate, a hold, a plan."""

import pytest
from tests.dues.doing import asked, day, hold, moment, pay, plan, rate, run, tried

from tequio.dues.models import Hold, MemberRate, Plan
from tequio.dues.operations.agreeing import grant_hold, grant_rate, rates_of
from tequio.dues.queries import plan_parts, standing_of
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.members.models import Member


def standing(code, on):
    return standing_of(code=code, on=day(on)).verdict.standing.value


@pytest.fixture
def late(members):
    """M1 owes a balance due on 1 March 2016; day 91 is 31 May; somebody tried on 20 April."""
    members({"paid_until": "2016-03-01", "balance_due": "200.00"})
    tried("M1", "2016-04-20")


@pytest.mark.parametrize(
    ("kind", "basis_points"),
    [
        ("reduced", 0),
        ("reduced", 10_000),
        ("solidarity", 10_000),
        ("comped", 1),
        ("free", 5_000),
        ("solidarity", 1_000_001),
    ],
)
def test_a_rate_that_does_not_fit_its_kind_is_refused(members, kind, basis_points):
    members({})
    with pytest.raises(Refusal, match="A reduced rate is above 0 and below 100 percent"):
        rate("M1", kind, basis_points)
    assert MemberRate.objects.count() == 0


def test_a_rate_ends_after_it_begins_and_has_a_reason(members):
    members({})
    with pytest.raises(Refusal, match="ends after it begins"):
        rate("M1", "reduced", 5_000, valid_from="2016-02-01", until="2016-01-31")
    with pytest.raises(Refusal, match="Give the reason"):
        grant_rate(
            code="M1",
            kind="comped",
            basis_points=0,
            valid_from=day("2016-01-01"),
            valid_until=None,
            reason="",
            actor="test",
            at=moment("2016-07-15"),
        )


def test_rates_are_listed_oldest_first_with_who_granted_them(members):
    members({})
    rate("M1", "reduced", 5_000, valid_from="2016-05-01")
    rate("M1", "comped", 0, valid_from="2015-05-01", until="2015-12-31")
    assert [(r.kind, r.granted_by) for r in rates_of(code="M1")] == [("comped", "test"), ("reduced", "test")]


def test_a_waiver_changes_standing_at_once_and_gives_no_event_but_its_own(late):
    assert Member.objects.get().standing == "disabled"
    rate("M1", "comped", 0, valid_from="2016-07-15")
    assert Member.objects.get().standing == "good"
    kinds = list(Event.objects.order_by("-id").values_list("kind", flat=True)[:2])
    assert kinds == ["dues.rate_granted", "standing.changed"]


def test_a_hold_begins_today_and_includes_its_last_day(late):
    row = hold("M1", "2016-08-31", at="2016-07-15")
    assert (row.first_day, row.last_day) == (day("2016-07-15"), day("2016-08-31"))
    days = ("2016-07-14", "2016-07-15", "2016-08-31", "2016-09-01")
    assert [standing("M1", on) for on in days] == ["disabled", "at_risk", "at_risk", "disabled"]


def test_a_hold_that_ends_today_is_of_today(late):
    row = hold("M1", "2016-07-15", at="2016-07-15")
    assert (row.first_day, row.last_day) == (day("2016-07-15"), day("2016-07-15"))


def test_a_hold_written_down_afterwards_covers_the_debt_it_was_granted_for(late):
    row = hold("M1", "2016-07-10", at="2016-07-15")
    assert row.first_day == day("2016-03-01")
    assert [standing("M1", on) for on in ("2016-05-31", "2016-07-10", "2016-07-11")] == [
        "at_risk",
        "at_risk",
        "disabled",
    ]


def test_a_hold_written_down_afterwards_without_a_debt_is_one_day(members):
    members({"paid_until": "2017-03-01"})
    row = hold("M1", "2016-07-10", at="2016-07-15")
    assert (row.first_day, row.last_day) == (day("2016-07-10"), day("2016-07-10"))


def test_a_hold_written_down_afterwards_reaches_back_to_a_debt_paid_since(late):
    pay("M1", 200, on="2016-07-12")
    row = hold("M1", "2016-07-10", at="2016-07-15")
    assert row.first_day == day("2016-03-01")


def test_a_hold_can_be_given_its_first_day(late):
    assert hold("M1", "2016-08-31", first_day="2016-08-01").first_day == day("2016-08-01")
    with pytest.raises(Refusal, match="ends after it begins"):
        hold("M1", "2016-08-31", first_day="2016-09-01")


def test_a_hold_needs_a_reason_and_a_member(members):
    members({})
    with pytest.raises(Refusal, match="Give the reason"):
        grant_hold(code="M1", until=day("2016-08-31"), reason="\t", actor="test", at=moment("2016-07-15"))
    with pytest.raises(Refusal, match="no member"):
        hold("M9", "2016-08-31")
    assert Hold.objects.count() == 0


def test_a_plan_is_twelve_parts_of_all_that_is_open(members):
    members({"paid_until": "2015-03-01", "balance_due": "100.00"})
    run()
    made = plan("M1", "2016-08-31")
    parts, currency = plan_parts(plan=made)
    assert (currency, made.starts_on) == ("USD", day("2016-07-15"))
    assert [p.amount for p in parts] == [2_500] * 12
    assert [p.due_on.isoformat() for p in parts[:4]] == ["2016-08-31", "2016-09-30", "2016-10-31", "2016-11-30"]
    event = Event.objects.get(kind="dues.plan_agreed")
    assert event.payload["charges"] == ["US-OPEN-00001", "US-000001"]


def test_a_plan_of_an_odd_amount_adds_up_to_it(members):
    members({"paid_until": "2016-03-01", "balance_due": "100.00"})
    parts, _ = plan_parts(plan=plan("M1", "2016-08-15", count=7))
    assert [p.amount for p in parts] == [1_429] * 4 + [1_428] * 3


def test_what_came_in_on_the_day_a_plan_starts_is_its_first_payment_and_part_of_what_is_divided(late):
    pay("M1", 80, on="2016-07-15")
    parts, _ = plan_parts(plan=plan("M1", "2016-08-15", count=4))
    assert [p.amount for p in parts] == [5_000] * 4  # of the 200.00 owed in the morning
    pay("M1", 20, on="2016-08-20")
    pay("M1", 50, on="2016-10-15")
    # 150.00 of 200.00 by the third day is the plan kept; the last 50.00 are asked too.
    assert [standing("M1", on) for on in ("2016-10-16", "2016-11-15", "2016-11-16")] == [
        "at_risk",
        "at_risk",
        "disabled",
    ]


def test_a_plan_kept_keeps_a_member_at_risk_and_a_missed_part_ends_it(late):
    plan("M1", "2016-08-15", count=4)
    pay("M1", 50, on="2016-08-15")
    days = ("2016-07-14", "2016-07-15", "2016-08-15", "2016-08-16", "2016-09-15", "2016-09-16")
    assert [standing("M1", on) for on in days] == ["disabled", "at_risk", "at_risk", "at_risk", "at_risk", "disabled"]


def test_a_plan_kept_to_its_end_leads_to_good_standing(late):
    plan("M1", "2016-08-15", count=4)
    for on in ("2016-08-15", "2016-09-15", "2016-10-15", "2016-11-15"):
        pay("M1", 50, on=on)
    assert [standing("M1", on) for on in ("2016-11-14", "2016-11-15", "2017-02-01")] == ["at_risk", "good", "good"]


def test_paying_ahead_keeps_a_plan(late):
    plan("M1", "2016-08-15", count=4)
    pay("M1", 150, on="2016-07-20")
    assert [standing("M1", on) for on in ("2016-10-15", "2016-11-15", "2016-11-16")] == [
        "at_risk",
        "at_risk",
        "disabled",
    ]


def test_a_plan_needs_a_debt_a_number_of_parts_and_an_order_of_days(members, late):
    for count in (1, 61, 0, -1):
        with pytest.raises(Refusal, match="2 to 60 instalments"):
            plan("M1", "2016-08-15", count=count)
    with pytest.raises(Refusal, match="due after the plan starts"):
        plan("M1", "2016-08-15", starts_on=day("2016-08-16"))
    pay("M1", 200)
    with pytest.raises(Refusal, match="owes nothing"):
        plan("M1", "2016-08-15")
    assert Plan.objects.count() == 0


def test_a_second_plan_for_what_a_plan_covers_already_is_refused(late):
    plan("M1", "2016-08-15")
    with pytest.raises(Refusal):
        plan("M1", "2016-08-20")
    assert Plan.objects.count() == 1


def test_a_plan_can_take_the_place_of_one_that_was_broken(late):
    plan("M1", "2016-08-15")
    plan("M1", "2016-10-01", at="2016-09-20")
    assert (standing("M1", "2016-09-19"), standing("M1", "2016-09-20")) == ("disabled", "at_risk")


def test_a_run_bills_a_member_on_a_plan_all_the_same(late):
    plan("M1", "2016-08-15")
    run("2017-03-01")
    assert asked() == [("M1", "2017-03-01", "2017-03-15", 200)]
