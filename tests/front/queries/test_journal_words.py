"""Every key an operation writes into the journal, and every subject, has a word in both languages on its page."""

import ast
from pathlib import Path

import pytest

import tequio
from tequio.front.queries.journal_list import _named
from tequio.front.queries.journal_words import KEYS, SUBJECTS

CODES = {"us", "mx"}


def _keys_of_payloads():
    """The keys that stand in what the code hands to the journal as `payload`."""
    for path in Path(tequio.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                for word in call.keywords:
                    if word.arg == "payload":
                        yield from _keys_in(word.value)


def _keys_in(value):
    for part in ast.walk(value):
        if isinstance(part, ast.Dict):
            yield from (key.value for key in part.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def test_no_key_of_the_journal_is_shown_as_the_program_writes_it():
    found = set(_keys_of_payloads())
    assert len(found) > 100
    assert sorted(found - set(KEYS) - CODES) == []


def _stems():
    """What stands before the colon of every subject that the code hands to the journal."""
    for path in Path(tequio.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                named = {word.arg: word.value for word in call.keywords}
                if {"kind", "subject"} <= set(named):
                    yield from (part.value.partition(":")[0] for part in _first_words(named["subject"]))


def _first_words(value):
    first = value.values[0] if isinstance(value, ast.JoinedStr) else value
    return [first] if isinstance(first, ast.Constant) and isinstance(first.value, str) else []


def test_no_subject_of_the_journal_is_shown_as_the_program_writes_it():
    found = set(_stems())
    assert len(found) > 30
    assert sorted(found - set(SUBJECTS)) == []


@pytest.mark.parametrize(
    ("subject", "said"),
    [("instance", ("this program", "este programa")), ("member:M1", ("member M1", "membresía M1"))],
)
def test_a_subject_is_named_in_the_readers_language_with_a_code_or_without(subject, said):
    named = _named(subject)
    assert (named.en, named.es) == said
