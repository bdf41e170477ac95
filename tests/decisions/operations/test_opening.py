"""Opening a vote: what is frozen, and what keeps a question from being voted."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from committees import (
    ACTOR,
    AT,
    DAY,
    HOUR,
    body,
    both,
    committee,
    fresh,
    person,
    proposal,
    sits,
    sitting,
    whole,
    words,
)
from decisions.made_up_effect import sign
from tequio.decisions.effects.previewing import digest_of
from tequio.decisions.models import About, Elector, How, Question, Slot, Stage, Vote
from tequio.decisions.operations import dividing, proposing
from tequio.decisions.operations.founding import adopt_rule, cancel_sitting
from tequio.decisions.operations.opening import open_vote
from tequio.decisions.operations.recording import record_decision
from tequio.decisions.operations.seating import end_term
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.dividing import Part

pytestmark = pytest.mark.django_db


@pytest.fixture
def six():
    return committee(6)


@pytest.fixture
def opened(six):
    """A function that puts a proposal's whole question to the vote."""
    made, people = six

    def run(of, **given):
        return open_vote(
            **{
                "body": made,
                "proposal": of,
                "question": whole(of),
                "by": people[0],
                "actor": ACTOR,
                "at": AT,
                **given,
            }
        )

    return run


def refused(run, *arguments, **given):
    with pytest.raises(Refusal) as refusal:
        run(*arguments, **given)
    assert refusal.value.text.es != refusal.value.text.en
    return refusal.value.text.en


def test_rule_electorate_and_what_is_seen_are_frozen_with_their_hashes(six, opened, signs):
    made, people = six
    before = proposal(made, people[0], effects=[sign()])

    vote = opened(before)

    assert (vote.rule["majority"], vote.rule["review_hours"], vote.rule_row.code) == (
        ">2/3",
        72,
        "committee-rules-2013",
    )
    assert sorted(Elector.objects.filter(vote=vote).values_list("user_id", "weight", "center", "standing")) == [
        (user.pk, 1, "", "") for user in people
    ]
    assert (vote.motion_en, vote.motion_es) == ("To approve: Do it", "Aprobar: Do it (es)")
    assert vote.closes_at == AT + 7 * DAY
    assert vote.seen_hash == digest_of(seen=vote.seen)
    assert vote.seen["paragraphs"]["es"] == ["Primero qué.", "Luego cómo."]
    assert vote.seen["effects"][0]["changes"][0]["after"]["en"] == "The door says open."
    assert fresh(before).stage == Stage.VOTE
    event = Event.objects.get(kind="vote.opened")
    assert (event.subject, event.payload["electors"], event.payload["electorate"], event.payload["seen"]) == (
        f"vote:{vote.pk}",
        6,
        vote.electorate_hash,
        vote.seen_hash,
    )


def test_a_rule_adopted_later_does_not_change_a_vote_that_is_open(six, opened):
    made, people = six
    vote = opened(proposal(made, people[0]))
    decision = record_decision(
        code="2016-rules",
        body=made,
        title=both("Rules"),
        decided_on=date(2016, 7, 15),
        source=both("minutes"),
        actor=ACTOR,
        at=AT,
    )
    adopt_rule(
        body=made,
        code="committee-2016",
        title=both("Rules of 2016"),
        valid_from=date(2016, 7, 15),
        decision=decision,
        terms={"quorum": "1/3", "majority": ">1/2"},
        actor=ACTOR,
        at=AT,
    )

    assert fresh(vote).rule["majority"] == ">2/3"


def test_what_a_vote_is_held_by_cannot_be_changed_in_the_database_either(six, opened):
    made, people = six
    vote = opened(proposal(made, people[0]))

    for change in ({"rule": {}}, {"seen_hash": "0" * 64}, {"motion_en": "Another"}, {"electorate_hash": ""}):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            Vote.objects.filter(pk=vote.pk).update(**change)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Elector.objects.filter(vote=vote).update(weight=9)


