"""Talking to a person: in their language, results on stdout and remarks beside them, what they write understood."""

import io
import json
import sys
from datetime import date
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from tequio.kernel import console
from tequio.rules.reasons import Text

HELLO = Text(en="Good morning", es="Buenos días")
VARIABLES = ("TEQUIO_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def _undecided(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    console.choose_language(None)
    yield
    console.choose_language(None)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LANG": "ES"}, "es"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "es_MX.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "es_ES"}, "es"),
        ({"LC_ALL": "es_ES", "TEQUIO_LANG": "en"}, "en"),
        ({"LC_ALL": "C", "LANG": "es_MX"}, "en"),
        ({"TEQUIO_LANG": "es"}, "es"),
        ({"TEQUIO_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "es"}, "es"),
    ],
)
def test_the_language_is_the_one_the_session_is_set_to(monkeypatch, variables, language):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert console.language() == language


def test_a_chosen_language_goes_before_every_setting(monkeypatch):
    monkeypatch.setenv("TEQUIO_LANG", "es")
    console.choose_language("en")
    assert console.language() == "en"
    console.choose_language(None)
    assert console.language() == "es"


@pytest.mark.parametrize(("language", "sentence"), [("en", "Good morning"), ("es", "Buenos días")])
def test_results_go_to_stdout_and_remarks_to_stderr_in_the_language(capsys, language, sentence):
    console.choose_language(language)
    console.tell(HELLO)
    assert capsys.readouterr() == (f"{sentence}\n", "")
    console.remark(HELLO)
    assert capsys.readouterr() == ("", f"{sentence}\n")
    assert console.say(en="Good morning", es="Buenos días") == sentence


def test_json_is_readable_and_keeps_its_letters(capsys):
    console.write_json({"name": "Ñandú «x»", "on": date(2016, 7, 15), "rows": [1, None]})
    out, err = capsys.readouterr()
    assert json.loads(out) == {"name": "Ñandú «x»", "on": "2016-07-15", "rows": [1, None]}
    assert "Ñandú «x»" in out
    assert (out[-1], err) == ("\n", "")


def test_lines_are_written_as_they_come(capsys):
    console.write_lines(iter(["a\n", "b\n"]))
    assert capsys.readouterr() == ("a\nb\n", "")


def program():
    app = typer.Typer()

    @app.command()
    def run(
        on: Annotated[date, console.day_option("--on", en="Day.", es="Día.")] = date(2000, 1, 1),
        amount: Annotated[int, console.amount_option("--amount", en="Amount.", es="Cantidad.")] = 0,
    ) -> None:
        typer.echo(f"{on!r} {amount!r}")

    return app


def call(*arguments):
    result = CliRunner().invoke(program(), list(arguments))
    return result.exit_code, result.stdout, " ".join(result.stderr.replace("│", " ").split())


def test_a_day_and_an_amount_are_understood():
    assert call("--on", "2016-02-29", "--amount", "1234.5") == (0, "datetime.date(2016, 2, 29) 123450\n", "")


@pytest.mark.parametrize(
    ("written", "minor"),
    [("200", 20000), ("0.01", 1), ("-20.00", -2000), (" 5 ", 500), ("9999999999999", 10**15 - 100)],
)
def test_an_amount_is_exact(written, minor):
    assert call(f"--amount={written}")[:2] == (0, f"datetime.date(2000, 1, 1) {minor}\n")


@pytest.mark.parametrize(
    "text", ["2016-02-30", "15.7.2016", "7/15/2016", "yesterday", "", "2016-7-5", "２０１６-07-15"]
)
def test_what_is_no_day_is_wrong_usage_and_says_how_to_write_one(text):
    console.choose_language("en")
    code, out, err = call(f"--on={text}")
    assert (code, out) == (2, "")
    assert f"“{text}” is not a day. Write it like 2016-07-15." in err
    console.choose_language("es")
    code, out, err = call(f"--on={text}")
    assert (code, out) == (2, "")
    assert f"«{text}» no es una fecha. Escríbala como 2016-07-15." in err


@pytest.mark.parametrize("text", ["1,000", "1.234", "$5", "5 USD", "1e3", "", "--5", "nan", "１２", "1" * 14])
def test_what_is_no_amount_is_wrong_usage_and_says_how_to_write_one(text):
    console.choose_language("en")
    code, out, err = call(f"--amount={text}")
    assert (code, out) == (2, "")
    assert f"“{text}” is not an amount. Write it like 200 or 1234.50." in err
    console.choose_language("es")
    assert f"«{text}» no es una cantidad. Escríbala como 200 o 1234.50." in call(f"--amount={text}")[2]


def test_the_journal_knows_the_user_of_this_machine(monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "alma")
    assert console.actor() == "cli:alma"


@pytest.mark.parametrize("error", [KeyError("no such uid"), OSError("no name")])
def test_a_user_without_a_name_is_known_by_number(monkeypatch, error):
    def nameless():
        raise error

    monkeypatch.setattr("getpass.getuser", nameless)
    monkeypatch.setattr("os.getuid", lambda: 1234)
    assert console.actor() == "cli:1234"


class Screen(io.StringIO):
    """A terminal somebody looks at."""

    def isatty(self):
        return True


def test_progress_is_shown_to_a_person_only(monkeypatch, capsys):
    with console.progress(label=HELLO, total=2) as step:
        step(1)
    assert capsys.readouterr() == ("", "")
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    console.choose_language("es")
    with console.progress(label=HELLO, total=2) as step:
        step(2)
    assert "Buenos días" in screen.getvalue()
    assert capsys.readouterr().out == ""
