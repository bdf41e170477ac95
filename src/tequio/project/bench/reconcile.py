"""`tequio bench reconcile`: a full comparison of a hundred thousand accounts, and a thousand changes carried out."""

import resource
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from tequio.project.bench.measuring import Stopwatch, counted

AT = datetime(2016, 7, 15, 12, tzinfo=UTC)
_EACH = 10  # accounts of a member
_CHANGES = 1000
_SERVICE = "mailbox"


def measure(*, accounts: int, seed: int) -> dict[str, Any]:
    """Give members ten mailboxes each on a server in memory, compare everything, then suspend a thousand of them.

    `seconds` is working out how everybody's accounts are wanted, and comparing all of them and their app passwords with
    everything the server reports, with nothing to change. `changes_seconds` is the same look at everybody after a
    thousand accounts' owners were disabled, and carrying those out: claimed, asked, looked at and written down.
    """
    from django.db import connection

    from tequio.members.models import Member
    from tequio.project.bench.members import make_members
    from tequio.project.rulebook import SAMPLE, load_rules
    from tequio.services.connectors import registry
    from tequio.services.models import Comparison, Job, JobState
    from tequio.services.operations.comparing import compare
    from tequio.services.operations.reconciling import work_off
    from tequio.services.operations.suspending import align

    load_rules(path=SAMPLE, actor="bench", at=AT)
    make_members(count=accounts // _EACH, seed=seed, year=AT.year)
    Member.objects.update(operations=True)
    _offer()
    server = _Server()
    _open(accounts=accounts, server=server)
    align(actor="bench", at=AT)  # the reasons of what was put straight into the tables
    with registry.instead(server):
        compare(connector=server, now=lambda: AT, actor="bench")  # the first look at each is written down
        looked = Stopwatch()
        with counted() as counter, looked:
            align(actor="bench", at=AT)
            row = compare(connector=server, now=lambda: AT, actor="bench")
        statements = counter.statements
        drift = row.missing + row.extra + row.different
        few = list(Member.objects.order_by("pk").values_list("pk", flat=True)[: _CHANGES // _EACH])
        Member.objects.filter(pk__in=few).update(standing="disabled", standing_since=date(2016, 7, 15))
        changed = Stopwatch()
        with changed:
            aligned = align(actor="bench", at=AT)
            worked = work_off(now=lambda: AT)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "accounts": row.accounts,
        "members": accounts // _EACH,
        "engine": connection.vendor,
        "drift": drift,
        "failed": row.failed,
        "seconds": round(looked.wall, 3),
        "cpu_seconds": round(looked.cpu, 3),
        "statements": statements,
        "changes": aligned.suspended,
        "changes_done": worked.done,
        "changes_seconds": round(changed.wall, 3),
        "changes_cpu_seconds": round(changed.cpu, 3),
        "left": Job.objects.filter(state=JobState.WAITING).count(),
        "comparisons": Comparison.objects.count(),
        "peak_mb": round(peak),
    }


class _Server:
    """A server in memory that does what it is asked."""

    name = "memory"
    services = frozenset({_SERVICE})

    def __init__(self) -> None:
        from tequio.services.connectors.contract import Answer, Outcome, Seen
        from tequio.services.connectors.credentials import digest_of

        self._done, self._seen, self._digest = Answer(outcome=Outcome.DONE), Seen, digest_of
        self.accounts: dict[tuple[str, str], tuple[Any, str]] = {}

    def ensure(self, wanted: Sequence[Any], /) -> list[Any]:
        return self._left(wanted, self._seen.OPEN)

    def limit(self, wanted: Sequence[Any], /) -> list[Any]:
        return self._left(wanted, self._seen.LIMITED)

    def suspend(self, wanted: Sequence[Any], /) -> list[Any]:
        return self._left(wanted, self._seen.SUSPENDED)

    def resume(self, wanted: Sequence[Any], /) -> list[Any]:
        return self._left(wanted, self._seen.OPEN)

    def remove(self, wanted: Sequence[Any], /) -> list[Any]:
        return self._left(wanted, self._seen.ABSENT)

    def observe(self, names: Sequence[tuple[str, str]] | None, /) -> Iterator[Any]:
        from tequio.services.connectors.contract import Observed

        for key in self.accounts if names is None else names:
            state, digest = self.accounts.get(key, (self._seen.ABSENT, ""))
            yield Observed(service=key[0], name=key[1], state=state, digest=digest)

    def _left(self, wanted: Sequence[Any], state: Any) -> list[Any]:
        for one in wanted:
            self.accounts[one.key] = (state, self._digest(one.credentials))
        return [self._done] * len(wanted)


def _offer() -> None:
    from tequio.services.operations.settings import change_settings

    change_settings(
        breaker_share=10_000,
        breaker_fewest=0,
        export_days=30,
        most_tries=8,
        domains=["example.org"],
        actor="bench",
        at=AT,
    )


@transaction.atomic  # outside one SQLite commits every single row
def _open(*, accounts: int, server: _Server) -> None:
    """Put accounts and an app password of each straight into the tables, and on the server as they are wanted."""
    from tequio.kernel import bulk
    from tequio.members.models import Member
    from tequio.services.connectors.contract import Credential
    from tequio.services.models import AppPassword, ServiceAccount, ServiceKind

    kind = ServiceKind.objects.get(code=_SERVICE).pk
    members = list(Member.objects.order_by("pk").values_list("pk", flat=True))
    day, moment = bulk.stored_day(AT.date()), bulk.stored_moment(AT)
    bulk.insert(
        model=ServiceAccount,
        columns=(
            *("member_id", "kind_id", "name", "held_by", "wanted", "on_hold", "why_en", "why_es", "wanted_since"),
            *("generation", "opened_on", "opened_by", "closed_by"),
        ),
        rows=[
            (
                *(members[n % len(members)], kind, f"m{n}@example.org", "", "open", False, "", "", moment),
                *(1, day, "bench", ""),
            )
            for n in range(accounts)
        ],
    )
    made = list(ServiceAccount.objects.order_by("pk").values_list("pk", "name"))
    bulk.insert(
        model=AppPassword,
        columns=("account_id", "ident", "hash", "protocol", "device", "made_at", "made_by", "revoked_by"),
        rows=[(pk, f"k{pk}", f"$6$rounds=1000$s${pk}", "", "phone", moment, "bench", "") for pk, _ in made],
    )
    from tequio.services.connectors.contract import Seen
    from tequio.services.connectors.credentials import digest_of

    for pk, name in made:
        credential = Credential(ident=f"k{pk}", hash=f"$6$rounds=1000$s${pk}")
        server.accounts[_SERVICE, name] = (Seen.OPEN, digest_of((credential,)))
