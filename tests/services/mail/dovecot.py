"""A Dovecot of the tests' own: the configuration that is shipped, an ordinary user, a folder and ports of its own.

Of what is shipped only places, users and ports are put otherwise, so that what is tested is what is shipped.
"""

import contextlib
import grp
import imaplib
import os
import pwd
import shutil
import signal
import smtplib
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parents[3] / "deploy" / "mail"
DOVECOT, DOVEADM = Path("/usr/sbin/dovecot"), Path("/usr/bin/doveadm")
NEEDED = [
    DOVECOT,
    DOVEADM,
    *(Path("/usr/lib/dovecot") / name for name in ("imap", "lmtp", "submission")),
    Path("/usr/lib/dovecot/modules/auth/libdriver_sqlite.so"),
]
_LONGEST_WAIT = 15
_WITH_US = ["/usr/bin/setpriv", "--pdeathsig=TERM"]
_HERE = "client.test"  # what a client calls itself; asking the machine for its name may take seconds


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ordinary_user():
    """Whom the servers run as: who runs the tests, and where that is root, nobody."""
    return pwd.getpwuid(os.getuid()) if os.getuid() else pwd.getpwnam("nobody")


def as_user():
    """The words before a command that make it run as that user."""
    user, group = ordinary_user(), gate_group()
    return (
        []
        if os.getuid()
        else ["/usr/bin/setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", f"--groups={group}"]
    )


def gate_group():
    """The group that may read the gate: Postfix's, where there is one and root to hand it out."""
    try:
        return ordinary_user().pw_gid if os.getuid() else grp.getgrnam("postfix").gr_gid
    except KeyError:
        return ordinary_user().pw_gid


