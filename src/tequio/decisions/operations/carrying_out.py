"""Carrying a decision out: once, whole or not at all, from its day, when a named person has confirmed it.

Whoever confirms is shown the plan of today; the same plan is carried out. Effects that are dated by themselves (a
policy, a rule) are carried out at once and hold from their day; the others wait for theirs, and the daily work carries
them out, all of a day together. What is in the way stops all of it and is shown; nothing is overwritten. Whatever goes
wrong between two effects, the transaction takes both back.

Order of locks: centers by id, bodies, the decision, whatever the effects hold, the journal's tip.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tequio.accounts.models import User
from tequio.centers.models import Center
from tequio.decisions.effects.registry import kind_of
from tequio.decisions.locking import lock_bodies
from tequio.decisions.models import Decision, DecisionEffect, EffectState
from tequio.decisions.operations.reversing import mark_reversed
from tequio.decisions.queries.carrying import CarryingOut, Waiting, carrying_out
from tequio.decisions.queries.hours import day_everywhere
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import Text


class InTheWay(Refusal):
    """Something has moved on since the effects were written: nothing was carried out; `found` shows both."""

    def __init__(self, *, found: CarryingOut) -> None:
        said = _joined(found.in_the_way)
        super().__init__(en=f"Nothing was carried out. {said.en}", es=f"No se llevó a cabo nada. {said.es}")
        self.found = found


class FactsMoved(Refusal):
    """The figures are other than the voters saw them. Whoever confirms with `found.key` has seen them as they are."""

    def __init__(self, *, found: CarryingOut) -> None:
        said = _joined(found.moved)
        super().__init__(
            en=f"Nothing was carried out yet: the figures are not those that were voted on. {said.en} Look at them and "
            "confirm again.",
            es=f"Todavía no se llevó a cabo nada: las cifras no son las que se votaron. {said.es} Véalas y vuelva a "
            "confirmar.",
        )
        self.found = found


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The effects that were carried out, and those that are confirmed and wait for their day; by position."""

    applied: tuple[int, ...]
    waiting: tuple[int, ...]


