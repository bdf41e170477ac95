"""The dues of a decision, from the vote to the next invoice, and back: by what pages and commands call."""

from datetime import date

import pytest
from tests.dues import doing

from committees import ACTOR, AT, DAY, HOUR, committee, proposal, voted
from signing_in import sign_in
from tequio.decisions.effects.previewing import digest_of
from tequio.decisions.models import Decision, Seat
from tequio.decisions.operations.carrying_out import FactsMoved, InTheWay, confirm
from tequio.decisions.operations.reversing import reversal
from tequio.decisions.queries.carrying import carrying_out
from tequio.dues.models import DuesPolicy, InvoiceLine
from tequio.dues.queries import standing_of

DUES = {
    "kind": "dues.adopt_policy",
    "data": {
        "code": "dues-voted",
        "title": {"en": "Dues as voted", "es": "Cuotas votadas"},
        "valid_from": "2016-08-01",
        "tables": {
            "us": {
                "organization": {"membership": "60", "operations": "160"},
                "individual": {"membership": "30", "operations": "80"},
            }
        },
    },
}
DAYS = {
    "kind": "dues.adopt_payment_policy",
    "data": {
        "code": "payment-voted",
        "title": {"en": "Limited first", "es": "Primero limitada"},
        "valid_from": "2016-07-16",
        "centers": ["us"],
        "at_risk_from": 31,
        "limited_from": 61,
        "disabled_from": 121,
    },
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def people(members):
    ahead = {"operations": "no", "paid_until": "2017-03-01"}
    members({"paid_until": "2016-04-01"}, {"paid_until": "2016-08-20"}, ahead)
    doing.run("2016-03-20", "2016-04-01")
    body, people = committee(4)
    Seat.objects.update(decision=body.decisions.get())  # every seat cites a decision, and the books are looked through
    return people


def decided(people, *effects):
    asked = proposal(people[0].terms.get().seat.body, people[0], effects=effects)
    voted(asked, people, *["favor"] * 4)
    return Decision.objects.get(proposal=asked)


def confirms(decision, people, *, at, **given):
    return confirm(decision=decision, by=people[1], actor=ACTOR, at=at, **given)


def test_a_voted_table_bills_the_next_invoices_and_leaves_those_before(people, client):
    decision = decided(people, DUES)
    assert digest_of(seen=decision.vote.seen) == decision.vote.seen_hash
    assert decision.vote.seen["effects"][0]["totals"]["centers"]["us"]["income_after"] == 220 + 220 + 60

    confirms(decision, people, at=AT + 2 * HOUR)

    policy = DuesPolicy.objects.get(code="us-dues-voted")
    assert (policy.decision, policy.valid_from) == (decision, date(2016, 8, 1))
    assert decision.effects.get().result["policies"] == ["us-dues-voted"]
    doing.run("2016-08-10", "2016-08-31")
    lines = InvoiceLine.objects.order_by("pk").values_list("invoice__policy__code", "part", "amount")
    assert list(lines) == [
        ("us-dues-2010", "membership", 20_000),
        ("us-dues-voted", "membership", 6_000),
        ("us-dues-voted", "operations", 16_000),
    ]


def test_confirmed_after_its_day_and_after_billing_it_begins_the_day_after_and_says_so(people):
    decision = decided(people, DUES)
    doing.run("2016-08-05", "2016-08-31")
    late = doing.moment("2016-08-07")
    shown = carrying_out(decision=decision, at=late).waiting[0].preview
    assert shown.plan.changes[0].after.es == "Cuotas votadas (us-dues-voted), desde el 6 de agosto de 2016"
    confirms(decision, people, at=late)
    assert DuesPolicy.objects.get(code="us-dues-voted").valid_from == date(2016, 8, 6)


def test_another_table_adopted_meanwhile_stops_it_and_both_are_named(people):
    first, second = decided(people, DUES), None
    other = {**DUES, "data": {**DUES["data"], "code": "dues-other", "valid_from": "2016-07-20"}}
    second = decided(people, other)
    confirms(second, people, at=AT + 2 * HOUR)
    with pytest.raises(InTheWay) as refused:
        confirms(first, people, at=AT + 3 * HOUR)
    assert "us-dues-2016 (from 1 July 2016)" in refused.value.text.en
    assert "us-dues-other (desde el 20 de julio de 2016)" in refused.value.text.es
    assert not DuesPolicy.objects.filter(code="us-dues-voted").exists()


def test_facts_that_moved_since_the_vote_are_told_to_who_confirms(people, members):
    decision = decided(people, DUES)
    members(*({"member_id": f"N{n}"} for n in range(9)))
    with pytest.raises(FactsMoved) as refused:
        confirms(decision, people, at=AT + 2 * HOUR)
    assert "When the vote opened: Center in New York, a year: USD 500.00" in refused.value.text.en
    key = carrying_out(decision=decision, at=AT + 2 * HOUR).key
    confirms(decision, people, at=AT + 2 * HOUR, key=key)
    assert DuesPolicy.objects.filter(code="us-dues-voted").exists()


def test_voted_days_change_standings_from_their_day_and_the_why_leads_to_the_decision(people, client):
    doing.tried("M1", "2016-05-01")
    decision = decided(people, DAYS)
    assert standing_of(code="M1", on=date(2016, 7, 16)).verdict.standing.value == "disabled"

    confirms(decision, people, at=AT + DAY)

    verdict = standing_of(code="M1", on=date(2016, 7, 16)).verdict
    assert (verdict.standing.value, verdict.policy.decision) == ("limited", decision.code)
    assert standing_of(code="M1", on=date(2016, 7, 15)).verdict.standing.value == "disabled"
    assert client.get(f"/decisions/{decision.code}/").status_code == 200


def test_an_invoices_why_and_the_rules_link_to_the_decisions_page(people, client):
    from tequio.accounts.models import Grant, Role

    decision = decided(people, DUES)
    confirms(decision, people, at=AT + 2 * HOUR)
    doing.run("2016-08-10", "2016-08-31")
    invoice = InvoiceLine.objects.order_by("pk").last().invoice
    Grant.objects.create(user=people[1], role=Role.ADMINISTRATOR)
    signed_in = sign_in(client, people[1])
    link = f'href="/decisions/{decision.code}/"'
    for page in (f"/invoices/{invoice.number}/", "/rules/"):
        assert link in signed_in.get(page).content.decode(), page


def test_taken_back_by_another_decision_the_table_of_before_bills_again(people):
    decision = decided(people, DUES)
    confirms(decision, people, at=AT + 2 * HOUR)
    back = reversal(decision=decision, sponsor=people[0], begins_on=date(2016, 9, 1), actor=ACTOR, at=AT + DAY)
    effect = back.versions.get().effects[0]
    assert (effect["data"]["code"], effect["data"]["valid_from"]) == ("dues-2016-again", "2016-09-01")
    from tequio.decisions.operations.proposing import submit

    submit(proposal=back, by=people[0], actor=ACTOR, at=AT + DAY)
    voted(back, people, *["favor"] * 4, at=AT + 5 * DAY)
    confirms(Decision.objects.get(proposal=back), people, at=AT + 6 * DAY)
    doing.run("2016-09-02", "2016-09-02")
    amounts = InvoiceLine.objects.filter(invoice__policy__code="us-dues-2016-again").values_list("part", "amount")
    assert sorted(amounts) == [("membership", 5_000), ("operations", 15_000)]
    assert decision.effects.get().state == "reversed"
