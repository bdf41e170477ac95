"""The mail gate on a real Postfix before the real Dovecot, both with the configuration that is shipped."""

import contextlib
import os
import shutil
import smtplib
import sqlite3
import tempfile
from pathlib import Path

import pytest

from services.connectors.promises import OTHER_KEY, OTHER_TYPED, TYPED
from services.mail import postfix as postfix_of_tests
from services.mail.conftest import need
from services.mail.dovecot import free_port
from services.mail.on_dovecot import OnDovecot
from services.mail.test_mailgate_on_dovecot import suspended, wanted
from tequio.rules.entitlement import State

ANA, BETO, FRIEND = "ana@example.org", "beto@example.org", "friend@elsewhere.example"

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="Postfix is started by root alone")


@pytest.fixture(scope="module")
def one_postfix(one_dovecot, relay):
    need(postfix_of_tests.NEEDED)
    OnDovecot(one_dovecot).connector.ensure([])  # the gate is there before who reads it
    folder = Path(tempfile.mkdtemp(prefix="tequio-postfix-"))
    folder.chmod(0o755)
    smtp, submission, from_dovecot = (free_port() for _ in range(3))
    server = postfix_of_tests.Postfix(
        folder=folder,
        dovecot=one_dovecot,
        smtp_port=smtp,
        submission_port=submission,
        from_dovecot_port=from_dovecot,
        relay_port=relay.port,
    )
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postfix(one_postfix, dovecot):
    return one_postfix


@pytest.fixture
def gate(dovecot):
    return OnDovecot(dovecot).connector


def test_who_may_sends_mail_of_its_own_address_and_no_other(postfix, gate, relay):
    gate.ensure([wanted(), wanted(name=BETO, credentials=(OTHER_KEY,))])
    assert postfix.sends(ANA, TYPED) == (250, "")
    postfix.until(lambda: relay.taken)
    assert relay.taken[0][:2] == (ANA, [FRIEND])
    code, said = postfix.sends(ANA, TYPED, sender=BETO)
    assert (code, f"{BETO}" in said, "not owned by user" in said) == (553, True, True)
    assert postfix.sends(ANA, TYPED, sender="ana@elsewhere.example")[0] == 553
    assert postfix.sends(ANA, TYPED, sender="<>")[0] in {501, 554}
    assert postfix.sends(ANA, OTHER_TYPED)[0] == 535


def test_whoever_is_suspended_signs_in_nowhere_to_send_and_nologin_is_not_what_keeps_it_out(postfix, gate, dovecot):
    gate.suspend([suspended()])
    assert postfix.sends(ANA, TYPED)[0] == 535
    # The trap: with a row, nologin or not, Postfix would let it in.
    OnDovecot(dovecot).by_hand("trap@example.org", "suspended")
    with contextlib.closing(sqlite3.connect(dovecot.gate)) as opened, opened:
        opened.execute("UPDATE opens SET tells = 1 WHERE service = 'smtp'")
    code, said = postfix.sends("trap@example.org", TYPED)
    gate.suspend([suspended(generation=3)])  # puts it back
    assert (code, "authentication failed" in said) == (553, False)
    assert postfix.sends("trap@example.org", TYPED)[0] == 535


def test_limited_sends_as_before(postfix, gate):
    gate.limit([wanted(state=State.LIMITED)])
    assert postfix.sends(ANA, TYPED) == (250, "")


def test_a_session_that_was_open_before_sends_nothing_after_the_suspension(postfix, gate):
    gate.ensure([wanted()])
    with postfix.session() as session:
        session.login(ANA, TYPED)
        assert session.mail(ANA)[0] == 250
        assert session.rcpt(FRIEND)[0] == 250
        session.rset()
        gate.suspend([suspended()])
        assert session.mail(ANA)[0] in {250, 553}
        assert session.rcpt(FRIEND)[0] in {503, 553, 554}
        session.rset()
        session.mail("<>")
        assert session.rcpt(FRIEND)[0] in {503, 553, 554}


def test_mail_from_elsewhere_is_taken_for_whoever_is_suspended_and_kept(postfix, gate, dovecot):
    gate.ensure([wanted()])
    assert postfix.comes_in(ANA) == 250
    gate.suspend([suspended()])
    assert postfix.comes_in(ANA) == 250
    assert postfix.comes_in("ana+lists@example.org") == 250
    postfix.until(lambda: dovecot.kept(ANA) == 3)


def test_mail_for_nobody_of_ours_is_refused_and_not_taken_and_sent_back(postfix, gate):
    gate.ensure([wanted()])
    gate.remove([wanted(name=BETO, state=State.REMOVED)])
    for name in (
        BETO,
        "nobody@example.org",
        '"\'; DROP TABLE account; --"@example.org',
        "\"x' OR '1'='1\"@example.org",
    ):
        assert postfix.comes_in(name) == 550, name
    assert gate.observe(None)[0].name == ANA


def test_a_full_mailbox_keeps_its_mail_in_the_queue_and_is_delivered_when_it_has_room(postfix, gate, dovecot):
    gate.ensure([wanted(quota_mb=1)])
    assert dovecot.delivers(ANA, "x" * 70 + ("\r\n" + "x" * 70) * 14_000)[0] == 250
    large = "Subject: x\r\n\r\n" + ("x" * 70 + "\r\n") * 10_000
    with postfix.session(postfix.smtp_port) as session:
        session.sendmail(FRIEND, [ANA], large)
    postfix.until(lambda: "status=deferred" in postfix.said())
    assert dovecot.kept(ANA) == 1
    gate.ensure([wanted(generation=2, quota_mb=50)])
    postfix.until(lambda: dovecot.kept(ANA) == 2)
    assert "status=bounced" not in postfix.said()


def test_dovecots_own_submission_hands_on_who_signed_in_and_nobody_sends_as_somebody_else(postfix, gate):
    gate.ensure([wanted(), wanted(name=BETO, credentials=(OTHER_KEY,))])
    with smtplib.SMTP("127.0.0.1", postfix.from_dovecot_port, "client.test", timeout=15) as session:
        session.ehlo()
        assert session.docmd("XCLIENT", f"LOGIN={ANA}")[0] == 220
        session.ehlo()
        assert session.mail(ANA)[0] == 250
        assert session.rcpt(FRIEND)[0] == 250
        session.rset()
        assert 553 in {session.mail(BETO)[0], session.rcpt(FRIEND)[0]}
    with smtplib.SMTP("127.0.0.1", postfix.from_dovecot_port, "client.test", timeout=15) as session:
        session.ehlo()
        session.mail(ANA)
        assert session.rcpt(FRIEND)[0] in {553, 554}  # nobody said who it is


def test_dovecots_own_submission_hands_on_to_postfix_which_knows_who_it_is(postfix, gate, dovecot, relay):
    gate.ensure([wanted(), wanted(name=BETO, credentials=(OTHER_KEY,))])
    with (
        dovecot.hands_on_to(postfix.from_dovecot_port),
        smtplib.SMTP("127.0.0.1", dovecot.submission_port, "client.test", timeout=15) as session,
    ):
        session.login(ANA, TYPED)
        session.sendmail(ANA, [FRIEND], "Subject: x\r\n\r\nHola\r\n")
        postfix.until(lambda: relay.taken)
        with pytest.raises((smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused)):
            session.sendmail(BETO, [FRIEND], "Subject: x\r\n\r\nHola\r\n")
    assert [sender for sender, _, _ in relay.taken] == [ANA]
