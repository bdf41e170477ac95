"""What the program says and how it ends when something is refused or the machine fails, in both languages."""

import errno
import os
import sqlite3
import subprocess
import sys

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from kernel.fresh_instances import BIN
from tequio.kernel import console
from tequio.kernel.errors import Refusal
from tequio.project import cli as program

FULL = {
    "en": "The disk is full. Nothing was left half done; make room and run it again.",
    "es": "El disco está lleno. Nada quedó a medias; libere espacio y vuelva a intentarlo.",
}
BUSY = {
    "en": "Another command holds the database. Nothing was left half done; run it again in a moment.",
    "es": "Otro comando ocupa la base de datos. Nada quedó a medias; intente de nuevo en un momento.",
}
OLD = {
    "en": "The database is not up to date with the program, or is not there: run “tequio init”.",
    "es": "La base de datos no está al día con el programa, o no existe: ejecute «tequio init».",
}
UNREACHED = {
    "en": "The database cannot be reached or written. Nothing was left half done; see that it runs and try again.",
    "es": "No se puede llegar a la base de datos o escribir en ella. Nada quedó a medias; revise que funcione e "
    "intente de nuevo.",
}
DAMAGED = {
    "en": "The database file is damaged or is no database. Restore it from a backup.",
    "es": "El archivo de la base de datos está dañado o no lo es. Recupérelo de un respaldo.",
}


@pytest.fixture(autouse=True)
def _fresh_language():
    console.choose_language(None)
    yield
    console.choose_language(None)


@pytest.fixture
def fails_with(monkeypatch, capsys):
    """A function that runs `tequio check` with something going wrong: (exit code, stdout, stderr)."""

    def run(error, *options):
        def wake():
            raise error

        monkeypatch.setattr(program, "_wake", wake)
        monkeypatch.setattr(sys, "argv", ["tequio", *options, "check"])
        with pytest.raises(SystemExit) as ended:
            program.main()
        console.choose_language(None)
        return ended.value.code, *capsys.readouterr()

    return run


@pytest.mark.parametrize(
    ("options", "sentence"),
    [((), "No."), (("--lang", "en"), "No."), (("--lang", "es"), "Que no."), (("--lang=es",), "Que no.")],
    ids=" ".join,
)
def test_a_refusal_is_one_sentence_on_stderr_and_ends_with_1(fails_with, options, sentence):
    assert fails_with(Refusal(en="No.", es="Que no."), *options) == (1, "", f"{sentence}\n")


def test_a_refusal_is_in_the_language_of_the_session(fails_with, monkeypatch):
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    assert fails_with(Refusal(en="No.", es="Que no.")) == (1, "", "Que no.\n")
    assert fails_with(Refusal(en="No.", es="Que no."), "--lang", "en") == (1, "", "No.\n")


FAULTS = [
    (OSError(errno.ENOSPC, "No space left on device"), FULL),
    (OSError(errno.EDQUOT, "Disk quota exceeded"), FULL),
    (OperationalError("database or disk is full"), FULL),
    (
        OperationalError('could not extend file "base/5/2619": No space left on device\nHINT:  Check free disk space.'),
        FULL,
    ),
    (OperationalError("could not write to file: No space left on device"), FULL),
    (OperationalError("database is locked"), BUSY),
    (OperationalError("database table is locked: ledger_entry"), BUSY),
    (OperationalError("deadlock detected\nDETAIL:  Process 1 waits for ShareLock"), BUSY),
    (OperationalError("could not serialize access due to concurrent update"), BUSY),
    (DatabaseError("file is not a database"), DAMAGED),
    (DatabaseError("database disk image is malformed"), DAMAGED),
    (OperationalError("unable to open database file"), UNREACHED),
    (OperationalError("attempt to write a readonly database"), UNREACHED),
    (OperationalError("disk I/O error"), UNREACHED),
    (OperationalError('connection failed: connection to server on socket "/x" failed'), UNREACHED),
    (InterfaceError("the connection is closed"), UNREACHED),
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("error", "sentences"), FAULTS, ids=[str(error)[:40] for error, _ in FAULTS])
def test_a_fault_of_the_machine_is_said_in_a_sentence(fails_with, error, sentences, language):
    assert fails_with(error, "--lang", language) == (1, "", sentences[language] + "\n")


def test_who_stops_the_program_is_told_that_it_can_be_run_again(fails_with):
    stopped = fails_with(KeyboardInterrupt(), "--lang", "en")
    assert stopped == (130, "", "Stopped. What was begun can be run again.\n")
    assert fails_with(KeyboardInterrupt(), "--lang", "es")[2] == "Detenido. Lo empezado se puede repetir.\n"


@pytest.mark.parametrize("error", [ZeroDivisionError("ours"), IntegrityError("ours"), OSError(errno.EBADF, "ours")])
def test_a_mistake_of_the_program_is_not_dressed_up(monkeypatch, error):
    def wake():
        raise error

    monkeypatch.setattr(program, "_wake", wake)
    monkeypatch.setattr(sys, "argv", ["tequio", "check"])
    with pytest.raises(type(error), match="ours"):
        program.main()


