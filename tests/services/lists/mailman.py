"""A Mailman core of the tests' own: on a free port, without mail transport, its queues in a folder that goes away."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from tequio.services.connectors.contract import Seen, Unreachable
from tequio.services.connectors.mailman import MailmanLists, MailmanSubscribers
from tequio.services.connectors.mailman_rest import Rest

HOME = Path(__file__).parents[3] / ".mailman"
MASTER = HOME / "bin" / "master"
USER, PASSWORD = "tequio", "a-word-of-the-tests"
LIST = "all@lists.example.org"
# Everything but what answers questions, and takes a posting as far as the queue of mail that goes out.
_OFF = ("archive", "bounces", "command", "lmtp", "nntp", "out", "retry", "task", "virgin", "digest")
_PATIENCE = 90


class Core:
    """A running core."""

    def __init__(self, folder):
        self.folder = folder
        with contextlib.closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        (folder / "var").mkdir()
        config = folder / "mailman.cfg"
        config.write_text(
            f"[mailman]\nlayout: here\n[paths.here]\nvar_dir: {folder}/var\n[database]\n"
            f"url: sqlite:///{folder}/var/mailman.db\n[webservice]\nport: {self.port}\nhostname: 127.0.0.1\n"
            f"admin_user: {USER}\nadmin_pass: {PASSWORD}\n[mta]\nincoming: mailman.mta.null.NullMTA\n"
            + "".join(f"[runner.{name}]\nstart: no\n" for name in _OFF)
        )
        with (folder / "log").open("wb") as log:  # not a pipe: its runners would keep it open
            self.process = subprocess.Popen(
                [MASTER, "-C", config], cwd=folder, stdout=log, stderr=log, start_new_session=True
            )
        self.rest = Rest(url=self.url, user=USER, password=PASSWORD, timeout=20)
        self._wait()

    def _wait(self):
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                if self.rest.ask("GET", "/system/versions")[0] == 200:
                    return
            except Unreachable:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise
            time.sleep(0.2)

    def empty(self):
        """Leave no list and no subscriber."""
        for entry in list(self.rest.entries("/lists")):
            self.rest.ask("DELETE", f"/lists/{entry['fqdn_listname']}")

    def stop(self):
        """End it and its runners."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(15)

    def going_out(self):
        """How many postings wait to go out."""
        return len(list((self.folder / "var" / "queue" / "out").glob("*.pck")))


class _Asked:
    """What the promises ask of a server, on a core; `down` points the connector where nothing listens."""

    service = "list"

    def __init__(self, core):
        self.core = core
        self.settings = {"url": core.url, "user": USER, "password": PASSWORD, "timeout": 20}

    def lets_in(self, name, typed):
        del typed  # lists know no passwords
        [seen] = self.connector.observe([(self.service, name)])
        return seen.state in {Seen.OPEN, Seen.LIMITED}

    def down(self):
        with contextlib.closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self._made({**self.settings, "url": f"http://127.0.0.1:{free.getsockname()[1]}"})


class Lists(_Asked):
    """Lists on a core."""

    def __init__(self, core):
        super().__init__(core)
        self._made(self.settings)

    def _made(self, settings):
        self.connector = MailmanLists.from_settings(name="lists", services=frozenset({"list"}), settings=settings)

    def by_hand(self, name):
        self.core.rest.ask("POST", "/lists", {"fqdn_listname": name})

    def taken_out(self, name):
        self.core.rest.ask("DELETE", f"/lists/{name}")


class Subscribers(_Asked):
    """Addresses subscribed to one list on a core."""

    def __init__(self, core):
        super().__init__(core)
        core.rest.ask("POST", "/domains", {"mail_host": LIST.partition("@")[2]})
        core.rest.ask("POST", "/lists", {"fqdn_listname": LIST, "style_name": "private-default"})
        self._made(self.settings)

    def _made(self, settings):
        settings = {**settings, "list": LIST}
        self.connector = MailmanSubscribers.from_settings(name="all", services=frozenset({"list"}), settings=settings)

    def by_hand(self, name):
        sure = {"pre_verified": True, "pre_confirmed": True, "pre_approved": True, "send_welcome_message": False}
        self.core.rest.ask("POST", "/members", {"list_id": LIST.replace("@", "."), "subscriber": name, **sure})

    def taken_out(self, name):
        _, member = self.core.rest.ask("GET", f"/lists/{LIST}/member/{quote(name)}")
        self.core.rest.ask("DELETE", f"/members/{member['member_id']}", {"pre_confirmed": True, "pre_approved": True})


TEXT = "From: ana@example.org\nTo: {to}\nSubject: {subject}\nMessage-ID: <{subject}@example.org>\n\nHello.\n"


def post(core, to, subject):
    """Somebody writes to a list."""
    text = TEXT.format(to=to, subject=subject)
    status, _ = core.rest.ask("POST", "/queues/in", {"list_id": to.replace("@", "."), "text": text})
    assert status == 201, json.dumps(status)


def until(sees, what):
    """Wait for the runners."""
    end = time.monotonic() + 30
    while sees() != what:
        assert time.monotonic() < end, (sees(), what)
        time.sleep(0.1)
