"""The full comparison: everything a server has against everything that is wanted of it.

What is missing or different is asked for again; what nobody here knows of is shown, and nothing is ever done about it
by itself. A comparison that could not be made says so, and then nothing of that server is shown as fine.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tequio.kernel import bulk
from tequio.rules.entitlement import State
from tequio.services.connectors import registry
from tequio.services.connectors.contract import Connector, Observed, Seen, Unreachable, seen_for
from tequio.services.connectors.credentials import digest_of
from tequio.services.models import Comparison, Drift, DriftKind, Job, JobState, Observation, ServiceAccount
from tequio.services.operations import wanting
from tequio.services.wanted_of import credentials_of, quotas_set

_LONGEST_SAID = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    """A difference found: its account or none, what it is, how it is wanted and seen."""

    account: int | None
    what: DriftKind
    wanted: str
    seen: str


def compare_all(*, now: Callable[[], datetime], actor: str) -> list[Comparison]:
    """Compare every connector of this instance; one that cannot be asked does not keep the others from it."""
    return [compare(connector=c, now=now, actor=actor) for c in registry.connectors().values()]


def compare(*, connector: Connector, now: Callable[[], datetime], actor: str) -> Comparison:
    """Compare one server with what is wanted of it, keep the differences, and ask for what is missing or different."""
    row = Comparison.objects.create(connector=connector.name, began_at=now())
    wanted = _wanted(connector=connector)
    try:
        seen = _everything(connector=connector)
    except Exception as error:  # noqa: BLE001 - CONFIG: whatever a connector raises, nothing is known of its server
        row.failed = (f"{error}" or type(error).__name__)[:_LONGEST_SAID]
        row.ended_at = now()
        row.save(update_fields=["failed", "ended_at"])
        return row
    found, states = _differences(wanted=wanted, seen=seen)
    with transaction.atomic():
        _keep(connector=connector, row=row, found=found, states=states, at=now(), actor=actor)
        row.accounts = len(wanted)
        row.ended_at = now()
        row.save()
    return row


def _wanted(*, connector: Connector) -> dict[tuple[str, str], tuple[int, str, int]]:
    """What is wanted of a server by (service, name): account, state, generation."""
    accounts = ServiceAccount.objects.filter(kind__code__in=sorted(connector.services))
    columns = ("kind__code", "name", "pk", "wanted", "generation")
    found = {}
    for code, name, pk, state, generation in bulk.rows(queryset=accounts.values_list(*columns)):
        found[code, name] = (pk, state, generation)
    return found


def _everything(*, connector: Connector) -> dict[tuple[str, str], Observed]:
    found: dict[tuple[str, str], Observed] = {}
    reported: Any = connector.observe(None)
    for observed in reported:
        if not isinstance(observed, Observed) or not isinstance(observed.state, Seen):
            raise Unreachable("it reports what no account can be")
        if observed.service not in connector.services:
            raise Unreachable(f"it reports the service {observed.service[:40]}, which it does not carry out")
        if observed.key in found:
            raise Unreachable(f"it reports {observed.name[:80]} twice")
        found[observed.key] = observed
    return found


def _differences(
    *, wanted: Mapping[tuple[str, str], tuple[int, str, int]], seen: Mapping[tuple[str, str], Observed]
) -> tuple[dict[tuple[str, str], _Difference], dict[int, str]]:
    """What differs, by (service, name), and how each known account was seen."""
    found: dict[tuple[str, str], _Difference] = {}
    states: dict[int, str] = {}
    digests = _digests() if any(o.digest is not None for o in seen.values()) else {}
    of_kind, of_one = quotas_set() if any(o.quota_mb is not None for o in seen.values()) else ({}, {})
    nothing = digest_of(())
    should = {state.value: seen_for(wanted=state) for state in State}
    for key, (pk, state, _) in wanted.items():
        observed = seen.get(key)
        now = observed.state if observed is not None else Seen.ABSENT
        states[pk] = now.value
        if now is not should[state]:
            what = DriftKind.MISSING if now is Seen.ABSENT else DriftKind.DIFFERENT
            found[key] = _Difference(account=pk, what=what, wanted=state, seen=now.value)
        elif (
            observed is not None
            and now is not Seen.ABSENT
            and (
                (observed.digest is not None and observed.digest != digests.get(pk, nothing))
                or observed.quota_mb not in (None, of_one.get(pk, of_kind.get(key[0], 0)))
            )
        ):
            found[key] = _Difference(account=pk, what=DriftKind.DIFFERENT, wanted=state, seen=now.value)
    for key, observed in seen.items():
        if key not in wanted and observed.state is not Seen.ABSENT:
            found[key] = _Difference(account=None, what=DriftKind.EXTRA, wanted="", seen=observed.state.value)
    return found, states


def _digests() -> dict[int, str]:
    return {pk: digest_of(credentials) for pk, credentials in credentials_of().items()}


def _keep(
    *,
    connector: Connector,
    row: Comparison,
    found: dict[tuple[str, str], _Difference],
    states: Mapping[int, str],
    at: datetime,
    actor: str,
) -> None:
    """Keep differences as rows, end those that are gone, and ask for what is missing or different.

    What is under way is no difference yet: an account with a job that waits, or that moved on while the server was
    being looked at.
    """
    candidates = [d.account for d in found.values() if d.account is not None]
    waits = Job.objects.filter(account_id__in=bulk.these(candidates), state__in=[JobState.WAITING, JobState.DEAD])
    under_way = set(waits.values_list("account_id", flat=True))
    moved = ServiceAccount.objects.filter(pk__in=bulk.these(candidates))
    now = dict(moved.values_list("pk", "wanted"))
    found = {
        key: d
        for key, d in found.items()
        if d.account is None or (d.account not in under_way and now.get(d.account) == d.wanted)
    }
    open_ones: dict[tuple[str, str], Any] = {
        (d.kind, d.name): d for d in Drift.objects.filter(connector=connector.name, ended_at__isnull=True)
    }
    gone = [d.pk for key, d in open_ones.items() if key not in found]
    Drift.objects.filter(pk__in=bulk.these(gone)).update(ended_at=at)
    goes_on = []
    for key, difference in found.items():
        there = open_ones.get(key)
        if there is not None:
            goes_on.append(
                (difference.what.value, difference.wanted, difference.seen, bulk.stored_moment(at), there.pk)
            )
    bulk.update_by_id(model=Drift, columns=("what", "wanted", "seen", "last_seen_at"), rows=goes_on)
    Drift.objects.bulk_create(
        [
            Drift(
                connector=connector.name,
                kind=key[0],
                name=key[1][:254],
                account_id=d.account,
                what=d.what,
                wanted=d.wanted,
                seen=d.seen,
                first_seen_at=at,
                last_seen_at=at,
            )
            for key, d in found.items()
            if key not in open_ones
        ],
        batch_size=500,
    )
    _remember_changed(states=states, at=at)
    mend = [d.account for d in found.values() if d.account is not None]
    if mend:
        wanting.ask_again(account_pks=mend, actor=actor, at=at)
    row.missing = sum(1 for d in found.values() if d.what is DriftKind.MISSING)
    row.extra = sum(1 for d in found.values() if d.what is DriftKind.EXTRA)
    row.different = sum(1 for d in found.values() if d.what is DriftKind.DIFFERENT)


def _remember_changed(*, states: Mapping[int, str], at: datetime) -> None:
    """Write observations that changed; that the others were seen again stands in the comparison."""
    known = {
        pk: (row, state, failed)
        for row, pk, state, failed in bulk.rows(
            queryset=Observation.objects.values_list("pk", "account_id", "state", "failed_at")
        )
    }
    moment = bulk.stored_moment(at)
    new = [(pk, state, moment, "") for pk, state in states.items() if pk not in known]
    bulk.insert(model=Observation, columns=("account_id", "state", "seen_at", "said"), rows=new)
    rows = [
        (state, moment, None, "", known[pk][0])
        for pk, state in states.items()
        if pk in known and (known[pk][1] != state or known[pk][2] is not None)
    ]
    bulk.update_by_id(model=Observation, columns=("state", "seen_at", "failed_at", "said"), rows=rows)
