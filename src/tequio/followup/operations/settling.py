"""What became of what was sent: the queue of mail is asked, and what came back makes room for the next channel."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from tequio.centers.models import Center
from tequio.followup.models import BadAddress, Dispatch, DispatchState, Notice, Task, TaskKind
from tequio.followup.names import NOTICE, subject_of
from tequio.followup.operations.tasks import open_center_task, open_tasks
from tequio.followup.reach import print_of
from tequio.kernel import bulk
from tequio.kernel.bulk import stored_day
from tequio.kernel.clock import day_in
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.operations import Happening
from tequio.kernel.mail.faults import Fault
from tequio.kernel.mail.models import MailState, OutgoingMail
from tequio.rules.ladder import Channel

SLICE = 2000
FLOOD_FROM, FLOOD_SHARE = 20, 4  # at least so many, and more than one in so many
# Faults that say the address reaches nobody; any other is ours, or the server's, and no reason to write on paper.
_ADDRESS_IS_BAD = frozenset({Fault.ADDRESS.value})


@dataclass(slots=True, kw_only=True)
class Settled:
    """How many mails went out, came back, or were dropped because nothing was due any more."""

    sent: int = 0
    came_back: int = 0
    dropped: int = 0


def settle_mails(*, actor: str, at: datetime) -> Settled:
    """Take over from the queue what became of the notices in it. Safe to repeat: it only reads what is final."""
    done = Settled()
    waiting = Dispatch.objects.filter(channel=Channel.MAIL.value, state=DispatchState.WAITING).order_by("pk")
    pks = list(waiting.values_list("pk", flat=True))
    for start in range(0, len(pks), SLICE):
        with transaction.atomic():
            _settle(pks=pks[start : start + SLICE], actor=actor, at=at, done=done)
    return done


def _settle(*, pks: Sequence[int], actor: str, at: datetime, done: Settled) -> None:
    centers = {c.pk: c for c in Center.objects.select_for_update().order_by("pk")}
    rows = Dispatch.objects.filter(pk__in=pks, state=DispatchState.WAITING).order_by("pk")
    mails = {
        key: (state, sent_at, fault)
        for key, state, sent_at, fault in OutgoingMail.objects.filter(
            once_key__in=[f"{NOTICE}:{subject_of(dispatch_pk=pk)}" for pk in pks]
        ).values_list("once_key", "state", "sent_at", "last_fault")
    }
    went: list[tuple[object, ...]] = []
    dropped: list[int] = []
    failed: dict[int, list[tuple[Dispatch, str]]] = {}
    happenings: dict[int, int] = {}
    for row in rows:
        state, sent_at, fault = mails.get(f"{NOTICE}:{subject_of(dispatch_pk=row.pk)}", (None, None, ""))
        center = centers[row.center_id]
        if state == MailState.SENT and sent_at is not None:
            on = max(day_in(zone=center.zone, at=sent_at), row.made_on)
            went.append((DispatchState.SENT.value, stored_day(on), row.pk))
            happenings[center.pk] = happenings.get(center.pk, 0) + 1
        elif state == MailState.FAILED:
            failed.setdefault(center.pk, []).append((row, fault))
        elif state in (MailState.CANCELLED, None):
            dropped.append(row.pk)
    bulk.update_by_id(model=Dispatch, columns=("state", "sent_on"), rows=went)
    drop(pks=dropped, why="no_longer_due")
    for center_pk, rows_back in failed.items():
        center = centers[center_pk]
        on = day_in(zone=center.zone, at=at)
        if is_flood(center=center, came_back=len(rows_back), of=len(rows_back) + happenings.get(center_pk, 0), on=on):
            open_center_task(center=center, kind=TaskKind.MANY_CAME_BACK, on=on, actor=actor, at=at)
            continue
        for row, fault in rows_back:
            back_on, is_bad = max(on, row.made_on), fault in _ADDRESS_IS_BAD
            come_back(dispatch=row, why=fault or "failed", on=back_on, bad_address=is_bad, actor=actor, at=at)
            done.came_back += 1
    done.sent += len(went)
    done.dropped += len(dropped)
    journal.append_many(
        happenings=[
            Happening(kind=Kind.NOTICES_SENT, subject=f"center:{centers[pk].code}", payload={"mails": count})
            for pk, count in happenings.items()
        ],
        actor=actor,
        at=at,
    )


def is_flood(*, center: Center, came_back: int, of: int, on: date) -> bool:
    """Whether so many of some mails came back that the fault is likelier ours than theirs.

    Then nothing is concluded about the addresses until a person has closed the task that says so, which counts for
    that day and the next.
    """
    if came_back < FLOOD_FROM or came_back * FLOOD_SHARE <= of:
        return False
    looked = Task.objects.filter(
        center=center, kind=TaskKind.MANY_CAME_BACK, member__isnull=True, closed_on__gte=on - timedelta(days=1)
    )
    return not looked.exists()


def drop(*, pks: Iterable[int], why: str) -> None:
    """Drop dispatches that are not out yet: their notices never were, and come due again if the facts do."""
    some = list(pks)
    if not some:
        return
    Notice.objects.filter(dispatch_id__in=some).update(ended=True)
    Dispatch.objects.filter(pk__in=some).update(state=DispatchState.DROPPED, why=why)


def come_back(
    *, dispatch: Dispatch, why: str, on: date, bad_address: bool, actor: str, at: datetime, value: str = ""
) -> None:
    """What was sent came back on a day: the ladder takes the step again by its next channel, at once.

    With `bad_address` the address (`value`, or the one the mail went to) is not used again, and somebody is asked to
    find another. In the caller's transaction.
    """
    Notice.objects.filter(dispatch=dispatch).update(ended=True)
    Dispatch.objects.filter(pk=dispatch.pk).update(state=DispatchState.CAME_BACK, came_back_on=on, why=why[:40])
    if bad_address:
        said = value or _mailed_to(dispatch=dispatch)
        if said:
            BadAddress.objects.get_or_create(
                member_id=dispatch.member_id,
                channel=dispatch.channel,
                print=print_of(channel=dispatch.channel, value=said),
                defaults={"since": on, "why": why[:40]},
            )
        kind = {
            Channel.MAIL.value: TaskKind.BOUNCED,
            Channel.LETTER.value: TaskKind.RETURNED,
            Channel.CALL.value: TaskKind.WRONG_NUMBER,
        }[dispatch.channel]
        open_tasks(center=dispatch.center, tasks=[(kind, dispatch.member_id)], on=on, actor=actor, at=at)
    journal.append(
        kind=Kind.NOTICE_CAME_BACK,
        subject=f"dispatch:{dispatch.pk}",
        actor=actor,
        at=at,
        payload={"channel": dispatch.channel, "why": why[:40]},
    )


def _mailed_to(*, dispatch: Dispatch) -> str:
    """The address a mail about a dispatch went to; empty where it never left."""
    key = f"{NOTICE}:{subject_of(dispatch_pk=dispatch.pk)}"
    mail = OutgoingMail.objects.filter(once_key=key).first()
    return mail.to_address if mail else ""
