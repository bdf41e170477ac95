"""When a proposal may be voted: hours of review after its last change, delays, and the sitting it comes before.

Moments are handed in with their zone; an hour of review is an hour of the clock on the wall of no city: seventy-two
hours are seventy-two hours, also where the clocks change in between in one country and not in the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tequio.rules.deciding import RuleOfDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """Somebody holds a proposal back: who, since when, for how many days."""

    by: str
    at: datetime
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A coming meeting of the body, or the opening of a vote online."""

    code: str
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The sitting a proposal comes before, or none; and for a sitting it missed, when it should have been there.

    One that came in time and missed it all the same was held back by somebody.
    """

    sitting: Sitting | None
    ready_at: datetime
    missed: Sitting | None = None
    should_have_come_at: datetime | None = None


def ready_at(*, rule: RuleOfDecision, changed_at: datetime, delays: Sequence[Delay] = ()) -> datetime:
    """The first moment at which a proposal may be voted.

    `changed_at` is its last change of words or effects: it starts the hours anew, and delays from before it are spent,
    for what they asked time to read is there no more. Each person delays once, `delay_days` at most. Days of delay
    begin when it would have been ready; for one that has been ready for some time, when the delay is asked for.
    """
    spent: set[str] = set()
    ready = changed_at + timedelta(hours=rule.review_hours)
    for delay in sorted(delays, key=lambda one: (one.at, one.by)):
        if delay.by in spent:
            continue
        spent.add(delay.by)
        if delay.at >= changed_at:
            ready = max(ready, delay.at) + timedelta(days=max(0, min(delay.days, rule.delay_days)))
    return ready


def may_delay(*, by: str, days: int, delays: Sequence[Delay], rule: RuleOfDecision) -> bool:
    """Whether a person may hold a proposal back for so many days: once, and not longer than the rule says."""
    return 0 < days <= rule.delay_days and all(delay.by != by for delay in delays)


def slot_of(
    *,
    rule: RuleOfDecision,
    changed_at: datetime,
    sittings: Sequence[Sitting],
    now: datetime,
    delays: Sequence[Delay] = (),
    overridden: frozenset[str] = frozenset(),
) -> Slot:
    """The sitting a proposal comes before: the first that begins when it is ready.

    A sitting it is too late for is named with the hour the proposal should have come. `overridden` are sittings for
    which a recorded vote lets it in all the same. Source: the body's rule; "came too late: goes to the next meeting".
    """
    ready = ready_at(rule=rule, changed_at=changed_at, delays=delays)
    missed: Sitting | None = None
    for sitting in sorted(sittings, key=lambda one: (one.starts_at, one.code)):
        if sitting.starts_at < now:
            continue
        if sitting.starts_at >= ready or sitting.code in overridden:
            return _slot(sitting=sitting, ready=ready, missed=missed, rule=rule)
        missed = missed or sitting
    return _slot(sitting=None, ready=ready, missed=missed, rule=rule)


def _slot(*, sitting: Sitting | None, ready: datetime, missed: Sitting | None, rule: RuleOfDecision) -> Slot:
    should = missed.starts_at - timedelta(hours=rule.review_hours) if missed else None
    return Slot(sitting=sitting, ready_at=ready, missed=missed, should_have_come_at=should)
