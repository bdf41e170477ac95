"""The mail gate without a mail server: the promises by its views, and what is its own. On real ones: services/mail."""

import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from services.connectors.promises import KEY, OTHER_KEY, TYPED, Promises, credential
from services.mail.gates import Gate
from tequio.kernel.errors import Refusal
from tequio.rules.entitlement import State
from tequio.rules.reasons import Text
from tequio.services.connectors.contract import Outcome, Seen, Unreachable, Wanted
from tequio.services.connectors.mailgate import MailGate
from tequio.services.operations.reconciling import as_wanted

ANA = "ana@example.org"
NOTICE = Text(en="Suspended: dues are overdue.", es="Suspendido: hay cuotas «vencidas»; escríbanos.")


@pytest.fixture
def server(tmp_path):
    return Gate(tmp_path / "gate")


class TestPromises(Promises):
    pass


def wanted(name=ANA, state=State.OPEN, generation=1, credentials=(KEY,), **more):
    given = {"notice": NOTICE, "pay_address": "https://tequio.example.org/pay/x", **more}
    return Wanted(service="mailbox", name=name, state=state, generation=generation, credentials=credentials, **given)


def suspended(**more):
    return wanted(state=State.SUSPENDED, generation=more.pop("generation", 2), **more)


def seen(server, name=ANA):
    return server.connector.observe([("mailbox", name)])[0].state


def addresses(server, view, column="address"):
    return [row[0] for row in server.rows(f"SELECT {column} FROM {view} ORDER BY 1")]


def test_each_password_opens_the_services_of_its_protocol_and_no_other(server):
    keys = {protocol: credential(f"k{n}", protocol=protocol) for n, protocol in enumerate(("", "imap", "smtp", "web"))}
    server.connector.ensure([wanted(credentials=tuple(key for key, _ in keys.values()))])
    services = ("imap", "sieve", "pop3", "smtp", "submission", "lmtp", "doveadm", "")
    opens = {
        protocol: {service for service in services if server.lets_in(ANA, typed, service)}
        for protocol, (_, typed) in keys.items()
    }
    assert opens == {
        "": {"imap", "sieve", "pop3", "smtp", "submission"},
        "imap": {"imap", "sieve"},
        "smtp": {"smtp", "submission"},
        "web": set(),
    }


def test_a_suspended_one_is_told_where_dovecot_asks_and_is_not_there_at_all_where_postfix_does(server):
    server.connector.suspend([suspended()])
    said = (
        "Suspended: dues are overdue. / Suspendido: hay cuotas vencidas; escribanos. https://tequio.example.org/pay/x"
    )
    told = (f"{{SHA512-CRYPT}}{KEY.hash}", "y", said)
    assert {s: server.passdb(ANA, TYPED, s) for s in ("imap", "pop3", "sieve", "submission", "smtp")} == {
        "imap": told,
        "pop3": told,
        "sieve": told,
        "submission": told,
        "smtp": None,
    }


def test_mail_for_whoever_is_suspended_is_taken_without_a_limit_and_nobody_sends_as_it(server):
    names = [f"{state.value}@example.org" for state in State]
    verbs = (server.connector.ensure, server.connector.limit, server.connector.suspend, server.connector.remove)
    for verb, state, name in zip(verbs, State, names, strict=True):
        verb([wanted(name=name, state=state, quota_mb=50)])
    assert server.rows("SELECT user, quota_rule FROM dovecot_userdb ORDER BY 1") == [
        ("limited@example.org", "*:storage=50M"),
        ("open@example.org", "*:storage=50M"),
        ("suspended@example.org", "*:storage=0M"),
    ]
    assert addresses(server, "postfix_mailboxes") == [f"{s}@example.org" for s in ("limited", "open", "suspended")]
    assert server.rows("SELECT address, login FROM postfix_senders ORDER BY 1") == [
        ("limited@example.org", "limited@example.org"),
        ("open@example.org", "open@example.org"),
    ]


