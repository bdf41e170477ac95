"""A pause, instalments shown before they are agreed, a rate of its own."""

import pytest
from tests.dues.doing import pay, run
from tests.dues.views.looking import faults, fill, heading, hidden, text_of, url

from tequio.dues.models import Hold, MemberRate, Plan
from tequio.members.models import Member


@pytest.fixture
def member_pk(members):
    members({"member_id": "A1"})
    run()
    return Member.objects.get().pk


def test_a_hold_is_granted_once_however_often_it_is_sent(member_pk, treasurer):
    address = url("grant_hold", member_pk=member_pk)
    form = {"until": "2016-09-30", "first_day": "", "reason": "waiting for a grant"}
    for _ in range(2):
        assert treasurer.post(address, form)["Location"] == url("member", member_pk=member_pk)
    assert [(h.first_day.isoformat(), h.last_day.isoformat()) for h in Hold.objects.all()] == [
        ("2016-07-15", "2016-09-30")
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("until", text) for text in ("", "soon", "9999-12-31", "0001-01-01")],
        *[("first_day", text) for text in ("x", "2016-10-01", "9999-01-01")],
        *[("reason", text) for text in ("", " ", "x" * 10_000)],
    ],
)
def test_a_wrong_hold_is_refused(member_pk, treasurer, field, value):
    typed = {"until": "2016-09-30", "first_day": "2016-07-15", "reason": "waiting", field: value}
    answer = treasurer.post(url("grant_hold", member_pk=member_pk), typed)
    assert (answer.status_code, len(faults(answer)), Hold.objects.count()) == (422, 1, 0)


def test_instalments_are_shown_before_anything_is_agreed(member_pk, treasurer):
    address = url("agree_plan", member_pk=member_pk)
    assert heading(treasurer.get(address)) == "USD 200.00 can be paid in instalments"
    shown = treasurer.get(address, {"first_on": "2016-08-31", "count": "3"})
    assert heading(shown) == "3 instalments, USD 200.00 in all"
    page = text_of(shown)
    assert "31 August 2016 USD 66.67" in page
    assert "30 September 2016 USD 66.67" in page
    assert "31 October 2016 USD 66.66" in page
    assert Plan.objects.count() == 0
    answer = treasurer.post(address, {**hidden(shown), "note": "by phone"})
    assert answer["Location"] == url("member", member_pk=member_pk)
    plan = Plan.objects.get()
    assert [part.amount for part in plan.instalments.order_by("due_on")] == [6667, 6667, 6666]
    assert plan.note == "by phone"


def test_the_same_in_spanish(member_pk, enter):
    teso = enter("treasurer us", language="es")
    shown = teso.get(url("agree_plan", member_pk=member_pk), {"first_on": "2016-08-31", "count": "2"})
    assert heading(shown) == "2 parcialidades, USD 200.00 en total"
    assert "31 de agosto de 2016 USD 100.00" in text_of(shown)


def test_the_same_plan_sent_twice_is_one(member_pk, treasurer):
    address = url("agree_plan", member_pk=member_pk)
    form = hidden(treasurer.get(address, {"first_on": "2016-08-31", "count": "3"}))
    assert [treasurer.post(address, form).status_code for _ in range(2)] == [303, 303]
    assert Plan.objects.count() == 1


def test_a_second_plan_for_the_same_charges_is_refused(member_pk, treasurer):
    address = url("agree_plan", member_pk=member_pk)
    for count in ("3", "4"):
        answer = treasurer.post(address, hidden(treasurer.get(address, {"first_on": "2016-08-31", "count": count})))
    assert (answer.status_code, Plan.objects.count()) == (422, 1)
    assert faults(answer) == ["A1 has a payment plan in good order for that already."]


def test_what_was_paid_meanwhile_is_shown_before_anything_is_agreed(member_pk, treasurer):
    address = url("agree_plan", member_pk=member_pk)
    form = hidden(treasurer.get(address, {"first_on": "2016-08-31", "count": "2"}))
    pay("A1", 80)
    answer = treasurer.post(address, form)
    assert (answer.status_code, Plan.objects.count()) == (422, 0)
    assert faults(answer) == [
        "What is owed changed since the instalments were shown: USD 120.00 now. Look at the new ones."
    ]
    assert heading(answer) == "2 instalments, USD 200.00 in all"
    assert "of it came in today and counts as paid on the plan." in answer.content.decode()
    assert treasurer.post(address, hidden(answer)).status_code == 303


