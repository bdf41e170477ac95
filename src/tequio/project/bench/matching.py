"""`tequio bench matching`: a statement of a hundred thousand lines against as many open invoices."""

import random
import resource
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tequio.project.bench.measuring import Stopwatch, counted

AS_OF = date(2016, 7, 15)
AT = datetime(2016, 7, 15, 12, tzinfo=UTC)
_WITHOUT_REFERENCE = 200  # one line in so many has a name only
_POSTED = 500
_DAYS = 28


def measure(*, transactions: int, seed: int) -> dict[str, Any]:
    """Bill members, write a statement in which nearly everybody pays, and say whose each line is.

    `seconds` is reading the file, holding it against what is there, and matching, as `--dry-run` does; `saved_seconds`
    is doing it once more and putting the lines down. Posting is measured apart, on five hundred of the lines: what it
    does for each is a payment with its entry, its allocation, the standing and the journal.
    """
    from django.db import connection

    from tequio.banking.models import BankAccount, BankLine, LineState
    from tequio.banking.operations.importing import import_statement
    from tequio.banking.operations.posting import post_queued
    from tequio.dues.models import Invoice
    from tequio.dues.operations import billing
    from tequio.project.bench.members import IN_MEXICO, STARTING_LATER, make_members
    from tequio.project.rulebook import SAMPLE, load_rules

    load_rules(path=SAMPLE, actor="bench", at=AT)
    # Enough members that the center in New York has as many open invoices as there are lines.
    make_members(
        count=round(transactions / (1 - IN_MEXICO) / (1 - STARTING_LATER) * 1.02) + 50, seed=seed, year=AS_OF.year
    )
    billing.run_dues(terms=billing.terms_of(as_of=AS_OF), actor="bench", at=AT)
    account = BankAccount.objects.get(code="us-bank")
    raw = _statement(account_center=account.center_id, transactions=transactions, seed=seed)
    at = AT + timedelta(days=40)
    with counted() as counter:
        looked = Stopwatch()
        with looked:
            said = import_statement(account_code="us-bank", raw=raw, actor="bench", at=at, dry_run=True)
        statements = counter.statements
    matched, suggested, unmatched = said.matched, said.suggested, said.unmatched
    del said
    saved = Stopwatch()
    with saved:
        import_statement(account_code="us-bank", raw=raw, actor="bench", at=at, post=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    few = BankLine.objects.filter(state=LineState.QUEUED).order_by("pk").values_list("pk", flat=True)[:_POSTED]
    last = list(few)[-1]
    BankLine.objects.filter(state=LineState.QUEUED, pk__gt=last).update(state=LineState.OPEN)
    posted = Stopwatch()
    with posted:
        count = post_queued(account=account, actor="bench", at=at)
    return {
        "engine": connection.vendor,
        "transactions": transactions,
        "open_invoices": Invoice.objects.filter(center=account.center_id, rest__gt=0).count() + count,
        "matched": matched,
        "suggested": suggested,
        "unmatched": unmatched,
        "seconds": round(looked.wall, 3),
        "cpu_seconds": round(looked.cpu, 3),
        "statements": statements,
        "saved_seconds": round(saved.wall, 3),
        "posted": count,
        "posted_per_second": round(count / posted.wall, 1),
        "peak_mb": round(peak, 1),
    }


def _statement(*, account_center: int, transactions: int, seed: int) -> bytes:
    """A bank's CSV with running balances: each line one invoice, paid whole, in part or with a little more."""
    from tequio.dues.models import Invoice
    from tequio.dues.references import iso_reference

    rng = random.Random(seed)
    rows = Invoice.objects.filter(center_id=account_center, rest__gt=0).order_by("pk")
    balance = 1_000_000
    lines = ["Date,Description,Amount,Balance"]
    for place, (number, rest, name) in enumerate(rows.values_list("number", "rest", "member__name")[:transactions]):
        amount = rest if place % 10 else rng.randrange(100, rest + 500)
        balance += amount
        on = AS_OF + timedelta(days=place * _DAYS // transactions)
        text = f"ZELLE FROM {name}"
        if place % _WITHOUT_REFERENCE:
            text += f" {iso_reference(number=number)}"
        lines.append(f"{on},{text},{amount / 100:.2f},{balance / 100:.2f}")
    return "\n".join([*lines, ""]).encode()
