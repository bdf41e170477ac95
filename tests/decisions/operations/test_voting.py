"""Casting ballots: one each, changeable until the close, by whom the electorate names; entering those of a sitting."""

import pytest
from django.db import IntegrityError, transaction

from committees import ACTOR, AT, DAY, HOUR, body, committee, fresh, person, proposal, sits, sitting, whole
from tequio.decisions.models import Ballot, Elector
from tequio.decisions.operations.closing import close
from tequio.decisions.operations.opening import open_vote
from tequio.decisions.operations.voting import NO_BALLOT, Said, cast, enter_ballots, mark_of
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.members.models import Contact, Member, MemberAccess

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return committee(6)[1]


@pytest.fixture
def vote(people):
    made = people[0].terms.get().seat.body
    before = proposal(made, people[0])
    return open_vote(body=made, proposal=before, question=whole(before), by=people[0], actor=ACTOR, at=AT)


def says(vote, user, choice, *, elector=None, at=AT + HOUR, **given):
    elector = elector or Elector.objects.get(vote=vote, user=user)
    return cast(vote=vote, elector=elector, choice=choice, by=user, actor=user.actor, at=at, **given)


def refused(run, *arguments, **given):
    with pytest.raises(Refusal) as refusal:
        run(*arguments, **given)
    assert refusal.value.text.es != refusal.value.text.en
    return refusal.value.text.en


def test_a_ballot_keeps_who_said_what_why_and_when(vote, people):
    ballot = says(vote, people[1], "favor", reason=" because  ")

    assert (ballot.choice, ballot.reason, ballot.user, ballot.at, ballot.changes) == (
        "favor",
        "because",
        people[1],
        AT + HOUR,
        0,
    )


def test_the_journal_says_that_somebody_voted_and_not_what(vote, people):
    ballot = says(vote, people[1], "block")

    event = Event.objects.get(kind="vote.ballot_cast")
    assert (event.subject, event.actor) == (f"vote:{vote.pk}", people[1].actor)
    assert event.payload == {"elector": ballot.elector_id, "change": 0}


def test_voting_twice_is_one_ballot_and_the_last_word_counts(vote, people):
    says(vote, people[1], "favor")
    says(vote, people[1], "against", at=AT + 2 * HOUR)

    assert list(Ballot.objects.values_list("choice", "changes", "at")) == [("against", 1, AT + 2 * HOUR)]


def test_the_same_said_again_changes_nothing(vote, people):
    for _ in range(2):
        says(vote, people[1], "favor")

    assert (Ballot.objects.get().changes, Event.objects.filter(kind="vote.ballot_cast").count()) == (0, 1)


def test_after_the_close_nobody_votes_and_nobody_changes_its_vote(vote, people):
    says(vote, people[1], "favor")
    closed = "This vote is closed."

    assert refused(says, vote, people[1], "against", at=vote.closes_at) == closed
    close(vote=vote, actor=ACTOR, at=vote.closes_at)
    assert refused(says, vote, people[2], "favor", at=vote.closes_at + DAY) == closed
    assert list(Ballot.objects.values_list("choice", flat=True)) == ["favor"]


def test_the_database_itself_takes_no_ballot_after_the_close(vote, people):
    ballot = says(vote, people[1], "favor")
    close(vote=vote, actor=ACTOR, at=vote.closes_at)

    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(choice="against")
    elector = Elector.objects.get(vote=vote, user=people[2])
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        Ballot.objects.create(elector=elector, choice="against", user=people[2], at=AT)


def test_outside_the_electorate_nobody_votes(vote, people):
    stranger = person("Stranger")
    outside = "You are not in the electorate of this vote, as it was frozen when it opened."

    assert refused(says, vote, stranger, "favor", elector=Elector.objects.filter(vote=vote).first()) == outside
    other = Elector.objects.get(vote=vote, user=people[2])
    assert refused(says, vote, people[1], "favor", elector=other) == outside
    assert Ballot.objects.count() == 0


def test_who_joins_the_body_after_the_opening_is_not_in_the_electorate(vote, people):
    late = person("Late")
    sits(vote.body, late)

    assert "not in the electorate" in refused(says, vote, late, "favor", elector=Elector.objects.first())


def test_an_elector_of_another_vote_is_outside(vote, people):
    made, others = committee(2, code="other")
    before = proposal(made, others[0])
    other = open_vote(body=made, proposal=before, question=whole(before), by=others[0], actor=ACTOR, at=AT)

    assert "not in the electorate" in refused(
        says, vote, others[0], "favor", elector=Elector.objects.get(vote=other, user=others[0])
    )


@pytest.mark.parametrize(("choice", "reason"), [("perhaps", ""), ("", ""), ("favor", "x" * 501)])
def test_a_ballot_says_one_of_four_things_and_not_too_long_why(vote, people, choice, reason):
    refused(says, vote, people[1], choice, reason=reason)

    assert Ballot.objects.count() == 0


