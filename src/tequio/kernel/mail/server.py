"""Sending through a mail server, by Django's own SMTP backend, and telling its answers apart.

For good: the server says 5xx about this message or this address. For now: 4xx, or it hangs up in the middle. The
server itself: it cannot be reached, does not take our sign-in, our sender or our encryption; then no message is to
blame and none is tried further.
"""

import contextlib
import smtplib
import ssl
from dataclasses import dataclass, field
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from tequio.kernel.mail.faults import Fault, NotSentError, TransportAwayError

_FOR_GOOD = 500
_CLOSING = 421  # the server shuts down: about the server, whatever was being said
_TOO_LARGE = 552
_ADDRESSES = frozenset({550, 551, 553})  # no such mailbox, not here, not allowed as a name


@dataclass(kw_only=True)
class MailServer:
    """A mail server, by its settings. `encryption` is none, starttls or whole; `timeout` in seconds."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    encryption: str
    timeout: float
    _backend: EmailBackend | None = field(default=None, repr=False)

    def open(self) -> None:
        """Connect and sign in, unless that was done."""
        if self._backend is not None:
            return
        backend = EmailBackend(
            host=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.encryption == "starttls",
            use_ssl=self.encryption == "whole",
            timeout=self.timeout,
            fail_silently=False,
        )
        try:
            backend.open()
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, ssl.SSLError) as error:
            _quietly(backend.close)
            raise TransportAwayError(fault=Fault.SERVER_SETTINGS, detail=said_by(error)) from error
        except OSError as error:  # what smtplib raises is OSError too
            _quietly(backend.close)
            raise TransportAwayError(fault=Fault.SERVER_AWAY, detail=said_by(error)) from error
        self._backend = backend

    def send(self, *, message: EmailMultiAlternatives, name: str) -> None:  # noqa: ARG002 - CONFIG: Transport's form
        """Hand one message to the server."""
        self.open()
        if self._backend is None:  # pragma: no cover - open() raises instead
            raise TransportAwayError(fault=Fault.SERVER_AWAY)
        try:
            self._backend.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _answered(code=code, said=said, about_address=True) from error
        except smtplib.SMTPSenderRefused as error:
            if error.smtp_code == _TOO_LARGE:
                raise _answered(code=error.smtp_code, said=error.smtp_error) from error
            raise TransportAwayError(fault=Fault.SERVER_SETTINGS, detail=said_by(error)) from error
        except smtplib.SMTPResponseException as error:
            raise _answered(code=error.smtp_code, said=error.smtp_error) from error
        except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
            # An address with letters the server's dialect has no way to write.
            raise NotSentError(fault=Fault.ADDRESS, detail=type(error).__name__, for_good=True) from error
        except OSError as error:
            self.close()
            raise NotSentError(fault=Fault.DROPPED, detail=said_by(error)) from error

    def close(self) -> None:
        """Say goodbye; a server that is gone already is no news."""
        backend, self._backend = self._backend, None
        if backend is not None:
            _quietly(backend.close)


def _answered(*, code: int, said: bytes | str, about_address: bool = False) -> NotSentError:
    detail = f"{code} {_words(said)}"
    if code == _CLOSING:
        return TransportAwayError(fault=Fault.SERVER_AWAY, detail=detail)
    if code < _FOR_GOOD:
        return NotSentError(fault=Fault.NOT_NOW, detail=detail)
    fault = Fault.ADDRESS if about_address and code in _ADDRESSES else Fault.REFUSED
    return NotSentError(fault=fault, detail=detail, for_good=True)


def said_by(error: OSError) -> str:
    """What a fault says of itself: the server's answer, or the system's word for it."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_words(error.smtp_error)}"
    return f"{type(error).__name__}: {error.strerror or error}"


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _quietly(act: Any) -> None:
    with contextlib.suppress(OSError):
        act()
