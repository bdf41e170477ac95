"""Tables of differences: the newer version is read, once; what it has no more is kept and decides nothing."""

import pytest
from tests.rules.notes.reading_it import sentences_found
from tests.rules.notes.revisions import BARRED, COUNTED, PAIRED, SHORT, SIDED, SIGNED, SPACED, TABLES

from tequio.rules.notes.reading import read_notes


def content(text):
    """(line, rank of a heading or None, text) of what the newer version says, and (line, text) of the rest."""
    said, aside = [], []
    for section in read_notes(text=text).sections:
        if section.heading is not None:
            said.append((section.line, section.level, section.heading))
        for item in section.items:
            (aside if item.quiet else said).append(
                (item.line, item.text) if item.quiet else (item.line, None, item.text)
            )
    return said, aside


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_of_differences_is_known_as_one_and_its_new_lines_decide(table):
    notes = read_notes(text=table.text)
    assert (notes.format, notes.language) == ("diff", table.language)
    assert sentences_found(table.text) == list(table.decisions.items())


def test_old_and_new_text_side_by_side_with_a_mark_before_each():
    said, aside = content(SIDED)
    assert said == [
        (1, 1, "Diferencia entre revisiones de «Asamblea del molino»"),
        (3, 2, "Asamblea del molino, 4 de mayo de 2015"),
        (4, None, "Vinieron nueve"),
        (7, 3, "Tejado"),
        (8, None, "Se acordó arreglarlo en agosto."),
        (9, None, "Ramiro pide la escalera."),
        (10, None, "Queda aprobado pintar la puerta."),
        (12, None, "Fin a las ocho"),
    ]
    assert aside == [
        (2, "Línea 1:\tLínea 1:"),
        (4, "* Vinieron siete"),
        (6, "Línea 9:\tLínea 10:"),
        (8, "# Se arregla en julio."),
        (11, "# Nadie pinta."),
    ]


def test_rows_in_which_only_changes_have_a_mark():
    said, aside = content(SHORT)
    assert [text for _, _, text in said] == [
        *("Kettle", "Approved: a new kettle.", "Path", "Tam paves it.", "We agreed to buy gravel."),
    ]
    assert aside == [(1, "Line 1:\t\tLine 1:"), (3, ":ok")]


def test_signs_that_stand_before_the_text_of_a_cell_are_no_bullets():
    said, aside = content(SIGNED)
    assert said[1:] == [
        (4, 2, "Kiln"),
        (5, None, "We agreed to fire it in June."),
        (6, 3, "Clay"),
        (7, None, "Bought 20 kg."),
        (9, None, "a list stays"),
    ]
    assert [text for _, text in aside][2:] == ["- fire it?", "- gone"]


def test_numbers_of_both_versions_before_one_text():
    said, aside = content(COUNTED)
    assert said[1:] == [
        (4, 1, "Ferry meeting"),
        (6, None, "Present: Ada, Bo"),
        (8, None, "We agreed to mend the ferry."),
        (9, None, "It rained."),
    ]
    assert aside == [(3, "v2\tv3"), (5, "to be written")]
    assert [text for _, _, text in content(SPACED)[0]] == ["Ferry", "we agreed to go", "it snowed", "bye"]


def test_each_version_with_its_own_numbers():
    said, aside = content(PAIRED)
    assert [text for _, _, text in said] == [
        "Orchard",
        "Saturday",
        "Present: Ada, Bo",
        "We agreed to prune.",
        "Bye now",
    ]
    assert [text for _, text in aside] == ["Old version (rev 1)\tNew version (rev 2)", "Present: Ada", "Bye"]


def test_line_numbers_parted_by_a_bar_and_hyphens_for_what_was_removed():
    said, aside = content(BARRED)
    assert said == [
        (4, 1, "Hive meeting 3 February 2009"),
        (6, None, "Smoke: we agreed to buy a smoker."),
        (8, 2, "Honey"),
        (9, None, "forty jars"),
    ]
    assert aside[-1] == (5, "* Smoke")


def test_a_table_of_numbers_that_do_not_count_on_compares_no_versions():
    text = "Minutes of the scale committee\n\n4\t90\tapples\n17\t3\tpears\n2\t41\tplums\n8\t8\tnuts\n"
    assert read_notes(text=text).format == "plain"


