"""A proposal that ended comes back: after each of the nine ends."""

import pytest

from committees import ACTOR, AT, DAY, committee, fresh, proposal, words
from decisions.made_up_effect import sign
from tequio.decisions.models import Question, Stage
from tequio.decisions.operations import coming_back, dividing, handing_over, proposing
from tequio.decisions.operations.versions import latest_version
from tequio.kernel.errors import Refusal
from tequio.rules.dividing import FINAL, End, Part
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
PARTS = [Part(title=Text(en=name, es=name), paragraphs=(at,)) for at, name in enumerate(("First", "Then"))]


@pytest.fixture
def made():
    """A committee and the people on it."""
    return committee()


def ended(of, *ends):
    """The proposal as it is when its whole, or its parts in turn, have ended so."""
    questions = list(Question.objects.filter(proposal=of).order_by("number"))
    parts = questions[1:] or questions
    for part, end in zip(parts, ends, strict=True):
        Question.objects.filter(pk=part.pk).update(end=end, ended_at=AT)
    over = all(end in FINAL for end in ends)
    if len(parts) > 1 and over:
        Question.objects.filter(pk=questions[0].pk).update(end="with_modifications", ended_at=AT)
    of.stage = Stage.WITHDRAWN if ends == ("withdrawn",) else Stage.DECIDED if over else Stage.REVIEW
    of.save()
    return of


def back(of, who, *, at=AT + DAY):
    return coming_back.come_back(proposal=of, by=who, actor=who.actor, at=at)


def changed(of, text, *, at=AT + DAY):
    latest = latest_version(proposal=of)
    there = words()
    new = type(there)(original="en", ask=there.ask, text=text, resources=there.resources)
    return proposing.change(
        proposal=of, against=latest.number, words=new, effects=latest.effects, by=of.sponsor, actor=ACTOR, at=at
    )


def circulate(of, *, at=AT + 2 * DAY):
    return proposing.submit(proposal=of, by=of.sponsor, actor=ACTOR, at=at)


@pytest.mark.parametrize("end", [End.DEFERRED, End.NO_QUORUM, End.CONTINUE_DEVELOPING, End.PUT_IN_WRITING])
def test_what_goes_on_is_still_before_its_body_and_may_be_changed_or_voted_as_it_is(made, end):
    body, people = made
    of = ended(proposal(body, people[0]), end)

    with pytest.raises(Refusal, match="is still before committee: change it, or put it to the vote as it is"):
        back(of, people[0])
    assert changed(of, Text(en="Other.\n\nWords.", es="Otras.\n\nPalabras.")).number == 2


@pytest.mark.parametrize("end", [End.APPROVED, End.WITH_MODIFICATIONS])
def test_what_was_carried_does_not_come_back(made, end):
    body, people = made

    with pytest.raises(Refusal, match=r"was carried\. What it put in force is changed by another decision"):
        back(ended(proposal(body, people[0]), end), people[0])


def test_what_was_withdrawn_comes_back_as_it_was_also_by_another_sponsor(made):
    body, people = made
    of = ended(proposal(body, people[0]), End.WITHDRAWN)

    again = circulate(back(of, people[1]))

    assert (again.code, again.sponsor, again.comes_back_from, again.stage) == ("2016-2", people[1], of, Stage.REVIEW)
    assert latest_version(proposal=again).text_en == latest_version(proposal=of).text_en


def test_what_was_not_approved_comes_back_with_substantive_changes_only(made):
    body, people = made
    again = back(ended(proposal(body, people[0]), End.NOT_APPROVED), people[0])

    with pytest.raises(Refusal, match="The same was not approved as proposal 2016-1"):
        circulate(again)
    changed(again, Text(en="FIRST, what!\n\nThen how", es="Primero: ¿qué?\n\nLuego cómo."))
    with pytest.raises(Refusal, match="only with substantive changes"):
        circulate(again)
    changed(again, Text(en="First what.\n\nThen something else.", es="Primero qué.\n\nLuego otra cosa."))
    assert circulate(again).stage == Stage.REVIEW


def test_nor_under_another_number_without_saying_where_it_comes_from(made):
    body, people = made
    ended(proposal(body, people[0]), End.NOT_APPROVED)

    with pytest.raises(Refusal, match="The same was not approved as proposal 2016-1"):
        proposal(body, people[1])
    assert proposal(body, people[1], ask="Another thing").stage == Stage.REVIEW


