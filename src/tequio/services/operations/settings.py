"""How careful the program is with services: the share that may be suspended, waits, tries, domains."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.money import WHOLE_SHARE
from tequio.services.models import ServiceSettings
from tequio.services.names import checked

_MOST, _MOST_TRIES = 3650, 100


def settings() -> ServiceSettings:
    """How careful the program is; what nobody has changed is as the table begins."""
    return ServiceSettings.objects.filter(pk=1).first() or ServiceSettings(pk=1)


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
        subject="services",
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
