"""Long work of a page, done beside it by a thread with a database connection of its own.

Nothing depends on the thread: whatever is done here can be begun again where it was cut off with its process, and says
so on its page. With the setting RUNS_INLINE the work is done before `start` returns.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connections

_log = logging.getLogger(__name__)
_turn = threading.Lock()


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far a piece of work is, in steps of its own; only the process that does it knows."""

    step: int = 0
    ended: threading.Event = field(default_factory=threading.Event)


_at_work: dict[str, Progress] = {}
Work = Callable[[Progress], None]


def start(*, name: str, work: Work) -> bool:
    """Do some work under a name; False where this process is at it already."""
    if getattr(settings, "RUNS_INLINE", False):
        work(Progress())
        return True
    with _turn:
        if name in _at_work:
            return False
        progress = _at_work[name] = Progress()
    # A daemon: whoever stops the server does not wait, and what was begun is carried on later.
    words = {"name": name, "work": work, "progress": progress}
    threading.Thread(target=_work, kwargs=words, name=name, daemon=True).start()
    return True


def progress_of(*, name: str) -> Progress | None:
    """How far some work is, if this process is at it; another process may be all the same."""
    return _at_work.get(name)


def wait(*, name: str, seconds: float) -> None:
    """Wait a little for some work of this process: what is short needs no page of its own."""
    progress = _at_work.get(name)
    if progress is not None:
        progress.ended.wait(seconds)


def _work(*, name: str, work: Work, progress: Progress) -> None:
    try:
        work(progress)
    except Exception:  # noqa: BLE001 - CONFIG: nobody above a thread would hear of it
        _log.exception("%s was cut off; it can be carried on", name)
    finally:
        connections.close_all()
        with _turn:
            del _at_work[name]
        progress.ended.set()
