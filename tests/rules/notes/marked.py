"""Notes with marks in them: what a reader calls a decision, written at the end of its line before the program read it.

`@@D` ends a line that decides, `@@D=deferred` one that says how it ended; `@@P` one that proposes what a line below
decides, or that may be taken either way: it need not be found, and is not false if it is. In text that lost its breaks
marks stand behind the bullet or sentence. Several notes in a file stand below lines `@@@` with their names.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tequio.rules.notes.reading import read_notes

WRITTEN = Path(__file__).parent / "written"
UNSEEN = (19, 20, 22)  # rounds that nothing was learnt from
UNLEARNT = (*UNSEEN, 21)  # rounds that points are never learnt from
DECIDING = {"decision", "election", "deferral"}
_BELOW = 8  # lines within which a proposal is decided
_NEAR = 6
_MARK = re.compile(r"[ \t]*@@(?:(?P<decides>D)(?:=(?P<outcome>[a-z_]+))?|P)\b")
_BULLET = re.compile(r" [*#]+ | =+ |^=+ | -+ ")
_TELLING = 8  # letters from which text alone tells that two are the same


@dataclass(frozen=True)
class Mark:
    """A line that decides (or may be taken either way), as it is compared."""

    line: int
    text: str
    last: str  # its last sentence
    decides: bool
    outcome: str | None


@dataclass(frozen=True)
class Note:
    """A note, its text with the marks in it."""

    name: str
    marked: str

    @property
    def text(self):
        return _MARK.sub("", self.marked)

    @property
    def round(self):
        found = re.search(r"-(\d+)-\d+$", self.name)
        return int(found[1]) if found else 0

    @property
    def is_one_line(self):
        return self.name.startswith("flat")

    def marks(self):
        """The marks in order."""
        return list(self._in_one_line() if self.is_one_line else self._by_line())

    def _by_line(self):
        for number, line in enumerate(self.marked.split("\n"), 1):
            found = _MARK.search(line)
            if found:
                text = compared(_MARK.sub("", line))
                yield Mark(number, text, text, bool(found["decides"]), found["outcome"])

    def _in_one_line(self):
        start = 0
        for found in _MARK.finditer(self.marked):
            piece = _BULLET.split(self.marked[start : found.start()])[-1]
            last = re.split(r"(?<=[.!?;]) ", piece.strip())[-1]
            yield Mark(1, compared(piece), compared(last), bool(found["decides"]), found["outcome"])
            start = found.end()


def compared(text):
    """Text as marks and finds are compared: no signs, no tags, small letters."""
    return re.sub(r"[\W_]+", " ", re.sub(r"<[^>]+>|&\w+;", " ", text)).strip().lower()


def notes_of(path):
    """The notes of a file."""
    if path.parent.name != "rounds":
        return [Note(path.stem, path.read_text("utf-8"))]
    parts = re.split(r"^@@@ (\S+)\n", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return [Note(name, text) for name, text in zip(parts[::2], parts[1::2], strict=True)]


def written_notes() -> Sequence[Note]:
    """Every note there is."""
    return [note for path in sorted(WRITTEN.rglob("*.txt")) for note in notes_of(path)]


@cache
def reading(note):
    """The note as the program reads it."""
    return read_notes(text=note.text)


def measured(notes):
    """How many marks decide, how many of them are found, with their outcome; how many finds, and how many are false."""
    count: Counter[str] = Counter()
    for note in notes:
        marks = note.marks()
        candidates = [one for one in reading(note).candidates if one.kind in DECIDING]
        hits = {id(mark): list(_hits(mark, marks, candidates, note)) for mark in marks}
        used = {id(one) for some in hits.values() for one in some}
        for mark in marks:
            if mark.decides:
                some = hits[id(mark)]
                count["decides"] += 1
                count["found"] += bool(some)
                count["told"] += mark.outcome is not None and bool(some)
                count["right"] += any(one.outcome == mark.outcome for one in some)
        decided = [one for one in candidates if one.kind == "decision"]
        lines = set() if note.is_one_line else {mark.line for mark in marks}
        count["finds"] += len(decided)
        count["false"] += sum(1 for one in decided if id(one) not in used and one.line not in lines)
    return count


def _hits(mark, marks, candidates, note) -> Iterator:
    if note.is_one_line:
        for one in candidates:
            said = compared(one.text)
            if said and any(said in text or text in said for text in (mark.text, mark.last)):
                yield one
        return
    there = [one for one in candidates if one.line == mark.line] or [
        one for one in candidates if abs(one.line - mark.line) <= _NEAR and _overlap(compared(one.text), mark.text)
    ]
    if not there:  # what is decided may be found where it was proposed
        above = {one.line for one in marks if not one.decides and mark.line - _BELOW < one.line < mark.line}
        there = [one for one in candidates if one.line in above and one.kind == "decision"]
    yield from there


def _overlap(one, other):
    return (len(other) > _TELLING and other in one) or (len(one) > _TELLING and one in other)
