"""Every threshold of every payment policy: the day before it, the day itself, the day after.

Day 0 is the due date, and somebody tried to reach the member on it. Each row: day, standing, and what comes next.
"""

from dataclasses import replace
from datetime import date

import pytest

from rules.builders import (
    DAY,
    LIMITED,
    POLICIES,
    POLICY_2011,
    POLICY_2012,
    POLICY_2022,
    account,
    charge,
    follows,
    verdict,
)
from tequio.rules.standing import Cause

DUE_2011, DUE_2012, DUE_2022, DUE_LIMITED = date(2011, 2, 1), date(2013, 3, 1), date(2022, 3, 1), date(2017, 3, 1)

# 180 days after day 91 is day 271.
ROWS_2011 = [
    (-1, "good", ("at_risk", 31)),
    (0, "good", ("at_risk", 31)),
    (1, "good", ("at_risk", 31)),
    (29, "good", ("at_risk", 31)),
    (30, "good", ("at_risk", 31)),
    (31, "at_risk", ("disabled", 91)),
    (32, "at_risk", ("disabled", 91)),
    (60, "at_risk", ("disabled", 91)),
    (89, "at_risk", ("disabled", 91)),
    (90, "at_risk", ("disabled", 91)),
    (91, "disabled", ("inactive", 271)),
    (92, "disabled", ("inactive", 271)),
    (105, "disabled", ("inactive", 271)),
    (269, "disabled", ("inactive", 271)),
    (270, "disabled", ("inactive", 271)),
    (271, "inactive", None),
    (272, "inactive", None),
    (333, "inactive", None),
]
# Day 91 is 31 May 2013; three calendar months later is 31 August, day 183.
ROWS_2012 = [
    (-1, "good", ("at_risk", 31)),
    (0, "good", ("at_risk", 31)),
    (1, "good", ("at_risk", 31)),
    (29, "good", ("at_risk", 31)),
    (30, "good", ("at_risk", 31)),
    (31, "at_risk", ("disabled", 91)),
    (32, "at_risk", ("disabled", 91)),
    (89, "at_risk", ("disabled", 91)),
    (90, "at_risk", ("disabled", 91)),
    (91, "disabled", ("inactive", 183)),
    (92, "disabled", ("inactive", 183)),
    (181, "disabled", ("inactive", 183)),
    (182, "disabled", ("inactive", 183)),
    (183, "inactive", None),
    (184, "inactive", None),
    (1000, "inactive", None),
]
ROWS_2022 = [
    (-1, "good", ("at_risk", 61)),  # the attempt of the due date is not known the day before
    (0, "good", ("disabled", 61)),
    (1, "good", ("disabled", 61)),
    (30, "good", ("disabled", 61)),
    (31, "good", ("disabled", 61)),
    (32, "good", ("disabled", 61)),
    (59, "good", ("disabled", 61)),
    (60, "good", ("disabled", 61)),
    (61, "disabled", ("inactive", 91)),
    (62, "disabled", ("inactive", 91)),
    (89, "disabled", ("inactive", 91)),
    (90, "disabled", ("inactive", 91)),
    (91, "inactive", None),
    (92, "inactive", None),
    (1000, "inactive", None),
]
# Day 121 is 30 June 2017; three calendar months later is 30 September, day 213.
ROWS_LIMITED = [
    (-1, "good", ("at_risk", 31)),
    (0, "good", ("at_risk", 31)),
    (1, "good", ("at_risk", 31)),
    (30, "good", ("at_risk", 31)),
    (31, "at_risk", ("limited", 61)),
    (32, "at_risk", ("limited", 61)),
    (59, "at_risk", ("limited", 61)),
    (60, "at_risk", ("limited", 61)),
    (61, "limited", ("disabled", 121)),
    (62, "limited", ("disabled", 121)),
    (119, "limited", ("disabled", 121)),
    (120, "limited", ("disabled", 121)),
    (121, "disabled", ("inactive", 213)),
    (122, "disabled", ("inactive", 213)),
    (211, "disabled", ("inactive", 213)),
    (212, "disabled", ("inactive", 213)),
    (213, "inactive", None),
    (214, "inactive", None),
]
BEGAN = {
    POLICY_2011.code: {"at_risk": 31, "disabled": 91, "inactive": 271},
    POLICY_2012.code: {"at_risk": 31, "disabled": 91, "inactive": 183},
    POLICY_2022.code: {"disabled": 61, "inactive": 91},
    LIMITED.code: {"at_risk": 31, "limited": 61, "disabled": 121, "inactive": 213},
}
TABLE = [
    pytest.param(policy, due, *row, id=f"{policy.valid_from.year}-{policy.code.split('-')[1]}-day-{row[0]}")
    for policy, due, rows in (
        (POLICY_2011, DUE_2011, ROWS_2011),
        (POLICY_2012, DUE_2012, ROWS_2012),
        (POLICY_2022, DUE_2022, ROWS_2022),
        (LIMITED, DUE_LIMITED, ROWS_LIMITED),
    )
    for row in rows
]


