"""Tasks: what somebody took on, until it is closed."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tequio.accounts.models import User
from tequio.decisions.models import ActionItem, ActionKind, Body, Decision, Proposal, Seat, Sitting
from tequio.decisions.queries.sittings import next_sitting
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import Text

LONGEST_NOTE = 300
_LASTS = timedelta(days=1)  # by then a sitting is over, and its notes are written


@transaction.atomic
def open_task(
    *,
    title: Text,
    body: Body,
    kind: str = ActionKind.TASK,
    owner: User | None = None,
    due_on: date | None = None,
    sitting: Sitting | None = None,
    decision: Decision | None = None,
    proposal: Proposal | None = None,
    seat: Seat | None = None,
    actor: str,
    at: datetime,
) -> ActionItem:
    """Open a task of a body, for somebody or for whoever takes it, due on a day, at a sitting or without a day.

    Refuses one without words in both languages, for a closed account, or due at a sitting of another body.
    """
    if not title.en.strip() or not title.es.strip():
        raise Refusal(en="A task needs its words in both languages.", es="Una tarea lleva su texto en los dos idiomas.")
    if owner is not None and not owner.is_active:
        raise Refusal(en=f"The account of {owner.name} is closed.", es=f"La cuenta de {owner.name} está cerrada.")
    if sitting is not None and sitting.body_id != body.pk:
        raise Refusal(en="That sitting is another body's.", es="Esa sesión es de otra instancia.")
    task = ActionItem.objects.create(
        kind=kind,
        title_en=title.en,
        title_es=title.es,
        body=body,
        owner=owner,
        due_on=due_on,
        sitting=sitting,
        decision=decision,
        proposal=proposal,
        seat=seat,
        opened_at=at,
        opened_by=actor,
    )
    payload = {
        "body": body.code,
        "kind": str(kind),
        "owner": owner.actor if owner else None,
        "due_on": due_on.isoformat() if due_on else None,
        "decision": decision.code if decision else None,
    }
    journal.append(kind=Kind.ACTION_OPENED, subject=f"task:{task.pk}", actor=actor, at=at, payload=payload)
    return task


@transaction.atomic
def hand_over(*, task: ActionItem, owner: User | None, due_on: date | None, actor: str, at: datetime) -> None:
    """Give an open task to somebody else, or another day. Refuses a closed one, and a closed account."""
    if owner is not None and not owner.is_active:
        raise Refusal(en=f"The account of {owner.name} is closed.", es=f"La cuenta de {owner.name} está cerrada.")
    changed = ActionItem.objects.filter(pk=task.pk, closed_at__isnull=True).update(owner=owner, due_on=due_on)
    if not changed:
        raise Refusal(en="That task is closed.", es="Esa tarea ya está cerrada.")
    payload = {"owner": owner.actor if owner else None, "due_on": due_on.isoformat() if due_on else None}
    journal.append(kind=Kind.ACTION_HANDED_OVER, subject=f"task:{task.pk}", actor=actor, at=at, payload=payload)


@transaction.atomic
def close_task(*, task: ActionItem, note: str, actor: str, at: datetime) -> bool:
    """Close a task with what came of it; False where it was closed before."""
    changed = ActionItem.objects.filter(pk=task.pk, closed_at__isnull=True).update(
        closed_at=at, closed_by=actor, closed_note=note.strip()[:LONGEST_NOTE]
    )
    if changed:
        journal.append(kind=Kind.ACTION_CLOSED, subject=f"task:{task.pk}", actor=actor, at=at)
    return bool(changed)


@transaction.atomic
def bring_up(*, body: Body | None = None, actor: str, at: datetime) -> int:
    """Put open tasks on the agenda of the next sitting, whose own is over or was cancelled; returns how many.

    So is a search for somebody that stands on no agenda yet. Where no sitting is planned, what is over stays as it is.
    For the daily work, and whenever a sitting is planned or cancelled; of one body or of all.
    """
    missed = Q(sitting__starts_at__lt=at - _LASTS) | Q(sitting__cancelled_at__isnull=False)
    unplaced = Q(sitting__isnull=True, due_on__isnull=True, kind=ActionKind.SEARCH)
    rows = ActionItem.objects.filter(missed | unplaced, closed_at__isnull=True).select_related("body").order_by("pk")
    if body is not None:
        rows = rows.filter(body=body)
    coming: dict[int, Sitting | None] = {}
    happened = []
    for task in rows:
        if task.body_id not in coming:
            coming[task.body_id] = next_sitting(body=task.body, after=at)
        sitting = coming[task.body_id]
        if sitting is None:
            continue
        task.sitting = sitting
        task.save(update_fields=["sitting"])
        payload = {"sitting": sitting.pk}
        happened.append(journal.Happening(kind=Kind.ACTION_HANDED_OVER, subject=f"task:{task.pk}", payload=payload))
    journal.append_many(happenings=happened, actor=actor, at=at)
    return len(happened)
