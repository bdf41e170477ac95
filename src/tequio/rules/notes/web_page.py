"""The HTML of a wiki page, read as text: nothing runs, nothing is fetched, and broken tags only break themselves.

The reader goes through the text once. What it takes for a tag never counts as text; what stands in scripts, styles and
comments is kept as quiet items, so that nothing of the file is missing.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tequio.rules.notes.diff_table import kind_of_diff, read_diff
from tequio.rules.notes.marked_lines import Line, read_marked
from tequio.rules.notes.pieces import bullet, is_result
from tequio.rules.notes.records import Item
from tequio.rules.notes.words import is_blank, word_set

_NAME: Final = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]*")
_BARE_TAG: Final = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*)>")
_CLASS: Final = re.compile(r"""class\s{0,3}=\s{0,3}["']?([^"'>]{1,200})""", re.IGNORECASE)
_LONGEST_TAG: Final = 20_000
_SPACE: Final = re.compile(r"[ \t\r\n\f\u00a0]+")
_HEADINGS: Final = {f"h{rank}": rank for rank in range(1, 7)}
_BREAKS: Final = word_set(
    "p div br hr li ul ol dl dt dd table tr td th thead tbody tfoot caption section article header footer nav main "
    "aside form fieldset blockquote figure figcaption body html head title meta link pre address details summary "
    "option select textarea button label h1 h2 h3 h4 h5 h6"
)
_QUIET: Final = ("script", "style", "noscript", "template", "svg")
_CLOSING: Final = {name: re.compile(rf"</{name}(?![\w-])[^<>]{{0,200}}>", re.IGNORECASE) for name in _QUIET}
_FRAME: Final = frozenset({"nav", "footer", "head", "form", "button", "select"})
# The other blocks only end a paragraph.
_MEANT: Final = _FRAME | _HEADINGS.keys() | word_set("title ul ol li pre tr dt dd table div")
_BOLD: Final = frozenset({"b", "strong"})
_CONTENTS: Final = re.compile(r"""(?:id|class)\s{0,3}=\s{0,3}["']?(?:toc|table-of-contents)\b""", re.IGNORECASE)
_LIST_LEVEL: Final = re.compile(r"\blst-\w{1,60}-(\d)\b")  # as Google's documents say how deep a list hangs
_ROWSPAN: Final = re.compile(r"""rowspan\s{0,3}=\s{0,3}["']?(\d{1,3})""", re.IGNORECASE)
_COLUMNS: Final = 40
_LONGEST_BOLD: Final = 90  # characters of bold words that stand as a heading
_LONGEST_TERM: Final = 80
_REMOVED: Final = (
    *("diff-deletedline", "diff-marker", "diff-lineno", "diff-side-deleted", "diff-removed", "diff-blockheader"),
    *("diff-otitle", "diff-ntitle", "diff-lineheader"),
)
_TRAC_TABLE: Final = re.compile(r"""class\s{0,3}=\s{0,3}["']?[^"'>]{0,80}\b(?:trac-diff|inline|sidebyside)\b""")
_EDIT: Final = re.compile(r"\s*\[\s?(?:edit|editar)[^\[\]]{0,40}\]$")
_SIGNS: Final = frozenset("+-−–")


_BY_CHANCE: Final = 3
_PAGE_STARTS: Final = ("<!doctype html", "<html", "<?xml", "<head", "<body", "<feed")
_BLOCK: Final = re.compile(r"</?(?:p|li|h[1-6]|t[dr]|div|[uo]l|table|d[dt]|br)(?:[ /][^<>]{0,300})?>", re.IGNORECASE)
_WRITTEN: Final = re.compile(r"\s{0,8}(?:#{1,6}\s|[*+-]\s|\*\*|={1,6}\s|\d{1,3}[.)]\s)")


def looks_like_html(text: str) -> bool:
    """Whether a file is HTML: it begins as a page, or tags pages are made of stand in a good part of its lines.

    Markdown with a few tags in it is no page: its line breaks mean something.
    """
    head = text[:8_000].lstrip("\ufeff \t\r\n")
    if head[:20].lower().startswith(_PAGE_STARTS):
        return True
    if "<" not in head:
        return False
    lines = [line for line in head.split("\n") if line.strip()]
    tagged = sum(1 for line in lines if "<" in line and _BLOCK.search(line))
    written = sum(1 for line in lines if _WRITTEN.match(line) and "<" not in line)
    tags = len(_BLOCK.findall(head))
    begins = head.startswith("<") and bool(_BLOCK.match(head))
    return tagged * 4 >= len(lines) and tagged > written and (tags > _BY_CHANCE or begins)


def read_html(text: str) -> Iterator[Item]:
    """The pieces of a page, in order, each at the line its text begins in."""
    if text[:600].lstrip("\ufeff \t\r\n").startswith("<?xml") and "<feed" in text[:2_000]:
        text = html.unescape(text.replace("&#10;", " ").replace("&#13;", " ").replace("&#xA;", " "))
    reader = _Reader(text)
    reader.read()
    yield from reader.pieces


@dataclass(slots=True)
class _Reader:
    """Goes through the text once, from tag to tag."""

    text: str
    pieces: list[Item] = field(default_factory=list)
    _run: list[str] = field(default_factory=list)
    _run_line: int = 0
    _line: int = 1
    _counted: int = 0  # up to where lines are counted
    _close: int = -1  # the next ">"
    _lists: int = 0
    _in_item: bool = False
    _heading: int = 0
    _pre: bool = False
    _removed: bool = False
    _frame: int = 0
    _differs: bool = False  # within a cell of a table of differences: wiki text, not text of a page
    _same: str = ""  # what the older version says in this row, where the newer says the same
    _numbered: bool = False  # within a table of differences as Trac makes them: numbers, then text
    _numbers: list[str] = field(default_factory=list)  # of this row
    _bold: int = 0
    _plain: bool = False  # whether something of this paragraph is not bold
    _rank: int = 1  # of the last heading with the tag of one
    _term: bool = False  # the word that a list of definitions defines
    _contents: int = 0  # how deep within the box that lists the headings of the page
    _headed: bool = False  # whether the table has a row of headings
    _column: int = -1  # of this row
    _said: bool = False  # whether something of this row stands already
    _lead: int = 0  # columns of this row before the first that says something
    _spans: list[int] = field(default_factory=lambda: [0] * _COLUMNS)  # rows that a cell above still reaches into
    _no_more: set[str] = field(default_factory=set)  # closing marks that do not come any more
    _has_top_heading: bool = False

    def read(self) -> None:
        """Read it all."""
        text, position, size = self.text, 0, len(self.text)
        self._has_top_heading = "<h1" in text or "<H1" in text
        while position < size:
            opening = text.find("<", position)
            if opening < 0:
                self._add(position, size)
                break
            self._add(position, opening)
            position = self._mark(opening)
        self._flush()

    def _mark(self, at: int) -> int:  # noqa: PLR0911 - WONTFIX: a kind of mark, an answer
        """Handle what begins with "<": a comment, a tag, or just a sign that is text. Returns where to go on."""
        text = self.text
        bare = _BARE_TAG.match(text, at)
        if bare is not None and (name := bare[1].lower()) not in _QUIET:
            self._tag(name, "")
            return bare.end()
        if text.startswith("<!--", at):
            end = self._find("-->", at + 4)
            self._aside(at + 4, end)
            return end + 3
        found = _NAME.match(text, at + 1)
        if found is None:
            if text.startswith(("<!", "<?"), at):
                end = text.find(">", at, at + _LONGEST_TAG)
                if end >= 0 and text.find("<", at + 1, end) < 0:
                    return end + 1
            self._add(at, at + 1)
            return at + 1
        if self._close < found.end():
            self._close = self._find(">", found.end())
        end = self._close
        if end >= len(text) or end - at > _LONGEST_TAG or text.find("<", found.end(), end) >= 0:
            self._add(at, at + 1)
            return at + 1
        name = found[0].lower()
        if name in _QUIET and text[end - 1] != "/":
            self._flush()
            close, after = self._closing(name, end + 1)
            self._aside(end + 1, close)
            return after
        self._tag(name, text[found.end() : min(end, found.end() + 500)])
        return end + 1

    def _find(self, mark: str, start: int) -> int:
        """Where a closing mark stands, or the end; a mark that is missing is looked for once only."""
        if mark in self._no_more:
            return len(self.text)
        at = self.text.find(mark, start)
        if at < 0:
            self._no_more.add(mark)
            return len(self.text)
        return at

    def _closing(self, name: str, start: int) -> tuple[int, int]:
        """Where the tag that closes a script or style begins and ends; the end of the text if none comes."""
        found = None if name in self._no_more else _CLOSING[name].search(self.text, start)
        if found is None:
            self._no_more.add(name)
            return len(self.text), len(self.text)
        return found.span()

    def _tag(self, name: str, attributes: str) -> None:
        closing, plain = name[0] == "/", name.lstrip("/")
        if plain in {"td", "th"}:
            if self._numbered:
                self._numbered_cell(plain, attributes, closing=closing)
            else:
                self._headed = self._headed or plain == "th"
                self._cell(attributes, closing=closing)
        elif plain in _BOLD:
            self._bold = max(0, self._bold - 1) if closing else self._bold + 1
        elif plain in _BREAKS:
            if self._run:
                self._flush()
            if plain != "br":
                self._bold = 0
            if plain in _MEANT:
                self._block(plain, attributes, closing=closing)

    def _block(self, plain: str, attributes: str, *, closing: bool) -> None:  # noqa: C901, PLR0912 - WONTFIX: a tag, a line
        """What begins or ends with the tag of a block."""
        if plain in _HEADINGS:
            self._heading = 0 if closing else _HEADINGS[plain]
            self._rank = self._heading or self._rank
        elif plain == "title":
            self._heading = 0 if closing or self._has_top_heading else 1
        elif plain in {"ul", "ol"}:
            level = _LIST_LEVEL.search(attributes) if attributes and not closing else None
            if level is not None:
                self._lists = int(level[1]) + 1
            else:
                self._lists = max(0, self._lists - 1) if closing else min(self._lists + 1, 50)
        elif plain == "li":
            self._in_item = not closing
        elif plain == "pre":
            self._pre = not closing
        elif plain in {"dt", "dd"}:
            self._term = plain == "dt" and not closing
        elif plain == "div":
            if self._contents:
                self._contents += -1 if closing else 1
            elif attributes and not closing and _CONTENTS.search(attributes):
                self._contents = 1
        elif plain in {"tr", "table"}:
            self._row(plain, attributes, closing=closing)
        if plain in _FRAME:
            self._frame = max(0, self._frame - 1) if closing else self._frame + 1

    def _row(self, plain: str, attributes: str, *, closing: bool) -> None:
        """Where a row or a table begins or ends."""
        self._removed = self._differs = self._said = False
        self._same = ""
        self._numbers.clear()
        self._column, self._lead = -1, 0
        if plain == "table":
            self._numbered = not closing and bool(_TRAC_TABLE.search(attributes))
            self._headed = False
            self._spans = [0] * _COLUMNS

    def _cell(self, attributes: str, *, closing: bool) -> None:
        """A cell of a table: apart if a revision added or removed it, else on one line with the others of its row."""
        if closing:
            if self._differs:
                self._flush()
                self._removed = self._differs = False
            return
        found = _CLASS.search(attributes)
        names = found[1] if found else ""
        removed = any(mark in names for mark in _REMOVED)
        if removed or "diff-" in names:
            self._flush()
            self._removed, self._differs = removed, True
            return
        before = self._column
        column = before + 1
        while column < _COLUMNS and self._spans[column]:
            self._spans[column] -= 1
            column += 1
        self._column = column
        span = _ROWSPAN.search(attributes) if attributes and column < _COLUMNS else None
        if span is not None:
            self._spans[column] = max(0, int(span[1]) - 1)
        if self._run:
            self._run.append(" | " * (column - before))
        elif self._headed and not self._said:
            self._lead = column

    def _numbered_cell(self, plain: str, attributes: str, *, closing: bool) -> None:
        """A cell of Trac's table of differences: a number of a line, or text of the version whose number is there."""
        if closing:
            if plain == "th":
                number = "".join(self._run).replace("&nbsp;", " ").strip()
                self._numbers.append(number)
                if not number or number.isdigit():
                    self._run = []
            self._flush()
            self._removed = self._differs = False
            return
        self._flush()
        if plain == "th":
            self._removed = True  # what is no number names the versions
            return
        found = _CLASS.search(attributes)
        left = found is not None and "l" in found[1].split()
        beside = left and len(self._numbers) == 1  # each version in its own column
        self._removed = beside or (left and len(self._numbers) > 1 and not self._numbers[-1])
        self._differs = True

    def _add(self, start: int, end: int) -> None:
        if start >= end:
            return
        raw = self.text[start:end]
        if not self._run:
            if raw.isspace() and not self._pre:
                return
            lead = len(raw) - len(raw.lstrip())
            self._run_line = self._line_of(start + (0 if self._pre else lead))
            self._plain = False
        if not self._bold and not raw.isspace():
            self._plain = True
        self._run.append(raw)

    def _line_of(self, at: int) -> int:
        self._line += self.text.count("\n", self._counted, at)
        self._counted = max(at, self._counted)
        return self._line

    def _flush(self) -> None:  # noqa: PLR0911 - WONTFIX: a kind of paragraph, an answer
        if not self._run:
            return
        raw, self._run = "".join(self._run), []
        if self._pre:
            self.pieces.extend(_preformatted(html.unescape(raw), self._run_line))
            return
        text = _SPACE.sub(" ", html.unescape(raw) if "&" in raw else raw).strip(" |")
        if is_blank(text):
            return
        if self._heading and len(text) <= 300:  # noqa: PLR2004 - WONTFIX: a heading nobody closed is none
            edit = _EDIT.search(text)  # a link of the page, not of its text
            text = text[: edit.start()].strip() if edit and edit.start() else text
            self._said_heading(text.removesuffix("¶").strip() or text, self._heading)
            if edit and edit.start():
                self.pieces.append(Item(self._run_line, edit[0].strip(), 0, quiet=True))
            return
        if self._differs and (text in _SIGNS or text == self._same):
            return  # the sign before a change, or what the other version says as well
        if self._differs and not self._removed:
            self._same, form = text, "trac" if self._numbered else "mediawiki"
            self.pieces.extend(read_marked(lines=[(self._run_line, text)], form=form))
            return
        if self._stands_as_heading(text):
            self._said_heading(text, 1 if not self.pieces else min(self._rank + 1, 6))
            return
        if self._lead:
            text, self._lead = "| " * (self._lead + 1) + text, 0
        self._said = True
        depth = self._lists if self._lists and self._in_item else 0
        marked = bullet(text) if not depth else None
        self.pieces.append(
            Item(
                self._run_line,
                marked[0] if marked else text,
                1 if marked else depth,
                quiet=self._removed or self._frame > 0 or self._contents > 0,
            )
        )

    def _said_heading(self, text: str, rank: int) -> None:
        self.pieces.append(Item(self._run_line, text, rank, heading=True))

    def _stands_as_heading(self, text: str) -> bool:
        """Whether a paragraph heads what follows without the tag of a heading: bold words, or a word to define."""
        if self._lists or self._column >= 0 or self._frame or self._contents or text[-1] in ".,;!?…":
            return False
        if self._term:
            return len(text) <= _LONGEST_TERM
        return not self._plain and len(text) <= _LONGEST_BOLD and not is_result(text) and bullet(text) is None

    def _aside(self, start: int, end: int) -> None:
        """What no reader of the page sees: kept line by line, quiet."""
        self._flush()
        line = self._line_of(start)
        for offset, said in enumerate(self.text[start:end].split("\n")):
            if not is_blank(said):
                self.pieces.append(Item(line + offset, said.strip(), 0, quiet=True))


def _preformatted(text: str, first: int) -> Iterator[Item]:
    lines: list[Line] = [(first + offset, line) for offset, line in enumerate(text.split("\n"))]
    kind = kind_of_diff(lines=[line for _, line in lines])
    yield from read_diff(lines=lines, kind=kind) if kind else read_marked(lines=lines, form="trac")