def test_who_left_before_and_who_has_a_closed_account_does_not_vote(six, opened):
    made, people = six
    end_term(term=people[1].terms.get(), on=date(2016, 7, 15), decision=None, actor=ACTOR, at=AT)
    people[2].is_active = False
    people[2].save()

    vote = opened(proposal(made, people[0]))

    assert set(Elector.objects.filter(vote=vote).values_list("user__name", flat=True)) == {
        people[n].name for n in (0, 3, 4, 5)
    }


def test_an_office_without_a_vote_gives_no_second_ballot(six, opened):
    made, people = six
    sits(made, people[0], office="chair", votes=False)

    assert Elector.objects.filter(vote=opened(proposal(made, people[0]))).count() == 6


def test_an_electorate_of_nobody_is_refused(opened):
    made = body("empty")
    chair = person("Chair")
    sits(made, chair, office="chair", votes=False)
    before = proposal(made, chair)

    assert refused(opened, before, body=made) == "Nobody may vote in empty today: there is no electorate."
    assert (Vote.objects.count(), fresh(before).stage) == (0, "review")


def test_a_draft_is_not_voted(six, opened, drafted):
    made, people = six
    before = drafted(body=made, sponsor=people[0])

    assert "is a draft" in refused(opened, before)


def test_a_withdrawn_one_is_not_voted(six, opened):
    made, people = six
    before = proposal(made, people[0])
    proposing.withdraw(proposal=before, by=people[0], actor=ACTOR, at=AT)

    assert "was withdrawn" in refused(opened, before)


def test_one_vote_at_a_time(six, opened):
    made, people = six
    before = proposal(made, people[0])
    opened(before)

    assert "is being voted already" in refused(opened, before)


def test_the_hours_of_review_have_to_be_over(six, opened):
    made, people = six
    before = proposal(made, people[0], at=AT - 72 * HOUR + timedelta(seconds=1))

    assert refused(opened, before).startswith("Its review is not over before Friday 15 July 2016")
    assert opened(before, at=AT + timedelta(seconds=1)).pk


def test_what_a_body_may_do_before_the_review_is_over_is_say_how_to_go_on(six, opened):
    made, people = six
    before = proposal(made, people[0], at=AT - HOUR, translated=False)

    assert opened(before, qualifier="defer").motion_en == "To defer: Do it"


def test_the_text_that_is_voted_is_the_last_version(six, opened):
    made, people = six
    before = proposal(made, people[0])
    first = whole(before)
    proposing.change(
        proposal=before,
        against=1,
        words=words("Do more"),
        effects=[],
        by=people[0],
        actor=ACTOR,
        at=AT,
    )

    assert "version 2 is there now" in refused(opened, before, question=first)


def test_a_divided_question_is_voted_in_its_parts(six, opened):
    made, people = six
    before = proposal(made, people[0])
    parts = [Part(title=both("What"), paragraphs=(0,)), Part(title=both("How"), paragraphs=(1,))]
    dividing.divide(proposal=before, against=1, parts=parts, by=people[0], actor=ACTOR, at=AT - DAY)

    assert "The question is divided" in refused(opened, before)
    second = Question.objects.get(proposal=before, number=2)
    vote = opened(before, question=second)
    assert (vote.seen["paragraphs"]["en"], vote.motion_en) == (["Then how."], "To approve: How")


def test_an_effect_whose_base_has_moved_is_not_put_to_the_vote(six, opened, signs):
    made, people = six
    before = proposal(made, people[0], effects=[sign()])
    signs.stands["door"] = "ajar"

    assert refused(opened, before) == "Effect 1: it said closed and says ajar."