@pytest.fixture
def representatives(members):
    """Two representatives of one organization, and a vote of all members."""
    members({"email": "ana@example.org", "paid_until": "2016-12-31"})
    made = body(
        "assembly",
        kind="assembly",
        voters="members",
        terms={"weights": {"organization": 2, "individual": 1}, "quorum": "10 %", "majority": ">1/2"},
    )
    member = Member.objects.get(code="M1")
    Contact.objects.create(
        member=member,
        position=2,
        name="Beto",
        email="beto@example.org",
        is_representative=True,
        language="es",
        fingerprint="b",
    )
    ana, beto = person("Ana"), person("Beto", language="es")
    for user in (ana, beto):
        MemberAccess.objects.create(user=user, member=member)
    before = proposal(made, ana)
    vote = open_vote(body=made, proposal=before, question=whole(before), by=ana, actor=ACTOR, at=AT)
    return vote, Elector.objects.get(vote=vote), ana, beto


def test_two_representatives_have_one_ballot_the_last_word_counts_and_who_cast_it_is_seen(representatives):
    vote, elector, ana, beto = representatives
    says(vote, ana, "favor", elector=elector)
    ballot = says(vote, beto, "against", elector=elector)

    assert (Ballot.objects.count(), ballot.choice, ballot.user, ballot.changes) == (1, "against", beto, 1)
    assert list(Event.objects.filter(kind="vote.ballot_cast").values_list("actor", flat=True)) == [
        ana.actor,
        beto.actor,
    ]


def test_of_two_representatives_at_once_the_second_is_told_what_the_first_said(representatives):
    vote, elector, ana, beto = representatives
    saw = mark_of(None)
    says(vote, ana, "favor", elector=elector, saw=saw)

    told = refused(says, vote, beto, "against", elector=elector, saw=saw)

    assert told.startswith("Ana has voted meanwhile: agree.")
    assert says(vote, beto, "against", elector=elector, saw=mark_of(Ballot.objects.get())).choice == "against"


def test_who_changes_its_own_ballot_need_not_look_first(representatives):
    vote, elector, ana, _ = representatives
    says(vote, ana, "favor", elector=elector, saw=NO_BALLOT)

    assert says(vote, ana, "abstain", elector=elector, saw=NO_BALLOT).changes == 1


@pytest.fixture
def in_sitting(people):
    made = people[0].terms.get().seat.body
    before = proposal(made, people[0])
    return open_vote(
        body=made,
        proposal=before,
        question=whole(before),
        how="sitting",
        sitting=sitting(made),
        by=people[0],
        actor=ACTOR,
        at=AT,
    )


def enter(vote, people, *choices):
    electors = {e.user_id: e.pk for e in Elector.objects.filter(vote=vote)}
    said = {electors[user.pk]: Said(choice=choice) for user, choice in zip(people, choices, strict=False)}
    return enter_ballots(vote=vote, said=said, by=people[0], actor=ACTOR, at=AT + HOUR)


def test_the_chair_enters_and_corrects_what_was_said_in_a_sitting(in_sitting, people):
    assert enter(in_sitting, people, "favor", "favor", "against", "") == 3
    assert enter(in_sitting, people, "favor", "abstain", "") == 2

    assert list(Ballot.objects.order_by("elector__user_id").values_list("choice", "changes", "user")) == [
        ("favor", 0, people[0].pk),
        ("abstain", 1, people[0].pk),
        ("", 1, people[0].pk),
    ]
    assert close(vote=in_sitting, actor=ACTOR, at=AT + 2 * HOUR).counts["present"] == 2


def test_in_a_sitting_nobody_votes_online_and_online_nobody_enters_for_others(in_sitting, people):
    assert "taken in the sitting" in refused(says, in_sitting, people[1], "favor")
    close(vote=in_sitting, actor=ACTOR, at=AT + HOUR)
    made = in_sitting.body
    before = proposal(made, people[0])
    online = open_vote(body=made, proposal=before, question=whole(before), by=people[0], actor=ACTOR, at=AT)

    assert "taken online" in refused(enter, online, people, "favor")


def test_entries_for_others_than_the_electorate_are_refused_whole(in_sitting, people):
    mine = Elector.objects.get(vote=in_sitting, user=people[0])
    with pytest.raises(Refusal):
        enter_ballots(
            vote=in_sitting,
            said={mine.pk: Said(choice="favor"), 999_999: Said(choice="favor")},
            by=people[0],
            actor=ACTOR,
            at=AT,
        )
    assert Ballot.objects.count() == 0


def test_a_vote_in_a_sitting_that_is_closed_takes_no_entries(in_sitting, people):
    enter(in_sitting, people, "favor")
    close(vote=in_sitting, actor=ACTOR, at=AT + HOUR)

    assert refused(enter, in_sitting, people, "against") == "This vote is closed."
    assert fresh(in_sitting).counts["favor"] == 1


def test_entering_for_many_takes_as_many_statements_as_for_few(django_assert_max_num_queries):
    counts = []
    for size, code in ((4, "small"), (40, "large")):
        made, people = committee(size, code=code)
        before = proposal(made, people[0])
        vote = open_vote(
            body=made,
            proposal=before,
            question=whole(before),
            how="sitting",
            sitting=sitting(made),
            by=people[0],
            actor=ACTOR,
            at=AT,
        )
        with django_assert_max_num_queries(20) as found:
            enter(vote, people, *["favor"] * size)
        counts.append(len(found))
    assert counts[0] == counts[1]
