"""Machines fail: no room, no permission, a busy or missing database. A sentence, exit code 1, nothing half saved."""

import os
import signal
import subprocess
import sys
import time

import pytest

from journeys import canonical
from journeys.instances import SERVER, answers_of, server

RUN = ("dues", "run", "--as-of", "2016-07-15", "--yes", "--json")
SLICE = 15
only_sqlite = pytest.mark.skipif(SERVER is not None, reason="about SQLite's file; runs in the SQLite half of make test")
only_postgres = pytest.mark.skipif(SERVER is None, reason="needs PostgreSQL (TEQUIO_TEST_DATABASE_URL)")
# How the sentences begin; what else they say may be said better one day.
FULL = {"en": "The disk is full. ", "es": "El disco está lleno. "}
BUSY = {"en": "Another command ", "es": "Otro comando "}
NO_DATABASE = {"en": "The database cannot be ", "es": "No se puede "}


def one_sentence(answer):
    """Whether a refusal is what it should be: exit code 1, one sentence on stderr, nothing on stdout."""
    assert (answer.code, answer.out) == (1, ""), answer
    assert "Traceback" not in answer.err, answer.err
    assert answer.err.count("\n") == 1, answer.err
    return answer.err


def without_overriding():
    """A prefix under which permissions hold for root too."""
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


@only_sqlite
def test_an_import_that_may_not_write_its_file_saves_nothing_and_works_when_it_may(copies, ruled, roll):
    instance = copies(ruled)
    before = canonical.contents(instance=instance)
    one_sentence(instance.run("members", "import", roll, "--json", limit=100_000))
    assert canonical.differences(one=before, other=canonical.contents(instance=instance)) == {}
    assert instance.done("check").out == "Standings, balances, ledger and journal agree.\n"
    assert instance.done("members", "import", roll, "--json").json["changed"] > 0


@only_sqlite
def test_a_run_that_may_not_write_its_file_keeps_whole_slices_and_is_finished_when_it_may(copies, enrolled):
    instance, alone = copies(enrolled), copies(enrolled)
    alone.several(RUN, slice=SLICE)
    [answer] = instance.several(RUN, slice=SLICE, prefix=("prlimit", "--fsize=400000"))
    one_sentence(answer)
    saved = instance.value("SELECT count(*) FROM dues_invoice WHERE run_id IS NOT NULL")
    assert 0 < saved < alone.value("SELECT count(*) FROM dues_invoice WHERE run_id IS NOT NULL")
    assert instance.done("check").out == "Standings, balances, ledger and journal agree.\n"
    assert instance.several(RUN, slice=SLICE)[0].code == 0
    before, after = canonical.contents(instance=alone), canonical.contents(instance=instance)
    assert canonical.differences(one=before, other=after) == {}


@pytest.fixture
def small_disk(tmp_path):
    """A file system that holds an instance and little more."""
    place = tmp_path / "small-disk"
    place.mkdir()
    mount = ["/usr/bin/env", "mount", "-t", "tmpfs", "-o", "size=6m", "none", place]
    mounted = subprocess.run(mount, check=False, capture_output=True)
    if mounted.returncode != 0:
        pytest.skip(
            "may not mount a small file system here (needs root); the limit on files above covers the same code"
        )
    yield place
    subprocess.run(["/usr/bin/env", "umount", "-l", place], check=True)


@only_sqlite
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_full_disk_is_said_and_nothing_is_saved_until_there_is_room(small_disk, ruled, roll, language):
    instance = ruled.copy(to=small_disk / "home")
    room = os.statvfs(small_disk)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * (room.f_bavail * room.f_frsize - 100_000))
    before = canonical.contents(instance=instance)
    assert one_sentence(instance.run("--lang", language, "members", "import", roll)).startswith(FULL[language])
    assert canonical.differences(one=before, other=canonical.contents(instance=instance)) == {}
    ballast.unlink()
    assert instance.done("members", "import", roll, "--json").json["changed"] > 0
    ballast.write_bytes(b"\0" * max(0, os.statvfs(small_disk).f_bavail * room.f_frsize - 60_000))
    before = canonical.contents(instance=instance)
    assert one_sentence(instance.run("--lang", language, *RUN)).startswith(FULL[language])
    assert canonical.differences(one=before, other=canonical.contents(instance=instance)) == {}
    ballast.unlink()
    assert instance.done(*RUN).json["us"]["invoices"] > 0
    assert instance.done("check").code == 0


