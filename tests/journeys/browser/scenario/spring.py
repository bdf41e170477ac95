"""From March to June: the meetings are put in writing and joined, minutes approved, the dues written out and voted."""

import re
from datetime import UTC, datetime

from journeys.browser.scenario.before import CHAIR, ELIAS, KARINA, Sponsored, propose
from journeys.browser.scenario.february import vote
from journeys.browser.scenario.playing import BODY, line, text
from tequio.project.demo import motions, noted

IN_WRITING = datetime(2016, 2, 26, 18, tzinfo=UTC)
MARCH, CORRECTED = datetime(2016, 3, 5, 17, 5, tzinfo=UTC), datetime(2016, 3, 26, 18, tzinfo=UTC)
APRIL = datetime(2016, 4, 2, 17, 5, tzinfo=UTC)
_SERIES = {"kind": "weekday_of_month", "weekday": "saturday", "zone": "America/Mexico_City"}
THREE_MEETINGS = Sponsored(
    name="meetings",
    by=ELIAS,
    motion=motions.THREE_MEETINGS,
    effects=tuple(
        (
            "series-create",
            {
                **_SERIES,
                "code": code,
                "valid_from": "2016-03-07",
                "name_en": en,
                "name_es": es,
                "which": which,
                "hour": "11:00",
                "body_0": body,
                "minutes_0": "60",
            },
        )
        for code, en, es, which, body in (
            ("campaign", "Campaign", "Campaña", "second", "campaign-team"),
            ("administration", "Administration", "Administración", "third", "administration-team"),
        )
    ),
)
JOINED = Sponsored(
    name="joined",
    by=ELIAS,
    motion=motions.ONE_OF_TWO_HOURS,
    effects=(
        (
            "series-change",
            {
                "series": "committee",
                "valid_from": "2016-04-04",
                "name_en": "Leadership Committee and campaign",
                "name_es": "Comité de Dirección y campaña",
                "body_0": BODY,
                "minutes_0": "60",
                "body_1": "campaign-team",
                "minutes_1": "60",
            },
        ),
        ("series-change", {"series": "campaign", "valid_from": "2016-04-04", "ends": True}),
        (
            "series-create",
            {
                **_SERIES,
                "code": "international",
                "valid_from": "2016-05-01",
                "name_en": "Internationalization",
                "name_es": "Internacionalización",
                "every": "3",
                "which": "second",
                "weekday": "sunday",
                "hour": "12:00",
                "body_0": BODY,
                "minutes_0": "90",
            },
        ),
    ),
)


def the_meetings_are_put_in_writing(play):
    """The task of February is done: the proposal is written, and the task closed with its number."""
    propose(play, THREE_MEETINGS)
    page = play.open(ELIAS, "/tasks/")
    row = page.locator("tbody tr", has_text=motions.PUT_THE_MEETINGS_IN_WRITING.to(play.language))
    closes = row.locator("a[href$='/close/']").get_attribute("href")
    play.sent(ELIAS, closes, {"note": play.made["meetings"]})


def row_13_three_meetings_a_month_in_both_zones(play):
    """The chair, in office since February, puts it to the vote and confirms it; calendars hear of it in both zones."""
    play.pressed(CHAIR, f"{play.made['march']}open/")
    decision = vote(play, "meetings", favor=6, against=1, abstain=1, by=CHAIR)
    play.pressed(CHAIR, f"/decisions/{decision}/carry-out/")
    meetings = play.open(ELIAS, "/meetings/").locator("tbody tr")
    hours = (
        "12 March 2016, 12:00 New York / 11:00 Mexico City",
        "12 de marzo de 2016, 12:00 Nueva York / 11:00 Ciudad de México",
    )
    assert play.say(*hours) in line(meetings.filter(has_text=play.say("Campaign team", "Equipo de campaña")).first)


