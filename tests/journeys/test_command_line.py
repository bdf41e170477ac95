"""Every command there is: help in both languages, wrong usage, and JSON that is alone on stdout."""

import json
import re

import pytest
import typer.main

from journeys.instances import decide
from tequio.project import cli


def commands(*, command=None, path=()):
    """The whole tree: (words, their options), groups included."""
    command = command or typer.main.get_command(cli.app)
    yield path, {option for parameter in command.params for option in getattr(parameter, "opts", ())}
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(command=below, path=(*path, name))


PATHS = [path for path, _ in commands()]
WITH_JSON = sorted(path for path, options in commands() if "--json" in options)
MAILBOX = "ana@example.org"
INVOICE, PAYMENT, MEMBER, DEBTOR = "US-000001", "US-P-000001", "NY-0012", "NY-0003"
ANSWERING = {
    ("check",): [],
    ("tick",): [],
    ("debtors",): ["--on", "2016-12-01"],
    ("members", "import"): ["ROLL"],
    ("members", "was-member"): [MEMBER, "2015"],
    ("members", "show"): [MEMBER, "--on", "2016-08-01"],
    ("contact-log", "list"): ["--member", MEMBER],
    ("dues", "preview"): ["--as-of", "2016-08-15"],
    ("dues", "run"): ["--as-of", "2016-08-15", "--yes"],
    ("dues", "runs"): [],
    ("payments", "add"): ["--member", MEMBER, "--amount", "5", "--currency", "USD"]
    + ["--on", "2016-08-01", "--method", "cash"],
    ("payments", "list"): ["--member", DEBTOR],
    ("invoices", "show"): [INVOICE],
    ("invoices", "why"): [INVOICE],
    ("invoices", "list"): ["--member", DEBTOR],
    ("rules", "show"): [],
    ("ledger", "balances"): ["--center", "us"],
    ("bench", "dues"): ["--members", "200"],
    ("bench", "pages"): ["--members", "100", "--looks", "3"],
    ("bench", "pdf"): ["--invoices", "10"],
    ("bench", "notices"): ["--members", "200"],
    ("bench", "preview"): ["--members", "200"],
    ("bench", "forecast"): ["--members", "20", "--paths", "100"],
    ("budgets", "list"): [],
    ("budgets", "show"): ["--center", "us", "--year", "2016"],
    ("budgets", "why"): ["--center", "us", "--year", "2016", "--line", "donations"],
    ("budgets", "compare"): ["--center", "us", "--year", "2016", "1", "1"],
    ("budgets", "amendments"): ["--center", "us", "--year", "2016"],
    ("budgets", "side-by-side"): ["--year", "2016"],
    ("budgets", "forecast"): ["--center", "us", "--year", "2016", "--on", "2016-08-01", "--paths", "100"],
    ("budgets", "scenarios"): ["--center", "us", "--year", "2016", "--on", "2016-08-01", "--paths", "100"],
    ("budgets", "year-that-was"): ["--center", "us", "--year", "2016", "--on", "2016-08-01", "--paths", "100"],
    ("budgets", "sites"): [],
    ("bookings", "add"): ["--center", "us", "--side", "expense", "--account", "expense-racks"]
    + ["--what", "Racks", "--amount", "5"],
    ("bookings", "list"): ["--center", "us"],
    ("income", "list"): ["--center", "us"],
    ("transfers", "list"): [],
    ("funds", "list"): ["--center", "us"],
    ("bench", "notes"): ["--megabytes", "1"],
    ("decisions", "list"): [],
    ("decisions", "waiting"): [],
    ("votes", "list"): [],
    ("votes", "show"): ["1"],
    ("bodies", "list"): [],
    ("bodies", "seats"): ["leadership-committee"],
    ("tasks", "list"): [],
    ("follow-up", "explain"): ["--member", DEBTOR, "--on", "2016-09-01"],
    ("follow-up", "report"): ["--center", "us"],
    ("follow-up", "bounces"): ["ROLL"],
    ("invoices", "link"): [INVOICE],
    ("payments", "year"): ["--member", DEBTOR, "--year", "2016"],
    ("payments", "import"): ["STATEMENT", "--account", "us-bank"],
    ("payments", "accounts", "list"): [],
    ("payments", "providers", "list"): [],
    ("payments", "lines", "list"): [],
    ("bench", "matching"): ["--transactions", "200"],
    ("invoices", "mail"): [INVOICE],
    ("payments", "mail"): [PAYMENT],
    ("mail", "list"): [],
    ("mail", "send"): [],
    ("members", "mapping", "guess"): ["ROLL"],
    ("notes", "import"): ["ROLL"],
    ("members", "mapping", "list"): [],
    ("people", "list"): [],
    ("bench", "reconcile"): ["--accounts", "1000"],
    ("meetings", "interpretation"): [],
    ("meetings", "list"): [],
    ("meetings", "series", "list"): [],
    ("meetings", "show"): ["1"],
    ("services", "applications", "list"): [],
    ("services", "catalog"): [],
    ("services", "check"): [],
    ("services", "list"): [],
    ("services", "loans"): [],
    ("services", "moving", "show"): [],
    ("services", "passwords", "list"): ["--name", MAILBOX],
    ("services", "quota"): [],
    ("services", "settings"): [],
    ("services", "reconcile"): [],
    ("proposals", "import"): ["PROPOSALS"],
    ("proposals", "list"): [],
    ("proposals", "show"): ["PROPOSAL"],
    ("proposals", "preview"): ["PROPOSAL"],
    ("proposals", "effects"): [],
}


