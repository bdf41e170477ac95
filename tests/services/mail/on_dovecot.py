"""A gate that a real Dovecot reads, as the tests of connectors ask of a server: who gets in is asked by signing in."""

import contextlib
import sqlite3
from pathlib import Path

from services.connectors.promises import KEY
from tequio.services.connectors.dovecot_sessions import Sessions
from tequio.services.connectors.mailgate import MailGate


class OnDovecot:
    """A connector, the Dovecot that reads its gate, and what happens to both."""

    service = "mailbox"

    def __init__(self, dovecot):
        self.dovecot = dovecot
        self.connector = self.made(dovecot.gate)

    def made(self, path, doveadm=None):
        sessions = Sessions(doveadm=doveadm or self.dovecot.doveadm, timeout=20)
        return MailGate(name="mail", service=self.service, path=path, domains=["example.org"], sessions=sessions)

    def lets_in(self, name, typed):
        return self.dovecot.reads(name, typed)[0]

    def by_hand(self, name, state="open"):
        with contextlib.closing(sqlite3.connect(self.dovecot.gate)) as gate, gate:
            gate.execute("REPLACE INTO account (name, state, generation) VALUES (?, ?, 0)", (name, state))
            gate.execute("REPLACE INTO password VALUES (?, ?, ?, '')", (name, KEY.ident, KEY.hash))

    def taken_out(self, name):
        with contextlib.closing(sqlite3.connect(self.dovecot.gate)) as gate, gate:
            gate.execute("UPDATE account SET state = 'suspended' WHERE name = ?", (name,))

    def down(self):
        """The gate's folder is not there any more, and Dovecot does not answer."""
        self.connector = self.made(Path("/nowhere/gate.sqlite"), doveadm=["/bin/false"])
