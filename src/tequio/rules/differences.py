"""Readable differences between two versions: paragraph by paragraph, word by word, effect by effect."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from tequio.rules.amending import EFFECTS, PLACES, Content, Edit, Item, Place, edits_between

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Above so many pairs of words a paragraph is shown whole, old and new: comparing would take longer than reading.
_MOST_PAIRS: Final = 250_000


class How(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Some words in a row with the same fate."""

    how: How
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One paragraph or effect that differs: where, how it was (None: it is new) and how it is (None: it is gone).

    `at` is its position in the older version. `runs` are its words, for paragraphs.
    """

    place: Place
    at: int
    before: Item | None
    after: Item | None
    runs: tuple[Run, ...] = ()


def differences(*, before: Content, after: Content) -> tuple[Difference, ...]:
    """Everything that differs between two versions, in the order of the text; nothing where they say the same."""
    return shown(content=before, edits=edits_between(before=before, after=after))


def shown(*, content: Content, edits: Sequence[Edit]) -> tuple[Difference, ...]:
    """What edits would change, in the order of the text."""
    order = {place: number for number, place in enumerate(PLACES)}
    found = []
    for edit in sorted(edits, key=lambda each: (order[each.place], each.at, each.takes)):
        before = content.items(edit.place)[edit.at] if edit.takes else None
        runs = () if edit.place.part == EFFECTS else word_runs(before=_said(before), after=_said(edit.puts))
        found.append(Difference(place=edit.place, at=edit.at, before=before, after=edit.puts, runs=runs))
    return tuple(found)


def _said(item: Item | None) -> str:
    return item if isinstance(item, str) else ""


def word_runs(*, before: str, after: str) -> tuple[Run, ...]:
    """The words of a paragraph, those that stay, go and come. Put together, they are the old text and the new one."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > _MOST_PAIRS:
        return (Run(how=How.GONE, text=before), Run(how=How.NEW, text=after))
    runs: list[Run] = []
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            _add(runs, How.SAME, old[first:last])
        else:
            _add(runs, How.GONE, old[first:last])
            _add(runs, How.NEW, new[start:end])
    return tuple(runs)


def _add(runs: list[Run], how: How, words: Sequence[str]) -> None:
    if words:
        runs.append(Run(how=how, text="".join(words)))


def as_json(*, difference: Difference) -> Mapping[str, Any]:
    """A difference as JSON carries it."""
    return {
        "part": difference.place.part,
        "language": difference.place.language,
        "at": difference.at,
        "before": difference.before,
        "after": difference.after,
        "words": [[run.how.value, run.text] for run in difference.runs],
    }
