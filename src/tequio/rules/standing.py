"""Which standing does a member have on a day, since when, why, and what comes next?

A pure function of the account, the dated payment policies and a day. It answers for any day, past or to come, with
what was known on it. Source of every threshold: the payment policy in force on the day asked.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from tequio.rules import standing_reasons as why
from tequio.rules.account import Account, Charge, PaymentPolicy, PlanEnd, counts_from, policy_on
from tequio.rules.periods import add_months
from tequio.rules.reasons import Text

DAY = timedelta(days=1)


class Standing(StrEnum):
    """How a member stands, best first."""

    GOOD = "good"
    AT_RISK = "at_risk"
    LIMITED = "limited"
    DISABLED = "disabled"
    INACTIVE = "inactive"


STANDING_NAMES = {
    Standing.GOOD: Text(en="good standing", es="al corriente"),
    Standing.AT_RISK: Text(en="at risk", es="en riesgo"),
    Standing.LIMITED: Text(en="limited", es="limitada"),
    Standing.DISABLED: Text(en="disabled", es="suspendida"),
    Standing.INACTIVE: Text(en="inactive", es="inactiva"),
}
_SEVERITY = {standing: position for position, standing in enumerate(Standing)}


class Cause(StrEnum):
    """What decided a standing; each has its sentence in standing_reasons.py."""

    NOTHING_OVERDUE = "nothing_overdue"
    DAYS = "days"
    ATTEMPT_MISSING = "attempt_missing"
    HOLD = "hold"
    PLAN = "plan"
    RETURNED = "returned"
    COMPED = "comped"
    LEFT = "left"
    NOT_YET = "not_yet"
    NO_POLICY = "no_policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer for one day. `days` counts from the due date of the charge that decided, None where none did."""

    standing: Standing
    since: date
    cause: Cause
    reason: Text
    charge: str | None
    days: int | None
    policy: PaymentPolicy | None
    next_standing: Standing | None
    next_on: date | None


@dataclass(frozen=True, slots=True)
class _State:
    """What holds from one day until the next boundary."""

    day: date
    standing: Standing
    cause: Cause
    charge: Charge | None
    policy: PaymentPolicy | None
    until: date | None = None


def standing_on(*, account: Account, policies: Sequence[PaymentPolicy], on: date) -> Verdict:
    """The standing of an account on a day, with its reason, its beginning and what follows.

    What happened after `on` is not looked at, so the answer for a past day is the one that was true then. What
    follows is what these facts lead to if nothing else happens: no payment, no contact, no new agreement.
    """
    known = account.known_on(on=on)
    current: _State | None = None
    since = known.since
    following: _State | None = None
    for state in _states(account=known, policies=policies):
        if state.day <= on:
            if current is None or state.standing != current.standing:
                since = state.day
            current = state
        elif current is not None and state.standing != current.standing:
            following = state
            break
    if current is None:  # asked for a day before the member joined
        current = _State(on, Standing.INACTIVE, Cause.NOT_YET, None, policy_on(policies=policies, on=on))
        since = on
    days = None
    if current.charge is not None:
        days = (on - counts_from(due=current.charge.due_on, policies=policies, on=on)).days
    return Verdict(
        standing=current.standing,
        since=since,
        cause=current.cause,
        reason=_reason(state=current, policies=policies, account=known, on=on),
        charge=current.charge.number if current.charge else None,
        days=days,
        policy=current.policy,
        next_standing=following.standing if following else None,
        next_on=following.day if following else None,
    )


def _states(*, account: Account, policies: Sequence[PaymentPolicy]) -> Iterator[_State]:
    """What holds from each day on which anything can change, in order of days.

    Between two boundaries nothing changes, so walking them is walking every day. Two things depend on the walk
    itself: the disabled stretch (inactive is counted from its first day) and the return after being reached
    (once for each disabling). Both put their own last day on the list as they begin.
    """
    plan_ends = account.plan_ends()
    boundaries = _boundaries(account=account, policies=policies, plan_ends=plan_ends)
    heapq.heapify(boundaries)
    stretch_began: date | None = None  # first day of the disabled stretch we are in
    return_until: date | None = None  # last day of the return given in this disabling
    last: date | None = None
    while boundaries:
        day = heapq.heappop(boundaries)
        if day == last or day < account.since:
            continue
        last = day
        state = _by_charges(account=account, policies=policies, day=day)
        if state.standing is not Standing.DISABLED:
            return_until = None  # this disabling is over; another one has a return of its own
        state = _paused(account=account, plan_ends=plan_ends, state=state)
        policy = state.policy
        if state.standing is not Standing.DISABLED or policy is None:
            stretch_began = None
            yield state
            continue
        inactive_on = _inactive_on(policy=policy, began=stretch_began or day)
        gone = inactive_on is not None and day >= inactive_on
        if return_until is None and not gone and policy.return_days and day in account.reached:
            return_until = day + policy.return_days * DAY - DAY
            heapq.heappush(boundaries, return_until + DAY)
        if return_until is not None and day <= return_until:
            stretch_began = None
            yield replace(state, standing=Standing.AT_RISK, cause=Cause.RETURNED, until=return_until)
            continue
        stretch_began = stretch_began or day
        if inactive_on is not None and not gone:
            heapq.heappush(boundaries, inactive_on)
        yield replace(state, standing=Standing.INACTIVE if gone else Standing.DISABLED, until=stretch_began)


