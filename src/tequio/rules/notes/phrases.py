"""Phrases that mark decisions, tasks and the rest: read once from the data files, found in a sentence word by word.

A phrase is words with a few marks: `(a|b c)` one of several, `[a]` a word that may be missing, `...` up to four
words of any kind, `{form}` a list of words named in the same file, `^` the beginning and `$` the end of a sentence.
Each phrase is looked for where its rarest word stands, so that the time a sentence takes grows with its length alone.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from tequio.rules.notes.records import Kind, Outcome
from tequio.rules.notes.words import folded, word_set

_GAP: Final = 4  # words that `...` may stand for
_CHOICE: Final = re.compile(r"\(([^)]*)\)")
_PART: Final = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]|(\.\.\.)|(\S+)")
# Words too frequent to look a phrase up by.
_FREQUENT: Final = word_set(
    "a an and are as at be been by for from had has have he in is it its not of on or our she so that the their then "
    "there they this to was we were will with you i all no : any each one now que de la el los las un una y o a en se "
    "no por con para del al lo su es fue ser ha han hay si le les nos como mas esta este eso esto ya sin todo todos "
    "todas queda quedan quedo hemos"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase of the data: what it marks, how sure it is, and the heading its reason is given under."""

    group: str
    kind: Kind | None
    outcome: Outcome | None
    confidence: float
    language: str
    within: int = 0  # of a guard: so many words on either side are in its reach
    is_guard: bool = False


