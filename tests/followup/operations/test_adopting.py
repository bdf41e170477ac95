"""A ladder written as data is put in force by a decision."""

from datetime import date

import pytest
from tests.followup.ladders import ladder_data

from nights import noon
from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.followup.models import FollowUpPolicy
from tequio.followup.operations.adopting import adopt
from tequio.followup.policies_in_force import ladder_on, ladders
from tequio.followup.written import ladder_written
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event

pytestmark = pytest.mark.django_db
ON = date(2016, 7, 15)


def put(decision=0, **given):
    ladder = ladder_written(data=ladder_data(**given), on=ON)
    return adopt(ladder=ladder, decision=Decision.objects.order_by("pk")[decision], actor="test", at=noon(ON))


def test_it_is_in_force_in_each_of_its_centers_from_its_day_and_cites_its_decision(sample_rules):
    found = put(centers=["us", "mx"], postage={"mx": "9.50"}, terms={"apart_days": 4})

    assert [(p.code, p.postage, p.apart_days, p.decision_id) for p in found] == [
        ("us-ladder-2016", 0, 4, Decision.objects.order_by("pk")[0].pk),
        ("mx-ladder-2016", 950, 4, Decision.objects.order_by("pk")[0].pk),
    ]
    policies = ladders()[Center.objects.get(code="us").pk]
    assert [ladder_on(policies=policies, on=date(2016, month, 1)).ladder.code for month in (8, 9)] == [
        "us-follow-up-2016",
        "us-ladder-2016",
    ]
    rule = ladder_on(policies=policies, on=date(2016, 9, 1)).ladder
    written = ladder_written(data=ladder_data(terms={"apart_days": 4}), on=ON).as_rule(center="us")
    assert (rule.steps, rule.apart_days, rule.arrives_after) == (
        written.steps,
        written.apart_days,
        written.arrives_after,
    ), "what was previewed is what is in force"


def test_the_same_again_is_the_same(sample_rules):
    first, second = put(), put()

    assert [p.pk for p in first] == [p.pk for p in second]
    assert Event.objects.filter(subject="follow_up_policy:us-ladder-2016").count() == 1


@pytest.mark.parametrize(
    ("decision", "given", "said"),
    [
        (1, {}, "was adopted by another decision"),
        (0, {"code": "other"}, "is in force in us from 2016-09-01 already"),
        (0, {"code": "other", "centers": ["mx", "nowhere"]}, "nowhere"),
        (0, {"code": "other", "centers": ["mx", "us"]}, "is in force in us"),
    ],
)
def test_what_cannot_be_adopted_is_refused_and_leaves_nothing_behind(sample_rules, decision, given, said):
    put()
    before = FollowUpPolicy.objects.count()

    with pytest.raises(Refusal, match=said):
        put(decision=decision, **given)

    assert FollowUpPolicy.objects.count() == before
