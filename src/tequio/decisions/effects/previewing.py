"""What the effects of a text would do: checked, said, planned, with their consequences; the same for everybody.

A vote freezes this when it opens and keeps its hash, so that afterwards nobody can doubt what was voted on; and before
an effect is carried out its facts are compared with those that the electorate saw.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tequio.decisions.effects.in_order import NOTHING, Foreseen, foreseen_by, kind_behind, resting_said
from tequio.decisions.effects.registry import Assumption, Consequences, Effect, EffectKind, Plan, Table
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

# What topics above know of the consequences of effects that are not theirs, and add at start-up: the tables that follow
# from an effect's kind and plan, on a day.
Contributor = Callable[[str, Plan, date], Sequence[Table]]
contributors: list[Contributor] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectPreview:
    """One effect of a text: what it says of itself, what it changes and what would follow.

    `moved` says how what it was written against has moved on since; none where it has not.
    """

    position: int
    effect: Effect
    title: Text
    said: Text
    plan: Plan
    consequences: Consequences
    moved: Text | None = None

    def as_json(self, *, private: bool = False) -> dict[str, Any]:
        """As JSON carries it; tables that name members only where `private`."""
        found = self.consequences
        return {
            "position": self.position,
            "kind": self.effect.kind,
            "data": dict(self.effect.data),
            "said": self.said.as_dict(),
            "effective_on": self.plan.effective_on.isoformat(),
            "changes": [change.as_json() for change in self.plan.changes],
            "plan": dict(self.plan.data),
            "sentences": [sentence.as_dict() for sentence in found.sentences],
            "tables": [table.as_json() for table in found.tables if private or not table.private],
            "totals": dict(found.totals),
            "assumptions": {assumed.name: assumed.value for assumed in found.assumptions},
            "facts": {
                name: {"value": value, "said": found.facts_said[name].as_dict() if name in found.facts_said else None}
                for name, value in found.facts.items()
            },
            "tolerance": found.tolerance,
            "moved": self.moved.as_dict() if self.moved else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What all effects of a text would do, worked out for a day."""

    on: date
    effects: tuple[EffectPreview, ...]

    def as_json(self, *, private: bool = False) -> dict[str, Any]:
        """As JSON carries it, without the tables that name members unless `private`; what a vote keeps."""
        return {"on": self.on.isoformat(), "effects": [found.as_json(private=private) for found in self.effects]}

    def digest(self) -> str:
        """A hash of all it shows to everybody: two previews that say the same have the same."""
        return digest_of(seen=self.as_json())

    def assumptions(self) -> tuple[Assumption, ...]:
        """What it rests on and a person can change, each once, with the values it was worked out with."""
        known = {assumed.name: assumed for one in self.effects for assumed in one.consequences.assumptions}
        return tuple(known.values())

    def facts(self) -> dict[str, int]:
        """The figures whose movement is told to who confirms, by "position.name"."""
        return {f"{e.position}.{name}": value for e in self.effects for name, value in e.consequences.facts.items()}


def digest_of(*, seen: Mapping[str, Any]) -> str:
    """The hash of a preview as it was kept (`Preview.as_json()`): canonical JSON, SHA-256."""
    canonical = json.dumps(seen, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def preview_of(*, effects: Sequence[Effect], on: date, assumptions: Mapping[str, int] | None = None) -> Preview:
    """Work out what effects would do if they were decided on a day, under the assumptions given. Writes nothing.

    Each is held to what those before it will have made. Refuses an effect whose kind nobody registered, that is written
    wrong, that begins before `on` or names something that is not there (any more) and that none before it makes; the
    sentence says which one. An assumption none of them knows is refused as well.
    """
    found = tuple(
        _one(position=position, effect=effect, foreseen=foreseen, on=on, assumptions=assumptions or {})
        for position, (effect, foreseen) in enumerate(zip(effects, foreseen_by(effects=effects), strict=True))
    )
    preview = Preview(on=on, effects=found)
    known = {assumed.name for assumed in preview.assumptions()}
    for name in assumptions or {}:
        if name not in known:
            raise Refusal(
                en=f"No effect here rests on an assumption “{name}”. There are: {', '.join(sorted(known)) or 'none'}.",
                es=f"Ningún efecto se apoya en el supuesto «{name}». Existen: {', '.join(sorted(known)) or 'ninguno'}.",
            )
    return preview


def _one(
    *, position: int, effect: Effect, foreseen: Foreseen, on: date, assumptions: Mapping[str, int]
) -> EffectPreview:
    try:
        kind = kind_behind(effect=effect, foreseen=foreseen)
        data = kind.checked(data=effect.data, on=on)
        found = previewed(
            kind=kind, position=position, effect=effect, data=data, on=on, foreseen=foreseen, assumptions=assumptions
        )
        more = tuple(table for contribute in contributors for table in contribute(effect.kind, found.plan, on))
        tables = (*found.consequences.tables, *more)
        return replace(found, consequences=replace(found.consequences, tables=tables)) if more else found
    except Refusal as refusal:
        why = refusal.text
        raise Refusal(en=f"Effect {position + 1}: {why.en}", es=f"Efecto {position + 1}: {why.es}") from refusal


def previewed(
    *,
    kind: EffectKind,
    position: int,
    effect: Effect,
    data: Mapping[str, Any],
    on: date,
    foreseen: Foreseen = NOTHING,
    assumptions: Mapping[str, int] | None = None,
) -> EffectPreview:
    """One effect as its kind shows it for a day, from data that were checked; without what topics above add to it."""
    consequences = kind.consequences(data=data, on=on, assumptions=assumptions)
    resting = resting_said(data=data, foreseen=foreseen)
    return EffectPreview(
        position=position,
        effect=Effect(kind=effect.kind, data=data, base=effect.base),
        title=kind.title,
        said=kind.said(data=data),
        plan=kind.plan(data=data, on=on),
        consequences=replace(consequences, sentences=(*resting, *consequences.sentences)),
        moved=kind.conflict(data=data, base=effect.base),
    )


def moved_beyond(*, seen: Mapping[str, Any], now: Preview) -> list[Text]:
    """The facts that moved, since a preview was kept, by more than the tolerance its effects state; a sentence each.

    `seen` is what was kept (`Preview.as_json()`). An effect that is only in one of the two is not compared: whether
    the effects are the same is the business of who compares them.
    """
    before = {one["position"]: one for one in seen.get("effects", [])}
    sentences = []
    for one in now.effects:
        was = before.get(one.position)
        if was is None or was["kind"] != one.effect.kind:
            continue
        tolerance = was.get("tolerance", one.consequences.tolerance)
        for name, value in one.consequences.facts.items():
            kept = was["facts"].get(name)
            if kept is None or abs(value - kept["value"]) * 100 <= tolerance * abs(kept["value"]):
                continue
            then = kept["said"] or {"en": f"{name}: {kept['value']}", "es": f"{name}: {kept['value']}"}
            today = one.consequences.facts_said.get(name, Text(en=f"{name}: {value}", es=f"{name}: {value}"))
            sentences.append(
                Text(
                    en=f"It moved by more than {tolerance} %. When the vote opened: {then['en']}. Now: {today.en}.",
                    es=f"Cambió en más de {tolerance} %. Al abrirse la votación: {then['es']}. Ahora: {today.es}.",
                )
            )
    return list(dict.fromkeys(sentences))
