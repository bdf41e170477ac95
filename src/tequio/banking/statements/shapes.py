"""What a bank statement says, whichever format it came in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tequio.rules.reasons import Text

Format = Literal["ofx", "mt940", "camt", "csv", "xlsx", "calls"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One payment of several that the bank booked as one sum. The amount is in minor units and has the sum's sign."""

    amount: int
    name: str = ""
    text: str = ""
    payer_account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money that came (positive) or went, in minor units.

    `row` is where it stands: the row of a table, or its place among the movements of a file. `text` is all the bank
    says of it, references included; `name` and `payer_account` are the other side, where the format tells it apart.
    `bank_id` is the bank's own, which may be worthless. `doubt` says why no program should post it by itself.
    `reversal`: it takes back an earlier movement.
    """

    row: int
    on: date
    amount: int
    currency: str = ""
    bank_id: str = ""
    name: str = ""
    text: str = ""
    payer_account: str = ""
    balance: int | None = None
    parts: tuple[Part, ...] = ()
    doubt: Text | None = None
    reversal: bool = False


def taken_back() -> Text:
    """Why money that comes back is not posted by itself: it is seldom dues."""
    return Text(
        en="The bank says that it takes back an earlier movement.",
        es="El banco dice que revierte un movimiento anterior.",
    )


def not_booked() -> Text:
    """Why a movement that is only announced is not taken."""
    return Text(en="It is announced, not booked yet.", es="Está anunciado; todavía no se registra.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A row that could not be taken, and why."""

    row: int
    why: Text


@dataclass(slots=True, kw_only=True)
class Section:
    """The movements of one account in one currency. Empty texts where the file does not say.

    `accounts` are all the ways the file names the account. `through` is the day the bank says it goes up to.
    """

    accounts: tuple[str, ...] = ()
    currency: str = ""
    through: date | None = None
    movements: list[Movement] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many movements the file holds here, also those that could not be taken."""
        return len(self.movements) + len(self.aside)


@dataclass(slots=True, kw_only=True)
class Statement:
    """A file as it was read. `complete` is False where it stops before its end; `notes` are for the person."""

    format: Format
    sections: list[Section]
    notes: list[Text] = field(default_factory=list)
    complete: bool = True

    def movements(self) -> Iterator[Movement]:
        """The movements of every section."""
        for section in self.sections:
            yield from section.movements

    def aside(self) -> list[SetAside]:
        """What could not be taken, in the order of the file."""
        return sorted((row for section in self.sections for row in section.aside), key=lambda row: row.row)

    @property
    def count(self) -> int:
        """How many movements the file holds."""
        return sum(section.count for section in self.sections)
