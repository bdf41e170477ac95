"""What a rule book says of meetings: places, and series older than the program, which the daily work plans."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from project.rule_books import BOOK, everything, loader
from tequio.decisions.models import Body
from tequio.kernel.errors import Refusal
from tequio.meetings.models import Meeting, Place, Series
from tequio.meetings.operations.series import foresee_all
from tequio.meetings.queries.feed import feed_of
from tequio.meetings.series_terms import terms_of

pytestmark = pytest.mark.django_db
MEETINGS = (
    BOOK
    + """
[[places]]
code = "here"
name = { en = "Here", es = "Aquí" }
zone = "America/Mexico_City"
language = "es"

[[series]]
code = "weekly"
name = { en = "Weekly", es = "Semanal" }
valid_from = 2020-02-03
recurrence = { kind = "weekday", weekday = "tuesday" }
hour = "18:00"
zone = "America/Mexico_City"
bodies = [{ body = "assembly", minutes = 60 }]
places = ["here"]
"""
)


@pytest.fixture
def load(tmp_path, at):
    return loader(folder=tmp_path, at=at)


def test_a_book_is_loaded_twice_and_its_series_is_planned_by_the_daily_work(load):
    load(MEETINGS)
    before = everything()
    load(MEETINGS)
    assert everything() == before
    assert (Place.objects.get().zone, Meeting.objects.count()) == ("America/Mexico_City", 0)
    terms = terms_of(Series.objects.get().terms.get())
    assert (terms.recurrence.start, terms.minutes, terms.deadlines) == (date(2020, 2, 3), 60, ())
    assert foresee_all(actor="test", at=datetime(2020, 2, 3, tzinfo=UTC)).planned == 26


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('zone = "America/Mexico_City"\nlanguage', 'zone = "Nowhere"\nlanguage'),
        ('language = "es"\n\n[[series]]', 'language = "fr"\n\n[[series]]'),
        ('hour = "18:00"\n', ""),
        ('weekday = "tuesday"', 'weekday = "martes"'),
        ('places = ["here"]', 'places = ["there"]'),
        ('body = "assembly", minutes', 'body = "nobody", minutes'),
        ('code = "weekly"', 'code = "weekly"\nsurprise = 1'),
    ],
)
def test_a_wrong_word_refuses_the_whole_book(load, right, wrong):
    assert right in MEETINGS
    with pytest.raises(Refusal):
        load(MEETINGS.replace(right, wrong))
    assert not Series.objects.exists()


def test_the_sample_organization_meets_in_two_cities_and_online_and_every_body_that_decides_has_its_meetings(
    sample_rules,
):
    assert list(Place.objects.order_by("pk").values_list("code", "zone", "online")) == [
        ("new-york", "America/New_York", False),
        ("mexico-city", "America/Mexico_City", False),
        ("online", "America/Mexico_City", True),
    ]
    assert [
        (one.code, one.decision.code if one.decision else None, one.terms.get().places)
        for one in Series.objects.order_by("pk")
    ] == [
        ("committee", None, ["new-york", "mexico-city", "online"]),
        ("internationalization", "2016-06-meetings", ["new-york", "mexico-city", "online"]),
        ("assembly", "2017-assembly-deadlines", ["new-york", "mexico-city", "online"]),
    ]


def test_the_sample_series_have_their_calendars_in_both_zones_also_in_the_weeks_between_the_clocks(sample_rules):
    assert foresee_all(actor="test", at=datetime(2027, 8, 31, 12, tzinfo=UTC)).said()[0].en == (
        "Meetings: 9 planned, 0 changed, 0 given up."
    )
    clocks = {}
    for code in ("leadership-committee", "assembly"):
        feed = Calendar.from_ical(
            feed_of(
                body=Body.objects.get(code=code), language="en", at=datetime(2027, 8, 31, tzinfo=UTC), with_rooms=False
            )
        )
        clocks[code] = sorted(
            f"{event.start.astimezone(ZoneInfo('America/Mexico_City')):%m-%d %H:%M} / "
            f"{event.start.astimezone(ZoneInfo('America/New_York')):%H:%M} {event['SUMMARY']}"
            for event in feed.walk("VEVENT")
        )
    assert clocks["assembly"] == ["10-16 11:00 / 13:00 Assembly of all members"]
    # Mexico has changed its clocks no more since 2022, New York does in November.
    committee = [one for one in clocks["leadership-committee"] if "Leadership" in one]
    assert committee[1:4] == [
        "02-05 11:00 / 12:00 Leadership Committee",
        "09-04 11:00 / 13:00 Leadership Committee",
        "10-02 11:00 / 13:00 Leadership Committee",
    ]
    assert "12-04 11:00 / 12:00 Leadership Committee" in committee
