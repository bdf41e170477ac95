#!/usr/bin/env python3
"""Pictures of every page: `screenshots.py [--members N] [--few]`, into screenshots/ beside this checkout's files.

Serves a demonstration of its own, walks through it by its links as each kind of person, and takes every page in both
languages, at 320 and 1280 px, light and dark. `--few` makes the pictures README and LEEME show, into docs/pictures/.
"""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402 - CONFIG: the tests' folder is named first

from journeys.browser.walking import kind_of, walk  # noqa: E402 - CONFIG: as above

PEOPLE = {"treasurer": "Yunuén Carpio", "administrator": "Mireya Ocotl", "member": "Chema Lobera"}
FEW = [
    ("treasurer", "/", "en", 1280, "light", "home-en"),
    ("treasurer", "/", "es", 1280, "light", "home-es"),
    ("administrator", "/members/?standing=behind&sort=due", "en", 1280, "light", "members-en"),
    ("administrator", "/members/?standing=behind&sort=due", "es", 1280, "light", "members-es"),
    ("member", "/", "es", 320, "dark", "phone-es"),
    ("member", "/", "en", 320, "dark", "phone-en"),
]
LONGEST = 300  # seconds until the demonstration is served


@contextmanager
def served(*, members: int) -> Iterator[str]:
    """The address of a demonstration that is served meanwhile."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("tequio")
    process = subprocess.Popen(
        [program, "demo", "--members", str(members), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    url, began = f"http://localhost:{port}", time.monotonic()
    try:
        while not _answers(url=url):
            if process.poll() is not None or time.monotonic() - began > LONGEST:
                raise SystemExit("the demonstration was not served")
            time.sleep(1)
        yield url
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _answers(*, url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/demo/", timeout=5) as answer:  # noqa: S310 - CONFIG: our own http address
            return bool(answer.status == 200)  # noqa: PLR2004 - CONFIG: HTTP's OK
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def entered(*, browser: Browser, url: str, who: str, language: str, width: int, theme: Any) -> Page:
    """A page of somebody who came in by the demonstration's door."""
    locale = "es-MX" if language == "es" else "en-US"
    context = browser.new_context(
        base_url=url, viewport={"width": width, "height": 800}, color_scheme=theme, locale=locale
    )
    page = context.new_page()
    page.goto("/demo/")
    page.get_by_role("button", name=re.compile(re.escape(PEOPLE[who]))).click()
    page.goto(f"/language/{language}/?back=/")
    return page


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--few", action="store_true")
    options = parser.parse_args()
    with served(members=options.members) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        count = few(browser=browser, url=url) if options.few else every(browser=browser, url=url)
        print(f"{count} pictures")
        browser.close()


def few(*, browser: Browser, url: str) -> int:
    """The pictures of README and LEEME."""
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for who, path, language, width, theme, name in FEW:
        page = entered(browser=browser, url=url, who=who, language=language, width=width, theme=theme)
        page.goto(path)
        page.screenshot(path=folder / f"{name}.png", clip={"x": 0, "y": 0, "width": width, "height": 800})
        page.context.close()
    return len(FEW)


def every(*, browser: Browser, url: str) -> int:
    """Every page a person reaches by links, in every way of looking at it."""
    count = 0
    for who in PEOPLE:
        folder = ROOT / "screenshots" / who
        folder.mkdir(parents=True, exist_ok=True)
        first = entered(browser=browser, url=url, who=who, language="en", width=1280, theme="light")
        paths = walk(first)
        first.context.close()
        for language in ("en", "es"):
            for width in (320, 1280):
                for theme in ("light", "dark"):
                    page = entered(browser=browser, url=url, who=who, language=language, width=width, theme=theme)
                    for path in paths:
                        page.goto(path)
                        name = re.sub(r"[^a-z]+", "-", kind_of(path).lower().replace("#", "one")).strip("-") or "home"
                        page.screenshot(path=folder / f"{name}-{language}-{width}-{theme}.png", full_page=True)
                        count += 1
                    page.context.close()
    return count


if __name__ == "__main__":
    main()