class Found(NamedTuple):
    """A sign in a sentence: between which words it stands."""

    sign: Sign
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Element:
    words: frozenset[str]
    optional: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase cut at its rarest word: what comes before, backwards, and what comes after."""

    before: tuple[_Element, ...]
    after: tuple[_Element, ...]
    left: frozenset[str] | None  # the word before has to be one of these
    right: frozenset[str] | None  # the word after
    far: frozenset[str] | None  # one of these has to stand somewhere
    begins: bool
    ends: bool
    sign: Sign
    reach_before: int  # words before, if it is as many whatever they are and `left` says all of them; else -1
    reach_after: int


@dataclass(frozen=True, slots=True)
class _Spot:
    """The phrases with one word, by the word they need beside it, each with its place among them all."""

    any: tuple[tuple[int, _Phrase], ...]  # whatever stands beside
    right: Mapping[str, tuple[tuple[int, _Phrase], ...]]
    left: Mapping[str, tuple[tuple[int, _Phrase], ...]]  # those that need no word on the right


@dataclass(frozen=True, slots=True)
class Book:
    """All phrases of both languages, lists of words by name, and the words without which a sentence marks nothing."""

    by_word: Mapping[str, _Spot]
    lists: Mapping[str, frozenset[str]]
    triggers: frozenset[str]

    def find(  # noqa: C901, PLR0912 - WONTFIX: every sentence comes through here, and calls would halve its speed
        self, *, words: Sequence[str]
    ) -> tuple[list[Found], list[Found]]:
        """Every sign in a sentence, given as its folded words; and what may keep one from meaning it."""
        by_word, last, present = self.by_word, len(words) - 1, None
        signs: list[Found] = []
        guards: list[Found] = []
        for position, spot in enumerate(map(by_word.get, words)):
            if spot is None:
                continue
            left = words[position - 1] if position else ""
            right = words[position + 1] if position < last else ""
            phrases = spot.any
            if right in spot.right:
                phrases += spot.right[right]
            if left in spot.left:
                phrases += spot.left[left]
            if len(phrases) > len(spot.any) and len(phrases) > 1:
                phrases = tuple(sorted(phrases))  # as they stand in the data, so that of two alike the first counts
            for _, phrase in phrases:
                if phrase.left is not None and left not in phrase.left:
                    continue
                if phrase.far is not None:
                    if present is None:
                        present = frozenset(words)
                    if present.isdisjoint(phrase.far):
                        continue
                if phrase.reach_before >= 0:
                    start = position - phrase.reach_before
                else:
                    before = _match(words, position - 1, phrase.before, -1)
                    if before is None:
                        continue
                    start = before + 1
                if phrase.begins and start:
                    continue
                if phrase.reach_after >= 0:
                    end = position + 1 + phrase.reach_after
                else:
                    after = _match(words, position + 1, phrase.after, 1)
                    if after is None:
                        continue
                    end = after
                if phrase.ends and end != last + 1:
                    continue
                (guards if phrase.sign.is_guard else signs).append(Found(phrase.sign, start, end))
        return signs, guards


def _match(words: Sequence[str], position: int, elements: Sequence[_Element], step: int) -> int | None:
    """Where matching elements one way from a position ends, or None. Gaps take as few words as they can."""
    size = len(words)
    for index, element in enumerate(elements):
        if element.gap:
            rest = elements[index + 1 :]
            for _ in range(_GAP + 1):
                end = _match(words, position, rest, step)
                if end is not None:
                    return end
                position += step
                if not 0 <= position < size:
                    return None
            return None
        if 0 <= position < size and words[position] in element.words:
            position += step
        elif not element.optional:
            return None
    return position


@cache
def book() -> Book:
    """The phrases, read from their files the first time."""
    by_word: dict[str, list[_Phrase]] = {}
    lists: dict[str, set[str]] = {}
    for language in ("en", "es"):
        source = resources.files("tequio.rules.notes").joinpath(f"phrases_{language}.toml").read_text("utf-8")
        data = tomllib.loads(source)
        forms = {name: _words(text) for name, text in data["forms"].items()}
        lists.setdefault("bodies", set()).update(forms[data["bodies"]])
        for name, text in data["lists"].items():
            lists.setdefault(name, set()).update(folded(entry) for entry in text)
        for group, sign, phrase in _phrases(data=data, language=language):
            for word, cut in _cut(text=phrase, forms=forms, sign=sign, group=group):
                by_word.setdefault(word, []).append(cut)
    marking = {word for word, phrases in by_word.items() if any(phrase.sign.kind for phrase in phrases)}
    return Book(
        by_word={word: _spot(phrases) for word, phrases in by_word.items()},
        triggers=frozenset(marking),
        lists={name: frozenset(entries) for name, entries in lists.items()},
    )


def _spot(phrases: Iterable[_Phrase]) -> _Spot:
    free: list[tuple[int, _Phrase]] = []
    right: dict[str, list[tuple[int, _Phrase]]] = {}
    left: dict[str, list[tuple[int, _Phrase]]] = {}
    for place in enumerate(phrases):
        phrase = place[1]
        beside, table = (phrase.right, right) if phrase.right is not None else (phrase.left, left)
        if beside is None:
            free.append(place)
            continue
        for word in beside:
            table.setdefault(word, []).append(place)
    return _Spot(
        tuple(free),
        {word: tuple(some) for word, some in right.items()},
        {word: tuple(some) for word, some in left.items()},
    )


def _phrases(*, data: Mapping[str, Any], language: str) -> Iterator[tuple[str, Sign, str]]:
    for group, entry in data["signs"].items():
        sign = Sign(
            group=group,
            kind=Kind(entry["kind"]) if "kind" in entry else None,
            outcome=Outcome(entry["outcome"]) if "outcome" in entry else None,
            confidence=entry.get("confidence", 1.0),
            language=language,
            within=entry.get("within", 0),
            is_guard=group.startswith("guard"),
        )
        for phrase in entry["phrases"]:
            yield from ((group, sign, spelled) for spelled in _spelled_out(phrase))


def _spelled_out(phrase: str) -> Iterator[str]:
    """A phrase in which `(a|b c)` chooses between words and more than one, as phrases that choose between words."""
    for found in _CHOICE.finditer(phrase):
        parts = found[1].split("|")
        single = [part for part in parts if " " not in part]
        if len(single) < len(parts):
            joined = [f"({'|'.join(single)})"] if single else []
            for part in joined + [part for part in parts if " " in part]:
                yield from _spelled_out(phrase[: found.start()] + part + phrase[found.end() :])
            return
    yield phrase


def _words(text: str) -> frozenset[str]:
    return frozenset(folded(word) for word in text.split())


def _cut(*, text: str, forms: Mapping[str, frozenset[str]], sign: Sign, group: str) -> Iterator[tuple[str, _Phrase]]:
    begins, ends = text.startswith("^"), text.endswith("$")
    elements: list[_Element] = []
    for found in _PART.finditer(text.strip("^$ ")):
        choice, option, gap, word = found.groups()
        if gap:
            elements.append(_Element(frozenset(), gap=True))
        else:
            words = _expanded(text=choice or option or word, forms=forms)
            elements.append(_Element(words, optional=option is not None))
    anchor = _anchor(elements=elements)
    if anchor is None:
        raise ValueError(f"{group}: a phrase without a word to find it by: {text}")
    before, after = tuple(reversed(elements[:anchor])), tuple(elements[anchor + 1 :])
    far = next((element.words for element in before[1:] + after[1:] if not element.optional and not element.gap), None)
    phrase = _Phrase(
        before, after, _first(before), _first(after), far, begins, ends, sign, _reach(before), _reach(after)
    )
    for word in elements[anchor].words:
        yield word, phrase


def _first(elements: Sequence[_Element]) -> frozenset[str] | None:
    """The words one of which has to stand right beside, if there is such a place."""
    return elements[0].words if elements and not elements[0].optional and not elements[0].gap else None


def _reach(elements: Sequence[_Element]) -> int:
    """How far the elements on one side go where the word right beside says it all, else -1."""
    return len(elements) if not elements or (len(elements) == 1 and _first(elements) is not None) else -1


def _expanded(*, text: str, forms: Mapping[str, frozenset[str]]) -> frozenset[str]:
    words: set[str] = set()
    for part in text.split("|"):
        if part.startswith("{"):
            words |= forms[part.strip("{}")]
        else:
            words.add(folded(part))
    return frozenset(words)


def _anchor(*, elements: Sequence[_Element]) -> int | None:
    """The element to look the phrase up by: the first whose words are all rare, else the first that must be there."""
    needed = [index for index, element in enumerate(elements) if not element.optional and not element.gap]
    for index in needed:
        if elements[index].words.isdisjoint(_FREQUENT):
            return index
    return needed[0] if needed else None
