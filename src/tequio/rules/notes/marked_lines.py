"""Notes written line by line: plain text, Markdown, Trac wiki and MediaWiki, which people mix."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tequio.rules.notes.pieces import (
    TITLE,
    WRAP_FROM,
    Depths,
    bold_heading,
    bullet,
    goes_on,
    hard_width,
    is_rule,
    looks_like_heading,
)
from tequio.rules.notes.records import Item
from tequio.rules.notes.words import is_blank, visible

Line = tuple[int, str]

_EQUALS: Final = re.compile(r"\s{0,3}(={1,6})\s?([^=\s](?:.*[^=\s])?)\s*=*\s*$")
_ANCHOR: Final = re.compile(r"#[\w.-]+\s*$")  # as Trac writes the name of a heading behind it
_HASHES: Final = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_TEXTILE: Final = re.compile(r"h([1-6])\.\s(?=\S)")  # as Redmine writes headings
_UNDERLINE: Final = re.compile(r"\s{0,3}(=|-|~|\^){3,}\s*$")
_UNDERLINED: Final = {"=": 1, "-": 2, "~": 3, "^": 3}
_LONGEST_HEADING: Final = 200
_FEW_MARKS: Final = frozenset(".)")  # behind the letter or the Roman number of an entry
_NEARLY: Final = 16  # characters short of the width at which an editor broke a line
_POINT: Final = re.compile(r"(\d{1,2})(?:[.)]|\.-)\s{1,3}(?=[^\W\d_¿])")
_POINTS: Final = 3  # numbers that count on, each alone above what was said
_POINT_LENGTH: Final = 66
_POINT_WORDS: Final = 9
_REMEMBERED: Final = 20_000  # lines that are looked at once only, however often they come


def read_marked(*, lines: Sequence[Line], form: str) -> list[Item]:
    """The pieces of a file of this kind; `form` is plain, markdown, trac or mediawiki."""
    points = _points(lines) if form == "plain" else frozenset()
    reader = _Reader(form=form, width=hard_width([line for _, line in lines]), points=points)
    reader.read(lines)
    return reader.items


def _points(lines: Sequence[Line]) -> frozenset[int]:
    """The places of lines such as "3. Treasurer's report": they count on, and what was said stands right below each."""
    places: list[int] = []
    for index, (_, line) in enumerate(lines):
        if not line or not line[0].isdigit() or (index and not is_blank(lines[index - 1][1])):
            continue
        found = _POINT.match(line)
        if found is None or int(found[1]) != len(places) + 1 or not _heads(line.rstrip()):
            continue
        below = lines[index + 1][1] if index + 1 < len(lines) else ""
        if not is_blank(below) and not below.lstrip()[0].isdigit():
            places.append(index)
    return frozenset(places) if len(places) >= _POINTS else frozenset()


def _heads(text: str) -> bool:
    return len(text) <= _POINT_LENGTH and len(text.split()) <= _POINT_WORDS and text[-1] not in ".,;!?…"


@dataclass(slots=True)
class _Shape:
    """What a line is by itself, whatever stands around it."""

    text: str
    blank: bool
    length: int = 0
    indent: int = 0
    marked: tuple[str, int] | None = None  # a heading with the marks of one: its text and rank
    may_stand: bool = False  # whether it can be a heading that nothing marks
    bold: bool = False  # nothing but bold words
    drawn: str = ""  # the character an underline is drawn with
    bullet: tuple[str, int, int] | None = None
    nested: int = 0  # how deep MediaWiki's marks at the beginning hang it
    may_go_on: bool = False
    lowercase: bool = False  # begins small with a word before a colon: a label, or the rest of a broken line


_BLANK: Final = _Shape("", blank=True)


@dataclass(slots=True)
class _Reader:
    """Goes through the lines once; a line that comes again is not looked at again."""

    form: str
    width: int
    items: list[Item] = field(default_factory=list)
    shapes: dict[str, _Shape] = field(default_factory=dict)
    points: frozenset[int] = frozenset()  # the places of lines that number and head the points of a meeting

    def read(self, lines: Sequence[Line]) -> None:  # noqa: C901, PLR0912, PLR0915 - WONTFIX: calls would halve its speed
        """Read the lines."""
        shapes, items, depths = self.shapes, self.items, Depths([])
        first = blank = True
        hang = -1  # how far in the bullet before begins: what stands further in goes on it
        skip = False  # the line only underlines the heading above it
        last = 0  # how long the line before is, if something may go on it
        parts: list[str] = []  # the lines of the last item, if there are several
        size = len(lines)
        for index, (number, line) in enumerate(lines):
            shape = shapes.get(line) or self._shape(line)
            if shape.blank:
                blank, hang = True, -1
                continue
            if skip:
                skip, last = False, 0
                self._join(parts)
                items.append(Item(number, shape.text, 0, quiet=True))
                continue
            if index in self.points:
                depths.forget()
                self._join(parts)
                items.append(Item(number, shape.text, 2, heading=True))
                first, blank, last, hang = False, False, 0, -1
                continue
            if shape.marked or blank or first or (index + 1 < size and lines[index + 1][1][:1] == "="):
                below = lines[index + 1][1] if index + 1 < size else ""
                heading = self._heading(shape, below=below, blank=blank, first=first)
                if heading is not None:
                    text, rank, skip = heading
                    depths.forget()
                    self._join(parts)
                    items.append(Item(number, text, rank, heading=True))
                    first, blank, last = False, False, 0
                    continue
            text, depth, may_go_on = shape.text, 0, False
            if shape.nested:
                depth = shape.nested
            elif shape.bullet is not None:
                text, indent, marks = shape.bullet
                depth = marks if marks > 1 else depths.of(indent)
            elif shape.indent > hang >= 0:
                depth, may_go_on = len(depths.seen), True  # further in than the bullet above: it goes on it
            else:
                may_go_on = shape.may_go_on or (shape.lowercase and 0 < self.width <= last + _NEARLY)
                if shape.indent == 0:
                    depths.forget()
            if (
                may_go_on
                and last >= WRAP_FROM
                and (self.width or len(items) > 1)  # the line below a title may begin small
                and goes_on(text=text, before=parts[-1] if parts else items[-1].text, last=last, width=self.width)
            ):
                if not parts:
                    parts.append(items[-1].text)
                parts.append(text)
            else:
                self._join(parts)
                items.append(Item(number, text, depth))
                if depth and not may_go_on:
                    hang = shape.indent
            last = shape.length
            first = blank = False
        self._join(parts)

    def _join(self, parts: list[str]) -> None:
        """Put the lines of the last item together."""
        if parts:
            self.items[-1].text = " ".join(parts)
            parts.clear()

    def _shape(self, line: str) -> _Shape:
        shape = _BLANK if is_blank(line) else _shape_of(line, form=self.form)
        if len(self.shapes) < _REMEMBERED:
            self.shapes[line] = shape
        return shape

    def _heading(self, shape: _Shape, *, below: str, blank: bool, first: bool) -> tuple[str, int, bool] | None:
        """The heading a line is, if it is one: its text, its rank, and whether the line below is drawn under it."""
        if shape.marked is not None:
            return *shape.marked, False
        under = (self.shapes.get(below) or self._shape(below)) if below else _BLANK
        if (
            under.drawn
            and shape.length <= _LONGEST_HEADING
            and shape.text[0].isalnum()
            and len(under.text) * 2 >= len(shape.text)
            and (first or blank or under.drawn == "=")
        ):
            return shape.text, _UNDERLINED[under.drawn], True
        if shape.bold and (blank or first):
            return shape.text.strip("*_' "), TITLE if first else 3, False
        stands = shape.may_stand and (blank or first)
        if stands and looks_like_heading(line=shape.text, before_blank=blank, after_blank=under.blank, first=first):
            return shape.text, TITLE if first else 2, False
        return None


def _shape_of(line: str, *, form: str) -> _Shape:
    text = line.strip()
    start = text[0]
    length = len(line.rstrip())
    marked = _marked_heading(line, form=form) if start in "=#h" and length <= _LONGEST_HEADING else None
    if form == "mediawiki" and line[0] in "*#:;":
        inside = line.lstrip("*#:;")
        if inside.strip():
            return _Shape(
                inside.strip(), blank=False, length=length, marked=marked, nested=len(line) - len(inside), drawn=""
            )
    if start.isalpha() and line[0] == start and start != "o" and _FEW_MARKS.isdisjoint(text[:6]):
        # What begins with a word is no bullet, no number and nothing drawn: most lines.
        ends = ":" not in text[:24]
        return _Shape(text, False, length, 0, marked, form == "plain", may_go_on=ends, lowercase=start.islower())
    rule = is_rule(line)
    marks = None if rule else bullet(line)
    return _Shape(
        text,
        blank=False,
        length=length,
        indent=len(line) - len(line.lstrip()),
        marked=marked,
        may_stand=form == "plain" and marks is None and line[0] not in " \t",
        bold=start in "*_'" and length <= _LONGEST_HEADING and bold_heading(line) is not None,
        drawn=drawn[1] if rule and start in "=-~^" and (drawn := _UNDERLINE.match(line)) else "",
        bullet=marks,
        may_go_on=start not in "|>{}[#/\\<=-_*~+`!" and ":" not in text[:24],
    )


def _marked_heading(line: str, *, form: str) -> tuple[str, int] | None:
    """A heading between equal signs or behind hashes; in MediaWiki a hash numbers an item."""
    if line.lstrip()[0] == "h":
        textile = _TEXTILE.match(line)
        return (line[textile.end() :].strip(), int(textile[1])) if textile else None
    at, anchor = line.rfind("#"), ""
    if at > 0 and line.lstrip()[0] == "=" and line[:at].rstrip().endswith("=") and _ANCHOR.match(line, at):
        line, anchor = line[:at], f" {line[at:].strip()}"  # it stays: nothing of a line is lost
    found = _EQUALS.match(line)
    if found and (line.rstrip().endswith("=") or form in {"trac", "plain"}):
        return (visible(found[2]).strip() or line.strip()) + anchor, len(found[1])
    hashes = _HASHES.match(line) if form != "mediawiki" else None
    text = line[hashes.end() :].rstrip().rstrip("#").rstrip() if hashes else ""
    return (text, len(hashes[1])) if hashes and text else None
