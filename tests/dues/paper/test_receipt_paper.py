"""Receipts on paper: what came, what it settled, what is left of it, and that a voided one does not count."""

import pytest
from tests.dues.doing import pay, refund, run, void
from tests.dues.paper.reading import opened, pages

from tequio.dues.paper import receipt_pdf
from tequio.kernel.errors import Refusal

MEXICAN = {"center": "mx", "language": "es"}


def only(number):
    (page,) = pages(receipt_pdf(number=number))
    return page


def test_a_receipt_says_what_came_how_and_what_it_settled(members):
    members({})
    run()
    pay("M1", 150, method="check", note="check 1177")
    page = only("US-P-000001")
    assert "Receipt US-P-000001 Received on 15 July 2016 Amount USD 150.00 By check Member M1 Note check 1177" in page
    assert "We received USD 150.00. Thank you. Where it went Left of it USD" in page
    assert "Invoice US-000001 50.00 150.00 Received USD 150.00" in page


def test_what_a_payment_did_not_settle_is_credit(members):
    members(MEXICAN)
    run()
    pay("M1", 5000, currency="MXN", method="cash")
    page = only("MX-P-000001")
    assert "Recibo MX-P-000001 Recibido el 15 de julio de 2016 Monto MXN 5,000.00 Por efectivo" in page
    assert "Aviso de cuota MX-000001 0.00 4,100.00 Saldo a favor para el próximo aviso 900.00" in page
    assert "Recibido MXN 5,000.00" in page
    assert opened(receipt_pdf(number="MX-P-000001")).trailer["/Root"]["/Lang"] == "es-MX"


def test_what_was_given_back_is_part_of_the_sum(members):
    members({})
    run()
    payment = pay("M1", 250)
    refund(payment, 20)
    refund(payment, 10)
    page = only(payment.number)
    assert "Credit for the next invoice 20.00 Given back, the last of it on 15 July 2016 30.00" in page
    assert "Received USD 250.00" in page


def test_a_voided_payment_says_that_it_does_not_count(members):
    members({}, MEXICAN)
    run()
    void(pay("M1", 150))
    void(pay("M2", 150, currency="MXN"))
    english, spanish = only("US-P-000001"), only("MX-P-000001")
    assert (
        "Voided on 15 July 2016 This payment was entered by mistake and does not count. Reason: typed twice" in english
    )
    assert "Anulado el 15 de julio de 2016 Este pago se registró por error y no cuenta. Motivo: typed twice" in spanish
    assert "Where it went" not in english
    assert "We received" not in english


def test_a_receipt_is_dated_the_day_the_money_came_and_the_same_bytes_again(members):
    members({})
    run()
    pay("M1", 150, on="2016-07-11")
    pdf = receipt_pdf(number="US-P-000001")
    assert opened(pdf).metadata["/CreationDate"] == "D:20160711000000Z"
    assert opened(pdf).metadata.title == "Receipt US-P-000001"
    assert pdf == receipt_pdf(number="us-p-000001")


def test_a_payment_nobody_has_is_refused(members):
    with pytest.raises(Refusal) as refusal:
        receipt_pdf(number="US-P-9")
    assert refusal.value.text.as_dict() == {
        "en": "There is no payment “US-P-9”.",
        "es": "No existe el pago «US-P-9».",
    }
