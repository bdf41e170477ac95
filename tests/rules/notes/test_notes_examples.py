"""The invented notes, each read as a reader would."""

import json
from collections import Counter

import pytest
from tests.rules.notes.examples import EXAMPLES
from tests.rules.notes.reading_it import kept_letters, letters, shown_by_html

from tequio.rules.notes.reading import read_notes
from tequio.rules.notes.records import Kind, Outcome

COLUMNS = ["kind", "outcome", "text", "line", "amount", "currency", "owner", "due", "why", "confidence"]
each = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


@each
def test_every_decision_is_found_with_its_outcome_and_nothing_else_is_one(example):
    found = [one for one in read_notes(text=example.text).candidates if one.kind is Kind.DECISION]
    assert {one.line: one.outcome.value for one in reversed(found)} == example.decisions


@each
def test_what_else_a_reader_finds_is_found(example):
    found = {(one.line, one.kind.value) for one in read_notes(text=example.text).candidates}
    assert [other for other in example.others if other not in found] == []


@each
def test_the_head_is_read(example):
    notes = read_notes(text=example.text)
    assert (notes.format, notes.language, notes.title) == (example.form, example.language, example.title)
    assert (notes.date and notes.date.isoformat(), notes.date_problems) == (example.date, ())
    assert notes.present == example.present or not example.present
    assert notes.places == example.places


@each
def test_headings_are_sections_in_their_order(example):
    sections = read_notes(text=example.text).sections
    assert [section.heading for section in sections if section.heading] == list(example.headings)


@each
def test_nothing_is_lost(example):
    notes = read_notes(text=example.text)
    kept = kept_letters(notes)
    if example.form == "html":
        assert Counter(kept) == Counter(letters(shown_by_html(example.text)))
    elif example.form == "diff":
        numbered = Counter(letters(example.text)) - Counter(kept)
        assert all(character.isdigit() for character in numbered)
    else:
        assert kept == letters(example.text)


@each
def test_the_answer_is_what_was_agreed_on(example):
    answer = read_notes(text=example.text).as_dict(language="en")
    assert list(answer) == [
        "date",
        "date_problems",
        "title",
        "language",
        "places",
        "present",
        "sections",
        "candidates",
    ]
    assert all(list(section) == ["heading", "level", "line", "items"] for section in answer["sections"])
    for one in answer["candidates"]:
        assert list(one) == COLUMNS
        assert one["kind"] in set(Kind)
        assert one["outcome"] is None or one["outcome"] in set(Outcome)
        assert one["why"]
        assert 0 < one["confidence"] <= 1
    assert json.loads(json.dumps(answer)) == answer


def test_flattened_notes_say_several_things_in_one_line():
    by_name = {example.name: example for example in EXAMPLES}
    english = read_notes(text=by_name["flattened Trac, English"].text).candidates
    spanish = read_notes(text=by_name["flattened MediaWiki, Spanish"].text).candidates
    assert [(one.text, one.outcome.value) for one in english if one.kind is Kind.DECISION] == [
        ("We decided to pay the trainees from July", "approved"),
        ("The bonus was withdrawn", "withdrawn"),
    ]
    assert [(one.text, one.outcome.value) for one in spanish if one.kind is Kind.DECISION] == [
        ("La asamblea decide limpiar el pozo en septiembre", "approved"),
        ("Se aprueba por unanimidad invitar a los vecinos", "approved"),
    ]


def test_reasons_are_given_in_the_language_asked_for():
    notes = read_notes(text="* We agreed to close the tap.\n")
    said = [notes.as_dict(language=language)["candidates"][0]["why"] for language in ("en", "es")]
    assert said == ["It says “We agreed”: approved.", "Dice «We agreed»: aprobado."]
