"""The gate: a small SQLite file that mail servers read, with addresses, hashes and states, and nothing else.

Dovecot and Postfix read the views and never the tables; what they need of each stands at the view. The file is changed
in place, one transaction for all that is asked at once, and is never replaced by another: Dovecot keeps it open, and
would go on reading the one that is gone. Its journal is deleted after each change (no WAL), because a reader of a WAL
needs to write, and the mail servers may only read.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tequio.services.connectors.contract import Unreachable

_MODE = 0o640
_BUSY_SECONDS = 10.0

TABLES = {
    # `said` is what a person is told that signs in with the right password and is not let in. A removed account stays
    # as a row without anything, so that an older order that comes late does not bring it back.
    "account": """CREATE TABLE account (
  name TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'limited', 'suspended', 'absent')),
  generation INTEGER NOT NULL,
  quota_mb INTEGER CHECK (quota_mb > 0),
  said TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID""",
    "password": """CREATE TABLE password (
  name TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  ident TEXT NOT NULL,
  hash TEXT NOT NULL,
  protocol TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (name, ident)
) WITHOUT ROWID""",
    "domain": "CREATE TABLE domain (name TEXT PRIMARY KEY) WITHOUT ROWID",
    # Whose open sessions are still to be ended; a number each, so that who ends one does not forget a later one.
    "to_end": "CREATE TABLE to_end (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL)",
    # Which password opens which service of Dovecot. `tells`: the service asks whether one may sign in (nologin) and
    # passes on what is said. Postfix does not ask: for `smtp` a suspended account's row must not be there at all.
    "opens": """CREATE TABLE opens (
  protocol TEXT NOT NULL,
  service TEXT NOT NULL,
  tells INTEGER NOT NULL,
  PRIMARY KEY (protocol, service)
) WITHOUT ROWID""",
}
OPENS = (
    ("", "imap", 1),
    ("", "pop3", 1),
    ("", "sieve", 1),
    ("", "smtp", 0),
    ("", "submission", 1),
    ("imap", "imap", 1),
    ("imap", "sieve", 1),
    ("pop3", "pop3", 1),
    ("smtp", "smtp", 0),
    ("smtp", "submission", 1),
)
VIEWS = {
    # A reason is never empty: the process of Dovecot 2.3.19 that takes submissions dies of one.
    "dovecot_passdb": """CREATE VIEW dovecot_passdb AS
SELECT account.name AS user, ident, service, '{SHA512-CRYPT}' || hash AS password,
  CASE state WHEN 'suspended' THEN 'y' END AS nologin,
  CASE state WHEN 'suspended' THEN coalesce(nullif(said, ''), 'Suspended. / Suspendido.') END AS reason
FROM account JOIN password ON password.name = account.name JOIN opens ON opens.protocol = password.protocol
WHERE state IN ('open', 'limited') OR (state = 'suspended' AND tells)""",
    # Whom mail is delivered to: whoever is suspended too, and then without a limit, so that nothing is sent back.
    "dovecot_userdb": """CREATE VIEW dovecot_userdb AS
SELECT name AS user, '*:storage=' || CASE state WHEN 'suspended' THEN 0 ELSE coalesce(quota_mb, 0) END || 'M'
  AS quota_rule
FROM account WHERE state <> 'absent'""",
    "postfix_domains": "CREATE VIEW postfix_domains AS SELECT name AS domain FROM domain",
    "postfix_mailboxes": "CREATE VIEW postfix_mailboxes AS SELECT name AS address FROM account WHERE state <> 'absent'",
    # Who may send as whom. Asked for every mail: a session that was open before a suspension sends nothing more.
    "postfix_senders": """CREATE VIEW postfix_senders AS
SELECT name AS address, name AS login FROM account WHERE state IN ('open', 'limited')""",
}
_THERE = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"


@contextmanager
def opened(path: Path, *, to_write: bool) -> Iterator[sqlite3.Connection]:
    """The gate, made where it is not there yet and its folder is; whatever a killed process left half is undone first.

    Views that were changed by hand are made anew where it is opened to write. Raises Unreachable where it cannot be
    read, or is no gate of this version.
    """
    try:
        _make_file(path)
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)) as gate:
            if gate.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
                raise Unreachable("the gate's journal cannot be set to DELETE")
            gate.execute("PRAGMA synchronous = FULL")
            gate.execute("PRAGMA foreign_keys = ON")
            _hold_to_schema(gate, to_write=to_write)
            yield gate
    except (sqlite3.Error, OSError) as error:
        raise Unreachable(f"the gate: {error}") from error


@contextmanager
def at_once(gate: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of it or nothing."""
    gate.execute("BEGIN IMMEDIATE")
    try:
        yield
        gate.execute("COMMIT")
    except BaseException:
        if gate.in_transaction:  # a full disk has undone it by itself
            gate.execute("ROLLBACK")
        raise


def _make_file(path: Path) -> None:
    """Make the file where there is none, for its owner and its folder's group alone."""
    if not path.exists():
        handle = os.open(path, os.O_RDWR | os.O_CREAT, _MODE)
        os.fchmod(handle, _MODE)
        os.close(handle)


def _hold_to_schema(gate: sqlite3.Connection, *, to_write: bool) -> None:
    there = dict(gate.execute(_THERE))
    if there == {**TABLES, **VIEWS} and _opens(gate) == set(OPENS):
        return
    if not there:
        with at_once(gate):
            if not dict(gate.execute(_THERE)):  # another process may have been first
                for statement in (*TABLES.values(), *VIEWS.values()):
                    gate.execute(statement)
                gate.executemany("INSERT INTO opens VALUES (?, ?, ?)", OPENS)
        return
    tables = {name: sql for name, sql in there.items() if name in TABLES}
    if tables != TABLES:
        raise Unreachable("the gate's tables are not those of this version")
    if not to_write:
        raise Unreachable("the gate's views were changed by hand")
    with at_once(gate):
        for name in VIEWS:
            gate.execute(f"DROP VIEW IF EXISTS {name}")
        for statement in VIEWS.values():
            gate.execute(statement)
        gate.execute("DELETE FROM opens")
        gate.executemany("INSERT INTO opens VALUES (?, ?, ?)", OPENS)
    if dict(gate.execute(_THERE)) != {**TABLES, **VIEWS}:
        raise Unreachable("there is something in the gate that is not Tequio's")


def _opens(gate: sqlite3.Connection) -> set[tuple[str, str, int]]:
    return set(gate.execute("SELECT protocol, service, tells FROM opens"))
