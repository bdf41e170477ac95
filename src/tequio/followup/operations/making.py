"""Putting down what is due: for every late charge the step whose turn it is, as rows "due and not yet sent".

How nothing is doubled and nothing skipped:
1. What is due is asked of the rule for today, not for the night: a missed night is caught up by the next.
2. A slice of members is read and written in one transaction that holds its center. Two processes take turns, a
   killed one leaves whole slices, and the next begins anew with what is not there yet.
3. The database refuses a second standing notice for a charge and a step (notice_once_per_step).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from tequio.centers.models import Center
from tequio.centers.queries import all_centers
from tequio.dues.rules_in_force import payment_policies
from tequio.followup import facts
from tequio.followup.facts import Debtor, OpenCharge
from tequio.followup.models import Dispatch, DispatchState, Notice, TaskKind
from tequio.followup.names import NOTICE, subject_of
from tequio.followup.operations.listing import put_on_call_list
from tequio.followup.operations.releasing import Held, cut_off_steps, hold_if_many
from tequio.followup.operations.tasks import open_tasks
from tequio.followup.policies_in_force import InForce, ladder_on, ladders
from tequio.kernel import bulk
from tequio.kernel.bulk import stored_day
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.mail.operations import enqueue_unwritten
from tequio.members.queries import families
from tequio.rules.account import PaymentPolicy
from tequio.rules.followup import Action, Outlook, is_held_back, next_step
from tequio.rules.ladder import Channel

SLICE = 2000  # members read and written at a time


@dataclass(slots=True, kw_only=True)
class Made:
    """What was put down: notices by channel, how many wait for people, tasks opened, centers that wait for money."""

    mails: int = 0
    letters: int = 0
    calls: int = 0
    held: int = 0
    tasks: int = 0
    money_unknown: list[str] = field(default_factory=list)
    without_policy: list[str] = field(default_factory=list)

    @property
    def dispatches(self) -> int:
        """How many mails, letters and calls."""
        return self.mails + self.letters + self.calls


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """One charge's step whose turn it is."""

    charge: OpenCharge
    step: str
    days: int
    since: date


@dataclass(slots=True, kw_only=True)
class _Plan:
    """What a slice leads to: dispatches as (member, channel, what it carries), and tasks as (kind, member)."""

    dispatches: list[tuple[Debtor, Channel, list[_Due]]] = field(default_factory=list)
    tasks: list[tuple[TaskKind, int]] = field(default_factory=list)


def make_notices(*, actor: str, at: datetime) -> Made:
    """Put down every notice that is due on the day it is at each center; a day of rest or of unknown money waits.

    Safe to run at any hour, as often as one likes, by several processes at once.
    """
    made = Made()
    policies, payment = ladders(), payment_policies()
    for center in all_centers():
        on = facts.today_of(center=center, at=at)
        policy = ladder_on(policies=policies.get(center.pk, []), on=on)
        if policy is None:
            made.without_policy.append(center.code)
            continue
        _make_for_center(
            center=center, policy=policy, payment=payment.get(center.pk, []), on=on, actor=actor, at=at, made=made
        )
    return made


def _make_for_center(
    *,
    center: Center,
    policy: InForce,
    payment: Sequence[PaymentPolicy],
    on: date,
    actor: str,
    at: datetime,
    made: Made,
) -> None:
    known = facts.money_known_on(center=center)
    if known is None or (on - known).days > policy.ladder.money_known_days:
        made.money_unknown.append(center.code)
        return
    if facts.is_quiet(center=center, on=on) or not policy.ladder.steps:
        return
    first = min(step.days for step in policy.ladder.steps)
    heads = facts.late_members(center=center, due_through=_latest_due(on=on, first=first))
    counted = families(heads=heads)
    for start in range(0, len(heads), SLICE):
        with transaction.atomic():
            Center.objects.select_for_update().get(pk=center.pk)
            rows = facts.debtors(heads=heads[start : start + SLICE], counted=counted, on=on, quiet=False)
            plan = _planned(rows=rows, policy=policy, payment=payment, known=known, on=on)
            _write(plan=plan, center=center, policy=policy, on=on, actor=actor, at=at, made=made)


def _latest_due(*, on: date, first: int) -> date:
    """The latest due date whose first step can have come by a day."""
    return date.fromordinal(on.toordinal() - first)


def outlook(
    *,
    debtor: Debtor,
    charge: OpenCharge,
    policy: InForce | None,
    payment: Sequence[PaymentPolicy],
    known: date | None,
    on: date,
) -> Outlook:
    """What follows for one charge of a member on a day: one call of the rule with all its facts."""
    ladder = policy.ladder if policy else None
    share = policy.row.held_back_share if policy else 0
    return next_step(
        charge=charge.charge,
        day_zero=facts.day_zero(charge=charge.charge, policies=payment, on=on),
        policy=ladder,
        notices=charge.notices,
        reachable_by=debtor.reach.channels,
        pauses=debtor.pauses,
        attempts=debtor.attempts,
        money_known_on=known,
        on=on,
        standing=debtor.standing,
        belongs=debtor.belongs,
        held_back=bool(share)
        and ladder is not None
        and is_held_back(policy_code=ladder.code, member_code=debtor.code, share=share),
    )


