"""What is agreed beside the terms: exceptions of members, and services lent by a decision."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from tequio.centers.queries import center_by_code
from tequio.decisions.models import Decision
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.locking import lock_member
from tequio.services.models import Lending, LendingItem, ServiceException
from tequio.services.operations import wanting
from tequio.services.operations.opening import kind_by_code

_LONGEST_REASON = 300
_MOST = 10_000


@transaction.atomic
def grant_exception(
    *,
    code: str,
    service: str,
    more: int,
    keeps_open: bool,
    until: date,
    reason: str,
    actor: str,
    at: datetime,
) -> ServiceException:
    """Grant a member more of a service, or to keep it whatever it owes, through a day; its doors open at once.

    Refuses one without a reason or an end.
    """
    held = lock_member(code=code)
    kind = kind_by_code(code=service)
    today = day_in(zone=held.center.zone, at=at)
    _refuse_reason(reason)
    if until < today:
        raise Refusal(en="An exception ends today at the earliest.", es="Una excepción termina hoy a lo más pronto.")
    if not keeps_open and not 0 < more <= _MOST:
        raise Refusal(
            en="An exception gives more accounts, or keeps them open.",
            es="Una excepción da más cuentas o las mantiene abiertas.",
        )
    row = ServiceException.objects.create(
        member=held.head,
        kind=kind,
        more=max(more, 0),
        keeps_open=keeps_open,
        first_day=today,
        last_day=until,
        reason=reason.strip(),
        granted_by=actor,
        granted_at=at,
    )
    happenings = wanting.better_at_once(member_pks=[held.head.pk], actor=actor, at=at)
    journal.append_many(happenings=happenings, actor=actor, at=at)
    journal.append(
        kind=Kind.SERVICE_EXCEPTION_GRANTED,
        subject=f"member:{held.head.code}",
        actor=actor,
        at=at,
        payload={"service": service, "more": row.more, "keeps_open": keeps_open, "until": until.isoformat()},
    )
    return row


@transaction.atomic
def lend(
    *,
    code: str,
    name: str,
    center_code: str,
    decision_code: str,
    counts: Mapping[str, int],
    first_day: date,
    last_day: date | None,
    email: str,
    language: str,
    actor: str,
    at: datetime,
) -> Lending:
    """Lend services to a coalition that is no member, as a decision says. Refuses one without a decision or a count."""
    decision = Decision.objects.filter(code=decision_code).first()
    if decision is None:
        raise Refusal(
            en=f"There is no decision {decision_code}; services are lent by one.",
            es=f"No hay ningún acuerdo {decision_code}; los servicios se prestan por acuerdo.",
        )
    if not name.strip() or (last_day is not None and last_day < first_day):
        raise Refusal(
            en="A loan has a name, and ends after it begins.",
            es="Un préstamo tiene nombre y termina después de empezar.",
        )
    if not counts or not all(0 < count <= _MOST for count in counts.values()):
        raise Refusal(en="Say how many of which service are lent.", es="Diga cuántos de qué servicio se prestan.")
    if Lending.objects.filter(code=code).exists():
        raise Refusal(en=f"There is a loan {code} already.", es=f"Ya hay un préstamo {code}.")
    lending = Lending.objects.create(
        code=code,
        name=name.strip()[:200],
        center=center_by_code(code=center_code),
        decision=decision,
        email=email.strip()[:254],
        language=language if language == "es" else "en",
        first_day=first_day,
        last_day=last_day,
        lent_by=actor,
        lent_at=at,
    )
    for service, count in counts.items():
        LendingItem.objects.create(lending=lending, kind=kind_by_code(code=service), count=count)
    journal.append(
        kind=Kind.SERVICES_LENT,
        subject=f"lending:{code}",
        actor=actor,
        at=at,
        payload={"decision": decision_code, "counts": dict(counts)},
    )
    return lending


@transaction.atomic
def end_exception(*, exception_pk: int, actor: str, at: datetime) -> None:
    """End an exception today; what it kept open is looked at by the next look at everybody, and counted there."""
    row = ServiceException.objects.select_related("member").get(pk=exception_pk)
    held = lock_member(code=row.member.code)
    today = day_in(zone=held.center.zone, at=at)
    if row.last_day <= today:
        raise Refusal(en="It ends by itself.", es="Termina por sí misma.")
    ServiceException.objects.filter(pk=row.pk).update(last_day=max(today, row.first_day))
    journal.append(
        kind=Kind.SERVICE_EXCEPTION_ENDED, subject=f"member:{held.head.code}", actor=actor, at=at, payload={}
    )


def _refuse_reason(reason: str) -> None:
    if not reason.strip() or len(reason) > _LONGEST_REASON:
        raise Refusal(en="Say why, in 300 letters at most.", es="Diga por qué, en 300 letras a lo más.")
