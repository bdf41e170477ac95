"""Files nobody wrote at a meeting: kept whole, searched as far as their length earns, and where that ends is said."""

from collections import Counter

from tests.rules.notes.reading_it import kept_letters, letters

from tequio.rules.notes.reading import read_notes


def dense(lines):
    """Distinct short lines, each of them a decision."""
    return "".join(f"We agreed to go {number}.\n" for number in range(lines))


def test_what_is_not_searched_is_counted_from_its_line_and_kept():
    notes = read_notes(text=dense(9_000))
    decisions = [one.line for one in notes.candidates if one.kind == "decision"]
    assert decisions == list(range(1, notes.unread.line))
    assert notes.unread.items == 9_000 - len(decisions)
    assert sum(len(section.items) for section in notes.sections) == 9_000


def test_the_answer_names_it_only_where_something_was_not_searched():
    read = read_notes(text=dense(9_000))
    answer = read.as_dict(language="es")["unread"]
    assert (answer["line"], answer["items"]) == (read.unread.line, read.unread.items)
    assert answer["why"].startswith(f"Desde la línea {read.unread.line}, {read.unread.items} líneas se guardaron")
    assert "unread" not in read_notes(text=dense(1_000)).as_dict(language="en")


def test_long_minutes_are_searched_to_their_end():
    paragraph = (
        "Ana told at length how the repair of the roof of the workshop went, and who helped with it in the rain. "
    )
    text = "".join(f"{paragraph}We agreed to pay part {number} of it.\n" for number in range(2_000))
    notes = read_notes(text=text)
    assert notes.unread is None
    assert sum(1 for one in notes.candidates if one.kind == "decision") == 2_000


def test_one_paragraph_that_decides_without_end_is_searched_as_far_as_any_other_text():
    text = " ".join(f"We agreed to go {number}." for number in range(30_000))
    notes = read_notes(text=text)
    assert notes.unread.line == 1
    assert len(notes.candidates) < 15_000


def test_a_file_of_next_to_nothing_line_by_line_is_kept_in_paragraphs_and_nothing_of_it_is_lost():
    text = "".join(f"{number % 97}\n" + "\n" * (number % 3 == 0) for number in range(60_000))
    notes = read_notes(text=text)
    assert Counter(kept_letters(notes)) == Counter(letters(text))
    (section,) = notes.sections
    assert len(section.items) < 1_000
    assert [item.line for item in section.items] == sorted(item.line for item in section.items)


def test_fifty_thousand_lines_of_a_sentence_are_lines():
    notes = read_notes(text="* a word or two\n" * 50_001)
    assert len(notes.sections[0].items) == 50_001