@transaction.atomic
def confirm(*, decision: Decision, by: User | None, key: str = "", actor: str, at: datetime) -> Carried:
    """Confirm what a decision does, in the name of a person, and carry out what is due.

    `key` is that of the `carrying_out` the person looked at. Refuses a decision of which nothing waits (it was carried
    out already), anything in the way (InTheWay), and figures that moved since the vote beyond the tolerance stated,
    unless the key says that the person has seen them so (FactsMoved). `by` is none on the command line, where the
    actor is the user of the machine.
    """
    held = _hold(decision=decision)
    found = carrying_out(decision=held, at=at)
    if not found.waiting:
        raise Refusal(
            en=f"Nothing of decision {held.code} waits to be carried out.",
            es=f"Nada del acuerdo {held.code} espera llevarse a cabo.",
        )
    if found.in_the_way:
        raise InTheWay(found=found)
    if found.moved and key != found.key:
        raise FactsMoved(found=found)
    for one in found.waiting:
        row = one.effect
        row.confirmed_by, row.confirmed_as = by, actor
        row.plan = {"looked_at": _looked_at(one)}
        row.save(update_fields=["confirmed_by", "confirmed_as", "plan"])
    applied = _apply(decision=held, waiting=found.due, actor=actor, at=at)
    waiting = tuple(one.effect.position for one in found.waiting if not one.is_due)
    _note(
        kind=Kind.EFFECTS_CONFIRMED,
        decision=held,
        positions=[one.effect.position for one in found.waiting],
        actor=actor,
        at=at,
    )
    if applied:
        _note(kind=Kind.EFFECTS_APPLIED, decision=held, positions=applied, actor=actor, at=at)
    return Carried(applied=applied, waiting=waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What the daily work carried out, by decision; what it could not, with why; what waits for a person."""

    applied: tuple[str, ...] = ()
    stopped: tuple[tuple[str, Text], ...] = ()
    waiting: tuple[str, ...] = ()

    def said(self) -> list[Text]:
        """What a person should know of it, a sentence each; nothing where there is nothing."""
        found = [
            Text(en=f"Carried out: decision {code}.", es=f"Se llevó a cabo el acuerdo {code}.") for code in self.applied
        ]
        found += [Text(en=f"Decision {code}: {why.en}", es=f"Acuerdo {code}: {why.es}") for code, why in self.stopped]
        found += [
            Text(
                en=f"Decision {code} waits for somebody to confirm it: its day has come.",
                es=f"El acuerdo {code} espera que alguien lo confirme: ya llegó su fecha.",
            )
            for code in self.waiting
        ]
        return found


def carry_out_due(*, actor: str, at: datetime) -> Done:
    """Carry out what was confirmed and whose day has come, decision by decision; for the daily work.

    What is in the way by now, or has moved since it was confirmed, is not carried out: the confirmation lapses, and a
    person has to look at it. Decisions whose effects are due and that nobody has confirmed are named.
    """
    today = day_everywhere(at=at)
    waiting = DecisionEffect.objects.filter(state=EffectState.WAITING, effective_on__lte=today)
    applied: list[str] = []
    stopped: list[tuple[str, Text]] = []
    confirmed = Decision.objects.filter(pk__in=waiting.exclude(confirmed_as="").values("decision_id"))
    for decision in confirmed.order_by("pk"):
        try:
            if _carry_out_confirmed(decision=decision, actor=actor, at=at):
                applied.append(decision.code)
        except Refusal as refusal:
            _let_lapse(decision=decision, actor=actor, at=at)
            stopped.append((decision.code, refusal.text))
    unconfirmed = Decision.objects.filter(pk__in=waiting.filter(confirmed_as="").values("decision_id"))
    codes = tuple(unconfirmed.order_by("pk").values_list("code", flat=True))
    return Done(applied=tuple(applied), stopped=tuple(stopped), waiting=codes)


@transaction.atomic
def _carry_out_confirmed(*, decision: Decision, actor: str, at: datetime) -> bool:
    held = _hold(decision=decision)
    found = carrying_out(decision=held, at=at)
    due = [one for one in found.due if one.effect.confirmed_as]
    if not due:
        return False  # another process was faster
    if found.in_the_way:
        raise InTheWay(found=found)
    if found.moved:
        raise FactsMoved(found=found)
    applied = _apply(decision=held, waiting=due, actor=actor, at=at)
    _note(kind=Kind.EFFECTS_APPLIED, decision=held, positions=applied, actor=actor, at=at)
    return True


@transaction.atomic
def _let_lapse(*, decision: Decision, actor: str, at: datetime) -> None:
    held = _hold(decision=decision)
    rows = DecisionEffect.objects.filter(decision=held, state=EffectState.WAITING).exclude(confirmed_as="")
    positions = list(rows.order_by("position").values_list("position", flat=True))
    rows.update(confirmed_by=None, confirmed_as="", plan={})
    _note(kind=Kind.EFFECTS_STOPPED, decision=held, positions=positions, actor=actor, at=at)


@transaction.atomic
def drop_effect(*, effect: DecisionEffect, why: str, by: User | None, actor: str, at: datetime) -> None:
    """Give up an effect that cannot be carried out, saying why; the others of its decision go on.

    Refuses one that nothing is in the way of: what a body decided is undone by a decision, not by a person.
    """
    held = _hold(decision=effect.decision)
    why = " ".join(why.split())
    if not why or len(why) > _LONGEST_WHY:
        raise Refusal(
            en=f"Say why, in {_LONGEST_WHY} characters at most.", es=f"Diga por qué, en {_LONGEST_WHY} caracteres."
        )
    found = {one.effect.pk: one for one in carrying_out(decision=held, at=at).waiting}
    one = found.get(effect.pk)
    if one is None:
        raise Refusal(en="That effect does not wait any more.", es="Ese efecto ya no está en espera.")
    if one.in_the_way is None:
        raise Refusal(
            en="Nothing is in the way of that effect. What a body decided is undone by another decision.",
            es="Nada impide ese efecto. Lo que acordó una instancia se deshace con otro acuerdo.",
        )
    DecisionEffect.objects.filter(pk=effect.pk, state=EffectState.WAITING).update(
        state=EffectState.DROPPED, why_dropped=why, confirmed_by=by, confirmed_as=actor
    )
    _note(kind=Kind.EFFECT_DROPPED, decision=held, positions=[effect.position], actor=actor, at=at)


_LONGEST_WHY = 300


def _apply(*, decision: Decision, waiting: Sequence[Waiting], actor: str, at: datetime) -> tuple[int, ...]:
    """Carry effects out in the order of their positions, each planned when those before it have been.

    Each row is claimed by one conditional UPDATE before anything is done; the key is decision and position.
    """
    today = day_everywhere(at=at)
    positions = []
    for one in waiting:
        row, preview = one.effect, one.preview
        assert preview is not None  # noqa: S101 - CONFIG: what is in the way was refused before
        claimed = DecisionEffect.objects.filter(pk=row.pk, state=EffectState.WAITING).update(
            state=EffectState.APPLIED, applied_at=at
        )
        if claimed != 1:
            raise Refusal(
                en=f"Effect {row.position + 1} of decision {decision.code} was carried out already.",
                es=f"El efecto {row.position + 1} del acuerdo {decision.code} ya se llevó a cabo.",
            )
        kind = kind_of(name=row.kind)
        plan = kind.plan(data=preview.effect.data, on=today)
        result = kind.apply(plan=plan, decision=decision, actor=actor, at=at)
        DecisionEffect.objects.filter(pk=row.pk).update(
            plan={
                "effective_on": plan.effective_on.isoformat(),
                "changes": [change.as_json() for change in plan.changes],
                "data": dict(plan.data),
            },
            result=result,
        )
        positions.append(row.position)
    mark_reversed(decision=decision)
    return tuple(positions)


def _looked_at(one: Waiting) -> dict[str, Any]:
    """What whoever confirmed looked at, in the form a vote keeps it in."""
    return one.preview.as_json() if one.preview is not None else {}


def _hold(*, decision: Decision) -> Decision:
    """The decision as it is now, held with every center and body until the transaction ends."""
    list(Center.objects.select_for_update().order_by("pk").values_list("pk"))
    lock_bodies()
    rows = Decision.objects.select_for_update(of=("self",)).select_related("vote", "body", "proposal")
    return rows.get(pk=decision.pk)


def _note(*, kind: Kind, decision: Decision, positions: Sequence[int], actor: str, at: datetime) -> None:
    payload = {"effects": list(positions)}
    journal.append(kind=kind, subject=f"decision:{decision.code}", actor=actor, at=at, payload=payload)


def _joined(texts: Sequence[Text]) -> Text:
    return Text(en=" ".join(text.en for text in texts), es=" ".join(text.es for text in texts))
