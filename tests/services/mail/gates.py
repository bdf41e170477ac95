"""A gate as the tests of connectors ask of a server; who gets in is asked of the views, as Dovecot asks them."""

import contextlib
import re
import shutil
import sqlite3
import stat
from pathlib import Path

from services.connectors.promises import KEY
from tequio.services.connectors.credentials import fits
from tequio.services.connectors.dovecot_sessions import Sessions
from tequio.services.connectors.mailgate import MailGate

SHIPPED = Path(__file__).parents[3] / "deploy" / "mail"
_DOVEADM = """#!/bin/sh
cd "$(dirname "$0")" || exit 1
case "$1" in
-f) [ -e broken ] && exit 75; printf 'username\\tproto\\tpid\\tip\\n'; cat online ;;
kick) echo "$2" >>kicked; [ -e deaf ] || { grep -v "^$2" online >left; mv left online; } ;;
esac
"""


def shipped_query(name):
    """A query of the configuration that is shipped, with its line breaks taken out."""
    text = (SHIPPED / "dovecot" / "tequio-gate.conf.ext").read_text(encoding="utf-8").replace("\\\n", " ")
    return re.search(rf"^{name} = (.*)$", text, re.MULTILINE)[1]


def asked(query, **values):
    """A query with Dovecot's variables, quoted as its SQLite driver quotes them."""
    for variable, value in values.items():
        query = re.sub(rf"%L?{variable}(?![a-z])", value.replace("'", "''").replace("\\", r"\\"), query)
    return query


class Gate:
    """A gate in a folder, its views, and a doveadm that reads who is signed in from a file."""

    service = "mailbox"

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.path = folder / "gate.sqlite"
        self.online = folder / "online"
        self.online.touch()
        doveadm = folder / "doveadm"
        doveadm.write_text(_DOVEADM, encoding="utf-8")
        doveadm.chmod(doveadm.stat().st_mode | stat.S_IXUSR)
        self.connector = self.another()

    def another(self, domains=("example.org",)):
        """A connector of the same gate, as another process has one."""
        sessions = Sessions(doveadm=[str(self.folder / "doveadm")], timeout=20)
        return MailGate(name="mail", service=self.service, path=self.path, domains=domains, sessions=sessions)

    def rows(self, query, *values):
        with contextlib.closing(sqlite3.connect(self.path)) as gate, gate:
            return gate.execute(query, values).fetchall()

    def passdb(self, name, typed, service="imap"):
        """What Dovecot is told of who signs in: (password, nologin, reason), or nothing."""
        found = self.rows(asked(shipped_query("password_query"), u=name.lower(), s=service, w=typed))
        assert len(found) <= 1
        return found[0][1:] if found else None

    def lets_in(self, name, typed, service="imap"):
        found = self.passdb(name, typed, service)
        return (
            found is not None and found[1] is None and fits(typed=typed, stored=found[0].removeprefix("{SHA512-CRYPT}"))
        )

    def by_hand(self, name, state="open"):
        with contextlib.closing(sqlite3.connect(self.path)) as gate, gate:
            gate.execute("REPLACE INTO account (name, state, generation) VALUES (?, ?, 0)", (name, state))
            gate.execute("INSERT INTO password VALUES (?, ?, ?, '')", (name, KEY.ident, KEY.hash))

    def taken_out(self, name):
        self.rows("UPDATE account SET state = 'suspended' WHERE name = ?", name)

    def down(self):
        shutil.rmtree(self.folder)

    @property
    def kicked(self):
        path = self.folder / "kicked"
        return path.read_text(encoding="utf-8").split() if path.exists() else []
