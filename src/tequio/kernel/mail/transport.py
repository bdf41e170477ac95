"""How mail leaves: files in the instance's outbox folder unless TEQUIO_SMTP_URL names a mail server.

TEQUIO_SMTP_URL   smtp://USER:PASSWORD@HOST:587/ (encrypted with STARTTLS; `?tls=no` for a server on this machine)
                  or smtps://USER:PASSWORD@HOST:465/; `?timeout=SECONDS` for a slow one.
TEQUIO_MAIL_FROM  who the mail is from, like "Center in New York <dues@example.org>"; answers go there.
"""

import os
import tempfile
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.mail import EmailMultiAlternatives

from tequio.kernel import instance
from tequio.kernel.errors import Refusal
from tequio.kernel.mail.addresses import is_address
from tequio.kernel.mail.faults import Fault, TransportAwayError
from tequio.kernel.mail.plain_text import one_line
from tequio.kernel.mail.server import MailServer

SENDER = "Tequio <tequio@localhost>"  # nobody answers it: only for the outbox folder
TIMEOUT = 20.0  # seconds for each step of talking to a mail server
_PORTS = {"smtp": 587, "smtps": 465}
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class Transport(Protocol):
    """A way out for mail."""

    def open(self) -> None:
        """Make ready; TransportAwayError where nothing can be sent now."""

    def send(self, *, message: EmailMultiAlternatives, name: str) -> None:
        """Hand one message over; NotSentError where that did not succeed. `name` is the same for the same mail."""

    def close(self) -> None:
        """Let go of whatever was opened; never raises."""


def sender() -> str:
    """The From of every mail. Refuses a setting that is not one address, with or without a name before it."""
    said = os.environ.get("TEQUIO_MAIL_FROM") or SENDER
    if one_line(said) != said.strip() or not is_address(parseaddr(said)[1]):
        raise Refusal(
            en="TEQUIO_MAIL_FROM is not a sender like “Center in New York <dues@example.org>”.",
            es="TEQUIO_MAIL_FROM no es un remitente como «Centro en la Ciudad de México <cuotas@example.org>».",
        )
    return said.strip()


def host_of_sender() -> str:
    """The part of the sender's address after the @, which our message ids end in."""
    return parseaddr(sender())[1].rpartition("@")[2]


def outbox() -> Path:
    """The folder mail is put into while no mail server is named."""
    return instance.home() / "outbox"


def sends_for_real() -> bool:
    """Whether a mail server is set, so that letters reach people and not a folder."""
    return bool(os.environ.get("TEQUIO_SMTP_URL", "").strip())


def reaches_people() -> bool:
    """Whether what is sent counts as sent: by a mail server, or in a demonstration, whose people are invented."""
    return sends_for_real() or instance.is_demo()


def configured() -> Transport:
    """The way out that the settings name. Refuses settings that cannot be meant."""
    sender()
    said = os.environ.get("TEQUIO_SMTP_URL", "").strip()
    if not said:
        return Outbox(folder=outbox())
    if not os.environ.get("TEQUIO_MAIL_FROM"):
        raise Refusal(
            en="A mail server is set (TEQUIO_SMTP_URL) but no sender: set TEQUIO_MAIL_FROM, answers go there.",
            es="Hay servidor de correo (TEQUIO_SMTP_URL) pero no remitente: indique TEQUIO_MAIL_FROM; "
            "ahí llegan las respuestas.",
        )
    return _server(said=said)


def _server(*, said: str) -> Transport:
    try:
        parts = urlsplit(said)
        port = parts.port or _PORTS[parts.scheme]
        asked = {name: values[-1] for name, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
        timeout = float(asked.pop("timeout", TIMEOUT))
        tls = asked.pop("tls", "yes")
        meant = parts.hostname and tls in ("yes", "no") and not asked and 0 < timeout <= 10 * TIMEOUT
    except (ValueError, KeyError):
        meant = None
    if not meant or (parts.scheme == "smtps" and tls == "no"):
        # The address itself is not repeated: it holds a password.
        raise Refusal(
            en="TEQUIO_SMTP_URL is not the address of a mail server. Write it like "
            "smtp://USER:PASSWORD@HOST:587/ or smtps://USER:PASSWORD@HOST:465/.",
            es="TEQUIO_SMTP_URL no es la dirección de un servidor de correo. Escríbala como "
            "smtp://USUARIO:CLAVE@SERVIDOR:587/ o smtps://USUARIO:CLAVE@SERVIDOR:465/.",
        )
    if tls == "no" and parts.password and not _is_here(parts):
        raise Refusal(
            en="TEQUIO_SMTP_URL would send a password unencrypted to another machine. Leave out tls=no.",
            es="TEQUIO_SMTP_URL enviaría una clave sin cifrar a otra máquina. Quite tls=no.",
        )
    return MailServer(
        host=parts.hostname or "",
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        encryption={"smtps": "whole"}.get(parts.scheme, "none" if tls == "no" else "starttls"),
        timeout=timeout,
    )


def _is_here(parts: SplitResult) -> bool:
    return (parts.hostname or "") in _HERE


@dataclass(kw_only=True)
class Outbox:
    """Each mail a file that opens in a mail program, readable by this user alone."""

    folder: Path
    written: list[Path] = field(default_factory=list)

    def open(self) -> None:
        """Make the folder."""
        try:
            self.folder.mkdir(mode=instance.PRIVATE, parents=True, exist_ok=True)
        except OSError as error:
            raise TransportAwayError(fault=Fault.OUTBOX, detail=type(error).__name__) from error

    def send(self, *, message: EmailMultiAlternatives, name: str) -> None:
        """Write the file whole or not at all: the same mail again is the same file."""
        complete: Any = message.message()  # Django's own as_bytes knows linesep, the stubs do not
        content = complete.as_bytes(linesep="\r\n")
        path = self.folder / f"{name}.eml"
        try:
            # Made beside its place, with mode 0600, and put there in one step.
            handle, part = tempfile.mkstemp(dir=self.folder, prefix=f".{name}.", suffix=".part")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
                Path(part).replace(path)
            except BaseException:
                Path(part).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise TransportAwayError(fault=Fault.OUTBOX, detail=type(error).__name__) from error
        self.written.append(path)

    def close(self) -> None:
        """Nothing is open."""