def test_an_effect_that_would_begin_before_the_vote_closes_is_not_put_to_the_vote(six, opened, signs):
    made, people = six
    before = proposal(made, people[0], effects=[sign(day="2016-07-21")])

    assert refused(opened, before) == "Effect 1: that day is over."
    assert opened(before, at=AT - HOUR, closes_at=None, how=How.SITTING, sitting=sitting(made, starts_at=AT - HOUR))


def test_an_effect_about_something_gone_is_not_put_to_the_vote(six, opened, signs):
    made, people = six
    before = proposal(made, people[0], effects=[sign()])
    del signs.stands["door"]

    assert refused(opened, before) == "Effect 1: there is no door."


def test_an_effect_of_a_kind_nobody_knows_any_more_is_an_error_and_never_silently_nothing(
    six, opened, signs, monkeypatch
):
    from tequio.decisions.effects import registry

    made, people = six
    before = proposal(made, people[0], effects=[sign()])
    monkeypatch.delitem(registry._kinds, signs.name)

    assert refused(opened, before).startswith("Effect 1: There is no effect “test.set_sign”.")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"closes_at": AT}, "closes after it opens"),
        ({"closes_at": AT + 6 * DAY}, "open for at least 7 days"),
        ({"closes_at": AT + 91 * DAY}, "90 days at most"),
        ({"how": How.SITTING}, "Say in which sitting"),
        ({"qualifier": "maybe"}, "A motion is one of"),
        ({"qualifier": "continue_developing"}, "on which day it will be evaluated"),
        ({"qualifier": "continue_developing", "qualifier_data": {"evaluate_on": "2016-07-14"}}, "That day is over"),
        ({"qualifier": "put_in_writing"}, "says by whom"),
        ({"qualifier": "put_in_writing", "qualifier_data": {"owner": 999_999}}, "no account here"),
        ({"qualifier": "with_modifications"}, "says which"),
        ({"qualifier": "with_modifications", "qualifier_data": {"words": {"en": "Less"}}}, "in both languages"),
        ({"qualifier": "none", "qualifier_data": {"owner": 1}}, "knows no “owner”"),
        ({"qualifier": "defer", "qualifier_data": {"sitting": 999_999}}, "has no such sitting"),
    ],
    ids=str,
)
def test_what_makes_no_vote_is_refused(six, opened, given, said):
    made, people = six

    assert said in refused(opened, proposal(made, people[0]), **given)
    assert Vote.objects.count() == 0


def test_a_sitting_has_to_have_begun_be_the_bodys_and_not_cancelled(six, opened):
    made, people = six
    before = proposal(made, people[0])
    later, gone, other = sitting(made, starts_at=AT + HOUR), sitting(made), sitting(body("other"))
    cancel_sitting(sitting=gone, actor=ACTOR, at=AT)

    assert "That sitting begins" in refused(opened, before, how=How.SITTING, sitting=later)
    assert "no such sitting" in refused(opened, before, how=How.SITTING, sitting=fresh(gone))
    assert "no such sitting" in refused(opened, before, how=How.SITTING, sitting=other)


def test_a_vote_takes_a_proposal_off_the_agenda(six, opened):
    made, people = six
    before = proposal(made, people[0])
    sitting(made)

    opened(before)

    assert Slot.objects.get().ended_at == AT


def test_a_body_without_a_rule_of_decision_cannot_vote(six, opened):
    made, people = six
    early = AT.replace(year=2012)
    before = proposal(made, people[0])

    assert "has no rule of decision in force" in refused(opened, before, at=early)


def test_the_number_of_statements_does_not_grow_with_the_electorate(django_assert_max_num_queries):
    counts = []
    for size, code in ((3, "small"), (40, "large")):
        made, people = committee(size, code=code)
        before = proposal(made, people[0])
        with django_assert_max_num_queries(60) as found:
            open_vote(body=made, proposal=before, question=whole(before), by=people[0], actor=ACTOR, at=AT)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_a_vote_is_about_its_question(six, opened):
    made, people = six

    assert opened(proposal(made, people[0])).about == About.QUESTION
