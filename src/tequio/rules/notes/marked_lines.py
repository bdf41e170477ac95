"""Notes written line by line: plain text, Markdown, Trac wiki and MediaWiki, which people mix."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tequio.rules.notes.pieces import (
    TITLE,
    Depths,
    Piece,
    bold_heading,
    bullet,
    hard_width,
    is_rule,
    joined_wraps,
    looks_like_heading,
)
from tequio.rules.notes.words import is_blank, visible

Line = tuple[int, str]

_EQUALS: Final = re.compile(r"\s{0,3}(={1,6})\s?([^=\s].*?|[^=\s])\s?=*(?:\s*#[\w.-]+)?\s*$")
_HASHES: Final = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_UNDERLINE: Final = re.compile(r"\s{0,3}(=|-|~|\^){3,}\s*$")
_UNDERLINED: Final = {"=": 1, "-": 2, "~": 3, "^": 3}
_LONGEST_HEADING: Final = 200


def read_marked(*, lines: Sequence[Line], form: str) -> Iterator[Piece]:
    """The pieces of a file of this kind; `form` is plain, markdown, trac or mediawiki."""
    width = hard_width([line for _, line in lines])
    yield from joined_wraps(_pieces(lines=lines, form=form), width=width)


def _pieces(*, lines: Sequence[Line], form: str) -> Iterator[Piece]:
    depths, first, blank = Depths([]), True, True
    hang = -1  # how far in the bullet before begins: what stands further in goes on it
    skip = False
    for index, (number, line) in enumerate(lines):
        if is_blank(line):
            blank, hang = True, -1
            continue
        if skip:
            skip = False
            yield Piece(number, line.strip(), 0, quiet=True)
            continue
        heading, underlined = _heading(lines=lines, index=index, form=form, blank=blank, first=first)
        if heading is not None:
            skip = underlined
            depths.forget()
            yield Piece(number, heading.text, heading.level, heading=True)
        else:
            piece = _item(number=number, line=line, form=form, depths=depths, hang=hang)
            if piece.level and not piece.may_wrap:
                hang = len(line) - len(line.lstrip())
            yield piece
        first = blank = False


def _heading(*, lines: Sequence[Line], index: int, form: str, blank: bool, first: bool) -> tuple[Piece | None, bool]:
    """The heading a line is, if it is one, and whether the line below is drawn under it."""
    number, line = lines[index]
    if len(line) > _LONGEST_HEADING:
        return None, False
    start = line.lstrip()[:1]
    marked = _marked_heading(number=number, line=line, form=form) if start in {"=", "#"} else None
    if marked is not None:
        return marked, False
    below = lines[index + 1][1] if index + 1 < len(lines) else ""
    drawn = below[:1] in "=-~^" and _UNDERLINE.match(below) if below else None
    if (
        drawn
        and start.isalnum()
        and len(below.strip()) * 2 >= len(line.strip())
        and (first or blank or drawn[1] == "=")
    ):
        return Piece(number, line.strip(), _UNDERLINED[drawn[1]]), True
    bold = bold_heading(line) if start in {"*", "_", "'"} else None
    if bold is not None and (blank or first):
        return Piece(number, line.strip().strip("*_' "), TITLE if first else 3), False
    if form == "plain" and bullet(line) is None:
        after = not below or is_blank(below)
        if looks_like_heading(line=line, before_blank=blank, after_blank=after, first=first):
            return Piece(number, line.strip(), TITLE if first else 2), False
    return None, False


def _marked_heading(*, number: int, line: str, form: str) -> Piece | None:
    """A heading between equal signs or behind hashes; in MediaWiki a hash numbers an item."""
    found = _EQUALS.match(line)
    if found and (line.rstrip().endswith("=") or form in {"trac", "plain"}):
        return Piece(number, visible(found[2]).strip() or line.strip(), len(found[1]), heading=True)
    hashes = _HASHES.match(line) if form != "mediawiki" else None
    text = line[hashes.end() :].rstrip().rstrip("#").rstrip() if hashes else ""
    return Piece(number, text, len(hashes[1]), heading=True) if hashes and text else None


def _item(*, number: int, line: str, form: str, depths: Depths, hang: int) -> Piece:
    if form == "mediawiki" and line[0] in "*#:;":
        text = line.lstrip("*#:;")
        if text.strip():
            return Piece(number, text.strip(), len(line) - len(text), length=len(line))
    marked = None if is_rule(line) else bullet(line)
    if marked is not None:
        text, indent, marks = marked
        depth = marks if marks > 1 else depths.of(indent)
        return Piece(number, text, depth, length=len(line.rstrip()))
    indent = len(line) - len(line.lstrip())
    if hang >= 0 and indent > hang:
        # Further in than the bullet above: it goes on it, whatever the width.
        return Piece(number, line.strip(), len(depths.seen), may_wrap=True, length=len(line.rstrip()))
    if indent == 0:
        depths.forget()
    return Piece(number, line.strip(), 0, may_wrap=_can_go_on(line), length=len(line.rstrip()))


def _can_go_on(line: str) -> bool:
    """Whether an unmarked line may be the rest of the one above: no table, no command, nothing drawn, no label."""
    start = line.lstrip()
    return start[0] not in "|>{}[#/\\<=-_*~+`!" and ":" not in start[:24]
