"""A table of dues adopted by a decision: checked, planned, carried out, taken back; billed before keeps its rule."""

from datetime import date

import pytest
from django.db import transaction
from tests.dues import doing

from tequio.decisions.effects.previewing import preview_of
from tequio.decisions.effects.registry import Effect, kind_of
from tequio.decisions.models import Body
from tequio.decisions.operations import record_decision
from tequio.dues.models import DuesPolicy, InvoiceLine
from tequio.dues.queries import invoice_by_number, why_lines
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

ON = date(2016, 7, 15)
KIND = kind_of(name="dues.adopt_policy")
DATA = {
    "code": "dues-new",
    "title": {"en": "New dues", "es": "Cuotas nuevas"},
    "valid_from": "2016-08-01",
    "tables": {"us": {"organization": {"membership": 60, "operations": 160}, "individual": {"membership": "30"}}},
}
KEPT = {
    **DATA,
    "tables": {
        "us": {"organization": {"membership": "60", "operations": "160"}, "individual": {"membership": "30"}},
    },
}
pytestmark = pytest.mark.django_db


def decision(code="2016-new-dues"):
    title = Text(en="New dues", es="Cuotas nuevas")
    return record_decision(
        code=code,
        body=Body.objects.get(code="leadership-committee"),
        title=title,
        decided_on=ON,
        source=title,
        actor="test",
        at=doing.moment(ON),
    )


def carry_out(data=KEPT, on=ON, by=None):
    plan = KIND.plan(data=data, on=on)
    return KIND.apply(plan=plan, decision=by or decision(), actor="test", at=doing.moment(on))


def test_amounts_are_kept_as_text_and_the_same_again_is_the_same():
    assert KIND.checked(data=DATA, on=ON) == KEPT
    assert KIND.checked(data=KEPT, on=ON) == KEPT


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"valid_from": "2016-07-14"},
            "It cannot begin on 14 July 2016: that day is over. The earliest is 15 July 2016.",
        ),
        ({"valid_from": "soon"}, "“valid_from” is a day like 2016-07-01."),
        ({"code": "dues-2016"}, "There is a rule “us-dues-2016” already."),
        ({"valid_from": "2022-01-01"}, "us-dues-2022 begins in us on 1 January 2022 already."),
        ({"tables": {"mars": {}}}, "There is no center “mars”. Centers here: mx, us."),
        ({"title": {"en": "x"}}, "“title” needs its text in both languages"),
        ({"code": "Dues 2016"}, "“code” has 1 to 40 small letters"),
        ({"decision": "x"}, "Nobody knows “decision” (dues.adopt_policy)."),
        ({"tables": []}, "“tables” is a table and has something in it."),
    ],
)
def test_what_cannot_be_adopted_is_refused_with_a_sentence(change, said):
    with pytest.raises(Refusal) as refused:
        KIND.checked(data={**DATA, **change}, on=ON)
    assert refused.value.text.en.startswith(said)
    assert refused.value.text.es != refused.value.text.en


def test_it_names_what_stands_from_its_day_on():
    assert KIND.base(data=KEPT) == {"rules": {"us": ["us-dues-2016", "us-dues-2022"]}}
    assert KIND.conflict(data=KEPT, base=KIND.base(data=KEPT)) is None


def test_another_table_adopted_meanwhile_is_a_conflict_that_names_both():
    base = KIND.base(data=KEPT)
    carry_out({**KEPT, "code": "dues-other", "valid_from": "2016-07-20"})
    moved = KIND.conflict(data=KEPT, base=base)
    assert moved == Text(
        en="It was written when us-dues-2016 (from 1 July 2016), then us-dues-2022 (from 1 January 2022) stood in us "
        "from that day on. Now it is us-dues-other (from 20 July 2016), then us-dues-2022 (from 1 January 2022). "
        "Nothing is overwritten: look at both, and decide again.",
        es="Se escribió cuando en us regía us-dues-2016 (desde el 1 de julio de 2016), luego us-dues-2022 (desde el "
        "1 de enero de 2022) desde ese día. Ahora es us-dues-other (desde el 20 de julio de 2016), luego us-dues-2022 "
        "(desde el 1 de enero de 2022). Nada se sobrescribe: revisen ambas y acuerden de nuevo.",
    )


