"""What a mail server answers, told apart: for good, for now, and not this mail's fault."""

import smtplib

import pytest

from tequio.kernel.mail.faults import Fault
from tequio.kernel.mail.models import OutgoingMail
from tequio.kernel.mail.sending import deliver_waiting


class FakeServer:
    """Stands where smtplib connects; `script` says what goes wrong, by step and address."""

    script: dict = {}
    log: list = []

    def __init__(self, host, port, **more):
        self.log.append(("connect", host, port, more["timeout"]))
        self._step("connect")

    def _step(self, name):
        if name in self.script:
            raise self.script[name]

    def starttls(self, *, context):
        self.log.append(("starttls", context.check_hostname))
        self._step("starttls")

    def login(self, user, password):
        self.log.append(("login", user, password))
        self._step("login")

    def sendmail(self, sender, recipients, content):
        [address] = recipients
        self._step(address)
        self.log.append(("mail", sender, address, content))
        return {}

    def quit(self):
        self.log.append(("quit",))

    def close(self):
        self.log.append(("close",))


@pytest.fixture
def server(monkeypatch):
    """A fake mail server; returns its log and its script."""
    monkeypatch.setattr(smtplib, "SMTP", FakeServer)
    monkeypatch.setattr("django.core.mail.utils.socket.getfqdn", lambda: "here")
    monkeypatch.setenv("TEQUIO_SMTP_URL", "smtp://user:secret@mail.example.org/?timeout=7")
    FakeServer.script, FakeServer.log = {}, []
    return FakeServer


def rcpt(code, said, address="gone@example.org"):
    return smtplib.SMTPRecipientsRefused({address: (code, said)})


def test_mails_go_over_one_encrypted_connection_with_a_time_limit(queued, server, at):
    queued(to="a@example.org")
    queued(to="b@example.org")
    assert deliver_waiting(at=at).sent == 2
    steps = [entry[:4] if entry[0] != "mail" else entry[:3] for entry in server.log]
    assert steps == [
        ("connect", "mail.example.org", 587, 7.0),
        ("starttls", True),
        ("login", "user", "secret"),
        ("mail", "Center in New York <dues@example.org>", "a@example.org"),
        ("mail", "Center in New York <dues@example.org>", "b@example.org"),
        ("quit",),
    ]
    content = server.log[3][3]
    assert b"Auto-Submitted: auto-generated\r\n" in content


@pytest.mark.parametrize(
    ("error", "state", "fault", "said"),
    [
        (rcpt(550, b"5.1.1 no such user"), "failed", Fault.ADDRESS, "550 5.1.1 no such user"),
        (rcpt(554, b"policy"), "failed", Fault.REFUSED, "554 policy"),
        (rcpt(451, b"greylisted"), "waiting", Fault.NOT_NOW, "451 greylisted"),
        (rcpt(452, b"mailbox full"), "waiting", Fault.NOT_NOW, "452 mailbox full"),
        (smtplib.SMTPDataError(552, b"too large"), "failed", Fault.REFUSED, "552 too large"),
        (smtplib.SMTPDataError(451, b"later"), "waiting", Fault.NOT_NOW, "451 later"),
        (smtplib.SMTPSenderRefused(552, b"size", "x"), "failed", Fault.REFUSED, "552 size"),
        (smtplib.SMTPServerDisconnected("hung up"), "waiting", Fault.DROPPED, "SMTPServerDisconnected: hung up"),
        (TimeoutError("timed out"), "waiting", Fault.DROPPED, "TimeoutError: timed out"),
        (smtplib.SMTPNotSupportedError("no SMTPUTF8"), "failed", Fault.ADDRESS, "SMTPNotSupportedError"),
    ],
)
def test_an_answer_about_one_mail_concerns_that_mail_alone(queued, server, states, error, state, fault, said, at):
    queued(to="gone@example.org")
    queued(to="b@example.org")
    server.script = {"gone@example.org": error}
    done = deliver_waiting(at=at)
    assert (states(), done.sent, done.away) == ([state, "sent"], 1, None)
    row = OutgoingMail.objects.order_by("pk")[0]
    assert (row.tries, row.last_fault, row.last_error) == (1, fault.value, said)


@pytest.mark.parametrize(
    ("step", "error", "fault"),
    [
        ("connect", ConnectionRefusedError(111, "refused"), Fault.SERVER_AWAY),
        ("connect", TimeoutError("timed out"), Fault.SERVER_AWAY),
        ("connect", OSError(-2, "Name or service not known"), Fault.SERVER_AWAY),
        ("connect", smtplib.SMTPConnectError(554, b"go away"), Fault.SERVER_AWAY),
        ("starttls", smtplib.SMTPNotSupportedError("STARTTLS"), Fault.SERVER_SETTINGS),
        ("login", smtplib.SMTPAuthenticationError(535, b"bad"), Fault.SERVER_SETTINGS),
        ("login", smtplib.SMTPServerDisconnected("gone"), Fault.SERVER_AWAY),
        ("a@example.org", smtplib.SMTPSenderRefused(553, b"not yours", "dues@example.org"), Fault.SERVER_SETTINGS),
        ("a@example.org", rcpt(421, b"closing", "a@example.org"), Fault.SERVER_AWAY),
    ],
)
def test_what_is_the_server_s_fault_is_no_mail_s_and_ends_the_round(queued, server, states, step, error, fault, at):
    queued(to="a@example.org")
    queued(to="b@example.org")
    server.script = {step: error}
    done = deliver_waiting(at=at)
    assert (done.away, done.sent, states()) == (fault, 0, ["waiting", "waiting"])
    row = OutgoingMail.objects.order_by("pk")[0]
    assert (row.tries, row.claim, row.last_fault) == (0, "", fault.value)
    assert "dues@" not in row.last_error


def test_after_a_hang_up_the_next_mail_has_a_new_connection(queued, server, at):
    queued(to="gone@example.org")
    queued(to="b@example.org")
    server.script = {"gone@example.org": smtplib.SMTPServerDisconnected("gone")}
    deliver_waiting(at=at)
    assert [entry[0] for entry in server.log].count("connect") == 2


def test_an_encrypted_password_is_never_sent_in_the_clear(queued, server, at):
    queued()
    server.script = {"starttls": smtplib.SMTPNotSupportedError("STARTTLS extension not supported")}
    deliver_waiting(at=at)
    assert [entry[0] for entry in server.log if entry[0] in ("login", "mail")] == []
