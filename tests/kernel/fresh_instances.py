"""Real instances in a folder of their own, for what needs several processes, real commits or an empty database."""

import os
import secrets
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

import nursery

BIN = Path(sys.executable).parent


class Instance:
    """An instance's folder and database, and the commands run on it."""

    def __init__(self, *, home, url):
        self.home, self.url = home, url
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("TEQUIO_", "DJANGO_", "LC_", "LANG"))}
        self.environment = {
            **kept,
            "TEQUIO_HOME": str(home),
            "TEQUIO_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tequio.project.settings",
            "PYTHONUTF8": "1",
        }

    def run(self, *command, **changes):
        """A finished process: exit code, stdout, stderr."""
        environment = {**self.environment, **changes}
        words = [str(word) for word in command]
        return subprocess.run(words, env=environment, capture_output=True, text=True, timeout=600, check=False)

    def tequio(self, *arguments, **changes):
        """The same of a command of the program, which is started anew where there is no instance yet."""
        if not self.home.exists():
            return self.run(nursery.PROGRAM, *arguments, **changes)
        return nursery.run([nursery.PROGRAM, *map(str, arguments)], env={**self.environment, **changes}, timeout=600)

    def script(self, text, *arguments):
        """What a Python program with Django awake on this instance prints; it has to succeed."""
        words = [sys.executable, "-c", f"import django\ndjango.setup()\n{text}", *map(str, arguments)]
        if self.environment["DJANGO_SETTINGS_MODULE"] == "tequio.project.settings":
            done = nursery.run(words, env=self.environment | {"PYTHONWARNINGS": "error"}, timeout=600)
        else:
            done = self.run(*words, PYTHONWARNINGS="error")
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout

    def start(self, text, *arguments):
        """The same, running beside others."""
        words = [sys.executable, "-c", f"import django\ndjango.setup()\n{text}", *map(str, arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return nursery.Popen(words, env=self.environment, text=True, **pipes)


@contextmanager
def fresh_instance(folder):
    """An instance nobody has initialized: an SQLite file, or a new database on the PostgreSQL under test."""
    server = os.environ.get("TEQUIO_TEST_DATABASE_URL")
    if not server:
        yield Instance(home=folder / "instance", url=f"sqlite:///{folder}/instance/tequio.sqlite3")
        return
    name = f"fresh_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield Instance(home=folder / "instance", url=urlunsplit(urlsplit(server)._replace(path=f"/{name}")))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
