"""What a rule book says of bodies: what they are for, how they decide, which seats they have; and what was decided.

Who sits where stands in no book: people are appointed.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from tequio.centers.queries import center_by_code
from tequio.decisions.models import BodyKind, Office, Seat, Voters
from tequio.decisions.operations import found_body, record_decision
from tequio.decisions.operations.founding import adopt_mandate, adopt_rule, rank_priorities
from tequio.decisions.operations.recording import Counts
from tequio.decisions.operations.seating import OFFICE_NAMES, open_seats
from tequio.project import reading
from tequio.rules.dividing import End

BODY = frozenset({"code", "name", "kind", "voters", "access_scopes", "publishes_positions", "founded_on"})
DECISION = frozenset(
    {"code", "body", "decided_on", "title", "source", "end", "in_favor", "against", "abstained", "blocked"}
)
MANDATE = frozenset({"body", "text", "valid_from", "decision"})
RULE = frozenset({"code", "body", "title", "valid_from", "decision", "terms", "assumed"})
SEAT = frozenset({"body", "office", "title", "center", "votes", "count", "opened_on", "decision"})
PRIORITIES = frozenset({"year", "texts", "decision"})

_LONGEST_MANDATE = 4_000
_MOST_SEATS = 100
_YEARS = range(1900, 2200)


class Loader(Protocol):
    """Puts into force what one entry of a rule book says."""

    def __call__(self, *, row: dict[str, Any], actor: str, at: datetime) -> None:
        """Refuses it whole; what is there already stays as it is."""


def _body(*, row: dict[str, Any], actor: str, at: datetime) -> None:  # noqa: ARG001 - CONFIG: every loader's form
    found_body(
        code=reading.code(row, longest=40),
        name=reading.text(row, "name", longest=120),
        kind=_one_of(row, "kind", BodyKind, default=BodyKind.COMMITTEE),
        voters=_one_of(row, "voters", Voters, default=Voters.PEOPLE),
        access_scopes=reading.words(row, "access_scopes"),
        publishes_positions=reading.flag(row, "publishes_positions", default=False),
        founded_on=_day_or_none(row, "founded_on"),
    )


def _decision(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    counts = None
    if "in_favor" in row or "against" in row:
        counts = Counts(
            in_favor=reading.days(row, "in_favor"),
            against=reading.days(row, "against"),
            abstained=reading.days(row, "abstained") if "abstained" in row else None,
            blocked=reading.days(row, "blocked") if "blocked" in row else None,
        )
    record_decision(
        code=reading.code(row, longest=60),
        body=reading.body_of(reading.need(row, "body", str)),
        title=reading.text(row, "title", longest=300),
        decided_on=reading.day(row, "decided_on"),
        source=reading.text(row, "source", longest=300),
        end=_one_of(row, "end", End, default=""),
        counts=counts,
        actor=actor,
        at=at,
    )


def _mandate(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    adopt_mandate(
        body=reading.body_of(reading.need(row, "body", str)),
        text=reading.text(row, "text", longest=_LONGEST_MANDATE),
        valid_from=reading.day(row, "valid_from"),
        decision=reading.decision_of(reading.need(row, "decision", str)),
        actor=actor,
        at=at,
    )


def _rule(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    adopt_rule(
        body=reading.body_of(reading.need(row, "body", str)),
        code=reading.code(row, longest=60),
        title=reading.text(row, "title", longest=200),
        valid_from=reading.day(row, "valid_from"),
        decision=reading.decision_of(reading.need(row, "decision", str)),
        terms=reading.need(row, "terms", dict),
        assumed=reading.words(row, "assumed"),
        actor=actor,
        at=at,
    )


def _seats(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    """As many seats as the book says, alike but for their numbers; those that are there already are counted."""
    body = reading.body_of(reading.need(row, "body", str))
    office = Office(_one_of(row, "office", Office, default=Office.MEMBER))
    title = reading.text(row, "title", longest=120) if "title" in row else OFFICE_NAMES[office]
    center = center_by_code(code=reading.need(row, "center", str)) if "center" in row else None
    opened_on = reading.day(row, "opened_on")
    count = reading.days(row, "count") if "count" in row else 1
    if not 1 <= count <= _MOST_SEATS:
        raise reading.wrong(f"“count” is from 1 to {_MOST_SEATS}", f"«count» es de 1 a {_MOST_SEATS}")
    there = Seat.objects.filter(body=body, office=office, title_en=title.en, center=center, opened_on=opened_on)
    missing = count - there.count()
    if missing > 0:
        open_seats(
            body=body,
            office=office,
            title=title,
            center=center,
            votes=reading.flag(row, "votes", default=office is Office.MEMBER),
            opened_on=opened_on,
            decision=reading.decision_of(reading.need(row, "decision", str)) if "decision" in row else None,
            count=missing,
            search=False,
            actor=actor,
            at=at,
        )


def _priorities(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    year = row.get("year")
    if type(year) is not int or year not in _YEARS:
        raise reading.missing(row, "year")
    texts = [
        reading.text({"texts": one, "code": year}, "texts", longest=300) for one in reading.need(row, "texts", list)
    ]
    decision = reading.decision_of(reading.need(row, "decision", str)) if "decision" in row else None
    rank_priorities(year=year, texts=texts, decision=decision, actor=actor, at=at)


# In this order: a decision is a body's, everything after cites one.
LOADERS: Mapping[str, Loader] = {
    "bodies": _body,
    "decisions": _decision,
    "mandates": _mandate,
    "decision_rules": _rule,
    "seats": _seats,
    "priorities": _priorities,
}


def _one_of(row: dict[str, Any], key: str, kind: Any, *, default: str) -> str:
    value = row.get(key, default)
    if value != default and (not isinstance(value, str) or value not in set(kind)):
        known = ", ".join(kind)
        raise reading.wrong(f"“{key}” is one of: {known}", f"«{key}» es uno de: {known}")
    return str(value)


def _day_or_none(row: dict[str, Any], key: str) -> date | None:
    return reading.day(row, key) if key in row else None
