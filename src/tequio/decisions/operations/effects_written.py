"""Effects as people and files write them, made into what a version keeps: checked, and with what they replace."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from tequio.decisions.effects.in_order import Foreseen, bodies_named, foreseen_after, foreseen_by, kind_behind
from tequio.decisions.effects.registry import Effect
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text
from tequio.rules.wording import cleaned

MOST_EFFECTS: Final = 50
LONGEST_EFFECT: Final = 40_000  # characters of JSON: a dues table of every band and center is a tenth of it
DEEPEST: Final = 8


def written_effects(
    *, effects: Sequence[Any], on: date, before: Sequence[Mapping[str, Any]] = (), anew: bool = False
) -> list[dict[str, Any]]:
    """Effects as a version keeps them: {"kind", "data", "base"}, each checked by its kind for the day it is written.

    One that stands unchanged among those `before` keeps what it was written against, unless it is written `anew`, and
    is not checked again: a change of words is no reason to refuse it. Whatever `base` is handed in is not believed.
    Each is held to what those before it will have made. Refuses, naming the effect, what no kind accepts, one that
    stands there twice, and one about a body whose founding comes after it or was taken out of the text.
    """
    if len(effects) > MOST_EFFECTS:
        raise Refusal(
            en=f"{len(effects)} effects are too many for one proposal; it takes {MOST_EFFECTS}.",
            es=f"{len(effects)} efectos son demasiados para una propuesta; caben {MOST_EFFECTS}.",
        )
    listed = [_as_effect(effect) for effect in effects]
    kept = {} if anew else {_key(effect): dict(effect) for effect in _still_founded(before=before, effects=listed)}
    made: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    foretold = foreseen_by(effects=listed)
    for number, (effect, foreseen) in enumerate(zip(effects, foretold, strict=True), start=1):
        try:
            one = _written(effect=effect, on=on, kept=kept, foreseen=foreseen)
        except Refusal as refusal:
            why = refusal.text
            raise Refusal(en=f"Effect {number}: {why.en}", es=f"Efecto {number}: {why.es}") from refusal
        first = seen.setdefault(_key(one), number)
        if first != number:
            raise Refusal(
                en=f"Effects {first} and {number} are the same.", es=f"Los efectos {first} y {number} son iguales."
            )
        made.append(one)
    return made


def _as_effect(written: Any, /) -> Effect:
    """What somebody wrote, as far as it is an effect: enough to see what it would make. Nothing is refused yet."""
    there = written if isinstance(written, Mapping) else {}
    kind, data = there.get("kind"), there.get("data")
    return Effect(kind=kind if isinstance(kind, str) else "", data=data if isinstance(data, Mapping) else {})


def _still_founded(*, before: Sequence[Mapping[str, Any]], effects: Sequence[Effect]) -> list[Mapping[str, Any]]:
    """Those of a text without what is about a body that it founded and no effect founds any more: checked anew."""
    gone = set(foreseen_after(effects=[Effect.of(one) for one in before]).founded)
    gone -= set(foreseen_after(effects=effects).founded)
    return [one for one in before if gone.isdisjoint(bodies_named(data=one["data"]))]


def _written(*, effect: Any, on: date, kept: Mapping[str, dict[str, Any]], foreseen: Foreseen) -> dict[str, Any]:
    if not isinstance(effect, Mapping) or set(effect) - {"kind", "data", "base"} or "kind" not in effect:
        raise Refusal(
            en="an effect is written as a kind and its data, and nothing else.",
            es="un efecto se escribe como un tipo y sus datos, y nada más.",
        )
    name, data = effect["kind"], effect.get("data", {})
    if not isinstance(name, str) or not isinstance(data, Mapping):
        raise Refusal(
            en="its kind is a name and its data are a list of names and values.",
            es="su tipo es un nombre y sus datos son una lista de nombres y valores.",
        )
    clean = _plain(data, deep=0)
    kind = kind_behind(effect=Effect(kind=cleaned(name), data=clean), foreseen=foreseen)
    there = kept.get(_key({"kind": kind.name, "data": clean}))
    if there is not None:
        return there
    if len(json.dumps(clean)) > LONGEST_EFFECT:
        raise Refusal(en="its data are too long.", es="sus datos son demasiado largos.")
    checked = kind.checked(data=clean, on=on)
    there = kept.get(_key({"kind": kind.name, "data": checked}))
    return there or {"kind": kind.name, "data": checked, "base": kind.base(data=checked)}


def _plain(value: Any, *, deep: int) -> Any:
    """Data as JSON can carry them everywhere: plain values, texts without invisible marks, not endlessly deep."""
    if deep > DEEPEST:
        raise Refusal(en="its data are too deep.", es="sus datos están demasiado anidados.")
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, Mapping):
        return {cleaned(str(key)): _plain(each, deep=deep + 1) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each, deep=deep + 1) for each in value]
    raise Refusal(
        en="its data hold something else than texts, whole numbers, yes, no and lists of them.",
        es="sus datos contienen algo que no es texto, número entero, sí, no o una lista de eso.",
    )


def _key(effect: Mapping[str, Any]) -> str:
    return json.dumps([effect["kind"], effect["data"]], sort_keys=True)


def refuse_moved(*, effects: Sequence[Mapping[str, Any]], on: date) -> None:
    """Refuse effects that cannot be decided any more; the sentence says which one, and why.

    Their kind or what they name is gone, their day has passed, or what they were written against is not what stands in
    force: then both are named.
    """
    listed = [Effect.of(effect) for effect in effects]
    for number, (effect, foreseen) in enumerate(zip(effects, foreseen_by(effects=listed), strict=True), start=1):
        try:
            kind = kind_behind(effect=Effect.of(effect), foreseen=foreseen)
            data = kind.checked(data=effect["data"], on=on)
            moved: Text | None = kind.conflict(data=data, base=effect["base"])
        except Refusal as refusal:
            moved = refusal.text
        if moved is not None:
            raise Refusal(en=f"Effect {number}: {moved.en}", es=f"Efecto {number}: {moved.es}")
