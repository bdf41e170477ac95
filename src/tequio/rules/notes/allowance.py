"""How much of a file is searched: more than any minutes say, and what is beyond that is counted."""

from dataclasses import dataclass
from typing import Final

from tequio.rules.notes.records import Unread

_ALLOWED: Final = 3_000  # sentences and finds, however short a file is
_CHARACTERS: Final = 48  # and one more for each so many
_LONG: Final = 250_000  # characters of the longest minutes; behind them one more for four times as many
_CHARACTERS_BEHIND: Final = 192


@dataclass(slots=True)
class Allowance:
    """The sentences that may still be searched, and the finds that may be put down.

    A sentence that a rule may find something in takes many times longer than one passed over. So there may be so many
    of them, and one more for so many characters: several times what the densest minutes have.
    """

    left: int
    counted: int = 0  # finds already taken off
    unread: Unread | None = None

    def may_search(self, line: int) -> bool:
        """Whether there is something left to search with; if not, what is passed over is counted."""
        if self.left > 0:
            return True
        self.unread = Unread(line, 1) if self.unread is None else Unread(self.unread.line, self.unread.items + 1)
        return False

    def spend(self, sentences: int, *, finds: int) -> None:
        """Take off sentences that were searched, and what was found since; `finds`: how many there are now."""
        self.left += self.counted - finds - sentences
        self.counted = finds


def allowance_for(size: int) -> Allowance:
    """What a file of so many characters may take."""
    beyond = max(0, size - _LONG)
    return Allowance(_ALLOWED + (size - beyond) // _CHARACTERS + beyond // _CHARACTERS_BEHIND)
