"""Back at once for 14 days after being reached while disabled, once for each disabling. Policy of 2012.

The invoice is due on 1 March 2013 and somebody tried on day 40, so disabled begins on day 91.
"""

from datetime import date

import pytest

from rules.builders import (
    DAY,
    POLICY_2011,
    POLICY_2022,
    account,
    around,
    charge,
    follows,
    plan_of,
    standing,
    verdict,
)
from tequio.rules.standing import Cause

DUE = date(2013, 3, 1)


def day(number: int) -> date:
    return DUE + number * DAY


def late(**facts):
    return account(charge(DUE), tried=(day(40),), **facts)


@pytest.mark.parametrize("reached", [91, 92, 100, 120, 182])
def test_the_return_lasts_from_the_day_reached_through_thirteen_days_later(reached):
    who = late(reached=(day(reached),))
    days = [reached - 1, reached, reached + 1, reached + 12, reached + 13, reached + 14, reached + 15]
    before = "at_risk" if reached == 91 else "disabled"
    assert [standing(who, day(n)) for n in days] == [
        before, "at_risk", "at_risk", "at_risk", "at_risk", "disabled", "disabled",
    ]  # fmt: skip


def test_the_return_says_since_when_why_and_until_when():
    found = verdict(late(reached=(day(100),)), day(105))
    assert (found.standing.value, found.cause, found.since, follows(found)) == (
        "at_risk",
        Cause.RETURNED,
        day(100),
        ("disabled", day(114)),
    )


def test_disabled_after_the_return_is_dated_from_the_fifteenth_day():
    found = verdict(late(reached=(day(100),)), day(120))
    assert (found.standing.value, found.since) == ("disabled", day(114))


def test_reached_on_the_very_day_disabled_would_begin_is_back_at_once():
    found = verdict(late(reached=(day(91),)), day(91))
    assert (found.standing.value, found.cause, found.since) == ("at_risk", Cause.RETURNED, day(31))


def test_reached_on_the_day_before_disabled_begins_gives_no_return():
    who = late(reached=(day(90),))
    assert around(who, day(91)) == ["at_risk", "disabled", "disabled"]


@pytest.mark.parametrize("again", [101, 113, 114, 115, 150])
def test_being_reached_again_in_the_same_disabling_gives_nothing_more(again):
    who = late(reached=(day(100), day(again)))
    assert [standing(who, day(n)) for n in (113, 114, 115, 127, 128, 150, 163)] == ["at_risk"] + ["disabled"] * 6


def test_reached_twice_on_one_day_is_reached_once():
    who = late(reached=(day(100), day(100)))
    assert around(who, day(114)) == ["at_risk", "disabled", "disabled"]


def test_inactive_is_counted_anew_from_the_end_of_the_return():
    # Disabled again from day 114, which is 23 June; three calendar months later is 23 September.
    who = late(reached=(day(100),))
    assert around(who, date(2013, 9, 23)) == ["disabled", "inactive", "inactive"]


def test_reached_on_the_last_day_before_inactive_still_brings_back():
    who = late(reached=(date(2013, 8, 30),))
    assert around(who, date(2013, 8, 31)) == ["at_risk", "at_risk", "at_risk"]


@pytest.mark.parametrize("reached", [date(2013, 8, 31), date(2013, 9, 15)])
def test_reached_once_inactive_gives_no_return(reached):
    assert around(late(reached=(reached,)), reached) == [
        "disabled" if reached == date(2013, 8, 31) else "inactive",
        "inactive",
        "inactive",
    ]


def test_paying_in_the_return_gives_good_standing_at_once():
    who = account(charge(DUE, paid=day(105)), tried=(day(40),), reached=(day(100),))
    assert around(who, day(105)) == ["at_risk", "good", "good"]
    assert standing(who, day(114)) == "good"


def test_a_part_payment_in_the_return_does_not_lengthen_it():
    who = account(charge(DUE, paid=((day(105), 19_999),)), tried=(day(40),), reached=(day(100),))
    assert around(who, day(114)) == ["at_risk", "disabled", "disabled"]


