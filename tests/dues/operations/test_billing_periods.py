"""Which periods a run bills, when each is due, and what it asks for."""

import pytest
from tests.dues.doing import asked, rate, run, terms, undo

from tequio.dues.models import Invoice, InvoiceLine, Tariff
from tequio.dues.operations import billing
from tequio.kernel.errors import Refusal
from tequio.kernel.runs.models import Run, RunItem


def lines_of(code):
    rows = InvoiceLine.objects.filter(invoice__member__code=code, invoice__kind="dues").order_by("pk")
    return [(part, amount / 100) for part, amount in rows.values_list("part", "amount")]


def test_a_period_begins_on_the_day_a_member_had_paid_up_to(members):
    members({"paid_until": "2016-03-01"}, {"paid_until": "2016-07-15"}, {"paid_until": "2016-07-16"})
    run("2016-07-15")
    assert asked() == [
        ("M1", "2016-03-01", "2016-07-29", 200),
        ("M2", "2016-07-15", "2016-07-29", 200),
    ]


@pytest.mark.parametrize("balance", ["0.01", "1.00", "199.99", "200.00", "5000.00"])
def test_a_balance_of_any_size_is_the_year_in_between(members, balance):
    members({"paid_until": "2015-03-01", "balance_due": balance})
    run("2016-07-15")
    assert asked() == [("M1", "2016-03-01", "2016-07-29", 200)]
    assert asked(kind="opening") == [("M1", "2015-03-01", "2015-03-01", float(balance))]


def test_a_late_member_whose_year_in_between_has_not_ended_is_not_billed_again(members):
    members({"paid_until": "2015-07-16", "balance_due": "200.00"}, {"paid_until": "2015-07-15", "balance_due": "1.00"})
    run("2016-07-15")
    assert asked() == [("M2", "2016-07-15", "2016-07-29", 200)]


def test_two_missed_years_are_two_invoices(members):
    members({"paid_until": "2014-09-30"})
    run("2016-07-15")
    assert asked() == [("M1", "2014-09-30", "2016-07-29", 200), ("M1", "2015-09-30", "2016-07-29", 200)]


def test_two_years_after_a_balance_are_billed_beside_it(members):
    members({"paid_until": "2013-05-01", "balance_due": "40.00"})
    run("2016-07-15")
    assert [row[1] for row in asked()] == ["2014-05-01", "2015-05-01", "2016-05-01"]


def test_a_year_from_29_february_finds_its_way_back(members):
    members({"paid_until": "2012-02-29"})
    run("2016-07-15")
    assert [row[1] for row in asked()] == ["2012-02-29", "2013-02-28", "2014-02-28", "2015-02-28", "2016-02-29"]
    ends = Invoice.objects.order_by("period_start").values_list("period_end", flat=True)
    assert [end.isoformat() for end in ends] == ["2013-02-27", "2014-02-27", "2015-02-27", "2016-02-28", "2017-02-27"]


def test_periods_through_a_later_day_are_due_when_they_start(members):
    members({"paid_until": "2016-07-29"}, {"paid_until": "2016-07-30"}, {"paid_until": "2016-12-31"})
    run("2016-07-15", through="2016-12-30")
    assert asked() == [("M1", "2016-07-29", "2016-07-29", 200), ("M2", "2016-07-30", "2016-07-30", 200)]


def test_periods_through_an_earlier_day_leave_the_later_ones(members):
    members({"paid_until": "2016-03-01"}, {"paid_until": "2016-03-02"})
    run("2016-07-15", through="2016-03-01")
    assert asked() == [("M1", "2016-03-01", "2016-07-29", 200)]


def test_one_center_can_be_billed_alone(members):
    members({}, {"center": "mx"})
    run(center="mx")
    assert asked() == [("M2", "2016-03-01", "2016-07-29", 4100)]
    run(center="us")
    assert [row[0] for row in asked()] == ["M2", "M1"]
    assert sorted(Invoice.objects.values_list("number", flat=True)) == ["MX-000001", "US-000001"]


