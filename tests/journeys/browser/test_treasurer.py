"""A treasurer in Mexico City at work on a phone, in Spanish: with JavaScript and without."""

import re
from urllib.parse import urlsplit

import pytest

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
ROLL = """Nombre de la organización;Clave;Centro;Tipo;Fecha de ingreso;Pagado hasta;Adeudo;Contacto;Correo;Idioma
Taller Río Claro {mark};{mark}-1;mx;organización;01/03/2012;31/12/2016;1.234,50;Inés Cobos;ines@example.org;es
Radio Ladera {mark};{mark}-2;mx;organización;15/09/2014;31/12/2016;0,00;Luz Peral;sin correo;es
"""


@pytest.fixture
def phone(come_in):
    """A function: the treasurer's phone, in Spanish."""
    return lambda *, javascript: come_in("treasurer_mx", language="es", width=320, javascript=javascript)


def pressed(page):
    """Press the page's one main button."""
    page.locator("main button.act:not(.second)").click()
    page.wait_for_load_state()


def path(page):
    return urlsplit(page.url).path


def heading(page):
    return page.locator("h1").inner_text()


def any_member(page):
    page.goto("/members/?standing=good")
    page.locator("tbody th a").first.click()
    page.wait_for_load_state()
    return path(page)


def enter(page, *, amount):
    page.locator("[name=amount]").fill(amount)
    page.locator("[name=on]").fill("2016-12-30")
    page.locator("[name=method]").first.check()


@WITH_AND_WITHOUT
def test_a_payment_is_entered_once_whatever_is_pressed_again(phone, javascript):
    page = phone(javascript=javascript)
    member = any_member(page)
    page.goto(f"{member}payment/")
    enter(page, amount="mucho")
    pressed(page)
    assert "“mucho”" in page.content() or "«mucho»" in page.content()
    enter(page, amount="77.50")
    page.locator("[name=note]").fill("<script>alert(1)</script>")
    pressed(page)
    first = path(page)
    assert re.fullmatch(r"/payments/MX-P-\d+/", first)
    assert "MXN" in page.locator("main").inner_text()
    page.go_back()
    page.locator("[name=amount]").fill("77.50")
    pressed(page)
    assert path(page) == first
    page.goto(f"{first}void/")
    page.locator("[name=reason]").fill("Ensayo")
    pressed(page)
    assert path(page) == first
    assert "anulado" in page.locator("main").inner_text().lower()


@WITH_AND_WITHOUT
def test_two_entries_are_counted_as_one_and_taken_apart_again(phone, javascript):
    page = phone(javascript=javascript)
    page.goto("/members/?sort=since&center=mx&standing=good")
    codes = re.findall(r"MX-\d+", page.locator("tbody").inner_text())
    kept, merged = codes[-1], codes[-2]
    page.goto(f"/members/merge/?kept={kept}&merged={merged}")
    assert heading(page) == "¿Son la misma membresía?"
    pressed(page)
    assert merged in page.locator("main").inner_text()
    page.get_by_role("link", name=re.compile("deshacer la unión", re.IGNORECASE)).first.click()
    pressed(page)
    page.goto(f"/members/?q={merged}")
    assert merged in page.locator("tbody").inner_text()


@WITH_AND_WITHOUT
def test_a_messy_sheet_is_understood_its_bad_row_named_and_nothing_comes_twice(phone, javascript, tmp_path):
    page = phone(javascript=javascript)
    mark = "ZS" if javascript else "ZN"
    sheet = tmp_path / "padron.csv"
    sheet.write_bytes(ROLL.format(mark=mark).encode("cp1252"))
    assert imported(page, sheet=sheet) == 1
    assert "ingresar" not in page.url
    page.goto(f"/members/?q={mark}-1")
    assert f"Taller Río Claro {mark}" in page.locator("tbody").inner_text()
    assert "1,234.50" in page.locator("tbody").inner_text()
    page.goto(f"/members/?q={mark}-2")
    assert page.locator("tbody").count() == 0
    assert imported(page, sheet=sheet) == 0


def imported(page, *, sheet):
    """Hand in a sheet, go through its pages to the result, and say how many members it made."""
    page.goto("/imports/new/")
    page.locator("[name=file]").set_input_files(sheet)
    pressed(page)
    assert path(page).endswith("/columns/"), page.locator("main").inner_text()
    page.locator("button[name=act][value=preview]").click()
    page.wait_for_load_state()
    assert path(page).endswith("/preview/"), page.locator("main").inner_text()
    text = page.locator("main").inner_text()
    assert "fila 3" in text.lower() or "\n3" in text
    page.goto(path(page).replace("/preview/", "/confirm/"))
    pressed(page)
    assert re.fullmatch(r"/imports/\d+/", path(page))
    return 1 if re.search(r"\b(una|1) membres", page.locator("main").inner_text().lower()) else 0


@WITH_AND_WITHOUT
def test_a_dues_run_is_seen_confirmed_by_its_count_and_undone(phone, javascript):
    page = phone(javascript=javascript)
    page.goto("/dues/")
    page.locator("[name=as_of]").fill("2016-12-31")
    page.locator("[name=through]").fill("2017-11-30")
    pressed(page)
    assert path(page).endswith("/preview/"), page.locator("main").inner_text()
    page.goto(path(page).replace("/preview/", "/confirm/"))
    assert page.locator("[name=count]").count(), page.locator("main").inner_text()
    count = re.search(r"\d+", page.locator("main button.act:not(.second)").inner_text())
    page.locator("[name=count]").fill("999")
    pressed(page)
    assert path(page).endswith("/confirm/")
    page.locator("[name=count]").fill(count.group() if count else "1")
    pressed(page)
    run = path(page)
    for _ in range(20):
        page.goto(run)
        if page.locator("a[href$='/undo/']").count():
            break
        page.wait_for_timeout(500)
    page.goto(f"{run}undo/")
    page.locator("[name=reason]").fill("Ensayo")
    pressed(page)
    assert "deshecha" in page.locator("main").inner_text().lower()
