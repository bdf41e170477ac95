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


@contextmanager
def counted() -> Iterator[Counter]:
    """Count the statements sent meanwhile."""
    from django.db import connection

    counter = Counter()
    with connection.execute_wrapper(counter):
        yield counter


def measure(*, members: int, seed: int, folder: Path) -> dict[str, Any]:
    """Bill `members` members, bill them again, list the debtors, and write the same rows bare.

    Times are wall seconds. The floor writes the rows of this very run into a copy of the database as it was
    before, with its indexes and triggers, one `executemany` (on PostgreSQL one COPY) after another, without posting.
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
        wall, cpu = time.perf_counter(), time.process_time()
        billing.run_dues(terms=terms, actor="bench", at=AT)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        statements = counter.statements
    again = time.perf_counter()
    second = billing.run_dues(terms=terms, actor="bench", at=AT)
    again = time.perf_counter() - again
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
        "seconds": round(wall, 3),
        "cpu_seconds": round(cpu, 3),
        "statements": statements,
        "statements_per_1000": round(statements * 1000 / members, 2),
        "floor_seconds": round(floor, 3),
        "ratio": round(wall / floor, 2),
        "rerun_seconds": round(again, 3),
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


def _floor(*, before: Path | None, folder: Path) -> float:
    return _floor_on_postgresql() if before is None else _floor_on_sqlite(before=before, folder=folder)


def _floor_on_sqlite(*, before: Path, folder: Path) -> float:
    """Seconds to insert the rows the run made into the copy, one table after another, in one transaction each chunk."""
    import sqlite3

    from django.conf import settings
    from django.db import connection

    columns = {table: _columns(table) for table in _TABLES}
    connection.close()
    source = sqlite3.connect(folder / "tequio.sqlite3")
    target = sqlite3.connect(before, isolation_level=None)
    target.executescript("PRAGMA foreign_keys=ON;" + settings.DATABASES["default"]["OPTIONS"]["init_command"])
    seconds = 0.0
    for table in _TABLES:
        names = ", ".join(f'"{name}"' for name in columns[table])
        marks = ", ".join("?" * len(columns[table]))
        (known,) = target.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - CONFIG: our tables
        rows = source.execute(f"SELECT {names} FROM {table} ORDER BY id LIMIT -1 OFFSET {known}")  # noqa: S608 - CONFIG: our tables
        posted = columns[table].index("posted") if "posted" in columns[table] else None
        while chunk := rows.fetchmany(_CHUNK):
            if posted is not None:
                chunk = [(*row[:posted], 0, *row[posted + 1 :]) for row in chunk]
            begin = time.perf_counter()
            target.execute("BEGIN IMMEDIATE")
            target.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", chunk)  # noqa: S608 - CONFIG: our tables
            target.execute("COMMIT")
            seconds += time.perf_counter() - begin
    source.close()
    target.close()
    return seconds


def _floor_on_postgresql() -> float:
    """Seconds to COPY the rows the run made into the tables emptied of them, table after table."""
    from django.db import connection

    held: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}
    seconds = 0.0
    with connection.cursor() as cursor:
        for table in _TABLES:
            columns = _columns(table)
            names = ", ".join(f'"{name}"' for name in columns)
            cursor.execute(f"SELECT {names} FROM {table} ORDER BY id")  # noqa: S608 - CONFIG: our tables
            held[table] = (columns, cursor.fetchall())
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(_TABLES)} CASCADE")
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for table in _TABLES:
            columns, rows = held[table]
            if "posted" in columns:
                at = columns.index("posted")
                rows = [(*row[:at], False, *row[at + 1 :]) for row in rows]
            names = ", ".join(f'"{name}"' for name in columns)
            for position in range(0, len(rows), _CHUNK):
                chunk = [_plain(row) for row in rows[position : position + _CHUNK]]
                begin = time.perf_counter()
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in chunk:
                        copy.write_row(row)
                seconds += time.perf_counter() - begin
    return seconds


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    import json

    return tuple(json.dumps(value) if isinstance(value, dict | list) else value for value in row)
