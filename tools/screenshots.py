#!/usr/bin/env python3
"""Pictures of every page: `screenshots.py [--into FOLDER] [--check] [--only WAY] [--at URL] [--resume] [--few]`.

Serves a demonstration of its own, does what has to be done before some pages are there, walks through it by its links
as each kind of person, and takes every page in both languages, at 320 and 1280 px, light and dark, into screenshots/
beside these files. Ends with 1, and names them, where an address of the site has no picture. `--check` also asks axe,
and looks for what is wider than the screen and for requests to other hosts. `--only es-320-light` takes one of the
eight ways. `--at` looks at a demonstration that is served already and was not looked at before.
`--resume` takes only what has no picture yet, after a run that broke off.
`--few` makes the pictures README and LEEME show, into docs/pictures/.
"""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from axe_playwright_python.sync_playwright import Axe  # noqa: E402 - CONFIG: the tests' folder is named first
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402 - CONFIG: as above

from journeys.browser import preparing  # noqa: E402 - CONFIG: as above
from journeys.browser.conftest import PEOPLE, watched  # noqa: E402 - CONFIG: as above
from journeys.browser.walking import kind_of, walk  # noqa: E402 - CONFIG: as above

FEW = [
    ("treasurer_mx", "/", "en", 1280, "light", "home-en"),
    ("treasurer_mx", "/", "es", 1280, "light", "home-es"),
    ("administrator", "/members/?standing=behind&sort=due", "en", 1280, "light", "members-en"),
    ("administrator", "/members/?standing=behind&sort=due", "es", 1280, "light", "members-es"),
    ("member", "/", "es", 320, "dark", "phone-es"),
    ("member", "/", "en", 320, "dark", "phone-en"),
]
LONGEST = 600  # seconds until the demonstration is served
# Whoever sees most comes first; of the others' pages those are taken that nobody had before, and these of everybody.
ORDER = ("administrator", "treasurer_mx", "sponsor", "chair", "member", "caller", "auditor", "treasurer_us")
EVERYBODYS = {"/", "/members/#/", "/account/", "/account/applications/", "/proposals/#/", "/proposals/", "/calls/"}
# A paid and an open invoice, a draft and a decided proposal do not look alike: two of these are taken.
TWO_OF = {
    f"/{word}/#/" for word in ("members", "invoices", "payments", "proposals", "votes", "decisions", "bank/lines")
}
WAYS: list[tuple[str, int, Any]] = [
    (language, width, theme) for language in ("en", "es") for width in (320, 1280) for theme in ("light", "dark")
]
_NO_MORE = {"resultTypes": ["violations"]}  # what axe tells of: the rest costs time and is thrown away
# Addresses that are no page: files, feeds and machines, what is only ever sent, what only leads on.
NO_PAGES = {
    *("calendar_feed", "public_calendar"),
    *("members_csv", "standing_csv", "decisions_csv", "decisions_json", "decisions_feed", "roll_csv", "import_csv"),
    *("center_members_csv", "center_beancount", "dues_preview_csv", "dues_run_csv", "payments_csv", "bank_lines_csv"),
    *("print_run", "invoice_pdf", "receipt_pdf", "member_year_pdf", "letter_batch_pdf", "sites_paper", "budget_csv"),
    *("budget_xlsx", "mail_sample_html", "attachment", "proof_file", "booking_receipt", "balance_evidence", "my_data"),
    *("mfa_download_recovery_codes", "provider_call"),
    *("configuration", "jwks", "token", "userinfo", "introspect", "revoke"),  # what applications ask for
    *("carry_on_import", "carry_on_run", "mail_invoice", "mail_receipt", "begin_budget", "budget_withdraw"),
    *("give_back_call", "ask_to_call", "member_said", "cast_ballot", "my_language", "language", "demo_come_in"),
    *("mfa_login_webauthn", "account_logout", "retry_mail", "sample_rule_book"),
    *("notes_markdown", "notes_pdf", "minutes_markdown", "minutes_pdf"),
    *("document", "say_quorum", "move_agenda_item", "progress_agenda_item", "ask_to_speak", "speaker_turn"),
    *("mark_attendance", "enter_attendance", "leave_meeting"),
}
# Pages no demonstration comes to: held notices to many, a round that sends what waits, a book that adds something, what
# follows from a key of one's own, a meeting at its very hour, a suspension of many that was stopped, leaving by way of
# an application.
NOT_HERE = {
    "mail_round",
    "confirm_rule_book",
    "follow_up_release",
    "drop_effect",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    *("open_meeting", "close_meeting", "undo_meeting", "speakers", "answer_suggestion"),
    *("logout", "bulk_suspension"),
}


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
    """A page of somebody who came in by the demonstration's door, or of nobody."""
    locale = "es-MX" if language == "es" else "en-US"
    context = browser.new_context(
        base_url=url, viewport={"width": width, "height": 800}, color_scheme=theme, locale=locale
    )
    page = context.new_page()
    page.goto("/demo/")
    if who in PEOPLE:
        page.get_by_role("button", name=re.compile(re.escape(PEOPLE[who]))).click()
    page.goto(f"/language/{language}/?back=/")
    return page


