"""The scenario's organization as one who plays it sees it: a served site, its people, its clock, what was made."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from journeys.browser.pressing import fill

BODY = "leadership-committee"
PROGRAM = Path(sys.executable).with_name("tequio")
THERE = Path(__file__).with_name("there.py")
REFUSED = 422  # how a form is answered that is shown again
_LONGEST = 240  # seconds until it is served, on a machine that does other things too
_MARK = "demo"  # where the folder of a demonstration holds how far its clock is behind


class Play:
    """One telling of the scenario, in one language, at one width, with JavaScript or without."""

    def __init__(self, *, chromium, folder, url, process, language, width, javascript):
        self.chromium, self.folder, self.url, self.process = chromium, folder, url, process
        self.language, self.width, self.javascript = language, width, javascript
        self.es = language == "es"
        self.made = {}
        self._pages = {}

    def say(self, en, es):
        """What the page says, in the language of this telling."""
        return es if self.es else en

    def page(self, name):
        """The page of a person, who comes in by the demonstration's door the first time."""
        if name not in self._pages:
            context = self.chromium.new_context(
                base_url=self.url,
                viewport={"width": self.width, "height": 800},
                java_script_enabled=self.javascript,
                locale="es-MX" if self.es else "en-US",
                reduced_motion="reduce",
            )
            page = self._pages[name] = context.new_page()
            page.set_default_timeout(15_000)
            page.goto("/demo/")
            page.get_by_role("button", name=re.compile(re.escape(name))).click()
            page.goto(f"/language/{self.language}/?back=/")
        return self._pages[name]

    def close(self):
        """Everybody goes home."""
        for page in self._pages.values():
            page.context.close()

    def at(self, moment):
        """Move the clock there, and let the machine do what it does every day."""
        behind = datetime.now(UTC) - moment  # noqa: TID251 - CONFIG: what the demonstration's clock is behind of
        (self.folder / _MARK).write_text(f"{behind.total_seconds():.0f}\n", encoding="ascii")
        os.kill(self.process.pid, signal.SIGHUP)  # gunicorn begins a worker anew, which reads it
        self.tick()
        day = f"{moment.day} {moment:%B %Y}"
        for _ in range(100):
            if day in _read(f"{self.url}/demo/"):
                return
            time.sleep(0.1)
        raise AssertionError(f"the clock never came to {day}")

    def tick(self):
        """The machine's daily work: proposals are placed, invoices made, what fell due is told."""
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment |= {"TEQUIO_HOME": str(self.folder), "TEQUIO_DEMO": "yes", "TEQUIO_URL": self.url}
        done = subprocess.run([PROGRAM, "tick"], capture_output=True, text=True, check=False, env=environment)
        assert done.returncode == 0, done.stdout + done.stderr

    def open(self, name, path):
        """Let a person open a page, which is no wider than the screen; the page."""
        page = self.page(name)
        answer = page.goto(path)
        assert answer.ok, (path, answer.status)
        assert page.evaluate("document.documentElement.scrollWidth") <= self.width, path
        return page

    def sent(self, name, path, fields, *, button="main form[method=post] button"):
        """Let a person fill in a form and send it; the page that follows, which is not the form again."""
        answer, page = self._send(name, path, fields, button)
        assert answer.ok, (path, text(page))
        return page

    def refused(self, name, path, fields, *, button="main form[method=post] button"):
        """Let a person send a form that is not taken; what the page says then."""
        answer, page = self._send(name, path, fields, button)
        assert answer.status == REFUSED, (path, answer.status)
        return text(page)

    def _send(self, name, path, fields, button):
        page = self.open(name, path)
        fill(page, fields)
        with page.expect_navigation() as navigation:
            page.locator(button).first.click()
        return navigation.value, page

    def pressed(self, name, path):
        """Let a person confirm what a page asks."""
        return self.sent(name, path, {})

    def path_of(self, name):
        """Where a person is."""
        return urlsplit(self.page(name).url).path


def text(page, selector="main"):
    """What a part of a page says, on one line."""
    return line(page.locator(selector).first)


def line(part):
    """What one part says, on one line, with plain spaces."""
    return " ".join(part.inner_text().split())


def _read(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - CONFIG: our own http address
            return answer.read().decode()
    except OSError:
        return ""


@contextmanager
def served(*, folder, log):
    """The organization, served on a free port of this machine: its address and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with log.open("w") as handle:
        process = subprocess.Popen(
            [sys.executable, str(THERE), str(folder), str(port)],
            stdout=handle,
            stderr=handle,
            env=environment,
            start_new_session=True,
        )
    url = f"http://localhost:{port}"
    try:
        began = time.monotonic()
        while not _read(f"{url}/demo/"):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() - began < _LONGEST, log.read_text()
            time.sleep(0.3)
        yield url, process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


@contextmanager
def begun(chromium, folder, **how):
    """The scenario as it begins, in a folder of its own."""
    home = folder / "organization"
    home.mkdir()
    with served(folder=home, log=folder / "log") as (url, process):
        play = Play(chromium=chromium, folder=home, url=url, process=process, **how)
        try:
            yield play
        finally:
            play.close()
