"""Django's way of sending mail, led into our queue: what libraries send cannot make a page fail or wait for long.

Set EMAIL_BACKEND to "tequio.kernel.mail.backend.EmailBackend".
"""

import contextlib
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction

from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.mail import kinds
from tequio.kernel.mail.addresses import is_address
from tequio.kernel.mail.operations import Written, enqueue
from tequio.kernel.mail.sending import deliver_one


class EmailBackend(BaseEmailBackend):
    """Puts each message in the queue, and tries it once as soon as the page's transaction is over.

    A code to sign in is waited for, so it does not wait for the next round; if that one try fails, the mail waits
    with all others. Text, HTML twin, language and addresses are taken over; attachments are not.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages; returns how many."""
        count = 0
        for message in email_messages:
            for address in message.recipients():
                if is_address(address):
                    self._queue(message=message, address=address)
                    count += 1
        return count

    def _queue(self, *, message: EmailMessage, address: str) -> None:
        row = enqueue(
            kind=kinds.PLAIN,
            subject="sign-in",
            to_address=address,
            composed=Written(
                language=_language(message),
                subject=str(message.subject),
                text=str(message.body),
                html=_html(message),
            ),
            at=clock.now(),
        )
        transaction.on_commit(partial(_try_once, pk=row.pk))


def _try_once(*, pk: int) -> None:
    # Whatever stands in the way is in the row or comes up again when the queue is sent; the page is done.
    with contextlib.suppress(Refusal, DatabaseError):
        deliver_one(pk=pk, at=clock.now())


def _language(message: EmailMessage) -> str:
    named: Any = message.extra_headers.get("Content-Language", "en")
    return "es" if str(named).startswith("es") else "en"


def _html(message: EmailMessage) -> str:
    if isinstance(message, EmailMultiAlternatives):
        for content, media_type in message.alternatives:
            if media_type == "text/html":
                return str(content)
    return ""