@dataclass(kw_only=True)
class Dovecot:
    """A Dovecot that runs, the gate it reads, and where it listens."""

    folder: Path
    imap_port: int
    lmtp_port: int
    submission_port: int
    relay_port: int
    process: subprocess.Popen = None

    @property
    def gate(self):
        return self.folder / "gate" / "gate.sqlite"

    @property
    def doveadm(self):
        return [*as_user(), str(DOVEADM), "-c", str(self.folder / "dovecot.conf")]

    @property
    def auth_socket(self):
        return self.folder / "sockets" / "auth"

    def start(self):
        self._write()
        # It ends with whoever started it, however that ends.
        words = [*_WITH_US, *as_user(), str(DOVECOT), "-F", "-c", str(self.folder / "dovecot.conf")]
        with (self.folder / "started").open("wb") as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log, cwd="/", start_new_session=True, umask=0o022)
        self._until_it_listens()

    def _until_it_listens(self):
        until = time.monotonic() + _LONGEST_WAIT
        while True:
            try:
                for port in (self.imap_port, self.lmtp_port, self.submission_port):
                    socket.create_connection(("127.0.0.1", port), timeout=2).close()
            except OSError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(self.said()) from None
                time.sleep(0.05)
            else:
                return

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def said(self):
        """What it wrote: for whoever reads a failed test."""
        found = [self.folder / "started", self.folder / "log"]
        return "\n".join(path.read_text(errors="replace") for path in found if path.exists())

    def forget(self):
        """Empty the gate and the mailboxes, and end every session: the next test begins anew."""
        import sqlite3

        if self.gate.exists():
            with contextlib.closing(sqlite3.connect(self.gate)) as gate, gate:
                for table in ("to_end", "password", "account"):
                    gate.execute(f"DELETE FROM {table}")
        subprocess.run([*self.doveadm, "kick", "*"], check=False, capture_output=True, cwd="/")
        for place in (self.folder / "mail").iterdir():
            shutil.rmtree(place)

    @contextlib.contextmanager
    def hands_on_to(self, port):
        """Hand what is sent on to another server for a while."""
        path = self.folder / "tequio-submission.conf"
        before = path.read_text(encoding="utf-8")
        for text in (before.replace(f"port = {self.relay_port}", f"port = {port}"), before):
            path.write_text(text, encoding="utf-8")
            subprocess.run([*self.doveadm, "reload"], check=True, capture_output=True, cwd="/")
            self._until_it_listens()
            if text is not before:
                yield

    # What people do.
    def imap(self, name, typed):
        """Sign in to read mail; raises imaplib's error with what the server said."""
        session = imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=_LONGEST_WAIT)
        try:
            session.login(name, typed)
        except BaseException:
            session.shutdown()
            raise
        return session

    def ended(self, session):
        """Whether an open session of IMAP is over, or is at once: its process may answer one thing more."""
        for _ in range(50):
            try:
                session.select("INBOX")
            except (imaplib.IMAP4.abort, imaplib.IMAP4.error, OSError):
                session.shutdown()
                return True
            time.sleep(0.1)
        return False

    def reads(self, name, typed):
        """Whether somebody may sign in to read mail, and what it was told."""
        try:
            session = self.imap(name, typed)
        except imaplib.IMAP4.error as error:
            return False, str(error)
        session.logout()
        return True, ""

    def sends(self, name, typed):
        """Whether somebody may sign in to send mail, and what it was told."""
        with smtplib.SMTP("127.0.0.1", self.submission_port, _HERE, timeout=_LONGEST_WAIT) as session:
            try:
                session.login(name, typed)
            except smtplib.SMTPAuthenticationError as error:
                return False, error.smtp_error.decode()
        return True, ""

    def delivers(self, name, body="Hola"):
        """Deliver mail as Postfix does; the code of the answer and its words."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port, _HERE) as session:
            session.ehlo_or_helo_if_needed()
            session.mail("<>")
            code, said = session.rcpt(f"<{name}>")
            if code != 250:
                return code, said.decode()
            session.docmd("DATA")
            session.send(f"Subject: prueba\r\n\r\n{body}\r\n.\r\n".encode())
            code, said = session.getreply()
            return code, said.decode()

    def kept(self, name):
        """How many mails lie in a mailbox."""
        local, _, domain = name.partition("@")
        place = self.folder / "mail" / domain / local
        return sum(1 for path in place.rglob("*") if path.parent.name in {"new", "cur"} and path.is_file())

    def _write(self):
        user = ordinary_user()
        run, mail, gate, sockets = (self.folder / name for name in ("run", "mail", "gate", "sockets"))
        for place in (self.folder, run, mail, gate, sockets):
            place.mkdir(exist_ok=True)
            place.chmod(0o755)
        # Dovecot may read the gate and write nothing beside it, where the tests run as root.
        for place in (run, mail, sockets):
            shutil.chown(place, user.pw_uid, user.pw_gid)
        shutil.chown(gate, group=gate_group())
        gate.chmod(0o2750)
        (self.folder / "log").touch()
        shutil.chown(self.folder / "log", user.pw_uid)
        places = {
            "/var/lib/tequio-gate/gate.sqlite": str(self.gate),
            "/etc/dovecot/": f"{self.folder}/",
            "/var/spool/postfix/private/auth": str(self.auth_socket),
            "/var/spool/postfix/private/dovecot-lmtp": f"{self.folder}/sockets/lmtp",
            "/var/vmail/": f"{mail}/",
            "mode = 0660": "mode = 0666",
            "mode = 0600": "mode = 0666",
            "user = postfix": "user =",
            "group = postfix": "group =",
            "extra_groups = postfix": "extra_groups =",
            "user = dovecot": f"user = {user.pw_name}",
            "port = 587": f"port = {self.submission_port}",
            "port = 10587": f"port = {self.relay_port}",
            "= vmail": f"= {user.pw_name}",
            "ssl = required": "ssl = no",
        }
        for name in ("dovecot.conf", "tequio-gate.conf.ext", "tequio-submission.conf"):
            text = (SHIPPED / "dovecot" / name).read_text(encoding="utf-8")
            for shipped, here in places.items():
                text = text.replace(shipped, here)
            if name == "dovecot.conf":
                text = "\n".join(line for line in text.splitlines() if not line.startswith(("ssl_cert", "ssl_key")))
                text += _OTHERWISE.format(here=self, run=run, user=user.pw_name, group=_group(user))
            (self.folder / name).write_text(text, encoding="utf-8")
            (self.folder / name).chmod(0o644)  # other tests leave a umask that shuts the server's user out


def _group(user):
    return grp.getgrgid(user.pw_gid).gr_name


# What an ordinary user needs to run it by itself, and what makes tests quick.
_OTHERWISE = """
listen = 127.0.0.1
base_dir = {run}
state_dir = {run}
log_path = {here.folder}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_gid = {group}
disable_plaintext_auth = no
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {here.imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service submission-login {{
  chroot =
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {here.lmtp_port}
  }}
}}
service stats {{
  chroot =
}}
"""
