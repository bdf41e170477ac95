"""What members need done by topics above them, which register here at start-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A balance the roll brought for a member, in minor units, due on `due_on`; 0 where it brought none."""

    member_pk: int
    member_code: str
    center_pk: int
    currency: str
    due_on: date
    amount: int
    language: str
    is_new: bool


class OpeningBooker(Protocol):
    """Books opening balances; returns the codes of members whose balance can no longer be changed by a roll."""

    def __call__(self, *, openings: Sequence[Opening], actor: str, at: datetime) -> set[str]:
        """Book the openings in the caller's transaction."""


class StandingRefresher(Protocol):
    """Works out the stored standing of members again."""

    def __call__(self, *, member_pks: Sequence[int] | None = None, actor: str, at: datetime) -> int:
        """Refresh in the caller's transaction; returns how many changed."""


def _nobody_books(**_: object) -> set[str]:
    raise LookupError("no topic books opening balances")


def _nobody_refreshes(**_: object) -> int:
    raise LookupError("no topic works out standings")


book_openings: OpeningBooker = _nobody_books
refresh_standings: StandingRefresher = _nobody_refreshes
