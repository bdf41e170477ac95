"""What a member gave in a year: what was a gift, and what it received something in return for, apart.

Which part of the dues brings services in return is the organization's own word: operations and support does, with
sites, lists and mailboxes; the membership part, and whatever is paid above the table, is given. Whether a gift lowers
somebody's taxes is for who knows its country's law: the statement says what was what, and claims nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tequio.rules.dues import Part

IN_RETURN = frozenset({Part.OPERATIONS.value})
EARLIER = "opening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A line of an invoice in minor units: its part, what it asks, and what the table asks (None: from the roll)."""

    part: str
    amount: int
    table: int | None


@dataclass(slots=True, kw_only=True)
class YearParts:
    """A year's money by what it was for, in minor units; `total` is all of it."""

    in_return: int = 0
    membership: int = 0
    above: int = 0
    earlier: int = 0
    credit: int = 0
    parts: dict[str, int] = field(default_factory=dict)

    @property
    def gift(self) -> int:
        """What was given: the membership part, and what was paid above the table."""
        return self.membership + self.above

    @property
    def total(self) -> int:
        """All of it."""
        return self.in_return + self.membership + self.above + self.earlier + self.credit


def year_of(*, paid: Iterable[tuple[int, Sequence[Asked]]], credit: int) -> YearParts:
    """The parts of what was paid on invoices in a year, each given with the lines of its invoice, and of credit left.

    A payment covers the lines of an invoice in proportion, to the cent. What a line asks above the table (a solidarity
    rate) is a gift whichever part it belongs to.
    """
    year = YearParts(credit=credit)
    for amount, lines in paid:
        for line, share in zip(lines, _in_proportion(amount=amount, lines=lines), strict=True):
            above = 0
            if line.table is not None and line.amount > line.table:
                above = share * (line.amount - line.table) // line.amount
            rest = share - above
            year.above += above
            if line.part in IN_RETURN:
                year.in_return += rest
            elif line.part == EARLIER:
                year.earlier += rest
            else:
                year.membership += rest
            year.parts[line.part] = year.parts.get(line.part, 0) + share
    return year


def _in_proportion(*, amount: int, lines: Sequence[Asked]) -> list[int]:
    """An amount over lines, in proportion to what each asks; the cents that are left go to the first ones."""
    whole = sum(line.amount for line in lines)
    if not whole:
        return [0] * len(lines)
    shares = [amount * line.amount // whole for line in lines]
    for place in range(amount - sum(shares)):
        shares[place % len(shares)] += 1
    return shares
