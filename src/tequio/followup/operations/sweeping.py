"""What is no longer due is taken back before it goes out; promises come back on their day; what is done is closed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce

from tequio.centers.models import Center
from tequio.centers.queries import all_centers
from tequio.dues.models import Invoice
from tequio.followup import facts
from tequio.followup.facts import Debtor
from tequio.followup.models import (
    CallItem,
    CallWhy,
    Dispatch,
    DispatchState,
    Notice,
    PaymentClaim,
    Promise,
    Task,
    TaskKind,
)
from tequio.followup.operations.listing import take_off_where_dropped
from tequio.followup.operations.settling import drop
from tequio.followup.operations.tasks import open_tasks
from tequio.followup.policies_in_force import InForce, ladder_on, ladders
from tequio.followup.reach import reaches
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.operations import Happening
from tequio.members.models import ContactAttempt
from tequio.members.queries import families
from tequio.rules.ladder import Channel
from tequio.rules.promises import PromiseEnd, promise_ends

SLICE = 1000
# Tasks that are done once the channel reaches the member again.
_FOUND = {
    TaskKind.NO_ADDRESS.value: Channel.LETTER,
    TaskKind.RETURNED.value: Channel.LETTER,
    TaskKind.BOUNCED.value: Channel.MAIL,
    TaskKind.WRONG_NUMBER.value: Channel.CALL,
}


@dataclass(slots=True, kw_only=True)
class Swept:
    """What was taken back, ended, put on the call list or closed."""

    dropped: int = 0
    calls_closed: int = 0
    promises_kept: int = 0
    promises_broken: int = 0
    promises_due: int = 0
    tasks_closed: int = 0
    claims_waiting: int = 0


def sweep(*, actor: str, at: datetime) -> Swept:
    """Bring what is open up to date with what was paid and agreed. Safe to repeat, by several processes at once."""
    swept = Swept()
    policies = ladders()
    for center in all_centers():
        on = facts.today_of(center=center, at=at)
        policy = ladder_on(policies=policies.get(center.pk, []), on=on)
        with transaction.atomic():
            Center.objects.select_for_update().get(pk=center.pk)
            _promises(center=center, on=on, actor=actor, at=at, swept=swept)
            _claims(center=center, policy=policy, on=on, actor=actor, at=at, swept=swept)
        for pks in _slices(_open_dispatches(center=center)):
            with transaction.atomic():
                Center.objects.select_for_update().get(pk=center.pk)
                whys = why_not(dispatch_pks=pks, on=on)
                for why in sorted(set(whys.values())):
                    gone = [pk for pk, said in whys.items() if said == why]
                    drop(pks=gone, why=why)
                    take_off_where_dropped(dropped=gone, why=why, at=at)
                swept.dropped += len(whys)
        with transaction.atomic():
            Center.objects.select_for_update().get(pk=center.pk)
            _calls(center=center, at=at, swept=swept)
            _tasks(center=center, on=on, actor=actor, at=at, swept=swept)
    return swept


def _open_dispatches(*, center: Center) -> list[int]:
    """What is not out yet and is not in the queue of mail, which asks for itself when it sends."""
    held = Dispatch.objects.filter(center=center, state=DispatchState.HELD)
    on_desks = Dispatch.objects.filter(
        center=center, state=DispatchState.WAITING, channel__in=[Channel.LETTER.value, Channel.CALL.value]
    )
    return list((held | on_desks).order_by("pk").values_list("pk", flat=True))


def why_not(*, dispatch_pks: Sequence[int], on: date) -> dict[int, str]:
    """For dispatches that should not go out any more, why: "paid", "paused" or "left"; the others are absent.

    A day of rest or of unknown money is no reason to take back what is due: it only waits.
    """
    carried: dict[int, set[int]] = defaultdict(set)
    for pk, invoice_pk in Notice.objects.filter(dispatch_id__in=list(dispatch_pks), ended=False).values_list(
        "dispatch_id", "invoice_id"
    ):
        carried[pk].add(invoice_pk)
    rows = Dispatch.objects.filter(pk__in=list(dispatch_pks)).order_by("pk")
    heads = dict(rows.values_list("pk", Coalesce("member__merged_into_id", "member_id")))
    members = sorted(set(heads.values()))
    debtors = {d.pk: d for d in facts.debtors(heads=members, counted=families(heads=members), on=on, quiet=False)}
    answers = {}
    for pk, head in heads.items():
        why = _why(debtor=debtors.get(head), invoices=carried[pk], on=on)
        if why:
            answers[pk] = why
    return answers


def _why(*, debtor: Debtor | None, invoices: set[int], on: date) -> str:
    if debtor is None or not any(charge.invoice_pk in invoices for charge in debtor.charges):
        return "paid"
    if not debtor.belongs:
        return "left"
    paused = any(p.first_day <= on and (p.last_day is None or on <= p.last_day) for p in debtor.pauses)
    return "paused" if paused else ""


def _promises(*, center: Center, on: date, actor: str, at: datetime, swept: Swept) -> None:
    """End promises that were kept or broken; put those that are due today and not kept on the call list."""
    rows = list(
        Promise.objects.filter(ended_on__isnull=True)
        .filter(member__center=center)
        .order_by("pk")
        .values_list("pk", "pay_on", "pauses_through", "made_on", Coalesce("member__merged_into_id", "member_id"))
    )
    owed = _owed(heads=[row[-1] for row in rows], due_before=on)
    happenings, due = [], []
    for pk, pay_on, through, _, head in rows:
        end = promise_ends(owed=owed.get(head, 0), pauses_through=through, on=on)
        if end is not None:
            Promise.objects.filter(pk=pk).update(ended_on=on, ended_because=end.value)
            swept.promises_kept += end is PromiseEnd.KEPT
            swept.promises_broken += end is PromiseEnd.BROKEN
            happenings.append(Happening(kind=Kind.PROMISE_ENDED, subject=f"promise:{pk}", payload={"how": end.value}))
        if end is PromiseEnd.BROKEN or (end is None and pay_on <= on):
            due.append(head)
    swept.promises_due += call_about_promises(center=center, heads=due, at=at)
    journal.append_many(happenings=happenings, actor=actor, at=at)


def call_about_promises(*, center: Center, heads: Sequence[int], at: datetime) -> int:
    """Put members whose promise is due on the call list, first among all; returns how many are new on it."""
    reached = reaches(counted={pk: pk for pk in heads})
    callable_now = [pk for pk in dict.fromkeys(heads) if Channel.CALL in reached[pk].channels]
    there = dict(
        CallItem.objects.filter(member_id__in=callable_now, closed_at__isnull=True).values_list("member_id", "pk")
    )
    CallItem.objects.filter(pk__in=list(there.values()), why=CallWhy.LADDER).update(why=CallWhy.PROMISE)
    fresh = [pk for pk in callable_now if pk not in there]
    CallItem.objects.bulk_create(
        CallItem(member_id=pk, center=center, why=CallWhy.PROMISE, ready_at=at, opened_at=at) for pk in fresh
    )
    return len(fresh)


def _owed(*, heads: Iterable[int], due_before: date) -> Mapping[int, int]:
    """What members have open that is overdue, in minor units; what was merged into them included."""
    counted = families(heads=set(heads))
    owed: dict[int, int] = defaultdict(int)
    rows = Invoice.objects.filter(member_id__in=list(counted), rest__gt=0, due_on__lt=due_before)
    for pk, rest in rows.order_by().values_list("member_id").annotate(rest=Sum("rest")):
        owed[counted[pk]] += rest
    return owed


def _claims(*, center: Center, policy: InForce | None, on: date, actor: str, at: datetime, swept: Swept) -> None:
    """Claims nobody has settled for too long become somebody's task; they go on pausing the ladder."""
    if policy is None:
        return
    oldest = date.fromordinal(on.toordinal() - policy.row.claim_days)
    waiting = PaymentClaim.objects.filter(member__center=center, settled_on__isnull=True, said_on__lte=oldest)
    heads = list(waiting.order_by("pk").values_list(Coalesce("member__merged_into_id", "member_id"), flat=True))
    tasks = [(TaskKind.CLAIM, head) for head in heads]
    swept.claims_waiting += open_tasks(center=center, tasks=tasks, on=on, actor=actor, at=at)


