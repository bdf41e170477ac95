"""Closing doors: worked out for everybody, counted first, and stopped where it would be too many in a day.

A wrong import, a policy with a wrong figure or a jump of the clock would suspend half of all members; that is what the
breaker holds. It counts members that would be shut out of something that works now, those of the last day included.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from tequio.accounts.models import User
from tequio.centers.models import Center
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.operations import Happening
from tequio.rules.entitlement import State
from tequio.rules.suspending import may_suspend
from tequio.services.models import BulkState, BulkSuspended, BulkSuspension, Job, ServiceAccount
from tequio.services.operations import wanting
from tequio.services.operations.settings import settings
from tequio.services.queries.entitled import terms_at

WINDOW = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """What became of a look at everybody: accounts opened, narrowed and suspended; the stopped suspension, if any."""

    opened: int = 0
    limited: int = 0
    suspended: int = 0
    stopped: int | None = None
    members: list[int] = field(default_factory=list)


@transaction.atomic
def align(*, actor: str, at: datetime) -> Aligned:
    """Bring how accounts are wanted in line with what their owners may have, everybody's at once.

    Opens what may be open, narrows what is limited, and suspends what is to be suspended, unless those are more members
    than may be in a day: then nobody is, and the list waits for two people (`look`). What is lent ends by its decision
    and is not counted; what its owner closed neither.
    """
    list(Center.objects.select_for_update().order_by("pk").values_list("pk"))
    found = wanting.changes(terms=terms_at(at=at))
    wanting.write_reasons(reasons=found.reasons)
    shut = [c for c in found.states if c.suspends and c.owner is not None and not c.by_owner]
    wait = {c.pk for c in shut}
    per_member: dict[int, int] = {}
    for change in shut:
        per_member[change.owner or 0] = per_member.get(change.owner or 0, 0) + 1
    stopped, happenings = _breaker(per_member=per_member, actor=actor, at=at)
    let_go = set(per_member) if stopped is None else _released(bulk=stopped)
    now = [c for c in found.states if c.pk not in wait or c.owner in let_go]
    happenings = wanting.carry_over(changed=now, actor=actor, at=at) + happenings
    if stopped is not None and let_go:
        BulkSuspended.objects.filter(bulk=stopped, member__in=let_go, suspended_at__isnull=True).update(suspended_at=at)
    journal.append_many(happenings=happenings, actor=actor, at=at)
    return Aligned(
        opened=sum(1 for c in now if c.wish.state is State.OPEN),
        limited=sum(1 for c in now if c.wish.state is State.LIMITED),
        suspended=sum(1 for c in now if c.wish.state is State.SUSPENDED),
        stopped=stopped.pk if stopped is not None and stopped.state == BulkState.WAITING else None,
        members=sorted(let_go),
    )


@transaction.atomic
def look(*, bulk_pk: int, user: User, at: datetime) -> BulkSuspension:
    """Let a stopped suspension go, as the first or the second person. With the second one it is carried out.

    Refuses the same person twice, and one that is no longer waiting. Of those listed only who is still to be suspended
    then is.
    """
    bulk = _waiting(bulk_pk=bulk_pk)
    if bulk.first_by_id is None:
        bulk.first_by, bulk.first_at = user, at
        bulk.save(update_fields=["first_by", "first_at"])
        kind = Kind.BULK_SUSPENSION_SEEN
    elif bulk.first_by_id == user.pk:
        raise Refusal(
            en="You have let it go already; it needs a second person.",
            es="Usted ya la autorizó; falta una segunda persona.",
        )
    else:
        bulk.second_by, bulk.second_at, bulk.state, bulk.ended_at = user, at, BulkState.LET_GO, at
        bulk.ended_by = user.actor
        bulk.save(update_fields=["second_by", "second_at", "state", "ended_at", "ended_by"])
        kind = Kind.BULK_SUSPENSION_LET_GO
    payload = {"members": bulk.members, "accounts": bulk.accounts}
    journal.append(kind=kind, subject=f"suspension:{bulk.pk}", actor=user.actor, at=at, payload=payload)
    return bulk


@transaction.atomic
def drop(*, bulk_pk: int, reason: str, user: User, at: datetime) -> None:
    """Drop a stopped suspension, with the reason: what made it is wrong. The next look at everybody counts anew."""
    if not reason.strip():
        raise Refusal(en="Say why.", es="Diga por qué.")
    bulk = _waiting(bulk_pk=bulk_pk)
    bulk.state, bulk.ended_at, bulk.ended_by, bulk.why_dropped = BulkState.DROPPED, at, user.actor, reason[:300]
    bulk.save(update_fields=["state", "ended_at", "ended_by", "why_dropped"])
    journal.append(
        kind=Kind.BULK_SUSPENSION_DROPPED, subject=f"suspension:{bulk.pk}", actor=user.actor, at=at, payload={}
    )


def _waiting(*, bulk_pk: int) -> BulkSuspension:
    bulk = BulkSuspension.objects.select_for_update().filter(pk=bulk_pk, state=BulkState.WAITING).first()
    if bulk is None:
        raise Refusal(en="It is not waiting any more.", es="Ya no está en espera.")
    return bulk


def _breaker(*, per_member: dict[int, int], actor: str, at: datetime) -> tuple[BulkSuspension | None, list[Happening]]:
    """Whether so many may be suspended now: None; or the suspension that waits or was let go; and events."""
    waiting = BulkSuspension.objects.select_for_update().filter(state=BulkState.WAITING).first()
    rules = settings()
    of_members = (
        ServiceAccount.objects.filter(member__isnull=False)
        .exclude(wanted=State.REMOVED)
        .aggregate(n=Count("member", distinct=True))["n"]
    )
    may = may_suspend(of_members=of_members, share=rules.breaker_share, fewest=rules.breaker_fewest)
    already = _suspended_lately(at=at)
    if len(set(per_member) | already) <= may:
        if waiting is not None:
            waiting.state, waiting.ended_at, waiting.ended_by = BulkState.OVER, at, actor
            waiting.save(update_fields=["state", "ended_at", "ended_by"])
        return None, []
    if not per_member:
        return waiting, []
    gone = BulkSuspension.objects.filter(state=BulkState.LET_GO, second_at__gt=at - WINDOW).order_by("-pk").first()
    if gone is not None and waiting is None and set(per_member) & set(_listed(bulk=gone)):
        return gone, []
    if waiting is not None and set(_listed(bulk=waiting)) == set(per_member):
        return waiting, []
    if waiting is not None:  # other members than those somebody may have looked at: it has to be looked at again
        waiting.state, waiting.ended_at, waiting.ended_by = BulkState.OVER, at, actor
        waiting.save(update_fields=["state", "ended_at", "ended_by"])
    made = BulkSuspension.objects.create(
        made_at=at, members=len(per_member), accounts=sum(per_member.values()), of_members=of_members, may=may
    )
    BulkSuspended.objects.bulk_create(
        [BulkSuspended(bulk=made, member_id=pk, accounts=count) for pk, count in sorted(per_member.items())],
        batch_size=500,
    )
    payload = {"members": made.members, "accounts": made.accounts, "may": may, "of": of_members}
    stopped = Happening(kind=Kind.BULK_SUSPENSION_STOPPED, subject=f"suspension:{made.pk}", payload=payload)
    return made, [stopped]


def _listed(*, bulk: BulkSuspension) -> list[int]:
    return list(BulkSuspended.objects.filter(bulk=bulk).values_list("member_id", flat=True))


def _released(*, bulk: BulkSuspension) -> set[int]:
    return set(_listed(bulk=bulk)) if bulk.state == BulkState.LET_GO else set()


def _suspended_lately(*, at: datetime) -> set[int]:
    """The members shut out of something in the last day, but for those two people looked at.

    One made at a moment that has not come, after the clock was put back, counts as well.
    """
    jobs = Job.objects.filter(wanted=State.SUSPENDED, made_at__gt=at - WINDOW, urgent=False)
    # An account asked for again (drift, another password) was suspended before: its first such job was earlier.
    shut = jobs.filter(account__wanted_since__gt=at - WINDOW, account__closed_on__isnull=True)
    seen = BulkSuspended.objects.filter(suspended_at__gt=at - WINDOW).values("member_id")
    owners = shut.filter(account__member__isnull=False).exclude(account__member__in=seen)
    return set(owners.values_list("account__member_id", flat=True))
