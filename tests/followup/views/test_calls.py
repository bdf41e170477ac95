"""The caller's pages: the list, one member a screen, hours."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.followup.views.conftest import words_of

from tequio.followup.models import Call, CallHours, CallItem, CallRefusal
from tequio.members.models import ContactAttempt, Member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def caller(enter, sample_rules):
    return enter("caller", center="us")


def first(caller):
    """Take the next member; its page and its form's mark."""
    page = caller.post("/calls/", follow=True)
    return page, re.search(r'name="claim" value="([^"]+)"', page.content.decode())[1]


def test_one_screen_says_all_a_call_needs(caller, called, at):
    moment = called({"language": "es", "contact_name": "Rosa Ek"})
    ContactAttempt.objects.bulk_create(
        ContactAttempt(
            member=Member.objects.get(), on=at.date() + n * DAY, by=f"By {n}", outcome="attempted", entered_at=moment
        )
        for n in range(5)
    )

    page, _ = first(caller)

    said = words_of(page)
    for part in (
        "Member 1",
        "USD 100.00 is owed, the oldest of it since 15 July 2016.",
        "Rosa Ek",
        "+1 212-555-0100",
        "Spanish",
        "12:00",  # their clock
        "at risk",
        "Le llamo de parte del centro",
        "nadie tiene que dar explicaciones",
        "You can agree alone to",
    ):
        assert part in said, part
    assert list(re.findall(r"By \d", said)) == ["By 4", "By 3", "By 2"]


def test_saving_opens_the_next_and_says_what_to_tell(caller, called):
    called({}, {})
    page, mark = first(caller)
    here = page.request["PATH_INFO"]

    answer = caller.post(here, {"claim": mark, "outcome": "hardship", "ask": "plan", "parts": "24"}, follow=True)

    assert answer.request["PATH_INFO"] not in (here, "/calls/")
    assert "That is for the treasurer to agree" in words_of(answer)


def test_two_callers_saving_one_call_keep_one_and_the_second_is_told(caller, enter, called, moment):
    at = called({})
    page, mark = first(caller)
    here = page.request["PATH_INFO"]
    moment(at + timedelta(minutes=31))
    other = enter("caller", center="us")
    theirs, their_mark = first(other)
    assert theirs.request["PATH_INFO"] == here

    late = caller.post(here, {"claim": mark, "outcome": "reached"})
    other.post(here, {"claim": their_mark, "outcome": "no_answer"})

    assert late.status_code == 422
    assert "Somebody else has taken this member over meanwhile" in words_of(late)
    assert Call.objects.get().outcome == "no_answer"


def test_what_is_missing_is_said_and_what_was_typed_stays(caller, called):
    called({})
    page, mark = first(caller)

    answer = caller.post(page.request["PATH_INFO"], {"claim": mark, "outcome": "call_back", "note": "mornings"})

    assert answer.status_code == 422
    assert "Give a day and hour to come for calling back." in words_of(answer)
    assert "mornings" in answer.content.decode()
    assert Call.objects.count() == 0


def test_do_not_call_is_kept(caller, called):
    called({})
    page, mark = first(caller)

    caller.post(page.request["PATH_INFO"], {"claim": mark, "outcome": "do_not_call"})

    assert CallRefusal.objects.get().ended_on is None
    assert CallItem.objects.get().closed_because == "do_not_call"


def test_a_member_that_is_not_ones_own_shows_nothing_of_it(caller, enter, called):
    called({})
    page, _ = first(caller)
    other = enter("caller", center="us")

    seen = other.get(page.request["PATH_INFO"])

    assert "Member 1" not in words_of(seen)


def test_a_caller_of_another_center_may_not_open_it(caller, enter, called):
    called({})
    page, _ = first(caller)

    assert enter("caller", center="mx").get(page.request["PATH_INFO"]).status_code == 403


def test_outside_polite_hours_it_says_so(caller, called, moment):
    at = called({})
    moment(at.replace(hour=3))

    assert "It is not a polite hour where they are" in words_of(caller.get("/calls/"))
    assert caller.post("/calls/").headers["Location"] == "/calls/"


def test_hours_are_kept_paid_or_given_and_sent_twice_are_one(caller, called):
    at = called({})
    page = caller.get("/calls/hours/").content.decode()
    key = re.search(r'name="once_key" value="([^"]+)"', page)[1]
    given = {"center": "us", "on": at.date().isoformat(), "minutes": "90", "cost": "", "note": "", "once_key": key}

    for _ in range(2):
        caller.post("/calls/hours/", given)
    caller.post("/calls/hours/", {**given, "cost": "22.50", "once_key": "another"})
    refused = caller.post("/calls/hours/", {**given, "minutes": "1441", "once_key": "third"})

    assert list(CallHours.objects.order_by("pk").values_list("minutes", "is_paid", "cost")) == [
        (90, False, 0),
        (90, True, 2250),
    ]
    assert refused.status_code == 422
    assert "USD 22.50" in words_of(caller.get("/calls/hours/"))


def test_the_call_page_takes_as_many_queries_however_much_was_said_before(caller, called):
    called({})
    page, _ = first(caller)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert caller.get(page.request["PATH_INFO"]).status_code == 200
        return len(seen)

    few = queries()
    moment = CallItem.objects.get().opened_at
    ContactAttempt.objects.bulk_create(
        ContactAttempt(member=Member.objects.get(), on=moment.date(), by="x", outcome="attempted", entered_at=moment)
        for _ in range(20)
    )
    assert queries() == few
