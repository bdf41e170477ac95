"""Everything about one proposal."""

import pytest

from committees import ACTOR, AT, DAY, HOUR, committee, fresh, proposal, sitting
from decisions.made_up_effect import sign
from decisions.wording import TWO, words
from tequio.decisions.models import Question
from tequio.decisions.operations import amending, attaching, discussing, dividing, placing, proposing
from tequio.decisions.queries.plain import plain
from tequio.decisions.queries.proposal_page import proposal_page
from tequio.decisions.queries.proposal_talk import file_to_save
from tequio.decisions.queries.proposal_words import versions_compared
from tequio.kernel.errors import Refusal
from tequio.rules.dividing import Part
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
PARTS = [Part(title=Text(en=f"P{n}", es=f"P{n}"), paragraphs=(n,)) for n in (0, 1)]


def shown(of, *, at=AT):
    return proposal_page(proposal=fresh(of), at=at)


def change(of, text, *, at=AT - 3 * DAY, **given):
    latest = of.versions.order_by("-number")[0]
    return proposing.change(
        **{
            "proposal": of,
            "against": latest.number,
            "words": words(text=text),
            "effects": latest.effects,
            "by": of.sponsor,
            "actor": ACTOR,
            "at": at,
            **given,
        }
    )


def test_paragraphs_stand_side_by_side_counted_from_one(circulated):
    page = shown(circulated(words=words(text=Text(en="One hen.\n\nTwo ducks.\n\nA cock.", es=TWO.es))))

    text = page.fields[1]
    assert (text.field, text.name) == ("text", Text(en="the text", es="el texto"))
    assert [(p.number, p.text.en, p.text.es) for p in text.paragraphs] == [
        (1, "One hen.", "Una gallina."),
        (2, "Two ducks.", "Dos patos."),
        (3, "A cock.", ""),
    ]
    assert [field.field for field in page.fields] == ["ask", "text", "resources"]


def test_whoever_translates_sees_what_the_original_says_otherwise_since(circulated):
    of = circulated()
    change(of, Text(en=TWO.en, es="Una gallina.\n\nTres patos."))
    change(of, Text(en=TWO.en, es="Una gallina roja.\n\nTres patos."))

    page = shown(of)

    assert page.translation.state == "older"
    assert [(d.place.en, d.before.es, d.after.es) for d in page.behind] == [
        ("Paragraph 1 of the text in Spanish", "Una gallina.", "Una gallina roja."),
        ("Paragraph 2 of the text in Spanish", "Dos patos.", "Tres patos."),
    ]
    assert [(v.number, v.restarts, v.translation.state) for v in page.versions] == [
        (3, True, "older"),
        (2, True, "older"),
        (1, False, "current"),
    ]


def test_a_translation_that_is_current_has_nothing_behind(circulated):
    assert shown(circulated()).behind == ()


def test_one_that_came_too_late_states_both_hours_in_both_cities(sample_rules):
    body, people = committee()
    sitting(body, starts_at=AT)
    sitting(body, starts_at=AT + 28 * DAY)
    of = proposal(body, people[0], at=AT - 10 * HOUR)

    place = shown(of).clock.place

    assert (place.sitting.at, place.missed.at, place.came.at, place.should_have_come.at) == (
        AT + 28 * DAY,
        AT,
        AT - 10 * HOUR,
        AT - 72 * HOUR,
    )
    assert place.sentence.en == (
        "It came Thursday 14 July 2016, 22:00 New York / 21:00 Mexico City. For the sitting of Friday 15 July 2016, "
        "08:00 New York / 07:00 Mexico City it should have come by Tuesday 12 July 2016, 08:00 New York / 07:00 "
        "Mexico City, so it goes to the sitting of Friday 12 August 2016, 08:00 New York / 07:00 Mexico City."
    )
    assert place.sentence.es.startswith("Llegó el jueves 14 de julio de 2016, 22:00 Nueva York")


