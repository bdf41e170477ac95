"""Nobody is disabled before a person tried to reach them. Policy of 2012; the invoice is due on 1 March 2013."""

from datetime import date

import pytest

from rules.builders import DAY, LIMITED, POLICY_2022, account, around, charge, follows, standing, verdict
from tequio.rules.standing import Cause

DUE = date(2013, 3, 1)
DAY_91 = DUE + 91 * DAY


def day(number: int) -> date:
    return DUE + number * DAY


@pytest.mark.parametrize(
    ("tried", "standings"),
    [
        (day(-1), ["at_risk", "at_risk", "at_risk"]),
        (day(0), ["at_risk", "disabled", "disabled"]),
        (day(1), ["at_risk", "disabled", "disabled"]),
        (day(45), ["at_risk", "disabled", "disabled"]),
        (day(89), ["at_risk", "disabled", "disabled"]),
        (day(90), ["at_risk", "disabled", "disabled"]),
        (day(91), ["at_risk", "at_risk", "disabled"]),
        (day(92), ["at_risk", "at_risk", "at_risk"]),
    ],
)
def test_an_attempt_counts_from_the_due_date_and_disables_from_the_day_after_it(tried, standings):
    assert around(account(charge(DUE), tried=(tried,)), DAY_91) == standings


@pytest.mark.parametrize("late", [92, 100, 150, 400])
def test_a_late_first_attempt_disables_from_the_next_day(late):
    who = account(charge(DUE), tried=(day(late),))
    assert around(who, day(late + 1)) == ["at_risk", "disabled", "disabled"]
    assert verdict(who, day(late + 5)).since == day(late + 1)


def test_on_the_day_of_a_late_attempt_the_next_day_is_announced():
    found = verdict(account(charge(DUE), tried=(day(100),)), day(100))
    assert (found.standing.value, found.cause, follows(found)) == (
        "at_risk",
        Cause.ATTEMPT_MISSING,
        ("disabled", day(101)),
    )


def test_the_day_before_a_late_attempt_nothing_is_announced():
    assert follows(verdict(account(charge(DUE), tried=(day(100),)), day(99))) is None


def test_without_an_attempt_at_risk_is_dated_from_day_31_however_late_it_is():
    found = verdict(account(charge(DUE)), day(200))
    assert (found.standing.value, found.since, follows(found)) == ("at_risk", day(31), None)


def test_the_first_of_several_attempts_that_count_decides():
    who = account(charge(DUE), tried=(day(200), day(-10), day(95), day(120)))
    assert around(who, day(96)) == ["at_risk", "disabled", "disabled"]


def test_an_attempt_before_the_due_date_does_not_shield_from_a_later_one():
    who = account(charge(DUE), tried=(day(-5), day(30)))
    assert around(who, DAY_91) == ["at_risk", "disabled", "disabled"]


def test_inactive_counts_from_the_day_disabled_began_not_from_day_91():
    who = account(charge(DUE), tried=(date(2013, 6, 29),))  # disabled from 30 June, a month after day 91
    assert around(who, date(2013, 9, 30)) == ["disabled", "inactive", "inactive"]


def test_being_reached_while_at_risk_is_an_attempt_and_nothing_more():
    who = account(charge(DUE), reached=(day(40),))
    found = [(standing(who, d), verdict(who, d).cause) for d in (day(40), day(90), day(91), day(104))]
    assert found == [
        ("at_risk", Cause.DAYS),
        ("at_risk", Cause.DAYS),
        ("disabled", Cause.DAYS),
        ("disabled", Cause.DAYS),
    ]


def test_being_reached_for_the_first_time_after_day_91_disables_from_the_next_day_without_a_return():
    who = account(charge(DUE), reached=(day(95),))
    assert [standing(who, day(n)) for n in (94, 95, 96, 97)] == ["at_risk", "at_risk", "disabled", "disabled"]


def test_an_attempt_counts_for_the_oldest_unpaid_invoice_and_not_for_one_due_after_it():
    first, second = charge(DUE, paid=day(400)), charge(date(2014, 3, 1))
    who = account(first, second, tried=(day(50),))
    # The first is paid on day 400; day 91 of the second is 31 May 2014, and nobody tried since it was due.
    second_91 = date(2014, 3, 1) + 91 * DAY
    assert (standing(who, day(399)), standing(who, second_91)) == ("inactive", "at_risk")
    assert verdict(who, second_91).cause is Cause.ATTEMPT_MISSING


def test_the_policy_of_2022_asks_for_an_attempt_too():
    due = date(2022, 3, 1)
    late = account(charge(due), tried=(due + 70 * DAY,))
    assert around(late, due + 61 * DAY, policies=(POLICY_2022,)) == ["good", "at_risk", "at_risk"]
    assert around(late, due + 71 * DAY, policies=(POLICY_2022,)) == ["at_risk", "disabled", "disabled"]


def test_where_limited_exists_a_missing_attempt_leaves_the_member_limited():
    due = date(2017, 3, 1)
    late = account(charge(due), tried=(due + 130 * DAY,))
    assert around(late, due + 121 * DAY, policies=(LIMITED,)) == ["limited", "limited", "limited"]
    assert around(late, due + 131 * DAY, policies=(LIMITED,)) == ["limited", "disabled", "disabled"]
