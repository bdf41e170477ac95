"""What is agreed beside the terms: exceptions of members, and services lent by a decision."""

import re
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
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
MOST = 10_000


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
    if not keeps_open and not 0 < more <= MOST:
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
    decision = decision_by_code(code=decision_code)
    if not name.strip() or (last_day is not None and last_day < first_day):
        raise Refusal(
            en="A loan has a name, and ends after it begins.",
            es="Un préstamo tiene nombre y termina después de empezar.",
        )
    if not counts or not all(0 < count <= MOST for count in counts.values()):
        raise Refusal(en="Say how many of which service are lent.", es="Diga cuántos de qué servicio se prestan.")
    if Lending.objects.filter(code=code).exists():
        raise Refusal(en=f"There is a loan {code} already.", es=f"Ya hay un préstamo {code}.")
    if not _CODE.fullmatch(code):
        raise Refusal(
            en="The code of a loan has 1 to 40 small letters, figures and hyphens.",
            es="El código de un préstamo lleva de 1 a 40 minúsculas, cifras y guiones.",
        )
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
def end_loan(*, code: str, last_day: date, actor: str, at: datetime) -> Lending:
    """Say until when services are lent; afterwards they are suspended, and nothing in them is lost.

    Refuses a day that is over, and one before the loan begins. A loan that has ended can be lent on only as a new one.
    """
    lending = loan_by_code(code=code)
    lending = Lending.objects.select_for_update(of=("self",)).select_related("center").get(pk=lending.pk)
    today = day_in(zone=lending.center.zone, at=at)
    if lending.last_day is not None and lending.last_day < today:
        raise Refusal(en=f"The loan {code} has ended.", es=f"El préstamo {code} ya terminó.")
    if last_day < max(today, lending.first_day):
        raise Refusal(
            en="A loan ends today at the earliest, and after it begins.",
            es="Un préstamo termina hoy a lo más pronto, y después de empezar.",
        )
    lending.last_day = last_day
    lending.save(update_fields=["last_day"])
    journal.append(
        kind=Kind.SERVICES_LOAN_ENDED,
        subject=f"lending:{code}",
        actor=actor,
        at=at,
        payload={"until": last_day.isoformat()},
    )
    return lending


def decision_by_code(*, code: str) -> Decision:
    """The decision something about services cites. Refuses one there is none of."""
    decision = Decision.objects.filter(code=code).first()
    if decision is None:
        raise Refusal(en=f"There is no decision {code}.", es=f"No hay ningún acuerdo {code}.")
    return decision


def loan_by_code(*, code: str) -> Lending:
    """The loan with a code. Refuses one there is none of."""
    lending = Lending.objects.filter(code=code).first()
    if lending is None:
        raise Refusal(en=f"Nothing was lent as {code}.", es=f"No hay ningún préstamo {code}.")
    return lending


@transaction.atomic
def end_exception(*, code: str, exception_pk: int, actor: str, at: datetime) -> None:
    """End an exception of this member today; what it kept open is looked at by the next look at everybody.

    Refuses one that is over or ends today, and one of another member.
    """
    held = lock_member(code=code)
    row = ServiceException.objects.filter(pk=exception_pk, member_id__in=held.family).first()
    today = day_in(zone=held.center.zone, at=at)
    if row is None or row.last_day <= today:
        raise Refusal(en="It ends by itself.", es="Termina por sí misma.")
    ServiceException.objects.filter(pk=row.pk).update(last_day=max(today, row.first_day))
    journal.append(
        kind=Kind.SERVICE_EXCEPTION_ENDED, subject=f"member:{held.head.code}", actor=actor, at=at, payload={}
    )


def _refuse_reason(reason: str) -> None:
    if not reason.strip() or len(reason) > _LONGEST_REASON:
        raise Refusal(en="Say why, in 300 letters at most.", es="Diga por qué, en 300 letras a lo más.")
