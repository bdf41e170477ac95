"""The chain of running balances: each balance is the one before and the amount. It settles which way money moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Order = Literal["oldest", "newest"]
ENOUGH = 0.6  # of the links must hold for the chain to be believed


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One row: how much (no sign), which way its own columns say (1, -1, or 0 where they do not), balance after it.

    `fee` is what the bank may have kept or added beside it.
    """

    size: int
    said: int
    balance: int | None
    fee: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What the chain says. `signs` has 0 where nothing tells; `broken` are the rows whose balance does not follow.

    `held` of `links` links hold. Where there are none, the columns' own word stands.
    """

    signs: tuple[int, ...]
    broken: frozenset[int]
    held: int
    links: int
    flipped: bool
    order: Order

    @property
    def believed(self) -> bool:
        """Whether the balances agree with the amounts often enough to tell anything, or there are none to ask."""
        return self.links == 0 or self.held >= self.links * ENOUGH


def settle_signs(rows: Sequence[Link], /, *, opening: int | None = None, newest_first: bool | None = None) -> Settled:
    """Which way each row moved, from the balances where they tell, else from the columns as the chain reads them.

    `opening` is a balance before the oldest row. `newest_first` is what the dates say, where they say anything: it
    decides only where both orders hold as many links.
    """
    orders: list[Order] = ["newest", "oldest"] if newest_first else ["oldest", "newest"]
    return max((_read(rows, order=order, opening=opening) for order in orders), key=lambda read: read.held)


def _read(rows: Sequence[Link], *, order: Order, opening: int | None) -> Settled:
    positions = range(len(rows)) if order == "oldest" else range(len(rows) - 1, -1, -1)
    moves: dict[int, int] = {}
    broken: set[int] = set()
    links = held = kept = turned = 0
    before = opening
    for position in positions:
        row = rows[position]
        if row.balance is None:
            before = None
            continue
        if before is not None and row.size:
            links += 1
            moved = row.balance - before
            if moved and abs(moved) in {row.size, row.size + row.fee, abs(row.size - row.fee)}:
                held += 1
                moves[position] = 1 if moved > 0 else -1
                kept += row.said == moves[position]
                turned += row.said == -moves[position]
            else:
                broken.add(position)
        before = row.balance
    flipped = turned > kept
    # Amounts without signs that moved both ways say nothing about a row that has no link.
    unsigned = kept > 0 and turned > 0 and len({row.said for row in rows if row.size}) == 1
    signs = tuple(
        moves.get(position, 0 if unsigned else (-row.said if flipped else row.said))
        for position, row in enumerate(rows)
    )
    return Settled(signs=signs, broken=frozenset(broken), held=held, links=links, flipped=flipped, order=order)
