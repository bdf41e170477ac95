"""Votes written over several lines or as names: "In favor: 5", "Against: Ann, Bo", "+1" from each."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from tequio.rules.notes.records import Item
from tequio.rules.notes.votes import ABSTAIN, AGAINST, FAVOR, Tally, number_of, side_of

_SIDES: Final = 3
_LONGEST: Final = 400  # characters of a line of names
_LABEL: Final = re.compile(
    rf"(?<![\w-])(?:(?:vot(?:es?|os?|ed|ing|aron))\W{{1,2}})?(?:(?P<abstain>{ABSTAIN})|(?P<against>{AGAINST})"
    rf"|(?P<favor>{FAVOR}))(?:\s?\((?P<n>\d{{1,5}})\))?[*_']{{0,3}}\s?[:=][*_']{{0,3}}\s?",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"\s*(?:[,;/&]|\s(?:and|y|e)\s)\s*")
_NAME: Final = re.compile(r"[^\W\d_a-z][\w.'’-]*(?:\s[\w.'’()-]+){0,3}$")
_NOBODY: Final = frozenset({"none", "nobody", "no one", "ninguno", "ninguna", "nadie", "-", "–", "—", "n/a", "nil"})
_PLUS: Final = re.compile(r"(?:[^+:]{0,40}\W)?(?P<value>[+\-−±][01])(?!\d|[\w.])[^+]{0,60}$")
_PLUS_FROM: Final = re.compile(r"\+1(?:'s|s)?\s(?:from|by|de)\s(?P<names>[^;.\n]{1,200})")
_LEAST: Final = 2
_MOST: Final = 500  # people who vote in one place


class Ballot(NamedTuple):
    """A vote counted from one item up to another. `opens` is what the first says before the counting begins."""

    tally: Tally
    end: int
    opens: str
    by_plus: bool = False  # written as "+1", which in a chat may be no vote at all


def ballot_at(items: Sequence[Item], start: int) -> Ballot | None:
    """The vote that is counted from an item on, or None."""
    text = items[start].text
    if "+" in text:
        return _pluses(items, start)
    if len(text) > _LONGEST:
        return None
    whole = _sides_in(text) if text.count(":") + text.count("=") > 1 else None
    if whole is not None and len(whole[0]) > 1:
        return Ballot(_tally(whole[0]), start + 1, whole[1])
    sides: dict[str, int] = {}
    end = start
    while end < len(items) and len(sides) < _SIDES and (side := _side(items[end].text)) and side[0] not in sides:
        sides[side[0]] = side[1]
        end += 1
    return Ballot(_tally(sides), end, "") if len(sides) >= _LEAST else None


def _tally(sides: dict[str, int]) -> Tally:
    return Tally(sides.get("favor"), sides.get("against"), sides.get("abstain"))


@lru_cache(maxsize=8192)
def _side(text: str) -> tuple[str, int] | None:
    """The side of a vote and its number where a line says nothing else: "Against: 3", "Against: Ann, Bo"."""
    counted = side_of(text)
    if counted is not None or ":" not in text or len(text) > _LONGEST:
        return counted
    found = _sides_in(text)
    return next(iter(found[0].items())) if found is not None and len(found[0]) == 1 and not found[1] else None


def _sides_in(text: str) -> tuple[dict[str, int], str] | None:
    """The sides a text names with a colon and how many stand on each, and what stands before the first."""
    labels = list(_LABEL.finditer(text))
    if not labels:
        return None
    sides: dict[str, int] = {}
    for index, label in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(text)
        number = int(label["n"]) if label["n"] else _how_many(text[label.end() : end])
        side = label.lastgroup if label.lastgroup != "n" else None
        side = side or next(name for name in ("favor", "against", "abstain") if label[name])
        if number is None or side in sides:
            return None
        sides[side] = number
    return sides, text[: labels[0].start()].strip(" *_'([-–—•")


def _how_many(said: str) -> int | None:
    """How many people a list names, or the number it says; None for other words."""
    said = said.strip(" \t.;,|)]*_'")
    if not said:
        return None
    if said.lower() in _NOBODY:
        return 0
    number = number_of(said)
    if number is not None:
        return number
    names = [name.strip(" .*_'") for name in _BETWEEN.split(said)]
    return len(names) if all(_NAME.match(name) for name in names) else None


def _pluses(items: Sequence[Item], start: int) -> Ballot | None:
    """So many lines of +1, 0 and -1, one below the other; or one line that says from whom."""
    text = items[start].text
    told = _PLUS_FROM.search(text) if len(text) <= _LONGEST else None
    if told:
        names = _how_many(re.split(r",?\s(?:no|ning)\w*\s[-−]1", told["names"])[0])
        return Ballot(Tally(names, None, None), start + 1, text, by_plus=True) if names else None
    count = {"+1": 0, "-1": 0, "0": 0}
    end = start
    while end < len(items) and end - start < _MOST and (value := _plus_of(items[end].text)):
        count[value] += 1
        end += 1
    if end - start < _LEAST:
        return None
    return Ballot(Tally(count["+1"], count["-1"], count["0"]), end, "", by_plus=True)


def _plus_of(text: str) -> str | None:
    if len(text) > 100 or not ("+" in text or "-" in text or "−" in text):  # noqa: PLR2004 - WONTFIX: a vote is short
        return None
    found = _PLUS.match(text)
    if found is None:
        return None
    return "0" if found["value"][1] == "0" else "+1" if found["value"][0] == "+" else "-1"
