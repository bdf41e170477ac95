"""Whom to contact next about a late charge, how, and why not yet: the ladder of notices, letters and calls.

A ladder is a dated policy of a center, adopted like every rule. Its steps follow one another: a step waits until the
one before was really delivered, so that nobody is called or cut off whom no warning has reached. Nothing here looks at
a clock or remembers a night: whatever is due and not yet sent on a day is due, also when the nights before were missed.

A step that no way reaches is a person's: it is passed once somebody has tried to reach the member, on its day or later;
and when the day of a later step has come that does reach it, any attempt since the charge was due will do. Where a new
ladder took the place of another, it goes on from the day of the furthest step that went out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from tequio.rules import followup_reasons as because
from tequio.rules.account import Charge
from tequio.rules.ladder import Channel, FollowUpPolicy, Notice, Pause, Step
from tequio.rules.money import WHOLE_SHARE
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing

DAY = timedelta(days=1)


class Action(StrEnum):
    """What follows for a charge on a day."""

    SEND = "send"
    WAIT = "wait"
    TASK = "task"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What follows, and why. `until`: the first day on which the answer can be another, None where no day decides.

    `by_hand` are the steps that no way reached and that were passed because a person had tried to reach the member.
    """

    action: Action
    reason: Text
    step: str | None = None
    channel: Channel | None = None
    until: date | None = None
    by_hand: tuple[str, ...] = ()


def next_step(  # noqa: PLR0911 C901 - CONFIG: one answer a line, in the order of importance
    *,
    charge: Charge,
    day_zero: date,
    policy: FollowUpPolicy | None,
    notices: Sequence[Notice],
    reachable_by: frozenset[Channel],
    pauses: Sequence[Pause],
    attempts: Sequence[date],
    money_known_on: date | None,
    on: date,
    standing: Standing = Standing.GOOD,
    belongs: bool = True,
    held_back: bool = False,
) -> Outlook:
    """What follows for one charge on a day: the step to take now, or what it waits for, or why nothing follows.

    `day_zero` is the day the charge counts from (account.counts_from); `attempts` are the days on which a person tried
    to reach the member, which count as a warning; `money_known_on` is the last day the center's money is known for;
    `held_back`: it is in the comparison group (`is_held_back`). The order of the checks is the order of importance to
    the member: paid, in order, paused, not sure, only then sent.
    """
    if not charge.is_open(on=on):
        return Outlook(action=Action.DONE, reason=because.PAID)
    if not belongs:
        return Outlook(action=Action.DONE, reason=because.LEFT)
    if policy is None:
        return Outlook(action=Action.DONE, reason=because.NO_POLICY)
    before = _before(notices=notices, policy=policy, on=on)
    if isinstance(before, Outlook):
        return before
    steps = sorted(policy.steps, key=lambda step: step.days)
    last_sent = before.sent_on if before else None
    tried = [day for day in attempts if day_zero <= day <= on]
    warned = bool(tried) or before is not None
    by_hand: list[str] = []
    furthest = max((place for place, step in enumerate(steps) if _stands(step=step, notices=notices, on=on)), default=0)
    for place, step in enumerate(steps):
        if before is not None and step.days <= (before.days or 0) and not any(n.step == step.key for n in notices):
            continue  # an earlier ladder took it, or went further
        ready = [n for n in notices if n.step == step.key and n.sent_on is None]
        if ready:
            return Outlook(
                action=Action.WAIT,
                reason=because.ready_to_go(channel=ready[0].channel),
                step=step.key,
                channel=ready[0].channel,
                by_hand=tuple(by_hand),
            )
        taken = [n for n in notices if n.step == step.key and n.sent_on is not None and n.sent_on <= on]
        under_way = [n for n in taken if n.came_back_on is None or n.came_back_on > on]
        last_sent = max([n.sent_on for n in taken if n.sent_on is not None], default=last_sent)
        if under_way:
            arrives = min(_arrives(notice=n, policy=policy) for n in under_way)
            if arrives > on:
                return Outlook(
                    action=Action.WAIT,
                    reason=because.under_way(notice=under_way[0]),
                    step=step.key,
                    until=arrives,
                    by_hand=tuple(by_hand),
                )
            warned = True
            continue
        if place < furthest:
            by_hand.append(step.key)  # passed before a later one was taken; an address found since does not turn back
            continue
        answer = _this_step(
            step=step,
            policy=policy,
            tried=frozenset(n.channel for n in taken),
            reachable_by=reachable_by,
            earliest=_earliest(
                step=step,
                policy=policy,
                day_zero=day_zero,
                last_sent=last_sent,
                again=bool(taken),
                held_back=held_back,
            ),
            warned=warned,
            standing=standing,
            pauses=pauses,
            money_known_on=money_known_on,
            on=on,
        )
        if answer.reason is because.NO_WAY and _done_by_hand(
            days=step.days, later=steps[place + 1 :], reachable_by=reachable_by, day_zero=day_zero, tried=tried, on=on
        ):
            by_hand.append(step.key)
            continue
        return replace(answer, by_hand=tuple(by_hand))
    return Outlook(action=Action.DONE, reason=because.ALL_TAKEN, by_hand=tuple(by_hand))


