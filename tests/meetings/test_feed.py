"""The calendar of a body, read back by a calendar library as it is in New York and in Mexico City."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from committees import ACTOR, DAY, body, fresh, sits
from gatherings import meeting, place, two_cities
from meetings.series_to_test import MEXICO, YORK, series, terms
from tequio.accounts.models import User
from tequio.kernel import clock
from tequio.kernel.web import guessing
from tequio.meetings.models import FeedKey, Meeting, NotesSetting
from tequio.meetings.operations.feed_keys import make_feed_key, revoke_feed_key
from tequio.meetings.operations.places import set_rooms
from tequio.meetings.operations.planning import cancel_meeting, move_meeting
from tequio.meetings.operations.series import change_series
from tequio.meetings.queries.feed import feed_of

pytestmark = pytest.mark.django_db
AT = datetime(2016, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def now(monkeypatch):
    """The clock, on 1 February 2016."""
    hands = {"at": AT}
    monkeypatch.setattr(clock, "now", lambda: hands["at"])
    return hands


@pytest.fixture
def committee(sample_rules, now):
    """A body with a series and somebody who sits on it."""
    made = body("lc")
    sits(made, User.objects.create_user(email="ana@example.org", name="Ana", language="es"))
    two_cities()
    series("lc", at=AT, name="Leadership")
    return made


def read(content):
    """The events of a feed by their day in Mexico City."""
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    return {event.start.astimezone(ZoneInfo(MEXICO)).date(): event for event in calendar.walk("VEVENT")}


def feed(of, *, language="en", with_rooms=True, at=AT):
    return feed_of(body=of, language=language, at=at, with_rooms=with_rooms)


def hours(event):
    """The hour of an event on both clocks."""
    return tuple(f"{event.start.astimezone(ZoneInfo(zone)):%H:%M}" for zone in (MEXICO, YORK))


def test_each_city_reads_its_own_hour_also_in_the_weeks_when_only_one_country_changed_its_clocks(committee):
    events = read(feed(committee))
    assert {day.isoformat(): hours(event) for day, event in events.items()} == {
        "2016-02-06": ("12:00", "13:00"),
        "2016-03-05": ("12:00", "13:00"),
        "2016-04-02": ("12:00", "14:00"),
        "2016-05-07": ("12:00", "13:00"),
        "2016-06-04": ("12:00", "13:00"),
        "2016-07-02": ("12:00", "13:00"),
    }
    event = events[date(2016, 4, 2)]
    assert (event["DTSTART"].params["TZID"], event.duration, event["STATUS"]) == (
        MEXICO,
        timedelta(hours=1),
        "CONFIRMED",
    )
    zones = Calendar.from_ical(feed(committee)).walk("VTIMEZONE")
    assert [zone["TZID"] for zone in zones] == [MEXICO]
    # A calendar that knows no zone of its own reads the same from the rules in the file.
    at = datetime(2016, 4, 2, 12, tzinfo=zones[0].to_tz())
    assert at.astimezone(UTC) == event.start.astimezone(UTC)


def test_a_meeting_moved_after_people_subscribed_is_the_same_one_at_another_hour(committee):
    before = read(feed(committee))[date(2016, 3, 5)]
    met = Meeting.objects.get(occurrence_on=date(2016, 3, 5))
    elsewhere = datetime(2016, 3, 19, 22, tzinfo=UTC)
    move_meeting(meeting=met, starts_at=elsewhere, zone=YORK, by_hand=True, actor=ACTOR, at=AT + DAY)
    after = read(feed(committee))[date(2016, 3, 19)]
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LAST-MODIFIED"].dt == AT + DAY
    assert after["DTSTART"].params["TZID"] == YORK
    assert hours(after) == ("16:00", "18:00")


def test_a_cancelled_meeting_stays_as_cancelled_with_its_reason_for_those_who_may_read_it(committee):
    met = Meeting.objects.get(occurrence_on=date(2016, 3, 5))
    set_rooms(meeting=met, rooms={"york": "Room 5"}, actor=ACTOR, at=AT)
    cancel_meeting(meeting=fresh(met), because="Ana is ill", actor=ACTOR, at=AT + DAY)
    event = read(feed(committee, language="es"))[date(2016, 3, 5)]
    assert (event["STATUS"], event["SEQUENCE"], str(event["SUMMARY"])) == ("CANCELLED", 2, "Cancelada: Leadership (es)")
    assert event["SUMMARY"].params["LANGUAGE"] == "es"
    assert str(event["LOCATION"]) == "York (es): Room 5"
    assert "Se canceló. Ana is ill" in event["DESCRIPTION"]
    public = read(feed(committee, with_rooms=False))[date(2016, 3, 5)]
    assert str(public["LOCATION"]) == "York"
    assert "ill" not in public["DESCRIPTION"]


def test_a_change_of_its_series_reaches_the_same_events(committee):
    uids = {day.isoformat()[:7]: event["UID"] for day, event in read(feed(committee)).items()}
    there = Meeting.objects.first().series
    body("campaign")
    new = terms("lc", "campaign", recurrence={"which": "second"}, name="Leadership and campaign")
    change_series(series=there, terms=new, valid_from=date(2016, 4, 1), decision=None, actor=ACTOR, at=AT)
    events = read(feed(committee))
    assert {day.isoformat()[:7]: event["UID"] for day, event in events.items()} == uids
    event = events[date(2016, 4, 9)]
    assert (str(event["SUMMARY"]), event.duration, hours(event)) == (
        "Leadership and campaign",
        timedelta(hours=2),
        ("12:00", "13:00"),
    )


def test_as_many_queries_for_many_as_for_one_and_hostile_names_stay_text(committee, django_assert_num_queries):
    with django_assert_num_queries(6):
        feed(committee)
    meeting(committee, places=[place("roof")], title="X\r\nEND:VEVENT\nX;Y,Z", starts_at=AT + DAY, at=AT)
    with django_assert_num_queries(6):
        events = read(feed(committee))
    assert len(events) == 7
    assert str(events[date(2016, 2, 2)]["SUMMARY"]).replace("\r", "") == "X\nEND:VEVENT\nX;Y,Z"


def test_a_persons_address_opens_without_signing_in_and_leaves_nothing_behind(client, committee):
    ana = User.objects.get(email="ana@example.org")
    made = make_feed_key(user=ana, body=committee, language="es", actor=ACTOR, at=AT)
    assert made.secret not in str(FeedKey.objects.values())
    address = f"/calendar/{made.key.pk}/{made.secret}.ics"
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "private" in answer["Cache-Control"]
    assert len(read(answer.content)) == 6
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not again.cookies
    # A new one makes it worthless; so does revoking, and not sitting there any more.
    newer = make_feed_key(user=ana, body=committee, language="en", actor=ACTOR, at=AT)
    assert client.get(address).status_code == 404
    address = f"/calendar/{newer.key.pk}/{newer.secret}.ics"
    assert client.get(address).status_code == 200
    ana.terms.update(ended_on=date(2016, 1, 2))
    assert client.get(address).status_code == 404
    ana.terms.update(ended_on=None)
    assert revoke_feed_key(user=ana, body=committee, actor=ACTOR, at=AT) is True
    assert revoke_feed_key(user=ana, body=committee, actor=ACTOR, at=AT) is False
    assert client.get(address).status_code == 404


def test_guessing_is_held_off_and_a_right_address_from_the_same_door_still_opens(client, committee, monkeypatch):
    monkeypatch.setattr(guessing, "TRIES", 3)
    ana = User.objects.get(email="ana@example.org")
    made = make_feed_key(user=ana, body=committee, language="es", actor=ACTOR, at=AT)
    tried = [client.get(f"/calendar/{made.key.pk}/x{n}.ics", REMOTE_ADDR="192.0.2.9").status_code for n in range(5)]
    assert tried == [404, 404, 404, 429, 429]
    assert client.get(f"/calendar/{made.key.pk}/{made.secret}.ics", REMOTE_ADDR="192.0.2.9").status_code == 200


def test_a_body_is_private_until_its_last_setting_opens_its_calendar(client, committee):
    ana = User.objects.get(email="ana@example.org")
    statuses = []
    for n, seen in enumerate(("", "everybody", "body")):
        if seen:
            NotesSetting.objects.create(body=committee, calendar=seen, set_by=ana, set_at=AT + n * DAY)
        statuses.append(client.get("/calendar/lc.ics?lang=es").status_code)
    assert statuses == [404, 200, 404]
    NotesSetting.objects.create(body=committee, calendar="everybody", set_by=ana, set_at=AT + 5 * DAY)
    answer = client.get("/calendar/lc.ics?lang=es")
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies
    assert {str(event["SUMMARY"]) for event in read(answer.content).values()} == {"Leadership (es)"}
