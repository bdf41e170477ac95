"""The catalog: which services there are, and what comes with which dues part from a day on.

It is begun by the rule book and changed by decisions (services/effects/terms.py); pages and commands enter what a body
decided before the program. Terms are frozen: new ones replace them from their day.
"""

from datetime import date, datetime

from django.db import transaction

from tequio.decisions.models import Decision
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import Text
from tequio.services.models import ServiceKind, ServiceTerms

NAMES_AS = ("address", "login", "host", "identifier")
LONGEST_NAME, LONGEST_CODE, MOST = 80, 40, 10_000


@transaction.atomic
def offer_service(*, code: str, name: Text, works_as: str, names_as: str, actor: str, at: datetime) -> ServiceKind:
    """Put a kind of service on the list, last; nothing comes with it before it has terms.

    `works_as` is the word payment policies use for it, `names_as` how its accounts are named. Refuses a code that is
    taken and a way of naming there is none of.
    """
    if ServiceKind.objects.filter(code=code).exists():
        raise Refusal(en=f"There is a service {code} already.", es=f"Ya hay un servicio {code}.")
    if names_as not in NAMES_AS or not works_as.strip():
        listed = ", ".join(NAMES_AS)
        raise Refusal(
            en=f"An account is named as one of: {listed}; and payment policies have a word for the service.",
            es=f"Una cuenta se nombra como uno de: {listed}; y las políticas de pago tienen una palabra para él.",
        )
    last = ServiceKind.objects.order_by("-position").values_list("position", flat=True).first() or 0
    kind = ServiceKind.objects.create(
        code=code,
        position=last + 1,
        name_en=name.en[:LONGEST_NAME],
        name_es=name.es[:LONGEST_NAME],
        works_as=works_as.strip()[:LONGEST_CODE],
        names_as=names_as,
    )
    journal.append(kind=Kind.SERVICE_OFFERED, subject=f"service:{code}", actor=actor, at=at, payload={})
    return kind


@transaction.atomic
def adopt_terms(
    *,
    kind: ServiceKind,
    valid_from: date,
    with_membership: int | None,
    with_operations: int | None,
    decision: Decision | None,
    actor: str,
    at: datetime,
) -> ServiceTerms:
    """Say how many of a service come with each dues part from a day on; None: as many as it needs.

    Refuses a second word for the same day, and one before the terms in force: what was so stays so.
    """
    last = kind.terms.order_by("-valid_from").first()
    if last is not None and valid_from <= last.valid_from:
        raise Refusal(
            en=f"Terms of {kind.code} from {last.valid_from} are there already; new ones begin later.",
            es=f"Ya hay condiciones de {kind.code} desde el {last.valid_from}; las nuevas empiezan después.",
        )
    terms = ServiceTerms.objects.create(
        kind=kind,
        valid_from=valid_from,
        with_membership=with_membership,
        with_operations=with_operations,
        decision=decision,
        adopted_by=actor,
    )
    journal.append(
        kind=Kind.SERVICE_TERMS_ADOPTED,
        subject=f"service:{kind.code}",
        actor=actor,
        at=at,
        payload={
            "from": valid_from.isoformat(),
            "membership": with_membership,
            "operations": with_operations,
            "decision": decision.code if decision else None,
        },
    )
    return terms
