"""Posting a statement's queue beside the page that confirmed it, by a thread with a database connection of its own.

Nothing depends on the thread: what it leaves is in the queue, and any import or the daily work goes on from there.
"""

import logging
import threading
from datetime import datetime

from django.conf import settings
from django.db import connections

from tequio.banking.models import BankAccount
from tequio.banking.operations.posting import post_queued

_log = logging.getLogger(__name__)


def post_soon(*, account: BankAccount, actor: str, at: datetime) -> None:
    """Post what is queued; with the setting RUNS_INLINE before this returns."""
    if getattr(settings, "RUNS_INLINE", False):
        post_queued(account=account, actor=actor, at=at)
        return
    # A daemon: whoever stops the server does not wait.
    threading.Thread(
        target=_work, kwargs={"account": account, "actor": actor, "at": at}, name=f"bank-{account.code}", daemon=True
    ).start()


def _work(*, account: BankAccount, actor: str, at: datetime) -> None:
    try:
        post_queued(account=account, actor=actor, at=at)
    except Exception:  # noqa: BLE001 - CONFIG: nobody above a thread would hear of it
        _log.exception("posting into %s was cut off; it can be carried on", account.code)
    finally:
        connections.close_all()