def held_by_another(*, instance):
    """A connection in a transaction that holds what every payment needs."""
    if instance.database:
        import psycopg

        other = psycopg.connect(instance.url)
        other.execute("SELECT id FROM centers_center FOR UPDATE")
    else:
        import sqlite3

        other = sqlite3.connect(instance.file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    return other


def pay(*, key):
    words = ("payments", "add", "--member", "NY-0012", "--amount", "20", "--currency", "USD", "--on", "2016-08-01")
    return (*words, "--method", "cash", "--key", key, "--json")


def test_a_command_waits_for_one_that_holds_the_database_and_then_does_its_work(copies, enrolled):
    instance = copies(enrolled)
    other = held_by_another(instance=instance)
    process = instance.start(commands=[pay(key="waits")])
    time.sleep(1.5)
    assert process.poll() is None
    other.rollback()
    other.close()
    [answer] = answers_of(process=process)
    assert (answer.code, answer.err, answer.json["amount"]) == (0, "", 20)


@only_sqlite
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_command_that_waited_too_long_says_so_and_saved_nothing(copies, enrolled, language):
    instance = copies(enrolled)
    before = canonical.contents(instance=instance)
    other = held_by_another(instance=instance)
    commands = [("--lang", language, *pay(key="late")), ("--lang", language, *RUN)]
    answers = instance.several(*commands, timeout=0.3)
    other.rollback()
    other.close()
    assert [one_sentence(answer).startswith(BUSY[language]) for answer in answers] == [True, True], answers
    assert canonical.differences(one=before, other=canonical.contents(instance=instance)) == {}
    assert instance.done(*pay(key="late")).json["amount"] == 20


def test_reading_goes_on_while_another_command_writes(copies, enrolled):
    instance = copies(enrolled)
    other = held_by_another(instance=instance)
    assert instance.done("members", "show", "NY-0012", "--on", "2016-07-01", "--json").json["standing"]
    assert instance.done("debtors", "--on", "2016-07-01", "--json").json["debtors"]
    other.rollback()
    other.close()


@only_postgres
@pytest.mark.parametrize("command", [RUN, pay(key="gone")], ids=["dues run", "payment"])
def test_a_server_that_goes_away_in_the_middle_is_said_and_the_command_works_afterwards(copies, enrolled, command):
    instance, alone = copies(enrolled), copies(enrolled)
    alone.several(command, slice=SLICE)
    process = instance.start(commands=[command], slice=SLICE, stop_at=60 if command is RUN else 20)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
    with server() as connection:
        ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s"
        assert connection.execute(ended, [instance.database]).fetchone() == (1,)
    process.send_signal(signal.SIGCONT)
    [answer] = answers_of(process=process)
    one_sentence(answer)
    instance.settle()
    again, checked = instance.several(command, ("check",), slice=SLICE)
    assert (again.code, checked.code) == (0, 0), (again, checked)
    before, after = canonical.contents(instance=alone), canonical.contents(instance=instance)
    assert canonical.differences(one=before, other=after) == {}


def test_no_server_at_the_address_is_said_in_one_sentence(copies, ruled):
    instance = copies(ruled)
    url = "postgres://nobody@%2Fnowhere/tequio"
    for language, begins in NO_DATABASE.items():
        said = one_sentence(instance.run("--lang", language, "check", TEQUIO_DATABASE_URL=url))
        assert said.startswith(begins), said


def test_a_database_url_that_is_none_is_said_in_one_sentence(copies, ruled):
    instance = copies(ruled)
    for url in ("nonsense://x", "tequio.sqlite3"):
        one_sentence(instance.run("check", TEQUIO_DATABASE_URL=url))


@only_sqlite
@pytest.mark.parametrize(
    "content", [b"this is no database, but it is long enough to be read as one" * 40, b"\0" * 8192]
)
def test_a_damaged_database_file_is_said_in_one_sentence(copies, ruled, content):
    instance = copies(ruled)
    instance.file.write_bytes(content)
    english = "The database file is damaged or is no database. Restore it from a backup.\n"
    assert one_sentence(instance.run("check")) == english


@pytest.mark.parametrize("command", [("check",), ("members", "show", "M1"), ("tick",)], ids=lambda words: words[0])
def test_without_an_instance_the_person_is_told_how_to_make_one(nothing_yet, command):
    home = nothing_yet.home
    assert one_sentence(nothing_yet.run(*command)) == (
        f"There is no instance in {home}. Make one with “tequio init”, or set TEQUIO_HOME.\n"
    )
    assert one_sentence(nothing_yet.run("--lang", "es", *command)) == (
        f"No hay ninguna instancia en {home}. Créela con «tequio init» o indique TEQUIO_HOME.\n"
    )
    assert not home.exists()


def test_without_tequio_home_the_folder_in_the_users_home_counts(nothing_yet):
    environment = {"PATH": os.environ["PATH"], "HOME": str(nothing_yet.home)}
    command = [sys.executable, "-m", "tequio.project.cli", "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    said = f"There is no instance in {nothing_yet.home}/.tequio. Make one with “tequio init”, or set TEQUIO_HOME.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


def test_a_folder_that_cannot_be_made_is_said_in_both_languages(nothing_yet):
    nothing_yet.home.write_text("a file where the folder should be")
    english = one_sentence(nothing_yet.run("init"))
    spanish = one_sentence(nothing_yet.run("--lang", "es", "init"))
    assert english.startswith(f"The instance's folder {nothing_yet.home} cannot be written")
    assert spanish.startswith(f"No se puede escribir en la carpeta de la instancia {nothing_yet.home}")
    assert "exists" not in spanish


def test_a_folder_that_may_not_be_written_is_said(nothing_yet):
    nothing_yet.home.mkdir(mode=0o500)
    answer = nothing_yet.run("init", "--sample-rules", prefix=without_overriding())
    nothing_yet.home.chmod(0o700)
    assert one_sentence(answer).startswith(f"The instance's folder {nothing_yet.home} cannot be written")
    nothing_yet.done("init", "--sample-rules")


@only_sqlite
def test_a_database_that_may_not_be_written_is_said_and_nothing_is_changed(copies, enrolled):
    instance = copies(enrolled)
    before = canonical.contents(instance=instance)
    instance.file.chmod(0o400)
    instance.home.chmod(0o500)
    answer = instance.run(*pay(key="read only"), prefix=without_overriding())
    instance.home.chmod(0o700)
    instance.file.chmod(0o600)
    one_sentence(answer)
    assert canonical.differences(one=before, other=canonical.contents(instance=instance)) == {}
