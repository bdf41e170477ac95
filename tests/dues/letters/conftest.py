"""Letters of a small organization, an outbox of its own, and a paper that is no typesetter's work."""

import email
import sys
from email import policy
from types import ModuleType

import pytest

from tequio.dues.letters import operations
from tequio.kernel.mail.models import OutgoingMail
from tequio.kernel.mail.sending import deliver_waiting


@pytest.fixture(autouse=True)
def own_outbox(tmp_path, monkeypatch):
    monkeypatch.delenv("TEQUIO_SMTP_URL", raising=False)
    monkeypatch.setenv("TEQUIO_MAIL_FROM", "Center <dues@example.org>")
    monkeypatch.setattr("tequio.kernel.mail.transport.outbox", lambda: tmp_path / "outbox")
    return tmp_path / "outbox"


@pytest.fixture
def paper(monkeypatch):
    """The papers, as short as can be; returns the numbers they were asked for."""
    asked = []

    def pdf(kind):
        def make(*, number):
            asked.append((kind, number))
            return f"%PDF {kind} {number}".encode()

        return make

    module = ModuleType("tequio.dues.paper")
    module.invoice_pdf, module.receipt_pdf = pdf("invoice"), pdf("receipt")
    monkeypatch.setitem(sys.modules, "tequio.dues.paper", module)
    return asked


@pytest.fixture
def letters(own_outbox, at):
    """A function: send what waits, and everything in the outbox as a mail program reads it, by address."""

    def read():
        deliver_waiting(at=at)
        found = [
            email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in own_outbox.glob("*.eml")
        ]
        return {letter["To"]: letter for letter in found}

    return read


@pytest.fixture
def waiting():
    """A function: (kind, subject, address) of every mail that waits, in the order they were queued."""

    def read():
        rows = OutgoingMail.objects.filter(state="waiting").order_by("pk")
        return [(row.kind, row.subject, row.to_address) for row in rows]

    return read


@pytest.fixture
def body():
    """A function: the plain text of the only mail of a kind, on one line."""

    def read(kind):
        return " ".join(OutgoingMail.objects.get(kind=kind).body_text.split())

    return read


@pytest.fixture
def mail():
    """The operations, by one actor."""

    def call(name, at, **named):
        return getattr(operations, name)(actor="test", at=at, **named)

    return call
