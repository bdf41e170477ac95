"""The list of tasks: mine, those of the bodies I sit on, and what became of the closed ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from tequio.decisions.models import ActionItem, ActionKind
from tequio.decisions.queries.hours import Moment, hours
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text

KIND_NAMES = {
    ActionKind.TASK: Text(en="task", es="tarea"),
    ActionKind.SEARCH: Text(en="search for somebody", es="búsqueda de alguien"),
    ActionKind.DETAILS: Text(en="details to write", es="detalles por escribir"),
    ActionKind.EVALUATION: Text(en="evaluation", es="evaluación"),
    ActionKind.PUT_IN_WRITING: Text(en="to put in writing", es="por poner por escrito"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskShown:
    """One task: what, whose, until when, from which decision."""

    pk: int
    kind: Text
    title: Text
    body: Text
    body_pk: int
    owner: str
    is_mine: bool
    due_on: date | None
    sitting: Moment | None
    is_late: bool
    decision: str | None
    proposal: str | None
    closed_note: str


def tasks_listed(
    *, bodies: frozenset[int] | None, user_pk: int, on: date, only: str = "", closed: bool = False
) -> list[TaskShown]:
    """Tasks of a person and of the bodies it may read (None: all), the most urgent first. Two queries."""
    rows = ActionItem.objects.select_related("body", "owner", "sitting", "decision", "proposal")
    rows = rows.filter(closed_at__isnull=not closed)
    if bodies is not None:
        rows = rows.filter(Q(owner=user_pk) | Q(body__in=bodies))
    if only == "mine":
        rows = rows.filter(owner=user_pk)
    clocks = hours()
    shown = [_shown(row=row, user_pk=user_pk, on=on, clocks=clocks) for row in rows.order_by("pk")]
    far = date.max
    return sorted(shown, key=lambda one: (one.due_on or (one.sitting.at.date() if one.sitting else far), one.pk))


def _shown(*, row: ActionItem, user_pk: int, on: date, clocks: Any) -> TaskShown:
    due = row.due_on or (row.sitting.starts_at.date() if row.sitting else None)
    return TaskShown(
        pk=row.pk,
        kind=KIND_NAMES[ActionKind(row.kind)],
        title=text_of(row=row, name="title"),
        body=text_of(row=row.body, name="name"),
        body_pk=row.body_id,
        owner=row.owner.name if row.owner else "",
        is_mine=row.owner_id == user_pk,
        due_on=row.due_on,
        sitting=clocks.moment_or_none(row.sitting.starts_at if row.sitting else None),
        is_late=due is not None and due < on,
        decision=row.decision.code if row.decision else None,
        proposal=row.proposal.code if row.proposal else None,
        closed_note=row.closed_note,
    )


def count_mine(*, user_pk: int) -> int:
    """How many open tasks a person has."""
    return ActionItem.objects.filter(owner=user_pk, closed_at__isnull=True).count()


def ways_to_show() -> Sequence[tuple[str, Text]]:
    """The filters of the list."""
    return (
        ("", Text(en="All I may see", es="Todas las que puedo ver")),
        ("mine", Text(en="Mine", es="Las mías")),
        ("closed", Text(en="Closed", es="Cerradas")),
    )
