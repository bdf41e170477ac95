"""What of deciding waits for a person on home."""

import pytest

from committees import AT, DAY, committee, fresh, proposal, sits, voted, whole
from tequio.accounts.permissions import Sits
from tequio.decisions.models import Office
from tequio.decisions.operations.carrying_out import confirm
from tequio.decisions.operations.opening import open_vote
from tequio.decisions.operations.tasks import close_task, open_task
from tequio.decisions.operations.voting import cast
from tequio.front.queries.deciding_needs import deciding_needs
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db


@pytest.fixture
def six(sample_rules):
    body, people = committee(6)
    sits(body, people[0], office=Office.CHAIR, votes=False)
    return body, people


def needs(user, body, *, at=AT, keeps=False):
    where = Sits(on=frozenset({body.pk}), keeps=frozenset({body.pk} if keeps else ()))
    return [
        (need.count, need.text.en, need.url)
        for need in deciding_needs(user=user, sits=where, keeps_all=False, on=at.date(), at=at)
    ]


def test_a_vote_waits_for_whoever_has_not_voted_and_says_when_it_closes_in_both_cities(six):
    body, people = six
    asked = proposal(body, people[0])
    vote = open_vote(body=body, proposal=asked, question=whole(asked), by=people[0], actor="test", at=AT)
    (line,) = needs(people[1], body)
    assert line[2] == f"/votes/{vote.pk}/"
    assert "New York" in line[1]
    assert "Mexico City" in line[1]
    cast(vote=vote, elector=vote.electors.get(user=people[1]), choice="favor", by=people[1], actor="test", at=AT)
    assert needs(people[1], body) == []


def test_what_was_decided_waits_for_the_chair_to_confirm_it(six):
    body, people = six
    effects = [{"kind": "task.assign", "data": {"body": body.code, "title": {"en": "Do", "es": "Hacer"}}}]
    decision = voted(proposal(body, people[0], effects=effects), people, *["favor"] * 6).decision
    assert needs(people[1], body) == []
    assert needs(people[0], body, keeps=True) == [
        (1, "decision to be confirmed and carried out", f"/decisions/{decision.code}/carry-out/")
    ]
    confirm(decision=fresh(decision), by=people[0], actor="test", at=AT + DAY)
    assert needs(people[0], body, keeps=True) == []


def test_a_task_comes_back_until_it_is_closed(six):
    body, people = six
    task = open_task(title=Text(en="x", es="x"), body=body, owner=people[2], due_on=AT.date(), actor="test", at=AT)
    assert needs(people[2], body) == [(1, "task of yours is open", "/tasks/?show=mine")]
    close_task(task=task, note="", actor="test", at=AT)
    assert needs(people[2], body) == []


def test_nobody_hears_of_other_bodies(six):
    body, people = six
    asked = proposal(body, people[0])
    open_vote(body=body, proposal=asked, question=whole(asked), by=people[0], actor="test", at=AT)
    assert deciding_needs(user=people[1], sits=Sits(), keeps_all=False, on=AT.date(), at=AT) == []
