"""What the books say: balances by account and member, and damage found."""

import json

import pytest

from tequio.ledger.models import Account, Entry, Fund, Leg
from tequio.ledger.operations import post
from tequio.ledger.queries import account_balances, member_balances, unbalanced
from tequio.members.models import Member

BALANCED = (("us-receivable", 20000), ("us-income-membership", -20000))


@pytest.fixture
def posted(draft):
    def make(*legs, **how):
        entry = draft(*legs, **how)
        post(entry_pks=[entry.pk])
        return entry

    return make


def test_the_balances_of_a_center_are_the_sums_of_its_posted_legs(us, mx, draft, posted):
    posted(*BALANCED)
    posted(("us-bank", 5000), ("us-receivable", -5000))
    posted(("mx-bank", 99, "general", "MXN"), ("mx-cash", -99, "general", "MXN"), center=mx)
    draft(*BALANCED)
    assert account_balances(center=us) == {
        "us-bank": 5000,
        "us-income-membership": -20000,
        "us-receivable": 15000,
    }
    assert account_balances(center=mx) == {"mx-bank": 99, "mx-cash": -99}


def test_the_balances_take_one_query(us, posted, django_assert_num_queries):
    for _ in range(5):
        posted(*BALANCED)
    with django_assert_num_queries(1):
        account_balances(center=us)


def test_the_command_prints_the_balances_in_whole_units(us, posted, cli):
    posted(("us-bank", 123450), ("us-cash", -123450))
    assert json.loads(cli("ledger", "balances", "--center", "us", "--json")[1]) == {
        "us-bank": 1234.5,
        "us-cash": -1234.5,
    }
    assert cli("ledger", "balances", "--center", "us")[1] == "us-bank: USD 1,234.50\nus-cash: USD -1,234.50\n"


def test_the_command_refuses_a_center_nobody_has(us, mx, cli):
    assert cli("ledger", "balances", "--center", "nowhere") == (
        1,
        "",
        "There is no center “nowhere”. Centers here: mx, us.",
    )


def test_what_members_owe_is_summed_by_member(members, draft):
    members({}, {})
    owing, square = (Member.objects.get(code=code).pk for code in ("M1", "M2"))
    for member, amounts in ((owing, (300, 200)), (square, (300, -300))):
        for amount in amounts:
            entry = draft(("us-receivable", amount), ("us-bank", -amount))
            Leg.objects.filter(entry=entry, account__role="receivable").update(member=member)
            post(entry_pks=[entry.pk])
    assert member_balances(role="receivable") == {owing: 500}
    assert member_balances(role="bank") == {}


def test_books_in_order_have_nothing_to_say(posted, draft, garden):
    posted(*BALANCED)
    posted(("us-bank", 5, "garden"), ("us-cash", -5, "garden"))
    assert list(unbalanced()) == []


def test_a_changed_amount_is_found(posted, without_trigger):
    posted(*BALANCED)
    entry = posted(*BALANCED)
    without_trigger("ledger_leg_update", table="ledger_leg")
    Leg.objects.filter(entry=entry, amount__gt=0).update(amount=20001)
    assert list(unbalanced()) == [f"ledger: entry {entry.pk} does not balance"]


def test_a_leg_moved_to_another_fund_is_found(us, posted, garden, without_trigger):
    entry = posted(*BALANCED)
    without_trigger("ledger_leg_update", table="ledger_leg")
    Leg.objects.filter(entry=entry, amount__gt=0).update(fund=garden)
    assert set(unbalanced()) == {f"ledger: entry {entry.pk} does not balance"}


def test_a_leg_put_into_another_currency_is_found(posted, without_trigger):
    entry = posted(*BALANCED)
    without_trigger("ledger_leg_update", table="ledger_leg")
    Leg.objects.filter(entry=entry, amount__gt=0).update(currency="MXN")
    assert set(unbalanced()) == {f"ledger: entry {entry.pk} does not balance"}


def test_a_removed_leg_is_found(posted, without_trigger):
    entry = posted(*BALANCED)
    without_trigger("ledger_leg_delete", table="ledger_leg")
    Leg.objects.filter(entry=entry, amount__gt=0).delete()
    assert list(unbalanced()) == [
        f"ledger: entry {entry.pk} does not balance",
        f"ledger: entry {entry.pk} has fewer than two legs",
    ]


def test_an_entry_without_any_leg_is_found(posted, without_trigger):
    entry = posted(*BALANCED)
    without_trigger("ledger_leg_delete", table="ledger_leg")
    Leg.objects.filter(entry=entry).delete()
    assert list(unbalanced()) == [f"ledger: entry {entry.pk} has fewer than two legs"]


def test_a_draft_left_behind_is_found(draft):
    entry = draft(*BALANCED)
    assert list(unbalanced()) == [f"ledger: entry {entry.pk} was never posted"]


def test_an_entry_made_a_draft_again_is_found(posted, without_trigger):
    entry = posted(*BALANCED)
    without_trigger("ledger_entry_post", table="ledger_entry")
    Entry.objects.filter(pk=entry.pk).update(posted=False)
    assert list(unbalanced()) == [f"ledger: entry {entry.pk} was never posted"]


def test_another_centers_account_is_found(posted, without_trigger):
    entry = posted(*BALANCED)
    without_trigger("ledger_leg_update", table="ledger_leg")
    Leg.objects.filter(entry=entry, amount__gt=0).update(account=Account.objects.get(code="mx-receivable"))
    assert list(unbalanced()) == [f"ledger: entry {entry.pk} touches another center's account or fund"]


def test_another_centers_fund_is_found(mx, posted, without_trigger):
    entry = posted(*BALANCED)
    without_trigger("ledger_leg_update", table="ledger_leg")
    Leg.objects.filter(entry=entry).update(fund=Fund.objects.get(center=mx, code="general"))
    found = list(unbalanced())
    assert len(found) == 1
    assert f"entry {entry.pk} " in found[0]


def test_looking_for_damage_takes_the_same_queries_whatever_there_is(posted, django_assert_num_queries):
    for _ in range(8):
        posted(*BALANCED)
    with django_assert_num_queries(4):
        list(unbalanced())
