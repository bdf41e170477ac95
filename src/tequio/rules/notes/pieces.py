"""Pieces: what a reader of one format makes of the lines of a file, and the marks most formats share.

A piece is a heading or an item. Readers keep every letter and digit of a line, but for the numbers a table of
differences puts before each line and the tags of HTML; marks of bullets and headings are what they take off.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tequio.rules.notes.words import visible

TITLE: Final = 1


# The marks of a bullet, and what it must be followed by. Numbers stay in the text: they are part of what is said.
_BULLET: Final = re.compile(
    r"(?P<indent>[ \t\u00a0]*)(?P<mark>[*]{1,12}(?!\*)|[-+•◦▪‣·●○■□–—⁃∙►➢→➔✓✔o](?=[ \t\u00a0]))[ \t\u00a0]*(?=\S)"
)
_EMPHASIS: Final = re.compile(r"\*[^*\s](?:[^*]*[^*\s])?\*(?!\w)|\*\S[^*]*\*[^*]*$")
_SPACES: Final = " \t\u00a0"
_NUMBER: Final = re.compile(
    r"(?P<indent>[ \t\u00a0]*)(?:\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zA-Z]|[ivxIVX]{1,5})[.)]-?|\d{1,2}\.?[-–]"
    r"|\d{1,2}[ºª°]\)?[.-]?)(?=[ \t\u00a0])"
)
_BOLD: Final = re.compile(r"(\*\*|__|''')(?P<text>[^*_']{2,80})\1:?$")
_RULE: Final = re.compile(r"(?:[-=_*~#+.]\s?){3,}$")


def indent_of(space: str) -> int:
    """How far in a line begins, a tab counted as four."""
    return len(space.replace("\t", "    "))


@dataclass(slots=True)
class Depths:
    """How deep bullets hang, by how far in they begin: a stack of what has been seen."""

    seen: list[int]

    def of(self, indent: int) -> int:
        """The depth of a bullet that begins so far in, counted from 1."""
        while self.seen and self.seen[-1] > indent:
            self.seen.pop()
        if not self.seen or self.seen[-1] < indent:
            self.seen.append(indent)
        return len(self.seen)

    def forget(self) -> None:
        """Begin anew, as below a heading."""
        self.seen.clear()


def bullet(line: str) -> tuple[str, int, int] | None:  # noqa: PLR0911 - WONTFIX: each mark has its exceptions
    """The text of a bullet, how far in it begins, and how many marks it has; None for what is no bullet."""
    found = _BULLET.match(line)
    if found:
        mark = found["mark"]
        if mark == "o":
            # A bullet as word processors write it, or the Spanish word: the letter stays in the text.
            is_bullet = bool(found["indent"]) or line[found.end()].isupper()
            return (line.strip(), indent_of(found["indent"]), 1) if is_bullet else None
        if mark[0] == "*" and len(mark) > 1 and line.rstrip().endswith(mark):
            return None  # **bold**
        if mark == "**" and line[found.end("mark")] not in _SPACES and "**" in line[found.end() :]:
            return None  # **Bold:** and more
        if mark == "*" and line.count("*") >= 2 and _EMPHASIS.match(line, found.start("mark")):  # noqa: PLR2004 - WONTFIX: *word*
            return None
        return line[found.end() :].strip(), indent_of(found["indent"]), len(mark) if mark[0] == "*" else 1
    found = _NUMBER.match(line)
    if found and line[found.end() :].strip():
        return line.strip(), indent_of(found["indent"]), 1
    return None


def bold_heading(line: str) -> str | None:
    """The text of a line that is nothing but bold words, as people write headings without the marks of one."""
    found = _BOLD.match(line.strip())
    if not found or is_result(found["text"].strip()):
        return None
    # "__NOTOC__" is an order to the wiki.
    return None if found[1] == "__" and found["text"].isupper() and " " not in found["text"] else found["text"].strip()


def is_rule(line: str) -> bool:
    """Whether a line is only drawn: dashes, stars, underlines."""
    return bool(_RULE.match(line.strip()[:200]))


# What ends a point of a meeting stands alone too, and is no heading of what comes next.
_RESULT: Final = re.compile(
    r"(?:(?:the|a|motion|vote|proposal|item|was|is|se|no|not|queda|fue|es|por|la|moción|propuesta)\s){0,4}"
    r"(?:approved|passe[sd]|carrie[sd]|tabled|deferred|postponed|fail(?:s|ed)|rejected|adopted|accepted|unanimous"
    r"|aprueban?|aprobó|aprobad[oa]s?|rechaza|rechazad[oa]s?|pospuest[oa]|aplazad[oa]|unanimidad|todos conformes?)"
    r"(?:\s(?:unanimously|por unanimidad|por consenso|by consensus|by general consent"
    r"|\(?\d{1,3}\W\d{1,3}(?:\W\d{1,3})?\)?))?"
    r"[.!]?$",
    re.IGNORECASE,
)


def is_result(text: str) -> bool:
    """Whether a line is nothing but the outcome of what stands above it."""
    return len(text) <= _RESULT_LENGTH and bool(_RESULT.match(text))


_RESULT_LENGTH: Final = 60
_FIRST_HEADING_LENGTH: Final = 110
_HEADING_LENGTH: Final = 66
_HEADING_WORDS: Final = 9


def looks_like_heading(*, line: str, before_blank: bool, after_blank: bool, first: bool) -> bool:
    """Whether an unmarked line of plain text stands as a heading: short, alone, and no sentence."""
    text = visible(line).strip()
    if not text or line[0] in " \t" or len(text) > (_FIRST_HEADING_LENGTH if first else _HEADING_LENGTH):
        return False
    ends = text[-1] in ".,;!?)…" and not (first and text[-1] == ")")
    if ends or is_result(text) or not (before_blank or first) or not (text[0].isalnum() or text[0] in "¿¡\"'“*_[("):
        return False
    words = text.split()
    if text[-1] == ":":
        return after_blank or (text.isupper() and len(words) <= _HEADING_WORDS)
    if ": " in text and not first:
        return False
    if text.isupper() and any(character.isalpha() for character in text):
        return len(words) <= _HEADING_WORDS
    return after_blank and text[0].isupper() | text[0].isdigit() and (len(words) <= _HEADING_WORDS or first)


WRAP_FROM: Final = 45  # characters; a shorter line was ended by whoever wrote it
_WRAP_TO: Final = 130
_HARD: Final = 100  # characters: with all lines shorter, and some nearly as long, an editor broke them
_NEAR: Final = 20
_ENDED: Final = frozenset(".!?:;…")


def hard_width(lines: Sequence[str]) -> int:
    """How wide an editor made the lines of a file, or 0 where nobody broke them."""
    lengths = [len(line) for line in lines if line]
    longest = max(lengths, default=0)
    if not WRAP_FROM < longest <= _HARD:
        return 0
    near = sum(1 for length in lengths if length >= longest - _NEAR)
    return longest if near * 4 >= len(lengths) and near > 3 else 0  # noqa: PLR2004 - WONTFIX: a quarter, and not three


def goes_on(*, text: str, before: str, last: int, width: int) -> bool:
    """Whether a line is the rest of the one before it, which an editor broke.

    `before` is the text that came last, on a line `last` characters long. It did not end, and this one begins small or,
    in a file broken at `width`, its first word would not have fitted any more. Lines written one by one stay so.
    """
    if before[-1] in _ENDED:
        return False
    first = text[0]
    if width:
        return first.islower() or last + 1 + len(text.split(None, 1)[0]) > width
    return first.islower() or (last <= _WRAP_TO and first in "(,")
