"""`tequio check` works verdicts, hashes, ends and effects out again, and names what differs."""

import pytest
from django.db import connection

from committees import AT, both, committee, proposal, voted, whole
from decisions.made_up_effect import sign
from tequio.decisions.models import Ballot, Decision, DecisionEffect, Question, Seat
from tequio.decisions.operations.carrying_out import confirm
from tequio.decisions.queries.checking import decision_differences
from tequio.kernel import triggers

pytestmark = pytest.mark.django_db
SEPTEMBER = AT.replace(month=9, day=1)


@pytest.fixture
def decided(signs):
    """A committee that decided to set a sign and to take a task on; both carried out."""
    made, people = committee(4)
    Seat.objects.update(decision=Decision.objects.get())
    task = {"kind": "task.assign", "data": {"body": made.code, "title": both("Write it").as_dict()}}
    before = proposal(made, people[0], effects=[sign(), task])
    vote = voted(before, people, *["favor"] * 4)
    decision = Decision.objects.get(proposal=before)
    confirm(decision=decision, by=people[0], actor=people[0].actor, at=SEPTEMBER)
    return vote, decision


def differences():
    return list(decision_differences())


def force(statement, *values):
    """Change what the triggers keep, as somebody with the database in hand could."""
    triggers.remove(using="default")
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    triggers.install(using="default")


def test_when_all_is_well_there_is_nothing_to_say(decided):
    assert differences() == []


def test_a_ballot_changed_afterwards_is_found_by_its_hash_and_by_the_verdict(decided):
    vote, _ = decided
    for ballot in Ballot.objects.all():
        force("UPDATE decisions_ballot SET choice = 'against' WHERE id = %s", ballot.pk)

    assert differences() == [
        f"vote {vote.pk}: its ballots are not those that were counted",
        f"vote {vote.pk}: “passed” is stored, “rejected” follows from the ballots",
        f"vote {vote.pk}: its counts do not follow from the ballots",
        f"vote {vote.pk}: the lines that explain it do not follow from the ballots",
    ]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE decisions_elector SET weight = 9", "its electorate is not the one that was frozen"),
        ("UPDATE decisions_vote SET seen = '{}'", "what its voters saw is not what was frozen"),
        ("UPDATE decisions_decision SET \"end\" = 'not_approved' WHERE recorded = %s", "follows from its vote"),
        ("UPDATE decisions_decision SET in_favor = 99 WHERE recorded = %s", "its vote has"),
        ("UPDATE decisions_decisioneffect SET data = '{}' WHERE position = 0", "not those that were voted"),
        ("UPDATE decisions_decisioneffect SET plan = '{}' WHERE position = 0", "its plan was not kept"),
        ("UPDATE decisions_decisioneffect SET confirmed_as = '' WHERE position = 0", "nobody confirmed it"),
        ("UPDATE decisions_decisioneffect SET kind = 'gone.kind' WHERE position = 0", "There is no effect"),
        ("UPDATE decisions_actionitem SET decision_id = NULL", "there is no task from it"),
        ("UPDATE decisions_question SET \"end\" = 'deferred'", "ends “deferred”, its decision “approved”"),
        ("UPDATE decisions_proposal SET stage = 'vote'", "its stage and its votes do not agree"),
        ("UPDATE decisions_seat SET decision_id = NULL WHERE code LIKE '%%1'", "cites no decision"),
    ],
    ids=str,
)
def test_what_somebody_changed_behind_the_program_is_named(decided, statement, said):
    force(statement, *([False] if "%s" in statement else []))

    assert [line for line in differences() if said in line] != []


def test_the_whole_of_a_divided_question_is_compared_with_its_parts(decided):
    made, people = committee(3, code="other")
    Seat.objects.update(decision=Decision.objects.first())
    before = proposal(made, people[0])
    version = whole(before).version
    for number, end in ((1, "approved"), (2, "approved")):
        Question.objects.create(
            proposal=before, version=version, number=number, title_en="x", title_es="x", end=end, ended_at=AT
        )

    assert differences() == [f"proposal {before.code}: the whole ends “”, its parts say “approved”"]


def test_the_check_of_the_whole_program_asks_for_decisions_too(decided, sample_rules):
    from tequio.project.checking import differences as all_differences

    DecisionEffect.objects.update(confirmed_as="")

    assert [line for line in all_differences() if "nobody confirmed it" in line] != []


def test_the_sample_rules_have_nothing_to_answer_for(sample_rules):
    assert differences() == []
