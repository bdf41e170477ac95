"""What holds of every account under every policy. The reference is reference.py, day by day."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from rules.builders import DAY, MANY, POLICIES, SOME, follows, standing, verdict
from rules.reference import every_day, owing
from rules.strategies import (
    END,
    LENGTH,
    START,
    accounts,
    days,
    policies,
    reached_accounts,
    returning_policies,
)
from tequio.rules.account import counts_from
from tequio.rules.standing import Cause, Standing

EVERY_DAY = [START + n * DAY for n in range(LENGTH)]


def run_began(answers, day):
    """The first day of the unbroken run of equal answers that `day` stands in."""
    while day - DAY in answers and answers[day - DAY] == answers[day]:
        day -= DAY
    return day


def first_change(answers, day, last):
    """The next day with another answer, and that answer."""
    later = day + DAY
    while later <= last:
        if answers[later] != answers[day]:
            return answers[later], later
        later += DAY
    return None


@MANY
@given(who=accounts(), rules=policies())
def test_every_day_agrees_with_the_slow_reference(who, rules):
    answers = every_day(who, rules, END)
    found = {day: standing(who, day, policies=rules) for day in EVERY_DAY}
    assert found == {day: answers[day] for day in EVERY_DAY}


@MANY
@given(who=reached_accounts(), rules=returning_policies())
def test_every_day_agrees_with_the_slow_reference_where_members_are_reached_again_and_again(who, rules):
    answers = every_day(who, rules, END)
    found = {day: standing(who, day, policies=rules) for day in EVERY_DAY}
    assert found == {day: answers[day] for day in EVERY_DAY}


@MANY
@given(who=accounts(), rules=policies(), on=days(0, LENGTH - 1))
def test_since_and_next_are_the_ends_of_the_run_of_days_if_nothing_else_happens(who, rules, on):
    last = on + 150 * DAY
    answers = every_day(who.known_on(on=on), rules, last)
    now = verdict(who, on, policies=rules)
    assert (now.since, follows(now)) == (run_began(answers, on), first_change(answers, on, last))


@SOME
@given(who=accounts(), rules=policies(), on=days(0, LENGTH - 1))
def test_next_comes_true_when_asked_again_on_each_day_until_then(who, rules, on):
    known = who.known_on(on=on)
    now = verdict(who, on, policies=rules)
    last = now.next_on or on + 60 * DAY
    asked = {}
    day = on
    while day <= last:
        asked[day] = standing(known, day, policies=rules)
        day += DAY
    assert follows(now) == first_change(asked, on, last)


@SOME
@given(who=accounts(), on=days(0, LENGTH - 1))
def test_the_policies_of_the_organization_agree_with_the_reference_to_the_end(who, on):
    known = who.known_on(on=on)
    last = on + 250 * DAY
    answers = every_day(known, POLICIES, last)
    now = verdict(who, on)
    assert (now.standing.value, now.since, follows(now)) == (
        answers[on],
        run_began(answers, on),
        first_change(answers, on, last),
    )


@SOME
@given(who=accounts(), rules=policies(), on=days(0, LENGTH - 1))
def test_what_happens_later_leaves_a_past_answer_alone(who, rules, on):
    assert verdict(who, on, policies=rules) == verdict(who.known_on(on=on), on, policies=rules)


@SOME
@given(who=accounts(), rules=policies(), on=days(0, LENGTH - 1), shuffled=st.randoms(use_true_random=False))
def test_the_order_of_the_facts_means_nothing(who, rules, on, shuffled):
    def mixed(facts):
        return tuple(shuffled.sample(facts, len(facts)))

    other = replace(
        who,
        charges=mixed([replace(c, credits=mixed(c.credits)) for c in who.charges]),
        attempts=mixed(who.attempts),
        reached=mixed(who.reached),
        holds=mixed(who.holds),
        plans=mixed(who.plans),
    )
    assert verdict(other, on, policies=mixed(rules)) == verdict(who, on, policies=rules)


@SOME
@given(who=accounts(with_plans=False), rules=policies(), paid_on=days(0, 80), on=days(0, LENGTH - 1), data=st.data())
def test_a_part_payment_alone_changes_nothing(who, rules, paid_on, on, data):
    position = data.draw(st.integers(0, len(who.charges) - 1))
    old = who.charges[position]
    # The least that was ever left from that day on, so that the payment never completes the charge later.
    left = min(
        old.amount - sum(amount for day, amount in old.credits if day <= later)
        for later in [paid_on, *(day for day, _ in old.credits if day >= paid_on)]
    )
    assume(left > 1)
    part = data.draw(st.integers(1, left - 1))
    changed = replace(old, credits=(*old.credits, (paid_on, part)))
    charges = tuple(changed if c is old else c for c in who.charges)
    before, after = (verdict(w, on, policies=rules) for w in (who, replace(who, charges=charges)))
    assert after == before


@SOME
@given(who=accounts(may_leave=False), rules=policies(), on=days(0, LENGTH - 1))
def test_paying_everything_gives_good_standing_the_same_day(who, rules, on):
    known = who.known_on(on=on)
    owed = owing(known, on)
    settled = tuple(
        replace(c, credits=(*c.credits, (on, c.amount - sum(amount for _, amount in c.credits)))) if c in owed else c
        for c in known.charges
    )
    now = verdict(replace(known, charges=settled), on, policies=rules)
    assert (now.standing, now.charge, now.days) == (Standing.GOOD, None, None)


@SOME
@given(who=accounts(with_attempts=False, may_leave=False), rules=policies(attempt_required=True))
def test_nobody_is_disabled_or_inactive_whom_nobody_tried_to_reach(who, rules):
    cut_off = [day for day in EVERY_DAY if standing(who, day, policies=rules) in {"disabled", "inactive"}]
    assert cut_off == []


@SOME
@given(who=accounts(may_leave=False), rules=policies(attempt_required=True))
def test_who_is_disabled_was_tried_after_the_debt_was_due_and_before_that_day(who, rules):
    due_on = {c.number: c.due_on for c in who.charges}
    untried = []
    for day in EVERY_DAY:
        now = verdict(who, day, policies=rules)
        if now.standing in {Standing.DISABLED, Standing.INACTIVE}:
            zero = counts_from(due=due_on[now.charge], policies=rules, on=day)
            untried += [] if any(zero <= tried < day for tried in who.attempts) else [day]
    assert untried == []


@SOME
@given(who=accounts(may_leave=False), rules=policies(), on=days(0, LENGTH - 1))
def test_nobody_is_worse_than_at_risk_during_a_hold(who, rules, on):
    held = replace(who, holds=((on - 3 * DAY, on),))
    assert standing(held, on, policies=rules) in {"good", "at_risk"}


@SOME
@given(who=accounts(), rules=policies(), on=days(0, LENGTH - 1))
def test_a_verdict_names_a_charge_and_its_days_together_and_only_where_a_debt_decided(who, rules, on):
    now = verdict(who, on, policies=rules)
    without = now.cause in {Cause.NOTHING_OVERDUE, Cause.COMPED, Cause.LEFT, Cause.NO_POLICY, Cause.NOT_YET}
    assert (now.charge is None, now.days is None) == (without, without)
    assert now.days is None or now.days >= 1
