"""Which thresholds count: those in force on the day asked, unless a transitional rule has moved day 0."""

from dataclasses import replace
from datetime import date

import pytest

from rules.builders import (
    DAY,
    LIMITED,
    POLICY_2011,
    POLICY_2012,
    POLICY_2022,
    account,
    around,
    charge,
    follows,
    standing,
    verdict,
)
from tequio.rules.standing import Cause, Standing

NEW_YEAR = date(2022, 1, 1)


def due_so_that_new_year_is_day(number: int) -> date:
    return NEW_YEAR - number * DAY


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (30, "good", "good"),
        (31, "good", "good"),
        (32, "at_risk", "good"),
        (47, "at_risk", "good"),
        (60, "at_risk", "good"),
        (61, "at_risk", "disabled"),
        (62, "at_risk", "disabled"),
        (90, "at_risk", "disabled"),
        (91, "at_risk", "disabled"),
        (92, "disabled", "disabled"),
        (100, "disabled", "disabled"),
    ],
)
def test_the_change_of_2022_meets_each_member_on_its_own_day(day, before, after):
    due = due_so_that_new_year_is_day(day)
    who = account(charge(due), tried=(due,))
    assert [standing(who, NEW_YEAR - DAY), standing(who, NEW_YEAR)] == [before, after]


def test_day_47_goes_back_to_good_and_is_told_what_comes_next():
    due = due_so_that_new_year_is_day(47)
    who = account(charge(due), tried=(due,))
    assert follows(verdict(who, NEW_YEAR - DAY)) == ("good", NEW_YEAR)
    found = verdict(who, NEW_YEAR)
    assert (found.standing, found.since, found.days, found.policy, follows(found)) == (
        Standing.GOOD,
        NEW_YEAR,
        47,
        POLICY_2022,
        ("disabled", due + 61 * DAY),
    )


def test_an_untried_member_past_day_90_stays_at_risk_through_the_change():
    who = account(charge(due_so_that_new_year_is_day(100)))
    found = verdict(who, NEW_YEAR)
    assert (found.standing, found.cause, found.policy) == (Standing.AT_RISK, Cause.ATTEMPT_MISSING, POLICY_2022)
    assert found.since == NEW_YEAR - 69 * DAY


@pytest.mark.parametrize(
    ("disabled_before", "standings"),
    [
        (29, ["disabled", "disabled", "inactive"]),
        (30, ["disabled", "inactive", "inactive"]),
        (31, ["disabled", "inactive", "inactive"]),
        (60, ["disabled", "inactive", "inactive"]),
    ],
)
def test_a_disabled_stretch_is_measured_by_the_policy_of_the_day(disabled_before, standings):
    """Disabled under the rule of 2012, which waits three months; the rule of 2022 waits 30 days."""
    due = NEW_YEAR - (91 + disabled_before) * DAY
    assert around(account(charge(due), tried=(due,)), NEW_YEAR) == standings


def test_an_inactive_member_stays_inactive_through_the_change():
    due = date(2021, 3, 1)
    found = verdict(account(charge(due), tried=(due,)), date(2022, 6, 1))
    assert (found.standing, found.since) == (Standing.INACTIVE, date(2021, 8, 31))


def test_reached_after_the_change_gives_no_return():
    due = due_so_that_new_year_is_day(100)
    who = account(charge(due), tried=(due,), reached=(NEW_YEAR + 3 * DAY,))
    assert around(who, NEW_YEAR + 3 * DAY) == ["disabled", "disabled", "disabled"]


def test_a_milder_policy_lifts_disabled_to_limited():
    policies = (POLICY_2012, replace(LIMITED, valid_from=date(2017, 1, 1)))
    due = date(2017, 1, 1) - 95 * DAY
    who = account(charge(due), tried=(due,))
    assert around(who, date(2017, 1, 1), policies=policies) == ["disabled", "limited", "limited"]
    assert around(who, due + 121 * DAY, policies=policies) == ["limited", "disabled", "disabled"]


