"""The list of proposals."""

import pytest

from committees import ACTOR, AT, DAY, HOUR, committee, proposal, sitting
from decisions.wording import TWO, words
from tequio.decisions.models import Stage
from tequio.decisions.operations import amending, placing, proposing
from tequio.decisions.queries.proposals import proposal_by_code, proposals_listed
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db


def test_each_has_its_stage_its_clock_and_its_sitting_in_the_hours_of_both_cities(sample_rules):
    body, people = committee()
    sitting(body, starts_at=AT)
    proposal(body, people[0], ask="Late", at=AT - 10 * HOUR)
    proposing.draft(body=body, sponsor=people[1], words=words(), actor=ACTOR, at=AT)

    draft, late = proposals_listed(at=AT - HOUR)

    assert (draft.code, draft.stage, draft.stage_name.es, draft.changed, draft.ready, draft.sitting) == (
        "2016-2",
        Stage.DRAFT,
        "borrador",
        None,
        None,
        None,
    )
    assert (late.ask.en, late.sponsor, late.body_code, late.is_ready, late.late) == (
        "Late",
        people[0].name,
        "committee",
        False,
        False,
    )
    assert late.ready.said == Text(
        en="Sunday 17 July 2016, 22:00 New York / 21:00 Mexico City",
        es="domingo 17 de julio de 2016, 22:00 Nueva York / 21:00 Ciudad de México",
    )


def test_one_that_came_too_late_is_marked_and_so_is_one_that_is_ready():
    body, people = committee()
    sitting(body, starts_at=AT)
    sitting(body, starts_at=AT + 28 * DAY)
    proposal(body, people[0], ask="Late", at=AT - 10 * HOUR)
    proposal(body, people[0], ask="In time", at=AT - 80 * HOUR)

    in_time, late = proposals_listed(at=AT - HOUR)

    assert (in_time.late, in_time.is_ready, in_time.sitting.at) == (False, True, AT)
    assert (late.late, late.is_ready, late.sitting.at) == (True, False, AT + 28 * DAY)


def test_an_ask_in_one_language_is_said_in_it_and_marked():
    body, people = committee()
    proposal(body, people[0], translated=False)

    (line,) = proposals_listed(at=AT)

    assert (line.ask, line.ask_language, line.translation.state) == (Text(en="Do it", es="Do it"), "en", "missing")


def test_amendments_that_are_open_are_counted(circulated, beto, at):
    of = circulated()
    amending.ask_amendment(
        proposal=of,
        against=1,
        words=words(text=Text(en=TWO.en, es="Tres.")),
        why=Text(en="x", es=""),
        by=beto,
        actor=ACTOR,
        at=at,
    )

    assert [line.amendments_open for line in proposals_listed(at=at)] == [1]


def test_the_list_is_of_bodies_one_body_a_stage_or_a_sponsor():
    body, people = committee()
    team, others = committee(code="team")
    proposal(body, people[0])
    proposal(team, others[0])
    proposing.draft(body=team, sponsor=others[1], words=words(), actor=ACTOR, at=AT)

    def codes(**given):
        return [line.code for line in proposals_listed(at=AT, **given)]

    assert codes() == ["2016-3", "2016-2", "2016-1"]
    assert codes(bodies=[body.pk]) == ["2016-1"]
    assert codes(bodies=[]) == []
    assert codes(body="team") == ["2016-3", "2016-2"]
    assert codes(body="team", stage="draft") == ["2016-3"]
    assert codes(sponsor=others[0].pk) == ["2016-2"]


def test_the_number_of_queries_does_not_grow_with_the_proposals(django_assert_num_queries):
    body, people = committee()
    for number in range(3):
        of = proposal(body, people[0], ask=f"Ask {number}")
        placing.delay(proposal=of, days=1, reason="x", by=people[1], actor=ACTOR, at=AT - DAY)

    with django_assert_num_queries(8):
        assert len(proposals_listed(at=AT)) == 3


def test_a_code_that_none_has_is_refused():
    with pytest.raises(Refusal, match="There is no proposal “2016-9”"):
        proposal_by_code(code="2016-9")
