"""What follows from a vote: nine ends, tasks, places on the next agenda, effects that wait."""

from datetime import date

import pytest

from committees import ACTOR, AT, DAY, HOUR, both, committee, fresh, proposal, said_in, sitting, voted, whole, words
from decisions.made_up_effect import sign
from tequio.decisions.models import ActionItem, Decision, DecisionEffect, Question, Slot, Stage
from tequio.decisions.operations import dividing, proposing
from tequio.decisions.operations.closing import close
from tequio.decisions.operations.opening import open_vote
from tequio.decisions.operations.preliminary import open_let_in_vote, open_waiver_vote
from tequio.kernel.errors import Refusal
from tequio.rules.dividing import Part

pytestmark = pytest.mark.django_db
NEXT = AT + 14 * DAY


@pytest.fixture
def six():
    made, people = committee(6)
    sitting(made, starts_at=NEXT)
    return made, people


def yes(of, people, **given):
    return voted(of, people, *["favor"] * 6, **given)


def no(of, people, **given):
    return voted(of, people, *["against"] * 6, **given)


def tasks():
    return list(ActionItem.objects.order_by("pk").values_list("kind", "title_en", "owner__name", "due_on", "sitting"))


def slots():
    return list(Slot.objects.filter(ended_at__isnull=True).values_list("reason", "sitting__starts_at"))


def test_approved_the_effects_wait_for_their_day_and_for_a_person(six, signs):
    made, people = six
    before = proposal(made, people[0], effects=[sign()])
    yes(before, people)

    decision = Decision.objects.get(proposal=before)
    assert (decision.code, decision.end, decision.recorded, decision.counts_stated) == (
        before.code,
        "approved",
        False,
        True,
    )
    assert (decision.in_favor, decision.against, decision.abstained, decision.blocked) == (6, 0, 0, 0)
    assert (decision.decided_on, decision.not_decided_en) == (date(2016, 7, 15), "")
    assert list(DecisionEffect.objects.values_list("position", "kind", "data", "base", "effective_on", "state")) == [
        (0, "test.set_sign", sign()["data"], {"says": "closed"}, date(2016, 9, 1), "waiting")
    ]
    assert (signs.stands["door"], fresh(before).stage, tasks(), slots()) == ("closed", Stage.DECIDED, [], [])


def test_with_modifications_says_in_the_motion_which(six):
    made, people = six
    before = proposal(made, people[0])
    words = {"en": "amounts may move", "es": "los montos pueden cambiar"}
    vote = yes(before, people, qualifier="with_modifications", qualifier_data={"words": words})

    assert vote.motion_en == "To approve with modifications: Do it (amounts may move)"
    assert (whole(before).end, fresh(before).stage) == ("with_modifications", Stage.DECIDED)


def test_in_principle_opens_the_task_and_the_place_for_the_details_and_carries_nothing_out(six, signs):
    made, people = six
    before = proposal(made, people[0], effects=[sign()])
    task = {"en": "Write the new structure", "es": "Escribir la nueva estructura"}
    yes(before, people, qualifier="in_principle", qualifier_data={"task": task, "owner": people[2].pk})

    assert tasks() == [
        ("details", "Write the new structure", people[2].name, None, made.sittings.get(starts_at=NEXT).pk)
    ]
    assert slots() == [("details", NEXT)]
    assert (DecisionEffect.objects.count(), fresh(before).stage) == (0, Stage.DECIDED)
    assert Decision.objects.get(proposal=before).not_decided_en.startswith("How it is done is not decided")


def test_continue_developing_comes_back_for_its_evaluation(six):
    made, people = six
    before = proposal(made, people[0])
    yes(before, people, qualifier="continue_developing", qualifier_data={"evaluate_on": "2016-07-29"})

    assert tasks() == [("evaluation", "Evaluate how it goes: Do it", people[0].name, date(2016, 7, 29), None)]
    assert slots() == [("evaluation", NEXT)]
    assert Decision.objects.get(proposal=before).evaluate_on == date(2016, 7, 29)
    assert (whole(before).end, fresh(before).stage) == ("continue_developing", Stage.REVIEW)