def _paused(*, account: Account, plan_ends: Sequence[PlanEnd], state: _State) -> _State:
    """The state under a hold or a plan in good order: at worst at risk, and the days go on counting.

    A plan is in good order from its first day while no instalment of it was missed and something it covers is open.
    """
    if _SEVERITY[state.standing] <= _SEVERITY[Standing.AT_RISK] or state.charge is None:
        return state
    day = state.day
    held = [until for first, until in account.holds if first <= day <= until]
    if held:
        return replace(state, standing=Standing.AT_RISK, cause=Cause.HOLD, until=max(held))
    for plan, broken in plan_ends:
        runs = plan.starts_on <= day and (broken is None or day < broken)
        if runs and any(c.number in plan.charges and c.is_open(on=day) for c in account.charges):
            return replace(state, standing=Standing.AT_RISK, cause=Cause.PLAN)
    return state


def _by_charges(*, account: Account, policies: Sequence[PaymentPolicy], day: date) -> _State:
    """What the charges alone say on a day, before holds, plans and returns: the worst, the oldest among equals."""
    policy = policy_on(policies=policies, on=day)
    left = [first for first, last in account.away if first <= day and (last is None or day <= last)]
    if left:
        return _State(day, Standing.INACTIVE, Cause.LEFT, None, policy, min(left))
    if policy is None:
        return _State(day, Standing.GOOD, Cause.NO_POLICY, None, None)
    comps = [until for first, until in account.comps if first <= day and (until is None or day <= until)]
    if comps:
        return _State(
            day, Standing.GOOD, Cause.COMPED, None, policy, None if None in comps else max(filter(None, comps))
        )
    worst: _State | None = None
    dated = [(counts_from(due=c.due_on, policies=policies, on=day), c.due_on, c.number, c) for c in account.charges]
    for zero, _, _, charge in sorted(dated, key=lambda row: row[:3]):
        if zero >= day or not charge.is_open(on=day):
            continue
        standing, cause = _by_days(account=account, policy=policy, due=zero, day=day)
        if worst is None or _SEVERITY[standing] > _SEVERITY[worst.standing]:
            worst = _State(day, standing, cause, charge, policy)
    return worst or _State(day, Standing.GOOD, Cause.NOTHING_OVERDUE, None, policy)


def _by_days(*, account: Account, policy: PaymentPolicy, due: date, day: date) -> tuple[Standing, Cause]:
    """The standing one open charge leads to by its age, given who tried to reach the member and when.

    Nobody is disabled before a person tried: an attempt counts if dated on or after the due date, and disabled
    begins the day after the first one at the earliest.
    """
    days = (day - due).days
    missing = False
    if policy.disabled_from is not None and days >= policy.disabled_from:
        if not policy.attempt_required or any(due <= tried < day for tried in account.attempts):
            return Standing.DISABLED, Cause.DAYS
        missing = True
    cause = Cause.ATTEMPT_MISSING if missing else Cause.DAYS
    if policy.limited_from is not None and days >= policy.limited_from:
        return Standing.LIMITED, cause
    if missing or (policy.at_risk_from is not None and days >= policy.at_risk_from):
        return Standing.AT_RISK, cause
    return Standing.GOOD, Cause.DAYS


def _inactive_on(*, policy: PaymentPolicy, began: date) -> date | None:
    """When a disabled stretch that began on a day turns inactive; months are calendar months."""
    if policy.inactive_after_months is not None:
        return add_months(day=began, months=policy.inactive_after_months)
    if policy.inactive_after_days is not None:
        return began + policy.inactive_after_days * DAY
    return None


def _boundaries(*, account: Account, policies: Sequence[PaymentPolicy], plan_ends: Sequence[PlanEnd]) -> list[date]:
    """Every day on which something known can change the standing, in no order, some of them twice."""
    days = [account.since]
    days += [p.valid_from for p in policies]
    for charge in account.charges:
        days += [charge.invoiced_on, *(day for day, _ in charge.credits)]
        for policy in policies:
            zero = counts_from(due=charge.due_on, policies=policies, on=max(policy.valid_from, charge.due_on))
            thresholds = (1, policy.at_risk_from, policy.limited_from, policy.disabled_from)
            days += [zero + n * DAY for n in thresholds if n is not None]
    days += account.attempts
    days += [tried + DAY for tried in account.attempts]
    days += account.reached
    for first, until in [*account.holds, *account.comps, *account.away]:
        days.append(first)
        if until is not None and until < date.max:  # the last day there is has none after it
            days.append(until + DAY)
    days += [p.starts_on for p in account.plans]
    days += [broken for _, broken in plan_ends if broken is not None]
    return days


def _reason(*, state: _State, policies: Sequence[PaymentPolicy], account: Account, on: date) -> Text:
    """The sentence for a state on a day, in both languages."""
    charge, policy = state.charge, state.policy
    if charge is None or policy is None:
        return why.without_charge(cause=state.cause.value, until=state.until)
    zero = counts_from(due=charge.due_on, policies=policies, on=on)
    overdue = why.overdue(charge=charge, zero=zero, days=(on - zero).days)
    if state.cause is Cause.ATTEMPT_MISSING:
        return why.attempt_missing(
            overdue=overdue,
            policy=policy,
            limited=state.standing is Standing.LIMITED,
            tried_today=on in account.attempts,
        )
    if state.cause is Cause.HOLD:
        return why.held(overdue=overdue, until=state.until)
    if state.cause is Cause.PLAN:
        return why.planned(overdue=overdue)
    if state.cause is Cause.RETURNED:
        return why.returned(overdue=overdue, policy=policy, until=state.until)
    return why.by_age(standing=state.standing.value, overdue=overdue, policy=policy, disabled_since=state.until)
