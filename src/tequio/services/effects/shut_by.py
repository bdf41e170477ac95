"""What would be shut if a service came otherwise with dues: the rule asked again, with other terms. Writes nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from tequio.services.operations.wanting import changes
from tequio.services.queries.entitled import terms_at


def shut_by(*, counts: Mapping[str, tuple[int | None, int | None]], at: datetime) -> tuple[int, int]:
    """The members and accounts that would be suspended by these counts (with membership, with operations) alone.

    What would be suspended at that moment in any case is not counted, nor is what is lent.
    """
    terms = terms_at(at=at)
    catalogs = {
        day: tuple(
            replace(service, with_membership=counts[service.code][0], with_operations=counts[service.code][1])
            if service.code in counts
            else service
            for service in catalog
        )
        for day, catalog in terms.catalogs.items()
    }
    anyway = {change.pk for change in changes(terms=terms).states if change.suspends}
    other = replace(terms, catalogs=catalogs, _kept={})
    shut = [c for c in changes(terms=other).states if c.suspends and c.pk not in anyway and c.owner is not None]
    return len({change.owner for change in shut}), len(shut)
