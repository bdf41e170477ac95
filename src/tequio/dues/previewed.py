"""What a preview showed, kept with its run: every invoice with its parts, and who was set aside and why."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tequio.dues.billing_plan import PlannedInvoice, SetAside, Terms
from tequio.rules.dues import Part
from tequio.rules.reasons import Text


class PreviewedInvoice(NamedTuple):
    """One invoice as it was previewed, amounts in minor units. `kind` is the member's, as the dues table names it."""

    member_code: str
    center_code: str
    kind: str
    period_start: date
    period_end: date
    due_on: date
    membership: int
    operations: int

    @property
    def total(self) -> int:
        """What it would ask for."""
        return self.membership + self.operations

    @property
    def fingerprint(self) -> str:
        """What is compared when facts moved: member, period, due day and total."""
        return f"{self.member_code}\t{self.period_start}\t{self.due_on}\t{self.total}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """All that a preview showed."""

    invoices: Sequence[PreviewedInvoice]
    set_aside: Sequence[SetAside]


def pack(*, terms: Terms, invoices: Sequence[PlannedInvoice], set_aside: Sequence[SetAside]) -> bytes:
    """A plan as it is kept with its run, compressed: about ten bytes an invoice."""
    kinds = {cell.id: cell.kind for dues in terms.dues.values() for cell in dues.table.tariffs}
    rows = []
    for invoice in invoices:
        parts = {line.part: line.amount for line in invoice.lines}
        rows.append(
            (
                invoice.member_code,
                terms.centers[invoice.center_pk].code,
                kinds[invoice.lines[0].tariff_id],
                invoice.period_start.isoformat(),
                invoice.period_end.isoformat(),
                invoice.due_on.isoformat(),
                parts.get(Part.MEMBERSHIP.value, 0),
                parts.get(Part.OPERATIONS.value, 0),
            )
        )
    aside = [(row.member_code, row.code, row.text.en, row.text.es) for row in set_aside]
    return zlib.compress(json.dumps([rows, aside], ensure_ascii=False).encode())


def unpack(packed: bytes, /) -> Previewed:
    """What `pack` kept; nothing where nothing was kept."""
    if not packed:
        return Previewed(invoices=(), set_aside=())
    rows, aside = json.loads(zlib.decompress(packed))
    day = date.fromisoformat
    return Previewed(
        invoices=[
            PreviewedInvoice(code, center, kind, day(start), day(end), day(due), membership, operations)
            for code, center, kind, start, end, due, membership, operations in rows
        ],
        set_aside=[SetAside(member_code=code, code=reason, text=Text(en=en, es=es)) for code, reason, en, es in aside],
    )