def test_one_that_was_held_back_came_in_time():
    body, people = committee()
    sitting(body, starts_at=AT)
    sitting(body, starts_at=AT + 28 * DAY)
    of = proposal(body, people[0], at=AT - 100 * HOUR)
    placing.delay(proposal=of, days=3, reason="I ask.", by=people[1], actor=ACTOR, at=AT - 20 * HOUR)

    clock = shown(of).clock

    assert "It came in time" in clock.place.sentence.en
    assert [(d.who, d.days, d.reason, d.spent) for d in clock.delays] == [(people[1].name, 3, "I ask.", False)]


def test_without_a_sitting_the_clock_says_when_it_is_ready_and_that_none_is_planned():
    body, people = committee()
    of = proposal(body, people[0], at=AT - 10 * HOUR)

    page = shown(of)

    assert [sentence.en for sentence in page.clock.sentences] == [
        "Its review lasts until Monday 18 July 2016, 02:00 UTC.",
        "No sitting is planned that it could come before.",
    ]
    assert page.obstacles == (page.clock.sentences[0],)
    assert page.sentences.count(page.obstacles[0]) == 1
    assert shown(of, at=AT + 10 * DAY).obstacles == ()


def test_effects_say_themselves_and_what_they_rest_on_that_has_moved(signs, circulated):
    of = circulated(effects=[sign()])
    before = shown(of).effects[0]
    signs.stands["door"] = "ajar"

    after = shown(of, at=AT + 30 * DAY)

    assert (before.number, before.said.en, before.moved) == (1, "The door says open.", None)
    assert after.effects[0].moved.en == "it said closed and says ajar."
    assert [obstacle.en for obstacle in after.obstacles] == ["Effect 1: it said closed and says ajar."]


def test_an_effect_of_a_kind_that_is_not_known_here_is_a_fault_and_not_silence(signs, circulated, monkeypatch):
    from tequio.decisions.effects import registry

    of = circulated(effects=[sign()])
    monkeypatch.delitem(registry._kinds, "test.set_sign")

    page = shown(of)

    assert page.effects[0].fault
    assert "There is no effect “test.set_sign”" in page.effects[0].said.en
    assert "There is no effect “test.set_sign”" in page.obstacles[0].en


def test_amendments_show_what_they_change_what_is_in_their_way_and_whom_they_clash_with(circulated, beto, at):
    of = circulated()
    for first, second in (("A", "Dos patos."), ("B", "Dos patos."), ("Una gallina.", "C")):
        amending.ask_amendment(
            proposal=of,
            against=1,
            words=words(text=Text(en=TWO.en, es=f"{first}\n\n{second}")),
            why=Text(en="", es="Porque sí."),
            by=beto,
            actor=ACTOR,
            at=at,
        )
    before = shown(of).amendments
    change(of, Text(en=TWO.en, es="Una gallina.\n\nCinco patos."))

    after = shown(of).amendments

    assert [(a.number, a.why.en, a.in_the_way, a.clashes_with) for a in before] == [
        (1, "Porque sí.", None, (2,)),
        (2, "Porque sí.", None, (1,)),
        (3, "Porque sí.", None, ()),
    ]
    assert [(d.place.es, d.before.es, d.after.es) for d in before[2].changes] == [
        ("El párrafo 2 del texto en español", "Dos patos.", "C")
    ]
    assert [a.in_the_way is None for a in after] == [True, True, False]
    assert "was asked against an older text" in after[2].in_the_way.en


def test_parts_say_what_they_are_about_and_how_they_ended_and_a_lapsed_division_is_told(circulated, ana, at):
    of = circulated()
    dividing.divide(proposal=of, against=1, parts=PARTS, by=ana, actor=ACTOR, at=at)
    Question.objects.filter(number=2).update(end="deferred", ended_at=at)
    divided = shown(of)
    change(of, Text(en="A.\n\nB.", es="A.\n\nB."), at=at)

    changed = shown(of)

    assert [(q.number, q.paragraphs, q.end_name and q.end_name.es) for q in divided.questions] == [
        (0, (), None),
        (1, (1,), None),
        (2, (2,), "aplazado"),
    ]
    assert (divided.division_lapsed, [q.number for q in changed.questions]) == (None, [0])
    assert changed.division_lapsed.en == (
        "Version 1 was divided into 2 parts. With the change of its text that lapsed: whoever wants version 2 divided "
        "shares it out anew."
    )


