"""A meeting in two cities, in the browser: planned, opened, noted in both, translated, a line made a decision."""

import re
from datetime import timedelta

import pytest

from journeys.browser.pressing import now_on, press_on, send

BODY = "leadership-committee"
NOTED = {
    "new-york": "- The roof of the office leaks.\n- We agreed to have it mended: 9 for it, 1 against.",
    "mexico-city": "- Se gotea el techo de la oficina.\n- Se acuerda repararlo.",
}
TRANSLATED = ("Se gotea el techo de la oficina de Nueva York.", "Acordamos repararlo: 9 a favor, 1 en contra.")
TOLD = {
    "en": {"title": "The roof", "closed": "closed", "older": "older than the text", "carried": "carried over"},
    "es": {"title": "El techo", "closed": "cerrada", "older": "anterior al texto", "carried": "pasa a"},
}


@pytest.mark.parametrize(("language", "width", "javascript"), [("en", 1280, True), ("es", 320, False)])
def test_a_meeting_from_its_plan_to_two_notes_a_stale_translation_and_a_decision(come_in, language, width, javascript):
    how = {"language": language, "width": width, "javascript": javascript}
    chair, scribe = come_in("chair", **how), come_in("sponsor", **how)
    meeting = _plan(chair, minutes_from_now=20 if language == "en" else 50)
    _add_item(chair, meeting)
    press_on(chair, f"{meeting}open/")

    _be_here(chair, meeting, place=0)
    _be_here(scribe, meeting, place=1)
    chair.goto(meeting)
    text = chair.locator("main").inner_text()
    assert TOLD[language]["title"] in text
    assert chair.evaluate("document.documentElement.scrollWidth") <= width

    item = _item(chair, meeting, title=TOLD[language]["title"])
    _write(chair, item, place="new-york", text=NOTED["new-york"])
    _write(scribe, item, place="mexico-city", text=NOTED["mexico-city"])
    note = _translate(scribe, meeting)
    _write(chair, item, place="new-york", text=NOTED["new-york"].replace("The roof", "The roof and a wall"))
    chair.goto(f"{meeting}notes/")
    assert TOLD[language]["older"] in chair.locator("main").inner_text()
    assert chair.evaluate("document.documentElement.scrollWidth") <= width

    chair.goto(f"/notes/{note}/lines/2/decision/")
    for field, words in (("title_en", "The roof is mended"), ("title_es", "Se repara el techo")):
        chair.fill(f"#id_{field}", words)
    chair.select_option("#id_end", "approved")
    chair.fill("#id_in_favor", "9")
    chair.fill("#id_against", "1")
    send(chair)
    chair.goto(f"{meeting}notes/")
    record = chair.locator("a[href^='/decisions/']", has_text="The roof is mended" if language == "en" else "Se repara")
    record.first.click()
    chair.wait_for_load_state()
    assert "9" in chair.locator("main").inner_text()

    press_on(chair, f"{meeting}close/")
    chair.goto(meeting)
    assert TOLD[language]["closed"] in chair.locator("main").inner_text()


def _plan(page, *, minutes_from_now):
    """A meeting that begins soon, on the clock of Mexico City; its address."""
    page.goto(f"/bodies/{BODY}/meetings/")
    begins = now_on(page) + timedelta(minutes=minutes_from_now)
    page.fill("#id_title_en", "A meeting of the journey")
    page.fill("#id_title_es", "Una reunión del recorrido")
    page.fill("#id_day", begins.date().isoformat())
    page.fill("#id_hour", f"{begins:%H:%M}")
    page.select_option("#id_zone", "America/Mexico_City")
    send(page)
    return re.search(r"/meetings/\d+/", page.url)[0]


def _add_item(page, meeting):
    page.goto(meeting)
    part = page.locator("a[href^='/meetings/parts/'][href$='/items/']").first.get_attribute("href")
    page.goto(part)
    page.fill("#id_title_en", TOLD["en"]["title"])
    page.fill("#id_title_es", TOLD["es"]["title"])
    page.fill("#id_minutes", "10")
    send(page)


def _be_here(page, meeting, *, place):
    page.goto(f"{meeting}attendance/")
    page.locator("header form.tap button[name=place]").nth(place).click()
    page.wait_for_load_state()


def _item(page, meeting, *, title):
    """The number of an item, from the address at which its notes are written."""
    page.goto(f"{meeting}notes/")
    part = page.locator("[id^=item-]", has_text=title).last
    return part.get_attribute("id").removeprefix("item-")


def _write(page, item, *, place, text):
    page.goto(f"/meetings/items/{item}/notes/{place}/")
    page.fill("#id_text", text)
    send(page)


def _translate(page, meeting):
    """New York's notes, paragraph by paragraph; the note's number."""
    page.goto(f"{meeting}notes/")
    links = page.locator("a[href^='/notes/'][href$='/translation/']").all()
    for address in dict.fromkeys(link.get_attribute("href") for link in links):
        page.goto(address)
        if "leaks" not in page.locator("main").inner_text():
            continue
        for number, words in enumerate(TRANSLATED):
            page.fill(f"#id_p{number}", words)
        send(page)
        return re.search(r"/notes/(\d+)/", address)[1]
    raise AssertionError("nothing to translate")
