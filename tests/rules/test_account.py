"""The facts standing looks at: what was known on a day, what was open, which policy counted and from when."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from rules.builders import (
    DAY,
    POLICIES,
    POLICY_2011,
    POLICY_2012,
    POLICY_2022,
    SOME,
    account,
    charge,
    plan_of,
)
from rules.strategies import LENGTH, accounts, days
from tequio.rules.account import Account, counts_from, policy_on

DUE = date(2013, 3, 1)


@pytest.mark.parametrize(
    ("paid", "opens"),
    [
        ((), [True, True, True]),
        (((DUE, 20_000),), [True, False, False]),
        (((DUE, 19_999),), [True, True, True]),
        (((DUE - DAY, 5_000), (DUE, 15_000)), [True, False, False]),
        (((DUE, 25_000),), [True, False, False]),
        (((DUE - DAY, 20_000), (DUE, -1)), [False, True, True]),
        (((DUE, 20_000), (DUE, -20_000)), [True, True, True]),
    ],
)
def test_a_charge_is_open_while_anything_is_left_at_the_end_of_the_day(paid, opens):
    owed = charge(DUE, paid=paid)
    assert [owed.is_open(on=DUE + n * DAY) for n in (-1, 0, 1)] == opens


FACTS = account(
    charge(DUE, paid=((DUE + 10 * DAY, 5_000), (DUE + 20 * DAY, 15_000))),
    tried=(DUE + 5 * DAY,),
    reached=(DUE + 15 * DAY,),
    holds=((DUE + 2 * DAY, DUE + 30 * DAY),),
    comps=((DUE + 4 * DAY, None),),
    plans=(plan_of((DUE + 30 * DAY, 20_000), charges=(charge(DUE),), starts_on=DUE + 8 * DAY),),
    away=((DUE + 40 * DAY, None),),
)


def counted(known: Account) -> dict[str, int]:
    return {
        "charges": len(known.charges),
        "credits": sum(len(c.credits) for c in known.charges),
        "attempts": len(known.attempts),
        "reached": len(known.reached),
        "holds": len(known.holds),
        "comps": len(known.comps),
        "plans": len(known.plans),
        "left": len(known.away),
    }


@pytest.mark.parametrize(
    ("day", "arrived"),
    [(-14, "charges"), (2, "holds"), (4, "comps"), (5, "attempts"), (8, "plans"), (10, "credits"), (15, "reached"),
     (20, "credits"), (40, "left")],
)  # fmt: skip
def test_each_fact_is_known_from_its_own_day(day, arrived):
    before, then = (counted(FACTS.known_on(on=DUE + n * DAY)) for n in (day - 1, day))
    changed = {name for name in then if then[name] != before[name]}
    assert changed == ({"attempts", "reached"} if arrived == "reached" else {arrived})


def test_an_agreement_is_known_whole_from_its_first_day():
    known = FACTS.known_on(on=DUE + 9 * DAY)
    assert (known.holds, known.comps, known.plans) == (FACTS.holds, FACTS.comps, FACTS.plans)


def test_on_the_last_day_of_all_everything_is_known():
    assert FACTS.known_on(on=DUE + 40 * DAY) == FACTS


@SOME
@given(who=accounts(), one=days(0, LENGTH), other=days(0, LENGTH))
def test_knowing_through_two_days_is_knowing_through_the_earlier(who, one, other):
    assert who.known_on(on=one).known_on(on=other) == who.known_on(on=min(one, other))


@pytest.mark.parametrize(
    ("on", "policy"),
    [
        (date(2010, 12, 31), None),
        (date(2011, 1, 1), POLICY_2011),
        (date(2011, 12, 31), POLICY_2011),
        (date(2012, 1, 1), POLICY_2012),
        (date(2021, 12, 31), POLICY_2012),
        (date(2022, 1, 1), POLICY_2022),
        (date(2099, 1, 1), POLICY_2022),
    ],
)
def test_the_policy_in_force_is_the_last_to_have_begun(on, policy):
    assert policy_on(policies=POLICIES, on=on) == policy
    assert policy_on(policies=POLICIES[::-1], on=on) == policy


def test_without_policies_none_is_in_force():
    assert policy_on(policies=(), on=DUE) is None


@pytest.mark.parametrize(
    ("due", "on", "day_0"),
    [
        (date(2010, 3, 1), date(2010, 12, 31), date(2010, 3, 1)),
        (date(2010, 3, 1), date(2011, 1, 1), date(2011, 4, 1)),
        (date(2010, 12, 31), date(2011, 1, 1), date(2011, 4, 1)),
        (date(2011, 1, 1), date(2011, 1, 1), date(2011, 1, 1)),
        (date(2011, 1, 2), date(2011, 6, 1), date(2011, 1, 2)),
        (date(2010, 3, 1), date(2012, 1, 1), date(2011, 4, 1)),
        (date(2010, 3, 1), date(2023, 1, 1), date(2011, 4, 1)),
        (date(2021, 12, 1), date(2022, 1, 1), date(2021, 12, 1)),
    ],
)
def test_day_0_is_the_due_date_unless_the_rule_of_2011_moved_it(due, on, day_0):
    assert counts_from(due=due, policies=POLICIES, on=on) == day_0


def test_two_transitional_rules_move_day_0_to_the_later():
    again = replace(POLICY_2012, redates_older_by=30)
    policies = (POLICY_2011, again)
    days_0 = [
        counts_from(due=date(2010, 3, 1), policies=policies, on=on) for on in (date(2011, 5, 1), date(2012, 5, 1))
    ]
    assert days_0 == [date(2011, 4, 1), date(2012, 1, 31)]


def test_each_plan_ends_the_day_after_the_instalment_that_would_be_missed_next():
    owed = charge(DUE, paid=((DUE + 10 * DAY, 10_000),))
    parts = ((DUE + 10 * DAY, 10_000), (DUE + 40 * DAY, 10_000))
    first = plan_of(*parts, charges=(owed,), starts_on=DUE)
    second = plan_of(*parts, charges=(owed,), starts_on=DUE + 11 * DAY)
    kept = plan_of((DUE + 40 * DAY, 10_000), charges=(owed,), starts_on=DUE)
    who = account(owed, plans=(first, second, kept))
    assert who.plan_ends() == ((first, DUE + 41 * DAY), (second, DUE + 11 * DAY), (kept, None))
