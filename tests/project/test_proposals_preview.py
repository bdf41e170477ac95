"""`tequio proposals preview`: what a proposal would do; what its voters saw once it cannot be worked out any more."""

import json
from datetime import UTC, datetime

import pytest

from tequio.accounts.models import User
from tequio.decisions.models import Body, How, Question, Seat, Term, Version, Vote
from tequio.decisions.operations.importing import import_proposals
from tequio.decisions.queries.previews import preview_of_proposal
from tequio.decisions.queries.proposals import proposal_by_code
from tequio.kernel.errors import Refusal

DUES = {
    "kind": "dues.adopt_policy",
    "data": {
        "code": "dues-2031",
        "title": {"en": "Dues of 2031", "es": "Cuotas de 2031"},
        "valid_from": "2031-07-01",
        "tables": {"us": {"organization": {"membership": 37.5, "operations": 150}, "individual": {"membership": 25}}},
    },
}
LATER = datetime(2031, 8, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(members, tmp_path, at):
    """A proposal of a new table, taken in from a file; two members it is about."""
    members({}, {"operations": "no", "member_name": "La Colmena"})
    body = Body.objects.get(code="leadership-committee")
    ana = User.objects.create_user(email="ana@example.org", name="Ana")
    seat = Seat.objects.create(code="s", body=body, title_en="Seat", title_es="Lugar", opened_on=at.date())
    Term.objects.create(seat=seat, user=ana, starts_on=at.date())
    row = {
        "body": "leadership-committee",
        "sponsor": "ana@example.org",
        "original": "en",
        "ask": {"en": "New dues.", "es": "Cuotas nuevas."},
        "text": {"en": "New dues.", "es": "Cuotas nuevas."},
        "resources": {"en": "None.", "es": "Ninguno."},
        "no_priority_because": "It is about hens.",
        "effects": [DUES],
    }
    path = tmp_path / "proposals.json"
    path.write_text(json.dumps(row), encoding="utf-8")
    import_proposals(path=path, actor="test", at=at)
    return proposal_by_code(code="2016-1")


def test_an_amount_with_a_fraction_is_taken_in_from_a_file_as_it_is_written(proposal):
    effect = Version.objects.get(proposal=proposal).effects[0]
    assert effect["data"]["tables"]["us"]["organization"] == {"membership": "37.50", "operations": "150"}


def test_the_preview_is_json_with_totals_assumptions_and_names(proposal, cli):
    code, out, _ = cli("proposals", "preview", "2016-1", "--assume", "drop_operations=50", "--json")
    found = json.loads(out)
    assert (code, found["proposal"], found["version"], found["refused"], found["seen"]) == (0, "2016-1", 1, None, [])
    totals = found["effects"][0]["totals"]["centers"]["us"]
    assert (totals["members"], totals["income_now"], totals["income_after"]) == (2, 250, 225)
    assert totals["income_supposed"] == 150
    assert {one["name"]: one["value"] for one in found["assumptions"]} == {
        "drop_operations": 50,
        "members_change": 0,
        "new_without_operations_us": 0,
    }
    assert "La Colmena (M2)" in out


def test_the_preview_is_said_in_both_languages(proposal, cli):
    _, english, _ = cli("--lang", "en", "proposals", "preview", "2016-1")
    _, spanish, _ = cli("--lang", "es", "proposals", "preview", "2016-1")
    assert "Center in New York: of 2 members today, 0 would pay more, 0 the same and 2 less." in english
    assert "Centro en Nueva York: de 2 membresías de hoy, 0 pagarían más, 0 lo mismo y 2 menos." in spanish
    assert "Vigente desde el 1 de julio de 2031" in spanish


@pytest.mark.parametrize("assumed", ["hens=3", "drop_operations=101"])
def test_an_assumption_that_cannot_be_is_refused(proposal, cli, assumed):
    code, out, err = cli("proposals", "preview", "2016-1", "--assume", assumed, "--json")
    assert (code, out) == (1, "")
    assert "assumption" in err or "whole number" in err


@pytest.mark.parametrize("assumed", ["much", "drop_operations", "drop_operations=x", "drop_operations=99999999999"])
def test_what_is_no_assumption_is_wrong_usage(proposal, cli, assumed):
    code, out, _ = cli("proposals", "preview", "2016-1", "--assume", assumed)
    assert (code, out) == (2, "")


def test_once_it_cannot_be_worked_out_what_its_voters_saw_is_there_and_why(proposal, at):
    with pytest.raises(Refusal, match="that day is over"):
        preview_of_proposal(proposal=proposal, at=LATER)
    seen = preview_of_proposal(proposal=proposal, at=at).preview
    version = Version.objects.get(proposal=proposal)
    question = Question.objects.filter(version=version).first() or Question.objects.create(
        proposal=proposal, version=version, title_en="x", title_es="x"
    )
    vote(proposal=proposal, question=question, seen=seen, at=at)
    later = preview_of_proposal(proposal=proposal, at=LATER)
    assert later.preview is None
    assert later.why_not.es.startswith("Efecto 1: No puede empezar el 1 de julio de 2031: ese día ya pasó.")
    (one,) = later.as_json()["seen"]
    assert (one["hash"], one["effects"]) == (seen.digest(), seen.as_json()["effects"])


def vote(*, proposal, question, seen, at):
    from tequio.decisions.models import DecisionRule
    from tequio.decisions.models.decided import Decision

    ana = User.objects.get()
    rule = DecisionRule.objects.first() or DecisionRule.objects.create(
        body=proposal.body,
        code="r",
        title_en="r",
        title_es="r",
        valid_from=at.date(),
        decision=Decision.objects.first(),
        terms={"quorum": "1/2", "majority": ">1/2"},
    )
    Vote.objects.create(
        body=proposal.body,
        proposal=proposal,
        question=question,
        motion_en="x",
        motion_es="x",
        rule_row=rule,
        rule={},
        how=How.ONLINE,
        opened_at=at,
        opened_by=ana,
        closes_at=at,
        seen=seen.as_json(),
        seen_hash=seen.digest(),
    )


def test_every_kind_of_effect_is_listed_with_data_to_copy(cli):
    from tequio.decisions.effects.registry import kinds

    code, out, _ = cli("proposals", "effects", "--json")
    listed = {one["kind"]: one["data"] for one in json.loads(out)}
    assert (code, listed) == (0, {kind.name: json.loads(json.dumps(kind.example)) for kind in kinds()})
    _, spanish, _ = cli("--lang", "es", "proposals", "effects")
    assert "Adoptar una tabla de cuotas:" in spanish
