"""A second, slow answer to "which standing?": every day in turn, straight from the wording of the rules.

It shares nothing with tequio.rules.standing but the facts it is given. Whoever changes a rule changes it here
too, in the plainest way there is; speed is no concern.

Readings where the wording leaves room:
- a hold and a plan in good order protect the member, whatever else it owes; a plan is over once all it covers is paid;
- a disabling lasts as long as the debts say disabled, so a hold or a plan in between earns no second return;
- inactive counts from the first day of the current unbroken run of disabled days.
"""

from calendar import monthrange
from datetime import date, timedelta

DAY = timedelta(days=1)
LADDER = ["good", "at_risk", "limited", "disabled", "inactive"]


def milder(one: str, other: str) -> str:
    return LADDER[min(LADDER.index(one), LADDER.index(other))]


def harsher(one: str, other: str) -> str:
    return LADDER[max(LADDER.index(one), LADDER.index(other))]


def rule_of(policies, day):
    found = None
    for policy in sorted(policies, key=lambda p: p.valid_from):
        if policy.valid_from <= day:
            found = policy
    return found


def day_zero(due, policies, day):
    """The due date, or so many days after the start of a rule that re-dates what was due before it."""
    zero = due
    for policy in policies:
        if policy.redates_older_by is not None and policy.valid_from <= day and due < policy.valid_from:
            zero = max(zero, policy.valid_from + policy.redates_older_by * DAY)
    return zero


def owing(account, day):
    """Charges invoiced by then, with something left at the end of the day."""
    return [
        c
        for c in account.charges
        if c.invoiced_on <= day and sum(amount for when, amount in c.credits if when <= day) < c.amount
    ]


def plan_is_kept(plan, account, day):
    """Begun, something of it still open, and on the day of every part that has passed all parts so far were paid."""
    if day < plan.starts_on or not any(c.number in plan.charges for c in owing(account, day)):
        return False
    received = [
        (when, amount)
        for c in account.charges
        if c.number in plan.charges
        for when, amount in c.credits
        if when >= plan.starts_on
    ]
    for position, part in enumerate(plan.parts):
        if part.due_on < day:
            asked = sum(p.amount for p in plan.parts[: position + 1])
            if sum(amount for when, amount in received if when <= part.due_on) < asked:
                return False
    return True


def by_age(policy, zero, account, day):
    """What a debt whose day 0 was `zero` leads to."""
    age = (day - zero).days
    found = "good"
    if policy.at_risk_from is not None and age >= policy.at_risk_from:
        found = "at_risk"
    if policy.limited_from is not None and age >= policy.limited_from:
        found = "limited"
    if policy.disabled_from is not None and age >= policy.disabled_from:
        counted = [tried for tried in account.attempts if tried >= zero]
        if not policy.attempt_required or (counted and day > min(counted)):
            found = "disabled"
        else:
            found = harsher(found, "at_risk")
    return found


def by_debts(account, policies, day):
    """What the debts lead to, before holds, plans and returns."""
    policy = rule_of(policies, day)
    overdue = [day_zero(c.due_on, policies, day) for c in owing(account, day)]
    overdue = [zero for zero in overdue if zero < day]
    return by_age(policy, min(overdue), account, day) if overdue else "good"


def inactive_from(policy, began):
    if policy.inactive_after_months is not None:
        months = began.month - 1 + policy.inactive_after_months
        year, month = began.year + months // 12, months % 12 + 1
        return date(year, month, min(began.day, monthrange(year, month)[1]))
    if policy.inactive_after_days is not None:
        return began + policy.inactive_after_days * DAY
    return date.max


def every_day(account, policies, last):
    """The standing on each day from the first of the membership through `last`."""
    answers = {}
    back_until = None  # of the return this disabling had, if it had one
    disabled_since = None
    day = account.since
    while day <= last:
        policy = rule_of(policies, day)
        if any(first <= day and (last is None or day <= last) for first, last in account.away):
            found, debts = "inactive", "good"
        elif policy is None or any(a <= day and (z is None or z >= day) for a, z in account.comps):
            found, debts = "good", "good"
        else:
            found = debts = by_debts(account, policies, day)
            held = any(first <= day <= until for first, until in account.holds)
            if held or any(plan_is_kept(plan, account, day) for plan in account.plans):
                found = milder(found, "at_risk")
        if debts != "disabled":
            back_until = None
        if found != "disabled":
            disabled_since = None
        else:
            gone = disabled_since is not None and day >= inactive_from(policy, disabled_since)
            if day in account.reached and policy.return_days and back_until is None and not gone:
                back_until = day + (policy.return_days - 1) * DAY
            if back_until is not None and day <= back_until:
                found, disabled_since = "at_risk", None
            else:
                disabled_since = disabled_since or day
                if day >= inactive_from(policy, disabled_since):
                    found = "inactive"
        answers[day] = found
        day += DAY
    return answers