@pytest.mark.parametrize(
    "asked",
    [
        *[{"first_on": text} for text in ("", "x", "9999-12-31", "0001-01-01", "\0")],
        *[{"count": text} for text in ("", "1", "61", "-3", "x", "9" * 30)],
    ],
)
def test_a_plan_that_cannot_be_is_not_shown(member_pk, treasurer, asked):
    address = url("agree_plan", member_pk=member_pk)
    answer = treasurer.get(address, {"first_on": "2016-08-31", "count": "3", **asked})
    assert (answer.status_code, len(faults(answer))) == (422, 1)
    assert "Agree on this plan" not in text_of(answer)
    sent = treasurer.post(address, {"first_on": "2016-08-31", "count": "3", "total": "20000", **asked})
    assert (sent.status_code, Plan.objects.count()) == (422, 0)


def test_who_owes_nothing_is_offered_no_plan(members, treasurer):
    members({"member_id": "A1", "paid_until": "2018-03-01"})
    address = url("agree_plan", member_pk=Member.objects.get().pk)
    assert heading(treasurer.get(address)) == "Nothing is owed that a plan could cover"
    answer = treasurer.post(address, {"first_on": "2016-08-31", "count": "3", "total": "0"})
    assert (answer.status_code, Plan.objects.count()) == (422, 0)


RATE = {
    "kind": "reduced",
    "percent": "62.5",
    "valid_from": "2016-07-15",
    "valid_until": "",
    "reason": "lost its office",
}


def test_a_rate_is_granted_once_beside_what_the_table_asks(member_pk, treasurer):
    address = url("grant_rate", member_pk=member_pk)
    assert heading(treasurer.get(address)) == "The table asks USD 200.00 a year of this member"
    for _ in range(2):
        assert treasurer.post(address, RATE)["Location"] == url("member", member_pk=member_pk)
    assert [(r.kind, r.basis_points, r.valid_until) for r in MemberRate.objects.all()] == [("reduced", 6250, None)]


@pytest.mark.parametrize(
    ("kind", "percent", "basis_points"),
    [("comped", "", 0), ("comped", "40", 0), ("solidarity", "150 %", 15000), ("reduced", "33,25", 3325)],
)
def test_each_kind_of_rate(member_pk, treasurer, kind, percent, basis_points):
    fill(treasurer, url("grant_rate", member_pk=member_pk), **{**RATE, "kind": kind, "percent": percent})
    assert [(r.kind, r.basis_points) for r in MemberRate.objects.all()] == [(kind, basis_points)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("kind", text) for text in ("", "free")],
        *[("percent", text) for text in ("", "0", "100", "150", "-5", "half", "1e2", "62.555", "9" * 11)],
        *[("valid_from", text) for text in ("", "x", "9999-12-31")],
        *[("valid_until", text) for text in ("2016-07-14", "x", "0999-01-01")],
        *[("reason", text) for text in ("", "x" * 301)],
    ],
)
def test_a_wrong_rate_is_refused(member_pk, treasurer, field, value):
    answer = treasurer.post(url("grant_rate", member_pk=member_pk), {**RATE, field: value})
    assert (answer.status_code, len(faults(answer)), MemberRate.objects.count()) == (422, 1, 0)


@pytest.mark.parametrize("page", ["grant_hold", "agree_plan", "grant_rate", "add_payment"])
def test_a_member_nobody_has_is_not_there_and_a_hostile_name_stays_text(members, treasurer, page):
    members({"member_id": "A1", "member_name": "<b>Bold</b>\u202e"})
    assert treasurer.get(url(page, member_pk=999999)).status_code == 404
    shown = treasurer.get(url(page, member_pk=Member.objects.get().pk)).content.decode()
    assert "<b>Bold" not in shown
    assert 'dir="auto">&lt;b&gt;Bold' in shown
