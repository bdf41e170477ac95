"""Suggesting an item for a coming meeting: once, a few at a time, accepted as an item or declined with a reason."""

import pytest

from committees import ACTOR, AT, DAY, fresh, person
from meetings.sessions import gathered, title
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.meetings.models import AgendaItem, Suggestion
from tequio.meetings.operations.suggesting import MOST_OPEN, accept, decline, suggest

pytestmark = pytest.mark.django_db
BEFORE = AT - 3 * DAY


@pytest.fixture
def coming(sample_rules):
    """A meeting that is planned: (its part, who keeps it, somebody who signs in for a member)."""
    _, part, people, _ = gathered(opened=False)
    return part, people[0], person("Nadia")


def suggested(part, by, words="The leaking roof", *, at=BEFORE, why="It rains in."):
    return suggest(part=part, title=title(words), why=why, by=by, actor=ACTOR, at=at)


def test_said_twice_it_stands_there_once(coming):
    part, _, somebody = coming
    assert suggested(part, somebody) == suggested(part, somebody)
    (made,) = Suggestion.objects.all()
    assert (made.title_en, made.title_es, made.why) == ("The leaking roof", "The leaking roof (es)", "It rains in.")
    assert list(Event.objects.filter(kind="meeting.item_suggested").values_list("payload", flat=True)) == [
        {"suggestion": made.pk}
    ]


def test_accepted_it_is_an_item_presented_by_who_suggested_it_and_only_once(coming):
    part, chair, somebody = coming
    made = suggested(part, somebody)
    item = accept(suggestion=made, kind="discussion", minutes=15, by=chair, actor=ACTOR, at=BEFORE)
    assert (item.title_en, item.presenter, item.made_by, item.minutes) == ("The leaking roof", somebody, chair, 15)
    assert accept(suggestion=made, kind="report", minutes=None, by=chair, actor=ACTOR, at=BEFORE) is None
    assert AgendaItem.objects.filter(part=part).count() == 1
    assert (fresh(made).item, fresh(made).answered_by, fresh(made).answered_at) == (item, chair, BEFORE)
    with pytest.raises(Refusal, match="take the item off there"):
        decline(suggestion=made, because="No", by=chair, actor=ACTOR, at=BEFORE)


def test_declined_it_keeps_the_reason_and_is_accepted_no_more(coming):
    part, chair, somebody = coming
    made = suggested(part, somebody)
    with pytest.raises(Refusal, match="Say in a sentence why"):
        decline(suggestion=made, because="  ", by=chair, actor=ACTOR, at=BEFORE)
    assert decline(suggestion=made, because="The house pays it", by=chair, actor=ACTOR, at=BEFORE)
    assert not decline(suggestion=made, because="Again", by=chair, actor=ACTOR, at=BEFORE)
    assert fresh(made).declined_because == "The house pays it"
    with pytest.raises(Refusal, match="declined already"):
        accept(suggestion=made, kind="report", minutes=None, by=chair, actor=ACTOR, at=BEFORE)
    assert not AgendaItem.objects.exists()


def test_a_few_may_wait_and_no_more_until_one_is_answered(coming):
    part, chair, somebody = coming
    for number in range(MOST_OPEN):
        last = suggested(part, somebody, f"Wish {number}")
    with pytest.raises(Refusal, match="wait for an answer already"):
        suggested(part, somebody, "One more")
    decline(suggestion=last, because="Next time", by=chair, actor=ACTOR, at=BEFORE)
    assert suggested(part, somebody, "One more").pk


@pytest.mark.parametrize(
    ("words", "at", "why"),
    [("", BEFORE, "Say what should come up"), ("x" * 196, BEFORE, "200 characters"), ("A wish", AT, "has begun")],
)
def test_what_is_no_suggestion_is_refused(coming, words, at, why):
    part, _, somebody = coming
    with pytest.raises(Refusal, match=why):
        suggest(
            part=part, title=title(words) if words else type(title(""))(en="", es=" "), why="", by=somebody,
            actor=ACTOR, at=at,
        )  # fmt: skip
    assert not Suggestion.objects.exists()
