"""Doors open within a minute: what was written is carried out beside the page that wrote it, once it is committed.

Nothing depends on it. What waits is worked off again by every `tequio services reconcile` and `tequio tick`. A command
waits for it before it ends: one that was cut off while it asked a server would keep its claim, and everybody else out.
"""

import atexit
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from tequio.kernel import background, clock
from tequio.kernel.journal.operations import Happening
from tequio.services.connectors import registry
from tequio.services.models import Application
from tequio.services.operations import wanting
from tequio.services.operations.reconciling import work_off

NAME = "services"
_LONGEST = 30  # seconds a command waits for a server before it ends
_left = False


@contextmanager
def left_to_caller() -> Iterator[None]:
    """Start nothing beside pages for a while: whoever asks for this works off what waits itself, on its own clock."""
    global _left  # noqa: PLW0603 - CONFIG: one place says who works off what waits
    before, _left = _left, True
    try:
        yield
    finally:
        _left = before


def standings_moved(*, member_pks: Collection[int], actor: str, at: datetime) -> Sequence[Happening]:
    """What dues calls in the transaction in which standings moved: whatever may be open again is wanted open."""
    happenings = wanting.better_at_once(member_pks=member_pks, actor=actor, at=at)
    if happenings:
        transaction.on_commit(work)
    return happenings


def work() -> None:
    """Work off what waits, beside whatever asked for it; without a connector or an application there is nothing."""
    if _left:
        return
    if registry.instead_of_file() or registry.path().exists() or Application.objects.exists():
        background.start(name=NAME, work=lambda _: _work())
        atexit.unregister(_wait)
        atexit.register(_wait)


def _wait() -> None:
    background.wait(name=NAME, seconds=_LONGEST)


def _work() -> None:
    work_off(now=clock.now)
