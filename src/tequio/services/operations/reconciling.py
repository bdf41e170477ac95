"""Carrying out what is wanted: jobs are claimed, asked of their connector, looked at afterwards, and only then done.

Two processes at once never hold the same job: it is claimed by one conditional UPDATE, for `LEASE`. One that is killed
after asking a server and before writing it down loses its claim by and by, and the same is asked again: the verbs are
idempotent. One that is overtaken (its job was passed while it was asking) asks again for how the account is wanted
now, so that an order that came late does not stay. A server that cannot be asked costs nobody a try.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, When

from tequio.kernel import bulk
from tequio.rules.entitlement import State
from tequio.rules.reasons import Text
from tequio.services.connectors import registry
from tequio.services.connectors.contract import (
    Answer,
    Connector,
    Observed,
    Outcome,
    Seen,
    Unreachable,
    Verb,
    Wanted,
    ask,
    seen_for,
    verb_for,
)
from tequio.services.connectors.credentials import digest_of
from tequio.services.models import Application, Job, JobState, Observation, SeenState
from tequio.services.operations import wanting
from tequio.services.operations.settings import settings
from tequio.services.wanted_of import wanted_of

LEASE = timedelta(minutes=10)
BATCH = 250
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
UNREACHABLE_WAIT = timedelta(minutes=1)
_LONGEST_SAID = 300
_AHEAD = 1000

_OTHERWISE = Text(en="The server was asked, and is not as wanted.", es="Se le pidió al servidor y no quedó como debe.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What became of the jobs that could be claimed. `unreachable` are the connectors that could not be asked."""

    done: int = 0
    failed: int = 0
    dead: int = 0
    unreachable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A job this process holds."""

    pk: int
    account: int
    generation: int
    tries: int
    service: str
    seen: str | None


def work_off(*, now: Callable[[], datetime], most: int | None = None, actor: str = "program") -> Worked:
    """Work on what waits until nothing that may be claimed is left, or on `most` jobs; openings before closings.

    `now` is asked again for every batch. Jobs of services without a connector wait for a person.
    """
    by_service = registry.by_service(registry.connectors())
    failed = dead = 0
    done = _settle_own(tied=list(by_service), at=now())
    out: set[str] = set()
    left = most
    while left is None or left > 0:
        within = [service for service, connector in by_service.items() if connector.name not in out]
        claimed, token = _claim(services=within, most=min(BATCH, left or BATCH), at=now())
        if not claimed:
            break
        if left is not None:
            left -= len(claimed)
        grouped: dict[str, list[_Claimed]] = {}
        for job in claimed:
            grouped.setdefault(by_service[job.service].name, []).append(job)
        for name, jobs in grouped.items():
            connector = by_service[jobs[0].service]
            result = _carry_out(connector=connector, jobs=jobs, token=token, now=now, actor=actor)
            if result is None:
                out.add(name)
                failed += len(jobs)
            else:
                done, failed, dead = done + result.done, failed + result.failed, dead + result.dead
    return Worked(done=done, failed=failed, dead=dead, unreachable=tuple(sorted(out)))


@transaction.atomic
def _settle_own(*, tied: Sequence[str], at: datetime) -> int:
    """Settle what this program carries out itself: sign-in to applications asks how an account is wanted every time.

    Only for services with an open application that no connector looks after.
    """
    own = Application.objects.filter(closed_on__isnull=True).exclude(kind__code__in=tied).values("kind")
    rows = list(
        Job.objects.select_for_update(of=("self",))
        .filter(state=JobState.WAITING, account__kind__in=own)
        .order_by("pk")
        .values_list("pk", "account_id", "wanted")
    )
    if rows:
        settled = Job.objects.filter(pk__in=bulk.these([row[0] for row in rows]))
        settled.update(state=JobState.DONE, verb="sign-in", done_at=at, seen_at=at)
        remember(looks=[(account, seen_for(wanted=State(wanted)).value) for _, account, wanted in rows], at=at)
    return len(rows)


def claimable(*, at: datetime) -> Q:
    """Which jobs may be claimed at a moment.

    Moments further ahead than any wait or lease is long were written before the clock was put back: they do not count.
    """
    due = Q(not_before__lte=at) | Q(not_before__gt=at + LONGEST_WAIT)
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at) | Q(claimed_until__gt=at + LEASE)
    return Q(state=JobState.WAITING) & due & free


def _claim(*, services: Sequence[str], most: int, at: datetime) -> tuple[list[_Claimed], str]:
    token = secrets.token_hex(12)
    if not services:
        return [], token
    wanted = Job.objects.filter(claimable(at=at), account__kind__code__in=services)
    pks = list(wanted.order_by("-urgent", "not_before", "pk").values_list("pk", flat=True)[:most])
    if not pks:
        return [], token
    mine = Job.objects.filter(claimable(at=at), pk__in=bulk.these(pks))
    if not mine.update(claimed_by=token, claimed_until=at + LEASE, tries=F("tries") + 1):
        return [], token
    rows = Job.objects.filter(claimed_by=token).order_by("-urgent", "pk")
    columns = ("pk", "account_id", "generation", "tries", "account__kind__code", "account__observation__state")
    return [_Claimed(*row) for row in rows.values_list(*columns)], token


def _carry_out(
    *, connector: Connector, jobs: Sequence[_Claimed], token: str, now: Callable[[], datetime], actor: str
) -> Worked | None:
    """Ask a connector for these jobs and write down what came of it; None where it could not be asked."""
    accounts = wanted_of(account_pks=[job.account for job in jobs])
    answers: dict[int, Answer] = {}
    verbs: dict[int, str] = {}
    try:
        for verb, group in _by_verb(jobs=jobs, accounts=accounts).items():
            given = ask(connector=connector, verb=verb, wanted=[accounts[job.account] for job in group])
            for job, answer in zip(group, given, strict=True):
                answers[job.pk], verbs[job.pk] = answer, verb.value
        seen = _looked_at(connector=connector, accounts=[accounts[job.account] for job in jobs])
    except Exception as error:  # noqa: BLE001 - CONFIG: whatever a connector raises, nothing is known of its server
        _put_off(jobs=jobs, token=token, error=error, at=now())
        return None
    return _write_down(
        jobs=jobs, accounts=accounts, answers=answers, verbs=verbs, seen=seen, token=token, at=now(), actor=actor
    )


def _by_verb(*, jobs: Iterable[_Claimed], accounts: Mapping[int, Wanted]) -> dict[Verb, list[_Claimed]]:
    grouped: dict[Verb, list[_Claimed]] = {}
    for job in jobs:
        seen = Seen(job.seen) if job.seen not in {None, SeenState.UNKNOWN.value} else None
        grouped.setdefault(verb_for(wanted=accounts[job.account].state, seen=seen), []).append(job)
    return grouped


def _looked_at(*, connector: Connector, accounts: Sequence[Wanted]) -> dict[tuple[str, str], Observed]:
    found: dict[tuple[str, str], Observed] = {}
    reported: Any = connector.observe([account.key for account in accounts])
    for observed in reported:
        if not isinstance(observed, Observed) or not isinstance(observed.state, Seen):
            raise Unreachable("it reports what no account can be")
        found[observed.key] = observed
    return found


def as_wanted(*, wanted: Wanted, seen: Observed | None) -> bool:
    """Whether an account is seen as it is wanted, its app passwords and quota included where the server can tell."""
    if seen is None or seen.state is not seen_for(wanted=wanted.state):
        return False
    if wanted.state is State.REMOVED:
        return True
    fits = seen.quota_mb is None or seen.quota_mb == (wanted.quota_mb or 0)
    return fits and (seen.digest is None or seen.digest == digest_of(wanted.credentials))


@transaction.atomic
def _write_down(
    *,
    jobs: Sequence[_Claimed],
    accounts: Mapping[int, Wanted],
    answers: Mapping[int, Answer],
    verbs: Mapping[int, str],
    seen: Mapping[tuple[str, str], Observed],
    token: str,
    at: datetime,
    actor: str,
) -> Worked:
    most_tries = settings().most_tries
    still = dict(
        Job.objects.select_for_update()
        .filter(pk__in=bulk.these([job.pk for job in jobs]), claimed_by=token, state=JobState.WAITING)
        .order_by("pk")
        .values_list("pk", "first_failed_at")
    )
    overtaken, behind, looks = [], [], []
    good: list[tuple[object, ...]] = []
    bad: list[tuple[object, ...]] = []
    dead = 0
    moment = bulk.stored_moment(at)
    for job in jobs:
        wanted, answer = accounts[job.account], answers[job.pk]
        observed = seen.get(wanted.key)
        looks.append((job.account, observed.state.value if observed else SeenState.UNKNOWN.value))
        if job.pk not in still or wanted.generation != job.generation:
            overtaken.append(job.account)
            continue
        if answer.outcome is Outcome.STALE:
            behind.append(job.account)
        elif answer.outcome is Outcome.DONE and as_wanted(wanted=wanted, seen=observed):
            good.append((JobState.DONE.value, verbs[job.pk], moment, moment, "", "", job.pk))
        else:
            gone = answer.outcome is Outcome.REFUSED or job.tries >= most_tries
            dead += gone
            said = _said(answer)
            wait = min(FIRST_WAIT * 2 ** min(job.tries - 1, 20), LONGEST_WAIT)
            bad.append(
                (
                    (JobState.DEAD if gone else JobState.WAITING).value,
                    verbs[job.pk],
                    bulk.stored_moment(at + wait),
                    bulk.stored_moment(still[job.pk] or at),
                    said.en,
                    said.es,
                    "",
                    None,
                    job.pk,
                )
            )
    bulk.update_by_id(model=Job, columns=("state", "verb", "done_at", "seen_at", "error_en", "error_es"), rows=good)
    bulk.update_by_id(
        model=Job,
        columns=(
            *("state", "verb", "not_before", "first_failed_at", "error_en", "error_es", "claimed_by", "claimed_until"),
        ),
        rows=bad,
    )
    remember(looks=looks, at=at)
    wanting.ask_again(account_pks=overtaken, actor=actor, at=at)
    wanting.ask_again(account_pks=behind, actor=actor, at=at, ahead=_AHEAD)
    return Worked(done=len(good), failed=len(bad) + len(overtaken) + len(behind), dead=dead)


def remember(*, looks: Sequence[tuple[int, str]], at: datetime) -> None:
    """Keep how accounts (id, state) were seen at a moment."""
    there = dict(
        Observation.objects.filter(account_id__in=bulk.these([pk for pk, _ in looks])).values_list("account_id", "pk")
    )
    moment = bulk.stored_moment(at)
    new = [(pk, state, moment, "") for pk, state in looks if pk not in there]
    bulk.insert(model=Observation, columns=("account_id", "state", "seen_at", "said"), rows=new)
    rows = [(state, moment, "", there[pk]) for pk, state in looks if pk in there]
    bulk.update_by_id(model=Observation, columns=("state", "seen_at", "said"), rows=rows)


@transaction.atomic
def _put_off(*, jobs: Sequence[_Claimed], token: str, error: Exception, at: datetime) -> None:
    """Give jobs back untried, because their server could not be asked; what it looks like is not known any more."""
    said = f"{error}"[:_LONGEST_SAID] or type(error).__name__
    told = Text(en=f"The server could not be asked: {said}", es=f"No se pudo preguntar al servidor: {said}")
    mine = Job.objects.filter(claimed_by=token, pk__in=bulk.these([job.pk for job in jobs]), state=JobState.WAITING)
    mine.update(
        tries=Case(When(tries__gt=0, then=F("tries") - 1), default=0, output_field=IntegerField()),
        not_before=at + UNREACHABLE_WAIT,
        claimed_by="",
        claimed_until=None,
        error_en=told.en,
        error_es=told.es,
        first_failed_at=Case(When(first_failed_at__isnull=True, then=at), default=F("first_failed_at")),
    )
    failed = Observation.objects.filter(account_id__in=bulk.these([job.account for job in jobs]))
    failed.update(failed_at=at, said=said)


def _said(answer: Answer) -> Text:
    if answer.outcome is Outcome.DONE:
        return _OTHERWISE
    words = answer.said[:_LONGEST_SAID]
    refused = answer.outcome is Outcome.REFUSED
    return Text(
        en=f"The server {'refuses' if refused else 'failed'}: {words}",
        es=f"El servidor {'se niega' if refused else 'falló'}: {words}",
    )
