"""What the maintenance team does by hand: dead letters, services without a connector, what a server has beside ours."""

from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.entitlement import State
from tequio.services.connectors import registry
from tequio.services.connectors.contract import seen_for
from tequio.services.models import Drift, DriftKind, Job, JobState
from tequio.services.operations.reconciling import remember


@transaction.atomic
def take_dead(*, job_pk: int, user: User, at: datetime) -> None:
    """Take on a dead letter: from now on it has an owner."""
    if not Job.objects.filter(pk=job_pk, state=JobState.DEAD).update(owner=user.actor):
        raise _no_longer()
    journal.append(kind=Kind.SERVICE_JOB_TAKEN, subject=f"job:{job_pk}", actor=user.actor, at=at)


@transaction.atomic
def retry_dead(*, job_pk: int, actor: str, at: datetime) -> None:
    """Begin a dead letter again, with all its tries."""
    again = Job.objects.filter(pk=job_pk, state=JobState.DEAD)
    if not again.update(state=JobState.WAITING, tries=0, not_before=at, claimed_by="", claimed_until=None):
        raise _no_longer()
    journal.append(kind=Kind.SERVICE_JOB_RETRIED, subject=f"job:{job_pk}", actor=actor, at=at)


@transaction.atomic
def done_by_hand(*, job_pk: int, actor: str, at: datetime) -> None:
    """Say that a person did what an account needed, where no connector does it. Refuses one that a connector does."""
    job = Job.objects.select_related("account__kind").filter(pk=job_pk).first()
    if job is None:
        raise _no_longer()
    if job.account.kind.code in registry.by_service(registry.connectors()):
        raise Refusal(en="A connector does that, and looks itself.", es="Eso lo hace un conector, y él mismo revisa.")
    waiting = Job.objects.filter(pk=job_pk, state=JobState.WAITING, generation=job.account.generation)
    if not waiting.update(state=JobState.DONE, by_hand=actor, done_at=at, verb="by hand"):
        raise _no_longer()
    remember(looks=[(job.account_id, seen_for(wanted=State(job.wanted)).value)], at=at)
    journal.append(kind=Kind.SERVICE_JOB_BY_HAND, subject=f"account:{job.account_id}", actor=actor, at=at)


@transaction.atomic
def set_aside(*, drift_pk: int, reason: str, actor: str, at: datetime) -> None:
    """Let be what a server has and nobody here knows of, with the reason. It stays on the server, and on the page."""
    if not reason.strip():
        raise Refusal(en="Say why.", es="Diga por qué.")
    rows = Drift.objects.filter(pk=drift_pk, what=DriftKind.EXTRA, ended_at__isnull=True)
    if not rows.update(set_aside=reason.strip()[:300], set_aside_by=actor):
        raise _no_longer()
    journal.append(kind=Kind.DRIFT_SET_ASIDE, subject=f"drift:{drift_pk}", actor=actor, at=at)


def _no_longer() -> Refusal:
    return Refusal(en="It is no longer there; somebody was quicker.", es="Ya no está; alguien se adelantó.")
