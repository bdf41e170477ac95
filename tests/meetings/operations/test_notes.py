"""Writing notes: each place its own, two at once lose nothing, and translations know their age."""

import pytest

from committees import ACTOR, AT, DAY, committee, person
from gatherings import item, meeting, two_cities
from tequio.decisions.queries.hours import hours
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.meetings.models import NoteRevision, RevisionKind, TranslationState
from tequio.meetings.operations.notes import set_seen, write_note
from tequio.meetings.operations.translating import review, translate
from tequio.meetings.page_queries.notes import translation_shown
from tequio.meetings.queries.latest import latest_translations

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    """A committee that met in two cities, one item, and the cities."""
    body, people = committee(3)
    york, centro = two_cities()
    met = meeting(body, places=[york, centro], starts_at=AT + DAY)
    return item(met.parts.get()), york, centro, people, body


def write(held, text, *, base=0, place=1, by=0, at=AT, **given):
    user = held[3][by]
    return write_note(item=held[0], place=held[place], text=text, base=base, by=user, actor=user.actor, at=at, **given)


def test_each_place_keeps_its_own_notes_in_its_language_as_originals(held):
    one = write(held, "- Dana presents\r\n\r\n\r\n- Taken\u202e\u200b")
    two = write(held, "- Se aprueba", place=2)
    assert (one.note.language, two.note.language) == ("en", "es")
    assert (one.revision.number, one.revision.kind, one.revision.text) == (1, "written", "- Dana presents\n\n- Taken")
    again = write(held, "- Dana presents\n\n- Taken  ", base=1)
    assert (again.is_new, again.told, NoteRevision.objects.count()) == (False, (), 2)
    event = Event.objects.order_by("-pk").first()
    assert event.kind == "notes.written"
    assert "Se aprueba" not in str(event.payload)


def test_two_scribes_at_once_lose_nothing_and_the_second_is_told(held):
    write(held, "- one\n- two")
    write(held, "- one\n- zwei\n- from first", base=1)
    second = write(held, "- one\n- deux\n- from second", base=1, by=1)
    assert second.revision.kind == RevisionKind.MERGED
    assert second.revision.text == (
        "- one\n- [as committee 1 wrote it] zwei\n- [as committee 2 wrote it] deux\n- from first\n- from second"
    )
    assert [clash.was for clash in second.clashes] == ["two"]
    assert "committee 1 wrote here while you did" in second.told[0].en
    # The same form sent twice adds nothing.
    assert write(held, "- one\n- deux\n- from second", base=1, by=1).revision.text.count("from second") == 1


def test_two_that_begin_at_once_are_put_together_too(held):
    write(held, "- from first")
    assert write(held, "- from second", by=1).revision.text == "- from first\n- from second"
    same = write(held, "- mine now", base=1)
    assert "[" not in same.revision.text


@pytest.mark.parametrize(
    ("text", "base", "said"),
    [
        (" \n ", 0, "Write something first."),
        ("- x", 4, "There is no revision 4."),
        ("x" * 200_001, 0, "Notes of one item have at most 200,000 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_half_saved(held, text, base, said):
    with pytest.raises(Refusal, match=said):
        write(held, text, base=base)
    assert NoteRevision.objects.count() == 0


def test_nobody_notes_where_nobody_met(held):
    from gatherings import place

    with pytest.raises(Refusal, match="Nobody met in Elsewhere"):
        write_note(item=held[0], place=place("elsewhere"), text="x", base=0, by=None, actor=ACTOR, at=AT)


def test_a_translation_is_a_draft_reviewed_by_another_and_older_once_the_text_changes(held):
    note = write(held, "- one\n- two").note
    made = {"note": note, "actor": ACTOR, "at": AT}
    row, told = translate(of=1, said=["uno", "dos"], base=0, by=held[3][0], **made)
    assert (row.text, row.state, told) == ("- uno\n- dos", TranslationState.DRAFT, ())
    reviewed = review(number=1, by=held[3][1], **made)
    assert (reviewed.state, reviewed.translator, reviewed.reviewer) == ("reviewed", held[3][0], held[3][1])
    assert review(number=2, by=held[3][1], **made) == reviewed
    shown = translation_shown(row=latest_translations(note_pks=[note.pk])[note.pk], text="- one\n- two", clocks=hours())
    assert (shown.state, shown.reviewed_by_translator) == ("reviewed", False)
    write(held, "- one\n- two, changed\n- three", base=1)
    text = note.revisions.get(number=2).text
    shown = translation_shown(row=latest_translations(note_pks=[note.pk])[note.pk], text=text, clocks=hours())
    assert (shown.state, [pair.state.value for pair in shown.beside.concerned]) == ("older", ["older", "missing"])
    with pytest.raises(Refusal, match="changed meanwhile"):
        review(number=1, by=held[3][1], **made)
    with pytest.raises(Refusal, match="has 3 paragraphs and the translation 2"):
        translate(of=2, said=["uno", "dos"], base=2, by=None, **made)


def test_two_who_translate_at_once_lose_nothing(held):
    note = write(held, "- one\n- two\n- three").note
    made = {"note": note, "of": 1, "actor": ACTOR, "at": AT}
    translate(said=["uno", "dos", ""], base=0, by=held[3][0], **made)
    row, told = translate(said=["uno", "DOS", "tres"], base=0, by=held[3][1], **made)
    assert row.text == "- uno\n- [committee 1] dos [committee 2] DOS\n- tres"
    assert "Paragraphs that both of you translated: 1" in told[1].en


def test_who_sees_notes_is_set_and_minutes_are_never_seen_by_fewer(held):
    body, by = held[4], person("Setter")
    with pytest.raises(Refusal, match="cannot be seen by fewer"):
        set_seen(body=body, notes="members", minutes="body", calendar="body", by=by, actor=ACTOR, at=AT)
    made = set_seen(body=body, notes="body", minutes="everybody", calendar="members", by=by, actor=ACTOR, at=AT)
    assert (made.notes, made.minutes, made.calendar) == ("body", "everybody", "members")
