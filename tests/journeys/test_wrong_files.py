"""What is no member roll is refused: exit code 1, one sentence in the person's language, nothing saved."""

import io
import zipfile

import pytest

MARKS = {"en": ("The file", "This is not", "There is no"), "es": ("El archivo", "No es un", "No existe")}


def _png():
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def _xlsx():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return held.getvalue()


WRONG = {
    "a picture": _png(),
    "a spreadsheet": _xlsx(),
    "nothing": b"",
    "blank lines": b"\n\n  \n",
    "one line of five megabytes": b"x" * 5_000_000,
    "one quoted line of five megabytes": b'"' + b"x," * 2_500_000,
    "NUL bytes": b"member_id,member_name\nM1,\x00\x00\n",
    "UTF-16": "member_id,member_name\nM1,Año\n".encode("utf-16"),
    "UTF-16 without a mark": "member_id,member_name\nM1,Año\n".encode("utf-16-le"),
    "another table": b"name;amount\nAna;5\n",
    "damaged UTF-8": "member_id,ñññññ\n".encode() * 3 + b"\xf1,a\n",
}


@pytest.fixture(scope="module")
def waiting(workshop, ruled):
    instance = ruled.copy(to=workshop / "wrong-files")
    yield instance
    instance.drop()


def refused_in(*, instance, language, file):
    """The command's answer, which has to be one sentence on stderr and nothing else."""
    answer = instance.run("--lang", language, "members", "import", file, "--json")
    assert (answer.code, answer.out) == (1, ""), answer
    assert answer.err.endswith(".\n"), answer.err
    assert answer.err.count("\n") == 1, answer.err
    assert "Traceback" not in answer.err
    assert instance.value("SELECT count(*) FROM members_member") == 0
    return answer.err


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_is_no_roll_is_refused_in_one_sentence_in_both_languages(waiting, tmp_path, what):
    file = tmp_path / "roll.csv"
    file.write_bytes(WRONG[what])
    said = {language: refused_in(instance=waiting, language=language, file=file) for language in ("en", "es")}
    assert said["en"].startswith(MARKS["en"])
    assert said["es"].startswith(MARKS["es"])


def test_a_folder_is_refused_in_both_languages(waiting, tmp_path):
    assert (
        refused_in(instance=waiting, language="en", file=tmp_path)
        == f"{tmp_path} is a folder. Name the CSV file in it.\n"
    )
    spanish = f"{tmp_path} es una carpeta. Indique el archivo CSV que está dentro.\n"
    assert refused_in(instance=waiting, language="es", file=tmp_path) == spanish


def test_a_file_that_is_not_there_is_refused_in_both_languages(waiting, tmp_path):
    file = tmp_path / "none.csv"
    assert refused_in(instance=waiting, language="en", file=file) == f"There is no file {file}.\n"
    assert refused_in(instance=waiting, language="es", file=file) == f"No existe el archivo {file}.\n"


def test_a_device_is_refused_without_waiting_for_its_end(waiting):
    english = "/dev/zero is not an ordinary file. Save the roll to a file first.\n"
    assert refused_in(instance=waiting, language="en", file="/dev/zero") == english


@pytest.mark.parametrize("content", [b"\x00\xff", b"[centers]\nus = 1\n", b"not = [toml", _png()])
def test_a_file_that_is_no_rule_book_is_refused_in_one_sentence(waiting, tmp_path, content):
    file = tmp_path / "rules.toml"
    file.write_bytes(content)
    answer = waiting.run("rules", "load", file)
    assert (answer.code, answer.out, "Traceback" in answer.err) == (1, "", False), answer
    assert answer.err.count("\n") == 1, answer.err


def test_a_rule_book_that_is_a_folder_or_missing_is_refused_in_one_sentence(waiting, tmp_path):
    for file in (tmp_path, tmp_path / "none.toml"):
        answer = waiting.run("--lang", "es", "rules", "load", file)
        assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1), answer
