"""Notes of invented meetings, each line a reader calls a decision marked by hand before the program read it.

Rounds 1 to 9 are by whoever wrote the rules; 10 to 20 by people who had seen neither rules nor notes. Rules were mended
and points learnt on all of them but 19 and 20, so what is found in the others says nothing of other files: docs/notes.md
has what was found when each round was first read.
"""

from collections import Counter

import pytest
from tests.rules.notes.marked import UNSEEN, measured, written_notes
from tests.rules.notes.reading_it import kept_letters, letters, shown_by_html

from tequio.rules.notes.reading import read_notes

NOTES = written_notes()


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