def test_a_second_run_of_the_day_does_nothing(members):
    members({}, {"center": "mx"})
    first, second = run(), run()
    assert (first.run_pk is None, second.run_pk) == (False, None)
    assert (Invoice.objects.count(), Run.objects.count()) == (2, 1)


def test_a_run_a_year_later_bills_the_next_period_alone(members):
    members({})
    run("2016-07-15")
    run("2017-02-28")
    run("2017-03-01")
    assert asked() == [("M1", "2016-03-01", "2016-07-29", 200), ("M1", "2017-03-01", "2017-03-15", 200)]


def test_dues_before_the_split_are_one_line_everything_included(members):
    members({}, {"operations": "no"}, {"kind": "individual"}, {"center": "mx"}, {"center": "mx", "kind": "individual"})
    run("2016-06-30")
    assert [lines_of(f"M{n}") for n in range(1, 6)] == [
        [("membership", 200)],
        [("membership", 200)],
        [("membership", 100)],
        [("membership", 4100)],
        [("membership", 3280)],
    ]


def test_dues_of_2016_are_two_lines_and_operations_are_optional(members):
    members({}, {"operations": "no"}, {"kind": "individual"}, {"center": "mx"}, {"center": "mx", "kind": "individual"})
    run("2016-07-01")
    assert [lines_of(f"M{n}") for n in range(1, 6)] == [
        [("membership", 50), ("operations", 150)],
        [("membership", 50)],
        [("membership", 25), ("operations", 75)],
        [("membership", 1025), ("operations", 3075)],
        [("membership", 820), ("operations", 2460)],
    ]


@pytest.mark.parametrize(
    ("band", "membership", "operations"),
    [("1", 25, 75), ("2", 37.5, 112.5), ("3", 50, 150), ("4", 75, 225), ("5", 125, 375), ("", 50, 150)],
)
def test_dues_of_2022_follow_the_income_band(members, band, membership, operations):
    members({"income_band": band, "paid_until": "2022-03-01"})
    run("2022-07-15")
    assert lines_of("M1") == [("membership", membership), ("operations", operations)]


def test_the_bands_of_2022_hold_in_pesos_too(members):
    members(
        *(
            {"center": "mx", "kind": "individual", "income_band": str(n), "paid_until": "2022-03-01"}
            for n in range(1, 6)
        )
    )
    run("2022-07-15")
    assert [row[3] for row in asked()] == [1640, 2460, 3280, 4920, 8200]


def test_a_run_uses_the_dues_of_the_invoice_date_for_earlier_periods_too(members):
    members({"paid_until": "2016-03-01"})
    run("2016-07-15")
    policies = Invoice.objects.filter(kind="dues").values_list("policy__code", flat=True)
    assert list(policies) == ["us-dues-2016"]
    assert set(InvoiceLine.objects.values_list("tariff__policy__code", flat=True)) == {"us-dues-2016"}


@pytest.mark.parametrize(
    ("as_of", "due"),
    [
        ("2010-12-31", "2010-12-31"),
        ("2011-12-31", "2011-12-31"),
        ("2012-01-01", "2012-01-15"),
        ("2022-01-01", "2022-01-15"),
    ],
)
def test_notice_is_what_the_payment_policy_of_the_day_gives(members, as_of, due):
    members({"paid_until": "2010-12-01", "joined_on": "2008-01-01"})
    run(as_of, through="2010-12-31")
    assert asked() == [("M1", "2010-12-01", due, 200)]


def test_a_run_on_a_day_without_dues_is_refused(members):
    members({})
    with pytest.raises(Refusal, match="No dues policy is in force in mx on 2009-12-31"):
        terms("2009-12-31")
    assert Invoice.objects.count() == 0


def test_an_unknown_center_is_refused_and_the_known_ones_named(members):
    with pytest.raises(Refusal, match="Centers here: mx, us"):
        terms(center="ca")


def test_a_reduced_rate_is_a_share_of_each_line(members):
    members({}, {"center": "mx", "kind": "individual"})
    granted = rate("M1", "reduced", 3333)
    rate("M2", "reduced", 5000)
    run()
    assert lines_of("M1") == [("membership", 16.67), ("operations", 50)]
    assert lines_of("M2") == [("membership", 410), ("operations", 1230)]
    assert Invoice.objects.get(member__code="M1").rate_id == granted.pk


