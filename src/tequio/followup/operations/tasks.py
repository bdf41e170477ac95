"""Opening and closing what needs a person."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from tequio.centers.models import Center
from tequio.followup.models import Task, TaskKind
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.operations import Happening
from tequio.members.models import Member

_AT_ONCE = 500


def open_tasks(
    *, center: Center, tasks: Sequence[tuple[TaskKind, int]], on: date, actor: str, at: datetime, note: str = ""
) -> int:
    """Open tasks of (kind, member id) that are not open yet, in the caller's transaction; returns how many."""
    wanted = list(dict.fromkeys(tasks))
    opened = 0
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        open_now = set(
            Task.objects.filter(member_id__in=[pk for _, pk in some], closed_on__isnull=True).values_list(
                "kind", "member_id"
            )
        )
        fresh = [(kind, pk) for kind, pk in some if (kind.value, pk) not in open_now]
        Task.objects.bulk_create(
            Task(kind=kind, center=center, member_id=pk, opened_on=on, opened_by=actor, note=note) for kind, pk in fresh
        )
        codes = dict(Member.objects.filter(pk__in=[pk for _, pk in fresh]).values_list("pk", "code"))
        journal.append_many(
            happenings=[
                Happening(kind=Kind.TASK_OPENED, subject=f"member:{codes[pk]}", payload={"task": kind.value})
                for kind, pk in fresh
            ],
            actor=actor,
            at=at,
        )
        opened += len(fresh)
    return opened


def open_center_task(*, center: Center, kind: TaskKind, on: date, actor: str, at: datetime) -> bool:
    """Open a task about a center as a whole; False where one is open."""
    if Task.objects.filter(kind=kind, center=center, member__isnull=True, closed_on__isnull=True).exists():
        return False
    Task.objects.create(kind=kind, center=center, opened_on=on, opened_by=actor)
    journal.append(
        kind=Kind.TASK_OPENED, subject=f"center:{center.code}", actor=actor, at=at, payload={"task": kind.value}
    )
    return True


@transaction.atomic
def close_task(*, pk: int, note: str, actor: str, at: datetime, answer: str = "") -> bool:
    """Close a task with what came of it; False where it was closed before. Refuses one that is not there.

    `answer` is for the member that asked; it reads it on the page behind its link.
    """
    task = Task.objects.select_related("center", "member").filter(pk=pk).first()
    if task is None:
        raise Refusal(en=f"There is no task {pk}.", es=f"No existe la tarea {pk}.")
    on = day_in(zone=task.center.zone, at=at)
    changed = Task.objects.filter(pk=pk, closed_on__isnull=True).update(
        closed_on=max(on, task.opened_on), closed_by=actor, closed_note=note, answer=answer
    )
    if changed:
        subject = f"member:{task.member.code}" if task.member else f"center:{task.center.code}"
        journal.append(kind=Kind.TASK_CLOSED, subject=subject, actor=actor, at=at, payload={"task": task.kind})
    return bool(changed)