def test_nor_by_way_of_a_third_that_was_not_approved_either(made):
    body, people = made
    second = back(ended(proposal(body, people[0]), End.NOT_APPROVED), people[0])
    changed(second, Text(en="Other.\n\nWords.", es="Otras.\n\nPalabras."))
    third = back(ended(circulate(second), End.NOT_APPROVED), people[0])
    changed(third, words().text)

    with pytest.raises(Refusal, match="The same was not approved as proposal 2016-1"):
        circulate(third)


def test_what_another_body_did_not_approve_may_be_put_to_this_one(made):
    body, people = made
    other, others = committee(code="team")
    ended(proposal(other, others[0]), End.NOT_APPROVED)

    assert proposal(body, people[0]).stage == Stage.REVIEW


def test_what_was_approved_in_principle_comes_back_with_its_details(made):
    body, people = made
    again = back(ended(proposal(body, people[0]), End.IN_PRINCIPLE), people[0])

    with pytest.raises(Refusal, match="with the details it lacks"):
        circulate(again)
    changed(again, Text(en="First 25.\n\nThen 50.", es="Primero 25.\n\nLuego 50."))
    assert circulate(again).stage == Stage.REVIEW


def test_of_a_divided_one_the_parts_come_back_that_were_not_carried(signs, made):
    body, people = made
    of = proposal(body, people[0], effects=[sign("a"), sign("b")], at=AT - 10 * DAY)
    parts = [
        Part(title=PARTS[0].title, paragraphs=(0,), effects=(1,)),
        Part(title=PARTS[1].title, paragraphs=(1,), effects=(0,)),
    ]
    dividing.divide(proposal=of, against=1, parts=parts, by=people[0], actor=ACTOR, at=AT)

    again = back(ended(fresh(of), End.NOT_APPROVED, End.APPROVED), people[0])

    version = latest_version(proposal=again)
    assert (version.text_en, version.text_es) == ("First what.", "Primero qué.")
    assert [effect["data"]["says"] for effect in version.effects] == ["b"]
    with pytest.raises(Refusal, match="The same was not approved"):
        circulate(again)


def test_where_a_part_is_decided_its_sponsor_takes_the_rest_out(made):
    body, people = made
    of = proposal(body, people[0])
    dividing.divide(proposal=of, against=1, parts=PARTS, by=people[0], actor=ACTOR, at=AT)
    ended(fresh(of), End.APPROVED, End.CONTINUE_DEVELOPING)

    with pytest.raises(Refusal, match="Only its sponsor"):
        back(of, people[1])
    again = back(of, people[0])

    assert latest_version(proposal=again).text_en == "Then how."
    assert fresh(of).stage == Stage.DECIDED
    assert list(Question.objects.filter(proposal=of).order_by("number").values_list("end", flat=True)) == [
        "with_modifications",
        "approved",
        "withdrawn",
    ]


def test_effects_whose_day_has_passed_come_back_as_they_were_and_do_not_circulate(signs, made):
    body, people = made
    of = proposal(body, people[0], effects=[sign(day="2016-07-20")])
    later = AT + 30 * DAY

    again = back(ended(of, End.WITHDRAWN), people[0], at=later)

    assert latest_version(proposal=again).effects == latest_version(proposal=of).effects
    with pytest.raises(Refusal, match="Effect 1: that day is over"):
        circulate(again, at=later)


def test_a_sponsor_hands_it_over_and_the_hours_go_on(made):
    body, people = made
    of = proposal(body, people[0])

    with pytest.raises(Refusal, match="Only its sponsor"):
        handing_over.hand_over(proposal=of, to=people[1], by=people[1], actor=ACTOR, at=AT)
    handing_over.hand_over(proposal=of, to=people[1], by=people[0], actor=ACTOR, at=AT)

    assert (fresh(of).sponsor, fresh(of).changed_at) == (people[1], AT - 4 * DAY)


def test_what_somebody_who_left_has_sponsored_another_takes_on_who_sits_there(made):
    from committees import person

    body, people = made
    of = proposal(body, people[0])
    people[0].is_active = False
    people[0].save()

    with pytest.raises(Refusal, match="does not sit on committee"):
        handing_over.hand_over(proposal=of, to=person("Zoe"), by=people[1], actor=ACTOR, at=AT)
    handing_over.hand_over(proposal=of, to=people[1], by=people[1], actor=ACTOR, at=AT)

    assert fresh(of).sponsor == people[1]
