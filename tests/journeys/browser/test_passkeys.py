"""Signing in to a real instance with a browser: without JavaScript by code and app, with it by passkey."""

import email
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from email import policy

import pytest

from accounts.codes import totp
from nursery import PROGRAM

ALMA = "alma@example.org"
LONGEST = 60  # seconds until the site is served


class Served:
    """An instance that is served, and the letters it wrote."""

    def __init__(self, *, instance, url):
        self.instance, self.url = instance, url

    def last_code(self):
        """The code of the newest letter in the outbox."""
        newest = max((self.instance.home / "outbox").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        letter = email.message_from_bytes(newest.read_bytes(), policy=policy.default)
        assert letter["To"] == ALMA
        return re.search(r"\d{4}-\d{4}", letter["Subject"]).group()


@pytest.fixture
def served(copies, ruled):
    """An instance with an administrator who has never signed in, served on a free port under the name localhost."""
    instance = copies(ruled)
    instance.done("people", "add", ALMA, "--name", "Alma Ríos", "--language", "es")
    instance.done("people", "grant", ALMA, "--role", "administrator")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://localhost:{port}"
    log = instance.home.parent / "served.log"
    with log.open("w") as handle:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--port", str(port)],
            stdout=handle,
            stderr=handle,
            env=instance.environment(TEQUIO_URL=url),
            cwd=instance.home.parent,
            start_new_session=True,
        )
    try:
        for _ in range(LONGEST * 4):
            assert process.poll() is None, log.read_text()
            if _answers(url):
                break
            time.sleep(0.25)
        yield Served(instance=instance, url=url)
        assert "Traceback" not in log.read_text()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def _answers(url):
    try:
        with urllib.request.urlopen(f"{url}/account/login/", timeout=5) as answer:  # noqa: S310 - CONFIG: our own http address
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture
def open_page(served, chromium):
    """A function that opens the site in a fresh browser: its page, which gives up after ten seconds."""
    contexts = []

    def start(*, javascript):
        context = chromium.new_context(base_url=served.url, locale="es-MX", java_script_enabled=javascript)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield start
    for context in contexts:
        context.close()


def brick(page):
    """Press the one brick button of a page."""
    page.locator("main .act:not(.second):visible").click()


def heading(page):
    return page.locator("h1").inner_text().replace("\n", " ")


def enter_by_mail(page, served):
    """Ask for a code on the sign-in page and type it."""
    page.goto("/account/login/")
    page.get_by_label("Correo electrónico").first.fill(ALMA)
    brick(page)
    assert heading(page) == "Va un código en camino, si ese correo tiene una cuenta"
    page.get_by_label("Código del correo").fill(served.last_code())
    brick(page)


def sign_out(page):
    page.goto("/account/logout/")
    brick(page)
    assert heading(page) == "Aquí entra usted"


def set_up_app(page):
    """Set up codes from an app; returns its secret and the recovery codes."""
    page.goto("/account/second-factor/app/")
    secret = page.locator("main code").inner_text().replace(" ", "")
    page.get_by_label("Código que muestra la aplicación").fill(totp(secret))
    brick(page)
    assert heading(page) == "Estos códigos se muestran una sola vez: guárdelos"
    codes = page.locator(".codes li").all_inner_texts()
    assert len(set(codes)) == 10
    return secret, codes


def test_the_first_sign_in_and_the_next_ones_without_javascript(served, open_page):
    page = open_page(javascript=False)
    enter_by_mail(page, served)
    assert heading(page) == "Primero, un segundo paso para su cuenta"
    page.goto("/account/people/")
    assert heading(page) == "Primero, un segundo paso para su cuenta"
    secret, codes = set_up_app(page)
    brick(page)
    assert page.url == f"{served.url}/"

    sign_out(page)
    enter_by_mail(page, served)
    assert heading(page) == "Un paso más y está dentro"
    assert page.get_by_role("button", name="Usar una llave de acceso").count() == 0
    page.get_by_label("Código", exact=False).first.fill(totp(secret, steps=1))  # the one now was used already
    brick(page)
    assert page.url == f"{served.url}/"

    sign_out(page)
    enter_by_mail(page, served)
    page.get_by_label("Código", exact=False).first.fill(codes[0])
    brick(page)
    assert page.url == f"{served.url}/"
    page.goto("/account/second-factor/")
    assert "9 de 10 están sin usar." in page.locator("main").inner_text()


def test_a_passkey_is_added_signs_in_alone_and_is_the_second_step_too(served, open_page):
    page = open_page(javascript=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )["authenticatorId"]

    enter_by_mail(page, served)
    page.get_by_role("link", name="Agregar una llave de acceso").click()
    page.get_by_label("Un nombre para ella").fill("Mi teléfono <b>")
    page.get_by_role("button", name="Crear la llave").click()
    page.wait_for_url("**/account/second-factor/recovery/")
    assert heading(page) == "Estos códigos se muestran una sola vez: guárdelos"
    brick(page)
    page.goto("/account/passkeys/")
    assert page.locator("tbody th").inner_text() == "Mi teléfono <b>"

    sign_out(page)
    page.get_by_role("button", name="Entrar con una llave de acceso").click()
    page.wait_for_url(f"{served.url}/")
    page.goto("/account/people/")
    assert heading(page) == "Estas personas pueden entrar"

    sign_out(page)
    enter_by_mail(page, served)
    assert heading(page) == "Un paso más y está dentro"
    page.get_by_role("button", name="Usar una llave de acceso").click()
    page.wait_for_url(f"{served.url}/")

    sign_out(page)
    devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    devtools.send("WebAuthn.disable")
    assert [url for url in asked if not url.startswith((f"{served.url}/", "data:"))] == []


def test_a_passkey_nobody_knows_is_told_of_in_words_of_the_page(served, open_page):
    page = open_page(javascript=True)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": False, "automaticPresenceSimulation": True}},
    )
    page.goto("/account/login/")
    page.get_by_role("button", name="Entrar con una llave de acceso").click()
    page.get_by_text("No funcionó: la llave de acceso no se usó").wait_for()
    assert page.url == f"{served.url}/account/login/"
