"""Minutes: put forward, approved by a later meeting with the very texts frozen, and corrected with day and reason."""

import pytest

from committees import ACTOR, AT, DAY, committee
from gatherings import item, meeting, two_cities
from tequio.decisions.operations.recording import Counts
from tequio.kernel.errors import Refusal
from tequio.meetings.models import AgendaItem, MinutesText
from tequio.meetings.operations.minutes import approve, put_forward, put_on_agenda
from tequio.meetings.operations.notes import write_note
from tequio.meetings.operations.translating import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    """A meeting noted in two cities and translated in one, and a later one that is planned."""
    body, people = committee(3)
    york, centro = two_cities()
    first = meeting(body, places=[york, centro], starts_at=AT + DAY)
    part = first.parts.get()
    one = item(part)
    made = {"item": one, "by": people[0], "actor": ACTOR, "at": AT}
    note = write_note(place=york, text="- We approve it", base=0, **made).note
    write_note(place=centro, text="- Se aprueba", base=0, **made)
    translate(note=note, of=1, said=["Lo aprobamos"], base=0, by=people[1], actor=ACTOR, at=AT)
    return {"body": body, "people": people, "part": part, "note": note, "places": (york, centro), "item": one}


def forward(held, at=AT + 2 * DAY):
    return put_forward(part=held["part"], by=held["people"][0], actor=ACTOR, at=at)


def test_minutes_go_on_the_next_agenda_and_freeze_nothing_before_they_are_approved(held):
    with pytest.raises(Refusal, match="still to come"):
        forward(held, at=AT)
    alone = forward(held)
    assert alone.item is None
    with pytest.raises(Refusal, match="No later meeting"):
        put_on_agenda(minutes=alone, by=held["people"][0], actor=ACTOR, at=AT + 2 * DAY)
    later = meeting(held["body"], places=held["places"][:1], starts_at=AT + 30 * DAY)
    placed = put_on_agenda(minutes=alone, by=held["people"][0], actor=ACTOR, at=AT + 2 * DAY)
    assert (placed.part, placed.kind, placed.title_es) == (
        later.parts.get(),
        "decision",
        "Minuta del 16 de julio de 2016",
    )
    assert put_on_agenda(minutes=alone, by=held["people"][0], actor=ACTOR, at=AT + 2 * DAY) == placed
    assert forward(held) == alone
    made = {"item": held["item"], "place": held["places"][0], "actor": ACTOR, "at": AT + 3 * DAY}
    assert write_note(text="- We approve it all", base=1, by=held["people"][0], **made).revision.kind == "written"


def test_approval_is_a_decision_of_a_later_meeting_and_freezes_the_very_texts(held):
    later = meeting(held["body"], places=held["places"], starts_at=AT + 30 * DAY).parts.get()
    minutes = forward(held)
    given = {"minutes": minutes, "actor": ACTOR}
    with pytest.raises(Refusal, match="has not begun"):
        approve(at_part=later, at=AT + 3 * DAY, **given)
    with pytest.raises(Refusal, match="at a later meeting"):
        approve(at_part=held["part"], at=AT + 31 * DAY, **given)
    counts = Counts(in_favor=9, against=1)
    done = approve(at_part=later, counts=counts, at=AT + 31 * DAY, **given)
    decision = done.approved_by
    assert (decision.end, decision.in_favor, decision.sitting) == ("approved", 9, later.sitting)
    assert decision.title_es == "Se aprueba la minuta de committee (es) del 16 de julio de 2016"
    assert decision.source_en == "In the meeting, as counted"
    assert AgendaItem.objects.get(pk=done.item_id).closed_at is not None
    texts = MinutesText.objects.order_by("revision__note")
    assert [(one.revision.text, one.translation.text if one.translation else None) for one in texts] == [
        ("- We approve it", "- Lo aprobamos"),
        ("- Se aprueba", None),
    ]
    with pytest.raises(Refusal, match="approved already"):
        approve(at_part=later, at=AT + 31 * DAY, **given)


def test_what_is_written_after_approval_is_a_correction_with_its_reason(held):
    later = meeting(held["body"], places=held["places"], starts_at=AT + 30 * DAY).parts.get()
    approve(minutes=forward(held), at_part=later, at=AT + 31 * DAY, actor=ACTOR)
    made = {"item": held["item"], "place": held["places"][0], "actor": ACTOR, "at": AT + 32 * DAY}
    made |= {"text": "- We approve it with changes", "base": 1, "by": held["people"][0]}
    with pytest.raises(Refusal, match="why they are corrected"):
        write_note(**made)
    written = write_note(why="the number was wrong", **made).revision
    assert (written.kind, written.number, written.why) == ("corrected", 2, "the number was wrong")
    assert MinutesText.objects.get(revision__note=held["note"]).revision.text == "- We approve it"


def test_nothing_noted_makes_no_minutes():
    body, people = committee(1)
    york, _ = two_cities()
    part = meeting(body, places=[york], starts_at=AT + DAY).parts.get()
    with pytest.raises(Refusal, match="Nothing was noted"):
        put_forward(part=part, by=people[0], actor=ACTOR, at=AT + 2 * DAY)
