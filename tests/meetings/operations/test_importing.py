"""Files of notes: kept once, put to a meeting item by item, two cities' side by side, nothing guessed or lost."""

from datetime import UTC, date, datetime

import pytest

from committees import ACTOR, AT, body, person
from gatherings import two_cities
from tequio.kernel.errors import Refusal
from tequio.meetings.models import AgendaItem, Note, NoteRevision, NotesCandidate, NotesFile
from tequio.meetings.operations import importing
from tequio.meetings.operations.notes import write_note
from tequio.meetings.operations.recorded import record_meeting
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
YORK = b"""# Meeting of 6 February 2016

Present: Ana, Bo

## 1. Budget
- Ana presents version 1
  - five percent fewer members
- The budget was approved with modifications.
- We got $4,800 from the foundation.

## Dues
- Raising the dues was not approved.

### Details
- Bo will write the new structure for the next meeting.
"""
CENTRO = """# Reunión del 6 de febrero de 2016

## Presupuesto
- Se aprueba con modificaciones.

## DUES
- No se acuerda subir las cuotas.
""".encode()


@pytest.fixture
def there():
    """A body, its two cities, and a meeting of 6 February 2016 that was held."""
    made, (york, centro) = body(), two_cities()
    meeting = record_meeting(
        body=made,
        title=Text(en="Meeting", es="Reunión"),
        starts_at=datetime(2016, 2, 6, 16, tzinfo=UTC),
        zone="America/New_York",
        minutes=120,
        places=[york],
        actor=ACTOR,
        at=AT,
    )
    return {"body": made, "york": york, "centro": centro, "meeting": meeting}


def brought(there, raw=YORK, *, place="york", name="notes.md"):
    return importing.bring_in(body=there["body"], place=there[place], name=name, raw=raw, by=None, actor=ACTOR, at=AT)


def put(there, file, *, items=None):
    part = there["meeting"].parts.get()
    meant = importing.items_by_heading(file=file, part=part)
    given = {"by": None, "actor": ACTOR, "at": AT}
    return importing.put_to_meeting(file=file, meeting=there["meeting"], items=items or meant, **given)


def test_a_meeting_that_was_held_is_put_down_once_and_never_for_an_hour_to_come(there):
    meeting = there["meeting"]
    assert (meeting.opened_at, meeting.closed_at.hour) == (meeting.starts_at, 18)
    asked = {"body": there["body"], "title": Text(en="x", es="x"), "zone": "America/New_York", "minutes": 60}
    asked |= {"places": [there["york"]], "actor": ACTOR, "at": AT}
    with pytest.raises(Refusal, match="stands at that hour already"):
        record_meeting(starts_at=meeting.starts_at, **asked)
    with pytest.raises(Refusal, match="not over yet"):
        record_meeting(starts_at=AT, **asked)


def test_the_same_file_twice_adds_nothing_and_a_removed_one_may_come_again(there):
    file, is_new = brought(there)
    assert (is_new, importing.day_of(file=file)) == (True, date(2016, 2, 6))
    count = NotesCandidate.objects.count()
    assert brought(there) == (file, False)
    assert NotesCandidate.objects.count() == count > 0
    assert importing.remove_file(file=file, actor=ACTOR, at=AT) is True
    assert brought(there)[1] is True
    assert NotesFile.objects.count() == 2


def test_sections_become_items_and_revisions_and_the_other_city_joins_them_by_heading(there):
    file = brought(there)[0]
    assert put(there, file) == 3
    items = list(AgendaItem.objects.order_by("position"))
    assert [(one.title_en, one.title_es, one.kind) for one in items] == [
        ("Before the first item", "Antes del primer punto", "discussion"),
        ("1. Budget", "", "decision"),
        ("Dues", "", "decision"),
    ]
    assert all(one.closed_at for one in items)  # the meeting is over: nothing of it is carried on
    text = NoteRevision.objects.get(note__item=items[1])
    assert (text.kind, text.text.split("\n")[:2]) == (
        "imported",
        ["- Ana presents version 1", "  - five percent fewer members"],
    )
    assert "Details\n- Bo will write" in NoteRevision.objects.get(note__item=items[2]).text
    other = brought(there, CENTRO, place="centro")[0]
    meant = importing.items_by_heading(file=other, part=there["meeting"].parts.get())
    assert meant[-1] == items[2].pk
    assert None in meant  # “Presupuesto” is no heading of the other file: a person says so
    put(there, other, items=[items[1].pk if pk is None else pk for pk in meant])
    items[1].refresh_from_db()
    assert (items[1].title_en, items[1].title_es) == ("1. Budget", "Presupuesto")
    assert {(one.place.code, one.language) for one in Note.objects.filter(item=items[1])} == {
        ("york", "en"),
        ("centro", "es"),
    }
    with pytest.raises(Refusal, match="put to a meeting already"):
        put(there, other)
    with pytest.raises(Refusal, match="stand in a meeting already"):
        importing.remove_file(file=other, actor=ACTOR, at=AT)


def test_a_later_file_of_the_same_place_is_put_together_with_what_was_written_meanwhile(there):
    put(there, brought(there)[0])
    note = Note.objects.get(item__title_en="Dues")
    said = note.revisions.get().text
    write_note(item=note.item, place=note.place, text=f"{said}\n- by hand", base=1, by=None, actor=ACTOR, at=AT)
    put(there, brought(there, YORK.replace(b"was not approved", b"failed"), name="again.md")[0])
    newest = note.revisions.order_by("-number").first().text
    assert newest.count("Raising the dues") == 1
    assert "Raising the dues failed." in newest
    assert "- by hand" in newest


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "nothing in this file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not text"),
        (b"x" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence_and_nothing_is_kept(there, raw, said):
    with pytest.raises(Refusal, match=said):
        brought(there, raw)
    assert NotesFile.objects.count() == 0


def test_a_hostile_file_is_kept_as_words(there):
    raw = b"# N\x00otes \xff 6 February 2016\n- <script>x</script> \xe2\x80\xae was approved\n" + b"- a\n" * 3000
    file = brought(there, raw)[0]
    put(there, file)
    text = "\n".join(NoteRevision.objects.values_list("text", flat=True))
    assert "<script>x</script> was approved" in text
    assert "\u202e" not in text
    assert text.count("- a") == 3000


def test_a_doubtful_day_is_asked_and_a_currency_that_is_not_stated_too(there):
    doubtful = brought(there, b"# Meeting 7/8/13\n- The budget was approved.\n")[0]
    assert importing.day_of(file=doubtful) is None
    brought(there)
    amount = NotesCandidate.objects.get(kind="amount", amount=4800)
    made = {"candidate": amount, "mark": None, "by": person("Bo"), "actor": ACTOR, "at": AT}
    with pytest.raises(Refusal, match="In which currency"):
        importing.answer(**made)
    importing.answer(currency="mxn", **made)
    amount.refresh_from_db()
    assert (amount.state, amount.currency) == ("confirmed", "MXN")
    with pytest.raises(Refusal, match="confirmed already"):
        importing.answer(currency="USD", **made)
    other = NotesCandidate.objects.filter(kind="decision", state="open").first()
    with pytest.raises(Refusal, match="Say what it becomes"):
        importing.answer(**{**made, "candidate": other})
    assert importing.dismiss(candidate=other, by=made["by"], actor=ACTOR, at=AT) is True
    assert importing.dismiss(candidate=other, by=made["by"], actor=ACTOR, at=AT) is False