def test_deferred_it_stands_on_the_next_agenda(six):
    made, people = six
    before = proposal(made, people[0])
    yes(before, people, qualifier="defer")

    assert (slots(), whole(before).end, fresh(before).stage) == ([("deferred", NEXT)], "deferred", Stage.REVIEW)


def test_deferred_to_a_sitting_of_its_own_it_stands_there(six):
    made, people = six
    later = sitting(made, starts_at=NEXT + 14 * DAY)
    yes(proposal(made, people[0]), people, qualifier="defer", qualifier_data={"sitting": later.pk})

    assert slots() == [("deferred", NEXT + 14 * DAY)]


def test_put_in_writing_is_a_task_of_somebody(six):
    made, people = six
    before = proposal(made, people[0])
    yes(before, people, qualifier="put_in_writing", qualifier_data={"owner": people[3].pk, "due_on": "2016-07-20"})

    assert tasks() == [("put_in_writing", "Put in writing: Do it", people[3].name, date(2016, 7, 20), None)]
    assert (whole(before).end, fresh(before).stage) == ("put_in_writing", Stage.REVIEW)


def test_not_approved_it_is_over_and_says_how_it_may_come_back(six, signs):
    made, people = six
    before = proposal(made, people[0], effects=[sign()])
    no(before, people)

    decision = Decision.objects.get(proposal=before)
    assert (decision.end, decision.not_decided_en) == (
        "not_approved",
        "It may come back with substantive changes only.",
    )
    assert (DecisionEffect.objects.count(), fresh(before).stage, slots()) == (0, Stage.DECIDED, [])


def test_without_a_quorum_it_stands_on_the_next_agenda_unchanged(six):
    made, people = six
    before = proposal(made, people[0])
    voted(before, people, "favor")

    assert (slots(), fresh(before).stage) == ([("no_quorum", NEXT)], Stage.REVIEW)


@pytest.mark.parametrize(
    ("qualifier", "data"),
    [("defer", {}), ("continue_developing", {"evaluate_on": "2016-08-01"}), ("put_in_writing", {"owner": None})],
)
def test_a_motion_about_how_to_go_on_that_fails_decides_nothing(six, qualifier, data):
    made, people = six
    before = proposal(made, people[0])
    data = {"owner": people[1].pk} if "owner" in data else data
    vote = no(before, people, qualifier=qualifier, qualifier_data=data)

    assert (vote.verdict, whole(before).end, fresh(before).stage) == ("rejected", "", Stage.REVIEW)
    assert (Decision.objects.filter(recorded=False).count(), tasks()) == (0, [])
    yes(before, people, at=AT + DAY)
    assert whole(before).end == "approved"


def test_without_a_coming_sitting_nothing_is_put_on_an_agenda():
    made, people = committee(6)
    yes(proposal(made, people[0]), people, qualifier="defer")

    assert slots() == []


@pytest.fixture
def divided(six):
    """The dues question of February: raise? restructure?"""
    made, people = six
    before = proposal(made, people[0])
    parts = [Part(title=both("Raise"), paragraphs=(0,)), Part(title=both("Restructure"), paragraphs=(1,))]
    dividing.divide(proposal=before, against=1, parts=parts, by=people[0], actor=ACTOR, at=AT - DAY)
    return before, people, list(Question.objects.filter(proposal=before).order_by("number"))


def test_the_whole_of_a_divided_question_ends_when_its_parts_have_and_follows_from_them(divided):
    before, people, (_, raises, restructures) = divided
    no(before, people, question=raises)
    assert (whole(before).end, fresh(before).stage) == ("", Stage.REVIEW)

    yes(before, people, question=restructures, qualifier="in_principle", at=AT + HOUR)

    assert [fresh(question).end for question in (raises, restructures)] == ["not_approved", "in_principle"]
    assert (whole(before).end, fresh(before).stage) == ("in_principle", Stage.DECIDED)
    assert list(Decision.objects.filter(recorded=False).order_by("pk").values_list("code", "end")) == [
        (f"{before.code}-1", "not_approved"),
        (f"{before.code}-2", "in_principle"),
    ]


