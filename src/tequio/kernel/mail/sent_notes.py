"""A note on disk of each mail that has left while its row does not say so yet.

Between the server's yes and our mark the database may go away, or the process may be killed. The note is made at once
after the yes and taken away once the row is marked; whoever takes the row over finds it and does not send again. What
remains is the instant between the yes and the note. Notes stand beside the instance: two machines that send for one
database do not see each other's.
"""

import os
from hashlib import sha256
from pathlib import Path

from tequio.kernel import instance


def note(*, message_id: str) -> None:
    """Write down that a mail has left; on disk when this returns."""
    path = _path(message_id=message_id)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # else the name may be gone after a power cut
    finally:
        os.close(folder)


def is_noted(*, message_id: str) -> bool:
    """Whether a mail has left though its row does not say so."""
    return _path(message_id=message_id).exists()


def forget(*, message_id: str) -> None:
    """Take a note away: the row says it now."""
    _path(message_id=message_id).unlink(missing_ok=True)


def _path(*, message_id: str) -> Path:
    # A name that says nothing and holds no character a file system minds.
    return instance.home() / "mail-sent" / sha256(message_id.encode()).hexdigest()