def _calls(*, center: Center, at: datetime, swept: Swept) -> None:
    """Members that owe nothing any more leave the call list; one merged into another makes room for it."""
    rows = list(
        CallItem.objects.filter(center=center, closed_at__isnull=True)
        .exclude(claimed_until__gt=at)  # somebody is on the phone: saving the call finds out
        .order_by("pk")
        .values_list("pk", "member_id", "member__merged_into_id")
    )
    counted = families(heads={head or pk for _, pk, head in rows})
    owing = set(
        Invoice.objects.filter(member_id__in=list(counted), rest__gt=0).order_by().values_list("member_id", flat=True)
    )
    heads_owing = {counted[pk] for pk in owing}
    listed = {member_pk for _, member_pk, head in rows if head is None}
    for pk, member_pk, head in rows:
        why = "paid" if (head or member_pk) not in heads_owing else ""
        if not why and head is not None:
            if head not in listed:
                CallItem.objects.filter(pk=pk).update(member_id=head)
                listed.add(head)
                continue
            why = "merged"
        if why:
            CallItem.objects.filter(pk=pk, closed_at__isnull=True).update(
                closed_at=at, closed_because=why, claim="", claimed_by="", claimed_until=None
            )
            swept.calls_closed += 1


def _tasks(*, center: Center, on: date, actor: str, at: datetime, swept: Swept) -> None:
    """Close what nobody needs to do any more: the member owes nothing, or is reached by the channel again."""
    rows = list(
        Task.objects.filter(center=center, closed_on__isnull=True, member__isnull=False)
        .exclude(kind__in=[TaskKind.HARDSHIP, TaskKind.CLAIM])
        .order_by("pk")
        .values_list("pk", "kind", "opened_on", Coalesce("member__merged_into_id", "member_id"))
    )
    if not rows:
        return
    counted = families(heads={row[-1] for row in rows})
    owing = {
        counted[pk]
        for pk in Invoice.objects.filter(member_id__in=list(counted), rest__gt=0)
        .order_by()
        .values_list("member_id", flat=True)
    }
    reached = reaches(counted=counted)
    # Where no way was found and something is on its way now, one was found since.
    under_way: dict[int, date] = {}
    for member_pk, made_on in Dispatch.objects.filter(member_id__in=list(counted)).values_list("member_id", "made_on"):
        under_way[counted[member_pk]] = max(made_on, under_way.get(counted[member_pk], made_on))
    # A person who tried has done what such a task asks for; where it is still needed, the night opens it again.
    tried: dict[int, date] = {}
    for member_pk, day in ContactAttempt.objects.filter(member_id__in=list(counted)).values_list("member_id", "on"):
        tried[counted[member_pk]] = max(day, tried.get(counted[member_pk], day))
    happenings = []
    for pk, kind, opened_on, head in rows:
        found = kind in _FOUND and _FOUND[kind] in reached[head].channels
        found = found or (kind not in _FOUND and head in under_way and under_way[head] > opened_on)
        by_hand = kind not in _FOUND and head in tried and tried[head] >= opened_on
        if found or by_hand or head not in owing:
            why = "found" if found else "tried" if by_hand else "paid"
            Task.objects.filter(pk=pk).update(closed_on=max(on, opened_on), closed_by=actor, closed_note=why)
            happenings.append(
                Happening(kind=Kind.TASK_CLOSED, subject=f"task:{pk}", payload={"task": kind, "why": why})
            )
    swept.tasks_closed += len(happenings)
    journal.append_many(happenings=happenings, actor=actor, at=at)


def _slices(pks: Sequence[int]) -> Iterable[Sequence[int]]:
    return (pks[start : start + SLICE] for start in range(0, len(pks), SLICE))
