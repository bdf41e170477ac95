"""Changing a proposal: versions, hours that begin anew, two people at once, translations."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from decisions.made_up_effect import sign
from decisions.wording import TWO, words
from tequio.decisions.models import Priority, Version
from tequio.decisions.moved import TextMoved
from tequio.decisions.operations import dividing, proposing
from tequio.decisions.operations.parts import questions_of
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.dividing import Part
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def events():
    return list(Event.objects.order_by("id").values_list("kind", "subject", "payload"))


def test_a_change_is_the_next_version_and_starts_the_hours_anew(circulated, change, at):
    proposal = circulated()

    version = change(proposal, words=words(text=Text(en="One hen.\n\nNo ducks.", es="Una gallina.\n\nSin patos.")))

    proposal.refresh_from_db()
    assert (version.number, version.text_en, proposal.changed_at) == (2, "One hen.\n\nNo ducks.", at + HOUR)
    assert Version.objects.get(number=1).text_en == TWO.en
    assert events()[-1] == ("proposal.changed", "proposal:2016-1", {"version": 2, "clock": True})


def test_a_change_of_a_draft_starts_no_clock(drafted, change):
    proposal = drafted()

    change(proposal, words=words(in_favor=Text(en="Eggs.", es="Huevos.")))

    proposal.refresh_from_db()
    assert proposal.changed_at is None
    assert events()[-1][2] == {"version": 2, "clock": False}


@pytest.mark.parametrize(
    "given",
    [
        {"words": words(text=Text(en="One hen.\n\nTwo geese.", es=TWO.es))},
        {"words": words(against=Text(en="", es="Hacen ruido."))},
        {"effects": [sign("ajar")]},
    ],
    ids=["translation alone", "original alone", "effects alone"],
)
def test_any_word_in_either_language_and_any_effect_starts_the_hours_anew(signs, circulated, change, at, given):
    proposal = circulated(effects=[sign()])

    change(proposal, **given)

    proposal.refresh_from_db()
    assert proposal.changed_at == at + HOUR


def test_a_change_that_changes_nothing_is_refused(circulated, change):
    with pytest.raises(Refusal, match="Nothing is changed"):
        change(circulated(), words=words(text=Text(en=" One  hen.\r\n\r\n\r\nTwo ducks.", es=TWO.es)))
    assert Version.objects.count() == 1


def test_of_two_people_who_change_it_at_once_the_second_is_refused_and_shown_both(circulated, change):
    proposal = circulated()
    change(proposal, words=words(text=Text(en="Three hens.\n\nTwo ducks.", es="Tres gallinas.\n\nDos patos.")))

    with pytest.raises(TextMoved, match="against version 1, and version 2 is there by now") as refused:
        change(proposal, against=1, words=words(text=Text(en="One hen.\n\nFour ducks.", es=TWO.es)))

    both = refused.value.both
    assert [(d.place, d.at, d.before, d.after) for d in both.theirs] == [
        (("text", "en"), 0, "One hen.", "Three hens."),
        (("text", "es"), 0, "Una gallina.", "Tres gallinas."),
    ]
    assert [(d.place, d.at, d.before, d.after) for d in both.yours] == [
        (("text", "en"), 1, "Two ducks.", "Four ducks.")
    ]
    assert Version.objects.count() == 2


def test_a_change_against_a_version_nobody_wrote_is_refused(circulated, change):
    with pytest.raises(Refusal, match="has no version 7"):
        change(circulated(), against=7)


def test_the_database_takes_one_version_of_a_number(circulated, ana, at):
    version = circulated().versions.get()

    version.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)


def test_an_effect_that_stays_keeps_what_it_was_written_against_until_it_is_written_anew(signs, circulated, change):
    proposal = circulated(effects=[sign()])
    signs.stands["door"] = "ajar"
    proposal.versions.get()

    kept = change(proposal, words=words(in_favor=Text(en="Eggs.", es="Huevos.")))
    anew = change(proposal, words=words(in_favor=Text(en="Eggs.", es="Huevos.")), effects=[sign()], effects_anew=True)

    assert (kept.effects[0]["base"], anew.effects[0]["base"]) == ({"says": "closed"}, {"says": "ajar"})


def test_words_change_though_the_day_of_an_effect_has_passed_but_a_new_effect_may_not_begin_in_the_past(
    signs, circulated, change, at
):
    proposal = circulated(effects=[sign(day="2016-07-20")])
    later = at + timedelta(days=30)

    assert change(proposal, words=words(in_favor=Text(en="Eggs.", es="Huevos.")), at=later).number == 2
    with pytest.raises(Refusal, match="that day is over"):
        change(proposal, effects=[sign("ajar", day="2016-07-20")], at=later)


def test_only_the_sponsor_changes_the_original_and_anybody_writes_the_translation(circulated, change, beto):
    proposal = circulated()

    with pytest.raises(Refusal, match="Only its sponsor, Ana"):
        change(proposal, words=words(text=Text(en=TWO.en, es="Una gallina.")), by=beto)
    version = change(proposal, words=words(text=Text(en="A hen.\n\nA pair of ducks.", es=TWO.es)), by=beto)

    assert (version.made_by, version.text_en) == (beto, "A hen.\n\nA pair of ducks.")


def test_a_translation_looked_through_is_current_and_neither_hours_nor_division_begin_anew(circulated, change, ana, at):
    proposal = circulated()
    change(proposal, words=words(text=Text(en=TWO.en, es="Una gallina.\n\nDos patos, creo.")))
    parts = [Part(title=Text(en=f"{n}", es=f"{n}"), paragraphs=(n,)) for n in (0, 1)]
    dividing.divide(proposal=proposal, against=2, parts=parts, by=ana, actor=ana.actor, at=at)
    older = proposal.versions.get(number=2)

    looked = change(
        proposal,
        words=words(text=Text(en=TWO.en, es="Una gallina.\n\nDos patos, creo.")),
        up_to_date=True,
        at=at + 2 * HOUR,
    )

    proposal.refresh_from_db()
    assert ((older.en_as_of, older.es_as_of), (looked.en_as_of, looked.es_as_of)) == ((1, 2), (3, 2))
    assert proposal.changed_at == at + HOUR
    assert [question.title_en for question in questions_of(version=looked)] == ["0", "1"]


def test_a_priority_is_said_later_and_starts_nothing_anew(circulated, ana, at):
    proposal = circulated()
    priority = Priority.objects.create(year=2016, number=3, text_en="Hens", text_es="Gallinas")

    proposing.set_priority(proposal=proposal, priority=priority, by=ana, actor=ana.actor, at=at + HOUR)

    proposal.refresh_from_db()
    assert (proposal.priority, proposal.no_priority_because, proposal.changed_at) == (priority, "", at)
    with pytest.raises(Refusal, match="or why none"):
        proposing.set_priority(proposal=proposal, priority=None, by=ana, actor=ana.actor, at=at)