def test_a_part_that_was_deferred_keeps_the_whole_alive(divided):
    before, people, (_, raises, restructures) = divided
    no(before, people, question=raises)
    yes(before, people, question=restructures, qualifier="defer", at=AT + HOUR)
    assert (whole(before).end, fresh(before).stage) == ("deferred", Stage.REVIEW)

    yes(before, people, question=restructures, at=AT + DAY)

    assert (whole(before).end, fresh(before).stage) == ("with_modifications", Stage.DECIDED)


def waived(before, people, *choices):
    there = sitting(before.body)
    vote = open_waiver_vote(proposal=before, sitting=there, by=people[0], actor=ACTOR, at=AT)
    said_in(vote, people, *choices)
    return close(vote=vote, actor=ACTOR, at=AT)


def test_a_text_without_its_translation_is_voted_where_the_body_waives_that_on_the_record(six):
    made, people = six
    before = proposal(made, people[0], translated=False)
    with pytest.raises(Refusal, match="The translation into Spanish is missing"):
        yes(before, people)

    waived(before, people, *["favor"] * 6)
    assert fresh(before).stage == Stage.REVIEW

    assert yes(before, people, at=AT).verdict == "passed"


def test_a_waiver_that_did_not_pass_waives_nothing(six):
    made, people = six
    before = proposal(made, people[0], translated=False)
    waived(before, people, *["against"] * 6)

    with pytest.raises(Refusal, match="is missing"):
        yes(before, people)


def test_a_translation_that_is_current_needs_no_waiver(six):
    made, people = six

    with pytest.raises(Refusal, match="Its translation is current"):
        waived(proposal(made, people[0]), people)


def test_a_proposal_that_came_too_late_is_let_in_by_a_recorded_vote(six):
    made, people = six
    before = proposal(made, people[0], at=AT - HOUR)
    there = sitting(made)
    with pytest.raises(Refusal, match="review is not over"):
        yes(before, people)

    vote = open_let_in_vote(proposal=before, into=there, by=people[0], actor=ACTOR, at=AT)
    said_in(vote, people, *["favor"] * 6)
    close(vote=vote, actor=ACTOR, at=AT)
    assert slots() == [("let_in", AT)]

    assert yes(before, people).verdict == "passed"


def test_what_is_in_time_needs_nobody_to_let_it_in_and_some_rules_let_nothing_in(six):
    made, people = six
    there = sitting(made)
    with pytest.raises(Refusal, match="in time"):
        open_let_in_vote(proposal=proposal(made, people[0]), into=there, by=people[0], actor=ACTOR, at=AT)
    strict, others = committee(3, code="strict", terms={"late": "next"})
    late = proposal(strict, others[0], at=AT - HOUR)
    with pytest.raises(Refusal, match="no vote lets it in"):
        open_let_in_vote(proposal=late, into=sitting(strict), by=others[0], actor=ACTOR, at=AT)


def test_a_change_after_it_was_let_in_needs_its_review_again(six):
    made, people = six
    before = proposal(made, people[0], at=AT - HOUR)
    vote = open_let_in_vote(proposal=before, into=sitting(made), by=people[0], actor=ACTOR, at=AT)
    said_in(vote, people, *["favor"] * 6)
    close(vote=vote, actor=ACTOR, at=AT)
    proposing.change(
        proposal=before, against=1, words=words("Do more"), effects=[], by=people[0], actor=ACTOR, at=AT + HOUR
    )

    with pytest.raises(Refusal, match="review is not over"):
        open_vote(
            body=made,
            proposal=before,
            question=whole(before),
            how="sitting",
            sitting=made.sittings.get(starts_at=AT),
            by=people[0],
            actor=ACTOR,
            at=AT + 2 * HOUR,
        )