def names_of_addresses() -> tuple[list[str], Any]:
    """The name of every address of the site, and what finds the name of a path."""
    os.environ["TEQUIO_HOME"] = tempfile.mkdtemp(prefix="tequio-names-")
    os.environ["TEQUIO_DEMO"] = "yes"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tequio.project.settings"
    import django
    from django.urls import URLPattern, get_resolver, resolve

    from tequio.kernel import instance

    instance.create()
    (Path(os.environ["TEQUIO_HOME"]) / instance.DEMO_MARK).touch()
    django.setup()

    def names(resolver: Any) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                yield str(pattern.name)
            else:
                yield from names(pattern)

    return list(dict.fromkeys(names(get_resolver()))), resolve


@dataclass
class Album:
    """The pictures taken so far, of which addresses, and what was found wrong."""

    folder: Path
    resolve: Any
    check: bool
    ways: list[tuple[str, int, Any]]
    resume: bool = False
    count: int = 0
    names: set[str] = field(default_factory=set)
    combinations: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def take(self, page: Page, *, path: str, who: str, language: str, number: int) -> None:
        """Go to a page once, take its picture in every width and theme, and look for faults where that was asked."""
        name = self._name(path)
        folder = self.folder / who
        folder.mkdir(parents=True, exist_ok=True)
        self.names.add(name)
        ways = [(width, theme, f"{spoken}-{width}-{theme}") for spoken, width, theme in self.ways if spoken == language]
        files = {way: folder / f"{name}{number or ''}-{way}.png" for _, _, way in ways}
        if self.resume and all(file.exists() for file in files.values()):
            return
        with watched(page, base=page.url) as (strangers, complaints):
            page.goto(path)
            for width, theme, way in ways:
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=theme)
                page.screenshot(path=files[way], full_page=True)
                self.count += 1
                self.combinations[way] += 1
                self.tell(f"{who} {way} {path}", self._seen(page))
        self.tell(f"{who} {language} {path}", [f"asks {stranger}" for stranger in strangers])
        self.tell(f"{who} {language} {path}", [f"console: {text}" for text in complaints if "404" not in text])

    def _seen(self, page: Page) -> list[str]:
        """What is wrong with a page as it stands in this width and theme."""
        violations = Axe().run(page, options=_NO_MORE).response["violations"] if self.check else []
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations]
        return found + ([f"{wide} px too wide"] if wide > 0 else [])

    def tell(self, where: str, faults: list[str]) -> None:
        """Say at once what is wrong, and keep it for the end."""
        for fault in faults:
            self.faults.append(f"{where}: {fault}")
            print(self.faults[-1], flush=True)

    def _name(self, path: str) -> str:
        from django.urls import Resolver404

        try:
            return str(self.resolve(urlsplit(path).path).url_name)
        except Resolver404:
            return "not-found"


def main() -> int:
    """Take the pictures; 1 where a page has none or has a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--into", type=Path, default=ROOT / "screenshots")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--only", nargs="*", choices=[f"{language}-{width}-{theme}" for language, width, theme in WAYS])
    parser.add_argument("--at", default="")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--few", action="store_true")
    options = parser.parse_args()
    wanted, resolve = names_of_addresses()
    there = nullcontext(options.at) if options.at else served(members=options.members)
    with there as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        if options.few:
            print(f"{few(browser=browser, url=url)} pictures")
            return 0
        ways = [way for way in WAYS if not options.only or "{}-{}-{}".format(*way) in options.only]
        album = Album(folder=options.into, resolve=resolve, check=options.check, ways=ways, resume=options.resume)
        every(browser=browser, url=url, album=album)
        browser.close()
    missing = [name for name in wanted if name not in album.names | NO_PAGES | NOT_HERE]
    said = ", ".join(f"{way} {count}" for way, count in sorted(album.combinations.items()))
    print(f"{album.count} pictures of {len(album.names)} addresses ({said}); {len(album.faults)} faults")
    for name in missing:
        print(f"no picture of {name}")
    return 1 if missing or album.faults else 0


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


def every(*, browser: Browser, url: str, album: Album) -> None:
    """Every page of every kind of person, in every way of looking at it."""

    def enter(who: str) -> Page:
        return entered(browser=browser, url=url, who=who, language="es", width=1280, theme="light")

    prepared = preparing.prepare(enter)
    had: set[str] = set()
    for who in (*ORDER, "nobody"):
        shut: list[str] = []
        walked = walk(enter(who), each=2, shut=shut, further=8) if who != "nobody" else ()
        album.tell(f"{who} is offered", shut)
        paths = chosen([*walked, *prepared.get(who, ())], had=had, who=who)
        for language in dict.fromkeys(language for language, _, _ in album.ways):
            page = entered(browser=browser, url=url, who=who, language=language, width=1280, theme="light")
            for path, number in paths:
                album.take(page, path=path, who=who, language=language, number=number)
            page.context.close()
    for language in dict.fromkeys(language for language, _, _ in album.ways):
        for arrive in (preparing.ask_for_a_code, preparing.half_way_in):
            page = entered(browser=browser, url=url, who="nobody", language=language, width=1280, theme="light")
            album.take(page, path=arrive(page), who="nobody", language=language, number=0)
            page.context.close()


def chosen(paths: list[str], *, had: set[str], who: str) -> list[tuple[str, int]]:
    """Of a person's pages those to be taken, each with its number among its kind."""
    counts: Counter[str] = Counter()
    found = []
    for path in dict.fromkeys(paths):
        kind = kind_of(path)
        if (kind not in had or kind in EVERYBODYS or who == "nobody") and counts[kind] < (2 if kind in TWO_OF else 1):
            found.append((path, counts[kind]))
            counts[kind] += 1
    had |= set(counts)
    return found


if __name__ == "__main__":
    sys.exit(main())