def test_a_solidarity_rate_is_more_than_the_table(members):
    members({})
    rate("M1", "solidarity", 15_000)
    run()
    assert lines_of("M1") == [("membership", 75), ("operations", 225)]


def test_a_comped_member_gets_no_invoice_and_is_set_aside_by_name(members):
    members({}, {})
    rate("M1", "comped", 0)
    outcome = run()
    assert [row[0] for row in asked()] == ["M2"]
    assert [(s.member_code, s.code) for s in outcome.set_aside] == [("M1", "comped")]
    assert list(RunItem.objects.values_list("subject", "code")) == [("member:M1", "comped")]


def named(run_pk):
    return list(RunItem.objects.filter(run_id=run_pk).order_by("pk").values_list("subject", "code"))


def test_a_waiver_is_named_once_for_each_period_however_many_runs_follow(members):
    members({}, {"paid_until": "2016-08-01"}, {"paid_until": "2016-09-01"}, {"paid_until": "2017-03-02"})
    rate("M1", "comped", 0)
    outcomes = [run(on) for on in ("2016-08-01", "2016-09-01", "2017-03-02", "2017-08-01")]
    assert [named(outcome.run_pk) for outcome in outcomes] == [
        [("member:M1", "comped")],
        [],
        [("member:M1", "comped")],
        [],
    ]
    assert [len(outcome.set_aside) for outcome in outcomes] == [1, 0, 1, 0]


def test_a_preview_names_a_waiver_every_time(members):
    members({}, {"paid_until": "2016-08-01"}, {"paid_until": "2016-09-01"})
    rate("M1", "comped", 0)
    run("2016-08-01")
    aside = billing.preview_dues(terms=terms("2016-09-01")).set_aside
    assert [(s.member_code, s.code) for s in aside] == [("M1", "comped")]


def test_an_undone_run_has_named_nobody(members):
    members({}, {"paid_until": "2016-07-15"})
    rate("M1", "comped", 0)
    undo(run())
    assert named(run().run_pk) == [("member:M1", "comped")]


def test_a_run_of_one_center_names_no_waiver_of_the_other(members):
    members({}, {}, {"center": "mx"}, {"center": "mx"})
    rate("M1", "comped", 0)
    rate("M3", "comped", 0)
    assert [named(run(center=center).run_pk) for center in ("us", "mx")] == [
        [("member:M1", "comped")],
        [("member:M3", "comped")],
    ]


def test_a_rate_holds_from_its_first_day_through_its_last(members):
    members({}, {}, {}, {})
    rate("M1", "reduced", 5000, valid_from="2016-07-15")
    rate("M2", "reduced", 5000, valid_from="2016-07-16")
    rate("M3", "reduced", 5000, until="2016-07-15")
    rate("M4", "reduced", 5000, until="2016-07-14")
    run("2016-07-15")
    assert [row[3] for row in asked()] == [100, 200, 100, 200]
    assert [i.rate_id is None for i in Invoice.objects.order_by("number")] == [False, True, False, True]


def test_of_two_rates_the_one_that_began_last_holds(members):
    members({})
    rate("M1", "reduced", 5000, valid_from="2016-01-01")
    later = rate("M1", "reduced", 2500, valid_from="2016-06-01")
    run()
    assert (asked()[0][3], Invoice.objects.get().rate_id) == (50, later.pk)


def test_a_period_that_began_while_dues_were_waived_is_not_billed_afterwards(members):
    members({"paid_until": "2016-03-01"})
    rate("M1", "comped", 0, valid_from="2016-01-01", until="2016-12-31")
    run("2016-07-15")
    run("2017-03-01")
    assert asked() == [("M1", "2017-03-01", "2017-03-15", 200)]


def test_invoices_made_keep_their_rate_and_table(members):
    members({})
    run()
    before = lines_of("M1")
    rate("M1", "reduced", 5000)
    assert lines_of("M1") == before
    assert Invoice.objects.get().rate_id is None
    assert Tariff.objects.filter(policy=Invoice.objects.get().policy).count() == 4
