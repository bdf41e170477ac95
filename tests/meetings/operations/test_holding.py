"""Opening, closing and undoing; what is carried over, and what stands on an agenda by rule."""

import pytest

from committees import ACTOR, AT, DAY, FOUNDED, fresh, proposal, said_in, voted, whole
from gatherings import item, meeting, place
from meetings.sessions import MINUTE, closed, gathered, here
from tequio.decisions.models import Slot, SlotReason
from tequio.decisions.operations.opening import open_vote
from tequio.decisions.operations.placing import place_all
from tequio.decisions.operations.proposing import withdraw
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.meetings.models import AgendaItem, QuorumStated, SpeakerTurn
from tequio.meetings.operations.agenda import close_item, take_up, withdraw_item
from tequio.meetings.operations.carrying_over import bring_all_in_step, bring_in_step
from tequio.meetings.operations.holding import close_meeting, open_meeting, open_votes, undo_step
from tequio.meetings.operations.planning import cancel_meeting
from tequio.meetings.operations.stating_quorum import state_quorum

pytestmark = pytest.mark.django_db
MONTH = 30 * DAY


def later(part, places, *, months=1):
    """The body's meeting some months later."""
    return meeting(part.body, places=places, starts_at=AT + months * MONTH)


def agenda(met):
    rows = AgendaItem.objects.filter(part__meeting=met, withdrawn_at__isnull=True).order_by(
        "part__position", "position"
    )
    return [(row.title_en, row.carried_from.part.meeting_id if row.carried_from else None) for row in rows]


def test_a_meeting_is_opened_once_and_not_too_early():
    met, part, people, places = gathered(4, opened=False)
    here(met, places[0], people[0], at=AT - MINUTE)
    here(met, places[1], people[1], at=AT - MINUTE)
    with pytest.raises(Refusal, match="too early"):
        open_meeting(meeting=met, actor=ACTOR, at=AT - 121 * MINUTE)
    assert [open_meeting(meeting=met, actor=ACTOR, at=AT) for _ in "ab"] == [True, False]
    stated = QuorumStated.objects.get(part=part)
    assert (stated.why, stated.here, stated.electorate, stated.needed, stated.met) == ("opened", 2, 4, 2, True)
    assert stated.lines[0][0] == "Present: 2 of 4, needed at least 1/2, which is 2: there is a quorum."
    last = list(Event.objects.order_by("-pk").values_list("kind", flat=True)[:2])
    assert last == ["meeting.quorum_stated", "meeting.opened"]


def test_closing_ends_turns_and_attendances_and_carries_what_is_open_to_the_next_meeting():
    met, part, people, places = gathered()
    coming = later(part, places)
    item(part, "Done", closed_at=AT), item(part, "Open", position=2, minutes=7), item(part, "Off", withdrawn_at=AT)
    attends = here(met, places[0], people[0])
    turn = SpeakerTurn.objects.create(
        item=AgendaItem.objects.get(title_en="Open"), name="A", place=places[0], language="en", asked_at=AT, began_at=AT
    )
    assert [close_meeting(meeting=met, actor=ACTOR, at=AT + MINUTE) for _ in "ab"] == [True, False]
    assert (fresh(attends).left_at, fresh(turn).ended_at) == (AT + MINUTE, AT + MINUTE)
    assert agenda(coming) == [("Open", met.pk)]
    carried = AgendaItem.objects.get(part__meeting=coming)
    assert (carried.minutes, carried.title_es, carried.made_by) == (7, "Open (es)", None)
    assert bring_in_step(meeting=coming, at=AT + DAY) == 0


