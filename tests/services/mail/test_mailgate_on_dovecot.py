"""The mail gate on a real Dovecot that runs the configuration that is shipped: IMAP, submission and LMTP."""

import imaplib
import os
import signal
import smtplib
import subprocess
import sys
import threading

import pytest

from services.connectors.promises import KEY, OTHER_KEY, OTHER_TYPED, TYPED, Promises, credential
from services.mail.dovecot import as_user
from services.mail.on_dovecot import OnDovecot
from tequio.rules.entitlement import State
from tequio.rules.reasons import Text
from tequio.services.connectors.contract import Outcome, Seen, Wanted
from tequio.services.connectors.credentials import sha512_crypt

ANA, BETO = "ana@example.org", "beto@example.org"
PAY = "https://tequio.example.org/pay/x"
NOTICE = Text(en="Suspended: dues are overdue.", es="Está suspendido: hay cuotas vencidas.")
SAID = f"Suspended: dues are overdue. / Esta suspendido: hay cuotas vencidas. {PAY}"
WRONG = "[AUTHENTICATIONFAILED] Authentication failed."


@pytest.fixture
def server(dovecot):
    return OnDovecot(dovecot)


class TestPromises(Promises):
    pass


def wanted(name=ANA, state=State.OPEN, generation=1, credentials=(KEY,), **more):
    return Wanted(
        **{"notice": NOTICE, "pay_address": PAY, **more},
        service="mailbox",
        name=name,
        state=state,
        generation=generation,
        credentials=credentials,
    )


def suspended(generation=2, **more):
    return wanted(state=State.SUSPENDED, generation=generation, **more)


def test_after_the_right_password_whoever_is_suspended_is_told_why_and_where_to_pay(server):
    server.connector.suspend([suspended()])
    assert server.dovecot.reads(ANA, TYPED) == (False, f"b'[CONTACTADMIN] {SAID}'")
    assert server.dovecot.sends(ANA, TYPED) == (False, f"5.7.13 {SAID}")


def test_after_a_wrong_password_it_is_told_what_everybody_is_told(server):
    server.connector.suspend([suspended()])
    server.connector.ensure([wanted(name=BETO)])
    for name in (ANA, BETO, "nobody@example.org"):
        assert server.dovecot.reads(name, TYPED + "x") == (False, f"b'{WRONG}'"), name
        assert server.dovecot.reads(name, "no-such-word") == (False, f"b'{WRONG}'"), name
    assert server.dovecot.sends(ANA, TYPED + "x") == (False, "5.7.8 Authentication failed.")


@pytest.mark.parametrize(
    ("notice", "said"),
    [(Text(en="", es=""), "Suspended. / Suspendido."), (Text(en="x" * 600, es="\r\n* OK"), "x" * 470)],
)
def test_whatever_the_sentence_is_it_is_one_line_and_no_server_dies_of_it(server, notice, said):
    for generation in (2, 3):
        server.connector.suspend([suspended(generation=generation, notice=notice, pay_address="")])
        assert server.dovecot.reads(ANA, TYPED) == (False, f"b'[CONTACTADMIN] {said}'")
        assert server.dovecot.sends(ANA, TYPED) == (False, f"5.7.13 {said}")


def test_mail_for_whoever_is_suspended_is_kept_and_there_when_it_is_back(server):
    server.connector.ensure([wanted()])
    assert server.dovecot.delivers(ANA)[0] == 250
    server.connector.suspend([suspended()])
    assert [server.dovecot.delivers(ANA)[0] for _ in range(2)] == [250, 250]
    server.connector.resume([wanted(generation=3)])
    session = server.dovecot.imap(ANA, TYPED)
    assert session.select("INBOX") == ("OK", [b"3"])
    session.logout()


def test_limited_works_as_before(server):
    server.connector.limit([wanted(state=State.LIMITED)])
    assert server.dovecot.reads(ANA, TYPED) == (True, "")
    assert server.dovecot.sends(ANA, TYPED) == (True, "")
    assert server.dovecot.delivers(ANA)[0] == 250


