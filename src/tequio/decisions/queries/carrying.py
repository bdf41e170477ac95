"""What carrying a decision out would do now: the plan of each effect that waits, what is in the way, what has moved.

The same is shown to whoever confirms and used by what carries it out (operations/carrying_out.py), so that nobody
confirms anything else than what happens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tequio.decisions.effects.previewing import EffectPreview, Preview, moved_beyond
from tequio.decisions.effects.registry import Effect, is_ahead, kind_of
from tequio.decisions.models import Decision, DecisionEffect, EffectState
from tequio.decisions.queries.hours import day_everywhere
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An effect that waits: its preview of today, or why there is none; whether its day has come.

    `in_the_way` says why it cannot be carried out: what it was written against has moved on (naming both), or what it
    is about is gone.
    """

    effect: DecisionEffect
    preview: EffectPreview | None
    in_the_way: Text | None
    is_due: bool


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
    waiting = tuple(_waiting(row=row, decided_on=decision.decided_on, today=today) for row in rows)
    now = _preview_of(waiting=waiting, today=today)
    return CarryingOut(
        decision=decision,
        waiting=waiting,
        moved=tuple(moved_beyond(seen=_seen_of(decision=decision, rows=rows), now=now)),
        key=now.digest(),
    )


def _waiting(*, row: DecisionEffect, decided_on: date, today: date) -> Waiting:
    """One effect that waits, planned for today. Its day may have passed since it was decided; nothing else may."""
    effect = Effect(kind=row.kind, data=row.data, base=row.base)
    try:
        kind = kind_of(name=effect.kind)
        ahead = is_ahead(kind)
        is_due = ahead or row.effective_on <= today
        data = kind.checked(data=effect.data, on=min(decided_on, today))
        conflict = kind.conflict(data=data, base=effect.base)
        preview = EffectPreview(
            position=row.position,
            effect=Effect(kind=effect.kind, data=data, base=effect.base),
            title=kind.title,
            said=kind.said(data=data),
            plan=kind.plan(data=data, on=today),
            consequences=kind.consequences(data=data, on=today),
            moved=conflict,
        )
    except Refusal as refusal:
        return Waiting(effect=row, preview=None, in_the_way=refusal.text, is_due=row.effective_on <= today)
    return Waiting(effect=row, preview=preview, in_the_way=conflict, is_due=is_due)


def _preview_of(*, waiting: Sequence[Waiting], today: date) -> Preview:
    return Preview(on=today, effects=tuple(one.preview for one in waiting if one.preview is not None))


def _seen_of(*, decision: Decision, rows: Sequence[DecisionEffect]) -> dict[str, object]:
    """What was looked at last: what the voters saw, or for an effect confirmed since what its confirmer saw."""
    seen = dict(decision.vote.seen) if decision.vote is not None else {"effects": []}
    confirmed = {row.position: row.plan["looked_at"] for row in rows if "looked_at" in row.plan}
    seen["effects"] = [confirmed.get(one["position"], one) for one in seen.get("effects", [])]
    return seen