def row_14_the_minutes_of_february_are_approved(play):
    """Approval is a decision, and freezes the text; what is corrected later is a revision with its day and reason."""
    february = play.made["february"]
    part = re.search(
        r"\d+", play.open(CHAIR, f"{february}notes/").locator("a[href^='/minutes/']").first.get_attribute("href")
    )[0]
    play.made["minutes"] = f"/minutes/{part}/"
    play.sent(CHAIR, f"/minutes/{part}/approve/", {"in_favor": "7", "against": "0", "abstained": "1"})
    said = text(play.page(CHAIR))
    decided = play.page(CHAIR).locator(".lede a[href^='/decisions/']").first.get_attribute("href")
    assert "2,800 pesos" not in said
    counts = text(play.open(CHAIR, decided))
    assert play.say("7 in favor, 0 against, 1 abstaining", "7 a favor, 0 en contra, 1 de abstención") in counts
    assert play.say("5 March 2016", "5 de marzo de 2016") in counts


def row_14_again_a_later_correction_is_a_revision_with_its_day(play):
    """Three weeks later Mexico City says of which currency the project's money is."""
    page = play.open(KARINA, play.made["february"])
    item = page.locator(
        "section[id^=item-]",
        has_text=motions.Text(en="Reports of both centers", es="Informes de los dos centros").to(play.language),
    ).last
    writes = item.locator("a[href$='/notes/mexico-city/']").first.get_attribute("href")
    play.open(KARINA, writes)
    kept = page.locator("[name=text]").input_value()
    play.sent(KARINA, writes, {"text": kept.replace(*noted.CORRECTED), "why": noted.WHY_CORRECTED})
    said = text(play.open(KARINA, play.made["minutes"]))
    day = play.say("Corrected: Saturday 26 March 2016", "Corregida: sábado 26 de marzo de 2016")
    assert f"{day}, 14:00" in said
    assert f"{noted.WHY_CORRECTED} ({KARINA})" in said
    assert "Se juntaron $2,800 para el mapa comunitario" in said
    propose(play, JOINED)


def row_13_again_two_meetings_are_joined(play):
    """One meeting of two hours for the committee and campaign, and internationalization every three months."""
    play.pressed(CHAIR, f"{play.made['april']}open/")
    decision = vote(play, "joined", favor=8, by=CHAIR)
    play.pressed(CHAIR, f"/decisions/{decision}/carry-out/")
    said = text(play.open(CHAIR, play.made["june_meeting"]))
    for name, hours in (
        (
            ("Leadership Committee", "Comité de Dirección"),
            ("12:00–13:00 New York / 11:00–12:00 Mexico City", "12:00–13:00 Nueva York / 11:00–12:00 Ciudad de México"),
        ),
        (
            ("Campaign team", "Equipo de campaña"),
            ("13:00–14:00 New York / 12:00–13:00 Mexico City", "13:00–14:00 Nueva York / 12:00–13:00 Ciudad de México"),
        ),
    ):
        assert f"{play.say(*name)} {play.say(*hours)}" in said
    series = text(play.open(CHAIR, "/meetings/series/"))
    every = ("Internationalization second Sunday every 3 months", "Internacionalización segundo domingo cada 3 meses")
    assert play.say(*every) in series
    page = play.open(ELIAS, f"/bodies/{BODY}/calendar/")
    page.locator("button[value=make]").click()
    page.wait_for_load_state()
    feed = page.locator("code").first.inner_text()
    calendar = page.request.get(feed).text().replace("\r\n ", "")
    both = play.say(
        "Saturday 7 May 2016\\, 12:00 New York / 11:00 Mexico City",
        "sábado 7 de mayo de 2016\\, 12:00 Nueva York / 11:00 Ciudad de México",
    )
    assert both in calendar
    assert "DTSTART;TZID=America/Mexico_City:20160507T110000" in calendar
    assert play.say("Leadership Committee and campaign", "Comité de Dirección y campaña") in calendar
