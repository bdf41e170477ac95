"""Lines and marks of every format: headings with their rank, bullets with their depth, lines that were broken."""

import textwrap

import pytest
from tests.rules.notes.reading_it import kept_letters, letters

from tequio.rules.notes.reading import read_notes


def outline(text):
    """(line, rank or None, depth or None, text) of every heading and item."""
    rows = []
    for section in read_notes(text=text).sections:
        if section.heading is not None:
            rows.append((section.line, section.level, None, section.heading))
        rows.extend((item.line, None, item.depth, item.text) for item in section.items)
    return rows


def test_text_before_any_heading_is_in_a_section_without_one():
    sections = read_notes(text="Just a sentence, and nothing else.\n").sections
    assert [(s.heading, s.level, s.line, len(s.items)) for s in sections] == [(None, 0, 1, 1)]


def test_markdown():
    assert outline("# One\n\ntext\n\nTwo\n---\n\n* a\n  * b\n    more of b\n1. c\n   - d\n### Three ###\n") == [
        (1, 1, None, "One"),
        (3, None, 0, "text"),
        (5, 2, None, "Two"),
        (6, None, 0, "---"),
        (8, None, 1, "a"),
        (9, None, 2, "b"),
        (10, None, 2, "more of b"),
        (11, None, 1, "1. c"),
        (12, None, 2, "- d"[2:]),
        (13, 3, None, "Three"),
    ]


def test_trac():
    assert outline("= One =\n== Two == #anchor\n * a\n   * b\n * c\n||cell||cell||\n") == [
        (1, 1, None, "One"),
        (2, 2, None, "Two #anchor"),
        (3, None, 1, "a"),
        (4, None, 2, "b"),
        (5, None, 1, "c"),
        (6, None, 0, "||cell||cell||"),
    ]


def test_mediawiki():
    assert outline(
        "== One ==\n* a\n** b\n*** c\n# d\n#* e\n; term\n: meaning\n'''bold''' text\n[[Category:Notes]]\n"
    ) == [
        (1, 2, None, "One"),
        (2, None, 1, "a"),
        (3, None, 2, "b"),
        (4, None, 3, "c"),
        (5, None, 1, "d"),
        (6, None, 2, "e"),
        (7, None, 1, "term"),
        (8, None, 1, "meaning"),
        (9, None, 0, "'''bold''' text"),
        (10, None, 0, "[[Category:Notes]]"),
    ]


def test_plain_text_with_bullets_of_many_kinds():
    text = "Title of all\n\nPART ONE\n\n  • a\n    ◦ b\n  – c\n  o d\n\nPart two\n\na) e\n(2) f\nIII. g\n"
    assert outline(text) == [
        (1, 1, None, "Title of all"),
        (3, 2, None, "PART ONE"),
        (5, None, 1, "a"),
        (6, None, 2, "b"),
        (7, None, 1, "c"),
        (8, None, 1, "o d"),
        (10, 2, None, "Part two"),
        (12, None, 1, "a) e"),
        (13, None, 1, "(2) f"),
        (14, None, 1, "III. g"),
    ]


def test_a_sentence_that_an_editor_broke_is_one_item_again():
    text = (
        "A title\n\nThe assembly talked for a long time about the roof, which leaks since\n"
        "the storm, and then decided, after everybody had spoken, that it will be\nmended in May.\nA new line.\n"
    )
    (first, second) = read_notes(text=text).sections[0].items
    assert (first.line, second.line, second.text) == (3, 6, "A new line.")
    assert first.text.endswith("which leaks since the storm, and then decided, after everybody had spoken, that it "
                               "will be mended in May.")  # fmt: skip


def test_lines_written_one_by_one_stay_so():
    text = "Title\n\nAnna opened the meeting and welcomed all who had come\nBerta read the letter from the city\nEnd\n"
    assert [item.line for item in read_notes(text=text).sections[0].items] == [3, 4, 5]