def test_it_says_how_much_fits_as_dovecot_reads_it_also_where_it_was_changed_by_hand(server):
    def fits():
        return [one.quota_mb for one in server.connector.observe(None)]

    server.connector.ensure([wanted(quota_mb=500)])
    assert fits() == [500]
    server.rows("UPDATE account SET quota_mb = 5")
    assert fits() == [5]
    server.connector.ensure([wanted(generation=2)])
    assert fits() == [0]


def test_domains_are_those_of_the_servers_file_and_never_those_of_addresses(server):
    [answer] = server.connector.ensure([wanted(name="ana@mail.example.com")])
    assert (answer.outcome, answer.said) == (Outcome.REFUSED, "its domain is not one of this mail server")
    server.connector.ensure([wanted()])
    assert addresses(server, "postfix_domains", "domain") == ["example.org"]
    server.another(domains=("example.org", "mail.example.com")).ensure([wanted(name="ana@mail.example.com")])
    assert addresses(server, "postfix_domains", "domain") == ["example.org", "mail.example.com"]
    # The domain is given up: nobody is let in more than before, and whoever is out can still be shut out.
    assert server.connector.ensure([wanted(name="ana@mail.example.com")])[0].outcome is Outcome.REFUSED
    assert server.connector.suspend([suspended(name="ana@mail.example.com")])[0].outcome is Outcome.DONE
    assert not server.lets_in("ana@mail.example.com", TYPED)
    assert addresses(server, "postfix_domains", "domain") == ["example.org"]


def test_the_file_is_changed_in_place_and_keeps_no_journal_and_only_its_group_may_read_it(server):
    server.connector.ensure([wanted()])
    before = server.path.stat()
    for generation in range(2, 5):
        server.connector.suspend([suspended(generation=generation)])
    after = server.path.stat()
    assert (after.st_ino, after.st_mode & 0o777) == (before.st_ino, 0o640)
    assert sorted(path.name for path in server.folder.iterdir() if path.name.startswith("gate")) == ["gate.sqlite"]
    assert server.rows("PRAGMA journal_mode") == [("delete",)]


def test_it_holds_addresses_hashes_and_states_and_nothing_of_one_that_was_removed(server):
    server.connector.ensure([wanted()])
    server.connector.remove([wanted(state=State.REMOVED, generation=2)])
    assert server.rows("SELECT * FROM account") == [(ANA, "absent", 2, None, "")]
    assert server.rows("SELECT * FROM password") == []


@pytest.mark.parametrize("state", [State.SUSPENDED, State.REMOVED])
def test_open_sessions_of_whoever_is_shut_out_are_ended_and_only_theirs(server, state):
    server.connector.ensure([wanted(), wanted(name="beto@example.org")])
    server.online.write_text(f"{ANA}\timap\t1\t\nbeto@example.org\timap\t2\t\n", encoding="utf-8")
    one = wanted(state=state, generation=2)
    (server.connector.suspend if state is State.SUSPENDED else server.connector.remove)([one])
    assert server.kicked == [ANA]
    assert server.online.read_text(encoding="utf-8").split("\t")[0] == "beto@example.org"


def test_sessions_of_a_password_that_was_revoked_are_ended_and_those_of_a_new_one_are_not(server):
    server.connector.ensure([wanted()])
    server.online.write_text(f"{ANA}\timap\t1\t\n", encoding="utf-8")
    server.connector.ensure([wanted(generation=2, credentials=(KEY, OTHER_KEY))])
    assert server.kicked == []
    server.connector.ensure([wanted(generation=3, credentials=(OTHER_KEY,))])
    assert server.kicked == [ANA]


def test_who_is_shut_out_and_still_signed_in_is_seen_as_open(server):
    (server.folder / "deaf").touch()
    server.online.write_text(f"{ANA}\timap\t1\t\n", encoding="utf-8")
    server.connector.suspend([suspended()])
    for [looked] in (server.connector.observe(None), server.connector.observe([("mailbox", ANA)])):
        assert looked.state is Seen.OPEN
        # Were it wanted open, it would not be as wanted either: nobody can sign in anew.
        assert not as_wanted(wanted=wanted(generation=3), seen=looked)
    server.online.write_text("", encoding="utf-8")
    assert seen(server) is Seen.SUSPENDED


