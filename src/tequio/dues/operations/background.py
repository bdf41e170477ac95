"""A dues run and its mails, done beside their page (kernel/background.py).

Nothing depends on that: a run that was cut off stays marked running, and the daily work or the button on its page
carries it on from its cursor.
"""

from datetime import datetime

from tequio.dues.operations.billing import RUN_KIND, carry_on
from tequio.kernel import background
from tequio.kernel.runs.models import Run, RunState


def start_run(*, run_pk: int, actor: str, at: datetime) -> bool:
    """Carry out a run that is marked running; False where this process is at it already."""
    return background.start(name=f"run-{run_pk}", work=lambda _: _carry_out(run_pk=run_pk, actor=actor, at=at))


def start_mailing(*, run_pk: int, actor: str, at: datetime) -> bool:
    """Put the mails of a run's invoices in the queue; False where this process is at it already.

    Safe to start again: an invoice has one mail, ever.
    """
    return background.start(name=f"mail-{run_pk}", work=lambda _: _mail(run_pk=run_pk, actor=actor, at=at))


def is_at_work(*, run_pk: int) -> bool:
    """Whether this process is carrying out a run; another process may be all the same."""
    return background.progress_of(name=f"run-{run_pk}") is not None


def _carry_out(*, run_pk: int, actor: str, at: datetime) -> None:
    run = Run.objects.filter(pk=run_pk, kind=RUN_KIND, state=RunState.RUNNING).first()
    if run is not None:
        carry_on(run=run, actor=actor, at=at)


def _mail(*, run_pk: int, actor: str, at: datetime) -> None:
    from tequio.dues.letters.operations import mail_invoices

    mail_invoices(run_pk=run_pk, actor=actor, at=at)