@pytest.mark.parametrize(("policy", "due", "day", "standing", "then"), TABLE)
def test_each_boundary_day_of_a_policy_by_itself(policy, due, day, standing, then):
    found = verdict(account(charge(due), tried=(due,)), due + day * DAY, policies=(policy,))
    expected = None if then is None else (then[0], due + then[1] * DAY)
    assert (found.standing.value, follows(found), found.policy) == (standing, expected, policy)


@pytest.mark.parametrize(("policy", "due", "day", "standing", "then"), TABLE)
def test_each_standing_is_dated_from_its_first_day(policy, due, day, standing, then):
    who = account(charge(due), tried=(due,))
    found = verdict(who, due + day * DAY, policies=(policy,))
    began = BEGAN[policy.code].get(standing)
    assert found.since == (who.since if began is None else due + began * DAY)


@pytest.mark.parametrize(
    ("policy", "due", "day", "standing"),
    [
        pytest.param(policy, due, day, standing, id=f"{policy.code}-day-{day}")
        for policy, due, rows in (
            (POLICY_2011, DUE_2011, ROWS_2011),
            (POLICY_2012, DUE_2012, ROWS_2012),
            (POLICY_2022, DUE_2022, ROWS_2022),
        )
        for day, standing, _ in rows
        if (due + day * DAY).year < due.year + 2
    ],
)
def test_the_policy_of_the_year_decides_where_all_policies_are_known(policy, due, day, standing):
    found = verdict(account(charge(due), tried=(due,)), due + day * DAY, policies=POLICIES)
    assert (found.standing.value, found.policy) == (standing, policy)


@pytest.mark.parametrize(
    ("policy", "due", "day", "standing", "cause"),
    [
        (POLICY_2011, DUE_2011, 90, "at_risk", Cause.DAYS),
        (POLICY_2011, DUE_2011, 91, "at_risk", Cause.ATTEMPT_MISSING),
        (POLICY_2011, DUE_2011, 300, "at_risk", Cause.ATTEMPT_MISSING),
        (POLICY_2012, DUE_2012, 90, "at_risk", Cause.DAYS),
        (POLICY_2012, DUE_2012, 91, "at_risk", Cause.ATTEMPT_MISSING),
        (POLICY_2012, DUE_2012, 1000, "at_risk", Cause.ATTEMPT_MISSING),
        (POLICY_2022, DUE_2022, 60, "good", Cause.DAYS),
        (POLICY_2022, DUE_2022, 61, "at_risk", Cause.ATTEMPT_MISSING),
        (POLICY_2022, DUE_2022, 1000, "at_risk", Cause.ATTEMPT_MISSING),
        (LIMITED, DUE_LIMITED, 120, "limited", Cause.DAYS),
        (LIMITED, DUE_LIMITED, 121, "limited", Cause.ATTEMPT_MISSING),
        (LIMITED, DUE_LIMITED, 1000, "limited", Cause.ATTEMPT_MISSING),
    ],
)
def test_nobody_is_disabled_until_somebody_tried(policy, due, day, standing, cause):
    found = verdict(account(charge(due)), due + day * DAY, policies=(policy,))
    assert (found.standing.value, found.cause) == (standing, cause)