def _planned(
    *, rows: Sequence[Debtor], policy: InForce, payment: Sequence[PaymentPolicy], known: date, on: date
) -> _Plan:
    """What is due for each member of a slice: one dispatch for each channel, with everything it carries."""
    plan = _Plan()
    days = {step.key: step.days for step in policy.ladder.steps}
    on_paper = {step.key for step in policy.ladder.steps if step.channels[0] is Channel.LETTER}
    for debtor in rows:
        due: dict[Channel, list[_Due]] = {}
        for charge in debtor.charges:
            answer = outlook(debtor=debtor, charge=charge, policy=policy, payment=payment, known=known, on=on)
            if answer.step is None or answer.step in charge.taken:
                continue  # taken, on a day that is yet to come by a clock that was set back
            if answer.action is Action.TASK:
                kind = TaskKind.NOT_WARNED if debtor.reach.channels & {Channel.CALL} else TaskKind.NO_WAY
                plan.tasks.append((kind, debtor.pk))
            elif answer.action is Action.SEND and answer.channel is not None:
                since = facts.day_zero(charge=charge.charge, policies=payment, on=on)
                due.setdefault(answer.channel, []).append(
                    _Due(charge=charge, step=answer.step, days=days[answer.step], since=since)
                )
                if answer.step in on_paper and Channel.LETTER not in debtor.reach.channels:
                    plan.tasks.append((TaskKind.NO_ADDRESS, debtor.pk))
        plan.dispatches += [(debtor, channel, carried) for channel, carried in due.items()]
    return plan


_DISPATCH = ("id", "center_id", "member_id", "policy_id", "step", "channel", "state", "made_on", "why", "release_id")


def _write(*, plan: _Plan, center: Center, policy: InForce, on: date, actor: str, at: datetime, made: Made) -> None:
    """Write the rows of a slice: dispatches, their notices, what goes with each channel, tasks, one event."""
    cut_off = cut_off_steps(policy=policy)
    about_many = [row for row in plan.dispatches if _furthest(row[2]).step in cut_off]
    held: Held = hold_if_many(center=center, policy=policy, members=[row[0].pk for row in about_many], on=on)
    rows = [row for row in plan.dispatches if not (held.not_tonight and _furthest(row[2]).step in cut_off)]
    ids = bulk.reserve_ids(model=Dispatch, count=len(rows))
    day = stored_day(on)
    dispatches, notices, mails, calls = [], [], [], []
    for pk, (debtor, channel, carried) in zip(ids, rows, strict=True):
        step = _furthest(carried).step
        waits = held.release_pk is not None and step in cut_off
        state = DispatchState.HELD if waits else DispatchState.WAITING
        dispatches.append(
            (
                *(pk, center.pk, debtor.pk, policy.row.pk, step, channel.value, state.value, day, ""),
                held.release_pk if waits else None,
            )
        )
        notices += [(pk, due.charge.invoice_pk, due.step, stored_day(_due_on(due=due)), False) for due in carried]
        made.held += waits
        if channel is Channel.MAIL:
            made.mails += 1
            if not waits:
                mails.append(subject_of(dispatch_pk=pk))
        elif channel is Channel.CALL:
            made.calls += 1
            if not waits:
                calls.append((debtor.pk, pk))
        else:
            made.letters += 1
    bulk.insert(model=Dispatch, columns=_DISPATCH, rows=dispatches)
    bulk.insert(model=Notice, columns=("dispatch_id", "invoice_id", "step", "due_on", "ended"), rows=notices)
    enqueue_unwritten(kind=NOTICE, subjects=mails, language=center.language, at=at)
    put_on_call_list(center=center, calls=calls, at=at)
    opened = open_tasks(center=center, tasks=plan.tasks, on=on, actor=actor, at=at)
    made.tasks += opened
    if rows:
        payload = {"dispatches": len(rows), "notices": len(notices), "policy": policy.row.code, "on": on.isoformat()}
        journal.append(kind=Kind.NOTICES_MADE, subject=f"center:{center.code}", actor=actor, at=at, payload=payload)


def _furthest(carried: Sequence[_Due]) -> _Due:
    """The furthest step among those a dispatch carries: its text is the one that is said."""
    return max(carried, key=lambda due: due.days)


def _due_on(*, due: _Due) -> date:
    return date.fromordinal(due.since.toordinal() + due.days)
