"""What a person decides about a line, and takes back."""

import pytest
from tests.banking import samples
from tests.banking.doing import (
    assign,
    confirm,
    counts,
    csv,
    lines,
    long,
    number,
    payers,
    refuse,
    suggestion,
    take,
    the_line,
    undo,
)
from tests.banking.samples import moved
from tests.dues.doing import moment, refund, rests, run, void

from tequio.banking.models import Match
from tequio.banking.operations import deciding
from tequio.dues.models import Payment
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event


@pytest.fixture
def three(members):
    members({"member_name": "Water Alliance"}, {"member_name": "Ana Ruiz"}, {"member_name": "Print Shop Uptown"})
    run()


def transfer(amount, account="MX000111222333", name="Ruiz Ochoa", on="2016-07-20", text="thanks"):
    return samples.mt940([moved(on, amount, text, name=name, account=account)])


def test_a_suggestion_is_answered_once(three):
    csv(moved("2016-07-20", "200.00", "ANA RUIZ"))
    match = suggestion()
    confirm(match)
    for again in (confirm, refuse):
        with pytest.raises(Refusal):
            again(match)
    assert Payment.objects.count() == 1


def test_undoing_voids_the_payment_opens_the_line_and_forgets_the_payer(three):
    number()
    take(transfer("50.00"))
    [match] = assign(the_line(), ("M2", 50))
    assert payers() == [("M2", False), ("M2", True)]
    undo(match)
    assert (payers(), the_line().state, rests("M2")) == ([], "open", [("US-000002", 200, None)])
    assert counts(take(transfer("60.00", on="2016-07-21"))) == (0, 0, 1, 0)
    assign(the_line(amount=5_000), ("M3", 50))
    assert rests("M3") == [("US-000003", 150, None)]


def test_a_payment_voided_on_its_own_page_opens_its_line_too(three):
    csv(moved("2016-07-20", "200.00", long("US-000001")))
    void(Payment.objects.get(), at="2016-08-16")
    assert (lines(), Match.objects.get().state) == ([("2016-07-20", 200, "open")], "undone")
    assert Event.objects.filter(kind="banking.match_undone").count() == 1


def test_what_was_given_back_cannot_be_undone_and_nothing_changes(three):
    csv(moved("2016-07-20", "200.00", long("US-000001")))
    refund(Payment.objects.get(), 10, on="2016-08-16")
    with pytest.raises(Refusal):
        undo(Match.objects.get())
    assert the_line().state == "matched"


def test_more_than_is_left_is_refused_whole(three):
    csv(moved("2016-07-20", "100.00", "X"))
    assign(the_line(), ("M1", 60))
    with pytest.raises(Refusal, match="40"):
        assign(the_line(), ("M2", 30), ("M3", 30))
    assert (Payment.objects.count(), rests("M2")[0][1]) == (1, 200)


def test_an_account_that_pays_for_two_members_posts_for_neither(three):
    number()
    take(transfer("50.00"))
    assign(the_line(), ("M1", 50))
    take(transfer("60.00", on="2016-07-21", text="again"))
    undone = Match.objects.get(amount=6_000, state="posted")
    undo(undone)
    assign(the_line(amount=6_000), ("M2", 60))
    result = take(transfer("70.00", on="2016-07-22", text="more"))
    assert counts(result) == (0, 1, 0, 0)


def test_a_part_of_a_line_teaches_nothing(three):
    number()
    take(transfer("50.00"))
    assign(the_line(), ("M1", 20), ("M2", 30))
    assert payers() == []


def test_a_suggestion_for_more_than_is_left_cannot_be_confirmed_later(three):
    csv(moved("2016-07-20", "200.00", "ANA RUIZ"))
    match = suggestion()
    assign(the_line(), ("M3", 200))
    with pytest.raises(Refusal):
        confirm(match)


def test_a_line_set_aside_takes_no_part_and_a_matched_one_cannot_be_set_aside(three):
    csv(moved("2016-07-20", "200.00", long("US-000001")), moved("2016-07-21", "3.00", "INTEREST"))
    said = {"reason": "interest", "actor": "ana", "at": moment("2016-08-16")}
    deciding.set_aside(line_pk=the_line(amount=300).pk, **said)
    for amount in (300, 20_000):
        with pytest.raises(Refusal):
            deciding.set_aside(line_pk=the_line(amount=amount).pk, **said)
    deciding.bring_back(line_pk=the_line(amount=300).pk, actor="ana", at=moment("2016-08-17"))
    assert the_line(amount=300).state == "open"


def test_money_for_one_invoice_goes_to_it_before_older_ones(members):
    members({"paid_until": "2015-03-01"})
    run("2016-03-01", at="2016-03-01")
    csv(moved("2016-07-20", "200.00", "for this year"))
    assign(the_line(), ("M1", 200, "US-000002"))
    assert [(number, rest) for number, rest, _ in rests("M1")] == [("US-000001", 200), ("US-000002", 0)]
