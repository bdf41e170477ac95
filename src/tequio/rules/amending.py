"""Amendments: changes of words by paragraph and language, and of effects by position; what they make, and what clashes.

An amendment is a list of edits against one version. Two amendments clash where both change the same paragraph or
effect, each in another way. An edit cannot be taken any more where what it changes has itself been changed since; both
are shown, and nothing is overwritten. Positions count from 0.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple

from tequio.rules.reasons import LANGUAGES, Language, Text
from tequio.rules.wording import Field, Words, paragraphs_of

Item = str | Mapping[str, Any]
"""A paragraph, or an effect as {"kind", "data"}."""

EFFECTS: Final = "effects"
_MOST_SHOWN: Final = 10


class Place(NamedTuple):
    """A list that edits change: a part of the words in one language, or the effects (language "")."""

    part: str
    language: str = ""


PLACES: Final = (*(Place(field.value, language) for field in Field for language in LANGUAGES), Place(EFFECTS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a version says and would do."""

    words: Words
    effects: tuple[Mapping[str, Any], ...] = ()

    def items(self, place: Place) -> tuple[Item, ...]:
        """The paragraphs or effects of a place. The ask is one paragraph."""
        if place.part == EFFECTS:
            return self.effects
        return paragraphs_of(text=self.words.of(Field(place.part)).to(place.language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change of a list: take the item at `at` away (`takes`), and put `puts` (None: nothing) where it stood.

    What takes nothing puts something before the item at `at`, or at the end.
    """

    place: Place
    at: int
    takes: bool
    puts: Item | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An amendment as it was asked for: its number, the content it was written against, its edits."""

    number: int
    base: Content
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An edit that cannot be taken any more: what it wanted to change, what stands there now (None: gone), its wish."""

    number: int
    place: Place
    at: int
    was: Item | None
    now: Item | None
    wanted: Item | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two amendments change the same thing, each in another way. `at` is its position in the content of today."""

    first: int
    second: int
    place: Place
    at: int
    now: Item
    first_wants: Item | None
    second_wants: Item | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What taking amendments comes to: the new content, or what is in the way."""

    content: Content | None
    moved: tuple[Moved, ...] = ()
    clashes: tuple[Clash, ...] = ()


def edits_between(*, before: Content, after: Content) -> tuple[Edit, ...]:
    """The edits that make `after` of `before`, paragraph by paragraph. Which language is the original is no edit."""
    found: list[Edit] = []
    for place in PLACES:
        old, new = before.items(place), after.items(place)
        for tag, first, last, start, end in _aligned(old=old, new=new):
            if tag == "equal":
                continue
            common = min(last - first, end - start)
            found.extend(
                Edit(place=place, at=first + step, takes=True, puts=new[start + step]) for step in range(common)
            )
            found.extend(Edit(place=place, at=at, takes=True, puts=None) for at in range(first + common, last))
            found.extend(Edit(place=place, at=last, takes=False, puts=new[at]) for at in range(start + common, end))
    return tuple(found)


def applied(*, content: Content, edits: Sequence[Edit]) -> Content:
    """The content with the edits made, all at once. Raises ValueError for one that is about nothing there."""
    lists = {place: _edited(content.items(place), [e for e in edits if e.place == place]) for place in PLACES}
    fields = {
        field: Text(**{language: _joined(lists[Place(field.value, language)]) for language in LANGUAGES})
        for field in Field
    }
    effects = tuple(item for item in lists[Place(EFFECTS)] if not isinstance(item, str))
    return Content(words=Words.made_of(original=content.words.original, fields=fields), effects=effects)


def _edited(items: Sequence[Item], edits: Sequence[Edit]) -> list[Item]:
    taken: dict[int, Item | None] = {}
    before: dict[int, list[Item]] = {}
    for edit in edits:
        if not 0 <= edit.at < len(items) + (not edit.takes):
            raise ValueError(f"there is no position {edit.at} among {len(items)}")
        if edit.takes:
            taken[edit.at] = edit.puts
        elif edit.puts is not None:
            before.setdefault(edit.at, []).append(edit.puts)
    made: list[Item] = []
    for at in range(len(items) + 1):
        made.extend(before.get(at, ()))
        if at < len(items):
            item = taken[at] if at in taken else items[at]
            if item is not None:
                made.append(item)
    return made


def _joined(items: Sequence[Item]) -> str:
    return "\n\n".join(item for item in items if isinstance(item, str))


def taken(*, current: Content, asked: Sequence[Asked]) -> Taken:
    """What comes of taking these amendments into the content of today, all of them or none.

    Their order never matters but for new paragraphs put at the same spot, which follow the amendments' numbers.
    """
    moved: list[Moved] = []
    edits: list[tuple[int, Edit]] = []
    for one in sorted(asked, key=lambda each: each.number):
        ours, lost = _brought_up(asked=one, current=current)
        edits.extend((one.number, edit) for edit in ours)
        moved.extend(lost)
    clashes = tuple(_clashes(current=current, edits=edits))
    if moved or clashes:
        return Taken(content=None, moved=tuple(moved), clashes=clashes)
    return Taken(content=applied(content=current, edits=[edit for _, edit in edits]))


def _clashes(*, current: Content, edits: Sequence[tuple[int, Edit]]) -> Iterator[Clash]:
    """Where two of them want otherwise, for each two at most so many times: whoever looks at these has seen enough."""
    wishes: dict[tuple[Place, int], list[tuple[int, Edit]]] = {}
    shown: Counter[tuple[int, int]] = Counter()
    items = {place: current.items(place) for place in PLACES}
    for number, edit in edits:
        if not edit.takes:
            continue
        there = wishes.setdefault((edit.place, edit.at), [])
        for first, other in there:
            if first != number and other.puts != edit.puts and shown[first, number] < _MOST_SHOWN:
                shown[first, number] += 1
                yield Clash(
                    first=first,
                    second=number,
                    place=edit.place,
                    at=edit.at,
                    now=items[edit.place][edit.at],
                    first_wants=other.puts,
                    second_wants=edit.puts,
                )
        there.append((number, edit))


def _brought_up(*, asked: Asked, current: Content) -> tuple[list[Edit], list[Moved]]:
    """The edits of an amendment with the positions they have in the content of today, and those that are lost.

    What already stands as it was wanted needs no edit any more.
    """
    kept: list[Edit] = []
    lost: list[Moved] = []
    for place in PLACES:
        mine = [edit for edit in asked.edits if edit.place == place]
        if not mine:
            continue
        old, new = asked.base.items(place), current.items(place)
        same, instead = _where(old=old, new=new)
        for edit in mine:
            if not edit.takes:
                at = len(new) if edit.at == len(old) else same.get(edit.at, instead.get(edit.at))
                if at is None and edit.at > 0:  # what it stood before is gone: it comes after what it stood behind
                    behind = same.get(edit.at - 1, instead.get(edit.at - 1))
                    at = None if behind is None else behind + 1
                if at is not None:
                    kept.append(Edit(place=place, at=at, takes=False, puts=edit.puts))
                    continue
            elif edit.at in same:
                kept.append(Edit(place=place, at=same[edit.at], takes=True, puts=edit.puts))
                continue
            was = old[edit.at] if edit.takes else None
            now = new[instead[edit.at]] if edit.takes and edit.at in instead else None
            if edit.takes and now == edit.puts:
                continue
            lost.append(Moved(number=asked.number, place=place, at=edit.at, was=was, now=now, wanted=edit.puts))
    return kept, lost


def _where(*, old: Sequence[Item], new: Sequence[Item]) -> tuple[dict[int, int], dict[int, int]]:
    """Where the items of a list stand in a later one: those that are the same, and what stands instead of others."""
    same: dict[int, int] = {}
    instead: dict[int, int] = {}
    for tag, first, last, start, end in _aligned(old=old, new=new):
        pairs = zip(range(first, last), range(start, end), strict=False)
        (same if tag == "equal" else instead).update(pairs)
    return same, instead


def _aligned(*, old: Sequence[Item], new: Sequence[Item]) -> list[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(None, [_key(item) for item in old], [_key(item) for item in new], autojunk=False)
    return list(matcher.get_opcodes())


def _key(item: Item) -> Any:
    """Something that is equal where items are, and can be looked up."""
    if isinstance(item, Mapping):
        return frozenset((name, _key(value)) for name, value in item.items())
    if isinstance(item, list | tuple):
        return ("list", *(_key(value) for value in item))
    return (type(item).__name__, item)


def is_substantive(*, before: Content, after: Content) -> bool:
    """Whether what comes back is another question: its ask, its text or its effects are changed in the original.

    A translation, the estimate of resources and what is said for and against do not make it another one. Nor do
    capitals, punctuation or spaces. Source: "only with substantive changes", the committee's rules of 2013.
    """
    if before.effects != after.effects:
        return True
    language: Language = before.words.original
    return any(
        _bare(before.words.of(field).to(language)) != _bare(after.words.of(field).to(language))
        for field in (Field.ASK, Field.TEXT)
    )


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
