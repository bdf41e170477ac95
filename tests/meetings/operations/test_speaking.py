"""The list of speakers: who asks, who begins, who no longer wants to."""

import pytest

from committees import ACTOR, AT, fresh
from gatherings import item
from meetings.sessions import MINUTE, gathered, here
from tequio.kernel.errors import Refusal
from tequio.meetings.models import SpeakerTurn
from tequio.meetings.operations.agenda import close_item
from tequio.meetings.operations.attending import mark_left
from tequio.meetings.operations.speaking import ask_to_speak, attendance_of, begin_turn, end_turn, withdraw_turn

pytestmark = pytest.mark.django_db


def asks(on, attendance, *, language="en", at=AT):
    return ask_to_speak(item=on, attendance=attendance, language=language, actor=ACTOR, at=at)


def test_whoever_is_there_asks_once_and_keeps_its_place():
    met, part, people, (york, centro) = gathered()
    on, there, guest = item(part), here(met, york, people[0]), here(met, centro, name="Guest", by=people[0])
    turn = asks(on, there)
    assert asks(on, there, at=AT + MINUTE) == turn
    assert (asks(on, guest, language="es").name, turn.place) == ("Guest", york)
    assert attendance_of(item=on, user=people[0]) == there
    assert SpeakerTurn.objects.count() == 2
    mark_left(attendance=there, actor=ACTOR, at=AT + MINUTE)
    with pytest.raises(Refusal, match="Only who is there"):
        asks(item(part, "Other"), there, at=AT + 2 * MINUTE)
    with pytest.raises(Refusal, match="English or Spanish"):
        asks(on, guest, language="fr")


def test_one_speaks_at_a_time_and_the_item_is_taken_up_with_the_first():
    met, part, people, (york, centro) = gathered()
    on = item(part)
    one, two = asks(on, here(met, york, people[0])), asks(on, here(met, centro, people[1]))
    assert [begin_turn(turn=one, actor=ACTOR, at=AT) for _ in "ab"] == [True, False]
    assert fresh(on).taken_up_at == AT
    assert begin_turn(turn=two, actor=ACTOR, at=AT + MINUTE)
    assert (fresh(one).ended_at, fresh(two).ended_at) == (AT + MINUTE, None)
    assert [end_turn(turn=two, actor=ACTOR, at=AT + n * MINUTE) for n in (2, 3)] == [True, False]
    assert not withdraw_turn(turn=two, actor=ACTOR, at=AT)
    assert asks(on, attendance_of(item=on, user=people[0])).pk != one.pk


def test_whoever_no_longer_wants_to_speak_is_off_the_list():
    met, part, people, (york, _) = gathered()
    on = item(part)
    turn = asks(on, here(met, york, people[0]))
    assert [withdraw_turn(turn=turn, actor=ACTOR, at=AT) for _ in "ab"] == [True, False]
    assert not begin_turn(turn=turn, actor=ACTOR, at=AT)


def test_nobody_asks_or_begins_on_an_item_that_is_closed():
    met, part, people, (york, _) = gathered()
    on = item(part)
    there = here(met, york, people[0])
    turn = asks(on, there)
    close_item(item=on, actor=ACTOR, at=AT)
    for wrong in (lambda: asks(on, there), lambda: begin_turn(turn=turn, actor=ACTOR, at=AT)):
        with pytest.raises(Refusal, match="closed"):
            wrong()
