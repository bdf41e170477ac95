"""What votes and pages need to know from topics above, which register here at start-up."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tequio.accounts.permissions import Viewer
from tequio.decisions.models import Vote
from tequio.kernel.journal.operations import Happening
from tequio.rules.reasons import Text


class StandingRefresher(Protocol):
    """Works out the stored standing of every member again, for the day it is in its center."""

    def __call__(self, *, actor: str, at: datetime) -> int:
        """Refresh; returns how many changed."""


def _as_stored(**_: object) -> int:
    return 0


# A vote of all members is open to those in good standing that day: before the electorate is drawn up, the day's
# standing is worked out. Without a topic that knows standings, what is stored counts.
refresh_standings: StandingRefresher = _as_stored


class VoteOpened(Protocol):
    """Hears that a vote was opened, in the same transaction; returns what it did, for the journal."""

    def __call__(self, *, vote: Vote, at: datetime) -> Sequence[Happening]:
        """Do what goes with it."""


def _nothing(**_: object) -> Sequence[Happening]:
    return ()


# A meeting puts down whether there was a quorum when a vote was opened in it.
vote_opened: VoteOpened = _nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a record was made of something a topic above keeps, like a line of notes: what that is, and where."""

    name: Text
    url: str


class CameFrom(Protocol):
    """Says where records came from, as far as the viewer may see it; the same number of queries for many as for one."""

    def __call__(self, *, kind: str, pks: Collection[int], viewer: Viewer) -> Mapping[int, Sequence[Origin]]:
        """Of records of a kind ("decision", "task", "proposal"), by their number; those from nowhere are left out."""


def _from_nowhere(**_: object) -> Mapping[int, Sequence[Origin]]:
    return {}


came_from: CameFrom = _from_nowhere


def _no_page(sitting_pk: int, /) -> str | None:  # noqa: ARG001 - CONFIG: the hook's form
    return None


# A sitting that a meeting gave its body is cancelled with that meeting: the address of the page where, else None.
cancelled_elsewhere: Callable[[int], str | None] = _no_page


def _no_pages(sitting_pks: Collection[int], /) -> Mapping[int, str]:  # noqa: ARG001 - CONFIG: the hook's form
    return {}


# The addresses of the pages of the meetings in which sittings are, by sitting; those that are in none are left out.
pages_of_sittings: Callable[[Collection[int]], Mapping[int, str]] = _no_pages


class PresentAt(Protocol):
    """Who is in the sitting in which a vote is taken: where each person is, by its number in the database."""

    def __call__(self, *, vote: Vote) -> Mapping[int, Text]:
        """Who is there and where; nobody where that is not known."""


def _nobody_known(**_: object) -> Mapping[int, Text]:
    return {}


# Whoever enters the ballots of a sitting finds those who were there first.
present_at_vote: PresentAt = _nobody_known
