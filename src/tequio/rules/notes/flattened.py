"""Wiki text that lost its line breaks: headings and bullets found again by the marks that stand alone in the line."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tequio.rules.notes.records import Item
from tequio.rules.notes.words import is_blank

# The marks of headings (== Trac ==, ## Markdown) and bullets, with space on both sides or at an end of the line.
_MARK: Final = re.compile(
    r"(?<!\S)(?:(?P<equals>={1,6})|(?P<hashes>#{1,6})|(?P<stars>\*{1,6}|[•◦▪·●])|(?P<dash>[-–])|(?P<quote>>{1,3}))(?!\S)"
)
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
            marks = [found.lastgroup for found in _MARK.finditer(head)]
            if marks.count("equals") >= 2 or marks.count("stars") >= 3 or marks.count("hashes") >= 2:  # noqa: PLR2004 - WONTFIX: a pair, a list
                return True
    return False


def _pieces(*, number: int, line: str) -> Iterator[Item]:
    """Cut at the marks: a pair of equal signs makes a heading, what follows a star is a bullet, the rest paragraphs."""
    marks = list(_MARK.finditer(line))
    if len(marks) > _MANY and len(line) < len(marks) * _SHORT:
        yield from _crowded(number=number, line=line, ends=[mark.end() for mark in marks[_TOGETHER::_TOGETHER]])
        return
    starred = any(mark["stars"] for mark in marks)
    text_from, depth, index = 0, 0, 0
    while index < len(marks):
        mark = marks[index]
        if mark["equals"]:
            closing = marks[index + 1] if index + 1 < len(marks) else None
            text = line[mark.end() : closing.start()].strip() if closing else ""
            if closing is None or closing[0] != mark[0] or not 0 < len(text) <= _LONGEST_HEADING:
                index += 1
                continue
            yield from _item(number, line[text_from : mark.start()], depth)
            yield Item(number, text, len(mark[0]), heading=True)
            text_from, depth, index = closing.end(), 0, index + 2
        elif mark["hashes"]:
            yield from _item(number, line[text_from : mark.start()], depth)
            ends = marks[index + 1].start() if index + 1 < len(marks) else len(line)
            text = line[mark.end() : ends].strip()
            text_from, depth, index = mark.end(), 0, index + 1
            if 0 < len(text) <= _LONGEST_HASH_HEADING and len(text.split()) <= _WORDS_OF_HASH_HEADING:
                yield Item(number, text, len(mark[0]), heading=True)
                text_from = ends
        elif mark["stars"] or (mark["dash"] and not starred and _opens_item(line, mark)):
            yield from _item(number, line[text_from : mark.start()], depth)
            text_from, depth, index = mark.end(), len(mark[0]), index + 1
        else:
            index += 1
    yield from _item(number, line[text_from:], depth)


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


def _item(number: int, text: str, depth: int) -> Iterator[Item]:
    text = text.strip()
    if text:
        yield Item(number, text, depth)
