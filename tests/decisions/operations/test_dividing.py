"""Dividing the question of a proposal, and putting it together again."""

from datetime import timedelta

import pytest

from decisions.made_up_effect import sign
from decisions.wording import TWO, words
from tequio.decisions.models import Position, Question
from tequio.decisions.operations import dividing, proposing
from tequio.decisions.operations.parts import questions_of
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.dividing import Part
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
HENS = Part(title=Text(en="Hens?", es="¿Gallinas?"), paragraphs=(0,))
DUCKS = Part(title=Text(en="Ducks?", es="¿Patos?"), paragraphs=(1,))


@pytest.fixture
def divide(ana, at):
    """A function that divides a proposal's first version."""

    def make(proposal, *parts, against=1):
        return dividing.divide(
            proposal=proposal, against=against, parts=parts or (HENS, DUCKS), by=ana, actor=ana.actor, at=at
        )

    return make


def shares(proposal):
    latest = proposal.versions.order_by("-number")[0]
    return [(q.number, q.title_es, q.paragraphs, q.effects) for q in questions_of(version=latest)]


def test_parts_share_out_paragraphs_and_effects(signs, circulated, divide, ana):
    proposal = circulated(effects=[sign("a"), sign("b")])

    divide(proposal, Part(title=HENS.title, paragraphs=(0,), effects=(1, 0)), DUCKS)

    assert shares(proposal) == [(1, "¿Gallinas?", [0], [0, 1]), (2, "¿Patos?", [1], [])]
    assert Event.objects.order_by("-id").values_list("kind", "payload")[0] == (
        "proposal.divided",
        {"version": 1, "parts": 2, "by": ana.pk},
    )


def test_an_undivided_question_is_the_whole(circulated, django_assert_num_queries):
    version = circulated().versions.get()

    with django_assert_num_queries(1):
        assert [question.number for question in questions_of(version=version)] == [0]


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ([HENS], "at least two parts. Paragraph 2 is in no part"),
        ([HENS, HENS], "Paragraph 1 is in more than one part. Paragraph 2 is in no part"),
        ([HENS, Part(title=Text(en="x", es="x"), paragraphs=(1, 2))], "Paragraph 3 is not there"),
        ([HENS, Part(title=Text(en="x", es="x"), paragraphs=(1,), effects=(-1,))], "Effect 0 is not there"),
        ([HENS, Part(title=Text(en="Ducks?", es=" "), paragraphs=(1,))], "Part 2 needs a title in both languages"),
        ([HENS, DUCKS, Part(title=Text(en="x", es="x"))], "Part 3 is about nothing"),
        ([HENS, Part(title=Text(en="x" * 301, es="x"), paragraphs=(1,))], "at most 300 characters"),
    ],
    ids=["one", "twice", "not there", "negative", "title", "nothing", "long"],
)
def test_parts_that_do_not_share_out_everything_are_refused(circulated, divide, parts, says):
    proposal = circulated()

    with pytest.raises(Refusal, match=says):
        divide(proposal, *parts)
    assert shares(proposal) == [(0, "Tener aves.", [], [])]


def test_a_text_with_other_paragraphs_in_the_other_language_is_not_divided(circulated, divide):
    proposal = circulated(words=words(text=Text(en="All in one.", es=TWO.es)))

    with pytest.raises(Refusal, match="1 paragraphs in English and 2 in Spanish"):
        divide(proposal)


def test_a_text_whose_translation_is_not_there_yet_is_divided(circulated, divide):
    proposal = circulated(words=words(text=Text(en="", es=TWO.es)))

    assert len(divide(proposal)) == 2


def test_a_draft_is_not_divided(drafted, divide):
    with pytest.raises(Refusal, match="circulate it first"):
        divide(drafted())


def test_dividing_again_replaces_the_parts_and_what_people_said_of_them_is_kept(circulated, divide, ana, at):
    proposal = circulated()
    first = divide(proposal)[0]
    Position.objects.create(question=first, user=ana, stance="for", words="Yes.", language="en", entered_by=ana, at=at)

    divide(proposal, DUCKS, HENS)

    assert [row[1] for row in shares(proposal)] == ["¿Patos?", "¿Gallinas?"]
    assert Position.objects.get().question.number == 0


def test_put_together_again_it_is_the_whole(circulated, divide, ana, at):
    proposal = circulated()
    divide(proposal)

    whole = dividing.undivide(proposal=proposal, against=1, by=ana, actor=ana.actor, at=at)

    assert shares(proposal) == [(0, "Tener aves.", [], [])]
    assert whole.number == 0
    with pytest.raises(Refusal, match="not divided"):
        dividing.undivide(proposal=proposal, against=1, by=ana, actor=ana.actor, at=at)


def test_a_change_of_words_ends_the_division_and_the_journal_says_so(circulated, divide, ana, at):
    proposal = circulated()
    divide(proposal)
    proposing.change(
        proposal=proposal,
        against=1,
        words=words(text=Text(en="One hen.\n\nNo ducks.", es="Una gallina.\n\nSin patos.")),
        effects=[],
        by=ana,
        actor=ana.actor,
        at=at + timedelta(hours=1),
    )

    assert shares(proposal) == [(0, "Tener aves.", [], [])]
    assert list(Event.objects.order_by("-id").values_list("kind", "payload")[:2]) == [
        ("proposal.division_lapsed", {"version": 2, "parts": 2}),
        ("proposal.changed", {"version": 2, "clock": True}),
    ]
    with pytest.raises(Refusal, match="looked at version 1, and version 2 is there by now"):
        divide(proposal)


def test_once_a_part_was_voted_the_division_stays(circulated, divide, ana, at):
    proposal = circulated()
    Question.objects.filter(pk=divide(proposal)[0].pk).update(end="deferred", ended_at=at)

    with pytest.raises(Refusal, match="voted already"):
        divide(proposal, DUCKS, HENS)
    with pytest.raises(Refusal, match="voted already"):
        dividing.undivide(proposal=proposal, against=1, by=ana, actor=ana.actor, at=at)
