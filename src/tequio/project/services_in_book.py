"""What a rule book says of services: which there are, and what comes with which dues part since which day.

Counts are numbers, or "as_needed"; a service that terms do not name comes with that part not at all.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tequio.project import reading
from tequio.project.bodies_in_book import Loader
from tequio.services.models import ServiceKind, ServiceTerms
from tequio.services.operations.catalog import LONGEST_CODE, LONGEST_NAME, MOST, adopt_terms, offer_service

SERVICE = frozenset({"code", "name", "works_as", "names_as"})
TERMS = frozenset({"decision", "valid_from", "membership", "operations"})
_AS_NEEDED = "as_needed"


def _service(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    code = reading.code(row, longest=LONGEST_CODE)
    if ServiceKind.objects.filter(code=code).exists():
        return
    offer_service(
        code=code,
        name=reading.text(row, "name", longest=LONGEST_NAME),
        works_as=reading.need(row, "works_as", str),
        names_as=reading.need(row, "names_as", str),
        actor=actor,
        at=at,
    )


def _terms(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    valid_from = reading.day(row, "valid_from")
    decision = reading.decision_of(reading.need(row, "decision", str))
    membership, operations = _counts(row, "membership"), _counts(row, "operations")
    kinds = list(ServiceKind.objects.order_by("position", "code"))
    unknown = sorted({*membership, *operations} - {kind.code for kind in kinds})
    if unknown:
        raise reading.wrong(f"there is no service “{unknown[0]}”", f"no existe el servicio «{unknown[0]}»")
    there = set(ServiceTerms.objects.filter(valid_from=valid_from).values_list("kind_id", flat=True))
    for kind in kinds:
        if kind.pk not in there:
            adopt_terms(
                kind=kind,
                valid_from=valid_from,
                with_membership=membership.get(kind.code, 0),
                with_operations=operations.get(kind.code, 0),
                decision=decision,
                actor=actor,
                at=at,
            )


def _counts(row: dict[str, Any], key: str) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for service, many in reading.need(row, key, dict).items():
        if many == _AS_NEEDED:
            found[service] = None
        elif type(many) is int and 0 <= many <= MOST:
            found[service] = many
        else:
            raise reading.wrong(
                f"{service} = {many} is neither a count nor “{_AS_NEEDED}”",
                f"{service} = {many} no es una cantidad ni «{_AS_NEEDED}»",
            )
    return found


LOADERS: Mapping[str, Loader] = {"services": _service, "service_terms": _terms}