def test_open_sessions_end_with_the_suspension_and_nobody_elses(server):
    server.connector.ensure([wanted(), wanted(name=BETO, credentials=(OTHER_KEY,))])
    anas, betos = server.dovecot.imap(ANA, TYPED), server.dovecot.imap(BETO, OTHER_TYPED)
    with smtplib.SMTP("127.0.0.1", server.dovecot.submission_port, "client.test", timeout=15) as sending:
        sending.login(ANA, TYPED)
        server.connector.suspend([suspended()])
        assert server.dovecot.ended(anas)
        with pytest.raises(smtplib.SMTPException):
            sending.sendmail(ANA, [BETO], "Subject: x\r\n\r\nx")
        sending.close()
    assert betos.noop()[0] == "OK"
    betos.logout()


def test_who_is_signed_in_although_suspended_is_seen_as_open_until_asked_again(server):
    server.connector.ensure([wanted()])
    session = server.dovecot.imap(ANA, TYPED)
    server.taken_out(ANA)  # by hand: nobody ended the session
    [seen] = server.connector.observe([("mailbox", ANA)])
    assert seen.state is Seen.OPEN
    server.connector.suspend([suspended()])
    [seen] = server.connector.observe([("mailbox", ANA)])
    assert seen.state is Seen.SUSPENDED
    session.shutdown()


def test_a_password_opens_what_it_was_made_for_alone(server):
    (reading, read_typed), (sending, send_typed) = (
        credential("rrrr", protocol="imap"),
        credential("ssss", protocol="smtp"),
    )
    server.connector.ensure([wanted(credentials=(reading, sending))])
    assert [server.dovecot.reads(ANA, typed)[0] for typed in (read_typed, send_typed)] == [True, False]
    assert [server.dovecot.sends(ANA, typed)[0] for typed in (read_typed, send_typed)] == [False, True]


def test_a_revoked_password_opens_nothing_and_its_session_ends_while_the_other_device_goes_on(server):
    server.connector.ensure([wanted(credentials=(KEY, OTHER_KEY))])
    lost = server.dovecot.imap(ANA, TYPED)
    server.connector.ensure([wanted(generation=2, credentials=(OTHER_KEY,))])
    assert server.dovecot.ended(lost)
    assert server.dovecot.reads(ANA, TYPED) == (False, f"b'{WRONG}'")
    assert server.dovecot.reads(ANA, OTHER_TYPED) == (True, "")


def test_a_password_of_somebody_else_opens_nothing(server):
    server.connector.ensure([wanted(), wanted(name=BETO, credentials=(OTHER_KEY,))])
    assert server.dovecot.reads(ANA, OTHER_TYPED) == (False, f"b'{WRONG}'")
    assert server.dovecot.sends(BETO, TYPED) == (False, "5.7.8 Authentication failed.")


# A quote cut in half by a width of Dovecot's would leave the rest of these to SQL.
TYPED_IN_HOPE = [
    "'",
    "123' OR 1=1 --",
    "12345'-x",
    "1234567' OR '1'='1",
    "x' OR 1=1 --",
    "x' UNION SELECT 'ana@example.org', '{PLAIN}x', NULL, NULL --",
    "k7w2'||'-piedra-de-rio-lenta",
    "\\'-x",
    "%w-%u",
    "{PLAIN}x-y",
    "x" * 900,
    "-",
    KEY.hash,
]


@pytest.mark.parametrize("typed", TYPED_IN_HOPE)
def test_what_is_typed_in_hope_opens_nothing(server, typed):
    server.connector.ensure([wanted()])
    assert server.dovecot.reads(ANA, typed) == (False, f"b'{WRONG}'")


@pytest.mark.parametrize(
    "name",
    [
        "' OR 1=1 --",
        "ana@example.org' --",
        "%u",
        "*",
        "ana@example.org*beto@example.org",
        "../../ana@example.org",
        "ana",
    ],
)
def test_a_hostile_name_signs_nobody_in_and_takes_no_mail(server, name):
    server.connector.ensure([wanted()])
    assert server.dovecot.reads(name, TYPED)[0] is False
    code, _ = server.dovecot.delivers(name)
    assert code != 250
    assert [path.name for path in (server.dovecot.folder / "mail").iterdir()] in ([], ["example.org"])
    assert server.lets_in(ANA, TYPED)


def test_the_same_address_in_large_letters_is_the_same_mailbox(server):
    server.connector.ensure([wanted()])
    assert server.dovecot.reads("ANA@Example.org", TYPED)[0]
    assert server.dovecot.delivers("Ana@EXAMPLE.org")[0] == 250
    assert server.dovecot.kept(ANA) == 1


