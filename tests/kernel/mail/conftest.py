"""A queue to put mail into, and ways out that are no network."""

from datetime import timedelta

import pytest

from tequio.kernel.mail.composing import Composed, Paragraph
from tequio.kernel.mail.faults import NotSentError, TransportAwayError
from tequio.kernel.mail.models import OutgoingMail
from tequio.kernel.mail.operations import enqueue


@pytest.fixture(autouse=True)
def own_outbox(tmp_path, monkeypatch):
    """Each test has its own outbox and no mail server."""
    monkeypatch.delenv("TEQUIO_SMTP_URL", raising=False)
    monkeypatch.setenv("TEQUIO_MAIL_FROM", "Center in New York <dues@example.org>")
    monkeypatch.setattr("tequio.kernel.mail.transport.outbox", lambda: tmp_path / "outbox")
    return tmp_path / "outbox"


@pytest.fixture
def queued(db, at):
    """A function that puts a mail in the queue and returns its row."""

    def put(*, to="alma@example.org", once_key="", text="Hello.", minutes=0, kind="trial", language="en", **more):
        composed = Composed(language=language, subject=f"About {to[:4]}", blocks=(Paragraph(text=text),))
        moment = at + timedelta(minutes=minutes)
        return enqueue(
            kind=kind, subject="instance", to_address=to, composed=composed, once_key=once_key, at=moment, **more
        )

    return put


class FakeTransport:
    """Keeps what it is given; `faults` says, by address, what happens instead."""

    def __init__(self, *, faults=None, away=None, before=None):
        self.faults, self.away, self.before = faults or {}, away, before
        self.sent, self.names, self.opened, self.closed = [], [], 0, 0

    def open(self):
        self.opened += 1
        if self.away:
            raise TransportAwayError(fault=self.away, detail="nobody there")

    def send(self, *, message, name):
        if self.before:
            self.before()
        [address] = message.to
        if address in self.faults:
            raise self.faults[address]
        self.sent.append(address)
        self.names.append((name, message.extra_headers["Message-ID"]))

    def close(self):
        self.closed += 1


@pytest.fixture
def way():
    """The class of a way out that keeps what it is given."""
    return FakeTransport


@pytest.fixture
def states():
    """A function: the state of each mail, in the order they were queued."""

    def read():
        return list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))

    return read


@pytest.fixture
def not_sent():
    return NotSentError


@pytest.fixture
def refusal():
    """A function that calls another, which has to refuse: what it says."""
    from tequio.kernel.errors import Refusal

    def call(act, **arguments):
        with pytest.raises(Refusal) as caught:
            act(**arguments)
        return caught.value.text

    return call
