"""Opening and closing a meeting, and undoing either within a day.

Closing carries on: what was not closed goes to the next meeting of its body, turns and attendances end.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tequio.decisions.models import Vote
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.locking import lock_meeting, refuse_not_open, refuse_over
from tequio.meetings.models import AgendaItem, Attendance, Meeting, MeetingPart, QuorumWhy
from tequio.meetings.operations.agenda import end_turns
from tequio.meetings.operations.carrying_over import bring_in_step, close_what_was_decided, next_meetings
from tequio.meetings.operations.stating_quorum import stated
from tequio.rules.agenda import may_open, may_undo
from tequio.rules.reasons import Text

_OPENED_AGAIN = Text(
    en="The meeting it came from was opened again.", es="La reunión de la que venía se volvió a abrir."
)


@transaction.atomic
def open_meeting(*, meeting: Meeting, actor: str, at: datetime) -> bool:
    """Open a meeting and state the quorum of its bodies; False where it is open.

    Refuses one that is over, and earlier than two hours before its hour.
    """
    held = lock_meeting(pk=meeting.pk)
    refuse_over(held)
    if held.opened_at is not None:
        return False
    if not may_open(starts_at=held.starts_at, at=at):
        raise Refusal(
            en="It is too early: a meeting is opened from two hours before its hour.",
            es="Es muy pronto: una reunión se abre desde dos horas antes de su hora.",
        )
    bring_in_step(meeting=held, at=at)
    Meeting.objects.filter(pk=held.pk).update(opened_at=at)
    opened = journal.Happening(kind=Kind.MEETING_OPENED, subject=f"meeting:{held.pk}")
    happened = stated(meeting=held, parts=_parts(held), why=QuorumWhy.OPENED, at=at)
    journal.append_many(happenings=[opened, *happened], actor=actor, at=at)
    return True


@transaction.atomic
def close_meeting(*, meeting: Meeting, actor: str, at: datetime) -> bool:
    """Close a meeting; False where it is closed.

    Items whose proposal was decided are done; what else is open goes to the next meeting of its body, now or as soon
    as one is planned. Whoever spoke has spoken, whoever was there has left. Votes that are open stay open.
    """
    held = lock_meeting(pk=meeting.pk)
    if held.closed_at is not None:
        return False
    refuse_not_open(held)
    bring_in_step(meeting=held, at=at)
    decided = close_what_was_decided(meeting=held, at=at)
    end_turns(items=list(AgendaItem.objects.filter(part__meeting=held).values_list("pk", flat=True)), at=at)
    there = Attendance.objects.filter(meeting=held, left_at__isnull=True)
    there.filter(came_at__lte=at).update(left_at=at)
    Meeting.objects.filter(pk=held.pk).update(closed_at=at)
    for coming in next_meetings(meeting=held):
        bring_in_step(meeting=coming, at=at)
    left = AgendaItem.objects.filter(part__meeting=held, closed_at__isnull=True, withdrawn_at__isnull=True).count()
    payload = {"decided": decided, "not_closed": left}
    journal.append(kind=Kind.MEETING_CLOSED, subject=f"meeting:{held.pk}", actor=actor, at=at, payload=payload)
    return True


@transaction.atomic
def undo_step(*, meeting: Meeting, actor: str, at: datetime) -> bool:
    """Undo the closing of a meeting, or its opening where it is not closed; False where there is nothing to undo.

    Within a day. Closing is undone unless the next meeting has begun with what was carried there; opening unless an
    item was taken up or a vote was opened since.
    """
    held = lock_meeting(pk=meeting.pk)
    if held.cancelled_at is not None or held.opened_at is None:
        return False
    if held.closed_at is not None:
        _refuse_late(done_at=held.closed_at, at=at)
        _take_back_carried(held, at=at)
        Attendance.objects.filter(meeting=held, left_at=held.closed_at, taken_back_at__isnull=True).update(left_at=None)
        Meeting.objects.filter(pk=held.pk).update(closed_at=None)
        undone = "closed"
    else:
        _refuse_late(done_at=held.opened_at, at=at)
        _refuse_begun(held)
        Meeting.objects.filter(pk=held.pk).update(opened_at=None)
        undone = "opened"
    payload = {"undone": undone}
    journal.append(kind=Kind.MEETING_STEP_UNDONE, subject=f"meeting:{held.pk}", actor=actor, at=at, payload=payload)
    return True


def open_votes(*, meeting: Meeting) -> list[Vote]:
    """The votes that are open in the sittings of a meeting. One query."""
    rows = Vote.objects.filter(sitting__meeting_part__meeting=meeting, closed_at__isnull=True)
    return list(rows.select_related("proposal", "body").order_by("opened_at", "pk"))


def _parts(held: Meeting) -> list[MeetingPart]:
    return list(MeetingPart.objects.filter(meeting=held).select_related("body").order_by("position"))


def _refuse_late(*, done_at: datetime, at: datetime) -> None:
    if not may_undo(done_at=done_at, at=at):
        raise Refusal(
            en="That is undone within a day, and more have passed.",
            es="Eso se deshace durante un día, y ya pasó más tiempo.",
        )


def _refuse_begun(held: Meeting) -> None:
    begun = AgendaItem.objects.filter(part__meeting=held).filter(
        Q(taken_up_at__isnull=False) | Q(closed_at__isnull=False)
    )
    if begun.exists() or Vote.objects.filter(sitting__meeting_part__meeting=held).exists():
        raise Refusal(
            en="An item was taken up or a vote was opened: this meeting has begun. It can be closed.",
            es="Ya se empezó a tratar un punto o se abrió una votación: la reunión empezó. Se puede cerrar.",
        )


def _take_back_carried(held: Meeting, *, at: datetime) -> None:
    """Take what was carried on off the next agendas again; the meetings there are held in the order of their hours."""
    carried = AgendaItem.objects.filter(carried_from__part__meeting=held)
    for pk in carried.order_by("part__meeting__starts_at").values_list("part__meeting_id", flat=True).distinct():
        lock_meeting(pk=pk)
    if carried.filter(Q(taken_up_at__isnull=False) | Q(closed_at__isnull=False) | Q(carried_to__isnull=False)).exists():
        raise Refusal(
            en="The next meeting has begun with what this one left open; it stays closed.",
            es="La siguiente reunión ya empezó con lo que esta dejó pendiente; se queda cerrada.",
        )
    slots = [row.pk for row in carried.select_related("part") if _stands_by_place(row)]
    carried.filter(pk__in=slots).update(carried_from=None)
    carried.update(withdrawn_at=at, withdrawn_because=f"{_OPENED_AGAIN.en} / {_OPENED_AGAIN.es}", carried_from=None)


def _stands_by_place(row: AgendaItem) -> bool:
    """Whether an item would stand there without having been carried: its proposal comes before that sitting."""
    return (
        row.proposal is not None
        and row.proposal.slots.filter(sitting=row.part.sitting_id, ended_at__isnull=True).exists()
    )
