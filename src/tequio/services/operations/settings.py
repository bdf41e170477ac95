"""How careful the program is with services, and the catalog: what there is, and what comes with which dues part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tequio.decisions.models import Decision
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.money import WHOLE_SHARE
from tequio.rules.reasons import Text
from tequio.services.models import ServiceKind, ServiceSettings, ServiceTerms
from tequio.services.names import checked

_MOST, _MOST_TRIES = 3650, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A kind of service with its terms, as a catalog is begun with. None: as many as it needs."""

    code: str
    name: Text
    works_as: str
    names_as: str
    with_membership: int | None = 0
    with_operations: int | None = None


# What the split of 2016 says: one mailbox, one cloud login and one chat login with membership, the rest with operations
# and support. Rows in the database once a catalog is begun; this is only what it is begun with.
OF_2016 = (
    Offered(
        code="mailbox",
        name=Text(en="Mailbox", es="Buzón de correo"),
        works_as="mail",
        names_as="address",
        with_membership=1,
    ),
    Offered(code="list", name=Text(en="Mailing list", es="Lista de correo"), works_as="lists", names_as="address"),
    Offered(code="site", name=Text(en="Site", es="Sitio"), works_as="sites", names_as="host"),
    Offered(code="database", name=Text(en="Database", es="Base de datos"), works_as="sites", names_as="identifier"),
    Offered(
        code="cloud",
        name=Text(en="Cloud login", es="Usuario de la nube"),
        works_as="sign_in",
        names_as="login",
        with_membership=1,
    ),
    Offered(
        code="chat",
        name=Text(en="Chat login", es="Usuario del chat"),
        works_as="sign_in",
        names_as="login",
        with_membership=1,
    ),
    Offered(code="shell", name=Text(en="Shell", es="Consola"), works_as="sign_in", names_as="login"),
    Offered(
        code="application",
        name=Text(en="Sign-in to applications", es="Acceso a aplicaciones"),
        works_as="sign_in",
        names_as="login",
    ),
)


def settings() -> ServiceSettings:
    """How careful the program is; what nobody has changed is as the table begins."""
    return ServiceSettings.objects.filter(pk=1).first() or ServiceSettings(pk=1)


@transaction.atomic
def begin_catalog(
    *, valid_from: date, decision: Decision | None, actor: str, at: datetime, offered: Sequence[Offered] = OF_2016
) -> int:
    """Begin the catalog with these services, from a day on; returns how many are new. What is there stays as it is."""
    made = 0
    for position, one in enumerate(offered, start=1):
        kind, new = ServiceKind.objects.get_or_create(
            code=one.code,
            defaults={
                "position": position,
                "name_en": one.name.en,
                "name_es": one.name.es,
                "works_as": one.works_as,
                "names_as": one.names_as,
            },
        )
        if new:
            made += 1
            adopt_terms(
                kind=kind,
                valid_from=valid_from,
                with_membership=one.with_membership,
                with_operations=one.with_operations,
                decision=decision,
                actor=actor,
                at=at,
            )
    return made


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


@transaction.atomic
def change_settings(
    *,
    breaker_share: int,
    breaker_fewest: int,
    export_days: int,
    most_tries: int,
    domains: Sequence[str],
    actor: str,
    at: datetime,
) -> ServiceSettings:
    """Say how careful the program is. `breaker_share` in ten-thousandths of the members with services."""
    if not (0 <= breaker_share <= WHOLE_SHARE and 0 <= breaker_fewest <= _MOST and 0 <= export_days <= _MOST):
        raise Refusal(
            en="The share is between 0 and 100 percent; the other figures are 3,650 at most.",
            es="La proporción va de 0 a 100 por ciento; las demás cifras son 3,650 a lo más.",
        )
    if not 1 <= most_tries <= _MOST_TRIES:
        raise Refusal(en="Between 1 and 100 tries.", es="Entre 1 y 100 intentos.")
    row, _ = ServiceSettings.objects.update_or_create(
        pk=1,
        defaults={
            "breaker_share": breaker_share,
            "breaker_fewest": breaker_fewest,
            "export_days": export_days,
            "most_tries": most_tries,
            "domains": sorted({checked(typed=domain, names_as="host") for domain in domains}),
        },
    )
    journal.append(
        kind=Kind.SERVICES_SET,
        subject="services:settings",
        actor=actor,
        at=at,
        payload={
            "breaker_share": breaker_share,
            "breaker_fewest": breaker_fewest,
            "export_days": export_days,
            "most_tries": most_tries,
            "domains": row.domains,
        },
    )
    return row
