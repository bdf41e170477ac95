"""A meeting gives each of its bodies a sitting, and moves or cancels them with it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from committees import ACTOR, AT, DAY, FOUNDED, body, committee, fresh, proposal, sitting
from gatherings import meeting, place, two_cities
from tequio.decisions.models import Slot
from tequio.decisions.operations.placing import place_all
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.meetings.models import Meeting
from tequio.meetings.operations.planning import cancel_meeting, move_meeting

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def hours_of(met):
    return [part.sitting.starts_at for part in met.parts.order_by("position")]


def moved(met, starts_at, *, at=FOUNDED):
    return move_meeting(meeting=met, starts_at=starts_at, zone="America/New_York", by_hand=True, actor=ACTOR, at=at)


def test_two_bodies_that_share_a_meeting_sit_one_after_the_other():
    met = meeting(body(), body("campaign"), places=two_cities())
    assert hours_of(met) == [AT, AT + HOUR]
    assert (met.minutes, met.sequence, met.meeting_places.count()) == (120, 0, 2)


def test_a_proposal_stands_before_the_sitting_that_a_meeting_gave_its_body():
    decides, (sponsor, *_) = committee(2)
    met = meeting(decides, places=[place()])
    asked = proposal(decides, sponsor)
    place_all(body=decides, actor=ACTOR, at=AT - 3 * DAY)
    assert Slot.objects.get(proposal=asked, ended_at__isnull=True).sitting == met.parts.get().sitting


def test_a_meeting_moved_by_the_length_of_a_part_takes_both_sittings_along_and_calendars_hear_of_it():
    met = meeting(body(), body("campaign"), places=[place()])
    for starts_at, sequence in ((AT + HOUR, 1), (AT, 2)):
        assert moved(met, starts_at) is True
        assert moved(met, starts_at) is False
        assert hours_of(met) == [starts_at, starts_at + HOUR]
        assert (fresh(met).sequence, fresh(met).zone, fresh(met).moved_by_hand) == (sequence, "America/New_York", True)


def test_a_cancelled_meeting_stays_with_its_reason_and_cancels_its_sittings():
    met = meeting(body(), places=[place()])
    assert cancel_meeting(meeting=met, because=" a  storm ", actor=ACTOR, at=AT - DAY) is True
    assert cancel_meeting(meeting=met, because="again", actor=ACTOR, at=AT) is False
    held = fresh(met)
    assert (held.cancelled_because, held.sequence, held.changed_at) == ("a storm", 1, AT - DAY)
    assert met.parts.get().sitting.cancelled_at == AT - DAY
    assert Event.objects.order_by("-pk")[0].kind == "meeting.cancelled"
    with pytest.raises(Refusal, match="cancelled"):
        moved(met, AT + DAY)


def test_an_hour_at_which_a_body_sits_already_saves_nothing():
    decides = body()
    sitting(decides, starts_at=AT + HOUR)
    with pytest.raises(Refusal, match="sitting at that hour"):
        meeting(body("campaign"), decides, places=[place()])
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "says"),
    [({"minutes": 0}, "some minutes"), ({"minutes": 2000}, "a day at most"), ({"places": []}, "where people meet")],
)
def test_a_meeting_without_time_or_place_is_refused(given, says):
    with pytest.raises(Refusal, match=says):
        meeting(body(), **{"places": [place()], **given})


def test_no_meeting_is_ever_deleted():
    met = meeting(body(), places=[place()])
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        Meeting.objects.filter(pk=met.pk)._raw_delete("default")
