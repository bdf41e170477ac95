"""The floor of a benchmark: the very same rows, written bare into a copy of the database as it was before."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tequio.project.bench.measuring import Stopwatch

_CHUNK = 10_000


def snapshot(*, folder: Path) -> Path | None:
    """On SQLite, a copy of the database as it is now; on PostgreSQL the tables are emptied later instead."""
    from django.db import connection

    if connection.vendor == "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = folder / "before.sqlite3"
    shutil.copyfile(folder / "tequio.sqlite3", copy)
    return copy


def _columns(table: str) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def floor(*, before: Path | None, folder: Path, tables: Sequence[str]) -> Stopwatch:
    """How long the rows that `tables` gained since `before` take alone, table after table in the order given."""
    if before is None:
        return _floor_on_postgresql(tables=tables)
    return _floor_on_sqlite(before=before, folder=folder, tables=tables)


def _floor_on_sqlite(*, before: Path, folder: Path, tables: Sequence[str]) -> Stopwatch:
    """How long the run's rows take into the copy, one table after another, a transaction for each chunk."""
    import sqlite3

    from django.conf import settings
    from django.db import connection

    columns = {table: _columns(table) for table in tables}
    connection.close()
    source = sqlite3.connect(folder / "tequio.sqlite3")
    target = sqlite3.connect(before, isolation_level=None)
    target.executescript("PRAGMA foreign_keys=ON;" + settings.DATABASES["default"]["OPTIONS"]["init_command"])
    watch = Stopwatch()
    for table in tables:
        names = ", ".join(f'"{name}"' for name in columns[table])
        marks = ", ".join("?" * len(columns[table]))
        (known,) = target.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - CONFIG: our tables
        rows = source.execute(f"SELECT {names} FROM {table} ORDER BY id LIMIT -1 OFFSET {known}")  # noqa: S608 - CONFIG: our tables
        posted = columns[table].index("posted") if "posted" in columns[table] else None
        while chunk := rows.fetchmany(_CHUNK):
            if posted is not None:
                chunk = [(*row[:posted], 0, *row[posted + 1 :]) for row in chunk]
            with watch:
                target.execute("BEGIN IMMEDIATE")
                target.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", chunk)  # noqa: S608 - CONFIG: our tables
                target.execute("COMMIT")
    source.close()
    target.close()
    return watch


def _floor_on_postgresql(*, tables: Sequence[str]) -> Stopwatch:
    """How long it takes to COPY the rows the run made into the tables emptied of them, table after table.

    The rows wait in temporary tables meanwhile: a million members come to more of them than memory should hold.
    """
    from django.db import connection

    watch = Stopwatch()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TEMPORARY TABLE held_{table} AS SELECT * FROM {table}")  # noqa: S608 - CONFIG: our tables
            cursor.execute(f"ALTER TABLE held_{table} ADD PRIMARY KEY (id)")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for table in tables:
            columns = _columns(table)
            names = ", ".join(f'"{name}"' for name in columns)
            for chunk in _held(table=table, columns=columns):
                with watch, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in chunk:
                        copy.write_row(row)
    return watch


def _held(*, table: str, columns: list[str]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows put aside of a table, as drafts where it knows drafts, in chunks by id."""
    from django.db import connection

    names = ", ".join("FALSE" if name == "posted" else f'"{name}"' for name in columns)
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {names} FROM held_{table} WHERE id > %s ORDER BY id LIMIT %s",  # noqa: S608 - CONFIG: our tables
                [last, _CHUNK],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield [_plain(row[1:]) for row in rows]


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    import json

    return tuple(json.dumps(value) if isinstance(value, dict | list) else value for value in row)
