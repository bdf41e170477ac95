"""From an empty instance to a first billed year: a new treasurer in Mexico City, on a phone, in Spanish."""

import base64
import email
import email.policy
import hashlib
import hmac
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

PROGRAM = Path(sys.executable).with_name("tequio")
ADDRESS = "tesorera@example.org"
HEADINGS = (
    "Nombre de la organización;Clave;Centro;Tipo;Operación;Fecha de ingreso;Pagado hasta;Adeudo;Contacto;Correo;Idioma"
)
ROLL = """
Imprenta del Puerto;P-1;mx;organización;sí;01/03/2012;31/12/2015;0,00;Inés Cobos;ines@example.org;es
Huerto Laderas;P-2;mx;persona;no;15/09/2014;31/12/2015;0,00;Luz Peral;luz@example.org;es
"""


def app_code(secret):
    """The six digits an app for codes shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()  # noqa: TID251 - CONFIG: as the app does
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.fixture
def instance(tmp_path):
    """A real instance with the sample rules and one invited treasurer, served: its address and its folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url, home = f"http://localhost:{port}", tmp_path / "instance"
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {"TEQUIO_HOME": str(home), "TEQUIO_URL": url}

    def done(*words):
        subprocess.run([PROGRAM, *words], check=True, env=environment, capture_output=True)

    done("init", "--sample-rules")
    done("people", "add", ADDRESS, "--name", "Nayeli Ruelas", "--language", "es")
    done("people", "grant", ADDRESS, "--role", "treasurer", "--center", "mx")
    command = [PROGRAM, "serve", "--port", str(port)]
    served = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{url}/account/login/", timeout=5)  # noqa: S310 - CONFIG: our own address
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.25)
        yield url, home
    finally:
        os.killpg(served.pid, signal.SIGTERM)
        served.wait(timeout=20)


def letters(home):
    """The letters in the outbox, oldest first."""
    files = sorted((home / "outbox").glob("*.eml"), key=lambda path: path.stat().st_mtime)
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]


def pressed(page):
    page.locator("main button.act:not(.second)").first.click()
    page.wait_for_load_state()


def said(page):
    return page.locator("main").inner_text()


def path(page):
    return urlsplit(page.url).path


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_stranger_signs_in_imports_a_messy_sheet_bills_and_writes_to_everyone(  # noqa: PLR0915 - CONFIG: one journey
    instance, chromium, tmp_path, javascript
):
    url, home = instance
    context = chromium.new_context(
        base_url=url, viewport={"width": 320, "height": 800}, locale="es-MX", java_script_enabled=javascript
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto("/")
    assert path(page) == "/account/login/"
    page.goto("/account/login/code/")
    page.locator("[name=email]").fill(ADDRESS)
    pressed(page)
    code = re.search(r":\s*(\S+)$", letters(home)[-1]["Subject"]).group(1)
    page.locator("[name=code]").fill(code)
    pressed(page)
    page.goto("/members/")
    assert path(page) == "/account/second-factor/first/"
    page.goto("/account/second-factor/app/")
    secret = page.locator("code").inner_text().replace(" ", "")
    page.locator("[name=code]").fill(app_code(secret))
    pressed(page)
    page.goto("/")
    assert "importar un padrón" in said(page).lower()

    sheet = tmp_path / "padron.csv"
    sheet.write_bytes((HEADINGS + ROLL).encode("cp1252"))
    page.goto("/imports/new/")
    page.locator("[name=file]").set_input_files(sheet)
    pressed(page)
    page.locator("button[name=act][value=preview]").click()
    page.wait_for_load_state()
    assert path(page).endswith("/preview/"), said(page)
    page.goto(path(page).replace("/preview/", "/confirm/"))
    pressed(page)
    page.goto("/members/")
    assert "Imprenta del Puerto" in page.locator("tbody").inner_text()

    page.goto("/dues/")
    page.locator("[name=as_of]").fill("2016-07-15")
    page.locator("[name=through]").fill("2016-07-15")
    pressed(page)
    assert path(page).endswith("/preview/"), said(page)
    page.goto(path(page).replace("/preview/", "/confirm/"))
    page.locator("[name=count]").fill("2")
    pressed(page)
    run = path(page)
    assert re.fullmatch(r"/dues/runs/\d+/", run), said(page)
    for _ in range(30):
        page.goto(run)
        if page.locator("a[href$='/send/']").count():
            break
        page.wait_for_timeout(300)
    page.goto(f"{run}send/")
    pressed(page)
    page.goto(run)
    page.locator("tbody a[href^='/invoices/']").first.click()
    page.wait_for_load_state()
    assert "MXN" in page.locator("h1").inner_text()
    assert context.request.get(f"{path(page)}invoice.pdf").body().startswith(b"%PDF")
    context.close()
    subprocess.run(
        [PROGRAM, "mail", "send"],
        check=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "TEQUIO_HOME": str(home), "TEQUIO_URL": url},
    )
    bills = [letter for letter in letters(home) if "example.org" in letter["To"] and ADDRESS not in letter["To"]]
    assert sorted(letter["To"] for letter in bills) == ["ines@example.org", "luz@example.org"]
    assert [[part.get_content_type() for part in letter.iter_attachments()] for letter in bills] == [
        ["application/pdf"],
        ["application/pdf"],
    ]
