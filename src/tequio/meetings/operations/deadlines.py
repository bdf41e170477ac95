"""What has to be done before a meeting: each deadline is a task of the body that sits first, until it is closed.

The tasks follow the meeting: moved with it, closed where it is cancelled. One that somebody closed stays closed.
"""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from tequio.decisions.models import ActionItem
from tequio.decisions.operations.tasks import close_task, hand_over, open_task
from tequio.kernel.texts import text_of
from tequio.meetings.models import Deadline, Meeting
from tequio.rules.deadlines import DueBefore, due_on, title_of
from tequio.rules.reasons import Text, long_date

_CANCELLED = "La reunión se canceló / The meeting was cancelled"
_NOT_ASKED = "Ya no se pide / No longer asked for"


@transaction.atomic
def set_deadlines(*, meeting: Meeting, deadlines: Sequence[DueBefore], actor: str, at: datetime) -> None:
    """Give a meeting these deadlines and no others; what is there already and the same is left alone."""
    there = {row.kind: row for row in meeting.deadlines.select_related("task")}
    wanted = {one.kind: one.days for one in deadlines}
    for kind, row in there.items():
        if kind not in wanted:
            row.delete()
            if row.task:
                close_task(task=row.task, note=_NOT_ASKED, actor=actor, at=at)
    if not wanted:
        return
    body = meeting.parts.select_related("body").order_by("position")[0].body
    for kind, days in wanted.items():
        due = _due(meeting=meeting, days=days, at=at)
        if kind in there:
            _move(row=there[kind], meeting=meeting, days=days, actor=actor, at=at)
            continue
        title = _title(meeting=meeting, kind=kind)
        task = open_task(title=title, body=body, due_on=due, actor=actor, at=at)
        Deadline.objects.create(meeting=meeting, kind=kind, days_before=days, due_on=due, task=task)


@transaction.atomic
def move_deadlines(*, meeting: Meeting, actor: str, at: datetime) -> None:
    """Let the deadlines follow a meeting that was moved, with their tasks."""
    for row in meeting.deadlines.select_related("task__owner").order_by("pk"):
        _move(row=row, meeting=meeting, days=row.days_before, actor=actor, at=at)


@transaction.atomic
def drop_deadlines(*, meeting: Meeting, actor: str, at: datetime) -> None:
    """Close what was still to be done for a meeting that is cancelled."""
    for row in meeting.deadlines.filter(task__closed_at__isnull=True).select_related("task").order_by("pk"):
        if row.task:
            close_task(task=row.task, note=_CANCELLED, actor=actor, at=at)


@transaction.atomic
def meet_deadline(*, meeting: Meeting, kind: str, note: str, actor: str, at: datetime) -> bool:
    """Close the task of a deadline that was met; False where there is none open."""
    row = meeting.deadlines.filter(kind=kind, task__closed_at__isnull=True).select_related("task").first()
    return bool(row and row.task and close_task(task=row.task, note=note, actor=actor, at=at))


def _move(*, row: Deadline, meeting: Meeting, days: int, actor: str, at: datetime) -> None:
    due = _due(meeting=meeting, days=days, at=at)
    task = row.task
    if task is not None and task.closed_at is None:
        title = _title(meeting=meeting, kind=row.kind)
        ActionItem.objects.filter(pk=task.pk).update(title_en=title.en, title_es=title.es)
        if task.due_on != due:
            hand_over(task=task, owner=task.owner, due_on=due, actor=actor, at=at)
    Deadline.objects.filter(pk=row.pk).update(days_before=days, due_on=due)


def day_of(meeting: Meeting, /) -> date:
    """The day a meeting is on, by the clock by which its hour was set."""
    return meeting.starts_at.astimezone(ZoneInfo(meeting.zone)).date()


def _due(*, meeting: Meeting, days: int, at: datetime) -> date:
    today = at.astimezone(ZoneInfo(meeting.zone)).date()
    return due_on(days=days, meeting_on=day_of(meeting), today=today)


def _title(*, meeting: Meeting, kind: str) -> Text:
    day = day_of(meeting)
    on = Text(en=long_date(day=day, language="en"), es=long_date(day=day, language="es"))
    return title_of(kind=kind, meeting=text_of(row=meeting, name="title"), on=on)
