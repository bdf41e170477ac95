"""Every kind of effect there is, of whatever topic: its example is accepted, said, planned, carried out, taken back."""

import json
from contextlib import suppress
from datetime import date

import pytest
from django.utils.translation import override

from tequio.decisions.effects.previewing import preview_of
from tequio.decisions.effects.registry import Effect, kinds, lost
from tequio.kernel.errors import Refusal

ON = date(2016, 2, 1)
NAMES = [kind.name for kind in kinds()]
KINDS = {kind.name: kind for kind in kinds()}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_rules")]


def budget(*, at):
    """New York's budget of 2016, presented, with one amendment."""
    from tests.budgets.planning import CALLER, both, presented

    from tequio.budgets.operations.amending import ask_amendment
    from tequio.rules.budget_changes import Action

    there = presented(at=at)
    ask_amendment(
        budget=there,
        action=Action.ADD,
        name=CALLER.code,
        then=CALLER,
        why=both("why"),
        asked_by="Ana",
        actor="test",
        at=at,
    )


def chair(*, at):
    """A seat nobody holds yet, and somebody to hold it."""
    from tequio.accounts.models import User
    from tequio.decisions.models import Body
    from tequio.decisions.operations.seating import open_seat
    from tequio.rules.reasons import Text

    User.objects.create_user(email="chair@example.org", name="Ana")
    open_seat(
        body=Body.objects.get(code="leadership-committee"),
        office="chair",
        title=Text(en="Chair", es="Presidencia"),
        center=None,
        votes=False,
        opened_on=ON,
        decision=None,
        actor="test",
        at=at,
    )


def leadership(*, at):
    """A series of the leadership committee."""
    from tequio.meetings.effects.series import CreateSeries
    from tequio.meetings.operations.series import put_down_series
    from tequio.meetings.series_terms import checked, whole

    terms = whole(data=checked(data=CreateSeries.example, start=ON))
    put_down_series(code="leadership", terms=terms, valid_from=ON, decision=None, actor="test", at=at)


def water(*, at):
    """A loan to a coalition."""
    from tequio.services.operations.agreeing import lend

    lend(
        code="water",
        name="Agua",
        center_code="mx",
        decision_code="2016-06-dues-split",
        counts={"list": 1},
        first_day=ON,
        last_day=date(2032, 1, 1),
        email="",
        language="es",
        actor="test",
        at=at,
    )


# What has to be there for the example of a kind, beside the sample rules.
NEEDED = {
    "budget.adopt_version": budget,
    "budget.amend": budget,
    "role.appoint": chair,
    "role.end": chair,
    "series.change": leadership,
    "services.end_loan": water,
}


@pytest.fixture(params=NAMES)
def kind(request, sample_rules, at):
    if request.param in NEEDED:
        NEEDED[request.param](at=at)
    return KINDS[request.param]


def test_there_are_the_kinds_the_organization_decides_with():
    wanted = {"dues.adopt_policy", "dues.adopt_payment_policy", "followup.adopt_policy", "body.create"}
    wanted |= {"body.change_mandate", "body.adopt_rule", "role.appoint", "role.open_seat", "role.end", "task.assign"}
    wanted |= {"series.create", "series.change"}
    wanted |= {"services.adopt_terms", "services.offer", "services.lend", "services.end_loan"}
    assert wanted <= set(NAMES)


def test_its_example_is_accepted_and_kept_as_it_is_kept(kind):
    kept = kind.checked(data=kind.example, on=ON)
    assert kind.checked(data=kept, on=ON) == kept
    assert json.loads(json.dumps(kept)) == kept


def test_it_says_itself_in_both_languages(kind):
    said = kind.said(data=kind.checked(data=kind.example, on=ON))
    assert said.en
    assert said.es
    assert said.en != said.es
    assert kind.title.en != kind.title.es


def test_an_unknown_key_is_refused(kind):
    with pytest.raises(Refusal):
        kind.checked(data={**kind.example, "surprise": 1}, on=ON)


def test_what_is_no_data_of_it_is_refused(kind):
    for data in ({}, {"code": None}, {"title": []}, {"valid_from": {}}, {"tables": 1, "steps": "x"}):
        with pytest.raises(Refusal):
            kind.checked(data=data, on=ON)


def test_no_value_of_no_key_is_more_than_a_refusal(kind):
    for value in (None, [], {}, "", -1, True, ["x", {}], {"en": 1, "es": []}, "9" * 5000, 10**30):
        for key in kind.example:
            with suppress(Refusal):
                kind.checked(data={**kind.example, key: value}, on=ON)


def test_written_today_it_is_in_no_conflict_and_its_base_is_data(kind):
    kept = kind.checked(data=kind.example, on=ON)
    base = kind.base(data=kept)
    assert json.loads(json.dumps(base)) == base
    assert kind.conflict(data=kept, base=base) is None


def test_what_is_previewed_is_what_is_planned(kind):
    kept = kind.checked(data=kind.example, on=ON)
    shown = preview_of(effects=[Effect(kind=kind.name, data=kept, base=kind.base(data=kept))], on=ON).as_json()
    plan = kind.plan(data=kept, on=ON)
    one = shown["effects"][0]
    assert json.loads(json.dumps(shown)) == shown
    assert (one["effective_on"], one["plan"]) == (plan.effective_on.isoformat(), dict(plan.data))
    assert one["changes"] == [change.as_json() for change in plan.changes]


def test_the_language_of_who_asks_changes_nothing_that_is_kept(kind):
    found = []
    for language in ("en", "es"):
        with override(language):
            found.append(preview_of(effects=[Effect(kind=kind.name, data=kind.example)], on=ON).digest())
    assert found[0] == found[1]


def test_carried_out_its_result_is_data_and_it_can_be_taken_back_or_says_why_not(kind, decision, at):
    kept = kind.checked(data=kind.example, on=ON)
    plan = kind.plan(data=json.loads(json.dumps(kept)), on=ON)
    result = kind.apply(plan=plan, decision=decision, actor="test", at=at)
    result = json.loads(json.dumps(result))
    assert lost(kind, decision=decision, result=result) == ""
    try:
        back = kind.inverse(data=kept, plan=dict(plan.data), result=result, on=date(2031, 8, 1))
    except Refusal as refusal:
        assert refusal.text.en != refusal.text.es  # noqa: PT017 - CONFIG: either answer is right
        return
    assert back or kind.name == "task.assign"  # a task is closed by whoever has it
    for effect in back:
        again = KINDS[effect.kind]
        assert again.plan(data=again.checked(data=effect.data, on=ON), on=ON).changes


@pytest.fixture
def decision(at):
    from tequio.decisions.models import Body
    from tequio.decisions.operations import record_decision
    from tequio.rules.reasons import Text

    text = Text(en="A decision", es="Un acuerdo")
    body = Body.objects.get(code="leadership-committee")
    return record_decision(code="d", body=body, title=text, decided_on=ON, source=text, actor="test", at=at)
