"""The five verbs of a connector for which each is a state that an account is left in, whatever it was before."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from tequio.services.connectors.contract import Answer, Seen, Wanted


class LeavesStates(ABC):
    """What ensure, limit, suspend, resume and remove leave; how, each server's connector says in `leave`."""

    def ensure(self, wanted: Sequence[Wanted], /) -> list[Answer]:
        """Leave each account open."""
        return self.leave(wanted, Seen.OPEN)

    def limit(self, wanted: Sequence[Wanted], /) -> list[Answer]:
        """Leave each account working, and marked."""
        return self.leave(wanted, Seen.LIMITED)

    def suspend(self, wanted: Sequence[Wanted], /) -> list[Answer]:
        """Leave each account shut; nothing in it is lost."""
        return self.leave(wanted, Seen.SUSPENDED)

    def resume(self, wanted: Sequence[Wanted], /) -> list[Answer]:
        """Leave each account open."""
        return self.leave(wanted, Seen.OPEN)

    def remove(self, wanted: Sequence[Wanted], /) -> list[Answer]:
        """Leave nothing of each account but that it was removed, so that an older order does not bring it back."""
        return self.leave(wanted, Seen.ABSENT)

    @abstractmethod
    def leave(self, wanted: Sequence[Wanted], state: Seen, /) -> list[Answer]:
        """Leave each of these accounts in a state; an answer for each, in order."""
