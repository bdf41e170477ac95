"""Codes go past the queue, at once; what a mail server answers about one address does not show on the page."""

import threading

import pytest

from tequio.accounts import sending
from tequio.kernel.mail.faults import Fault, NotSentError, TransportAwayError
from tequio.kernel.mail.transport import Outbox

ASK = "/account/login/code/"


class Server:
    """A mail server as signing in sees it."""

    def __init__(self, *, away=None, refuses=None):
        self.away, self.refuses, self.sent, self.opened, self.closed = away, refuses, [], 0, 0
        self.may_send = threading.Event()

    def open(self):
        self.opened += 1
        if self.away:
            raise TransportAwayError(fault=self.away)

    def send(self, *, message, name):  # noqa: ARG002 - CONFIG: the signature of transports
        self.may_send.wait(5)
        if self.refuses:
            raise NotSentError(fault=self.refuses, for_good=True)
        self.sent.append(message)

    def close(self):
        self.closed += 1


@pytest.fixture
def server(monkeypatch):
    """A function that puts a mail server in the place of the one the settings name."""

    def put(**how):
        made = Server(**how)
        monkeypatch.setattr(sending, "configured", lambda: made)
        return made

    return put


def wait_for_threads():
    for thread in threading.enumerate():
        if thread.name == "sign-in code":
            thread.join(5)


def test_the_page_does_not_wait_for_the_server_to_take_the_message(client, person, server):
    person("alma@example.org")
    slow = server()
    assert client.post(ASK, {"email": "alma@example.org"}).status_code == 302
    assert (slow.opened, slow.sent) == (1, [])
    slow.may_send.set()
    wait_for_threads()
    assert [message.to for message in slow.sent] == [["alma@example.org"]]
    assert slow.closed == 1


def test_for_an_address_nobody_has_the_server_is_reached_all_the_same_and_sent_nothing(client, db, server):
    reached = server()
    assert client.post(ASK, {"email": "none@example.org"}).status_code == 302
    assert (reached.opened, reached.closed, reached.sent) == (1, 1, [])


def test_an_address_the_server_refuses_shows_the_same_page_and_is_logged_without_it(client, person, server, caplog):
    person("alma@example.org")
    strict = server(refuses=Fault.ADDRESS)
    strict.may_send.set()
    assert client.post(ASK, {"email": "alma@example.org"}).status_code == 302
    wait_for_threads()
    assert [record.getMessage() for record in caplog.records] == ["a code was not sent: address "]


@pytest.mark.parametrize("address", ["alma@example.org", "none@example.org"])
@pytest.mark.parametrize("fault", [Fault.SERVER_AWAY, Fault.SERVER_SETTINGS])
def test_a_server_that_is_away_is_a_clear_sentence_known_or_not(client, person, server, address, fault):
    person("alma@example.org")
    server(away=fault)
    answer = client.post(ASK, {"email": address})
    assert answer.status_code == 503
    assert "No mail can be sent right now" in answer.content.decode()


def test_news_of_a_change_wait_in_the_queue_where_no_mail_leaves(person, settings, monkeypatch, tmp_path):
    from tequio.kernel.mail import transport
    from tequio.kernel.mail.models import OutgoingMail

    settings.EMAIL_BACKEND = "tequio.kernel.mail.backend.EmailBackend"
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(transport, "outbox", lambda: tmp_path / "file" / "outbox")
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, *_, **__: act())
    from tequio.accounts.letters import news

    person("alma@example.org")
    sending.send_news(letter=news(occasion="mfa/email/totp_activated", language="es"), address="alma@example.org")
    [row] = OutgoingMail.objects.all()
    assert (row.to_address, row.subject_text, row.state) == (
        "alma@example.org",
        "Tequio: Los códigos de una aplicación son ya su segundo paso",
        "waiting",
    )


def test_a_letter_to_the_outbox_is_there_when_the_page_is(own_outbox, person):
    from tequio.accounts.letters import code_letter

    sending.send_code(letter=code_letter(code="1234-5678", language="en"), address="alma@example.org")
    [path] = own_outbox.glob("*.eml")
    assert isinstance(sending.configured(), Outbox)
    assert b"Your code to sign in: 1234-5678" in path.read_bytes()
    assert b"Auto-Submitted: auto-generated" in path.read_bytes()
