"""The effects of one text in their order: each is held to what those before it will have made of what there is.

So one decision can found a body and begin its meetings. A kind says what it makes of bodies (`makes`), and one that can
stand behind another is asked as it stands there (`after`). Nothing is tried out and nothing written: what an effect
will leave is read from its data, which are whatever somebody wrote and may be anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tequio.decisions.effects.registry import Effect, EffectKind, kind_of
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text, long_date


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyToBe:
    """A body that an effect founds: what it is called, its first day, the hours of review its rule asks for.

    `effect` is the number of the effect, from 1, as people count those of a text.
    """

    name: Text
    begins: date | None = None
    review_hours: int | None = None
    effect: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What one effect makes of bodies, by code: which it founds, calls otherwise, ends; and the series it begins."""

    founded: Mapping[str, BodyToBe] = field(default_factory=dict)
    renamed: Mapping[str, Text] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()
    series: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What the effects before one will have made: bodies by code, founded, called otherwise, ended; and series begun.

    What is ended or begun stands with the number of its effect; so do the bodies that only `later` effects found.
    """

    founded: Mapping[str, BodyToBe] = field(default_factory=dict)
    renamed: Mapping[str, Text] = field(default_factory=dict)
    ended: Mapping[str, int] = field(default_factory=dict)
    series: Mapping[str, int] = field(default_factory=dict)
    later: Mapping[str, int] = field(default_factory=dict)

    def name_of(self, code: str, /) -> Text | None:
        """What a body will be called by then; None where no effect before it says."""
        if code in self.renamed:
            return self.renamed[code]
        return self.founded[code].name if code in self.founded else None


NOTHING = Foreseen()


def foreseen_by(*, effects: Sequence[Effect], numbers: Sequence[int] | None = None) -> list[Foreseen]:
    """For each effect of a text what those before it will have made. `numbers` are theirs, where not from 1 on."""
    counted = list(numbers) if numbers is not None else list(range(1, len(effects) + 1))
    made = [_made(effect) for effect in effects]
    found = []
    so_far = NOTHING
    for position in range(len(effects)):
        later = {
            code: number
            for number, one in zip(reversed(counted[position:]), reversed(made[position:]), strict=True)
            for code in one.founded
            if code not in so_far.founded
        }
        found.append(replace(so_far, later=later))
        so_far = _with(so_far, made=made[position], number=counted[position])
    return found


def foreseen_after(*, effects: Sequence[Effect]) -> Foreseen:
    """What all effects of a text will have made: for one that is added behind them."""
    so_far = NOTHING
    for number, effect in enumerate(effects, start=1):
        so_far = _with(so_far, made=_made(effect), number=number)
    return so_far


def kind_behind(*, effect: Effect, foreseen: Foreseen) -> EffectKind:
    """The kind of an effect as it stands behind those before it in its text.

    Refuses a kind nobody registered; a body or series that an earlier one begins already; an effect on a body that only
    a later one founds; and one on a body that an earlier one founds where its kind cannot stand behind that, or ends.
    """
    kind = kind_of(name=effect.kind)
    named = bodies_named(data=effect.data)
    _refuse_twice(effect=effect, foreseen=foreseen)
    for code in named:
        if code in foreseen.later:
            number = foreseen.later[code]
            raise Refusal(
                en=f"It names “{code}”, which only effect {number} founds. Put that effect before this one.",
                es=f"Nombra «{code}», que apenas el efecto {number} crea. Ponga ese efecto antes que este.",
            )
        if code in foreseen.ended:
            number = foreseen.ended[code]
            raise Refusal(
                en=f"It names “{code}”, which effect {number} of the same text ends.",
                es=f"Nombra «{code}», que el efecto {number} del mismo texto termina.",
            )
    after = getattr(kind, "after", None)
    if after is not None:
        behind: EffectKind = after(foreseen)
        return behind
    for code in named:
        if code in foreseen.founded:
            number = foreseen.founded[code].effect
            raise Refusal(
                en=f"“{code}” is founded by effect {number} of the same text: say it in that effect, or decide it "
                "once the body is there.",
                es=f"El efecto {number} del mismo texto crea «{code}»: dígalo en ese efecto, o acuérdelo cuando "
                "la instancia exista.",
            )
    return kind


def said_behind(*, effect: Effect, foreseen: Foreseen) -> Text:
    """An effect in a sentence, naming what those before it will have made; its kind where it cannot be said."""
    try:
        kind = kind_of(name=effect.kind)
        after = getattr(kind, "after", None)
        said: Text = (after(foreseen) if after is not None else kind).said(data=effect.data)
    except (Refusal, KeyError, ValueError, TypeError):
        return Text(en=effect.kind, es=effect.kind)
    return said


def _refuse_twice(*, effect: Effect, foreseen: Foreseen) -> None:
    made = _made(effect)
    taken = [(code, foreseen.founded[code].effect) for code in made.founded if code in foreseen.founded]
    taken += [(code, foreseen.series[code]) for code in sorted(made.series) if code in foreseen.series]
    for code, number in taken:
        raise Refusal(
            en=f"Effect {number} of the same text makes “{code}” already: give this one another code.",
            es=f"El efecto {number} del mismo texto ya crea «{code}»: dé otro código a este.",
        )


def rests_on(*, data: Mapping[str, Any], foreseen: Foreseen) -> list[int]:
    """The numbers of the effects before it that found what an effect names: it is carried out with them."""
    return sorted({foreseen.founded[code].effect for code in bodies_named(data=data) if code in foreseen.founded})


def resting_said(*, data: Mapping[str, Any], foreseen: Foreseen) -> list[Text]:
    """A sentence for each body that an effect names and one before it founds."""
    found = []
    for code in bodies_named(data=data):
        if code in foreseen.founded:
            body, name = foreseen.founded[code], foreseen.name_of(code) or foreseen.founded[code].name
            found.append(
                Text(
                    en=f"“{name.en}” is founded by effect {body.effect} of the same text; the two are carried out "
                    "together, or neither is.",
                    es=f"El efecto {body.effect} del mismo texto crea «{name.es}»; los dos se llevan a cabo "
                    "juntos, o ninguno.",
                )
            )
    return found


def refuse_earlier(*, data: Mapping[str, Any], day: date, foreseen: Foreseen) -> None:
    """Refuse what would begin before a body that it names, and that an effect before it founds, is there."""
    for code in bodies_named(data=data):
        body = foreseen.founded.get(code)
        if body is not None and body.begins is not None and day < body.begins:
            first = Text(en=long_date(day=body.begins, language="en"), es=long_date(day=body.begins, language="es"))
            raise Refusal(
                en=f"It begins before “{body.name.en}” is there: effect {body.effect} founds it on {first.en}.",
                es=f"Empieza antes de que exista «{body.name.es}»: el efecto {body.effect} la crea el {first.es}.",
            )


def bodies_named(*, data: Mapping[str, Any]) -> list[str]:
    """The codes of bodies that the data of an effect name, whatever else they are: under `body`, and in `bodies`."""
    found = [data.get("body")]
    shares = data.get("bodies")
    if isinstance(shares, list):
        found += [one.get("body") for one in shares if isinstance(one, Mapping)]
    return list(dict.fromkeys(each for each in found if isinstance(each, str)))


def _made(effect: Effect, /) -> Made:
    """What an effect makes of bodies; nothing where its kind is unknown or says nothing of it."""
    try:
        makes = getattr(kind_of(name=effect.kind), "makes", None)
    except Refusal:
        return Made()
    made: Made = makes(data=effect.data) if makes is not None else Made()
    return made


def _with(so_far: Foreseen, /, *, made: Made, number: int) -> Foreseen:
    """What was foreseen, and what one effect more makes."""
    return replace(
        so_far,
        founded={**so_far.founded, **{code: replace(one, effect=number) for code, one in made.founded.items()}},
        renamed={**so_far.renamed, **made.renamed},
        ended={**so_far.ended, **dict.fromkeys(made.ended, number)},
        series={**so_far.series, **dict.fromkeys(made.series, number)},
    )
