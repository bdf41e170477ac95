"""Payment thresholds adopted by a decision: checked, compared member by member, carried out, taken back."""

from datetime import date

import pytest
from tests.dues import doing
from tests.dues.effects.test_dues_table import decision

from tequio.decisions.effects.registry import kind_of
from tequio.dues.models import PaymentPolicy
from tequio.dues.queries import standing_of
from tequio.kernel.errors import Refusal

ON = date(2016, 7, 15)
KIND = kind_of(name="dues.adopt_payment_policy")
DATA = {
    "code": "payment-limited",
    "title": {"en": "Limited before disabled", "es": "Limitada antes de suspendida"},
    "valid_from": "2016-08-01",
    "centers": ["us"],
    "at_risk_from": 31,
    "limited_from": 61,
    "disabled_from": 121,
    "return_days": 14,
    "works": {"disabled": {"off": ["sites"], "hold": ["mail"]}, "inactive": {"removed_after_export": True}},
}
pytestmark = pytest.mark.django_db


def carry_out(data=DATA, on=ON):
    plan = KIND.plan(data=data, on=on)
    return KIND.apply(plan=plan, decision=decision(), actor="test", at=doing.moment(on))


def test_thresholds_are_kept_as_they_were_written_and_those_there_are_none_of_left_out():
    assert KIND.checked(data={**DATA, "warning_day": None, "attempt_required": True, "assumed": []}, on=ON) == DATA


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"limited_from": 10}, "The thresholds of payment-limited are not in order"),
        ({"at_risk_from": 0}, "The thresholds of payment-limited are not in order"),
        ({"at_risk_from": "31"}, "“at_risk_from” is a whole number from 0 to 32767."),
        ({"at_risk_from": True}, "“at_risk_from” is a whole number"),
        ({"attempt_required": "no"}, "“attempt_required” is true or false."),
        ({"centers": []}, "“centers” names at least one center."),
        ({"centers": ["us", "us"]}, "“centers” names something twice."),
        ({"centers": ["mars"]}, "There is no center “mars”."),
        ({"works": {"good": {"off": ["sites"]}}}, "Nobody knows “good” (works)."),
        ({"works": {"disabled": {"burn": ["sites"]}}}, "Nobody knows “burn” (works: disabled)."),
        ({"works": {"disabled": {"off": "sites"}}}, "“off” is a list of words."),
        ({"code": "payment-2012"}, "There is a rule “us-payment-2012” already."),
        ({"valid_from": "2016-01-01"}, "It cannot begin on 1 January 2016: that day is over."),
        ({"grace": 3}, "Nobody knows “grace” (dues.adopt_payment_policy)."),
        ({"assumed": ["everything"]}, "Nobody knows “everything” (assumed)."),
    ],
)
def test_thresholds_that_cannot_be_are_refused(change, said):
    with pytest.raises(Refusal) as refused:
        KIND.checked(data={**DATA, **change}, on=ON)
    assert refused.value.text.en.startswith(said)


def test_the_plan_says_only_the_lines_that_change():
    changes = KIND.plan(data=DATA, on=ON).changes
    said = [
        (c.what.en.removeprefix("Center in New York: "), c.before and c.before.en, c.after and c.after.en)
        for c in changes
    ]
    assert said == [
        (
            "When dues are late",
            "Payment policy of 2012 (us-payment-2012), from 1 January 2012",
            "Limited before disabled (us-payment-limited), from 1 August 2016",
        ),
        ("Notice", "14 days before the due date", None),
        ("Notice of an instalment", "7 days before the due date", None),
        ("Warning", "on day 31 after the due date", None),
        ("Disabled", "from day 91 after the due date", "from day 121 after the due date"),
        ("Inactive after being disabled for", "3 months", None),
        ("What stops while disabled", "off: sites, lists, sign-in; on hold: mail", "off: sites; on hold: mail"),
        ("Limited", None, "from day 61 after the due date"),
    ]


