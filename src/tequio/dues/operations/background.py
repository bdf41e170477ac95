"""Long work of a page, done beside it by a thread with a database connection of its own.

Nothing depends on the thread: a run that was cut off with its process stays marked running, and the daily work or the
button on its page carries it on from its cursor.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import connections

from tequio.dues.operations.billing import RUN_KIND, carry_on
from tequio.kernel.runs.models import Run, RunState

_log = logging.getLogger(__name__)
_at_work: set[str] = set()
_turn = threading.Lock()


def start_run(*, run_pk: int, actor: str, at: datetime) -> bool:
    """Carry out a run that is marked running; False where this process is at it already.

    With the setting RUNS_INLINE the work is done before this returns.
    """
    return _start(name=f"run-{run_pk}", work=lambda: _carry_out(run_pk=run_pk, actor=actor, at=at))


def start_mailing(*, run_pk: int, actor: str, at: datetime) -> bool:
    """Put the mails of a run's invoices in the queue; False where this process is at it already.

    Safe to start again: an invoice has one mail, ever. With the setting RUNS_INLINE the work is done before this
    returns.
    """
    return _start(name=f"mail-{run_pk}", work=lambda: _mail(run_pk=run_pk, actor=actor, at=at))


def is_at_work(*, run_pk: int) -> bool:
    """Whether this process is carrying out a run; another process may be all the same."""
    return f"run-{run_pk}" in _at_work


def _carry_out(*, run_pk: int, actor: str, at: datetime) -> None:
    run = Run.objects.filter(pk=run_pk, kind=RUN_KIND, state=RunState.RUNNING).first()
    if run is not None:
        carry_on(run=run, actor=actor, at=at)


def _mail(*, run_pk: int, actor: str, at: datetime) -> None:
    from tequio.dues.letters.operations import mail_invoices

    mail_invoices(run_pk=run_pk, actor=actor, at=at)


def _start(*, name: str, work: Callable[[], None]) -> bool:
    if getattr(settings, "RUNS_INLINE", False):
        work()
        return True
    with _turn:
        if name in _at_work:
            return False
        _at_work.add(name)
    # A daemon: whoever stops the server does not wait, and what was begun is carried on later.
    threading.Thread(target=_work, kwargs={"name": name, "work": work}, name=name, daemon=True).start()
    return True


def _work(*, name: str, work: Callable[[], None]) -> None:
    try:
        work()
    except Exception:  # noqa: BLE001 - CONFIG: nobody above a thread would hear of it
        _log.exception("%s was cut off; it can be carried on", name)
    finally:
        connections.close_all()
        with _turn:
            _at_work.discard(name)
