"""The caller's day on a phone, in Spanish, with JavaScript and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from journeys.browser.conftest import watched

NEXT = "Llamar a la siguiente"
SAVE = "Guardar, y la siguiente"


def heading(page):
    return page.locator("h1").inner_text()


def choose(page, outcome):
    page.get_by_role("radio", name=outcome, exact=True).check()


def done_today(page):
    page.goto("/calls/")
    return page.locator("section", has=page.get_by_role("heading", name="Sus llamadas de hoy")).inner_text()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_caller_calls_one_after_another_and_nothing_is_lost_or_kept_twice(come_in, site, javascript):
    page = come_in("caller", width=320, javascript=javascript)
    assert "por llamar ahora" in heading(page), "a caller's home is the call list"
    page.get_by_role("button", name=NEXT).click()
    first, address = heading(page), page.url
    said = page.locator("main").inner_text()
    assert [
        part for part in ("Por quién preguntar", "Su hora", "Qué decir", "Últimos contactos") if part not in said
    ] == []
    assert page.locator("a[href^='tel:+']").count() == 1
    if javascript:
        with watched(page, base=site.url) as (strangers, complaints):
            page.goto(address)
            found = Axe().run(page)
        assert (found.violations_count, strangers, complaints) == (0, [], []), found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0

    page.get_by_label("Nota").fill("Pregunta por <b>Rosa</b> después de las 5")
    page.get_by_role("button", name=SAVE).click()
    assert "Elija qué resultó de la llamada." in page.locator("main").inner_text()
    choose(page, "Prometió pagar en una fecha")
    page.get_by_role("button", name=SAVE).click()
    assert "Una promesa es para un día" in page.locator("main").inner_text()
    assert page.get_by_label("Nota").input_value() == "Pregunta por <b>Rosa</b> después de las 5"

    page.get_by_label("Prometió pagar el").fill("2017-01-10")
    page.get_by_role("button", name=SAVE).click()
    assert page.url != address
    second = heading(page)
    page.go_back()
    page.get_by_role("button", name=SAVE).click()
    page.goto(address)
    assert "Prometió" not in page.locator("main").inner_text() or heading(page) != first
    calls = done_today(page)
    assert calls.count(f"{first}: ") == 1, "the same form sent again is the same call"
    assert second != first


def test_a_caller_who_asks_for_anything_else_is_turned_away(come_in):
    page = come_in("caller", width=320)
    answers = {path: page.goto(path).status for path in ("/members/", "/payments/", "/dues/", "/follow-up/tasks/")}

    assert set(answers.values()) == {403}


def test_two_callers_never_get_the_same_member_and_one_given_back_is_anybodys(come_in):
    one, other = come_in("caller", width=320), come_in("treasurer_us", width=320, language="es")
    one.goto("/calls/")
    one.get_by_role("button", name=NEXT).click()
    given = heading(one)
    other.goto("/calls/")
    other.get_by_role("button", name=NEXT).click()
    assert heading(other) != given
    one.get_by_role("button", name="Ahora no: dejársela a alguien más").click()
    assert "por llamar ahora" in heading(one)