def _before(*, notices: Sequence[Notice], policy: FollowUpPolicy, on: date) -> Notice | Outlook | None:
    """The furthest step an earlier ladder took that this one does not know; or that it is still under way; or none."""
    known = {step.key for step in policy.steps}
    others = [n for n in notices if n.step not in known and (n.sent_on is None or n.sent_on <= on)]
    others = [n for n in others if n.came_back_on is None or n.came_back_on > on]
    for notice in others:
        if notice.sent_on is None:
            return Outlook(
                action=Action.WAIT,
                reason=because.ready_to_go(channel=notice.channel),
                step=notice.step,
                channel=notice.channel,
            )
        arrives = _arrives(notice=notice, policy=policy)
        if arrives > on:
            return Outlook(action=Action.WAIT, reason=because.under_way(notice=notice), step=notice.step, until=arrives)
    return max(others, key=lambda n: (n.days or 0, n.sent_on or date.min), default=None)


def _stands(*, step: Step, notices: Sequence[Notice], on: date) -> bool:
    """Whether a step was taken by a day and did not come back."""
    return any(
        n.step == step.key
        and (n.sent_on is None or n.sent_on <= on)
        and (n.came_back_on is None or n.came_back_on > on)
        for n in notices
    )


def _done_by_hand(
    *,
    days: int,
    later: Sequence[Step],
    reachable_by: frozenset[Channel],
    day_zero: date,
    tried: Sequence[date],
    on: date,
) -> bool:
    """Whether a step that no way reaches is passed: a person tried on its day or later, or before a later step's."""
    if any(day >= day_zero + days * DAY for day in tried):
        return True
    come = [step for step in later if day_zero + step.days * DAY <= on]
    return bool(tried) and any(reachable_by.intersection(step.channels) for step in come)


def is_held_back(*, policy_code: str, member_code: str, share: int) -> bool:
    """Whether a member is in the comparison group of a policy, `share` ten-thousandths of all: always the same answer.

    Drawn by a hash of both codes, so that nobody picks who is called later and everybody can check it.
    """
    drawn = int.from_bytes(sha256(f"{policy_code}/{member_code}".encode()).digest()[:8], "big")
    return drawn % WHOLE_SHARE < share


def _arrives(*, notice: Notice, policy: FollowUpPolicy) -> date:
    """The day from which what was sent counts as delivered."""
    return (notice.sent_on or date.max) + policy.arrives_after[notice.channel] * DAY


def _earliest(
    *,
    step: Step,
    policy: FollowUpPolicy,
    day_zero: date,
    last_sent: date | None,
    again: bool,
    held_back: bool,
) -> date:
    """The first day a step may be taken; what came back is taken again by another channel at once."""
    earliest = day_zero + step.days * DAY
    if held_back and step.channels[:1] == (Channel.CALL,):
        earliest += policy.held_back_days * DAY
    return earliest if again or last_sent is None else max(earliest, last_sent + policy.apart_days * DAY)


def _this_step(  # noqa: PLR0911 - CONFIG: as above
    *,
    step: Step,
    policy: FollowUpPolicy,
    tried: frozenset[Channel],
    reachable_by: frozenset[Channel],
    earliest: date,
    warned: bool,
    standing: Standing,
    pauses: Sequence[Pause],
    money_known_on: date | None,
    on: date,
) -> Outlook:
    """What follows for the step whose turn it is."""
    if on < earliest:
        return Outlook(action=Action.WAIT, reason=because.not_yet(day=earliest), step=step.key, until=earliest)
    if step.standings and standing not in step.standings:
        return Outlook(action=Action.WAIT, reason=because.other_standing(standing=standing), step=step.key)
    held = [pause for pause in pauses if pause.first_day <= on and (pause.last_day is None or on <= pause.last_day)]
    if held:
        ends = None if any(p.last_day is None for p in held) else max(p.last_day for p in held if p.last_day) + DAY
        return Outlook(action=Action.WAIT, reason=because.paused(pause=held[0]), step=step.key, until=ends)
    if money_known_on is None or (on - money_known_on).days > policy.money_known_days:
        return Outlook(action=Action.WAIT, reason=because.money_unknown(known_on=money_known_on), step=step.key)
    channel = next((c for c in step.channels if c in reachable_by and c not in tried), None)
    if channel is None:
        return Outlook(action=Action.TASK, reason=because.NO_WAY, step=step.key)
    if channel is Channel.CALL and not warned:
        return Outlook(action=Action.TASK, reason=because.NOT_WARNED, step=step.key)
    return Outlook(
        action=Action.SEND, reason=because.due_since(channel=channel, day=earliest), step=step.key, channel=channel
    )