def test_what_is_not_closed_is_carried_again_and_again_past_a_meeting_that_was_cancelled():
    met, part, _, places = gathered()
    item(part, "Open")
    closed(met)
    second = later(part, places)
    assert bring_all_in_step(at=AT + DAY) == 1
    assert bring_all_in_step(at=AT + DAY) == 0
    cancel_meeting(meeting=second, because="storm", actor=ACTOR, at=AT + DAY)
    third = later(part, places, months=2)
    fourth = later(part, places, months=3)
    bring_all_in_step(at=AT + DAY)
    assert (agenda(third), agenda(fourth)) == ([("Open", second.pk)], [])
    open_meeting(meeting=third, actor=ACTOR, at=AT + 2 * MONTH)
    take_up(item=AgendaItem.objects.get(part__meeting=third), actor=ACTOR, at=AT + 2 * MONTH)
    closed(third, at=AT + 2 * MONTH + MINUTE)
    assert agenda(fourth) == [("Open", third.pk)]


def test_the_daily_work_asks_little_where_nothing_moved_and_finds_what_did(django_assert_num_queries):
    met, part, people, places = gathered(1, opened=False)
    for months in range(1, 4):
        later(part, places, months=months)
    with django_assert_num_queries(3):
        assert bring_all_in_step(at=AT - DAY) == 0
    asked = proposal(part.body, people[0])
    place_all(body=part.body, actor=ACTOR, at=AT - DAY)
    assert [bring_all_in_step(at=AT - DAY) for _ in "ab"] == [1, 0]
    assert agenda(met) == [("Do it", None)]
    withdraw(proposal=asked, by=people[0], actor=ACTOR, at=AT - DAY)
    assert [bring_all_in_step(at=AT - DAY) for _ in "ab"] == [1, 0]
    assert agenda(met) == []


def test_a_later_meeting_does_not_take_what_the_next_one_gets_whoever_looks_first():
    met, part, _, places = gathered()
    item(part, "Open")
    closed(met)
    following, last = later(part, places), later(part, places, months=2)
    assert [bring_in_step(meeting=one, at=AT + DAY) for one in (last, following, last)] == [0, 1, 0]
    assert (agenda(following), agenda(last)) == ([("Open", met.pk)], [])


def test_a_proposal_stands_on_the_agenda_where_it_is_placed_and_leaves_with_its_place():
    met, part, people, places = gathered(opened=False)
    coming = later(part, places)
    early, late = proposal(part.body, people[0], ask="In time"), proposal(part.body, people[0], ask="Late", at=AT - DAY)
    place_all(body=part.body, actor=ACTOR, at=AT - DAY)
    assert [bring_in_step(meeting=one, at=AT - DAY) for one in (met, coming)] == [1, 1]
    assert (agenda(met), agenda(coming)) == ([("In time", None)], [("Late", None)])
    slot = Slot.objects.get(proposal=late, ended_at__isnull=True)
    assert (slot.reason, slot.came_at) == (SlotReason.LATE, AT - DAY)
    withdraw(proposal=early, by=people[0], actor=ACTOR, at=AT - DAY)
    assert [bring_in_step(meeting=met, at=AT - DAY) for _ in "ab"] == [1, 0]
    gone = AgendaItem.objects.get(proposal=early)
    assert gone.withdrawn_because == (
        "Its proposal comes before another sitting, or was withdrawn. / Su propuesta va a otra sesión, o se retiró."
    )


def test_a_proposal_that_was_not_reached_is_on_the_next_agenda_once():
    met, part, people, places = gathered(opened=False)
    coming = later(part, places)
    proposal(part.body, people[0])
    place_all(body=part.body, actor=ACTOR, at=AT - DAY)
    open_meeting(meeting=met, actor=ACTOR, at=AT)
    closed(met)
    place_all(body=part.body, actor=ACTOR, at=AT + 2 * DAY)
    bring_all_in_step(at=AT + 2 * DAY)
    assert agenda(coming) == [("Do it", met.pk)]
    assert bring_all_in_step(at=AT + 2 * DAY) == 0


def test_what_was_decided_in_the_sitting_is_done_and_not_carried():
    met, part, people, places = gathered(3, opened=False)
    coming = later(part, places)
    asked = proposal(part.body, people[0])
    place_all(body=part.body, actor=ACTOR, at=AT - DAY)
    open_meeting(meeting=met, actor=ACTOR, at=AT)
    voted(asked, people, "favor", "favor", "favor")
    after = closed(met, at=AT + 90 * MINUTE)
    assert AgendaItem.objects.get(part=part).closed_at == after.closed_at
    assert agenda(coming) == []