def test_a_table_adopted_for_a_later_day_is_a_conflict_too():
    base = KIND.base(data=KEPT)
    carry_out({**KEPT, "code": "dues-other", "valid_from": "2016-09-01"})
    assert "us-dues-other" in KIND.conflict(data=KEPT, base=base).en


def test_its_own_table_is_no_conflict_once_it_was_carried_out():
    base = KIND.base(data=KEPT)
    carry_out()
    assert KIND.conflict(data=KEPT, base=base) is None


def test_the_plan_says_every_amount_before_and_after():
    plan = KIND.plan(data=KEPT, on=ON)
    assert plan.effective_on == date(2016, 8, 1)
    said = [
        (c.what.en.removeprefix("Center in New York: "), c.before and c.before.en, c.after and c.after.en)
        for c in plan.changes
    ]
    assert said == [
        (
            "Table of dues",
            "Dues of 2016, in two parts (us-dues-2016), from 1 July 2016",
            "New dues (us-dues-new), from 1 August 2016",
        ),
        ("Organizations, membership dues", "USD 50.00", "USD 60.00"),
        ("Organizations, operations and support", "USD 150.00", "USD 160.00"),
        ("Individuals, membership dues", "USD 25.00", "USD 30.00"),
        ("Individuals, operations and support", "USD 75.00", None),
    ]


def test_where_only_one_table_has_bands_each_band_is_compared_with_the_plain_amount():
    changes = KIND.plan(data={**KEPT, "valid_from": "2023-01-01"}, on=ON).changes
    assert [(c.what.es, c.before.es, c.after.es) for c in changes[1:3]] == [
        ("Centro en Nueva York: Organizaciones, cuota de membresía, rango de ingreso 1", "USD 25.00", "USD 60.00"),
        ("Centro en Nueva York: Organizaciones, cuota de membresía, rango de ingreso 2", "USD 37.50", "USD 60.00"),
    ]


def test_carried_out_it_is_in_force_from_its_day_citing_its_decision():
    assert carry_out() == {
        "policies": ["us-dues-new"],
        "valid_from": "2016-08-01",
        "replaced": {"us": "us-dues-2016"},
    }
    policy = DuesPolicy.objects.get(code="us-dues-new")
    assert (policy.valid_from, policy.decision.code, policy.title_es) == (
        date(2016, 8, 1),
        "2016-new-dues",
        "Cuotas nuevas",
    )
    cells = policy.tariffs.order_by("pk").values_list("kind", "part", "band", "amount")
    assert list(cells) == [
        ("organization", "membership", None, 6_000),
        ("organization", "operations", None, 16_000),
        ("individual", "membership", None, 3_000),
    ]


def test_carried_out_twice_it_is_the_same_table_and_another_decision_is_refused():
    first = decision()
    assert carry_out(by=first) == carry_out(by=first)
    assert DuesPolicy.objects.filter(code="us-dues-new").count() == 1
    with pytest.raises(Refusal, match="There is a rule “us-dues-new” by now, of decision 2016-new-dues"):
        carry_out(by=decision("2016-other"))


def test_two_centers_are_adopted_whole_or_not_at_all(monkeypatch):
    data = {**KEPT, "tables": {**KEPT["tables"], "mx": KEPT["tables"]["us"]}}
    plan = KIND.plan(data=data, on=ON)
    carry_out({**data, "tables": {"us": KEPT["tables"]["us"]}}, by=decision("2016-other"))
    with pytest.raises(Refusal), transaction.atomic():
        KIND.apply(plan=plan, decision=decision(), actor="test", at=doing.moment(ON))
    assert not DuesPolicy.objects.filter(code="mx-dues-new").exists()


