"""Sending what signing in writes: codes at once and past the queue, news of one's account through it.

A code is waited for and worth nothing an hour later, so it is never stored to be tried again. Whether the address is
anybody's must not show from outside: the way out is opened for every address that is asked for, and what only a known
one would add, the mail server taking the message, happens beside the answer.
"""

import logging
import secrets
from threading import Thread

from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse

from tequio.kernel.errors import Refusal
from tequio.kernel.mail.composing import Composed
from tequio.kernel.mail.faults import NotSentError, TransportAwayError
from tequio.kernel.mail.transport import Outbox, Transport, configured, host_of_sender, sender
from tequio.kernel.web.pages import page
from tequio.rules.reasons import Text

_log = logging.getLogger(__name__)


class CannotSendError(Exception):
    """No mail can leave at the moment."""


def is_sending_possible() -> bool:
    """Whether a way out can be opened now."""
    try:
        _opened().close()
    except CannotSendError:
        return False
    return True


def send_code(*, letter: Composed, address: str) -> None:
    """Send a code now. CannotSendError where no way out can be opened; an address refused later is only logged."""
    transport = _opened()
    message = _message(letter=letter, address=address)
    if isinstance(transport, Outbox):
        _hand_over(transport, message)
    else:
        Thread(target=_hand_over, args=(transport, message), name="sign-in code").start()


def send_news(*, letter: Composed, address: str) -> None:
    """Put a letter in the queue, which tries it at once and again later (kernel/mail/backend.py)."""
    try:
        _message(letter=letter, address=address).send()
    except Refusal as refusal:  # of a setting; what the letter is about has happened and stays
        _log.error("a letter was not written: %s", refusal.text.en)


def no_mail(request: HttpRequest) -> HttpResponse:
    """The page that says no code can be sent (503)."""
    context = {
        "title": Text(en="No mail can be sent right now", es="Por ahora no se pueden enviar correos"),
        "sentence": Text(
            en="So there is no code either. Sign in with your password or a passkey, or try again in some minutes.",
            es="Por eso tampoco hay código. Entre con su contraseña o una llave de acceso, o inténtelo en unos "
            "minutos.",
        ),
    }
    return page(request, "web/error.html", context, status=503)


def _opened() -> Transport:
    try:
        transport = configured()
        transport.open()
    except TransportAwayError as error:
        _log.error("no code could be sent: %s %s", error.fault.value, error.detail)
        raise CannotSendError from error
    except Refusal as refusal:
        _log.error("no code could be sent: %s", refusal.text.en)
        raise CannotSendError from refusal
    return transport


def _hand_over(transport: Transport, message: EmailMultiAlternatives) -> None:
    try:
        transport.send(message=message, name=f"code-{secrets.token_hex(8)}")
    except NotSentError as error:
        _log.error("a code was not sent: %s %s", error.fault.value, error.detail)
    finally:
        transport.close()


def _message(*, letter: Composed, address: str) -> EmailMultiAlternatives:
    headers = {
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
        "Message-ID": f"<{secrets.token_hex(16)}@{host_of_sender()}>",
    }
    message = EmailMultiAlternatives(letter.subject, letter.text, sender(), [address], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    return message
