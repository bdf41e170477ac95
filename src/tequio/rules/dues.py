"""What does a member owe for a period? The dated table of dues, the parts, and the member's own rate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tequio.rules.money import WHOLE_SHARE, share_of
from tequio.rules.reasons import Text


class Kind(StrEnum):
    """Who belongs: an organization or an individual."""

    ORGANIZATION = "organization"
    INDIVIDUAL = "individual"


class Part(StrEnum):
    """What dues are for. Operations and support is optional: only members who use it are asked for it."""

    MEMBERSHIP = "membership"
    OPERATIONS = "operations"


class RateKind(StrEnum):
    """How one member's dues differ from the table: paying less, paying for others too, or nothing."""

    REDUCED = "reduced"
    SOLIDARITY = "solidarity"
    COMPED = "comped"


PART_NAMES = {
    Part.MEMBERSHIP: Text(en="Membership dues", es="Cuota de membresía"),
    Part.OPERATIONS: Text(en="Operations and support", es="Operación y soporte"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """One cell of a dues table: what a kind of member in an income band owes for a part, in minor units a year."""

    id: int
    kind: str
    part: str
    band: int | None
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesTable:
    """A dues policy in force: its cells, and the band of members who have not declared their income."""

    tariffs: Sequence[Tariff]
    default_band: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an invoice: part, amount in minor units, and the cell of the table it came from."""

    part: str
    amount: int
    tariff_id: int


class DuesTableError(ValueError):
    """The table has no cell, or two, for a member; `text` says which, in both languages."""

    def __init__(self, *, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def lines_for(
    *, table: DuesTable, kind: str, band: int | None, operations: bool, share: int = WHOLE_SHARE
) -> tuple[Line, ...]:
    """The lines a member is billed for one period, membership first.

    `share` is the member's own rate in basis points of the table (10,000 is the table itself). Where the table
    knows income bands, a member without one is asked the table's default band. A table that asks nothing for
    operations and support (as before the split of 2016) bills one line. Source: the dues policy in force.
    """
    lines = []
    for part in (Part.MEMBERSHIP, Part.OPERATIONS):
        if part is Part.OPERATIONS and not operations:
            continue
        cells = [t for t in table.tariffs if t.kind == kind and t.part == part]
        if any(t.band is not None for t in cells):
            wanted = band if band is not None else table.default_band
            cells = [t for t in cells if t.band == wanted]
            missing = not cells
        else:
            missing = not cells and part is Part.MEMBERSHIP
        if missing or len(cells) > 1:
            raise DuesTableError(
                text=Text(
                    en=f"The dues table has {len(cells) or 'no'} amounts for {kind}, {part}, income band {band}.",
                    es=f"La tabla de cuotas tiene {len(cells) or 'cero'} montos para {kind}, {part}, rango {band}.",
                )
            )
        if cells:
            lines.append(Line(part.value, share_of(minor=cells[0].amount, basis_points=share), cells[0].id))
    return tuple(lines)


def due_on(*, period_start: date, invoiced_on: date, notice_days: int) -> date:
    """When an invoice is due: the period's start, or the end of the notice, whichever is later.

    Nobody owes before they were told. Source: the payment policy's notice.
    """
    return max(period_start, invoiced_on + timedelta(days=notice_days))


def is_comped(*, rates: Iterable[tuple[str, int, date, date | None]], on: date) -> bool:
    """Whether dues were waived for the member on a day, whatever other rate it had then."""
    return any(
        kind == RateKind.COMPED and first <= on and (last is None or on <= last) for kind, _, first, last in rates
    )


def share_on(*, rates: Iterable[tuple[str, int, date, date | None]], on: date) -> tuple[str | None, int]:
    """The member's own rate on a day: its kind and basis points, or (None, 10,000) for the table itself.

    `rates` are (kind, basis points, valid from, last day or None). Where two cover the day the one that began
    last counts. A comped member owes nothing: (comped, 0).
    """
    found: tuple[date, str, int] | None = None
    for kind, basis_points, valid_from, valid_until in rates:
        covers = valid_from <= on and (valid_until is None or on <= valid_until)
        if covers and (found is None or valid_from >= found[0]):
            found = (valid_from, kind, 0 if kind == RateKind.COMPED else basis_points)
    return (None, WHOLE_SHARE) if found is None else (found[1], found[2])
