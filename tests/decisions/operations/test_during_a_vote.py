"""While a vote is open nothing of its proposal changes; what people say of it they may say."""

from datetime import timedelta

import pytest

from committees import ACTOR, AT, DAY, committee, fresh, proposal, whole, words
from decisions.made_up_effect import sign
from tequio.decisions.models import Amendment, Version
from tequio.decisions.operations import (
    amending,
    attaching,
    coming_back,
    discussing,
    dividing,
    handing_over,
    placing,
    proposing,
)
from tequio.decisions.operations.closing import close
from tequio.decisions.operations.opening import open_vote
from tequio.decisions.operations.preliminary import open_amendment_vote
from tequio.decisions.operations.voting import cast
from tequio.decisions.queries.checking_proposals import proposal_differences
from tequio.kernel.errors import Refusal
from tequio.rules.dividing import Part
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
PARTS = [Part(title=Text(en=f"P{n}", es=f"P{n}"), paragraphs=(n,)) for n in (0, 1)]
OTHER = Text(en="First who.\n\nThen how.", es="Primero quién.\n\nLuego cómo.")


def otherwise(text=OTHER):
    there = words()
    return type(there)(original="en", ask=there.ask, text=text, resources=there.resources)


@pytest.fixture
def voted_on():
    """A proposal with an open amendment and a file, which is being voted; and the people of its body."""
    body, people = committee()
    of = proposal(body, people[0])
    amending.ask_amendment(
        proposal=of,
        against=1,
        words=otherwise(),
        why=Text(en="x", es="x"),
        by=people[1],
        actor=ACTOR,
        at=AT - DAY,
    )
    attaching.attach(proposal=of, name="a.pdf", content=b"x", by=people[0], actor=ACTOR, at=AT - DAY)
    vote = open_vote(body=body, proposal=of, question=whole(of), by=people[0], actor=ACTOR, at=AT)
    return fresh(of), people, vote


def by(user):
    return {"by": user, "actor": ACTOR, "at": AT + timedelta(hours=1)}


CHANGES = {
    "change": lambda of, p: proposing.change(proposal=of, against=1, words=otherwise(), effects=[], **by(p[0])),
    "translate": lambda of, p: proposing.change(
        proposal=of, against=1, words=words(), effects=[], up_to_date=True, **by(p[1])
    ),
    "priority": lambda of, p: proposing.set_priority(
        proposal=of, priority=None, no_priority_because="Another.", **by(p[0])
    ),
    "withdraw": lambda of, p: proposing.withdraw(proposal=of, **by(p[0])),
    "ask": lambda of, p: amending.ask_amendment(
        proposal=of, against=1, words=otherwise(Text(en="A.\n\nB.", es="A.\n\nB.")), why=OTHER, **by(p[2])
    ),
    "accept": lambda of, p: amending.accept_amendments(proposal=of, numbers=[1], **by(p[0])),
    "reject": lambda of, p: amending.reject_amendments(proposal=of, numbers=[1], **by(p[0])),
    "take back": lambda of, p: amending.withdraw_amendment(proposal=of, number=1, **by(p[1])),
    "divide": lambda of, p: dividing.divide(proposal=of, against=1, parts=PARTS, **by(p[0])),
    "undivide": lambda of, p: dividing.undivide(proposal=of, against=1, **by(p[0])),
    "delay": lambda of, p: placing.delay(proposal=of, days=1, reason="x", **by(p[1])),
    "hand over": lambda of, p: handing_over.hand_over(proposal=of, to=p[1], **by(p[0])),
    "come back": lambda of, p: coming_back.come_back(proposal=of, **by(p[0])),
    "attach": lambda of, p: attaching.attach(proposal=of, name="b.pdf", content=b"x", **by(p[0])),
    "remove": lambda of, p: attaching.remove_attachment(attachment=of.attachments.get(), **by(p[0])),
}


@pytest.mark.parametrize("what", CHANGES)
def test_nothing_of_it_changes_until_the_vote_closes(voted_on, what):
    of, people, _ = voted_on

    with pytest.raises(Refusal, match=r"is being voted\. Until the vote closes nothing about it changes"):
        CHANGES[what](of, people)

    assert (Version.objects.count(), Amendment.objects.get().state) == (1, "open")
    assert of.attachments.get().removed_at is None


def test_what_people_say_of_it_they_may_say(voted_on):
    of, people, _ = voted_on

    discussing.comment(proposal=of, text="Well.", language="en", **by(people[1]))
    discussing.take_position(question=whole(of), stance="for", words="Yes.", language="en", **by(people[1]))


def test_after_a_vote_without_a_quorum_it_is_changed_or_left_as_it_is(voted_on):
    of, people, vote = voted_on
    close(vote=vote, actor=ACTOR, at=vote.closes_at)

    late = {**by(people[0]), "at": vote.closes_at + DAY}
    assert proposing.change(proposal=of, against=1, words=otherwise(), effects=[], **late).number == 2


@pytest.mark.parametrize("motion", ["amendment", "with modifications"])
@pytest.mark.parametrize("gone", ["thing", "day", "base"])
def test_a_vote_that_adopts_an_effect_which_cannot_be_decided_by_now_closes_all_the_same(signs, motion, gone):
    body, people = committee()
    of = proposal(body, people[0])
    amendment = amending.ask_amendment(
        proposal=of,
        against=1,
        effects=[sign(day="2016-08-01")],
        why=Text(en="x", es="x"),
        by=people[1],
        actor=ACTOR,
        at=AT - DAY,
    )
    if motion == "amendment":
        vote = open_amendment_vote(amendment=amendment, how="online", by=people[0], actor=ACTOR, at=AT)
    else:
        data = {"amendments": [1]}
        vote = open_vote(
            body=body,
            proposal=of,
            question=whole(of),
            qualifier="with_modifications",
            qualifier_data=data,
            by=people[0],
            actor=ACTOR,
            at=AT,
        )
    for elector in vote.electors.all():
        cast(vote=vote, elector=elector, choice="favor", by=elector.user, actor=ACTOR, at=AT)
    if gone == "thing":
        del signs.stands["door"]
    elif gone == "base":
        signs.stands["door"] = "ajar"
    later = AT + 60 * DAY if gone == "day" else vote.closes_at

    assert close(vote=vote, actor=ACTOR, at=later).verdict == "passed"
    assert Amendment.objects.get().state == "adopted"
    assert Version.objects.get(number=2).effects == [{**sign(day="2016-08-01"), "base": {"says": "closed"}}]
    assert list(proposal_differences()) == []