def behind(members):
    """Three who are behind since April, May and July, one who has paid ahead, one of Mexico."""
    members(
        {"paid_until": "2016-04-01"},
        {"paid_until": "2016-05-10"},
        {"paid_until": "2016-07-10"},
        {"paid_until": "2017-03-01"},
        {"paid_until": "2016-03-01", "center": "mx"},
    )
    doing.run("2016-02-20", "2016-07-31")
    doing.tried("M1", "2016-05-01")


def test_standings_of_today_are_compared_as_if_it_began_today(members):
    behind(members)
    found = KIND.consequences(data=DATA, on=ON)
    assert found.totals["centers"]["us"] == {
        "members": 4,
        "changed": 2,
        "worse": 1,
        "better": 1,
        "standings": {
            "good": {"now": 2, "then": 2},
            "at_risk": {"now": 1, "then": 0},
            "limited": {"now": 0, "then": 2},
            "disabled": {"now": 1, "then": 0},
            "inactive": {"now": 0, "then": 0},
        },
    }
    assert found.sentences[0].es == (
        "Centro en Nueva York: si empezara hoy, 2 de 4 membresías cambiarían de situación: 1 para mal, 1 para bien."
    )
    who = found.tables[1]
    assert (who.private, [[cell.en for cell in row] for row in who.rows]) == (
        True,
        [["Member 1 (M1)", "disabled", "limited"], ["Member 2 (M2)", "at risk", "limited"]],
    )


def test_what_is_compared_is_what_stands_after_it_was_carried_out(members):
    behind(members)
    then = KIND.consequences(data={**DATA, "valid_from": "2016-07-15"}, on=ON).totals["centers"]["us"]["standings"]
    carry_out({**DATA, "valid_from": "2016-07-15"})
    stands = [standing_of(code=code, on=ON).verdict.standing.value for code in ("M1", "M2", "M3", "M4")]
    assert {standing: row["then"] for standing, row in then.items()} == {
        standing: stands.count(standing) for standing in then
    }


def test_who_is_not_behind_costs_no_query(members, django_assert_max_num_queries):
    behind(members)
    with django_assert_max_num_queries(20):
        KIND.consequences(data=DATA, on=ON)


def test_carried_out_it_holds_from_its_day_and_a_standing_cites_the_decision(members):
    behind(members)
    carry_out()
    before, after = (standing_of(code="M2", on=day).verdict for day in (date(2016, 7, 31), date(2016, 8, 1)))
    assert (before.policy.code, after.policy.code) == ("us-payment-2012", "us-payment-limited")
    assert after.policy.decision == "2016-new-dues"


def test_confirmed_late_it_begins_that_day_and_nobody_stands_otherwise_on_a_day_gone_by():
    plan = KIND.plan(data=DATA, on=date(2016, 8, 9))
    assert (plan.effective_on, plan.data["valid_from"]) == (date(2016, 8, 9), "2016-08-09")


def test_other_thresholds_adopted_meanwhile_are_a_conflict():
    base = KIND.base(data=DATA)
    assert base == {"rules": {"us": ["us-payment-2012", "us-payment-2022"]}}
    carry_out({**DATA, "code": "payment-other", "valid_from": "2016-07-20"})
    assert "Now it is us-payment-other (from 20 July 2016)" in KIND.conflict(data=DATA, base=base).en


def test_taken_back_the_thresholds_of_before_are_adopted_again_without_their_transition():
    (back,) = KIND.inverse(data=DATA, plan={}, result=carry_out(), on=date(2016, 10, 1))
    assert KIND.checked(data=back.data, on=ON) == back.data
    old, again = PaymentPolicy.objects.get(code="us-payment-2012"), back.data
    assert again["code"] == "payment-2012-again"
    assert (again["notice_days"], again["disabled_from"], again["works"]) == (14, 91, old.works)
    assert KIND.conflict(data=again, base=back.base) is None
