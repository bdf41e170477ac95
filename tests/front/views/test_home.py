"""Home: what needs a person."""

from datetime import date

import pytest

from tequio.followup.models import CallItem
from tequio.members.models import Member


def _text(answer):
    return " ".join(answer.content.decode().split())


def test_nobody_signed_in_is_sent_to_sign_in_and_back(client, sample_rules):
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (303, "/account/login/?next=%2F")


def test_an_empty_instance_says_what_to_do_first(sample_rules, signed_in):
    assert "Import a roll" in _text(signed_in("administrator").get("/"))


def test_what_waits_is_counted_and_leads_to_where_it_is_done(members, signed_in):
    members({"paid_until": "2016-03-01"}, {"paid_until": "2016-04-01"}, {"paid_until": "2017-01-01"})
    page = _text(signed_in("treasurer", center="us").get("/"))
    line = '<span class="many">2</span><span><a href="/dues/">members whose year has begun without an invoice</a>'
    assert line in page


def test_one_of_a_kind_is_spoken_of_in_the_singular(members, signed_in):
    members({"paid_until": "2016-03-01"})
    page = _text(signed_in("treasurer", center="us", language="es").get("/"))
    assert "membresía con su año empezado y sin aviso de cuota" in page


def test_a_treasurer_hears_nothing_of_the_other_center(members, signed_in):
    members({"center": "mx", "paid_until": "2016-03-01"})
    assert "without an invoice" not in _text(signed_in("treasurer", center="us").get("/"))


@pytest.mark.parametrize(("who", "center", "offered"), [("treasurer", "us", True), ("auditor", None, False)])
def test_whoever_calls_nobody_is_not_sent_to_the_calls(members, signed_in, at, who, center, offered):
    members({"member_id": "N1"})
    one = Member.objects.get()
    CallItem.objects.create(member=one, center=one.center, why="by_hand", ready_at=at, opened_at=at)
    assert ('href="/calls/">member to call</a>' in _text(signed_in(who, center=center).get("/"))) is offered


def test_a_member_sees_what_it_owes_and_that_it_may_pay_what_it_can(members, signed_in):
    members({"member_id": "N1", "balance_due": "200.00"})
    page = _text(signed_in(member="N1").get("/"))
    assert '<span class="iso">USD</span>&nbsp;200.00' in page
    assert "one can pay what one can" in page


def test_the_month_stands_beside_the_same_month_of_last_year(members, signed_in, at):
    from tequio.dues.operations.paying import add_payment

    members({"member_id": "N1", "balance_due": "200.00"})
    for day, amount in ((date(2016, 7, 2), 1500), (date(2015, 7, 30), 2500), (date(2016, 6, 30), 9900)):
        add_payment(code="N1", amount=amount, currency="USD", on=day, method="cash", actor="test", at=at)
    page = _text(signed_in("auditor").get("/"))
    assert '<span class="iso">USD</span>&nbsp;15.00' in page
    assert '<span class="iso">USD</span>&nbsp;25.00' in page
    assert "99.00" not in page
