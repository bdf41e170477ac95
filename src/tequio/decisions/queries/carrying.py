"""What carrying a decision out would do now: the plan of each effect that waits, what is in the way, what has moved.

The same is shown to whoever confirms and used by what carries it out (operations/carrying_out.py), so that nobody
confirms anything else than what happens.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tequio.decisions.effects.in_order import Foreseen, foreseen_by, kind_behind, rests_on
from tequio.decisions.effects.previewing import EffectPreview, Preview, moved_beyond, previewed
from tequio.decisions.effects.registry import Effect, is_ahead
from tequio.decisions.models import Decision, DecisionEffect, EffectState
from tequio.decisions.queries.hours import day_everywhere
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An effect that waits: its preview of today, or why there is none; whether its day has come.

    `in_the_way` says why it cannot be carried out: what it was written against has moved on (naming both), or what it
    is about is gone. `waits_for` are the numbers, from 1, of effects before it that make what it is about and whose day
    has not come: it is carried out with them.
    """

    effect: DecisionEffect
    preview: EffectPreview | None
    in_the_way: Text | None
    is_due: bool
    waits_for: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryingOut:
    """What confirming a decision would do now.

    `moved` are the figures that are other than the voters saw them, beyond the tolerance stated; `key` names what was
    looked at, so that whoever confirms has seen just that.
    """

    decision: Decision
    waiting: tuple[Waiting, ...]
    moved: tuple[Text, ...]
    key: str

    @property
    def in_the_way(self) -> tuple[Text, ...]:
        """What keeps it from being carried out, an effect each."""
        return tuple(
            Text(
                en=f"Effect {one.effect.position + 1}: {one.in_the_way.en}",
                es=f"Efecto {one.effect.position + 1}: {one.in_the_way.es}",
            )
            for one in self.waiting
            if one.in_the_way is not None
        )

    @property
    def due(self) -> tuple[Waiting, ...]:
        """What would be carried out at once."""
        return tuple(one for one in self.waiting if one.is_due)


def carrying_out(*, decision: Decision, at: datetime) -> CarryingOut:
    """What confirming a decision would do now. Writes nothing."""
    today = day_everywhere(at=at)
    rows = list(
        DecisionEffect.objects.filter(decision=decision, state=EffectState.WAITING)
        .select_related("confirmed_by")
        .order_by("position")
    )
    waiting = _all_waiting(rows=rows, decided_on=decision.decided_on, today=today)
    now = _preview_of(waiting=waiting, today=today)
    return CarryingOut(
        decision=decision,
        waiting=waiting,
        moved=tuple(moved_beyond(seen=_seen_of(decision=decision, rows=rows), now=now)),
        key=now.digest(),
    )


def _all_waiting(*, rows: Sequence[DecisionEffect], decided_on: date, today: date) -> tuple[Waiting, ...]:
    """Every effect that waits, in order, each as it stands behind those that wait before it."""
    effects = [Effect(kind=row.kind, data=row.data, base=row.base) for row in rows]
    found: list[Waiting] = []
    foretold = foreseen_by(effects=effects, numbers=[row.position + 1 for row in rows])
    for row, effect, foreseen in zip(rows, effects, foretold, strict=True):
        early = {one.effect.position + 1 for one in found if not one.is_due}
        one = _waiting(row=row, effect=effect, foreseen=foreseen, decided_on=decided_on, today=today)
        waits_for = tuple(number for number in rests_on(data=effect.data, foreseen=foreseen) if number in early)
        found.append(replace(one, is_due=False, waits_for=waits_for) if waits_for else one)
    return tuple(found)


def _waiting(*, row: DecisionEffect, effect: Effect, foreseen: Foreseen, decided_on: date, today: date) -> Waiting:
    """One effect that waits, planned for today. Its day may have passed since it was decided; nothing else may."""
    try:
        kind = kind_behind(effect=effect, foreseen=foreseen)
        is_due = is_ahead(kind) or row.effective_on <= today
        data = kind.checked(data=effect.data, on=min(decided_on, today))
        preview = previewed(kind=kind, position=row.position, effect=effect, data=data, on=today, foreseen=foreseen)
    except Refusal as refusal:
        return Waiting(effect=row, preview=None, in_the_way=refusal.text, is_due=row.effective_on <= today)
    return Waiting(effect=row, preview=preview, in_the_way=preview.moved, is_due=is_due)


def _preview_of(*, waiting: Sequence[Waiting], today: date) -> Preview:
    return Preview(on=today, effects=tuple(one.preview for one in waiting if one.preview is not None))


def _seen_of(*, decision: Decision, rows: Sequence[DecisionEffect]) -> dict[str, object]:
    """What was looked at last: what the voters saw, or for an effect confirmed since what its confirmer saw."""
    seen = dict(decision.vote.seen) if decision.vote is not None else {"effects": []}
    confirmed = {row.position: row.plan["looked_at"] for row in rows if "looked_at" in row.plan}
    seen["effects"] = [confirmed.get(one["position"], one) for one in seen.get("effects", [])]
    return seen
