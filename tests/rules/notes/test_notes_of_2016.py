"""The notes that lie beside the checkout, if they do: everything that is asked for is found in them."""

from pathlib import Path

import pytest

from tequio.rules.notes.decoding import decoded
from tequio.rules.notes.reading import read_notes

NOTES = Path(__file__).parents[4] / "shared" / "data" / "notes" / "2016-02-06-us.txt"
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def notes():
    return read_notes(text=decoded(raw=NOTES.read_bytes()))


def found(notes, *kinds):
    return {(one.line, one.outcome and one.outcome.value) for one in notes.candidates if one.kind.value in kinds}


def test_the_head(notes):
    assert (str(notes.date), notes.date_problems, notes.language) == ("2016-02-06", (), "en")
    assert notes.title.startswith("2016-02-06")


def test_the_decisions_and_no_others(notes):
    assert found(notes, "decision") == {
        (43, "approved_with_modifications"),
        (80, "approved"),
        (81, "not_approved"),
        (82, "approved_in_principle"),
        (91, "continue"),
        (120, "approved"),
    }


def test_the_chair_the_search_and_what_is_put_into_writing(notes):
    assert found(notes, "election") == {(120, "approved")}
    tasks = {(one.line, one.owner, one.due) for one in notes.candidates if one.kind == "task"}
    assert {(82, None, "the next meeting"), (120, None, "next meeting"), (126, "Jamie", None)} <= tasks


def test_four_requested_changes_of_a_budget(notes):
    assert found(notes, "budget_change") == {(27, None), (28, None), (29, None), (30, None)}


def test_what_is_deferred(notes):
    assert found(notes, "deferral") == {(105, "deferred"), (117, "deferred")}


def test_amounts_without_a_currency_and_the_percentage(notes):
    money = {(one.amount, one.currency) for one in notes.candidates if one.kind == "amount"}
    assert money == {(amount, None) for amount in (4800, 3600, 2800, 50, 150)}
    assert {one.amount for one in notes.candidates if one.kind == "percentage"} == {5}


def test_proposals_and_the_modification(notes):
    assert {(103, None), (120, None), (126, None)} <= found(notes, "proposal")
