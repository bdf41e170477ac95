"""Money from members: entered, given back, voided, let go."""

import pytest
from tests.dues.doing import cancel, day, let_go, moment, pay, refund, rests, run, undo, void

from tequio.centers.models import Center
from tequio.dues.models import Payment, Refund, WriteOff
from tequio.dues.operations import paying
from tequio.dues.queries import invoice_credits, payment_shares
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.ledger.operations import close_period
from tequio.ledger.queries import account_balances
from tequio.members.models import Member


def balances(center="us"):
    return {code: amount for code, amount in account_balances(center=Center.objects.get(code=center)).items() if amount}


def test_a_full_payment_settles_the_invoice_on_its_day(members):
    members({})
    run()
    payment = pay("M1", 200, on="2016-07-20")
    assert (rests("M1"), payment.unused, payment.number) == ([("US-000001", 0, "2016-07-20")], 0, "US-P-000001")
    assert balances() == {"us-bank": 20_000, "us-income-membership": -5_000, "us-income-operations": -15_000}


def test_a_partial_payment_leaves_the_rest(members):
    members({})
    run()
    payment = pay("M1", 80.25)
    assert (rests("M1"), payment.unused) == ([("US-000001", 119.75, None)], 0)
    pay("M1", 119.75, on="2016-08-01")
    assert rests("M1") == [("US-000001", 0, "2016-08-01")]


def test_a_payment_too_large_leaves_credit(members):
    members({})
    run()
    payment = pay("M1", 250)
    assert (rests("M1"), payment.unused) == ([("US-000001", 0, "2016-07-15")], 5_000)
    assert balances()["us-member-credit"] == -5_000


def test_a_payment_settles_the_oldest_debt_first(members):
    members({"paid_until": "2013-03-01", "balance_due": "30.00"})
    run("2015-07-15")
    payment = pay("M1", 300)
    assert [(s.invoice, s.amount, s.rest) for s in payment_shares(payment=payment)] == [
        ("US-OPEN-00001", 3_000, 0),
        ("US-000001", 20_000, 0),
        ("US-000002", 7_000, 13_000),
    ]


def test_a_payment_in_mexico_is_in_pesos_and_in_its_own_books(members):
    members({}, {"center": "mx"})
    run()
    pay("M2", 4100, currency="MXN")
    assert balances("mx")["mx-bank"] == 410_000
    assert "us-bank" not in balances("us")


@pytest.mark.parametrize(
    ("method", "account"), [("cash", "us-cash"), ("check", "us-bank"), ("card", "us-bank"), ("other", "us-bank")]
)
def test_cash_goes_into_the_cash_box_and_all_else_to_the_bank(members, method, account):
    members({})
    pay("M1", 10, method=method)
    assert balances() == {account: 1_000, "us-member-credit": -1_000}


@pytest.mark.parametrize("currency", ["MXN", "usd", "EUR", ""])
def test_another_currency_than_the_center_s_is_refused(members, currency):
    members({})
    with pytest.raises(Refusal, match="keeps its books in USD"):
        pay("M1", 10, currency=currency)
    assert Payment.objects.count() == 0


@pytest.mark.parametrize("amount", [0, -0.01, -200])
def test_nothing_and_less_are_no_payment(members, amount):
    members({})
    with pytest.raises(Refusal, match="more than nothing"):
        pay("M1", amount)


@pytest.mark.parametrize(
    ("on", "says"),
    [("2017-07-17", "more than a year ahead"), ("1989-12-31", "before 1990")],
)
def test_days_that_can_only_be_mistyped_are_refused(members, on, says):
    members({})
    with pytest.raises(Refusal, match=says):
        pay("M1", 10, on=on, at="2016-07-15")


@pytest.mark.parametrize("on", ["2017-07-16", "1990-01-01"])
def test_days_at_the_edge_are_taken(members, on):
    members({})
    assert pay("M1", 10, on=on, at="2016-07-15").on == day(on)


def test_a_payment_of_somebody_unknown_is_refused(members):
    members({})
    with pytest.raises(Refusal, match="There is no member “M9”"):
        pay("M9", 10)