def test_sessions_that_could_not_be_ended_are_ended_by_whoever_comes_next(server):
    server.connector.ensure([wanted()])
    server.online.write_text(f"{ANA}\timap\t1\t\n", encoding="utf-8")
    (server.folder / "broken").touch()
    with pytest.raises(Unreachable):
        server.connector.ensure([wanted(generation=2, credentials=())])
    with pytest.raises(Unreachable):
        server.connector.suspend([suspended(generation=3)])
    assert not server.lets_in(ANA, TYPED)  # the gate itself is shut
    (server.folder / "broken").unlink()
    server.another().ensure([wanted(name="beto@example.org")])
    assert server.kicked == [ANA]
    assert server.rows("SELECT count(*) FROM to_end") == [(0,)]


def test_a_suspension_written_while_another_is_ending_sessions_is_not_forgotten(server):
    server.connector.ensure([wanted()])

    class Meanwhile:
        """Ends sessions slowly: while it looks who is signed in, the same account is suspended once more."""

        def online(self):
            server.rows("INSERT INTO to_end (name) VALUES (?)", ANA)
            return set()

        def end(self, name):
            raise AssertionError(name)

    slow = server.another()
    slow._sessions = Meanwhile()
    slow.suspend([suspended()])
    assert server.rows("SELECT name FROM to_end") == [(ANA,)]


@pytest.mark.parametrize(
    "statement",
    [
        "DROP VIEW dovecot_passdb",
        "DROP VIEW postfix_senders; CREATE VIEW postfix_senders AS SELECT name AS address, name AS login FROM account",
        "UPDATE opens SET tells = 1",
    ],
)
def test_views_changed_by_hand_are_no_answer_and_the_next_change_puts_them_back(server, statement):
    server.connector.suspend([suspended()])
    with sqlite3.connect(server.path) as gate:
        gate.executescript(statement)
    gate.close()
    with pytest.raises(Unreachable, match="changed by hand"):
        server.connector.observe(None)
    server.connector.suspend([suspended(generation=3)])
    assert server.passdb(ANA, TYPED, "smtp") is None
    assert addresses(server, "postfix_senders") == []
    assert seen(server) is Seen.SUSPENDED


@pytest.mark.parametrize("statement", ["DROP TABLE password", "ALTER TABLE account ADD COLUMN x", "CREATE TABLE x (y)"])
def test_a_file_with_other_tables_is_no_gate_and_stays_as_it_is(server, statement):
    server.connector.ensure([wanted()])
    server.rows(statement)
    for call in (lambda: server.connector.ensure([wanted(generation=2)]), lambda: server.connector.observe(None)):
        with pytest.raises(Unreachable):
            call()
    assert server.rows("SELECT generation FROM account") == [(1,)]


def test_a_file_that_is_no_database_is_no_answer_and_stays_as_it_is(server):
    server.path.write_bytes(b"no database at all, but something somebody needs" * 100)
    with pytest.raises(Unreachable):
        server.connector.ensure([wanted()])
    assert server.path.read_bytes().startswith(b"no database at all")


def test_two_that_write_at_once_lose_nothing(server):
    threads = [
        threading.Thread(
            target=lambda n=n: [server.another().ensure([wanted(name=f"m{n}-{i}@example.org")]) for i in range(8)]
        )
        for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.connector.observe(None)) == 24


