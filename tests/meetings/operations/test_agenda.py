"""Items of an agenda: put down, changed, moved, taken up, closed, taken off."""

import pytest

from committees import ACTOR, AT, DAY, committee, fresh, proposal, words
from gatherings import item
from meetings.sessions import MINUTE, closed, gathered, title
from tequio.decisions.operations.placing import place_all
from tequio.decisions.operations.proposing import draft
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.meetings.models import AgendaItem, SpeakerTurn
from tequio.meetings.operations.agenda import (
    ItemWanted,
    add_item,
    change_item,
    close_item,
    move_item,
    reopen_item,
    take_up,
    withdraw_item,
)
from tequio.meetings.operations.carrying_over import bring_in_step
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db


def wanted(words="Reports", **given):
    return ItemWanted(**{"kind": "discussion", "title": title(words), "minutes": 10, **given})


def added(part, by, words="Reports", **given):
    return add_item(part=part, item=wanted(words, **given), by=by, actor=ACTOR, at=AT - DAY)


def order(part):
    return [row.title_en for row in AgendaItem.objects.filter(part=part).order_by("position")]


def test_items_come_in_the_order_they_are_put_down_and_are_moved_to_a_place():
    _, part, people, _ = gathered(opened=False)
    first, *_, last = (added(part, people[0], words) for words in "ABC")
    assert order(part) == ["A", "B", "C"]
    assert move_item(item=last, to=1, actor=ACTOR, at=AT)
    assert move_item(item=first, to=99, actor=ACTOR, at=AT)
    assert order(part) == ["C", "B", "A"]
    before = Event.objects.count()
    assert not move_item(item=last, to=0, actor=ACTOR, at=AT)
    assert Event.objects.count() == before


def test_a_title_in_one_language_is_enough_and_none_is_refused():
    _, part, people, _ = gathered(opened=False)
    made = added(part, people[0], title=Text(en="", es="  Cuotas\u202e\u0000\n<script>  "))
    assert (made.title_en, made.title_es) == ("", "Cuotas <script>")
    with pytest.raises(Refusal, match="what comes up"):
        added(part, people[0], title=Text(en=" \u200b", es=""))
    with pytest.raises(Refusal, match="200 characters"):
        added(part, people[0], title=Text(en="x" * 10_000, es=""))


@pytest.mark.parametrize(
    ("given", "says"), [({"minutes": 0}, "minutes"), ({"minutes": 721}, "minutes"), ({"kind": "x"}, "report")]
)
def test_what_makes_no_item_is_refused(given, says):
    _, part, people, _ = gathered(opened=False)
    with pytest.raises(Refusal, match=says):
        added(part, people[0], **given)


def test_a_proposal_comes_up_once_in_its_own_body_and_not_as_a_draft():
    _, part, people, _ = gathered(opened=False)
    asked = proposal(part.body, people[0])
    made = added(part, people[0], proposal=asked, title=Text(en="", es=""))
    assert (made.title_en, made.title_es, made.proposal) == ("Do it", "Do it (es)", asked)
    with pytest.raises(Refusal, match="on this agenda already"):
        added(part, people[0], proposal=asked)
    drafted = draft(body=part.body, sponsor=people[0], words=words(), no_priority_because="x", actor=ACTOR, at=AT)
    with pytest.raises(Refusal, match="draft"):
        added(part, people[0], proposal=drafted)
    other, (elsewhere,) = committee(1, code="elsewhere")
    with pytest.raises(Refusal, match="another body"):
        added(part, people[0], proposal=proposal(other, elsewhere))


def test_an_item_is_changed_and_the_same_again_writes_nothing():
    _, part, people, _ = gathered(opened=False)
    made = added(part, people[0])
    to = wanted("Money", minutes=None, presenter=people[1], presented_by="ignored")
    assert change_item(item=made, to=to, actor=ACTOR, at=AT)
    assert not change_item(item=made, to=to, actor=ACTOR, at=AT)
    now = fresh(made)
    assert (now.title_en, now.minutes, now.presenter, now.presented_by) == ("Money", None, people[1], "")


def test_an_item_is_taken_off_with_a_reason_before_it_is_taken_up():
    _, part, people, _ = gathered()
    made, begun = added(part, people[0]), added(part, people[0])
    with pytest.raises(Refusal, match="why"):
        withdraw_item(item=made, because=" ", actor=ACTOR, at=AT)
    assert withdraw_item(item=made, because="x" * 999, actor=ACTOR, at=AT)
    assert not withdraw_item(item=made, because="again", actor=ACTOR, at=AT)
    assert len(fresh(made).withdrawn_because) == 300
    with pytest.raises(Refusal, match="taken off"):
        change_item(item=made, to=wanted(), actor=ACTOR, at=AT)
    take_up(item=begun, actor=ACTOR, at=AT)
    with pytest.raises(Refusal, match="taken up"):
        withdraw_item(item=begun, because="x", actor=ACTOR, at=AT)


def test_what_stands_there_by_rule_is_not_taken_off_by_hand():
    met, part, people, _ = gathered(opened=False)
    proposal(part.body, people[0])
    place_all(body=part.body, actor=ACTOR, at=AT - 3 * DAY)
    assert bring_in_step(meeting=met, at=AT - 3 * DAY) == 1
    by_rule = AgendaItem.objects.get(part=part)
    with pytest.raises(Refusal, match="by rule"):
        withdraw_item(item=by_rule, because="x", actor=ACTOR, at=AT)
    with pytest.raises(Refusal, match="by rule"):
        change_item(item=by_rule, to=wanted(), actor=ACTOR, at=AT)
    assert change_item(item=by_rule, to=wanted("Mine", proposal=by_rule.proposal), actor=ACTOR, at=AT)


def test_an_item_is_taken_up_and_closed_once_in_an_open_meeting():
    met, part, people, places = gathered(opened=False)
    made = added(part, people[0])
    with pytest.raises(Refusal, match="Open the meeting first"):
        take_up(item=made, actor=ACTOR, at=AT)
    from tequio.meetings.operations.holding import open_meeting

    open_meeting(meeting=met, actor=ACTOR, at=AT)
    assert [take_up(item=made, actor=ACTOR, at=AT), take_up(item=made, actor=ACTOR, at=AT)] == [True, False]
    turn = SpeakerTurn.objects.create(item=made, name="Ana", place=places[0], language="en", asked_at=AT)
    assert [close_item(item=made, actor=ACTOR, at=AT + n * MINUTE) for n in (1, 2)] == [True, False]
    assert fresh(made).closed_at == AT + MINUTE
    assert fresh(turn).withdrawn_at == AT + MINUTE
    assert [reopen_item(item=made, actor=ACTOR, at=AT) for _ in "ab"] == [True, False]
    kinds = Event.objects.filter(subject=f"meeting:{met.pk}").order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-3:] == ["meeting.item_taken_up", "meeting.item_closed", "meeting.item_closed"]


def test_the_agenda_of_a_meeting_that_is_over_stays():
    met, part, people, _ = gathered()
    made = added(part, people[0])
    closed(met)
    for change in (
        lambda: added(part, people[0]),
        lambda: move_item(item=made, to=1, actor=ACTOR, at=AT),
        lambda: withdraw_item(item=made, because="x", actor=ACTOR, at=AT),
        lambda: close_item(item=made, actor=ACTOR, at=AT),
    ):
        with pytest.raises(Refusal, match="is closed"):
            change()


def test_the_database_refuses_to_delete_an_item():
    from django.db import DatabaseError, transaction

    _, part, _, _ = gathered(opened=False)
    made = item(part)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        made.delete()
