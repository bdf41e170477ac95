"""`tequio bench dues`: a dues run over many members, against a floor of the very same rows."""

import resource
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

AS_OF = date(2016, 7, 15)
AT = datetime(2016, 7, 15, 12, tzinfo=UTC)
_CHUNK = 10_000
# What a dues run writes, in an order in which every row finds what it points at.
_TABLES = ("runs_run", "ledger_entry", "ledger_leg", "dues_invoice", "dues_invoiceline", "journal_event")


class Counter:
    """Counts statements sent to the database, as Django's execute_wrapper sees them; COPY counts by itself."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count one statement and let it through."""
        self.statements += 1
        return execute(sql, params, many, context)


class Stopwatch:
    """Seconds spent inside its `with` blocks: on the wall, and of this process's CPU, which a busy machine spares."""

    def __init__(self) -> None:
        self.wall = 0.0
        self.cpu = 0.0

    def __enter__(self) -> None:
        self.wall -= time.perf_counter()
        self.cpu -= time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter()
        self.cpu += time.process_time()


@contextmanager
def counted() -> Iterator[Counter]:
    """Count the statements sent meanwhile."""
    from django.db import connection

    counter = Counter()
    with connection.execute_wrapper(counter):
        yield counter


def measure(*, members: int, seed: int, folder: Path) -> dict[str, Any]:
    """Bill `members` members, bill them again, list the debtors, and write the same rows bare.

    Times are wall seconds, and CPU seconds where the name says so. The floor writes the rows of this very run into a
    copy of the database as it was before, with its indexes and triggers, one `executemany` (on PostgreSQL one COPY)
    after another, without posting.
    """
    from django.db import connection

    from tequio.dues.debtors import debtors
    from tequio.dues.models import Invoice, InvoiceLine
    from tequio.dues.operations import billing
    from tequio.ledger.models import Entry, Leg
    from tequio.project.bench.members import make_members
    from tequio.project.rulebook import SAMPLE, load_rules

    load_rules(path=SAMPLE, actor="bench", at=AT)
    make_members(count=members, seed=seed, year=AS_OF.year)
    before = _snapshot(folder=folder)
    terms = billing.terms_of(as_of=AS_OF)
    with counted() as counter:
        first = Stopwatch()
        with first:
            billing.run_dues(terms=terms, actor="bench", at=AT)
        statements = counter.statements
    again = Stopwatch()
    with again:
        second = billing.run_dues(terms=terms, actor="bench", at=AT)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a nightly tick's database would be
    late = AS_OF + timedelta(days=60)
    looks = []
    for _ in range(5):
        look = time.perf_counter()
        with counted() as counter:
            debtors(on=late, first=50)
        looks.append((time.perf_counter() - look) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = {
        "invoices": Invoice.objects.filter(run__isnull=False).count(),
        "lines": InvoiceLine.objects.filter(invoice__run__isnull=False).count(),
        "entries": Entry.objects.count(),
        "legs": Leg.objects.count(),
    }
    floor = _floor(before=before, folder=folder)
    return {
        "engine": connection.vendor,
        "members": members,
        **counts,
        "seconds": round(first.wall, 3),
        "cpu_seconds": round(first.cpu, 3),
        "statements": statements,
        "statements_per_1000": round(statements * 1000 / members, 2),
        "floor_seconds": round(floor.wall, 3),
        "floor_cpu_seconds": round(floor.cpu, 3),
        "ratio": round(first.wall / floor.wall, 2),
        "rerun_seconds": round(again.wall, 3),
        "rerun_cpu_seconds": round(again.cpu, 3),
        "rerun_made": 0 if second.run_pk is None else -1,
        "debtors_ms": round(statistics.median(looks), 1),
        "debtors_statements": counter.statements,
        "peak_mb": round(peak, 1),
    }


def _snapshot(*, folder: Path) -> Path | None:
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


def _floor(*, before: Path | None, folder: Path) -> Stopwatch:
    return _floor_on_postgresql() if before is None else _floor_on_sqlite(before=before, folder=folder)


def _floor_on_sqlite(*, before: Path, folder: Path) -> Stopwatch:
    """How long the run's rows take into the copy, one table after another, a transaction for each chunk."""
    import sqlite3

    from django.conf import settings
    from django.db import connection

    columns = {table: _columns(table) for table in _TABLES}
    connection.close()
    source = sqlite3.connect(folder / "tequio.sqlite3")
    target = sqlite3.connect(before, isolation_level=None)
    target.executescript("PRAGMA foreign_keys=ON;" + settings.DATABASES["default"]["OPTIONS"]["init_command"])
    floor = Stopwatch()
    for table in _TABLES:
        names = ", ".join(f'"{name}"' for name in columns[table])
        marks = ", ".join("?" * len(columns[table]))
        (known,) = target.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - CONFIG: our tables
        rows = source.execute(f"SELECT {names} FROM {table} ORDER BY id LIMIT -1 OFFSET {known}")  # noqa: S608 - CONFIG: our tables
        posted = columns[table].index("posted") if "posted" in columns[table] else None
        while chunk := rows.fetchmany(_CHUNK):
            if posted is not None:
                chunk = [(*row[:posted], 0, *row[posted + 1 :]) for row in chunk]
            with floor:
                target.execute("BEGIN IMMEDIATE")
                target.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", chunk)  # noqa: S608 - CONFIG: our tables
                target.execute("COMMIT")
    source.close()
    target.close()
    return floor


def _floor_on_postgresql() -> Stopwatch:
    """How long it takes to COPY the rows the run made into the tables emptied of them, table after table.

    The rows wait in temporary tables meanwhile: a million members come to more of them than memory should hold.
    """
    from django.db import connection

    floor = Stopwatch()
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"CREATE TEMPORARY TABLE held_{table} AS SELECT * FROM {table}")  # noqa: S608 - CONFIG: our tables
            cursor.execute(f"ALTER TABLE held_{table} ADD PRIMARY KEY (id)")
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(_TABLES)} CASCADE")
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for table in _TABLES:
            columns = _columns(table)
            names = ", ".join(f'"{name}"' for name in columns)
            for chunk in _held(table=table, columns=columns):
                with floor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in chunk:
                        copy.write_row(row)
    return floor


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