@pytest.mark.parametrize(
    ("days", "charged", "cause"),
    [(-1, None, Cause.NOTHING_OVERDUE), (0, None, Cause.NOTHING_OVERDUE), (1, 1, Cause.DAYS), (30, 30, Cause.DAYS)],
)
def test_a_charge_is_overdue_from_the_day_after_its_due_date(days, charged, cause):
    found = verdict(account(charge(DUE_2012)), DUE_2012 + days * DAY)
    assert (found.days, found.cause) == (charged, cause)


def test_on_the_due_date_itself_nothing_is_overdue_whatever_else_changes_that_day():
    found = verdict(account(charge(DUE_2012), tried=(DUE_2012 - DAY,), reached=(DUE_2012,)), DUE_2012)
    assert (found.charge, found.days, found.cause) == (None, None, Cause.NOTHING_OVERDUE)


@pytest.mark.parametrize(
    ("disabled_on", "inactive_on"),
    [
        (date(2012, 11, 30), date(2013, 2, 28)),
        (date(2015, 11, 30), date(2016, 2, 29)),
        (date(2015, 11, 29), date(2016, 2, 29)),
        (date(2014, 11, 29), date(2015, 2, 28)),
        (date(2014, 11, 28), date(2015, 2, 28)),
        (date(2015, 12, 1), date(2016, 3, 1)),
        (date(2016, 2, 29), date(2016, 5, 29)),
        (date(2013, 5, 31), date(2013, 8, 31)),
        (date(2013, 3, 31), date(2013, 6, 30)),
    ],
)
def test_inactive_comes_three_calendar_months_after_disabling(disabled_on, inactive_on):
    due = disabled_on - 91 * DAY
    who = account(charge(due), tried=(due,))
    assert [
        (verdict(who, day).standing.value, follows(verdict(who, day)))
        for day in (disabled_on, inactive_on - DAY, inactive_on)
    ] == [("disabled", ("inactive", inactive_on)), ("disabled", ("inactive", inactive_on)), ("inactive", None)]


def test_inactive_lasts_for_good_and_is_dated_from_its_own_first_day():
    who = account(charge(DUE_2012), tried=(DUE_2012,))
    found = verdict(who, date(2021, 12, 31))
    assert (found.standing.value, found.since, follows(found)) == ("inactive", date(2013, 8, 31), None)


def test_a_policy_with_no_thresholds_draws_no_consequence():
    nothing = replace(POLICY_2012, at_risk_from=None, disabled_from=None)
    found = verdict(account(charge(DUE_2012), tried=(DUE_2012,)), DUE_2012 + 999 * DAY, policies=(nothing,))
    assert (found.standing.value, found.days, follows(found)) == ("good", 999, None)


def test_a_policy_that_asks_for_no_attempt_disables_on_its_day():
    strict = replace(POLICY_2012, attempt_required=False)
    who = account(charge(DUE_2012))
    found = [verdict(who, DUE_2012 + n * DAY, policies=(strict,)).standing.value for n in (90, 91, 92)]
    assert found == ["at_risk", "disabled", "disabled"]


def test_a_policy_without_a_day_for_inactive_stays_disabled():
    patient = replace(POLICY_2012, inactive_after_months=None)
    found = verdict(account(charge(DUE_2012), tried=(DUE_2012,)), DUE_2012 + 5000 * DAY, policies=(patient,))
    assert (found.standing.value, found.since, follows(found)) == ("disabled", DUE_2012 + 91 * DAY, None)
