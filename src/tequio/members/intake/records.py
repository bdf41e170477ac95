"""What a member roll holds once it is read: plain records, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tequio.rules.reasons import Text


class RollRow(NamedTuple):
    """One row of the file as text, a field per column. The first eleven are the member's, the rest its contact's."""

    member_id: str
    member_name: str
    kind: str
    center: str
    joined_on: str
    sector: str
    income_band: str
    operations: str
    paid_until: str
    balance_due: str
    currency: str
    contact_name: str
    contact_roles: str
    email: str
    phone: str
    street: str
    city: str
    state: str
    postal_code: str
    country: str
    language: str


COLUMNS = RollRow._fields

# Characters a column may hold: no more than the tables keep (members/models.py), and few enough for an index row of
# PostgreSQL, about 2,700 bytes at up to four bytes a character. The columns that are no free text have few values.
CAPS: Mapping[str, int] = {
    **dict.fromkeys(COLUMNS, 120),
    "member_id": 40,
    "member_name": 300,
    "sector": 60,
    "contact_name": 300,
    "email": 254,
    "phone": 100,
    "street": 2_000,
    "postal_code": 20,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RollMember:
    """A member as its first kept row describes it. `balance_due` is in minor units of `currency`."""

    member_id: str
    name: str
    kind: str
    center: str
    joined_on: date
    sector: str
    income_band: int | None
    operations: bool
    paid_until: date
    balance_due: int
    currency: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollContact:
    """The contact of one kept row.

    `phone` is E.164 (an extension follows as ";ext=12"), or the text as written where that would lose something;
    `phone_usable` is None without a phone and False where nobody could dial the text; `phone_doubtful` marks a number
    that can be read and looks wrong. `language` is the center's where the row names none.
    """

    member_id: str
    name: str
    roles: tuple[str, ...]
    email: str
    phone: str
    phone_usable: bool | None
    phone_doubtful: bool
    street: str
    city: str
    state: str
    postal_code: str
    country: str
    language: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A row of which nothing is kept: its number (the header is row 1), the reason code and the sentence for it."""

    row: int
    code: str
    text: Text