def test_a_vote_in_an_open_meeting_puts_down_the_quorum_and_stays_open_when_the_meeting_closes():
    met, part, people, places = gathered(3)
    asked = proposal(part.body, people[0])
    here(met, places[0], people[0])
    vote = open_vote(
        body=part.body,
        proposal=asked,
        question=whole(asked),
        how="sitting",
        sitting=part.sitting,
        by=people[0],
        actor=ACTOR,
        at=AT + MINUTE,
    )
    stated = QuorumStated.objects.get(vote=vote)
    assert (stated.why, stated.here, stated.needed, stated.met) == ("vote", 1, 2, False)
    closed(met)
    assert open_votes(meeting=met) == [vote]
    said_in(vote, people, "favor")


def test_the_quorum_is_stated_when_somebody_asks_and_stays_as_it_was():
    met, part, people, places = gathered(2)
    here(met, places[0], people[0])
    assert state_quorum(part=part, actor=ACTOR, at=AT + MINUTE)
    stated = QuorumStated.objects.get(why="asked")
    assert (stated.here, stated.met) == (1, True)
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError, match="as it was stated"), transaction.atomic():
        QuorumStated.objects.filter(pk=stated.pk).update(here=9)


def test_closing_is_undone_within_a_day_and_takes_back_what_it_carried():
    met, part, people, places = gathered()
    coming = later(part, places)
    item(part, "Open")
    attends = here(met, places[0], people[0])
    closed(met)
    assert undo_step(meeting=met, actor=ACTOR, at=AT + DAY)
    assert (fresh(met).closed_at, fresh(attends).left_at, agenda(coming)) == (None, None, [])
    closed(met, at=AT + DAY)
    assert agenda(coming) == [("Open", met.pk)]
    with pytest.raises(Refusal, match="within a day"):
        undo_step(meeting=met, actor=ACTOR, at=AT + 3 * DAY)


def test_closing_is_not_undone_once_the_next_meeting_went_on_with_it():
    met, part, _, places = gathered()
    coming = meeting(part.body, places=places, starts_at=AT + DAY / 2)
    item(part, "Open")
    closed(met)
    open_meeting(meeting=coming, actor=ACTOR, at=AT + DAY / 2)
    close_item(item=AgendaItem.objects.get(part__meeting=coming), actor=ACTOR, at=AT + DAY / 2)
    with pytest.raises(Refusal, match="has begun"):
        undo_step(meeting=met, actor=ACTOR, at=AT + DAY / 2)


def test_opening_is_undone_until_something_was_taken_up():
    met, part, _, _ = gathered()
    assert [undo_step(meeting=met, actor=ACTOR, at=AT) for _ in "ab"] == [True, False]
    open_meeting(meeting=met, actor=ACTOR, at=AT)
    take_up(item=item(part), actor=ACTOR, at=AT)
    with pytest.raises(Refusal, match="has begun"):
        undo_step(meeting=met, actor=ACTOR, at=AT)


def test_an_item_that_was_taken_off_is_not_carried_and_bodies_that_share_a_meeting_go_their_own_ways():
    from committees import committee

    first, second = committee(1)[0], committee(1, code="campaign")[0]
    there = [place()]
    met = meeting(first, second, places=there)
    alone = meeting(second, places=there, starts_at=AT + MONTH)
    both = meeting(first, second, places=there, starts_at=AT + 2 * MONTH)
    one, two = met.parts.order_by("position")
    item(one, "First's"), item(two, "Second's")
    withdraw_item(item=item(two, "Off"), because="x", actor=ACTOR, at=FOUNDED)
    open_meeting(meeting=met, actor=ACTOR, at=AT)
    closed(met)
    assert (agenda(alone), agenda(both)) == ([("Second's", met.pk)], [("First's", met.pk)])
