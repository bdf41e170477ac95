"""A decision as it is read out of a sentence."""

from typing import Any, Final, NamedTuple

from tequio.rules.notes.records import Outcome
from tequio.rules.notes.votes import Tally
from tequio.rules.reasons import Text

LEAST: Final = 0.5  # what is less sure is no candidate
OPTIONS: Final = ("option", "opcion")  # labels of one of several that were talked about


class Verdict(NamedTuple):
    """A decision read out of a sentence; `tally` if it counts votes, `said` for a vote without numbers."""

    outcome: Outcome
    confidence: float
    why: Text
    is_election: bool = False
    is_vote: bool = False
    tally: Tally | None = None
    is_count: bool = False  # nothing but numbers say so
    by: str = "phrase"  # what it follows from: a label, a phrase, a count, the grammar of a clause ...

    def changed(self, **values: Any) -> "Verdict":
        """The same verdict with other values."""
        return self._replace(**values)


class Voice(NamedTuple):
    """Whose words a sentence is: of one person in a chat (`spoken`), of who leads it, who may be closing a point."""

    spoken: bool = False
    leads: bool = False
    closes: bool = False  # it comes after a question of theirs, or begins with "then"
    asked: bool = False  # whether that question was who is against
