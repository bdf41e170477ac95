"""Every key an operation writes into the journal has a word in both languages on the journal's page."""

import ast
from pathlib import Path

import tequio
from tequio.front.queries.journal_words import KEYS

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
