"""Closing a vote: the verdict follows from the ballots alone, is written once, and closes in time."""

import pytest
from django.db import IntegrityError, transaction

from committees import ACTOR, AT, DAY, HOUR, committee, fresh, proposal, said_in, sitting, voted, whole
from tequio.decisions.models import Decision, Elector, Question, Stage, Vote
from tequio.decisions.operations.closing import close, close_due
from tequio.decisions.operations.opening import open_vote
from tequio.decisions.operations.voting import cast
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event

pytestmark = pytest.mark.django_db


def online(made, people, *, at=AT):
    before = proposal(made, people[0], at=at - 4 * DAY)
    return open_vote(body=made, proposal=before, question=whole(before), by=people[0], actor=ACTOR, at=at)


def says(vote, user, choice, *, at=AT + HOUR):
    elector = Elector.objects.get(vote=vote, user=user)
    return cast(vote=vote, elector=elector, choice=choice, by=user, actor=user.actor, at=at)


@pytest.mark.parametrize(
    ("size", "choices", "verdict", "end"),
    [
        (9, ["favor"] * 6 + ["against"] * 3, "rejected", "not_approved"),  # exactly two thirds
        (9, ["favor"] * 7 + ["against"] * 2, "passed", "approved"),
        (8, ["favor"] * 4 + ["against"] * 4, "rejected", "not_approved"),  # a tie
        (8, ["favor"] * 4, "passed", "approved"),  # a quorum exactly met
        (8, ["favor"] * 3, "no_quorum", "no_quorum"),
        (8, ["favor"] * 3 + ["abstain"], "passed", "approved"),  # an abstention makes the quorum and is no vote
        (8, ["abstain"] * 8, "rejected", "not_approved"),
        (4, [], "no_quorum", "no_quorum"),
    ],
    ids=str,
)
def test_the_verdict_is_counted_and_the_end_follows_from_it(size, choices, verdict, end):
    made, people = committee(size)
    before = proposal(made, people[0])

    vote = voted(before, people, *choices)

    assert (vote.verdict, Decision.objects.get(recorded=False).end, whole(before).end) == (verdict, end, end)


def test_a_vote_keeps_its_counts_and_how_the_verdict_follows_line_by_line():
    made, people = committee(9)

    vote = fresh(voted(proposal(made, people[0]), people, *["favor"] * 5, "against", "abstain"))

    assert vote.counts == {
        "electorate": 9,
        "present": 7,
        "favor": 5,
        "against": 1,
        "abstain": 1,
        "block": 0,
        "electors": 9,
        "ballots": 7,
        "consensus": False,
        "per_center": {
            "": {"electorate": 9, "present": 7, "favor": 5, "against": 1, "abstain": 1, "block": 0},
        },
    }
    assert vote.lines == [
        [
            "Present: 7 of 9, needed at least 1/2, which is 5: there is a quorum.",
            "Presentes: 7 de 9; se requiere al menos 1/2, es decir 5: hay quórum.",
        ],
        [
            "No consensus: 1 disagree and 0 block, so it is counted.",
            "No hay consenso: 1 en desacuerdo y 0 bloquean, así que se cuenta.",
        ],
        [
            "In favor: 5 of 6 voting, needed more than 2/3, which is 5: it passes.",
            "A favor: 5 de 6 que votan; se requiere más de 2/3, es decir 5: se aprueba.",
        ],
    ]
    event = Event.objects.get(kind="vote.closed")
    assert (event.payload["verdict"], event.payload["ballots"]) == ("passed", vote.ballots_hash)


def test_each_center_is_counted_and_has_its_line(sample_rules):
    from tequio.centers.models import Center

    centers = list(Center.objects.order_by("code"))
    made, people = committee(4, centers=centers, terms={"quorum_per_center": "1/2", "majority_per_center": ">1/2"})

    vote = voted(proposal(made, people[0]), people, "favor", "favor", "favor", "against")

    assert vote.counts["per_center"]["us"]["against"] == 1
    assert [line[0].split(":")[0] for line in vote.lines] == [
        "Present",
        "Present (mx)",
        "Present (us)",
        "No consensus",
        "In favor",
        "In favor (mx)",
        "In favor (us)",
    ]
    assert vote.verdict == "rejected"


