"""Wiki text that lost its line breaks: headings and bullets found again by the marks that stand alone in the line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tequio.rules.notes.records import Item
from tequio.rules.notes.words import is_blank

# The marks of headings (== Trac ==, ==MediaWiki==, ## Markdown) and bullets, with a space or an end at their side.
_MARK: Final = re.compile(
    r"(?=[=#*•◦▪·●\-–>;:'0-9])"  # most characters are none of these
    r"(?:(?<![^\s>])(?:(?P<equals>={1,6})|(?P<hashes>#{1,6})|(?P<stars>\*{1,6}|[•◦▪·●])|(?P<dash>[-–])|(?P<quote>>{1,3})"
    r"|(?P<term>[;:]{1,3})|(?P<point>'''\d{1,2}[.)]'''|\d{1,2}[.)](?=\s[\"'¿¡*_]{0,3}[A-ZÁÉÍÓÚÑ])))(?!\S)"
    r"|(?<![^\s>])(?P<opens>={2,6}(?=[^\s=])|[*;](?=[^\W_]))|(?<=[^\s=])(?P<closes>={2,6})(?!\S))"
)
_BOLD: Final = "'''"
_LONGEST_HEADING: Final = 160
_LONGEST_HASH_HEADING: Final = 90
_WORDS_OF_HASH_HEADING: Final = 12


def read_flattened(*, lines: Sequence[tuple[int, str]]) -> Iterator[Item]:
    """The pieces of text flattened into few long lines; every line keeps its number."""
    for number, line in lines:
        if not is_blank(line):
            pieces = list(_pieces(number=number, line=line))
            yield from pieces or [Item(number, line.strip(), 0)]


def looks_flattened(*, lines: Sequence[str]) -> bool:
    """Whether text lost its breaks: hardly any lines, and long ones with many marks inside."""
    for line in lines:
        if len(line) > 300:  # noqa: PLR2004 - WONTFIX: longer than a paragraph of notes with marks in it
            head = line[:20_000]
            found = list(_MARK.finditer(head))
            marks = [mark.lastgroup for mark in found]
            if marks.count("equals") >= 2 or marks.count("stars") >= 3 or marks.count("hashes") >= 2:  # noqa: PLR2004 - WONTFIX: a pair, a list
                return True
            if marks.count("closes") >= 2 or len(_counting(found)) >= _POINTS:  # noqa: PLR2004 - WONTFIX: two headings
                return True
    return False


def _pieces(*, number: int, line: str) -> Iterator[Item]:
    """Cut at the marks: a pair of equal signs makes a heading, what follows a star is a bullet, the rest paragraphs."""
    marks = list(_MARK.finditer(line))
    if len(marks) > _MANY and len(line) < len(marks) * _SHORT:
        yield from _crowded(number=number, line=line, ends=[mark.end() for mark in marks[_TOGETHER::_TOGETHER]])
        return
    kinds = {mark.lastgroup for mark in marks}
    cuts = _Cuts(
        starred="stars" in kinds,
        wiki=bool(kinds & {"equals", "closes"}),
        terms=sum(1 for mark in marks if mark[0][0] == ";") > 1,
        glued=sum(1 for mark in marks if mark["opens"] == "*") > 2 and _CLOSED.search(line) is None,  # noqa: PLR2004 - WONTFIX: a list
        points=_counting(marks),
    )
    text_from, depth, index = 0, 0, 0
    while index < len(marks):
        mark = marks[index]
        index += 1
        if mark[0][0] == "=":
            closes = None if mark["closes"] else _closing(marks, index)
            if closes is None:
                continue
            closing = marks[closes]
            text = line[mark.end() : closing.start()].strip()
            if not text:
                continue
            yield from _item(number, line[text_from : mark.start()], depth)
            yield Item(number, text, len(mark[0]), heading=True)
            text_from, depth, index = closing.end(), 0, closes + 1
        elif mark["hashes"] and not cuts.wiki:
            yield from _item(number, line[text_from : mark.start()], depth)
            ends = marks[index].start() if index < len(marks) else len(line)
            text = line[mark.end() : ends].strip()
            text_from, depth = mark.end(), 0
            if 0 < len(text) <= _LONGEST_HASH_HEADING and len(text.split()) <= _WORDS_OF_HASH_HEADING:
                yield Item(number, text, len(mark[0]), heading=True)
                text_from = ends
        elif cuts.begins(mark, line):
            yield from _item(number, line[text_from : mark.start()], depth, first=text_from == 0)
            keeps = mark["point"] is not None
            text_from, depth = mark.start() if keeps else mark.end(), 1 if keeps else len(mark[0])
    yield from _item(number, line[text_from:], depth, last=True)


def _closing(marks: Sequence[re.Match[str]], index: int) -> int | None:
    """Which mark ends the heading that begins before this one: dashes and numbers may stand within, stars do not."""
    opening = marks[index - 1]
    for place in range(index, len(marks)):
        mark = marks[place]
        if mark.start() - opening.end() > _LONGEST_HEADING or mark["stars"]:
            return None
        if mark[0][0] == "=":
            return place if mark[0] == opening[0] and mark["opens"] is None else None
    return None


@dataclass(slots=True)
class _Cuts:
    """Which marks of a line begin a bullet."""

    starred: bool  # stars do, so that dashes do not
    wiki: bool  # headings stand between equal signs, so that a hash numbers an entry
    terms: bool  # as MediaWiki writes lists of definitions
    glued: bool  # stars stand at the first word
    points: frozenset[int]  # where numbers that count on stand

    def begins(self, mark: re.Match[str], line: str) -> bool:
        """Whether a bullet begins at a mark."""
        if mark["point"]:
            return mark.start() in self.points
        if mark["term"] or mark["opens"] == ";":
            return self.terms
        if mark["opens"]:
            return self.glued and mark[0] == "*"
        return bool(mark["stars"] or mark["hashes"] or (mark["dash"] and not self.starred and _opens_item(line, mark)))


_CLOSED: Final = re.compile(r"(?<=\w)\*(?!\w)")  # the end of *emphasis*
_POINTS: Final = 3  # numbers that count on from one: a list


def _counting(marks: Sequence[re.Match[str]]) -> frozenset[int]:
    """Where the points 1, 2, 3 of a meeting begin; nowhere if there are fewer."""
    places: list[int] = []
    for mark in marks:
        if mark["point"] and int(mark["point"].strip("'.)")) == len(places) + 1:
            places.append(mark.start())
    return frozenset(places) if len(places) >= _POINTS else frozenset()


_MANY: Final = 25_000  # marks in one line, with hardly a word between them: no meeting's
_SHORT: Final = 12
_TOGETHER: Final = 200


def _crowded(*, number: int, line: str, ends: Sequence[int]) -> Iterator[Item]:
    """Such a line in paragraphs, so many marks in each."""
    start = 0
    for end in [*ends, len(line)]:
        yield from _item(number, line[start:end], 0)
        start = end


def _opens_item(line: str, mark: re.Match[str]) -> bool:
    """Whether a dash begins a bullet, not a thought within a sentence: after an end, before a capital."""
    before = line[max(0, mark.start() - 3) : mark.start()].rstrip()
    after = line[mark.end() : mark.end() + 2].strip()
    return (not before or before[-1] in ".:;?!)") and bool(after) and (after[0].isupper() or after[0] in '¿¡"')


def _item(number: int, text: str, depth: int, *, first: bool = False, last: bool = False) -> Iterator[Item]:
    """What stands between two marks; bold words at its end head what follows, those at the beginning of it all too."""
    text = text.strip()
    if text.startswith(_BOLD) and depth == 0:
        end = text.find(_BOLD, len(_BOLD))
        if 0 < end <= _LONGEST_HASH_HEADING and _names(text[len(_BOLD) : end]) and text[end + 3 : end + 4] != ":":
            yield Item(number, text[len(_BOLD) : end].strip(), 1 if first else _RANK_OF_BOLD, heading=True)
            text = text[end + len(_BOLD) :].strip()
    start = text.rfind(_BOLD, 0, -len(_BOLD)) if text.endswith(_BOLD) and not last else -1
    if start > 0 and _names(text[start + len(_BOLD) : -len(_BOLD)]) and text.count(_BOLD) % 2 == 0:
        if text[:start].strip():
            yield Item(number, text[:start].strip(), depth)
        yield Item(number, text[start + len(_BOLD) : -len(_BOLD)].strip(), _RANK_OF_BOLD, heading=True)
        return
    if text:
        yield Item(number, text, depth)


_RANK_OF_BOLD: Final = 4


def _names(text: str) -> bool:
    """Whether bold words head a point: few of them, and no sentence or label."""
    text = text.strip()
    return (
        bool(text) and len(text) <= _LONGEST_HASH_HEADING and text[-1] not in ":.,;!?" and any(map(str.isalpha, text))
    )
