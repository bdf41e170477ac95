"""Calls of a payment service in its own form: signed, once each, in any order, forged, late, or tests of its own."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.dues.doing import moment, rests, run

from tequio.banking.models import BankLine, ProviderAccount, ProviderCall
from tequio.banking.operations import accounts
from tequio.banking.operations.receiving import switch_off, switch_on
from tequio.banking.queries.cards import card_url
from tequio.banking.queries.money_known import known_through
from tequio.centers.models import Center
from tequio.dues.models import Invoice, Payment
from tequio.dues.references import iso_reference
from tequio.kernel import clock
from tequio.kernel.errors import Refusal

SECRET = "whsec_0123456789abcdef0123456789abcdef"  # noqa: S105 - CONFIG: of no account anywhere
AT = moment("2016-07-20")
LINK = "https://pay.example.org/dues"


def checkout(*, reference="", amount=20_000, call="evt_0001", intent="pi_0001", **more):
    """A checkout that was paid, as the service records it."""
    found = {
        "id": f"cs_live_{intent}",
        "object": "checkout.session",
        "amount_total": amount,
        "client_reference_id": reference or None,
        "created": int(AT.timestamp()),
        "currency": "usd",
        "customer_details": {"email": "ana@example.org", "name": "Ana Ruiz"},
        "livemode": True,
        "payment_intent": intent,
        "payment_status": "paid",
        **more,
    }
    return {"id": call, "object": "event", "type": "checkout.session.completed", "data": {"object": found}}


def refund(*, call="evt_0900", intent="pi_0001", amount=20_000):
    found = {"id": "ch_1", "object": "charge", "amount_refunded": amount, "currency": "usd", "livemode": True}
    found |= {"payment_intent": intent, "created": int(AT.timestamp())}
    return {"id": call, "object": "event", "type": "charge.refunded", "data": {"object": found}}


def signed(body, *, secret=SECRET, at=AT):
    moment_ = str(int(at.timestamp()))
    mark = hmac.new(secret.encode(), f"{moment_}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment_},v1={mark}"


@pytest.fixture
def two(members, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    members({"member_name": "Water Alliance"}, {"member_name": "Ana Ruiz"})
    run()
    accounts.open_account(code="us-card", center_code="us", name="Cards", actor="test", at=AT)
    given = {"provider": "stripe", "account_code": "us-card", "secret": SECRET, "pay_link": LINK}
    switch_on(**given, actor="test", at=AT)


def call(client, said, *, header=None, account="us-card", provider="stripe"):
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    address = reverse("provider_call", kwargs={"provider": provider, "code": account})
    signature = signed(body) if header is None else header
    answer = client.post(address, body, content_type="application/json", headers={"Stripe-Signature": signature})
    return answer.status_code


PAID = checkout(reference=iso_reference(number="US-000002").replace(" ", ""))


def test_a_card_payment_with_its_reference_is_posted_as_one(two, client):
    assert call(client, PAID) == 200
    assert rests("M2") == [("US-000002", 0, "2016-07-20")]
    assert (Payment.objects.get().method, BankLine.objects.get().bank_id) == ("card", "pi_0001")


def test_the_same_call_twice_and_another_about_the_same_money_post_once(two, client):
    again = checkout(reference=PAID["data"]["object"]["client_reference_id"], call="evt_0002")
    again["type"] = "checkout.session.async_payment_succeeded"
    assert [call(client, said) for said in (PAID, PAID, again)] == [200, 200, 200]
    assert (Payment.objects.count(), BankLine.objects.count(), ProviderCall.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["payment first", "refund first"])
def test_calls_in_any_order_come_to_the_same(two, client, order):
    for place in order:
        assert call(client, (PAID, refund())[place]) == 200
    assert sorted(BankLine.objects.values_list("amount", "state")) == [(-20_000, "out"), (20_000, "matched")]
    assert Payment.objects.count() == 1


FORGED = {
    "without a signature": lambda _: "",
    "signed with another secret": lambda body: signed(body, secret="whsec_ffffffffffffffffffffffffffffffff"),  # noqa: S106 - CONFIG: no account's
    "signed for another body": lambda body: signed(body + b" "),
    "six minutes old": lambda body: signed(body, at=AT - timedelta(minutes=6)),
    "of a moment to come": lambda body: signed(body, at=AT + timedelta(minutes=6)),
    "a moment changed": lambda body: signed(body).replace("t=", "t=1"),
    "two moments": lambda body: f"t=1,{signed(body)}",
    "no moment": lambda body: signed(body).split(",")[1],
    "a moment that is none": lambda body: signed(body).replace("t=", "t=x"),
    "nonsense": lambda _: "v1=,t=,,,=" * 500,
}


@pytest.mark.parametrize("name", list(FORGED))
def test_a_call_that_is_not_the_providers_is_not_believed(two, client, name):
    body = json.dumps(PAID).encode()
    assert call(client, body, header=FORGED[name](body)) == 400
    assert (BankLine.objects.count(), ProviderCall.objects.count(), Payment.objects.count()) == (0, 0, 0)


STRANGE = {
    "no json": b"not json",
    "another shape": b"[]",
    "no object": b'{"id": "e", "type": "t"}',
    "an object that is none": b'{"id": "e", "type": "checkout.session.completed", "data": {"object": 5}}',
    "deep": b'{"data":' * 5_000,
}


@pytest.mark.parametrize("name", list(STRANGE))
def test_a_call_that_says_nothing_understood_is_refused_also_signed(two, client, name):
    assert call(client, STRANGE[name]) == 400


NO_MONEY = {
    "a test of the service": checkout(livemode=False),
    "not paid yet": checkout(payment_status="unpaid"),
    "an amount that is none": checkout(amount="20000"),
    "nothing": checkout(amount=0),
    "another kind": {"id": "evt_7", "type": "customer.created", "data": {"object": {}}},
    "another currency": checkout(currency="eur"),
}


@pytest.mark.parametrize("name", list(NO_MONEY))
def test_what_is_no_money_of_ours_is_thanked_and_posts_nothing(two, client, name):
    assert call(client, NO_MONEY[name]) == 200
    assert (BankLine.objects.count(), Payment.objects.count()) == (0, 0)


def test_a_payment_without_reference_waits_for_a_person(two, client):
    assert call(client, checkout()) == 200
    assert (BankLine.objects.get().state, Payment.objects.count()) == ("suggested", 0)


def test_off_by_default_for_another_account_and_once_switched_off(two, client):
    assert call(client, PAID, account="us-bank") == 400
    assert call(client, PAID, provider="nobody") == 400
    switch_off(account_code="us-card", actor="test", at=AT)
    assert (call(client, PAID), ProviderAccount.objects.get().secret) == (400, "")
    assert BankLine.objects.count() == 0


def test_a_call_too_long_or_by_get_is_not_read(two, client):
    assert call(client, b" " * 200_001) == 413
    assert client.get(reverse("provider_call", kwargs={"provider": "stripe", "code": "us-card"})).status_code == 405


def test_calls_prove_nothing_of_what_was_not_called(two, client):
    call(client, PAID)
    assert known_through(center=Center.objects.get(code="us")) is None


def test_the_way_to_pay_by_card_carries_the_reference_and_is_there_only_when_on(two):
    invoice = Invoice.objects.get(number="US-000001")
    reference = iso_reference(number="US-000001")
    assert (
        card_url(invoice=invoice, reference=reference)
        == f"{LINK}?client_reference_id=RF{reference[2:].replace(' ', '')}"
    )
    switch_off(account_code="us-card", actor="test", at=AT)
    assert card_url(invoice=invoice, reference=reference) == ""


@pytest.mark.parametrize(
    "wrong", [{"provider": "nobody"}, {"secret": "short"}, {"pay_link": "http://x"}, {"account_code": "none"}]
)
def test_what_cannot_be_switched_on_is_refused(two, wrong):
    given = {"provider": "stripe", "account_code": "us-card", "secret": SECRET, "pay_link": LINK} | wrong
    with pytest.raises(Refusal):
        switch_on(**given, actor="test", at=AT)
