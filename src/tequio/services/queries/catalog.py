"""The catalog as people look at it: each service with the terms it had, has and will have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text
from tequio.services.models import ServiceKind, ServiceTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTerms:
    """What comes with each dues part from a day on; None: as many as needed. `decision` empty where none is cited."""

    valid_from: date
    membership: int | None
    operations: int | None
    decision: str
    decision_title: Text
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedService:
    """A service with its terms, the latest first."""

    code: str
    name: Text
    works_as: str
    terms: Sequence[ListedTerms]

    @property
    def now(self) -> ListedTerms | None:
        """The terms in force."""
        return next((one for one in self.terms if one.state == "in_force"), None)


def catalog_listed(*, on: date) -> list[ListedService]:
    """Every service with every terms of it. Two queries."""
    terms: dict[int, list[ServiceTerms]] = {}
    for row in ServiceTerms.objects.select_related("decision").order_by("-valid_from"):
        terms.setdefault(row.kind_id, []).append(row)
    return [
        ListedService(
            code=kind.code,
            name=text_of(row=kind, name="name"),
            works_as=kind.works_as,
            terms=_listed(rows=terms.get(kind.pk, []), on=on),
        )
        for kind in ServiceKind.objects.order_by("position", "code")
    ]


def _listed(*, rows: Sequence[ServiceTerms], on: date) -> list[ListedTerms]:
    found, in_force = [], False
    for row in rows:
        state = "to_come" if row.valid_from > on else "past" if in_force else "in_force"
        in_force = in_force or state == "in_force"
        found.append(
            ListedTerms(
                valid_from=row.valid_from,
                membership=row.with_membership,
                operations=row.with_operations,
                decision=row.decision.code if row.decision else "",
                decision_title=text_of(row=row.decision, name="title") if row.decision else Text(en="", es=""),
                state=state,
            )
        )
    return found