def test_a_payment_into_closed_books_is_refused_and_takes_no_number(members):
    members({})
    center = Center.objects.get(code="us")
    close_period(
        center=center, first_day=day("2016-06-01"), last_day=day("2016-06-30"), actor="test", at=moment("2016-07-01")
    )
    with pytest.raises(Refusal, match="closed from 2016-06-01"):
        pay("M1", 10, on="2016-06-30", at="2016-07-01")
    assert pay("M1", 10, on="2016-07-01").number == "US-P-000001"


def test_the_same_key_enters_one_payment(members):
    members({}, {})
    first = pay("M1", 100, once_key="bank-77")
    again = pay("M1", 100, once_key="bank-77")
    assert (again.pk, Payment.objects.count(), balances()["us-bank"]) == (first.pk, 1, 10_000)
    assert Event.objects.filter(kind="payment.received").count() == 1
    assert pay("M1", 100, once_key="bank-78").pk != first.pk
    assert pay("M1", 100).pk != pay("M1", 100).pk


def test_a_refund_takes_credit_first(members):
    members({})
    run()
    payment = pay("M1", 250)
    refund(payment, 50)
    payment.refresh_from_db()
    assert (rests("M1"), payment.unused, Refund.objects.get().from_credit) == (
        [("US-000001", 0, "2016-07-15")],
        0,
        5_000,
    )


def test_a_refund_larger_than_the_credit_reopens_what_was_paid_last(members):
    members({"paid_until": "2015-03-01"})
    run()
    payment = pay("M1", 450)
    refund(payment, 300, on="2016-07-20")
    payment.refresh_from_db()
    assert (rests("M1"), payment.unused) == ([("US-000001", 50, None), ("US-000002", 200, None)], 0)
    refund(payment, 150, on="2016-07-21")
    assert [rest for _, rest, _ in rests("M1")] == [200, 200]
    assert "us-bank" not in balances()


def test_more_than_a_payment_holds_is_not_given_back(members):
    members({})
    run()
    payment = pay("M1", 250)
    refund(payment, 200)
    with pytest.raises(Refusal, match=f"{payment.number} holds USD 50.00 that can be given back"):
        refund(payment, 50.01)
    refund(payment, 50)
    with pytest.raises(Refusal, match=r"holds USD 0\.00"):
        refund(payment, 1)


def test_a_refund_is_refused_before_its_payment_without_amount_and_without_reason(members):
    members({})
    payment = pay("M1", 50, on="2016-07-10")
    with pytest.raises(Refusal, match="came on 2016-07-10; it cannot be given back before"):
        refund(payment, 10, on="2016-07-09")
    with pytest.raises(Refusal, match="more than nothing"):
        refund(payment, 0)
    with pytest.raises(Refusal, match="Give the reason"):
        paying.refund_payment(
            number=payment.number,
            amount=1,
            on=day("2016-07-15"),
            method="cash",
            reason="",
            actor="t",
            at=moment("2016-07-15"),
        )
    assert Refund.objects.count() == 0


def test_an_invoice_reopened_by_a_refund_can_be_paid_again(members):
    members({})
    run()
    first = pay("M1", 200, on="2016-07-20")
    refund(first, 200, on="2016-08-01")
    pay("M1", 200, on="2016-08-10")
    assert rests("M1") == [("US-000001", 0, "2016-08-10")]


def test_voiding_a_payment_opens_what_it_settled(members):
    members({})
    run()
    payment = pay("M1", 250)
    void(payment, at="2016-07-16")
    payment.refresh_from_db()
    assert (rests("M1"), payment.unused, payment.voided_on) == ([("US-000001", 200, None)], 0, day("2016-07-16"))
    assert "us-bank" not in balances()


def test_voiding_a_credit_that_a_run_has_used_opens_the_invoice(members):
    members({"paid_until": "2015-03-01"})
    payment = pay("M1", 300, on="2016-07-01")
    other = pay("M1", 150, on="2016-07-02")
    run()
    void(payment)
    assert [rest for _, rest, _ in rests("M1")] == [200, 100]
    other.refresh_from_db()
    assert (other.unused, balances()["us-bank"]) == (5_000, 15_000)


