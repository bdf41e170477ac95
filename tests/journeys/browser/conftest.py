"""A demonstration that is served, and a browser: made once for each worker."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

PROGRAM = Path(sys.executable).with_name("tequio")
LONGEST = 480  # seconds until the demonstration is served, on a machine that does other things too
PEOPLE = {
    "treasurer_us": "Dalia Renner",
    "treasurer_mx": "Yunuén Carpio",
    "caller": "Nayeli Cordero",
    "auditor": "Tobias Lark",
    "administrator": "Mireya Ocotl",
    "chair": "Adaeze Holm",
    "sponsor": "Ixchel Barrera",
    "member": "Chema Lobera",
}


def pytest_collection_modifyitems(items):
    """A browser and a served site talk over the network of this machine, and only the browser's tests may."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.enable_socket)


@dataclass
class Site:
    """A served demonstration."""

    url: str
    process: subprocess.Popen
    log: Path
    visited: dict = field(default_factory=dict)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A demonstration of eighty members, served on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("site") / "log"
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with log.open("w") as handle:
        process = subprocess.Popen(
            [PROGRAM, "demo", "--members", "80", "--port", str(port)],
            stdout=handle,
            stderr=handle,
            env=environment,
            start_new_session=True,
        )
    url = f"http://localhost:{port}"
    try:
        began = time.monotonic()
        while not _answers(url):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() - began < LONGEST, log.read_text()
            time.sleep(0.5)
        yield Site(url=url, process=process, log=log)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def _answers(url):
    try:
        with urllib.request.urlopen(f"{url}/demo/", timeout=5) as answer:  # noqa: S310 - CONFIG: our own http address
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture(scope="session")
def chromium():
    """Debian's chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def come_in(site, chromium):
    """A function that comes in by the demonstration's door: come_in("treasurer_us", width=320, ...) yields a page."""
    open_contexts = []

    def enter(who, *, language=None, width=1280, theme="light", javascript=True):
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 800},
            color_scheme=theme,
            java_script_enabled=javascript,
            locale="es-MX" if language == "es" else "en-US",
            reduced_motion="reduce",
        )
        open_contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto("/demo/")
        if who is not None:
            page.get_by_role("button", name=re.compile(re.escape(PEOPLE[who]))).click()
        if language:
            page.goto(f"/language/{language}/?back=/")
        return page

    yield enter
    for context in open_contexts:
        context.close()


@contextmanager
def watched(page, *, base):
    """What a page asks for elsewhere than of its own site, and what its console says, while it is looked at."""
    strangers, complaints = [], []
    here = urlsplit(base).netloc

    def ask(request):
        if urlsplit(request.url).netloc not in (here, ""):
            strangers.append(request.url)

    def said(message):
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("request", ask)
    page.on("console", said)
    yield strangers, complaints
    page.remove_listener("request", ask)
    page.remove_listener("console", said)
