"""Amendments that a vote adopts or not, and motions that approve with the amendments they name."""

import pytest

from committees import ACTOR, AT, DAY, HOUR, committee, fresh, person, proposal, said_in, sitting, voted, whole, words
from decisions.made_up_effect import sign
from tequio.decisions.models import Amendment, Decision, Version
from tequio.decisions.operations.amending import accept_amendments, ask_amendment, reject_amendments
from tequio.decisions.operations.closing import close
from tequio.decisions.operations.opening import open_vote
from tequio.decisions.operations.preliminary import open_amendment_vote
from tequio.decisions.queries.checking_proposals import proposal_differences
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db


@pytest.fixture
def six(signs):
    return committee(6)


@pytest.fixture
def asked(six):
    """A circulated proposal to open the door, and an amendment that leaves it ajar."""
    made, people = six
    before = proposal(made, people[0], effects=[sign()])
    amendment = ask_amendment(
        proposal=before,
        against=1,
        effects=[sign(says="ajar")],
        why=Text(en="It is cold.", es="Hace frío."),
        by=people[1],
        actor=ACTOR,
        at=AT - DAY,
    )
    return before, amendment, people


def votes(amendment, people, *choices):
    vote = open_amendment_vote(
        amendment=amendment,
        how="sitting",
        sitting=sitting(amendment.proposal.body),
        by=people[0],
        actor=ACTOR,
        at=AT,
    )
    said_in(vote, people, *choices)
    return close(vote=vote, actor=ACTOR, at=AT + HOUR)


def test_an_amendment_that_is_adopted_is_taken_into_the_text_and_begins_the_review_anew(asked):
    before, amendment, people = asked

    vote = votes(amendment, people, *["favor"] * 6)

    assert vote.motion_en == f"To take amendment 1 into proposal {before.code}. It is cold."
    assert (fresh(amendment).state, fresh(before).stage) == ("adopted", "review")
    version = Version.objects.get(proposal=before, number=2)
    assert (version.effects[0]["data"]["says"], fresh(before).changed_at) == ("ajar", AT + HOUR)
    with pytest.raises(Refusal, match="review is not over"):
        voted(before, people, at=AT + 2 * HOUR)


def test_what_the_sponsor_did_not_take_can_still_be_voted_and_what_a_vote_did_not_adopt_is_over(asked):
    before, amendment, people = asked
    reject_amendments(proposal=before, numbers=[1], by=people[0], actor=ACTOR, at=AT)

    votes(amendment, people, *["against"] * 6)

    assert fresh(amendment).state == "rejected"
    assert Version.objects.filter(proposal=before).count() == 1
    assert not Decision.objects.filter(recorded=False).exists()


def test_without_a_quorum_an_amendment_may_be_voted_again(asked):
    _, amendment, people = asked
    votes(amendment, people, "favor")

    assert fresh(amendment).state == "open"


def test_an_amendment_that_was_answered_is_not_voted(asked):
    before, amendment, people = asked
    accept_amendments(proposal=before, numbers=[1], by=people[0], actor=ACTOR, at=AT)

    with pytest.raises(Refusal, match="answered already"):
        votes(amendment, people)


def test_approved_with_the_amendments_a_motion_names_the_voters_see_and_decide_the_amended_effects(asked, signs):
    before, amendment, people = asked

    vote = voted(before, people, *["favor"] * 6, qualifier="with_modifications", qualifier_data={"amendments": [1]})

    assert vote.motion_en == "To approve with modifications: Do it (amendments 1)"
    assert vote.seen["effects"][0]["changes"][0]["after"]["en"] == "The door says ajar."
    decision = Decision.objects.get(recorded=False)
    assert (decision.end, decision.effects.get().data["says"]) == ("with_modifications", "ajar")
    assert (fresh(amendment).state, fresh(before).stage) == ("adopted", "decided")
    assert (Version.objects.filter(proposal=before).count(), whole(before).end) == (2, "with_modifications")
    assert fresh(vote.question).end == "with_modifications"
    assert list(proposal_differences()) == []


def test_a_vote_that_is_closed_long_after_its_effects_day_takes_them_all_the_same(asked):
    before, amendment, people = asked
    vote = open_vote(
        body=before.body,
        proposal=before,
        question=whole(before),
        qualifier="with_modifications",
        qualifier_data={"amendments": [1]},
        how="sitting",
        sitting=sitting(before.body),
        by=people[0],
        actor=ACTOR,
        at=AT,
    )
    said_in(vote, people, *["favor"] * 6)

    close(vote=vote, actor=ACTOR, at=AT + 100 * DAY)

    assert (fresh(amendment).state, Decision.objects.get(recorded=False).decided_on) == ("adopted", AT.date())


def test_where_the_motion_fails_the_amendments_stay_open_and_the_text_as_it_was(asked):
    before, amendment, people = asked

    voted(before, people, *["against"] * 6, qualifier="with_modifications", qualifier_data={"amendments": [1]})

    assert (fresh(amendment).state, Version.objects.filter(proposal=before).count()) == ("open", 1)
    assert whole(before).end == "not_approved"


def test_a_motion_that_names_an_amendment_nobody_asked_for_is_refused(asked):
    before, _, people = asked

    with pytest.raises(Refusal, match="There is no amendment 7"):
        voted(before, people, qualifier="with_modifications", qualifier_data={"amendments": [7]})


def test_an_amendment_in_one_language_leaves_the_other_behind_and_so_is_not_voted_without_a_waiver(six):
    made, people = six
    before = proposal(made, people[0])
    changed = words()
    changed = type(changed)(
        original="en",
        ask=changed.ask,
        text=Text(en="First this.\n\nThen how.", es=changed.text.es),
        resources=changed.resources,
    )
    ask_amendment(
        proposal=before,
        against=1,
        words=changed,
        why=Text(en="Better.", es="Mejor."),
        by=people[1],
        actor=ACTOR,
        at=AT - DAY,
    )

    with pytest.raises(Refusal, match="older than the text"):
        voted(before, people, qualifier="with_modifications", qualifier_data={"amendments": [1]})


def test_nobody_asks_for_an_amendment_during_the_vote(asked):
    before, _, people = asked
    amendment_vote = open_amendment_vote(
        amendment=Amendment.objects.get(), how="online", by=people[0], actor=ACTOR, at=AT
    )

    with pytest.raises(Refusal, match="is being voted"):
        ask_amendment(
            proposal=before,
            against=1,
            effects=[sign(says="shut")],
            why=Text(en="No.", es="No."),
            by=person(),
            actor=ACTOR,
            at=AT,
        )
    assert fresh(amendment_vote).closed_at is None