def test_what_was_billed_before_keeps_its_rule_and_the_next_invoice_leads_to_the_decision(members):
    members({"operations": "yes"}, {"operations": "yes", "paid_until": "2016-08-20"})
    doing.run("2016-07-15")
    carry_out()
    doing.run("2016-08-10", "2016-08-31")
    lines = InvoiceLine.objects.order_by("pk").values_list("invoice__policy__code", "part", "amount")
    assert list(lines) == [
        ("us-dues-2016", "membership", 5_000),
        ("us-dues-2016", "operations", 15_000),
        ("us-dues-new", "membership", 6_000),
        ("us-dues-new", "operations", 16_000),
    ]
    later = InvoiceLine.objects.order_by("pk").last().invoice
    why = why_lines(invoice=invoice_by_number(number=later.number))
    assert {(line.policy, line.decision) for line in why} == {("us-dues-new", "2016-new-dues")}


def test_confirmed_late_it_begins_on_its_day_if_nothing_was_billed_since():
    assert KIND.plan(data=KEPT, on=date(2016, 8, 5)).effective_on == date(2016, 8, 1)


def test_confirmed_late_it_begins_after_the_last_invoice_made_since(members):
    members({"paid_until": "2016-08-10"})
    doing.run("2016-08-03", "2016-08-31")
    plan = KIND.plan(data=KEPT, on=date(2016, 8, 5))
    assert (plan.effective_on, plan.data["valid_from"]) == (date(2016, 8, 4), "2016-08-04")
    assert plan.changes[0].after.en == "New dues (us-dues-new), from 4 August 2016"


def test_adopting_a_table_for_a_day_that_was_billed_already_is_refused(members):
    members({"paid_until": "2016-08-10"})
    plan = KIND.plan(data=KEPT, on=ON)
    doing.run("2016-08-03", "2016-08-31")
    with pytest.raises(Refusal, match="1 invoice of us was made on or after 1 August 2016"):
        KIND.apply(plan=plan, decision=decision(), actor="test", at=doing.moment("2016-08-05"))


def test_taken_back_the_table_of_before_is_adopted_again_from_a_later_day():
    result = carry_out()
    (back,) = KIND.inverse(data=KEPT, plan={}, result=result, on=date(2016, 10, 1))
    assert back.data == {
        "code": "dues-2016-again",
        "title": {"en": "Dues of 2016, in two parts", "es": "Cuotas de 2016, en dos partes"},
        "valid_from": "2016-10-01",
        "tables": {
            "us": {
                "organization": {"membership": "50", "operations": "150"},
                "individual": {"membership": "25", "operations": "75"},
                "assumed": ["operations"],
            }
        },
    }
    assert KIND.checked(data=back.data, on=date(2016, 9, 1)) == back.data
    assert KIND.conflict(data=back.data, base=back.base) is None
    carry_out(dict(back.data), by=decision("2016-back"))
    again = KIND.inverse(data=KEPT, plan={}, result=result, on=date(2016, 11, 1))
    assert again[0].data["code"] == "dues-2016-again-2"


def test_taken_back_before_it_began_it_holds_for_a_day():
    (back,) = KIND.inverse(data=KEPT, plan={}, result=carry_out(), on=ON)
    assert back.data["valid_from"] == "2016-08-02"


def test_what_replaced_nothing_cannot_be_taken_back():
    with pytest.raises(Refusal, match="There was no such rule in us before"):
        KIND.inverse(data=KEPT, plan={}, result={**carry_out(), "replaced": {"us": None}}, on=ON)


def test_a_table_that_another_one_will_follow_says_so(members):
    members({})
    found = preview_of(effects=[Effect(kind=KIND.name, data=DATA)], on=ON).effects[0].consequences
    assert "it holds until us-dues-2022 begins on 1 January 2022" in " ".join(s.en for s in found.sentences)
