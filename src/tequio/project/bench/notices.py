"""`tequio bench notices`: a night on which some ten thousand notices are due, against a floor of the same rows."""

import resource
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tequio.project.bench.floor import floor, snapshot
from tequio.project.bench.measuring import Stopwatch, counted

AS_OF = date(2016, 7, 15)
AT = datetime(2016, 7, 15, 12, tzinfo=UTC)
_LATE = timedelta(days=40)  # the first step of every open charge is due by then
_ONE_IN = 8  # members that are late
_WRITTEN = 2_000
# What a night of follow-up writes, in an order in which every row finds what it points at.
_TABLES = ("followup_dispatch", "followup_notice", "mail_outgoingmail", "journal_event")


class _Nowhere:
    """A way out for mail that takes everything at once and keeps nothing."""

    def open(self) -> None:
        """Nothing to open."""

    def send(self, *, message: Any, name: str) -> None:  # noqa: ARG002 - CONFIG: a transport's own words
        """Make the whole message, as a mail server would be given it."""
        message.message().as_bytes()

    def close(self) -> None:
        """Nothing is open."""


def measure(*, members: int, seed: int, folder: Path) -> dict[str, Any]:
    """Bill `members` members of whom one in eight does not pay, and put down the notices due, twice.

    `sent` counts the notices put down and into the queue of mail, which is what a night does at once; `seconds` is for
    that alone. Each mail is written, handed over and marked when it goes out, measured apart on two thousand of them:
    `written_per_second`, and in `night_seconds` what all of them would take together. One process, and in place of a
    mail server one that takes everything at once.
    """
    from django.db import connection
    from django.db.models import F

    from tequio.centers.models import Center
    from tequio.dues.models import Invoice
    from tequio.dues.operations import billing
    from tequio.followup.models import MoneyKnown
    from tequio.followup.operations.making import make_notices
    from tequio.kernel.mail.models import MailState, OutgoingMail
    from tequio.kernel.mail.sending import deliver_waiting
    from tequio.project.bench.members import make_members
    from tequio.project.rulebook import SAMPLE, load_rules

    load_rules(path=SAMPLE, actor="bench", at=AT)
    make_members(count=members, seed=seed, year=AS_OF.year)
    billing.run_dues(terms=billing.terms_of(as_of=AS_OF), actor="bench", at=AT)
    # Not payments: what the follow-up asks of a charge is what is left of it.
    on_time = Invoice.objects.annotate(lot=F("id") % _ONE_IN).exclude(lot=0)
    on_time.update(rest=0, settled_on=AS_OF)
    at = AT + _LATE
    for center in Center.objects.order_by("pk"):
        MoneyKnown.objects.create(center=center, through=at.date(), entered_by="bench", entered_at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a nightly tick's database would be
    before = snapshot(folder=folder)
    with counted() as counter:
        first = Stopwatch()
        with first:
            made = make_notices(actor="bench", at=at)
        statements = counter.statements
    again = Stopwatch()
    with again:
        second = make_notices(actor="bench", at=at)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bare = floor(before=before, folder=folder, tables=_TABLES)
    written, writing = 0, Stopwatch()
    with writing:
        while written < min(_WRITTEN, made.mails):
            written += deliver_waiting(at=at, transport=_Nowhere()).sent
    waiting = OutgoingMail.objects.filter(state=MailState.WAITING).count()
    return {
        "engine": connection.vendor,
        "members": members,
        "sent": made.mails,
        "seconds": round(first.wall, 3),
        "cpu_seconds": round(first.cpu, 3),
        "sent_per_second": round(made.mails / first.wall),
        "statements": statements,
        "statements_per_1000": round(statements * 1000 / max(made.mails, 1), 2),
        "second_run_sent": second.dispatches,
        "second_run_seconds": round(again.wall, 3),
        "floor_seconds": round(bare.wall, 3),
        "ratio": round(first.wall / bare.wall, 2),
        "written": written,
        "written_per_second": round(written / writing.wall, 1),
        "written_cpu_ms_each": round(writing.cpu * 1000 / written, 2),
        "night_seconds": round(first.wall + writing.wall * made.mails / written, 1),
        "still_waiting": waiting,
        "peak_mb": round(peak, 1),
    }
