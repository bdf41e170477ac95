"""February 2016 replayed from a file of notes: two originals, what was decided, positions, deferrals, and the minutes.

Rows 1, 7, 8, 10 and 14 of the scenario, through operations. It starts from notes written for this test; and from the
real ones where they lie beside the checkout.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from committees import ACTOR, committee, fresh, proposal
from conftest import SHARED
from gatherings import meeting, two_cities
from tequio.accounts.permissions import Viewer
from tequio.decisions.models import Decision, Question
from tequio.decisions.operations import dividing
from tequio.decisions.operations.recording import Counts
from tequio.meetings.making import line_of
from tequio.meetings.models import AgendaItem, NotesCandidate
from tequio.meetings.operations import importing, marking, minutes
from tequio.meetings.operations.notes import write_note
from tequio.meetings.operations.recorded import record_meeting
from tequio.meetings.page_queries.notes import notes_of
from tequio.rules.dividing import End, Part
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
AFTER = datetime(2016, 2, 9, 18, tzinfo=UTC)
YORK = b"""# Committee, 6 February 2016

Present: Dana, Lupe, Oren

## Budget
- Both budgets were approved with the modifications.

## Dues
- Raising the dues was not approved.
- The restructuring was approved in principle, details next time.
- Lupe will write the new structure for the next meeting.
- Oren is against raising: members who struggle would leave first.

## International proposals
- Waiting for reactions: deferred to the next meeting.
- A seat on the board of a network: talked about.
- Dana will find out how we could take part in the network.
"""
CENTRO = """# Comité, 6 de febrero de 2016

## Presupuesto
- Se aprueban los dos presupuestos con las modificaciones.