@pytest.fixture(scope="module")
def proposals(workshop):
    """A file with a proposal."""
    path = workshop / "proposals.json"
    asked = {"body": "leadership-committee", "sponsor": "ana@example.org", "original": "es", "ask": {"es": "Gallinas."}}
    path.write_text(json.dumps(asked), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def living(workshop, enrolled, proposals):
    """An instance in which something has happened to show."""
    instance = enrolled.copy(to=workshop / "living")
    run = ("dues", "run", "--as-of", "2016-07-15", "--yes")
    call = ("contact-log", "add", "--member", MEMBER, "--on", "2016-08-20", "--by", "Ana", "--outcome", "attempted")
    budget = workshop / "budget.csv"
    budget.write_text(
        "what,code,side,account,name_en,name_es,amount\nline,donations,income,income-donations,Gifts,Donativos,4000\n"
    )
    planned = ("--center", "us", "--year", "2016")
    plan = (("budgets", "import", str(budget), *planned), ("budgets", "present", *planned))
    person = ("people", "add", "ana@example.org", "--name", "Ana")
    seat = ("bodies", "appoint", "leadership-committee-member-1", "ana@example.org", "--from", "2015-01-01")
    seat = (*seat, "--decision", "2013-rules-of-decision")
    met = ("meetings", "plan", "leadership-committee", "--on", "2040-04-07", "--hour", "12:00")
    met = (*met, "--zone", "America/Mexico_City", "--title-en", "Easter", "--title-es", "Pascua", "--place", "online")
    mailbox = ("services", "open", "--member", MEMBER, "--service", "mailbox", "--name", MAILBOX)
    answers = instance.several(run, call, *plan, person, seat, met, mailbox)
    assert [answer.err for answer in answers if answer.code] == []
    decide(instance=instance)
    instance.done("proposals", "import", proposals)
    yield instance
    instance.drop()


@pytest.fixture(scope="module")
def helps(living):
    """What each command's --help says, by language."""
    asked = [(*path, "--help") for path in PATHS]
    found = {}
    for language in ("en", "es"):
        answers = living.several(*asked, environment={"TEQUIO_LANG": language, "COLUMNS": "200"})
        found[language] = dict(zip(PATHS, answers, strict=True))
    return found


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_command_answers_help_with_exit_code_0(helps, language):
    wrong = [(path, a) for path, a in helps[language].items() if (a.code, a.err) != (0, "") or not a.out]
    assert wrong == []


def test_help_needs_no_instance(nothing_yet):
    answers = nothing_yet.several(*[(*path, "--help") for path in PATHS])
    assert [(path, a.err) for path, a in zip(PATHS, answers, strict=True) if a.code != 0] == []


def test_help_says_what_each_command_does_in_the_persons_language(helps):
    does = {language: {path: _purpose(a.out) for path, a in helps[language].items()} for language in helps}
    assert [path for path in PATHS if not does["en"][path] or does["en"][path] == does["es"][path]] == []


def _purpose(text):
    """The first line of a help text after the one of its usage."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[1]


def test_help_in_spanish_has_no_english_left(helps):
    frame = "Usage:|Options|Arguments|Commands|Show this message|required|(?<!--)default|OPTIONS|COMMAND|ARGS"
    words = re.compile(frame)
    left = {" ".join(path): found for path, a in helps["es"].items() if (found := words.findall(a.out))}
    assert left == {}


def test_help_asked_for_with_the_language_option_is_in_that_language(living):
    english = living.done("--lang", "en", "members", "import", "--help").out
    spanish = living.done("--lang", "es", "members", "import", "--help").out
    assert "Import a member roll" in english
    assert "Importa un padrón" in spanish


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_option_that_there_is_not_ends_every_command_with_exit_code_2(living, language):
    asked = [(*path, "--no-such-option") for path in PATHS]
    answers = living.several(*asked, environment={"TEQUIO_LANG": language})
    wrong = [(path, a) for path, a in zip(PATHS, answers, strict=True) if (a.code, a.out) != (2, "") or not a.err]
    assert wrong == []


def pay(*, amount="5", currency="USD", on="2016-08-01", method="cash"):
    words = ("payments", "add", "--member", MEMBER, "--amount", amount, "--currency", currency)
    return (*words, "--on", on, "--method", method, "--json")


WRONG_USAGE = [
    ("--lang", "fr", "check"),
    ("no-such-command",),
    ("members", "import"),
    ("dues", "run", "--as-of", "yesterday", "--yes"),
    ("dues", "run", "--as-of", "2016-02-30", "--yes"),
    ("payments", "add", "--member", MEMBER),
    pay(amount="ten"),
    pay(amount="1,5"),
    pay(method="shells"),
    ("contact-log", "add", "--member", MEMBER, "--on", "2016-08-01", "--by", "Ana", "--outcome", "maybe"),
    ("debtors", "--first", "0"),
    ("members", "was-member", MEMBER, "the year before"),
    ("proposals", "list", "--stage", "somewhere"),
    ("proposals", "preview", "2016-1", "--assume", "much"),
]


def test_wrong_usage_ends_with_exit_code_2_and_writes_nothing_on_stdout(living):
    answers = living.several(*WRONG_USAGE)
    wrong = [(c, a) for c, a in zip(WRONG_USAGE, answers, strict=True) if (a.code, a.out) != (2, "") or not a.err]
    assert wrong == []


def test_wrong_usage_is_said_in_spanish_to_who_speaks_spanish(living):
    answers = living.several(*WRONG_USAGE[1:], environment={"TEQUIO_LANG": "es", "COLUMNS": "200"})
    english = re.compile(r"Usage|Try '|Error|No such|Missing|Invalid|is not a valid|is not in the range|Got unexpected")
    said = zip(WRONG_USAGE[1:], answers, strict=True)
    left = {" ".join(words): found for words, a in said if (found := english.findall(a.err))}
    assert left == {}


REFUSED = [
    ("members", "show", "NOBODY"),
    ("invoices", "show", "US-999999"),
    ("decisions", "apply", "1999-1"),
    ("decisions", "take-back", "1999-1", "--sponsor", "nobody@example.org"),
    ("votes", "show", "999", "--json"),
    ("votes", "close", "999"),
    ("bodies", "seats", "nobody"),
    ("tasks", "close", "999"),
    ("invoices", "why", "US-999999", "--json"),
    ("payments", "void", "US-P-999999", "--reason", "a mistake"),
    ("payments", "list", "--member", "NOBODY", "--json"),
    ("payments", "import", "/nowhere.csv", "--account", "us-bank"),
    ("payments", "import", "/dev/null", "--account", "nobody"),
    ("payments", "accounts", "add", "us-euros", "--center", "us", "--number", "none"),
    ("payments", "lines", "confirm", "999"),
    ("payments", "lines", "assign", "999", "--to", MEMBER),
    ("payments", "lines", "undo", "999", "--reason", "a mistake"),
    ("dues", "run", "--as-of", "1950-01-01", "--yes", "--json"),
    ("dues", "run", "--as-of", "2016-09-15", "--hash", "0123456789abcdef"),
    ("dues", "undo", "999", "--reason", "a mistake"),
    ("dues", "preview", "--as-of", "2016-09-15", "--center", "fr"),
    ("ledger", "balances", "--center", "fr", "--json"),
    ("members", "hold", "NOBODY", "--until", "2016-09-15", "--reason", "asked for it"),
    ("members", "merge", MEMBER, MEMBER),
    pay(currency="MXN"),
    pay(amount="0"),
    pay(on="2996-08-01"),
    ("proposals", "show", "2016-99", "--json"),
    ("proposals", "preview", "2016-99", "--json"),
    ("proposals", "import", "nowhere.json"),
]


def test_what_is_refused_is_one_sentence_in_each_language_and_exit_code_1(living):
    said = {}
    for language in ("en", "es"):
        answers = living.several(*[("--lang", language, *words) for words in REFUSED])
        wrong = [
            (words, a)
            for words, a in zip(REFUSED, answers, strict=True)
            if (a.code, a.out, a.err.count("\n")) != (1, "", 1) or "Traceback" in a.err
        ]
        assert wrong == []
        said[language] = [answer.err for answer in answers]
    assert [en for en, es in zip(said["en"], said["es"], strict=True) if en == es] == []


def test_the_list_of_what_answers_in_json_is_complete():
    assert sorted(ANSWERING) == WITH_JSON


# What opens an instance of its own, and one of each manner of answering, in a process each: nothing else is written.
ALONE = [path for path in WITH_JSON if path[0] == "bench"] + [("check",), ("members", "import"), ("votes", "show")]
TOGETHER = [path for path in WITH_JSON if path not in ALONE]


@pytest.fixture(scope="module")
def asked(living, roll, proposals, workshop):
    """A function from a command's words to these with what it is asked about, for an answer in JSON."""
    statement = workshop / "statement.csv"
    statement.write_text("Date,Description,Amount\n2016-07-20,GIFT,5.00\n")
    proposal = living.value("SELECT min(code) FROM decisions_proposal")
    files = {"ROLL": str(roll), "STATEMENT": str(statement), "PROPOSALS": str(proposals), "PROPOSAL": str(proposal)}
    return lambda path: (*path, *(files.get(word, word) for word in ANSWERING[path]), "--json")


def is_json_alone(answer):
    assert answer.code == 0, answer
    assert isinstance(json.loads(answer.out), dict | list)
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("path", ALONE, ids=" ".join)
def test_json_is_alone_on_stdout(living, asked, path):
    is_json_alone(living.run(*asked(path)))


@pytest.fixture(scope="module")
def answered(living, asked):
    """What every other command answers, one after the other, by language."""
    return {
        language: dict(
            zip(TOGETHER, living.several(*[("--lang", language, *asked(path)) for path in TOGETHER]), strict=True)
        )
        for language in ("en", "es")
    }


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("path", TOGETHER, ids=" ".join)
def test_every_answer_in_json_is_nothing_but_json(answered, path, language):
    is_json_alone(answered[language][path])


def test_the_program_says_its_version(nothing_yet):
    assert re.fullmatch(r"tequio \d+\.\d+\.\d+\n", nothing_yet.done("version").out)
