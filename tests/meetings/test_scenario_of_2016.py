"""Three meetings a month; then two of them joined, one every few months, a team for those with root: by decision."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from committees import ACTOR, AT, DAY, committee, proposal, voted
from gatherings import two_cities
from meetings.series_to_test import MEXICO, YORK
from tequio.decisions.models import ActionItem, Body
from tequio.decisions.operations.carrying_out import confirm
from tequio.decisions.operations.reversing import reversal
from tequio.decisions.queries.in_force import mandate_on
from tequio.meetings.models import Meeting, Series
from tequio.meetings.operations.series import foresee_all
from tequio.meetings.queries.feed import feed_of

pytestmark = pytest.mark.django_db
FIRST = AT + 2 * DAY
ON = "2016-08-01"


def both(words):
    return {"en": words, "es": f"{words} (es)"}


def found(code):
    return {
        "kind": "body.create",
        "data": {"code": code, "name": both(code), "mandate": both("To meet."), "from": "2016-07-16"},
    }


def begun(code, *bodies, which, **recurrence):
    data = {
        "code": code,
        "name": both(code.title()),
        "from": ON,
        "recurrence": {"kind": "weekday_of_month", "which": which, "weekday": "saturday", **recurrence},
        "hour": "12:00",
        "zone": MEXICO,
        "bodies": [{"body": one, "minutes": 60} for one in bodies],
        "places": ["york", "centro"],
    }
    return {"kind": "series.create", "data": data}


def decided(lc, people, effects, *, at):
    """A proposal with these effects, voted for unanimously and confirmed."""
    asked = proposal(lc, people[0], ask=f"Of {at:%d %b}", effects=effects, at=at - 4 * DAY)
    decision = voted(asked, people, *["favor"] * len(people), at=at).decision
    confirm(decision=decision, by=people[0], actor=ACTOR, at=at + DAY)
    return decision


def hours(of):
    """What the feed of a body says, on both clocks: day and hours, what, how long; without the cancelled."""
    content = feed_of(body=Body.objects.get(code=of), language="en", at=AT, with_rooms=False)
    lines = []
    for event in Calendar.from_ical(content).walk("VEVENT"):
        if event["STATUS"] == "CONFIRMED":
            here, there = (event.start.astimezone(ZoneInfo(zone)) for zone in (MEXICO, YORK))
            minutes = int(event.duration.total_seconds() // 60)
            lines.append(f"{here:%m-%d %H:%M} / {there:%H:%M} {event['SUMMARY']} {minutes}")
    return lines


def test_bodies_and_series_begin_join_and_end_by_decisions_and_calendars_follow(sample_rules):
    lc, people = committee(3, code="lc")
    two_cities()
    decided(lc, people, [found("campaign"), found("administration"), found("support")], at=AT)
    three = decided(
        lc,
        people,
        [
            begun("leadership", "lc", which="first"),
            begun("campaigns", "campaign", which="second"),
            begun("offices", "administration", which="third"),
        ],
        at=FIRST,
    )
    assert {one.decision for one in Series.objects.filter(code__in=["leadership", "campaigns", "offices"])} == {three}
    assert hours("campaign")[:4] == [
        "08-13 12:00 / 13:00 Campaigns 60",
        "09-10 12:00 / 13:00 Campaigns 60",
        "10-08 12:00 / 13:00 Campaigns 60",
        "11-12 12:00 / 13:00 Campaigns 60",
    ]
    joined = decided(
        lc,
        people,
        [
            {"kind": "series.change", "data": {"series": "campaigns", "from": "2016-09-01", "ends": True}},
            {
                "kind": "series.change",
                "data": {
                    "series": "leadership",
                    "from": "2016-09-01",
                    "name": both("Leadership and campaign"),
                    "hour": "18:00",
                    "bodies": [{"body": "lc", "minutes": 60}, {"body": "campaign", "minutes": 60}],
                },
            },
            begun("international", "lc", which="last", every=3),
            {
                "kind": "body.change_mandate",
                "data": {
                    "body": "support",
                    "name": both("Maintenance"),
                    "mandate": both("Those with root look after the machines."),
                    "access_scopes": ["root"],
                    "from": "2016-07-26",
                },
            },
            {"kind": "task.assign", "data": {"body": "lc", "title": both("Put it in writing"), "in_writing": True}},
        ],
        at=AT + 10 * DAY,
    )
    line = "Leadership and campaign 120"
    # From 30 October to 5 November only Mexico has changed its clocks.
    assert [one for one in hours("lc") if "International" not in one][:5] == [
        "08-06 12:00 / 13:00 Leadership 60",
        f"09-03 18:00 / 19:00 {line}",
        f"10-01 18:00 / 19:00 {line}",
        f"11-05 18:00 / 20:00 {line}",
        f"12-03 18:00 / 19:00 {line}",
    ]
    assert hours("campaign")[:3] == [
        "08-13 12:00 / 13:00 Campaigns 60",
        f"09-03 18:00 / 19:00 {line}",
        f"10-01 18:00 / 19:00 {line}",
    ]
    assert [one for one in hours("lc") if "International" in one] == [
        "08-27 12:00 / 13:00 International 60",
        "11-26 12:00 / 13:00 International 60",
    ]
    assert [one[:5] for one in hours("administration")][:3] == ["08-20", "09-17", "10-15"]
    support = Body.objects.get(code="support")
    assert (support.name_en, support.access_scopes) == ("Maintenance", ["root"])
    assert mandate_on(body=support, on=date(2016, 9, 1)).decision == joined
    assert ActionItem.objects.get(kind="put_in_writing").decision == joined
    before = Meeting.objects.count()
    assert foresee_all(actor=ACTOR, at=datetime(2016, 7, 26, tzinfo=ZoneInfo("UTC"))).changed == 0
    assert Meeting.objects.count() == before

    # Taken back: apart again.
    back = reversal(decision=joined, sponsor=people[0], begins_on=date(2016, 10, 1), actor=ACTOR, at=AT + 14 * DAY)
    effects = back.versions.get().effects
    assert [one["kind"] for one in effects] == ["body.change_mandate"] + ["series.change"] * 3
    decided(lc, people, [one for one in effects if one["kind"] == "series.change"], at=AT + 20 * DAY)
    assert hours("campaign")[2:4] == ["10-08 12:00 / 13:00 Campaigns 60", "11-12 12:00 / 13:00 Campaigns 60"]
    assert [one for one in hours("lc") if one[:2] == "11"] == ["11-05 12:00 / 14:00 Leadership 60"]