_KILLED = """
import os, signal, sys
from pathlib import Path
from tequio.services.connectors import gate_file
with gate_file.opened(Path(sys.argv[1]), to_write=True) as gate:
    gate.execute("PRAGMA cache_size = 1")
    gate.execute("PRAGMA cache_spill = 1")
    gate.execute("BEGIN IMMEDIATE")
    gate.execute("UPDATE account SET state = 'absent'")
    gate.execute("DELETE FROM password")
    gate.executemany("INSERT INTO account VALUES (?, 'open', 1, NULL, '')", [(f"x{n}" * 40,) for n in range(2000)])
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_killed_while_it_writes_leaves_the_gate_as_it_was_once_a_connector_is_made(server):
    server.connector.ensure([wanted()])
    done = subprocess.run([sys.executable, "-c", _KILLED, str(server.path)], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    journal = server.path.with_name("gate.sqlite-journal")
    assert journal.exists()
    assert journal.stat().st_size > 0
    settings = {"path": str(server.path), "domains": ["example.org"]}
    MailGate.from_settings(name="mail", services=frozenset({"mailbox"}), settings=settings)
    assert not journal.exists()
    assert server.lets_in(ANA, TYPED)
    assert [o.name for o in server.connector.observe(None)] == [ANA]


def test_a_disk_that_is_full_changes_nothing(server, monkeypatch):
    server.connector.ensure([wanted()])
    pages = server.rows("PRAGMA page_count")[0][0]
    plain = sqlite3.connect

    def small(*given, **named):
        gate = plain(*given, **named)
        gate.execute(f"PRAGMA max_page_count = {pages}")
        return gate

    monkeypatch.setattr(sqlite3, "connect", small)
    many = [wanted(name=f"m{n}@example.org") for n in range(500)]
    with pytest.raises(Unreachable, match="full"):
        server.connector.ensure(many)
    monkeypatch.undo()
    assert [o.name for o in server.connector.observe(None)] == [ANA]


def test_what_is_said_is_one_line_of_letters_that_mail_servers_have_and_never_loses_the_address(server):
    notice = Text(en="Ann\u00e9e\r\n* OK you are in " + "x" * 600, es="\u202e")
    server.connector.suspend([suspended(notice=notice)])
    said = server.passdb(ANA, TYPED)[2]
    assert (said.isascii(), said.isprintable(), len(said)) == (True, True, 470)
    assert said.endswith("x https://tequio.example.org/pay/x")
    server.connector.suspend([suspended(generation=3, pay_address="", notice=Text(en="Closed.", es="Cerrada."))])
    assert server.passdb(ANA, TYPED)[2] == "Closed. / Cerrada."


def test_a_quote_in_what_is_typed_reaches_no_sql(server):
    server.connector.ensure([wanted(), wanted(name="beto@example.org", credentials=(OTHER_KEY,))])
    for typed in (
        "'",
        "''-",
        "12345'-x",
        "x' OR 1=1 --",
        "k7w2'||'-piedra-de-rio-lenta",
        "\\'-x",
        "%w-x",
        "x",
        "-",
        "",
    ):
        assert server.passdb(ANA, typed) is None, typed
    for name in ("' OR 1=1 --", "ana@example.org' --", "%", "ana@example.org\\"):
        assert server.passdb(name, TYPED) is None, name


def test_another_service_is_refused_and_a_later_generation_is_kept(server):
    answers = server.connector.ensure([replace(wanted(), service="list"), wanted(generation=5)])
    assert [a.outcome for a in answers] == [Outcome.REFUSED, Outcome.DONE]
    assert server.connector.suspend([suspended(generation=4)])[0].outcome is Outcome.STALE
    assert server.lets_in(ANA, TYPED)


@pytest.mark.parametrize(
    ("services", "settings"),
    [
        ({"mailbox", "list"}, {"path": "/x", "domains": ["example.org"]}),
        ({"mailbox"}, {"path": "x", "domains": ["example.org"]}),
        ({"mailbox"}, {"path": "/x"}),
        ({"mailbox"}, {"path": "/x", "domains": []}),
        ({"mailbox"}, {"path": "/x", "domains": ["exa mple"]}),
        ({"mailbox"}, {"path": "/x", "domains": [1]}),
        ({"mailbox"}, {"path": "/x", "domains": ["example.org"], "doveadm": ["doveadm"]}),
        ({"mailbox"}, {"path": "/x", "domains": ["example.org"], "timeout": 0}),
        ({"mailbox"}, {"path": "/x", "domains": ["example.org"], "y": 1}),
    ],
)
def test_settings_that_make_no_gate_are_refused(services, settings):
    with pytest.raises(Refusal):
        MailGate.from_settings(name="mail", services=frozenset(services), settings=settings)