def test_a_vote_online_closes_at_its_hour_and_not_before():
    made, people = committee(4)
    vote = online(made, people)

    with pytest.raises(Refusal, match="still open"):
        close(vote=vote, actor=ACTOR, at=vote.closes_at - HOUR)
    assert close(vote=vote, actor=ACTOR, at=vote.closes_at).verdict == "no_quorum"


def test_a_vote_is_closed_once():
    made, people = committee(4)
    vote = online(made, people)
    close(vote=vote, actor=ACTOR, at=vote.closes_at)

    with pytest.raises(Refusal, match="closed already"):
        close(vote=vote, actor=ACTOR, at=vote.closes_at)
    with pytest.raises(IntegrityError, match="as it was counted"), transaction.atomic():
        Vote.objects.filter(pk=vote.pk).update(verdict="passed")
    assert Decision.objects.filter(recorded=False).count() == 1


def test_the_daily_work_closes_votes_online_whose_hour_has_come_and_no_others():
    made, people = committee(4)
    due, later = online(made, people), online(made, people, at=AT + DAY)
    in_room = proposal(made, people[0])
    open_vote(
        body=made,
        proposal=in_room,
        question=whole(in_room),
        how="sitting",
        sitting=sitting(made),
        by=people[0],
        actor=ACTOR,
        at=AT,
    )

    assert close_due(actor=ACTOR, at=due.closes_at) == [due.pk]
    assert close_due(actor=ACTOR, at=due.closes_at) == []
    assert close_due(actor=ACTOR, at=later.closes_at + DAY) == [later.pk]


def test_where_the_rule_closes_early_a_vote_ends_when_nothing_can_change_it():
    made, people = committee(4, terms={"closes_early": True})
    vote = online(made, people)
    for user in people[:2]:
        says(vote, user, "favor")
    assert fresh(vote).closed_at is None

    says(vote, people[2], "favor")  # three of four are more than two thirds whatever the fourth says

    assert (fresh(vote).verdict, fresh(vote).closed_at) == ("passed", AT + HOUR)


def test_where_the_rule_does_not_close_early_it_stays_open_until_its_hour():
    made, people = committee(2)
    vote = online(made, people)
    for user in people:
        says(vote, user, "favor")

    assert fresh(vote).closed_at is None


def test_a_question_that_was_decided_is_not_voted_again():
    made, people = committee(4)
    before = proposal(made, people[0])
    voted(before, people, *["favor"] * 4)

    assert fresh(before).stage == Stage.DECIDED
    with pytest.raises(Refusal, match="is decided"):
        voted(before, people, *["against"] * 4)


def test_what_failed_for_lack_of_quorum_is_voted_again_unchanged():
    made, people = committee(4)
    before = proposal(made, people[0])
    voted(before, people, "favor")
    assert (fresh(before).stage, whole(before).end) == (Stage.REVIEW, "no_quorum")

    voted(before, people, *["favor"] * 4, at=AT + DAY)

    assert (fresh(before).stage, whole(before).end) == (Stage.DECIDED, "approved")
    assert list(Decision.objects.filter(recorded=False).order_by("pk").values_list("code", "end")) == [
        (before.code, "no_quorum"),
        (f"{before.code}-vote-2", "approved"),
    ]


def test_a_decision_that_was_voted_cannot_be_rewritten():
    made, people = committee(4)
    voted(proposal(made, people[0]), people, *["against"] * 4)
    decision = Decision.objects.get(recorded=False)

    for change in ({"end": "approved"}, {"in_favor": 4}, {"recorded": True, "vote": None}):
        with pytest.raises(IntegrityError, match="as it was counted"), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**change)


def test_ballots_in_any_order_make_the_same_verdict_and_the_same_hash():
    made, people = committee(6)
    ends = []
    for order in (people, people[::-1]):
        vote = online(made, people)
        for user in order:
            says(vote, user, "favor" if user in people[:5] else "against")
        ends.append(close(vote=vote, actor=ACTOR, at=vote.closes_at))

    assert ends[0].verdict == ends[1].verdict == "passed"
    assert ends[0].ballots_hash == ends[1].ballots_hash


def test_a_vote_of_many_closes_in_as_many_statements_as_one_of_few(django_assert_max_num_queries):
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
        said_in(vote, people, *["favor"] * size)
        with django_assert_max_num_queries(40) as found:
            close(vote=vote, actor=ACTOR, at=AT + HOUR)
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert Question.objects.filter(end="approved").count() == 2