def test_before_the_first_policy_nothing_follows_from_what_is_owed():
    due = date(2009, 3, 1)
    found = verdict(account(charge(due), tried=(due,)), date(2010, 12, 31))
    assert (found.standing, found.cause, found.policy, found.charge, found.days) == (
        Standing.GOOD,
        Cause.NO_POLICY,
        None,
        None,
        None,
    )


@pytest.mark.parametrize("due", [date(2010, 12, 31), date(2010, 3, 1), date(2007, 6, 15)])
def test_the_rule_of_2011_counts_older_invoices_from_90_days_after_the_change(due):
    """Day 0 is 1 April 2011, so day 31 is 2 May, day 91 is 1 July, and 180 days later is 28 December."""
    zero = date(2011, 4, 1)
    who = account(charge(due), tried=(zero,))
    assert [standing(who, d) for d in (date(2010, 12, 31), date(2011, 1, 1), zero, zero + 30 * DAY)] == ["good"] * 4
    assert around(who, date(2011, 5, 2)) == ["good", "at_risk", "at_risk"]
    assert around(who, date(2011, 7, 1)) == ["at_risk", "disabled", "disabled"]
    assert around(who, date(2011, 12, 28)) == ["disabled", "inactive", "inactive"]


@pytest.mark.parametrize(
    ("on", "days", "cause"),
    [
        (date(2011, 3, 31), None, Cause.NOTHING_OVERDUE),
        (date(2011, 4, 1), None, Cause.NOTHING_OVERDUE),
        (date(2011, 4, 2), 1, Cause.DAYS),
        (date(2011, 5, 2), 31, Cause.DAYS),
    ],
)
def test_a_redated_invoice_is_overdue_from_the_day_after_the_day_it_counts_from(on, days, cause):
    found = verdict(account(charge(date(2010, 3, 1))), on)
    assert (found.days, found.cause) == (days, cause)


def test_an_invoice_due_on_the_day_of_the_change_is_not_redated():
    who = account(charge(date(2011, 1, 1)), tried=(date(2011, 1, 1),))
    assert around(who, date(2011, 4, 2)) == ["at_risk", "disabled", "disabled"]


@pytest.mark.parametrize(("tried", "disabled"), [(date(2011, 3, 31), "at_risk"), (date(2011, 4, 1), "disabled")])
def test_an_attempt_counts_from_the_day_a_redated_invoice_counts_as_due(tried, disabled):
    assert standing(account(charge(date(2010, 3, 1)), tried=(tried,)), date(2011, 7, 1)) == disabled


def test_the_new_day_0_lasts_when_the_policy_changes_again():
    who = account(charge(date(2010, 12, 1)))
    found = verdict(who, date(2012, 1, 1))
    assert (found.days, found.policy) == (275, POLICY_2012)


def test_of_two_redated_debts_the_one_that_fell_due_first_is_named():
    older, newer = charge(date(2009, 5, 1), number="B-1"), charge(date(2010, 5, 1), number="A-1")
    assert verdict(account(newer, older), date(2011, 6, 1)).charge == "B-1"


def test_a_harsher_policy_to_come_is_announced():
    strict = replace(POLICY_2012, valid_from=date(2013, 4, 15), at_risk_from=10)
    found = verdict(account(charge(date(2013, 4, 1))), date(2013, 4, 10), policies=(POLICY_2012, strict))
    assert follows(found) == ("at_risk", date(2013, 4, 15))


def test_the_order_of_policies_means_nothing():
    due = date(2021, 12, 1)
    who = account(charge(due), tried=(due,))
    one, other = (POLICY_2011, POLICY_2012, POLICY_2022), (POLICY_2022, POLICY_2011, POLICY_2012)
    days = [due + n * DAY for n in range(0, 120, 7)]
    assert [verdict(who, d, policies=one) for d in days] == [verdict(who, d, policies=other) for d in days]