def test_a_new_disabling_after_everything_was_paid_has_a_return_of_its_own():
    due = date(2014, 3, 1)
    who = account(charge(DUE, paid=day(120)), charge(due), tried=(day(40), due), reached=(day(100), due + 100 * DAY))
    assert [standing(who, due + n * DAY) for n in (90, 91, 99, 100, 113, 114)] == [
        "at_risk", "disabled", "disabled", "at_risk", "at_risk", "disabled",
    ]  # fmt: skip


def test_paying_only_the_oldest_of_two_years_is_no_new_disabling():
    second = charge(date(2013, 4, 1))
    who = account(charge(DUE, paid=day(140)), second, tried=(date(2013, 4, 2),), reached=(day(100), day(150)))
    # Day 91 of the second is 1 July 2013, before the first is paid: the debts say disabled without a break.
    assert [standing(who, day(n)) for n in (113, 114, 140, 149, 150, 151)] == ["at_risk"] + ["disabled"] * 5


def test_a_refund_that_reopens_the_debt_is_a_new_disabling():
    reopened = charge(DUE, paid=((day(120), 20_000), (day(130), -20_000)))
    who = account(reopened, tried=(day(40),), reached=(day(100), day(135)))
    assert [standing(who, day(n)) for n in (119, 120, 129, 130, 134, 135, 148, 149)] == [
        "disabled", "good", "good", "disabled", "disabled", "at_risk", "at_risk", "disabled",
    ]  # fmt: skip


def test_reached_during_a_hold_is_an_attempt_and_leaves_the_return_for_later():
    who = late(reached=(day(105), day(120)), holds=((day(100), day(110)),))
    assert [standing(who, day(n)) for n in (110, 111, 118, 119, 120, 133, 134)] == [
        "at_risk", "disabled", "disabled", "disabled", "at_risk", "at_risk", "disabled",
    ]  # fmt: skip


def test_a_hold_in_between_earns_no_second_return():
    who = late(reached=(day(95), day(130)), holds=((day(115), day(120)),))
    assert [standing(who, day(n)) for n in (108, 109, 115, 120, 121, 130, 131)] == [
        "at_risk", "disabled", "at_risk", "at_risk", "disabled", "disabled", "disabled",
    ]  # fmt: skip


def test_a_hold_that_ends_inside_the_return_leaves_the_rest_of_it():
    who = late(reached=(day(100),), holds=((day(102), day(105)),))
    assert [standing(who, day(n)) for n in (101, 105, 106, 113, 114)] == ["at_risk"] * 4 + ["disabled"]


def test_a_hold_that_outlasts_the_return_lasts_to_its_own_end():
    who = late(reached=(day(100),), holds=((day(102), day(120)),))
    assert [standing(who, day(n)) for n in (113, 114, 120, 121)] == ["at_risk", "at_risk", "at_risk", "disabled"]


def test_reached_while_a_plan_runs_is_an_attempt_and_gives_no_return_after_the_plan():
    owed = charge(DUE)
    plan = plan_of((day(110), 10_000), (day(140), 10_000), charges=(owed,), starts_on=day(95))
    who = account(owed, tried=(day(40),), reached=(day(108),), plans=(plan,))
    assert around(who, day(111)) == ["at_risk", "disabled", "disabled"]


def test_the_policy_of_2011_has_no_return():
    due = date(2011, 2, 1)
    who = account(charge(due), tried=(due,), reached=(due + 100 * DAY,))
    assert around(who, due + 100 * DAY, policies=(POLICY_2011,)) == ["disabled", "disabled", "disabled"]


def test_the_policy_of_2022_has_no_return():
    due = date(2022, 3, 1)
    who = account(charge(due), tried=(due,), reached=(due + 70 * DAY,))
    assert around(who, due + 70 * DAY, policies=(POLICY_2022,)) == ["disabled", "disabled", "disabled"]


def test_a_return_given_before_a_change_of_policy_is_kept_to_its_end():
    # Disabled from 20 December 2021 and reached on the 25th: back through 7 January 2022 under either policy.
    due = date(2021, 12, 20) - 91 * DAY
    who = account(charge(due), tried=(due,), reached=(date(2021, 12, 25),))
    assert around(who, date(2022, 1, 1)) == ["at_risk", "at_risk", "at_risk"]
    assert around(who, date(2022, 1, 8)) == ["at_risk", "disabled", "disabled"]
