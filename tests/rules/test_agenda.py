"""The hours of an agenda, its order, what stands there by rule, what is carried over."""

from datetime import UTC, datetime, timedelta

import pytest

from tequio.rules.agenda import (
    Ends,
    Planned,
    Standing,
    carried_over,
    closed_by_decision,
    in_step,
    late_text,
    may_open,
    may_undo,
    moved,
    timetable,
)
from tequio.rules.reasons import Text

AT = datetime(2016, 2, 6, 16, tzinfo=UTC)


def minutes_in(*given, minutes=60):
    table = timetable(
        starts_at=AT, minutes=minutes, items=[Planned(code=code, minutes=m) for code, m in enumerate(given, start=1)]
    )
    return table, [((i.begins_at - AT).seconds // 60, (i.ends_at - AT).seconds // 60, i.estimated) for i in table.items]


def test_items_follow_one_another_and_what_is_left_is_said():
    table, hours = minutes_in(20, 15)
    assert hours == [(0, 20, False), (20, 35, False)]
    assert (table.stated, table.left, table.overrun) == (35, 25, 0)
    assert table.sentence == Text(
        en="35 minutes of 60: 25 minutes are left.", es="35 minutos de 60: quedan 25 minutos."
    )


def test_an_item_without_minutes_shares_what_is_left_and_makes_later_hours_estimates():
    table, hours = minutes_in(20, None, 10, None)
    assert hours == [(0, 20, False), (20, 35, True), (35, 45, True), (45, 60, True)]
    assert table.sentence.en == "30 minutes of 60; 2 items have no minutes yet and share what is left."
    assert minutes_in(None)[0].sentence.es == "0 minutos de 60; un punto aún no tiene minutos y usa lo que queda."


def test_an_agenda_that_wants_more_than_there_is_says_by_how_much():
    table, hours = minutes_in(50, 11, None)
    assert (table.overrun, hours[-1]) == (1, (61, 61, True))
    assert table.sentence == Text(
        en="61 minutes of 60: 1 minute more than there are.", es="61 minutos de 60: 1 minuto de más."
    )
    assert minutes_in(60)[0].sentence.en == "60 minutes of 60: it fits exactly."


@pytest.mark.parametrize(
    ("code", "to", "then"), [(3, 1, [3, 1, 2]), (1, 2, [2, 1, 3]), (1, 99, [2, 3, 1]), (2, -5, [2, 1, 3])]
)
def test_an_item_is_put_at_a_place_and_stops_at_the_ends(code, to, then):
    assert moved(order=[1, 2, 3], code=code, to=to) == then


def test_an_item_of_another_agenda_is_not_moved_in_this_one():
    with pytest.raises(ValueError, match="not on this agenda"):
        moved(order=[1, 2], code=9, to=1)


def ends(code, *, proposal=None, closed=False, withdrawn=False):
    return Ends(code=code, proposal=proposal, closed=closed, withdrawn=withdrawn)


def test_what_was_not_closed_is_carried_unless_it_was_withdrawn_or_its_proposal_is_gone():
    items = [ends(1), ends(2, closed=True), ends(3, withdrawn=True), ends(4, proposal=7), ends(5, proposal=8)]
    assert carried_over(items=items, gone={8}) == [1, 4]


def test_a_decision_in_the_sitting_closes_its_item_and_no_other():
    items = [ends(1), ends(2, proposal=7), ends(3, proposal=8), ends(4, proposal=7, withdrawn=True)]
    assert closed_by_decision(items=items, decided={7}) == [2]


def stands(code, proposal, *, by_rule=True, begun=False):
    return Standing(code=code, proposal=proposal, by_rule=by_rule, begun=begun)


def test_proposals_come_on_the_agenda_and_leave_it_with_their_place():
    standing = [stands(1, 10), stands(2, 11), stands(3, 12, by_rule=False), stands(4, 13, begun=True), stands(5, 14)]
    found = in_step(standing=standing, here=[20, 10], elsewhere={11, 12, 13, 14}, voted={14})
    assert (found.adds, found.leaves) == ((20,), (2,))


def test_asked_again_it_changes_nothing():
    assert in_step(standing=[stands(1, 10)], here=[10], elsewhere=(), voted=()).adds == ()


def test_both_hours_of_what_came_too_late_are_said():
    said = late_text(
        came=Text(en="Thursday", es="jueves"),
        should_have_come=Text(en="Wednesday", es="miércoles"),
        missed=Text(en="Saturday", es="sábado"),
    )
    assert said == Text(
        en="It came Thursday; for the sitting of Saturday it should have come by Wednesday.",
        es="Llegó el jueves; para la sesión del sábado debió llegar a más tardar el miércoles.",
    )


def test_a_meeting_is_opened_from_two_hours_before_and_a_step_is_undone_within_a_day():
    hour, minute = timedelta(hours=1), timedelta(minutes=1)
    assert [may_open(starts_at=AT, at=AT - d) for d in (2 * hour, 2 * hour + minute, -900 * hour)] == [
        True,
        False,
        True,
    ]
    assert [may_undo(done_at=AT, at=AT + d) for d in (hour, 24 * hour, 24 * hour + minute, -minute)] == [
        *(True, True, False, False)
    ]
