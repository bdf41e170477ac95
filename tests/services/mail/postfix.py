"""A Postfix of the tests' own: the configuration that is shipped, on its own folders and ports, started by root."""

import shutil
import smtplib
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from services.mail.dovecot import SHIPPED, Dovecot

POSTFIX = Path("/usr/sbin/postfix")
NEEDED = [POSTFIX, Path("/usr/lib/postfix/postfix-sqlite.so")]
_LONGEST_WAIT = 30
_HERE = "client.test"

# Ports, places and the sink of the tests; no name is asked of anybody, and nothing leaves this machine.
_OTHERWISE = """
queue_directory = {folder}/queue
data_directory = {folder}/data
meta_directory = /etc/postfix
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
smtp_host_lookup = native
disable_dns_lookups = yes
relayhost = [127.0.0.1]:{relay_port}
smtpd_tls_security_level = none
smtpd_tls_auth_only = no
smtpd_peername_lookup = no
alias_maps =
alias_database =
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
"""


@dataclass(kw_only=True)
class Postfix:
    """A Postfix that runs before a Dovecot of the tests' own."""

    folder: Path
    dovecot: Dovecot
    smtp_port: int
    submission_port: int
    from_dovecot_port: int
    relay_port: int

    def start(self):
        self._write()
        done = subprocess.run(
            [POSTFIX, "-c", self.folder, "start"], check=False, capture_output=True, text=True, umask=0o022
        )
        until = time.monotonic() + _LONGEST_WAIT
        while True:
            try:
                for port in (self.smtp_port, self.submission_port, self.from_dovecot_port):
                    socket.create_connection(("127.0.0.1", port), timeout=2).close()
            except OSError:
                if done.returncode or time.monotonic() > until:
                    raise RuntimeError(f"{done.stdout}{done.stderr}{self.said()}") from None
                time.sleep(0.1)
            else:
                return

    def stop(self):
        subprocess.run([POSTFIX, "-c", self.folder, "stop"], check=False, capture_output=True)

    def said(self):
        """What it wrote: for whoever reads a failed test."""
        log = self.folder / "log"
        return log.read_text(errors="replace") if log.exists() else ""

    def session(self, port=None):
        return smtplib.SMTP("127.0.0.1", port or self.submission_port, _HERE, timeout=_LONGEST_WAIT)

    def sends(self, name, typed, sender=None, to="friend@elsewhere.example"):
        """Sign in and send; the code of the refusal and its words, or 250."""
        with self.session() as session:
            try:
                session.login(name, typed)
                session.sendmail(sender or name, [to], "Subject: x\r\n\r\nHola\r\n")
            except smtplib.SMTPResponseException as error:
                return error.smtp_code, error.smtp_error.decode()
            except smtplib.SMTPRecipientsRefused as error:
                code, said = next(iter(error.recipients.values()))
                return code, said.decode()
        return 250, ""

    def comes_in(self, to, sender="friend@elsewhere.example"):
        """Mail from elsewhere for an address; the code of the answer to its recipient."""
        with self.session(self.smtp_port) as session:
            session.ehlo()
            session.docmd("MAIL", f"FROM:<{sender}>")
            code, _ = session.docmd("RCPT", f"TO:<{to}>")  # as it stands: a library would write it otherwise
            return session.data("Subject: x\r\n\r\nHola\r\n")[0] if code == 250 else code

    def until(self, condition, seconds=_LONGEST_WAIT):
        """Wait until something is so, as queues take a moment."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(self.said())
            time.sleep(0.05)

    def _write(self):
        for name in ("queue", "data"):
            (self.folder / name).mkdir()
            (self.folder / name).chmod(0o755)  # other tests leave a umask that shuts Postfix out
        shutil.chown(self.folder / "data", "postfix")
        places = {
            "/var/lib/tequio-gate/gate.sqlite": str(self.dovecot.gate),
            "/etc/postfix/": f"{self.folder}/",
            "private/auth": str(self.dovecot.folder / "sockets" / "auth"),
            "private/dovecot-lmtp": str(self.dovecot.folder / "sockets" / "lmtp"),
            "smtpd_tls_security_level=encrypt": "smtpd_tls_security_level=none",
        }
        for path in (SHIPPED / "postfix").iterdir():
            text = path.read_text(encoding="utf-8")
            for shipped, here in places.items():
                text = text.replace(shipped, here)
            if path.name == "main.cf":
                own = {"smtpd_tls_", "inet_interfaces", "smtp_tls_"}
                text = "\n".join(line for line in text.splitlines() if not line.startswith(tuple(own)))
                text += _OTHERWISE.format(folder=self.folder, relay_port=self.relay_port)
            if path.name == "master.cf":
                text = self._with_ports(text)
            (self.folder / path.name).write_text(text, encoding="utf-8")
            (self.folder / path.name).chmod(0o644)

    def _with_ports(self, text):
        """The services on ports of this machine, none shut in; the one for Dovecot's submissions is there as well."""
        ours = {"smtp": self.smtp_port, "submission": self.submission_port, "127.0.0.1:10587": self.from_dovecot_port}
        lines, left_out = [], False
        for shipped in text.splitlines():
            line = shipped[1:] if shipped.startswith(("#127.0.0.1:10587", "#  -o")) else shipped
            words = line.split()
            if line[:1].strip() and len(words) == 8:
                left_out = words[1] == "inet" and words[0] not in ours
                words[0] = f"127.0.0.1:{ours[words[0]]}" if words[1] == "inet" and not left_out else words[0]
                words[4] = "n"
                line = " ".join(words)
            if not left_out:
                lines.append(line)
        return "\n".join(lines) + "\n"
