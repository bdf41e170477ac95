"""A ladder adopted by a decision: checked, planned, carried out, taken back."""

from datetime import date

import pytest
from tests.dues.doing import moment
from tests.followup.ladders import ladder_data, step

from tequio.decisions.effects.registry import kind_of
from tequio.decisions.models import Body
from tequio.decisions.operations import record_decision
from tequio.followup.models import FollowUpPolicy
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

ON = date(2016, 7, 15)
KIND = kind_of(name="followup.adopt_policy")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_rules")]


def kept(**given):
    return KIND.checked(data=ladder_data(**given), on=ON)


def carry_out(data, code="2016-ladder", on=ON):
    decision = record_decision(
        code=code,
        body=Body.objects.get(code="leadership-committee"),
        title=Text(en="A ladder", es="Un seguimiento"),
        decided_on=on,
        source=Text(en="x", es="x"),
        actor="test",
        at=moment(on),
    )
    return KIND.apply(plan=KIND.plan(data=data, on=on), decision=decision, actor="test", at=moment(on))


def test_what_was_kept_is_kept_again_as_it_is():
    assert KIND.checked(data=kept(), on=ON) == kept()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "follow-up-2016"}, "There is a rule “us-follow-up-2016” already."),
        ({"centers": ["mars"]}, "There is no center “mars”."),
        ({"valid_from": "2016-07-01"}, "It cannot begin on 1 July 2016"),
        ({"pace": 1}, "Nobody knows “pace”."),
    ],
)
def test_a_ladder_that_cannot_be_adopted_is_refused(change, said):
    with pytest.raises(Refusal) as refused:
        kept(**change)
    assert refused.value.text.en.startswith(said)


def test_the_plan_says_steps_words_and_figures_before_and_after():
    plan = KIND.plan(data=kept(), on=ON)
    said = {
        change.what.en.removeprefix("Center in New York: "): (
            change.before and change.before.en,
            change.after and change.after.en,
        )
        for change in plan.changes
    }
    assert said["Follow-up on late dues"] == (
        "Follow-up on late dues, 2016 (us-follow-up-2016), from 15 February 2016",
        "Another ladder (us-ladder-2016), from 1 September 2016",
    )
    assert said["Your dues are a month late"] == ("from day 31 on, by e-mail, else letter", None)
    assert said["Postage of a letter"] == ("USD 0.49", "USD 0.00")
    assert "Between two steps" not in said  # seven days in both


def test_carried_out_it_is_in_force_from_its_day_citing_its_decision():
    result = carry_out(kept())
    assert result == {
        "policies": ["us-ladder-2016"],
        "valid_from": "2016-09-01",
        "replaced": {"us": "us-follow-up-2016"},
    }
    policy = FollowUpPolicy.objects.get(code="us-ladder-2016")
    assert (policy.valid_from, policy.decision.code) == (date(2016, 9, 1), "2016-ladder")
    assert list(policy.steps.order_by("days").values_list("key", "days")) == [("reminder", 5), ("call", 20)]


def test_confirmed_late_it_begins_that_day():
    assert KIND.plan(data=kept(), on=date(2016, 9, 9)).effective_on == date(2016, 9, 9)


def test_another_ladder_adopted_meanwhile_is_a_conflict_that_names_both():
    data = kept()
    base = KIND.base(data=data)
    assert base == {"rules": {"us": ["us-follow-up-2016"]}}
    carry_out(kept(code="ladder-other", valid_from="2016-08-01"))
    moved = KIND.conflict(data=data, base=base)
    assert "us-follow-up-2016 (from 15 February 2016)" in moved.en
    assert "us-ladder-other (desde el 1 de agosto de 2016)" in moved.es


def test_taken_back_the_ladder_of_before_is_adopted_again_word_for_word():
    (back,) = KIND.inverse(data=kept(), plan={}, result=carry_out(kept()), on=date(2016, 10, 1))
    assert KIND.checked(data=back.data, on=ON) == back.data
    assert (back.data["code"], back.data["valid_from"]) == ("follow-up-2016-again", "2016-10-01")
    carry_out(dict(back.data), code="2016-back")
    old, new = (
        list(
            FollowUpPolicy.objects.get(code=code)
            .steps.order_by("days")
            .values_list("key", "days", "channels", "standings", "title_es", "text_es")
        )
        for code in ("us-follow-up-2016", "us-follow-up-2016-again")
    )
    assert old == new


def test_what_would_follow_is_said_beside_what_follows_now(members):
    members({}, {})
    data = kept(steps=[step("reminder", 5, "mail")])
    found = KIND.consequences(data=data, on=ON)
    assert found.totals["centers"]["us"]["late"] == 0
    assert found.sentences[0].en == (
        "Center in New York: 0 members are late today. At once it would reach nobody; the one in force reaches nobody."
    )


def test_a_ladder_that_is_not_there_any_more_is_named_by_the_check():
    result = carry_out(kept())
    other = record_decision(
        code="2016-other",
        body=Body.objects.get(code="leadership-committee"),
        title=Text(en="x", es="x"),
        decided_on=ON,
        source=Text(en="x", es="x"),
        actor="test",
        at=moment(ON),
    )
    assert "us-ladder-2016" in KIND.lost(decision=other, result=result)
    assert "us-nothing" in KIND.lost(decision=other, result={**result, "policies": ["us-nothing"]})