def test_numbered_lines_that_stand_above_what_was_said_are_headings_of_plain_text():
    text = "Club\n\n1. Minutes\nRead.\n\n2. Water pump\nIt leaks.\n- badly\n\n3.- Fees\nUp.\n4. more\n\n5. End.\nYes.\n"
    assert outline(text) == [
        (1, 1, None, "Club"),
        (3, 2, None, "1. Minutes"),
        (4, None, 0, "Read."),
        (6, 2, None, "2. Water pump"),
        (7, None, 0, "It leaks."),
        (8, None, 1, "badly"),
        (10, 2, None, "3.- Fees"),
        (11, None, 0, "Up."),
        (12, None, 1, "4. more"),
        (14, None, 1, "5. End."),
        (15, None, 0, "Yes."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Club\n\n1. buy a pump\n2. mend the roof\n3. paint it\n",
        "Club\n\n1. buy a pump\n\n2. mend the roof\n\n3. paint it\n",
        "Club\n\n3. Pump\nIt leaks.\n\n7. Roof\nToo.\n\n1. Fees\nUp.\n",
    ],
)
def test_numbered_lists_stay_lists(text):
    assert [row[1] for row in outline(text)] == [1] + [None] * (len(outline(text)) - 1)


def test_a_broken_line_goes_on_where_a_colon_stands_near_its_beginning():
    said = " ".join(f"so the item:{number} was read, and what all of them wrote, and" for number in range(10, 26))
    text = f"Club\n\n{textwrap.fill(said, 70)}\n"
    assert any(line[:1].islower() and ":" in line[:20] for line in text.split("\n")[3:])
    assert [(item.line, item.text) for item in read_notes(text=text).sections[0].items] == [(3, said)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_count_from_1_whatever_ends_them(end):
    text = end.join(["# One", "", "- a", "- b", ""])
    assert [row[0] for row in outline(text)] == [1, 3, 4]


def test_html_in_one_line_and_broken():
    text = "<html><h1>One</h1><p>a &lt;b&gt;<br>c<ul><li>d<ul><li>e</ul><li>f</ul><table><tr><td>g<td>h</table><p>5 < 6"
    assert [row[1:] for row in outline(text)] == [
        (1, None, "One"),
        (None, 0, "a <b>"),
        (None, 0, "c"),
        (None, 1, "d"),
        (None, 2, "e"),
        (None, 1, "f"),
        (None, 0, "g | h"),
        (None, 0, "5 < 6"),
    ]


def test_scripts_and_comments_are_kept_and_decide_nothing():
    text = "<p>Hello</p>\n<script>\nvar a = 'we approved it';\n</script>\n<!-- we agreed to it -->\n<p>Bye</p>\n"
    notes = read_notes(text=text)
    assert [(i.line, i.text) for s in notes.sections for i in s.items] == [
        (1, "Hello"),
        (3, "var a = 'we approved it';"),
        (5, "we agreed to it"),
        (6, "Bye"),
    ]
    assert notes.candidates == ()


def test_the_tables_of_differences_of_a_wiki_in_html():
    text = (
        "<table class='diff'><tr><td class='diff-marker'>-</td><td class='diff-deletedline'><div>We agreed to go."
        "</div></td><td class='diff-marker'>+</td><td class='diff-addedline'><div>* We agreed to stay.</div></td></tr>"
        "</table>"
    )
    assert [one.text for one in read_notes(text=text).candidates] == ["We agreed to stay."]


@pytest.mark.parametrize(
    "text",
    [
        "@@ -1,2 +1,2 @@\n-We agreed to go.\n+We agreed to stay.\n It rained.\n",
        "Line 7:\n− We agreed to go.\n+ We agreed to stay.\n  It rained.\n",
        "Línea 7: Línea 7:\n−We agreed to go.\n+We agreed to stay.\nIt rained.\n",
        "| 7 | | We agreed to go. |\n| | 7 | We agreed to stay. |\n| 8 | 8 | It rained. |\n",
        "    7 We agreed to go.\n     7We agreed to stay.\n    88It rained.\n    99\n    1010It rained again.\n",
    ],
)  # fmt: skip
def test_what_a_revision_removed_is_kept_and_decides_nothing(text):
    notes = read_notes(text=text)
    assert [one.text for one in notes.candidates] == ["We agreed to stay."]
    assert any("We agreed to go." in item.text for section in notes.sections for item in section.items)


def test_numbers_run_together_are_cut_where_they_count_on():
    text = "    11= One =\n    22\n     32016 was good.\n    34It snowed.\n    45\n    56 * a\n    67 * b\n"
    assert outline(text) == [
        (1, 1, None, "One"),
        (3, None, 0, "2016 was good."),
        (4, None, 0, "It snowed."),
        (6, None, 1, "a"),
        (7, None, 1, "b"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n \t\n",
        "\ufeff",
        "\u200b\n\u200e\n",
        "---\n",
        "* \n*\n",
        "== ==\n",
        "# \n#\n",
        ">>>\n",
        "| |\n|-|\n",
        ".",
    ],
)
def test_hardly_anything_is_read_as_hardly_anything(text):
    notes = read_notes(text=text)
    assert (notes.date, notes.candidates, notes.date_problems) == (None, (), ())
    lines = [line for line in text.split("\n") if line.strip("\ufeff\u200b\u200e \t")]
    assert len(outline(text)) == len(lines)


def test_bullets_hang_as_deep_as_they_are_written():
    deep = "".join(f"{' ' * depth}* {depth}\n" for depth in range(300))
    assert [row[2] for row in outline(f"# T\n\n{deep}")][1:] == list(range(1, 301))


def test_ten_thousand_bullets():
    text = "# T\n\n" + "".join(f"- bullet {number} says little\n" for number in range(10_000))
    notes = read_notes(text=text)
    assert len(notes.sections[0].items) == 10_000
    assert kept_letters(notes) == letters(text)


def test_right_to_left_and_invisible_characters_stay_in_the_text():
    text = "# T\n\n* \u202eWe agreed\u202c to \u200bgo.\n* שלום, נפגשנו ב־5%\n"
    notes = read_notes(text=text)
    assert notes.sections[0].items[0].text == "\u202eWe agreed\u202c to \u200bgo."
    assert [one.kind.value for one in notes.candidates] == ["decision", "percentage"]


def test_markdown_with_a_few_tags_in_it_keeps_its_lines():
    text = (
        'Minutes of May 3, 2017\n\n<div class="head">\nGarden committee<br>\nOld mill<br>\n</div>\n\n'
        "**1. Kettle**\n\nRosa moved to buy one.\nSecond: Tam.\n\nCarried.\n\n**2. Path**\n\n- Tam paves it\n"
        "- Rosa helps\n\nNothing else came up that evening.\n"
    )
    notes = read_notes(text=text)
    assert notes.format != "html"
    assert [one.heading for one in notes.sections][1:] == ["1. Kettle", "2. Path"]


def test_names_between_signs_are_no_tags():
    text = "\n".join(f"<{name}> I am here" for name in ("brent", "tidor", "lin", "dovi", "brenda", "brian"))
    notes = read_notes(text=text)
    assert notes.format == "transcript"
    assert "<brent>" in notes.sections[0].items[0].text


def test_a_small_o_is_a_bullet_and_may_be_a_word_so_it_is_never_lost():
    notes = read_notes(text="# Acta\n\n- Comida\n  o Acuerdos:\n    - Se cocina en casa\n  o en el patio si llueve\n")
    assert [(item.text, item.depth) for item in notes.sections[0].items] == [
        ("Comida", 1),
        ("o Acuerdos:", 2),
        ("Se cocina en casa", 3),
        ("o en el patio si llueve", 2),
    ]
    assert [one.line for one in notes.candidates if one.kind == "decision"] == [5]


def test_a_tag_that_only_begins_like_the_end_of_a_script_ends_none_and_nothing_is_lost():
    page = "<html><body><p>Uno</p><script>x</scriptuary 7, 2020</h1><p>Dos</p></script ><p>Tres</p></body></html>"
    texts = [item.text for section in read_notes(text=page).sections for item in section.items]
    assert texts == ["Uno", "x</scriptuary 7, 2020</h1><p>Dos</p>", "Tres"]
    broken = read_notes(text="<!DOCTYPEting, January 7</h1>\n<p>Uno</p>\n<p>Dos</p>\n")
    assert "".join(kept_letters(broken)) == "DOCTYPEtingJanuary7UnoDos"