def test_whoever_looks_for_a_mistake_sees_where_it_was(monkeypatch):
    def wake():
        raise OperationalError("database is locked")

    monkeypatch.setattr(program, "_wake", wake)
    monkeypatch.setattr(sys, "argv", ["tequio", "check"])
    monkeypatch.setenv("TEQUIO_DEBUG", "1")
    with pytest.raises(OperationalError):
        program.main()


STATEMENTS = {
    "a table that is not there": "SELECT * FROM ledger_nope",
    "a column that is not there": "SELECT nope FROM ledger_entry",
    "a column of a table that is not there": "SELECT e.nope FROM ledger_entry e",
    "a column to write that is not there": "INSERT INTO ledger_fund (nope) VALUES (1)",
}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_an_outdated_database_is_told_from_the_engines_own_words(fails_with, statement):
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert fails_with(error.value) == (1, "", OLD["en"] + "\n")
    assert fails_with(error.value, "--lang", "es") == (1, "", OLD["es"] + "\n")


@pytest.mark.django_db
def test_a_database_that_may_not_be_written_is_told_from_the_engines_own_words(fails_with):
    """As a copy for reading is, or a file on a disk mounted for reading."""
    off = "PRAGMA query_only = ON" if connection.vendor == "sqlite" else "SET TRANSACTION READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(off)
        with pytest.raises(DatabaseError) as error:
            cursor.execute("UPDATE ledger_entry SET note = note")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = OFF")
    assert fails_with(error.value, "--lang", "es") == (1, "", UNREACHED["es"] + "\n")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's disk cannot be filled from here")
def test_a_full_sqlite_database_is_told_from_the_engines_own_words(fails_with):
    small = sqlite3.connect(":memory:")
    small.execute("PRAGMA max_page_count = 2")
    small.execute("CREATE TABLE a (b)")
    with pytest.raises(sqlite3.OperationalError) as error:
        small.execute("INSERT INTO a VALUES (zeroblob(100000))")
    small.close()
    assert fails_with(OperationalError(*error.value.args)) == (1, "", FULL["en"] + "\n")


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("check", "--nonsense"), ("--lang", "fr", "check"), ("ledger", "balances"), ("ledger", "close")],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_writes_nothing_on_stdout(monkeypatch, capsys, arguments):
    monkeypatch.setattr(program, "_wake", lambda: None)
    monkeypatch.setattr(sys, "argv", ["tequio", *arguments])
    with pytest.raises(SystemExit) as ended:
        program.main()
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert err


def test_the_version_is_told_without_an_instance(instance):
    done = instance.tequio("version")
    assert (done.returncode, done.stdout[:7], done.stderr) == (0, "tequio ", "")
    assert not instance.home.exists()


def test_a_reader_who_goes_away_hears_no_complaint(instance):
    read, write = os.pipe()
    os.close(read)
    words = [BIN / "tequio", "version"]
    done = subprocess.run(words, env=instance.environment, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert done.stderr == ""
    assert done.returncode in (0, 1)


def test_a_life_of_commands_on_a_real_instance(instance):
    """One instance, several processes: before init, without tables, in order, and with what cannot be."""
    before = instance.tequio("check")
    assert (before.returncode, before.stdout) == (1, "")
    assert (
        before.stderr == f"There is no instance in {instance.home}. Make one with “tequio init”, or set TEQUIO_HOME.\n"
    )
    assert not instance.home.exists()
    instance.script("from tequio.kernel import instance; instance.create()")
    empty = instance.tequio("--lang", "es", "check")
    assert (empty.returncode, empty.stdout, empty.stderr) == (1, "", OLD["es"] + "\n")
    made = instance.tequio("init", "--sample-rules", TEQUIO_LANG="es")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.splitlines()[0] == f"La instancia está lista: {instance.home}"
    assert instance.tequio("init").returncode == 0
    checked = instance.tequio("check", "--json")
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, '{\n "differences": []\n}\n', "")


def test_a_folder_that_cannot_be_is_refused_by_init(instance, tmp_path):
    (tmp_path / "file").write_text("mine")
    done = instance.tequio("init", TEQUIO_HOME=str(tmp_path / "file" / "x"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"The instance's folder {tmp_path}/file/x cannot be written: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("url", ["nonsense", "postgres://u@%2Fnowhere/d", "sqlite:////nowhere/at/all"])
def test_a_database_that_is_nowhere_is_refused_in_a_sentence(instance, url):
    done = instance.tequio("init", TEQUIO_DATABASE_URL=url)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(bool(os.environ.get("TEQUIO_TEST_DATABASE_URL")), reason="SQLite's file")
def test_a_file_that_is_no_database_is_refused(instance):
    instance.home.mkdir()
    (instance.home / "tequio.sqlite3").write_bytes(b"This is a letter, not a database. " * 200)
    done = instance.tequio("init")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", DAMAGED["en"] + "\n")
