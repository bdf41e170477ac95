"""What the check finds about meetings: nothing where all is well, and each thing that was bent by hand."""

from datetime import timedelta

import pytest

from committees import AT, body
from gatherings import item, meeting, two_cities
from tequio.decisions.models import Sitting
from tequio.meetings.models import AgendaItem, MeetingPart
from tequio.meetings.queries.checking import meeting_differences

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined(sample_rules):
    """A meeting of two bodies, an hour each, with an item."""
    planned = meeting(body("support"), body("executive"), places=two_cities())
    first, second = MeetingPart.objects.filter(meeting=planned).order_by("position")
    return planned, first, second


def found():
    return list(meeting_differences())


def test_nothing_is_found_where_all_is_well(joined):
    _, first, _ = joined
    item(first)
    assert found() == []


def test_a_sitting_that_begins_at_another_hour_than_its_part(joined):
    planned, _, second = joined
    Sitting.objects.filter(pk=second.sitting_id).update(starts_at=AT)
    assert found() == [
        f"meeting {planned.pk}: the sitting of executive begins at {AT}, its part at {AT + timedelta(minutes=60)}"
    ]


def test_a_sitting_cancelled_without_its_meeting(joined):
    planned, first, _ = joined
    Sitting.objects.filter(pk=first.sitting_id).update(cancelled_at=AT)
    assert found() == [f"meeting {planned.pk}, support: its sitting is cancelled, the meeting is not"]


def test_an_item_carried_over_from_another_body_where_it_was_closed(joined):
    planned, first, second = joined
    before = item(second)
    AgendaItem.objects.filter(pk=before.pk).update(closed_at=AT)
    carried = item(first, carried_from=before)
    assert found() == [
        f"meeting {planned.pk}, item {carried.pk}: it was carried over from another body's agenda",
        f"meeting {planned.pk}, item {carried.pk}: it was carried over and had been closed before",
    ]
