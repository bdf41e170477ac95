"""Sections of a file as items of an agenda."""

from tequio.rules.notes.reading import read_notes
from tequio.rules.notes_placing import blocks, heading_key, item_for
from tequio.rules.reasons import Text

NOTES = "# Title 2016-02-06\n\nBefore.\n\n## One\n- a\n  - b\n\n### Deeper\n- c\n\n## Two\n- d\n"


def found(text, **given):
    notes = read_notes(text=text)
    said = notes.as_dict(language="en")
    return blocks(sections=said["sections"], title=said["title"], language=said["language"] or "en", **given)


def test_headings_of_the_highest_level_are_items_and_deeper_ones_lines_of_them():
    made = found(NOTES)
    assert [(one.heading, one.text) for one in made] == [
        (None, "Title 2016-02-06\nBefore."),
        ("One", "- a\n  - b\nDeeper\n- c"),
        ("Two", "- d"),
    ]
    assert made[1].lines[10] == 4


def test_every_line_of_a_file_is_found_again_in_the_text_it_became():
    lines = NOTES.split("\n")
    for block in found(NOTES):
        text = block.text.split("\n")
        for number, line in block.lines.items():
            said = lines[number - 1].strip("#- ")
            assert said in (text[line - 1].strip("- "), block.heading)


def test_more_sections_than_an_agenda_holds_go_to_the_last_and_none_is_lost():
    made = found("\n\n".join(f"## Part {number}\n\n- said {number}" for number in range(150)))
    assert len(made) <= 91
    assert sum(block.text.count("said") for block in made) == 150


def test_a_heading_means_the_one_item_with_that_title_in_either_language():
    items = [(1, Text(en="1. Budget", es="Presupuesto")), (2, Text(en="Dues", es="")), (3, Text(en="dues!", es=""))]
    assert heading_key(" 2) Budget: ") == heading_key("BUDGET")
    assert item_for(heading="PRESUPUESTO", items=items) == 1
    assert item_for(heading="Dues", items=items) is None  # two of them: a person says which
    assert item_for(heading="Other", items=items) is None


def test_a_file_with_nothing_but_a_title_is_one_item_of_that_name():
    made = found("# Comité, 6 de agosto de 2016\n\n- Se aprueba el gasto.\n- Beto cotiza.\n")
    assert [(one.heading, one.text) for one in made] == [
        ("Comité, 6 de agosto de 2016", "- Se aprueba el gasto.\n- Beto cotiza.")
    ]
    assert made[0].lines == {1: 1, 3: 1, 4: 2}


def test_a_file_without_title_and_headings_is_one_item_without_a_name():
    assert [one.heading for one in found("- Se aprueba el gasto.\n- Beto cotiza.\n")] == [None]
