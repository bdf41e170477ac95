"""Notes of invented meetings, each line a reader calls a decision marked by hand before the program read it.

`@@D` ends a line that decides; `@@P` one that proposes what a line below decides: the decision may be found at either.
Rounds 1 to 4 are a file a note, rounds 5 to 9 a file a round, in which `@@@` names the note that follows. Rules were
mended on these files afterwards, so what is found here says nothing of other files: docs/notes.md has what was found
when each round was first read.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.rules.notes.reading_it import kept_letters, letters, shown_by_html

from tequio.rules.notes.reading import read_notes

WRITTEN = Path(__file__).parent / "written"
DECIDING = {"decision", "election", "deferral"}
BELOW = 8  # lines within which a proposal is decided
MARKS = re.compile(r" @@[DP]")


@dataclass(frozen=True)
class Note:
    """A note, its text with the marks in it."""

    name: str
    marked: str

    @property
    def text(self):
        return MARKS.sub("", self.marked)

    def lines(self, mark):
        return {number for number, line in enumerate(self.marked.split("\n"), 1) if mark in line}


def notes_of(path):
    if path.parent == WRITTEN:
        return [Note(path.stem, path.read_text("utf-8"))]
    parts = re.split(r"^@@@ (\S+)\n", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return [Note(name, text) for name, text in zip(parts[::2], parts[1::2], strict=True)]


NOTES = [note for path in sorted(WRITTEN.rglob("*.txt")) for note in notes_of(path)]


def measured(notes):
    """How many lines decide, how many of them are found, how many finds decide, how many of those are none."""
    count = Counter()
    for note in notes:
        candidates = read_notes(text=note.text).candidates
        count += in_one_line(note, candidates) if note.name.startswith("flat") else line_by_line(note, candidates)
    return count


def line_by_line(note, candidates):
    decides, proposes = note.lines("@@D"), note.lines("@@P")
    found = {one.line for one in candidates if one.kind in DECIDING}
    decided = {one.line for one in candidates if one.kind == "decision"}
    hits = sum(
        1 for line in decides if line in found or {other for other in proposes if line - BELOW < other < line} & decided
    )
    false = len(decided - decides - proposes)
    return Counter(found=hits, decides=len(decides), finds=len(decided), false=false)


def in_one_line(note, candidates):
    """Text that lost its breaks is told apart by its words, not by its lines."""
    marked = [re.split(r" \* | == ", part)[-1].strip("* \n") for part in note.marked.split(" @@D")[:-1]]
    found = [one.text for one in candidates if one.kind in DECIDING]
    decided = [one.text for one in candidates if one.kind == "decision"]
    hits = sum(1 for part in marked if any(text in part or part in text for text in found))
    false = sum(1 for text in decided if not any(text in part or part in text for part in marked))
    return Counter(found=hits, decides=len(marked), finds=len(decided), false=false)


# Of notes whose writers hardly ever say that something is decided ("no cat"), less is found.
LEAST = {"diff": 0.75, "html": 0.8}


@pytest.mark.parametrize("form", ["diff", "flat", "html", "markdown", "mediawiki", "plain", "trac", "transcript"])
def test_of_what_a_reader_calls_a_decision_four_in_five_are_found_and_one_find_in_three_at_most_is_none(form):
    count = measured([note for note in NOTES if note.name.startswith(form)])
    assert count["decides"] > 0
    assert (count["found"] >= LEAST.get(form, 0.85) * count["decides"], 3 * count["false"] <= count["finds"]) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("round_", "decides", "found"), [(5, 101, 96), (6, 107, 82), (7, 101, 94), (8, 111, 86), (9, 94, 85)]
)
def test_so_many_decisions_are_found_of_each_round_after_mending(round_, decides, found):
    count = measured([note for note in NOTES if f"-{round_}-" in note.name])
    assert (count["decides"], count["found"] >= found, 9 * count["false"] <= count["finds"]) == (decides, True, True)


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.name)
def test_nothing_of_them_is_lost(note):
    notes = read_notes(text=note.text)
    lost = Counter(letters(shown_by_html(note.text) if notes.format == "html" else note.text))
    if notes.format == "diff":
        lost = Counter({letter: number for letter, number in lost.items() if not letter.isdigit()})  # of each line
    assert lost - Counter(kept_letters(notes)) == Counter()
