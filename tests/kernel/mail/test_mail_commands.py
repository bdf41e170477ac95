"""`tequio mail`, and Django's own way of sending mail led into the queue."""

import json

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives

from tequio.kernel.mail.models import OutgoingMail


@pytest.fixture
def through_the_queue(settings):
    settings.EMAIL_BACKEND = "tequio.kernel.mail.backend.EmailBackend"


def test_the_list_says_what_waits_in_the_language_spoken(queued, cli):
    row = queued()
    code, out, _ = cli("--lang", "es", "mail", "list")
    assert (code, out.splitlines()) == (
        0,
        [
            f"{row.pk}  en espera  correo de prueba  instance",
            "en espera 1, enviados 0, sin poder enviarse 0, cancelados 0",
        ],
    )
    code, out, _ = cli("mail", "list", "--state", "sent", "--json")
    assert (code, json.loads(out)) == (0, [])


def test_no_command_prints_an_address(queued, cli):
    queued()
    said = "".join("".join(map(str, cli("mail", *words))) for words in (["list"], ["list", "--json"], ["send"]))
    assert "alma" not in said


def test_send_sends_all_that_waits_however_many(queued, cli, own_outbox, states):
    for number in range(60):
        queued(to=f"m{number}@example.org")
    code, out, _ = cli("mail", "send")
    assert (code, out) == (0, "60 sent, 0 put off, 0 failed, 0 no longer needed.\n")
    assert (len(list(own_outbox.iterdir())), set(states())) == (60, {"sent"})


def test_the_test_mail_says_where_it_lies(db, cli, own_outbox):
    code, out, _ = cli("mail", "test", "alma@example.org")
    [path] = own_outbox.iterdir()
    assert (code, out) == (0, f"No mail server is set, so it lies in the outbox: {path}\n")


def test_the_test_mail_says_what_stands_in_the_way(db, cli, own_outbox, states):
    own_outbox.write_text("in the way")
    code, _, err = cli("mail", "test", "alma@example.org")
    assert (code, err.startswith("The test mail was not sent. The outbox folder cannot be written.")) == (1, True)
    assert cli("mail", "test", "alma")[0] == 1
    assert states() == ["waiting"]


def test_a_state_nobody_knows_is_wrong_usage(db, cli):
    assert cli("mail", "list", "--state", "lost")[0] == 2


def test_retry_and_cancel(queued, cli, states):
    row = queued()
    assert cli("mail", "retry", row.pk)[0] == 1
    assert cli("mail", "cancel", row.pk)[:2] == (0, f"Mail {row.pk} is cancelled.\n")
    assert states() == ["cancelled"]


def test_what_a_library_sends_waits_in_the_queue_and_goes_out_when_the_page_is_done(
    db, through_the_queue, own_outbox, django_capture_on_commit_callbacks
):
    message = EmailMultiAlternatives(subject="Código", body="Su código: 123456", to=["alma@example.org"])
    message.extra_headers = {"Content-Language": "es"}
    with django_capture_on_commit_callbacks(execute=True):
        assert message.send() == 1
        row = OutgoingMail.objects.get()
        assert (row.state, row.language, row.subject_text, row.body_text) == (
            "waiting",
            "es",
            "Código",
            "Su código: 123456",
        )
    row.refresh_from_db()
    assert (row.state, row.body_text, len(list(own_outbox.iterdir()))) == ("sent", "", 1)


def test_a_mail_server_that_is_down_does_not_make_the_page_fail(
    db, through_the_queue, monkeypatch, states, django_capture_on_commit_callbacks
):
    def refuse(*_, **__):
        raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr("smtplib.SMTP", refuse)
    monkeypatch.setattr("django.core.mail.utils.socket.getfqdn", lambda: "here")
    monkeypatch.setenv("TEQUIO_SMTP_URL", "smtp://mail.example.org/")
    with django_capture_on_commit_callbacks(execute=True):
        django_mail.send_mail("Código", "123456", None, ["alma@example.org"])
    monkeypatch.setenv("TEQUIO_SMTP_URL", "no address at all")
    with django_capture_on_commit_callbacks(execute=True):
        django_mail.send_mail("Código", "123456", None, ["alma@example.org"])
    assert states() == ["waiting", "waiting"]
    assert list(OutgoingMail.objects.order_by("pk").values_list("last_fault", flat=True)) == ["server_away", ""]
