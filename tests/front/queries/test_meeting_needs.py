"""What of meetings needs a person, for home."""

from datetime import timedelta

import pytest

from committees import ACTOR, AT, DAY
from gatherings import meeting
from meetings.sessions import closed, gathered
from tequio.accounts.permissions import Sits
from tequio.front.queries.meeting_needs import meeting_needs
from tequio.meetings.operations.holding import open_meeting

pytestmark = pytest.mark.django_db


def needs(part, *, at, keeps=False):
    own = frozenset({part.body_id})
    return [need.one.en for need in meeting_needs(sits=Sits(on=own, keeps=own if keeps else frozenset()), at=at)]


def test_a_meeting_of_ones_body_is_named_when_it_comes_and_while_it_is_open(sample_rules):
    met, part, _, places = gathered(1, opened=False)
    meeting(part.body, places=places, starts_at=AT + 30 * DAY)
    assert needs(part, at=AT - 15 * DAY) == []
    assert needs(part, at=AT - DAY) == ["meeting: Friday 15 July 2016, 08:00 New York / 07:00 Mexico City"]
    open_meeting(meeting=met, actor=ACTOR, at=AT)
    assert needs(part, at=AT) == ["meeting is open now"]
    closed(met)
    assert needs(part, at=AT + timedelta(hours=1)) == []


def test_whoever_keeps_it_is_told_of_a_meeting_nobody_closed_and_others_are_not(sample_rules):
    _, part, _, _ = gathered(1)
    late = AT + 3 * DAY
    said = ["meeting to be closed: Friday 15 July 2016, 08:00 New York / 07:00 Mexico City"]
    assert (needs(part, at=late, keeps=True), needs(part, at=late)) == (said, [])


def test_who_sits_nowhere_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert meeting_needs(sits=Sits(), at=AT) == []
