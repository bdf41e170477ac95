"""Notes of invented meetings, each line a reader calls a decision marked by hand before the program read it.

`@@D` ends a line that decides; `@@P` one that proposes what a line below decides: the decision may be found at either.
Rules were mended on these files afterwards, so what is found here says nothing of other files: docs/notes.md has what
was found before.
"""

from collections import Counter
from pathlib import Path

import pytest
from tests.rules.notes.reading_it import kept_letters, letters, shown_by_html

from tequio.rules.notes.reading import read_notes

FILES = sorted((Path(__file__).parent / "written").glob("*.txt"))
FORMATS = ("html", "markdown", "mediawiki", "plain", "trac", "transcript")
DECIDING = {"decision", "election", "deferral"}
BELOW = 8  # lines within which a proposal is decided


def marked(path):
    """The text of a file without its marks, and the lines that decide and propose."""
    lines = path.read_text("utf-8").split("\n")
    where = {mark: [number for number, line in enumerate(lines, 1) if line.find(mark) >= 0] for mark in ("@@D", "@@P")}
    text = "\n".join(line.replace(" @@D", "").replace(" @@P", "") for line in lines)
    return text, where["@@D"], where["@@P"]


def measured(paths):
    """How many lines decide, how many of them are found, how many finds decide, how many of those are none."""
    count = Counter()
    for path in paths:
        text, decides, proposes = marked(path)
        found = {one.line for one in read_notes(text=text).candidates if one.kind in DECIDING}
        decided = {one.line for one in read_notes(text=text).candidates if one.kind == "decision"}
        for line in decides:
            above = {other for other in proposes if line - BELOW < other < line}
            count["found"] += line in found or bool(above & decided)
        count["decides"] += len(decides)
        count["finds"] += len(decided)
        count["false"] += len(decided - {*decides, *proposes})
    return count


@pytest.mark.parametrize("form", FORMATS)
def test_of_what_a_reader_calls_a_decision_four_in_five_are_found_and_one_find_in_three_at_most_is_none(form):
    count = measured([path for path in FILES if path.name.startswith(form)])
    assert count["decides"] > 0
    assert (count["found"] >= LEAST.get(form, 0.8) * count["decides"], 3 * count["false"] <= count["finds"]) == (
        True,
        True,
    )


# Files whose writers hardly ever say that something is decided ("no cat").
LEAST = {"html": 0.3, "mediawiki": 0.75}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_of_them_is_lost(path):
    text, _, _ = marked(path)
    notes = read_notes(text=text)
    lost = Counter(letters(shown_by_html(text) if notes.format == "html" else text)) - Counter(kept_letters(notes))
    assert lost == Counter()
