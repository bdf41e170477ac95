"""CSV for people: whatever a cell holds, a spreadsheet shows it and runs nothing."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tequio.kernel.spreadsheets import csv_lines, guarded

STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
wicked = st.builds(
    lambda space, start, rest: space + start + rest, st.text(" \t\r\n", max_size=3), st.sampled_from(STARTS), anything
)
cells = st.one_of(wicked, anything, st.integers(), st.none())


def read(lines):
    return list(csv.reader(io.StringIO("".join(lines), newline="")))


def would_run(cell):
    """Whether a spreadsheet could take a cell's text for a formula: by its first visible sign, or by a leading tab."""
    return cell.strip(" \t\r\n").startswith(STARTS) or cell.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "   +1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "-20.00",
        "=",
        "- a list",
    ],
)
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Member 1", "a=b", "1-2", "'=1", "ñ@example.org", "«+»", "(555) 1", "  x"])
def test_any_other_text_stays_as_it_is(text):
    assert guarded(text) == text


@pytest.mark.parametrize(
    ("number", "shown"), [(-5, "-5"), (0, "0"), (12.5, "12.5"), (-0.25, "-0.25"), (-(10**20), "-100000000000000000000")]
)
def test_numbers_are_let_through(number, shown):
    assert guarded(number) == shown


def test_nothing_is_an_empty_cell():
    assert guarded(None) == ""


@pytest.mark.parametrize("amount", ["-20.00", "20.00", "0.10"])
def test_an_exact_amount_is_a_number_too(amount):
    assert guarded(Decimal(amount)).lstrip("'") == amount


def test_the_header_and_every_row_are_guarded_and_come_one_line_at_a_time():
    lines = csv_lines(header=["name", "=owed"], rows=iter([["Ana", -5], ['=HYPERLINK("x")', None]]))
    assert next(lines) == "name,'=owed\r\n"
    assert next(lines) == "Ana,-5\r\n"
    assert next(lines) == '"\'=HYPERLINK(""x"")",\r\n'
    assert next(lines, "end") == "end"


def test_without_rows_there_is_a_header():
    assert read(csv_lines(header=["a", "b"], rows=[])) == [["a", "b"]]


@settings(max_examples=400, deadline=None, database=None)
@given(rows=st.lists(st.lists(cells, min_size=2, max_size=2), max_size=4))
@example(rows=[["\t=1", " \n=1"], ["＝cmd", "x,=1"], ['"=1"', 'a"\r\n=1']])
def test_no_cell_of_a_file_would_run(rows):
    back = read(csv_lines(header=["a", "b"], rows=rows))
    assert len(back) == len(rows) + 1
    for given_row, cells_read in zip(rows, back[1:], strict=True):
        for value, cell in zip(given_row, cells_read, strict=True):
            assert isinstance(value, int) or not would_run(cell)


@settings(max_examples=200, deadline=None, database=None)
@given(rows=st.lists(st.lists(cells, min_size=2, max_size=2), max_size=4))
def test_nothing_is_lost_but_an_apostrophe_added(rows):
    back = read(csv_lines(header=["a", "b"], rows=rows))
    for given_row, cells_read in zip(rows, back[1:], strict=True):
        for value, cell in zip(given_row, cells_read, strict=True):
            text = "" if value is None else str(value)
            assert cell in (text, f"'{text}")
