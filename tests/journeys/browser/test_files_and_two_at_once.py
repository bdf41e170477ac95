"""What goes wrong with files at a treasurer's phone, and two treasurers who do the same thing at the same moment."""

import re

import pytest

MEGABYTE = 1_000_000
HEADINGS = "Nombre de la organización;Clave;Centro;Tipo;Fecha de ingreso;Pagado hasta;Adeudo;Contacto;Correo;Idioma\n"


@pytest.fixture
def hand_in(come_in):
    """A function that hands a file in on a treasurer's phone, in Spanish; returns the page that answers."""
    page = come_in("treasurer_mx", language="es", width=320)

    def send(*, name, content, kind="text/csv"):
        page.goto("/imports/new/")
        page.locator("[name=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})
        with page.expect_navigation() as answer:
            page.locator("main button.act:not(.second)").click()
        return page, answer.value.status

    return send


def alert(page):
    return page.locator("main [role=alert]").inner_text()


def test_a_file_too_large_is_told_of_in_a_sentence_and_not_kept(hand_in):
    page, status = hand_in(name="padrón.csv", content=b"x" * (11 * MEGABYTE))
    assert status == 413
    assert "pesa más de 10 MB" in alert(page)
    page.goto("/imports/")
    assert "padrón.csv" not in page.locator("main").inner_text()


@pytest.mark.parametrize(
    ("name", "content"),
    [("foto.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 200), ("hoja.xlsx", b"PK\x03\x04 not a workbook"), ("nada.csv", b"")],
)
def test_a_file_that_is_no_roll_is_told_of_in_a_sentence(hand_in, name, content):
    page, status = hand_in(name=name, content=content)
    assert status == 422
    assert re.search(r"[a-záéíóú]{3,}.*\.", alert(page))


def test_a_name_that_is_not_ascii_is_shown_as_it_is(hand_in):
    row = "Taller Ñandú;ÑÑ-1;mx;organización;01/03/2012;31/12/2016;0,00;Inés Cobos;ines@example.org;es\n"
    name = "padrón de Ñuñoa – «2016» 名簿.csv"
    page, _ = hand_in(name=name, content=(HEADINGS + row).encode())
    assert page.url.endswith("/columns/")
    assert name in page.locator("main").inner_text()


def test_two_treasurers_who_undo_the_same_payment_at_once_undo_it_once(come_in):
    first, second = (come_in("treasurer_mx", language="es", width=320) for _ in range(2))
    first.goto("/members/?standing=good&center=mx")
    member = first.locator("tbody th a").first.get_attribute("href")
    first.goto(f"{member}payment/")
    first.locator("[name=amount]").fill("64.20")
    first.locator("[name=method]").first.check()
    first.locator("main button.act:not(.second)").click()
    first.wait_for_url(re.compile(r"/payments/MX-P-\d+/$"))
    payment = first.url
    for page, reason in ((first, "Uno"), (second, "Dos")):
        page.goto(f"{payment}void/")
        page.locator("[name=reason]").fill(reason)
    said = []
    for page in (first, second):
        page.locator("main button.act:not(.second)").click()
        page.wait_for_load_state()
        said.append(page.locator("main").inner_text())
    assert "Uno" in said[0]
    assert "anulado" in said[0].lower()
    # The second is told what has come about, whoever was first; its own reason changes nothing.
    assert "anulado" in said[1].lower() or "ya" in said[1].lower()
    first.goto(payment)
    assert "Uno" in first.locator("main").inner_text()
    assert "Dos" not in first.locator("main").inner_text()
