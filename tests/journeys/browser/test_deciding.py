"""The two stories of deciding, in the browser: the divided question of February, and June's policy to the next invoice.

A sitting is planned for the next minute, and a recorded vote lets the proposals in without their hours of review.
"""

import re
import time
from datetime import timedelta

import pytest

from journeys.browser.pressing import now_on, press_on, send

BODY = "leadership-committee"
PARTS = ("Raise the dues", "Subir las cuotas"), ("Restructure the dues", "Reestructurar las cuotas")
TOLD = {
    "en": {
        "ends": ("not approved", "approved in principle"),
        "passes": "passed",
        "confirm": "Confirm and carry it out",
        "carried": "carried out",
    },
    "es": {
        "ends": ("no aprobado", "aprobado en principio"),
        "passes": "se aprobó",
        "confirm": "Confirmar y llevarlo a cabo",
        "carried": "llevado a cabo",
    },
}


@pytest.mark.parametrize(("language", "width", "javascript"), [("en", 1280, True), ("es", 320, False)])
def test_a_divided_question_ends_in_two_ways_and_a_policy_reaches_the_next_invoice(
    come_in, language, width, javascript
):
    told = TOLD[language]
    how = {"language": language, "width": width, "javascript": javascript}
    chair, sponsor = come_in("chair", **how), come_in("sponsor", **how)
    begins = _plan_a_sitting(chair)

    february = _propose(sponsor, ask=("Raise or restructure", "Subir o reestructurar"))
    sponsor.goto(f"/proposals/{february}/divide/")
    for number, title in enumerate(PARTS, start=1):
        sponsor.fill(f"#id_title_{number}_en", title[0])
        sponsor.fill(f"#id_title_{number}_es", title[1])
        sponsor.select_option(f"#id_paragraph_{number - 1}", str(number))
    send(sponsor)

    june = _propose(sponsor, ask=("Dues in two parts", "Cuotas en dos partes"), circulates=False)
    _write_the_policy(sponsor, proposal=june, language=language)
    press_on(sponsor, f"/proposals/{june}/circulate/")

    _wait_for(chair, begins)
    _let_in(chair, february)
    _vote(chair, february, question=0, qualifier="none", favor=3)
    _vote(chair, february, question=0, qualifier="in_principle", favor=14)
    chair.goto(f"/proposals/{february}/")
    for title, end in zip(PARTS, told["ends"], strict=True):
        assert end in chair.locator("#questions li", has_text=title[language == "es"]).inner_text()
    assert chair.evaluate("document.documentElement.scrollWidth") <= width

    _let_in(chair, june)
    _vote(chair, june, question=0, qualifier="none", favor=14)
    assert told["passes"] in chair.locator(".lede").inner_text()
    chair.get_by_role("link", name=june, exact=True).last.click()
    chair.wait_for_load_state()
    chair.goto(f"/decisions/{june}/carry-out/")
    chair.get_by_role("button", name=told["confirm"]).click()
    chair.wait_for_load_state()
    assert told["carried"] in chair.locator("main").inner_text()
    assert chair.evaluate("document.documentElement.scrollWidth") <= width
    _the_next_invoice_cites(come_in, decision=june, how=how)


def _plan_a_sitting(page):
    """A sitting that begins in the next minute but one, on the clock of Mexico City; when that is."""
    page.goto(f"/bodies/{BODY}/sittings/")
    begins = now_on(page) + timedelta(minutes=1)
    page.fill("#id_day", begins.date().isoformat())
    page.fill("#id_hour", f"{begins:%H:%M}")
    page.select_option("#id_zone", "America/Mexico_City")
    send(page)
    assert "/sittings/" not in page.url
    return begins


def _wait_for(page, begins):
    for _ in range(140):
        page.goto("/tasks/")
        if now_on(page) >= begins:
            return
        time.sleep(1)
    raise AssertionError("the sitting never began")


def _propose(page, *, ask, circulates=True):
    """A proposal of two paragraphs in both languages; its number."""
    page.goto(f"/bodies/{BODY}/propose/")
    words = {
        "ask_en": ask[0],
        "ask_es": ask[1],
        "text_en": "The first thing.\n\nThe second thing.",
        "text_es": "Lo primero.\n\nLo segundo.",
        "resources_en": "None.",
        "resources_es": "Ninguno.",
        "no_priority_because": "a journey",
    }
    page.check("input[name=original][value=en]")
    for name, text in words.items():
        page.fill(f"#id_{name}", text)
    send(page)
    code = re.search(r"/proposals/([\d-]+)/", page.url)[1]
    if circulates:
        press_on(page, f"/proposals/{code}/circulate/")
    return code


def _write_the_policy(page, *, proposal, language):
    """What it would do, written in a form: the amounts of 2016, from February on."""
    page.goto(f"/proposals/{proposal}/effects/dues-adopt_policy/")
    first = now_on(page).date() + timedelta(days=3)
    page.fill("#id_code", f"dues-journey-{language}")
    page.fill("#id_title_en", "Dues of the journey")
    page.fill("#id_title_es", "Cuotas del recorrido")
    page.fill("#id_valid_from", (first + timedelta(days=0 if language == "en" else 1)).isoformat())
    page.fill("#id_us-organization-membership", "60")
    send(page)
    assert f"/proposals/{proposal}/" in page.url


def _let_in(page, proposal):
    press_on(page, f"/proposals/{proposal}/vote/let-in/")
    _enter(page, favor=14)


def _vote(page, proposal, *, question, qualifier, favor):
    """A question put to the vote in the sitting, entered ballot by ballot, and counted."""
    page.goto(f"/proposals/{proposal}/vote/")
    page.select_option("#id_question", index=question)
    page.check(f"input[name=qualifier][value={qualifier}]")
    page.check("input[name=how][value=sitting]")
    page.select_option("#id_sitting", index=1)
    send(page)
    assert "/votes/" in page.url, page.locator("main").inner_text()
    _enter(page, favor=favor)


def _enter(page, *, favor):
    vote = re.search(r"/votes/(\d+)/", page.url)[1]
    page.goto(f"/votes/{vote}/enter/")
    for position, choice in enumerate(page.locator("select[name^=choice_]").all()):
        choice.select_option("favor" if position < favor else "against")
    send(page)
    press_on(page, f"/votes/{vote}/close/")


def _the_next_invoice_cites(come_in, *, decision, how):
    """A treasurer bills from the policy's first day on: an invoice's why leads to the vote. Then the run is undone."""
    treasurer = come_in("treasurer_us", **how)
    first = now_on(treasurer).date() + timedelta(days=6)
    treasurer.goto("/dues/")
    treasurer.fill("[name=as_of]", first.isoformat())
    treasurer.fill("[name=through]", (first + timedelta(days=300)).isoformat())
    send(treasurer)
    treasurer.goto(treasurer.url.replace("/preview/", "/confirm/"))
    count = re.search(r"\d+", treasurer.locator("main button.act:not(.second)").inner_text())
    treasurer.fill("[name=count]", count.group() if count else "1")
    send(treasurer)
    run = treasurer.url
    for _ in range(40):
        treasurer.goto(run)
        if treasurer.locator("a[href$='/undo/']").count():
            break
        treasurer.wait_for_timeout(500)
    treasurer.locator("main a[href^='/invoices/']").first.click()
    treasurer.wait_for_load_state()
    assert treasurer.locator(f'a[href="/decisions/{decision}/"]').count() >= 1
    treasurer.goto(f"{run}undo/")
    treasurer.fill("[name=reason]", "a journey")
    send(treasurer)