def test_positions_are_told_in_order_and_the_last_of_each_counts(circulated, ana, beto, at):
    of = circulated()
    whole = of.questions.get()

    def stand(words, hours, **given):
        discussing.take_position(
            question=whole,
            stance="for",
            words=words,
            language="en",
            by=beto,
            actor=ACTOR,
            at=at + hours * HOUR,
            **given,
        )

    stand("First.", 0)
    stand("Lupe says.", 1, said_by="Lupe")
    stand("Ana says.", 2, of=ana)
    stand("Second.", 3)

    assert [(p.who, p.words, p.has_account, p.entered_by, p.replaced) for p in shown(of).positions] == [
        ("Beto", "First.", True, None, True),
        ("Lupe", "Lupe says.", False, "Beto", False),
        ("Ana", "Ana says.", True, "Beto", False),
        ("Beto", "Second.", True, None, False),
    ]


def test_comments_and_files_are_listed_and_a_file_is_handed_out_whole(circulated, beto, at):
    of = circulated()
    discussing.comment(proposal=of, text="¿Y el gallo?", language="es", by=beto, actor=ACTOR, at=at)
    made = attaching.attach(proposal=of, name="a.pdf", content=b"\x00\xff", by=beto, actor=ACTOR, at=at)

    page = shown(of)

    assert [(c.who, c.text, c.version) for c in page.comments] == [("Beto", "¿Y el gallo?", 1)]
    assert [(f.name, f.size, f.who, f.removed) for f in page.files] == [("a.pdf", 2, "Beto", None)]
    assert file_to_save(proposal=of, pk=made.pk).content == b"\x00\xff"
    attaching.remove_attachment(attachment=made, by=beto, actor=ACTOR, at=at)
    with pytest.raises(Refusal, match="no such file"):
        file_to_save(proposal=of, pk=made.pk)


def test_a_file_of_another_proposal_is_not_handed_out(circulated, beto, at):
    made = attaching.attach(proposal=circulated(), name="a.pdf", content=b"x", by=beto, actor=ACTOR, at=at)

    with pytest.raises(Refusal, match="no such file"):
        file_to_save(proposal=circulated(), pk=made.pk)


def test_two_versions_are_compared_word_by_word(circulated):
    of = circulated()
    after = change(of, Text(en=TWO.en, es="Una gallina.\n\nTres patos."))

    (found,) = versions_compared(before=of.versions.get(number=1), after=after)

    assert [(run.how, run.text) for run in found.runs] == [
        ("gone", "Dos"),
        ("new", "Tres"),
        ("same", " patos."),
    ]


def test_the_number_of_queries_does_not_grow_with_what_people_say(circulated, beto, at, django_assert_max_num_queries):
    of = circulated()

    def said(times):
        for number in range(times):
            discussing.comment(proposal=of, text=f"x{number}", language="es", by=beto, actor=ACTOR, at=at)
            discussing.take_position(
                question=of.questions.get(), stance="for", words="x", language="en", by=beto, actor=ACTOR, at=at
            )

    said(1)
    one = fresh(of)
    with django_assert_max_num_queries(40) as few:
        proposal_page(proposal=one, at=AT)
    said(4)
    other = fresh(of)
    with django_assert_max_num_queries(len(few.captured_queries)):
        proposal_page(proposal=other, at=AT)


def test_as_json_it_is_plain_all_through(signs, circulated, ana):
    import json

    page = plain(shown(circulated(effects=[sign()])))

    assert json.loads(json.dumps(page)) == page
    assert (page["code"], page["ask"], page["clock"]["place"], page["effects"][0]["said"]["en"]) == (
        "2016-1",
        {"en": "Keep poultry.", "es": "Tener aves."},
        None,
        "The door says open.",
    )
