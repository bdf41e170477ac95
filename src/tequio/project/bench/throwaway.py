"""A throw-away instance: a folder of its own, and on PostgreSQL a database of its own in the server named."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


@contextmanager
def instance(*, prefix: str) -> Iterator[Path]:
    """Make an instance with tables and sample rules, point the process at it, and remove it afterwards.

    Uses the server of TEQUIO_DATABASE_URL where that is PostgreSQL, or the one tools/with_postgres.py started, and
    SQLite in a temporary folder otherwise; the database named is never touched. To be called before Django is set up.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"tequio-{prefix}-"))
    server = os.environ.get("TEQUIO_DATABASE_URL") or os.environ.get("TEQUIO_TEST_DATABASE_URL", "")
    os.environ["TEQUIO_HOME"] = str(folder)
    database = f"tequio_{prefix}_{uuid4().hex[:12]}"
    on_postgres = server.startswith("postgres")
    if on_postgres:
        _on_server(server=server, statement=f"CREATE DATABASE {database}")
        os.environ["TEQUIO_DATABASE_URL"] = _with_database(server=server, database=database)
    else:
        os.environ["TEQUIO_DATABASE_URL"] = f"sqlite:///{folder / 'tequio.sqlite3'}"
    try:
        _prepare()
        yield folder
    finally:
        from django.db import connections

        connections.close_all()
        if on_postgres:
            _on_server(server=server, statement=f"DROP DATABASE {database}")
        shutil.rmtree(folder, ignore_errors=True)


def _prepare() -> None:
    from tequio.kernel import instance as kernel_instance

    kernel_instance.create()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tequio.project.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _with_database(*, server: str, database: str) -> str:
    """The same server's URL with another database."""
    rest, _, query = server.partition("?")
    return rest.rsplit("/", 1)[0] + f"/{database}" + (f"?{query}" if query else "")


def _on_server(*, server: str, statement: str) -> None:
    import dj_database_url
    import psycopg

    config = dj_database_url.parse(server)
    with psycopg.connect(
        host=config.get("HOST") or None,
        port=config.get("PORT") or None,
        user=config.get("USER") or None,
        password=config.get("PASSWORD") or None,
        dbname=config.get("NAME") or "postgres",
        autocommit=True,
    ) as connection:
        connection.execute(statement)
