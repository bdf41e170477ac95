"""Pages: what a person sees as headings, tables and lists, however the program that made the page wrote them."""

import pytest
from tests.rules.notes.reading_it import sentences_found

from tequio.rules.notes.reading import read_notes


def outline(text):
    """(rank of a heading or None, depth of an item or None, text) of what is not quiet."""
    rows = []
    for section in read_notes(text=text).sections:
        if section.heading is not None:
            rows.append((section.level, None, section.heading))
        rows.extend((None, item.depth, item.text) for item in section.items if not item.quiet)
    return rows


def test_paragraphs_of_bold_words_are_headings_and_results_and_sentences_are_not():
    text = (
        "<p><b>Mill committee</b><br>3 May 2017</p><h2>Money</h2><p><strong>Fees</strong></p><p>Talk of fees.</p>"
        "<p><b>Approved</b></p><p><b>We agreed to pay.</b></p><p><b>Note</b> of no weight</p><p>1. <b>x</b></p>"
    )
    assert outline(text) == [
        (1, None, "Mill committee"),
        (None, 0, "3 May 2017"),
        (2, None, "Money"),
        (3, None, "Fees"),
        (None, 0, "Talk of fees."),
        (None, 0, "Approved"),
        (None, 0, "We agreed to pay."),
        (None, 0, "Note of no weight"),
        (None, 1, "1. x"),
    ]


def test_a_bold_tag_nobody_closed_makes_no_headings_of_what_follows():
    text = "<p>Ana<p><b>Bo said</p><p>Cy came</p><p>Di went</p>"
    assert [row[0] for row in outline(text)] == [None, 2, None, None]


def test_the_words_of_a_list_of_definitions_head_what_stands_below_them():
    text = "<h3>Junta</h3><dl><dt>Buffet<dd>Se vence.<dd>Se aprueba renovar.<dt>¿Algo más?<dd>No.</dl><p>Fin</p>"
    assert outline(text) == [
        (3, None, "Junta"),
        (4, None, "Buffet"),
        (None, 0, "Se vence."),
        (None, 0, "Se aprueba renovar."),
        (None, 0, "¿Algo más?"),
        (None, 0, "No."),
        (None, 0, "Fin"),
    ]


def test_cells_keep_their_column_where_one_above_reaches_into_their_row_and_where_the_first_is_empty():
    text = (
        "<table><tr><th>Topic</th><th>Discussion</th><th>Decision</th></tr>"
        "<tr><td rowspan='2'>Seeds</td><td>Enough of them</td><td>Sow them in May</td></tr>"
        "<tr><td>The roof leaks</td><td>Move them to the school</td></tr>"
        "<tr><td></td><td>Tea</td><td>Buy mint</td></tr><tr><td>End</td><td>At ten</td></tr></table>"
    )
    assert [row[2] for row in outline(text)] == [
        "Topic | Discussion | Decision",
        "Seeds | Enough of them | Sow them in May",
        "| | The roof leaks | Move them to the school",
        "| | Tea | Buy mint",
        "End | At ten",
    ]
    assert len(sentences_found(text)) == 3


def test_a_table_that_only_arranges_the_page_has_no_columns():
    text = "<table><tr><td></td><td><h1>Mill</h1><p>It rained.</p></td></tr></table>"
    assert outline(text) == [(1, None, "Mill"), (None, 0, "It rained.")]


def test_lists_of_shared_documents_hang_as_deep_as_their_class_says():
    text = (
        '<html><body><h1 class="c1"><span>Mill</span></h1><ul class="c2 lst-kix_a1b2-0 start"><li class="c3"><span>one'
        '</span></li></ul><ul class="c2 lst-kix_a1b2-1 start"><li><span>two</span></li></ul>'
        '<ul class="lst-kix_a1b2-0"><li><span>three</span></li></ul><p class="c4"><span>end</span></p></body></html>'
    )
    assert outline(text) == [
        (1, None, "Mill"),
        (None, 1, "one"),
        (None, 2, "two"),
        (None, 1, "three"),
        (None, 0, "end"),
    ]


def test_the_box_that_lists_the_headings_of_a_page_is_no_part_of_the_notes():
    text = (
        '<h1>Mill</h1><div id="toc" class="toc"><div><ul><li>Fees</li></ul></div><ul><li>Roof</li></ul></div>'
        "<h2>Fees[edit | edit source]</h2><ul><li>up</li></ul>"
    )
    assert outline(text) == [(1, None, "Mill"), (2, None, "Fees"), (None, 1, "up")]
    kept = [item.text for section in read_notes(text=text).sections for item in section.items]
    assert kept == ["Fees", "Roof", "[edit | edit source]", "up"]


@pytest.mark.parametrize(
    "cells", ["<th>Present</th><td>Ada, Bo, Cy</td>", "<td><b>Presentes:</b></td><td>@Ada @Bo @Cy</td>"]
)
def test_those_present_in_a_table(cells):
    notes = read_notes(text=f"<h1>Mill</h1><table><tr>{cells}</tr></table><p>It rained.</p>")
    assert [name.strip("@") for name in notes.present] == ["Ada", "Bo", "Cy"]
