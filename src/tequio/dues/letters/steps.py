"""What follows from what a member owes, and when: asked of the rule that decides standing, never worked out again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tequio.dues.letters.about import Step
from tequio.rules.account import Account, PaymentPolicy, counts_from, policy_on
from tequio.rules.standing import Standing, standing_on

_MOST = 6  # changes looked at; standings are five
_TOLD = (Standing.AT_RISK, Standing.LIMITED, Standing.DISABLED)


def steps_after(
    *, account: Account, policies: Sequence[PaymentPolicy], works: Mapping[str, Mapping[str, Any]], on: date
) -> tuple[Step, ...]:
    """The changes for the worse after a day if nothing is paid or agreed, in the order of days.

    A policy may switch nothing off before a person has tried to reach the member. Whether somebody will try is not
    known, so that step is told for the earliest day it could come, marked `needs_attempt`. `works` are what each
    policy (by code) says of each standing.
    """
    policy = policy_on(policies=policies, on=on)
    zeros = [counts_from(due=c.due_on, policies=policies, on=on) for c in account.charges if c.is_open(on=on)]
    if policy is None or not zeros:
        return ()
    found = _changes(account=account, policies=policies, on=on)
    if policy.attempt_required and policy.disabled_from is not None and Standing.DISABLED not in found.values():
        tried = max(on, min(zeros) + timedelta(days=policy.disabled_from - 1))
        supposed = replace(account, attempts=(*account.attempts, tried))
        later = _changes(account=supposed, policies=policies, on=tried)
        pauses = {day: standing for day, standing in later.items() if standing is Standing.DISABLED}
    else:
        pauses = {}
    steps = [
        _step(on=day, standing=standing, supposed=day in pauses, policies=policies, works=works)
        for day, standing in sorted((found | pauses).items())
        if standing in _TOLD
    ]
    return tuple(steps)


def _changes(*, account: Account, policies: Sequence[PaymentPolicy], on: date) -> dict[date, Standing]:
    """Each change of standing after a day, by its day."""
    found: dict[date, Standing] = {}
    verdict = standing_on(account=account, policies=policies, on=on)
    while verdict.next_on is not None and verdict.next_standing is not None and len(found) < _MOST:
        found[verdict.next_on] = verdict.next_standing
        if verdict.next_standing is Standing.DISABLED:
            break  # what comes after that is told by whoever suspends
        verdict = standing_on(account=account, policies=policies, on=verdict.next_on)
    return found


def _step(
    *,
    on: date,
    standing: Standing,
    supposed: bool,
    policies: Sequence[PaymentPolicy],
    works: Mapping[str, Mapping[str, Any]],
) -> Step:
    policy = policy_on(policies=policies, on=on)
    said = works.get(policy.code, {}).get(standing.value, {}) if policy else {}
    pauses = standing is Standing.DISABLED
    return Step(
        on=on,
        standing=standing,
        needs_attempt=supposed,
        all_works=not said and not pauses,
        mail_kept=pauses and "mail" in said.get("hold", ()),
        return_days=policy.return_days if policy and pauses else None,
    )
