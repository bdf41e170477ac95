"""Whose money it is, and when a program may post it by itself."""

from datetime import date, timedelta

import pytest

from tequio.rules.matching import SAME_MONEY, Evidence, Lead, Outcome, decide, unless_entered

ON = date(2016, 7, 15)
POST, SUGGEST, NONE = Outcome.POST, Outcome.SUGGEST, Outcome.NONE


def lead(member, evidence, *, fits=(20_000,), owed=20_000, invoice="", likeness=0):
    return Lead(
        member=member, evidence=Evidence(evidence), fits=frozenset(fits), owed=owed, invoice=invoice, likeness=likeness
    )


def verdict(*leads, amount=20_000, doubtful=False):
    return decide(amount=amount, on=ON, leads=leads, doubtful=doubtful)


CASES = {
    "a reference": ([lead(1, "reference")], 20_000, POST),
    "a reference and part of the amount": ([lead(1, "reference")], 5_000, POST),
    "a reference of an invoice nothing is open of": ([lead(1, "reference", fits=(), owed=0)], 20_000, POST),
    "a reference, whatever a name says": ([lead(1, "reference"), lead(2, "name", likeness=100)], 20_000, POST),
    "a reference, whoever paid before": ([lead(1, "reference"), lead(2, "payer_account")], 20_000, POST),
    "references of two members": ([lead(1, "reference"), lead(2, "reference")], 20_000, SUGGEST),
    "two references of one member": ([lead(1, "reference"), lead(1, "reference")], 20_000, POST),
    "a short reference with its amount": ([lead(1, "short_reference")], 20_000, POST),
    "a short reference with another amount": ([lead(1, "short_reference")], 19_999, SUGGEST),
    "a short reference two members have": ([lead(1, "short_reference"), lead(2, "short_reference")], 20_000, SUGGEST),
    "a short reference against a payer": ([lead(1, "short_reference"), lead(2, "payer_account")], 20_000, SUGGEST),
    "a known account": ([lead(1, "payer_account")], 20_000, POST),
    "a known account that pays part": ([lead(1, "payer_account")], 5_000, POST),
    "a known account that pays too much": ([lead(1, "payer_account")], 20_001, SUGGEST),
    "a known account that owes nothing": ([lead(1, "payer_account", fits=(), owed=0)], 20_000, SUGGEST),
    "an account known for two members": ([lead(1, "payer_account"), lead(2, "payer_account")], 20_000, SUGGEST),
    "a known name with its amount": ([lead(1, "payer_name")], 20_000, POST),
    "a known name with another amount": ([lead(1, "payer_name")], 5_000, SUGGEST),
    "a number without check digits": ([lead(1, "number")], 20_000, SUGGEST),
    "a name just alike and the amount": ([lead(1, "name", likeness=80)], 20_000, SUGGEST),
    "a name just alike alone": ([lead(1, "name", likeness=80)], 5_000, NONE),
    "nearly the same name alone": ([lead(1, "name", likeness=95)], 5_000, SUGGEST),
    "a name hardly alike": ([lead(1, "name", likeness=50)], 20_000, NONE),
    "an amount nobody else owes": ([lead(1, "amount")], 20_000, SUGGEST),
    "nothing": ([], 20_000, NONE),
}


@pytest.mark.parametrize(("leads", "amount", "outcome"), list(CASES.values()), ids=list(CASES))
def test_what_is_posted_suggested_or_left(leads, amount, outcome):
    found = verdict(*leads, amount=amount)
    assert (found.outcome, found.lead is not None) == (outcome, outcome is not NONE)
    assert found.why.en != found.why.es


@pytest.mark.parametrize("evidence", ["reference", "short_reference", "payer_account", "payer_name"])
def test_what_the_bank_leaves_a_doubt_about_is_never_posted(evidence):
    assert verdict(lead(1, evidence), doubtful=True).outcome is SUGGEST


def test_a_name_or_an_amount_never_posts_however_sure_it_looks():
    sure = [lead(1, "name", likeness=100), lead(1, "amount"), lead(1, "number", invoice="US-000001")]
    assert verdict(*sure).outcome is SUGGEST


def test_the_likeliest_is_suggested_and_the_others_are_named():
    found = verdict(
        lead(1, "name", likeness=75), lead(2, "name", likeness=99), lead(3, "name", likeness=90), lead(4, "amount")
    )
    assert (found.lead.member, found.others) == (2, (3, 1))


def test_it_says_why_in_both_languages():
    found = verdict(lead(1, "reference", invoice="US-000123"))
    assert found.why.en == "The reference names the invoice, and its check digits are right (US-000123)"
    assert found.why.es == "La referencia señala el aviso, y sus dígitos verificadores son correctos (US-000123)"


@pytest.mark.parametrize(
    ("apart", "outcome"), [(0, SUGGEST), (SAME_MONEY, SUGGEST), (-SAME_MONEY, SUGGEST), (SAME_MONEY + 1, POST)]
)
def test_money_entered_by_hand_near_the_day_is_asked_about_and_not_posted_again(apart, outcome):
    posted = verdict(lead(1, "reference"))
    found = unless_entered(posted, amount=20_000, on=ON, entered=[ON - timedelta(days=apart)])
    assert (found.outcome, found.lead) == (outcome, posted.lead)
    assert unless_entered(posted, amount=20_000, on=ON, entered=[]) == posted