@pytest.mark.parametrize(
    ("head", "title", "day"),
    [
        ('Difference between revisions of "Kiln meeting 2011-05-06"', "Kiln meeting 2011-05-06", "2011-05-06"),
        ("Changes between Version 2 and Version 3 of Kilns/2011-05-06", "Kilns/2011-05-06", "2011-05-06"),
        ("Diferencias entre revisiones de «Horno/2011-05-06»", "Horno/2011-05-06", "2011-05-06"),
        ("Horno 6 de mayo de 2011: Diferencia entre revisiones", "Horno 6 de mayo de 2011", "2011-05-06"),
    ],
)
def test_the_name_of_the_page_compared_is_title_and_date_of_notes_that_have_none(head, title, day):
    notes = read_notes(text=f"{head}\nLine 1:\tLine 1:\nIt was hot.\tIt was hot.\n−\told\t+\tnew\n")
    assert (notes.title, notes.date and notes.date.isoformat(), notes.sections[0].heading) == (title, day, head)


def test_the_title_of_the_notes_says_more_than_the_name_of_their_page():
    notes = read_notes(text=COUNTED)
    assert (notes.title, str(notes.date), notes.present) == ("Ferry meeting", "2010-01-09", ("Ada", "Bo"))


def test_the_name_of_a_file_whose_versions_are_compared_may_date_it():
    text = (
        "--- a/notes/2018-03-07.md\n+++ b/notes/2018-03-07.md\n@@ -1,2 +1,2 @@\n-# old\n+# Well meeting\n It rained.\n"
    )
    notes = read_notes(text=text)
    assert (notes.title, str(notes.date)) == ("Well meeting", "2018-03-07")


def test_headings_as_redmine_writes_them():
    text = (
        "--- rev 1\n+++ rev 2\n@@ -1,3 +1,3 @@\n h1. Well meeting\n-* old\n+* We agreed to dig.\n h2. Rope\n * long\n"
    )
    assert [text for _, _, text in content(text)[0]] == ["Well meeting", "We agreed to dig.", "Rope", "long"]
    assert [section.level for section in read_notes(text="h1. Well\n\nh3. Rope\n\nSome.\n").sections] == [1, 3]


def test_a_page_of_mediawiki_says_what_both_versions_have_once():
    row = "<td class='diff-marker'>&#160;</td><td class='diff-context'><div>{0}</div></td>" * 2
    text = (
        "<table class='diff'><tr><td class='diff-otitle'>Revisión del 2 may 2016</td></tr>"
        "<tr><td class='diff-lineno'>Línea 1:</td></tr>"
        f"<tr>{row.format('== Horno ==')}</tr><tr>"
        "<td class='diff-marker'>−</td><td class='diff-deletedline'>* viejo</td>"
        "<td class='diff-marker'>+</td><td class='diff-addedline'># Se acordó encenderlo.</td></tr></table>"
    )
    said, aside = content(text)
    assert said == [(1, 2, "Horno"), (1, None, "Se acordó encenderlo.")]
    assert [text for _, text in aside] == ["Revisión del 2 may 2016", "Línea 1:", "viejo"]


IN_ONE_COLUMN = (
    "<tr><th>1</th><th>1</th><td class='l'>= Well =</td></tr><tr><th>2</th><th>&nbsp;</th><td class='l'>old</td>"
    "</tr><tr><th></th><th>2</th><td class='r'><ins> * We agreed to dig.</ins></td></tr>"
)
IN_TWO_COLUMNS = (
    "<tr><th>1</th><td class='l'>= Well =</td><th>1</th><td class='r'>= Well =</td></tr>"
    "<tr><th>2</th><td class='l'>old</td><th>2</th><td class='r'> * We agreed to dig.</td></tr>"
)


@pytest.mark.parametrize(("rows", "twice"), [(IN_ONE_COLUMN, []), (IN_TWO_COLUMNS, ["= Well ="])])
def test_a_page_of_trac_gives_no_numbers_as_text_in_one_column_or_two(rows, twice):
    text = f"<table class='trac-diff inline'><thead><tr><th>v1</th><th>v2</th></tr></thead>{rows}</table>"
    said, aside = content(text)
    assert [text for _, _, text in said] == ["Well", "We agreed to dig."]
    assert [text for _, text in aside] == ["v1", "v2", *twice, "old"]
