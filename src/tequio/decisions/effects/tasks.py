# ruff: noqa: ARG002 - CONFIG: the registry gives every kind the same arguments
"""The effect `task.assign`: somebody takes something on."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tequio.accounts.models import User
from tequio.decisions.effects import written
from tequio.decisions.effects.in_order import NOTHING, Foreseen
from tequio.decisions.effects.quiet import Quiet
from tequio.decisions.effects.reading import body_code_from, body_from, name_of, person_from, sitting_from
from tequio.decisions.effects.registry import Change, Effect, Plan
from tequio.decisions.models import ActionItem, ActionKind, Body, Decision, Sitting
from tequio.decisions.operations.tasks import open_task
from tequio.rules.reasons import Text, long_date

_LONGEST = 300


class AssignTask(Quiet):
    """Somebody takes something on, due on a day, at a sitting, or without a day; it comes back until it is closed."""

    name = "task.assign"
    title = Text(en="Assign a task", es="Encargar una tarea")
    ahead = True
    example: Mapping[str, Any] = {
        "body": "leadership-committee",
        "title": {"en": "Put the new structure in writing", "es": "Poner por escrito la nueva estructura"},
        "due_on": "2031-08-01",
    }
    _keys = frozenset({"body", "title", "person", "due_on", "sitting", "in_writing"})

    def __init__(self, *, foreseen: Foreseen = NOTHING) -> None:
        self._foreseen = foreseen

    def after(self, foreseen: Foreseen, /) -> "AssignTask":
        """This method will return the kind as it stands behind other effects: the body may be one they found."""
        return AssignTask(foreseen=foreseen)

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the task as it is kept, or refuse a day that is over and who is not there."""
        written.refuse_unknown(keys=data, known=self._keys, where=self.name)
        code = body_code_from(data=data, foreseen=self._foreseen)
        # A body that is not there yet has no sitting, whatever was written: its code finds none.
        sitting = sitting_from(data=data, body=body_from(data=data)) if data.get("sitting") else None
        due_on = written.day_from(data=data, key="due_on", on=on) if data.get("due_on") else None
        return {
            "body": code,
            "title": written.bilingual(data=data, key="title", longest=_LONGEST).as_dict(),
            "person": person_from(data=data).pk if data.get("person") else None,
            "due_on": due_on.isoformat() if due_on else None,
            "sitting": sitting.pk if sitting else None,
            "in_writing": written.flag(data=data, key="in_writing", default=False),
        }

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will say the task, whose it is and when it is due."""
        title = Text(**data["title"])
        name = name_of(pk=data["person"]) if data["person"] else None
        en = f"{title.en}: {name or 'whoever takes it'}"
        es = f"{title.es}: {name or 'quien la tome'}"
        if data["due_on"]:
            day = date.fromisoformat(data["due_on"])
            en, es = (
                f"{en}, by {long_date(day=day, language='en')}",
                f"{es}, para el {long_date(day=day, language='es')}",
            )
        return Text(en=f"{en}.", es=f"{es}.")

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out the task. It begins when the decision is confirmed, and its body is there."""
        change = Change(what=Text(en="Task", es="Tarea"), before=None, after=self.said(data=data))
        body = self._foreseen.founded.get(data["body"])
        day = max(on, body.begins) if body is not None and body.begins is not None else on
        return Plan(effective_on=day, changes=(change,), data=dict(data))

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will open the task, from the decision."""
        data = plan.data
        task = open_task(
            kind=ActionKind.PUT_IN_WRITING if data["in_writing"] else ActionKind.TASK,
            title=Text(**data["title"]),
            body=Body.objects.get(code=data["body"]),
            owner=User.objects.filter(pk=int(data["person"] or 0), is_active=True).first(),
            due_on=date.fromisoformat(data["due_on"]) if data["due_on"] else None,
            sitting=Sitting.objects.filter(pk=int(data["sitting"] or 0), cancelled_at__isnull=True).first(),
            decision=decision,
            proposal=decision.proposal,
            actor=actor,
            at=at,
        )
        return {"task": task.pk}

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the task, and the decision it is from."""
        there = ActionItem.objects.filter(pk=int(result.get("task") or 0), decision=decision).exists()
        return "" if there else "there is no task from it"

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will return nothing: a task is closed by whoever has it, with what came of it."""
        return []
