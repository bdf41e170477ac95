"""What all tests share: an organization with the sample rules, a clock that stands, and where shared files lie."""

import gc
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from rolls import write_roll
from rules_once import put_in_force
from sharing_out import InLots, turn

# No test of time, and what lands is judged by what it brings: CI draws the same examples from the same tests.
settings.register_profile("tequio", deadline=None, derandomize=bool(os.environ.get("TEQUIO_CI")))
settings.load_profile("tequio")

AT = datetime(2016, 7, 15, 12, 0, tzinfo=UTC)
SHARED = Path(__file__).parents[2] / "shared"


# What asks a database, but nothing that PostgreSQL could answer otherwise: paper, words, how commands are asked,
# servers of mail, and years lived from operations that are each tested there. There it is for `make test-long`.
ONCE = (
    *("dues/paper", "dues/letters/test_letters_text.py", "kernel/web", "project/demo", "services/lists"),
    *("followup/test_simulated_year.py", "journeys/browser", "journeys/test_command_line.py", "services/mail"),
    *("journeys/test_wrong_files.py", "journeys/test_newcomer.py::test_from_init_to_paid_and_in_good_standing[en]"),
)
# What a page says and which form leads where: its questions and operations are tested there each by itself, and
# contract/test_permissions.py opens every page there is with PostgreSQL too.
PAGES = re.compile(r"^(?!.*/queries/).*(/views/|_pages?\.py::)")
# Lists that people search, sort and leaf through are SQL more than pages.
BOTH = ("front/views/test_members.py", "front/views/test_journal.py", "front/views/test_register.py")


def pytest_collection_modifyitems(config, items):
    """Skip, visibly, what reads files beside the checkout where they are absent, and long tests unless asked for.

    With PostgreSQL, what asks no database, stands in ONCE or is a page is left out: the run with SQLite has shown it.
    """
    long = "long" in (config.getoption("-m") or "")
    if os.environ.get("TEQUIO_TEST_DATABASE_URL"):
        _leave_out(config=config, items=items, once=not long)
    items.sort(key=lambda item: turn(_path(item)))
    for item in items:
        if item.get_closest_marker("shared") and not (SHARED / "tools" / "make_roll.py").exists():
            item.add_marker(pytest.mark.skip(reason=f"needs {SHARED.name}/ beside the checkout"))
        if item.get_closest_marker("long") and not long:
            item.add_marker(pytest.mark.skip(reason="only in make test-long"))


def _leave_out(*, config, items, once):
    """Take out what PostgreSQL is not asked in; what runs once too, or else make that one of the long tests."""
    asking, others = [], []
    for item in items:
        asks = item.get_closest_marker("django_db") or {"db", "transactional_db", "engine"} & set(item.fixturenames)
        rest = _once(_path(item)) or item.get_closest_marker("once")
        (asking if asks and not (rest and once) else others).append(item)
        if rest:
            item.add_marker("long")
    config.hook.pytest_deselected(items=others)
    items[:] = asking


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Workers take lots, the dearest first: sharing_out.py."""
    return InLots(config, log) if config.getvalue("dist") == "loadfile" else None


def _once(path):
    return path.startswith(ONCE) or (PAGES.search(path) is not None and not path.startswith(BOTH))


def _path(item):
    return item.nodeid.removeprefix("tests/")


@pytest.fixture(scope="session")
def engine():
    """The PostgreSQL under test; None with SQLite. Who makes databases of its own asks for it, to be run on both."""
    return os.environ.get("TEQUIO_TEST_DATABASE_URL")


def pytest_collection_finish():
    """Keep the garbage collector from looking at what stays to the end: modules, thousands of tests, all of Django."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def at():
    """The moment everything happens at, unless a test says otherwise: 15 July 2016, noon UTC."""
    return AT


@pytest.fixture
def sample_rules(db, at):
    """The sample rules loaded: centers us and mx, their books, and every policy."""
    put_in_force(at=at)


@pytest.fixture
def roll_file(tmp_path):
    """A function that writes a roll of such members (rolls.py) into the test's folder and returns its path."""

    def write(*members, name="roll.csv"):
        return write_roll(*members, path=tmp_path / name)

    return write


@pytest.fixture
def members(sample_rules, roll_file, at):
    """A function that imports a small roll of such members and returns the import's result."""
    from tequio.members.operations import import_roll

    def make(*given):
        return import_roll(path=roll_file(*given), actor="test", at=at)

    return make


@pytest.fixture
def cli(monkeypatch):
    """A function that runs a command of the program in this process: (exit code, stdout, stderr)."""
    from typer.testing import CliRunner

    from tequio.kernel import console
    from tequio.project import cli as program

    monkeypatch.setattr(program, "_wake", lambda: None)

    def run(*arguments, stdin=None):
        result = CliRunner().invoke(program.app, [str(a) for a in arguments], input=stdin)
        console.choose_language(None)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            from tequio.kernel.errors import Refusal

            if isinstance(result.exception, Refusal):
                return 1, result.stdout, result.exception.text.en
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return run
