"""What votes need to know from topics above, which register here at start-up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tequio.decisions.models import Vote
from tequio.kernel.journal.operations import Happening


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