def test_a_quota_holds_what_comes_in_back_until_there_is_room_and_never_while_suspended(server):
    server.connector.ensure([wanted(quota_mb=1)])
    large = "x" * 70 + "\r\n"
    assert server.dovecot.delivers(ANA, large * 10_000)[0] == 250
    code, said = server.dovecot.delivers(ANA, large * 10_000)
    assert (code, "Quota exceeded" in said) == (452, True)  # it waits at Postfix; nothing is sent back
    session = server.dovecot.imap(ANA, TYPED)
    assert session.append("INBOX", None, None, (large * 10_000).encode())[0] == "NO"
    assert session.getquota("Mailbox")[1][0].endswith(b" 1024)")
    session.logout()
    server.connector.suspend([suspended(quota_mb=1)])
    assert server.dovecot.delivers(ANA, large * 10_000)[0] == 250
    server.connector.resume([wanted(generation=3, quota_mb=50)])
    assert server.dovecot.delivers(ANA, large * 10_000)[0] == 250
    assert server.dovecot.kept(ANA) == 3


def test_one_that_was_removed_takes_no_mail_and_lets_nobody_in(server):
    server.connector.ensure([wanted()])
    server.connector.remove([wanted(state=State.REMOVED, generation=2)])
    assert server.dovecot.delivers(ANA)[0] == 550
    assert server.dovecot.reads(ANA, TYPED) == (False, f"b'{WRONG}'")


def test_suspended_and_paid_in_the_same_second_by_two_processes_ends_as_the_later_order_says(server):
    server.connector.ensure([wanted()])
    outcomes = {}

    def order(generation, verb, one):
        outcomes[generation] = getattr(server.made(server.dovecot.gate), verb)([one])[0].outcome

    orders = [(2, "suspend", suspended(generation=2)), (3, "resume", wanted(generation=3))]
    threads = [threading.Thread(target=order, args=one) for one in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes[3] is Outcome.DONE
    assert outcomes[2] in {Outcome.DONE, Outcome.STALE}
    assert server.dovecot.reads(ANA, TYPED) == (True, "")


_KILLED = """
import os, signal, sys
from pathlib import Path
from tequio.rules.entitlement import State
from tequio.services.connectors.contract import Wanted
from tequio.services.connectors.mailgate import MailGate
class Killed:
    def online(self):
        os.kill(os.getpid(), signal.SIGKILL)
gate = MailGate(name="mail", service="mailbox", path=Path(sys.argv[1]), domains=["example.org"], sessions=Killed())
gate.suspend([Wanted(service="mailbox", name="ana@example.org", state=State.SUSPENDED, generation=2)])
"""


def test_killed_after_writing_and_before_ending_sessions_the_next_process_ends_them(server):
    server.connector.ensure([wanted()])
    session = server.dovecot.imap(ANA, TYPED)
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(server.dovecot.gate)], check=False, capture_output=True, text=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert server.connector.observe([("mailbox", ANA)])[0].state is Seen.OPEN  # it is written, and somebody is in
    server.connector.ensure([wanted(name=BETO, credentials=(OTHER_KEY,))])
    assert server.dovecot.ended(session)
    assert server.connector.observe([("mailbox", ANA)])[0].state is Seen.SUSPENDED


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be somebody else")
def test_whoever_reads_the_gate_may_change_nothing_in_it(server):
    server.connector.ensure([wanted()])
    words = ["/usr/bin/python3", "-c"]
    ask = f"import sqlite3; g = sqlite3.connect({str(server.dovecot.gate)!r}); print(g.execute({{!r}}).fetchall())"
    read, write = (
        subprocess.run([*as_user(), *words, ask.format(q)], check=False, capture_output=True, text=True, cwd="/")
        for q in ("SELECT user FROM dovecot_userdb", "UPDATE account SET state = 'open'")
    )
    assert read.stdout.strip() == f"[('{ANA}',)]", read.stderr
    assert "readonly" in write.stderr


def test_the_hashes_of_app_passwords_are_those_of_the_systems_own_crypt(server):
    stored = sha512_crypt(typed="zzzz-ñandú ' \"", salt="abc")
    server.connector.ensure([wanted(credentials=(KEY, type(KEY)(ident="zzzz", hash=stored)))])
    session = imaplib.IMAP4("127.0.0.1", server.dovecot.imap_port, timeout=15)
    session.authenticate("PLAIN", lambda _: f"\0{ANA}\0zzzz-ñandú ' \"".encode())
    session.logout()