## Cuotas
- No se acuerda subir las cuotas.
- Se aprueba en principio dividir la cuota.
""".encode()
TITLES = {
    "raise": Text(en="Raise the dues", es="Subir las cuotas"),
    "split": Text(en="Restructure the dues", es="Reestructurar las cuotas"),
    "write": Text(en="Write the new structure", es="Escribir la nueva estructura"),
    "wait": Text(en="Wait for reactions", es="Esperar reacciones"),
    "part": Text(en="Find out how to take part", es="Averiguar cómo participar"),
}


@pytest.fixture
def met():
    """A committee of eleven in two cities, its meeting of 6 February put down, that of 5 March planned."""
    body, people = committee(11)
    places = two_cities()
    held = record_meeting(
        body=body,
        title=Text(en="Committee", es="Comité"),
        starts_at=datetime(2016, 2, 6, 16, tzinfo=UTC),
        zone="America/New_York",
        minutes=120,
        places=places,
        actor=ACTOR,
        at=AFTER,
    )
    march = meeting(body, places=places, starts_at=datetime(2016, 3, 5, 16, tzinfo=UTC))
    return {"body": body, "people": people, "places": places, "meeting": held, "march": march}


def brought(met, raw, *, place, name="notes.md", items=None):
    file, _ = importing.bring_in(
        body=met["body"], place=met["places"][place], name=name, raw=raw, by=None, actor=ACTOR, at=AFTER
    )
    part = met["meeting"].parts.get()
    meant = items or importing.items_by_heading(file=file, part=part)
    importing.put_to_meeting(file=file, meeting=met["meeting"], items=meant, by=None, actor=ACTOR, at=AFTER)
    return fresh(file)


def find(file, kind, words):
    return NotesCandidate.objects.get(file=file, kind=kind, text__contains=words)


def line(file, candidate):
    from tequio.meetings.models import Note

    note_pk, _, number = file.found["placed"][str(candidate.line)]
    note = Note.objects.select_related("place", "item__part__meeting", "item__part__body", "item__part__sitting").get(
        pk=note_pk
    )
    return line_of(note=note, line=number)


def test_a_month_of_2016_comes_out_of_its_notes(met):
    chair = met["people"][0]
    made = {"by": chair, "actor": ACTOR, "at": AFTER}
    file = brought(met, YORK, place=0)
    first, budget, dues, abroad = AgendaItem.objects.filter(part=met["meeting"].parts.get()).order_by("position")
    other = importing.bring_in(
        body=met["body"], place=met["places"][1], name="minuta.md", raw=CENTRO, by=None, actor=ACTOR, at=AFTER
    )[0]
    importing.put_to_meeting(
        file=other,
        meeting=met["meeting"],
        items=[
            {None: first.pk, "Presupuesto": budget.pk, "Cuotas": dues.pk}[b.heading]
            for b in importing.blocks_of(file=other)
        ],
        by=None,
        actor=ACTOR,
        at=AFTER,
    )

    # Row 1: one meeting, two originals, each in its language, linked per item.
    notes = notes_of(meeting=met["meeting"], viewer=Viewer(user_pk=1, roles=frozenset({"auditor"})), language="en")
    assert [column.language for column in notes[dues.pk].columns if not column.is_empty] == ["en", "es"]

    # Row 7: the question is divided; the parts end differently; nothing in force changes.
    raised, split = find(file, "decision", "Raising the dues"), find(file, "decision", "restructuring was approved")
    counts = Counts(in_favor=3, against=7, abstained=1)
    no = marking.make_decision(
        line=line(file, raised), title=TITLES["raise"], end=End.NOT_APPROVED, counts=counts, **made
    )
    importing.answer(candidate=raised, mark=no, **made)
    yes = marking.make_decision(line=line(file, split), title=TITLES["split"], end=End.IN_PRINCIPLE, **made)
    importing.answer(candidate=split, mark=yes, **made)
    wanted = find(file, "task", "write the new structure")
    task = marking.make_task(
        line=line(file, wanted),
        title=TITLES["write"],
        owner=met["people"][1],
        due_on=None,
        at_next=True,
        decision=yes.decision,
        **made,
    )
    importing.answer(candidate=wanted, mark=task, **made)
    assert task.task.sitting == met["march"].parts.get().sitting
    assert (no.decision.end, yes.decision.end, yes.decision.counts_stated) == ("not_approved", "in_principle", False)
    assert not no.decision.effects.exists()

    # Row 8: positions in people's words, attached to the parts.
    asked = proposal(met["body"], chair, ask="Change the dues", at=AFTER)
    dividing.divide(
        proposal=asked,
        parts=[Part(title=TITLES["raise"], paragraphs=(0,)), Part(title=TITLES["split"], paragraphs=(1,))],
        against=1,
        by=chair,
        actor=ACTOR,
        at=AFTER,
    )
    part = Question.objects.get(proposal=asked, number=1)
    spoken = next(one for one in dues.notes.get(place=met["places"][0]).revisions.all())
    number = spoken.text.split("\n").index("- Oren is against raising: members who struggle would leave first.") + 1
    where = line_of(note=spoken.note, line=number)
    position = marking.make_position(
        line=where,
        question=part,
        stance="against",
        words="Members who struggle would leave first.",
        said_by="Oren",
        **made,
    ).position
    assert (position.question.title_en, position.said_by) == ("Raise the dues", "Oren")

    # Row 10: three ends: put off to the next meeting, left open, a task.
    waiting = find(file, "deferral", "Waiting for reactions")
    off = marking.make_deferral(line=line(file, waiting), title=TITLES["wait"], proposal=None, **made)
    importing.answer(candidate=waiting, mark=off, **made)
    carried = AgendaItem.objects.get(part=met["march"].parts.get())
    assert (carried.title_en, carried.carried_from, off.decision.end) == ("Wait for reactions", abroad, "deferred")
    search = find(file, "task", "find out how")
    marking.make_task(line=line(file, search), title=TITLES["part"], owner=chair, due_on=date(2016, 3, 5), **made)
    assert not NotesCandidate.objects.filter(file=file, kind="decision", text__contains="seat on the board").exists()

    # Row 14: the minutes are approved in March; a later edit is a revision with its day and reason.
    kept = minutes.put_forward(part=met["meeting"].parts.get(), **made)
    assert kept.item.part == met["march"].parts.get()
    later = met["march"].starts_at + timedelta(hours=2)
    minutes.approve(minutes=kept, at_part=met["march"].parts.get(), actor=ACTOR, at=later)
    frozen = [one.revision.text for one in kept.texts.all()]
    corrected = write_note(
        item=budget,
        place=met["places"][0],
        text="- Both budgets were approved with four modifications.",
        base=1,
        why="the number was missing",
        by=chair,
        actor=ACTOR,
        at=later,
    ).revision
    assert (corrected.kind, corrected.why, corrected.made_at) == ("corrected", "the number was missing", later)
    assert "- Both budgets were approved with the modifications." in frozen
    assert Decision.objects.get(minutes_approved=kept).end == "approved"


@pytest.mark.shared
def test_the_real_notes_of_that_day_come_in_and_their_finds_become_records(met):
    raw = (SHARED / "data" / "notes" / "2016-02-06-us.txt").read_bytes()
    file = brought(met, raw, place=0, name="2016-02-06-us.txt")
    assert importing.day_of(file=file) == date(2016, 2, 6)
    made = {"by": met["people"][0], "actor": ACTOR, "at": AFTER}
    ends = {"not_approved": End.NOT_APPROVED, "approved_in_principle": End.IN_PRINCIPLE}
    done = []
    for outcome, end in ends.items():
        candidate = NotesCandidate.objects.filter(file=file, kind="decision", outcome=outcome).first()
        mark = marking.make_decision(line=line(file, candidate), title=TITLES["raise"], end=end, **made)
        importing.answer(candidate=candidate, mark=mark, **made)
        done.append(mark.decision.end)
    assert done == ["not_approved", "in_principle"]
    # Nothing of the file is lost: every line that says something stands in a note or is the heading of an item.
    texts = [one.text for item in AgendaItem.objects.all() for note in item.notes.all() for one in note.revisions.all()]
    said = bare(" ".join([*AgendaItem.objects.values_list("title_en", flat=True), *texts]))
    assert [line for line in raw.decode().split("\n") if bare(line) not in said] == []


def bare(text):
    """The letters and digits of a text."""
    return "".join(character for character in text if character.isalnum())
