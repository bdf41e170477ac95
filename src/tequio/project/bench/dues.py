"""`tequio bench dues`: a dues run over many members, against a floor of the very same rows."""

import resource
import statistics
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tequio.project.bench.floor import floor, snapshot
from tequio.project.bench.measuring import Stopwatch, counted

AS_OF = date(2016, 7, 15)
AT = datetime(2016, 7, 15, 12, tzinfo=UTC)
# What a dues run writes, in an order in which every row finds what it points at.
_TABLES = ("runs_run", "ledger_entry", "ledger_leg", "dues_invoice", "dues_invoiceline", "journal_event")


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
    before = snapshot(folder=folder)
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
    bare = floor(before=before, folder=folder, tables=_TABLES)
    return {
        "engine": connection.vendor,
        "members": members,
        **counts,
        "seconds": round(first.wall, 3),
        "cpu_seconds": round(first.cpu, 3),
        "statements": statements,
        "statements_per_1000": round(statements * 1000 / members, 2),
        "floor_seconds": round(bare.wall, 3),
        "floor_cpu_seconds": round(bare.cpu, 3),
        "ratio": round(first.wall / bare.wall, 2),
        "rerun_seconds": round(again.wall, 3),
        "rerun_cpu_seconds": round(again.cpu, 3),
        "rerun_made": 0 if second.run_pk is None else -1,
        "debtors_ms": round(statistics.median(looks), 1),
        "debtors_statements": counter.statements,
        "peak_mb": round(peak, 1),
    }
