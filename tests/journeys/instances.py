"""Real instances in folders of their own, on the engine under test, with the program run in processes of its own."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import nursery

DRIVER = Path(__file__).with_name("several_commands.py")
SERVER = os.environ.get("TEQUIO_TEST_DATABASE_URL")
LONGEST = 120  # seconds; whoever takes longer hangs


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """An instance: its folder and, on PostgreSQL, the name of its database."""

    home: Path
    database: str | None = None

    @property
    def url(self):
        """The database's URL on PostgreSQL; None on SQLite, where the file lies in the folder."""
        return _url(database=self.database) if self.database else None

    @property
    def file(self):
        return self.home / "tequio.sqlite3"

    def environment(self, **more):
        """A bare environment: nothing of the test run's own settings."""
        bare = {"PATH": os.environ["PATH"], "HOME": str(self.home.parent), "TEQUIO_HOME": str(self.home)}
        if self.url:
            bare["TEQUIO_DATABASE_URL"] = self.url
        return bare | {"PYTHONWARNINGS": "ignore"} | more

    def run(self, *arguments, stdin="", prefix=(), limit=None, **more):
        """Run one command of the program; `limit` is the largest file it may write, in bytes.

        With a prefix or a limit, or where there is no instance yet, the installed program itself is started.
        """
        command = [*map(str, prefix), nursery.PROGRAM, *map(str, arguments)]
        if limit is not None:
            command = ["prlimit", f"--fsize={limit}", *command]
        named = {"timeout": LONGEST, "env": self.environment(**more), "cwd": self.home.parent}
        if command[0] == nursery.PROGRAM and self.home.exists():
            done = nursery.run(command, stdin=stdin, **named)
        else:
            pipes = {"input": stdin, "capture_output": True, "text": True, "encoding": "utf-8"}
            done = subprocess.run(command, check=False, **pipes, **named)
        return Answer(code=done.returncode, out=done.stdout, err=done.stderr)

    def done(self, *arguments, **named):
        """Run one command that has to succeed; its answer."""
        answer = self.run(*arguments, **named)
        assert (answer.code, answer.err) == (0, ""), (arguments, answer)
        return answer

    def start(self, *, commands, pass_fds=(), prefix=(), environment=None, **plan):
        """A process that will run several commands, see several_commands.py."""
        process = (subprocess if prefix else nursery).Popen(
            [*prefix, sys.executable, str(DRIVER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=self.environment(**(environment or {})),
            cwd=self.home.parent,
            pass_fds=pass_fds,
        )
        words = [[str(word) for word in command] for command in commands]
        process.stdin.write(json.dumps({"commands": words, **plan}) + "\n")
        process.stdin.flush()
        return process

    def several(self, *commands, **plan):
        """Run several commands in one process; their answers."""
        return answers_of(process=self.start(commands=commands, **plan))

    @contextmanager
    def connection(self):
        """A connection to the database that commits by itself."""
        if self.database:
            import psycopg

            with psycopg.connect(self.url, autocommit=True) as connection:
                yield connection
        else:
            with closing(sqlite3.connect(self.file, isolation_level=None)) as connection:
                yield connection

    def rows(self, query):
        with self.connection() as connection:
            return connection.execute(query).fetchall()

    def value(self, query):
        """The one value of a query's one row."""
        [[value]] = self.rows(query)
        return value

    def settle(self):
        """Wait until nobody is connected: PostgreSQL may still be ending what a killed process had begun."""
        if self.database:
            with server() as connection:
                others = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
                for _ in range(500):
                    if connection.execute(others, [self.database]).fetchone()[0] == 0:
                        return
                    connection.execute("SELECT pg_sleep(0.01)")
                raise AssertionError("somebody stays connected")

    def copy(self, *, to):
        """The same instance once more, in another folder and database."""
        self.settle()
        shutil.copytree(self.home, to)
        if not self.database:
            return Instance(home=to)
        name = new_name()
        with server() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {self.database}")
        return Instance(home=to, database=name)

    def drop(self):
        shutil.rmtree(self.home, ignore_errors=True)
        if self.database:
            with server() as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")


def answers_of(*, process):
    """What the commands of a process started by `Instance.start` said, when all of them have ended."""
    out, err = process.communicate(timeout=LONGEST)
    assert process.returncode == 0, (process.returncode, out, err)
    return [Answer(**answer) for answer in json.loads(out)]


def decide(*, instance):
    """Let a committee decide something there (decide_there.py): decision 2016-1, whose effects wait for a person."""
    script = Path(__file__).with_name("decide_there.py")
    words = [sys.executable, str(script)]
    done = nursery.run(words, timeout=LONGEST, env=instance.environment(), cwd=instance.home.parent)
    assert done.returncode == 0, done.stderr


def empty_instance(*, home):
    """A folder's name and an empty database; nothing is made in them yet."""
    if not SERVER:
        return Instance(home=home)
    name = new_name()
    with server() as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return Instance(home=home, database=name)


@contextmanager
def server():
    """A connection to the test server's own database."""
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        yield connection


def new_name():
    return f"journey_{uuid.uuid4().hex[:16]}"


def _url(*, database):
    parts = urlsplit(SERVER)
    return urlunsplit((parts.scheme, parts.netloc, f"/{database}", parts.query, ""))
