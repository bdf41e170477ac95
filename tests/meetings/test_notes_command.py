"""`tequio notes import`, called in this process: it needs no instance and writes nothing."""

import json

import pytest

from tequio.kernel import console
from tequio.kernel.errors import Refusal
from tequio.meetings.cli import import_notes
from tequio.rules.notes.reading import read_notes

NOTES = """# Meeting 7/8/13

Present: Ana, Bo

- The budget of $500 was approved \x1b with changes.
- Bo will write to the city by 2013-09-01.
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(NOTES)
    return path


@pytest.fixture(autouse=True)
def _english():
    console.choose_language("en")
    yield
    console.choose_language(None)


def told(capsys, *, file, language):
    console.choose_language(language)
    import_notes(file=file)
    return capsys.readouterr().out


def test_it_says_what_it_found_and_that_nothing_was_written(capsys, file):
    assert told(capsys, file=file, language="en").split("\n") == [
        "Meeting 7/8/13",
        "Line 1: which day was it? “7/8/13” may be 2013-08-07 or 2013-07-08.",
        "Present: Ana, Bo",
        "1 sections, 3 items, 3 finds to confirm:",
        "5: amount: The budget of $500 was approved with changes.",
        "    “$500” is an amount; its currency is not stated, and “$” is used in both countries.",
        "5: decision, approved with modifications: The budget of $500 was approved with changes.",
        "    It says “budget of 500 was approved”: approved.",
        "6: task, assigned, Bo, due 2013-09-01: Bo will write to the city by 2013-09-01.",
        "    It says that Bo is to do it.",
        "Nothing was written: say --body and --place to bring them in.",
        "",
    ]


def test_it_says_so_in_spanish(capsys, file):
    said = told(capsys, file=file, language="es").split("\n")
    assert said[1] == "Línea 1: ¿qué día fue? «7/8/13» puede ser 2013-08-07 o 2013-07-08."
    assert said[-2] == "No se escribió nada: indique --body y --place para traerlas."


def test_it_says_from_where_on_a_file_that_says_too_much_was_not_searched(capsys, tmp_path):
    path = tmp_path / "too-much.txt"
    text = "".join(f"We agreed to go {number}.\n" for number in range(9_000))
    path.write_text(text)
    left = read_notes(text=text).unread
    assert f"From line {left.line} on, {left.items} lines were kept" in told(capsys, file=path, language="en")
    assert f"Desde la línea {left.line}, {left.items} líneas se guardaron" in told(capsys, file=path, language="es")


def test_json_is_one_line_alone(capsys, file):
    import_notes(file=file, as_json=True)
    (line, rest) = capsys.readouterr().out.split("\n")
    assert (rest, json.loads(line)["candidates"][1]["outcome"]) == ("", "approved_with_modifications")


@pytest.mark.parametrize("content", [b"%PDF-1.4", b"\x00\x01" * 400, None])
def test_what_is_no_text_or_not_there_is_refused_in_both_languages(tmp_path, content):
    path = tmp_path / "notes"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        import_notes(file=path)
    assert refusal.value.text.en != refusal.value.text.es
    assert str(path) in refusal.value.text.en


def test_a_folder_and_a_device_are_refused(tmp_path):
    for path in (tmp_path, tmp_path.__class__("/dev/zero")):
        with pytest.raises(Refusal):
            import_notes(file=path)