def test_a_voided_payment_is_neither_voided_nor_given_back_again(members):
    members({})
    payment = pay("M1", 50)
    void(payment)
    for again in (lambda: void(payment), lambda: refund(payment, 10)):
        with pytest.raises(Refusal, match="was voided on 2016-07-15"):
            again()


def test_a_payment_given_back_in_part_did_come_and_is_not_voided(members):
    members({})
    payment = pay("M1", 50)
    refund(payment, 10)
    with pytest.raises(Refusal, match="so it did come"):
        void(payment)


def test_a_payment_of_a_cancelled_invoice_can_be_voided(members):
    members({}, {})
    run()
    payment = pay("M1", 250)
    cancel("US-000001")
    void(payment)
    assert balances() == {"us-income-membership": -5_000, "us-income-operations": -15_000, "us-receivable": 20_000}


def test_an_unknown_payment_is_refused(members):
    with pytest.raises(Refusal, match="There is no payment “US-P-000009”"):
        paying.void_payment(number="US-P-000009", reason="x", actor="test", at=moment("2016-07-15"))


def test_writing_off_the_rest_settles_the_invoice(members):
    members({})
    run()
    pay("M1", 80)
    row = let_go("US-000001", on="2016-07-20")
    assert (row.amount, rests("M1")) == (12_000, [("US-000001", 0, "2016-07-20")])
    assert balances()["us-write-offs"] == 12_000


def test_writing_off_a_part_leaves_the_rest(members):
    members({})
    run()
    let_go("US-000001", 50)
    let_go("US-000001", 25.5)
    assert rests("M1") == [("US-000001", 124.5, None)]
    pay("M1", 200)
    assert [p.unused for p in Payment.objects.all()] == [7_550]


def test_more_than_the_rest_nothing_or_less_is_not_written_off(members):
    members({})
    run()
    with pytest.raises(Refusal, match=r"US-000001 has USD 200\.00 left"):
        let_go("US-000001", 200.01)
    for amount in (0, -5):
        with pytest.raises(Refusal, match="more than nothing"):
            let_go("US-000001", amount)
    let_go("US-000001")
    with pytest.raises(Refusal, match="Nothing is left to pay"):
        let_go("US-000001")
    assert WriteOff.objects.count() == 1


def test_what_does_not_stand_is_not_written_off(members):
    members({})
    undo(run())
    for number in ("US-000001", "US-000002"):
        with pytest.raises(Refusal, match="There is no invoice"):
            let_go(number)


def test_an_invoice_shows_what_lowered_it_in_the_order_of_days(members):
    from tequio.dues.models import Invoice

    members({})
    run()
    late = pay("M1", 60, on="2016-08-02")
    early = pay("M1", 40, on="2016-08-01")
    let_go("US-000001", 10, on="2016-08-03")
    refund(late, 5, on="2016-08-04")
    found = invoice_credits(invoice=Invoice.objects.get())
    assert [(c.on.isoformat(), c.amount, c.by) for c in found] == [
        ("2016-08-01", 4_000, early.number),
        ("2016-08-02", 6_000, late.number),
        ("2016-08-03", 1_000, "write-off"),
        ("2016-08-04", -500, late.number),
    ]


def test_every_operation_on_money_is_one_event(members):
    members({})
    run()
    payment = pay("M1", 100)
    refund(payment, 10)
    let_go("US-000001", 5)
    void(pay("M1", 1))
    cancelled = Event.objects.filter(kind__regex="^(payment|invoice)").order_by("id")
    assert [(e.kind, e.subject, e.payload["member"]) for e in cancelled] == [
        ("payment.received", "payment:US-P-000001", "M1"),
        ("payment.refunded", "payment:US-P-000001", "M1"),
        ("invoice.written_off", "invoice:US-000001", "M1"),
        ("payment.received", "payment:US-P-000002", "M1"),
        ("payment.voided", "payment:US-P-000002", "M1"),
    ]
    assert Member.objects.get().standing == "good"
