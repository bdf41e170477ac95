"""The words and effects of a proposal side by side, its versions and their differences, ready to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from tequio.decisions.effects.in_order import Foreseen, foreseen_by, kind_behind
from tequio.decisions.effects.registry import Effect, kind_of
from tequio.decisions.models import Proposal, Version
from tequio.decisions.moved import said_place
from tequio.decisions.queries.hours import Hours, Moment
from tequio.decisions.wordings import content_of, marks_of, words_of
from tequio.kernel.errors import Refusal
from tequio.rules.amending import EFFECTS, Item
from tequio.rules.differences import Difference, Run, differences
from tequio.rules.reasons import Text
from tequio.rules.translations import Translation, state_of
from tequio.rules.wording import FIELD_NAMES, Field, Words, paragraphs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph in both languages, counted from 1; empty where one has fewer."""

    number: int
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShown:
    """A part of the words: its name, and its paragraphs side by side."""

    field: str
    name: Text
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectShown:
    """An effect as it says itself. `fault`: its kind is unknown here, so nothing can be carried out.

    `moved`: it cannot be decided as it is, for what it names or was written against is not there any more.
    """

    position: int
    number: int
    kind: str
    title: Text
    said: Text
    data: Mapping[str, Any]
    fault: bool = False
    moved: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceShown:
    """A paragraph or effect that differs: where, how it was and how it is (as text), and word by word."""

    place: Text
    language: str
    before: Text | None
    after: Text | None
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """A version in the list of them. `restarts`: words or effects differ from the one before."""

    number: int
    made_by: str
    made: Moment
    note: str
    restarts: bool
    translation: Translation


def fields_shown(*, words: Words) -> tuple[FieldShown, ...]:
    """The parts of the words that are there, in both languages side by side."""
    shown = []
    for field in Field:
        said = words.of(field)
        pairs = zip_longest(paragraphs_of(text=said.en), paragraphs_of(text=said.es), fillvalue="")
        paragraphs = tuple(Paragraph(number=n, text=Text(en=en, es=es)) for n, (en, es) in enumerate(pairs, start=1))
        if paragraphs:
            shown.append(FieldShown(field=field.value, name=FIELD_NAMES[field], paragraphs=paragraphs))
    return tuple(shown)


def effects_shown(*, version: Version, may_move: bool) -> tuple[EffectShown, ...]:
    """The effects of a version; with `may_move`, those that cannot be decided as they are say why."""
    foretold = foreseen_by(effects=[Effect.of(effect) for effect in version.effects])
    return tuple(
        _effect(position=position, effect=effect, foreseen=foreseen, may_move=may_move)
        for position, (effect, foreseen) in enumerate(zip(version.effects, foretold, strict=True))
    )


def _effect(*, position: int, effect: Mapping[str, Any], foreseen: Foreseen, may_move: bool) -> EffectShown:
    try:
        kind = kind_behind(effect=Effect.of(effect), foreseen=foreseen)
    except Refusal as refusal:
        name = str(effect["kind"])
        return EffectShown(
            position=position,
            number=position + 1,
            kind=name,
            title=Text(en=name, es=name),
            said=refusal.text,
            data=effect["data"],
            fault=True,
        )
    try:
        moved = kind.conflict(data=effect["data"], base=effect["base"]) if may_move else None
    except Refusal as refusal:
        moved = refusal.text
    return EffectShown(
        position=position,
        number=position + 1,
        kind=kind.name,
        title=kind.title,
        said=kind.said(data=effect["data"]),
        data=effect["data"],
        moved=moved,
    )


def versions_listed(*, proposal: Proposal, clocks: Hours) -> tuple[VersionLine, ...]:
    """The versions of a proposal, the last first. One query."""
    rows = list(proposal.versions.select_related("made_by").order_by("number"))
    lines = []
    before: Version | None = None
    for version in rows:
        restarts = before is not None and (
            words_of(version=before) != words_of(version=version) or before.effects != version.effects
        )
        lines.append(
            VersionLine(
                number=version.number,
                made_by=version.made_by.name,
                made=clocks.moment(version.made_at),
                note=version.note,
                restarts=restarts,
                translation=state_of(words=words_of(version=version), marks=marks_of(version=version)),
            )
        )
        before = version
    return tuple(reversed(lines))


def versions_compared(*, before: Version, after: Version) -> tuple[DifferenceShown, ...]:
    """What differs between two versions, in the order of the text."""
    return differences_shown(found=differences(before=content_of(version=before), after=content_of(version=after)))


def behind(*, version: Version) -> tuple[DifferenceShown, ...]:
    """What has changed in the original since its translation was last written or looked through: for who translates."""
    words, marks = words_of(version=version), marks_of(version=version)
    mark = marks.of(words.translation)
    if mark == 0 or mark >= marks.of(words.original):
        return ()
    then = Version.objects.filter(proposal=version.proposal_id, number=mark).first()
    if then is None:
        return ()
    found = differences(before=content_of(version=then), after=content_of(version=version))
    return differences_shown(found=[each for each in found if each.place.language == words.original])


def differences_shown(*, found: Sequence[Difference]) -> tuple[DifferenceShown, ...]:
    """Differences ready to print."""
    return tuple(
        DifferenceShown(
            place=_capital(said_place(place=each.place, at=each.at)),
            language=each.place.language,
            before=_said(each.before, effect=each.place.part == EFFECTS),
            after=_said(each.after, effect=each.place.part == EFFECTS),
            runs=each.runs,
        )
        for each in found
    )


def _capital(said: Text) -> Text:
    return Text(en=said.en[:1].upper() + said.en[1:], es=said.es[:1].upper() + said.es[1:])


def _said(item: Item | None, *, effect: bool) -> Text | None:
    """A paragraph as it stands, in whichever language; an effect as it says itself."""
    if item is None:
        return None
    if isinstance(item, str):
        return Text(en=item, es=item)
    try:
        return kind_of(name=item["kind"]).said(data=item["data"]) if effect else None
    except Refusal as refusal:
        return refusal.text
