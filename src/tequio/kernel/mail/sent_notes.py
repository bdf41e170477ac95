"""A note on disk of each mail that has left while its row does not say so yet.

Between the server's yes and our mark the database may go away, or the process may be killed. Each round of sending has
a file of its own: a mail's id is added at once after the yes, and the file is taken away once its rows are marked;
whoever takes a row over finds the note and does not send again. What remains is the instant between the yes and the
note; and where the power is cut, the mails of the last tenth of a second. Notes stand beside the instance: two
machines that send for one database do not see each other's.
"""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tequio.kernel import instance

_SYNC_EVERY = 0.1  # seconds; a slow server's every mail, a hundred of a fast one's


@dataclass(slots=True, kw_only=True)
class Notes:
    """The notes of one round. `mark`: letters and digits, the round's own."""

    mark: str
    _begun: bool = field(default=False, repr=False)
    _synced: float = 0.0

    def add(self, *, message_id: str) -> None:
        """Write down that a mail has left: there at once for whoever looks, a tenth of a second on on disk."""
        path = _folder() / self.mark
        if not self._begun:
            path.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        try:
            os.write(handle, f"{message_id}\n".encode())
            if time.monotonic() - self._synced >= _SYNC_EVERY:
                os.fsync(handle)
                self._synced = time.monotonic()
        finally:
            os.close(handle)
        if not self._begun:
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)  # else the name may be gone after a power cut
            finally:
                os.close(folder)
            self._begun = True

    def forget(self) -> None:
        """Take the notes away: the rows say it now."""
        if self._begun:
            (_folder() / self.mark).unlink(missing_ok=True)


def noted(*, message_ids: Iterable[str]) -> frozenset[str]:
    """Of some mails those that have left though their rows do not say so."""
    left = {one for path in _files() for one in _ids(path=path)}
    return frozenset(left.intersection(message_ids))


def tidy(*, is_waiting: Callable[[Sequence[str]], bool]) -> None:
    """Take away the notes of rounds that were cut off, once none of their mails waits any more."""
    for path in _files():
        ids = _ids(path=path)
        # One without a mail in it is somebody's who is just beginning.
        if ids and not is_waiting(ids):
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return instance.home() / "mail-sent"


def _files() -> list[Path]:
    folder = _folder()
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _ids(*, path: Path) -> list[str]:
    """The mails a file names; a line cut off by a power cut is none: its note was not on disk."""
    try:
        return [line[:-1] for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n")]
    except FileNotFoundError:  # taken away by whoever it belongs to
        return []
