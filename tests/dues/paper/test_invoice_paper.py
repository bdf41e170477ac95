"""Invoices on paper: what is asked and why, what is left, and how to pay or ask for time, in both languages."""

import pytest
import segno
from tests.dues.doing import cancel, let_go, pay, plan, rate, refund, run
from tests.dues.paper.reading import codes, opened, pages, tags

from tequio.centers.operations import describe_center
from tequio.dues import hooks
from tequio.dues.models import Invoice
from tequio.dues.paper import batch_pdf, invoice_pdf, typesetting
from tequio.kernel.errors import Refusal
from tequio.kernel.paper import glyphs
from tequio.paylink.operations.managing import revoke_link
from tequio.rules.reasons import Text

MEXICAN = {"center": "mx", "language": "es", "contact_name": "Noé Díaz", "country": "MX", "city": "Oaxaca"}


def only(number):
    (page,) = pages(invoice_pdf(number=number))
    return page


@pytest.fixture
def described(sample_rules, at):
    for code, mail in (("us", "dues@example.org"), ("mx", "cuotas@example.org")):
        describe_center(
            code=code,
            postal_address="P.O. Box 12\nKingston, NY 12401",
            pay_to=Text(en="By check to the center", es="Con cheque a nombre del centro"),
            letter_email=mail,
            actor="test",
            at=at,
        )


def test_an_invoice_says_what_each_part_asks_and_what_it_comes_to(members, described):
    members({"member_name": "Far Creek Weavers", "street": "7 Far Creek Road", "city": "Kingston", "state": "NY"})
    run()
    invoice = Invoice.objects.get()
    parts = dict(invoice.lines.values_list("part", "amount"))
    page = only("US-000001")
    assert "Invoice US-000001 Date 15 July 2016 Your year 1 March 2016 to 28 February 2017" in page
    assert "Please pay by 29 July 2016 Member M1 Reference RF" in page
    assert f"Membership dues The part every member carries. {parts['membership'] / 100:,.2f}" in page
    assert f"Operations and support The part of members who use it. {parts['operations'] / 100:,.2f}" in page
    assert f"To pay USD {invoice.total / 100:,.2f} How to pay By check to the center" in page
    assert "tick a line below, or tell dues@example.org. No reason is needed." in page
    assert page.count(f"All of it: USD {invoice.total / 100:,.2f}") == 1


def test_an_invoice_names_the_rule_and_the_decision_it_follows(members):
    members({})
    run()
    policy = Invoice.objects.select_related("policy__decision__body").get().policy
    page = only("US-000001")
    assert f"Why this amount. {policy.title_en}, in force from" in page
    assert f"by {policy.decision.body.name_en}: {policy.decision.title_en}"[:60] in page
    assert "Source: " in page


def test_a_mexican_invoice_speaks_spanish_throughout_and_has_the_short_reference(members, described):
    members({**MEXICAN, "member_name": "Radio La Voz del Cerro", "postal_code": "68000", "state": "Oax."})
    run()
    pdf = invoice_pdf(number="MX-000001")
    (page,) = pages(pdf)
    assert "Radio La Voz del Cerro At’n: Noé Díaz 68000 OAXACA, OAX. Aviso de cuota MX-000001" in page
    assert "Su año 1 de marzo de 2016 al 28 de febrero de 2017 Vence el 29 de julio de 2016" in page
    assert "Para transferir 0000018" in page
    assert "Cómo pagar Con cheque a nombre del centro Anote la referencia RF" in page
    assert "Si es mucho, o es muy pronto La cuota no es un precio. Pague lo que pueda" in page
    assert "Envíe esta parte con su pago" in page
    for english in ("Invoice", "Please", "Thank", "dues are", "Member "):
        assert english not in page
    assert opened(pdf).trailer["/Root"]["/Lang"] == "es-MX"


def test_where_a_center_has_not_said_how_to_pay_the_paper_says_whom_to_ask(members):
    members({}, MEXICAN)
    run()
    assert "How to pay Ask the treasurer (Center in New York) how to pay. Give the reference" in only("US-000001")
    assert "Cómo pagar Pregunte a la tesorería (Centro en la Ciudad de México) cómo pagar." in only("MX-000001")


def test_what_was_paid_given_back_and_let_go_stands_line_by_line(members):
    members({})
    run()
    total = Invoice.objects.get().total
    payment = pay("M1", 30)
    refund(payment, 10)
    let_go("US-000001", 5)
    page = only("US-000001")
    assert f"Total {total / 100:,.2f} Paid on 15 July 2016, receipt {payment.number} −30.00" in page
    assert f"Given back on 15 July 2016, of payment {payment.number} 10.00" in page
    assert "No longer asked for, since 15 July 2016 −5.00" in page
    assert f"Left to pay USD {total / 100 - 25:,.2f}" in page


def test_many_payments_are_added_up_so_that_the_invoice_stays_one_page(members):
    members({})
    run()
    for cents in range(1, 8):
        pay("M1", cents)
    page = only("US-000001")
    assert "Paid less given back, 7 entries, the last on 15 July 2016 −28.00" in page


def test_a_paid_invoice_says_so_and_asks_for_nothing(members):
    members({})
    run()
    pay("M1", Invoice.objects.get().total / 100, on="2016-07-14")
    pdf = invoice_pdf(number="US-000001")
    (page,) = pages(pdf)
    assert "Paid in full on 14 July 2016 Nothing is left to pay. Thank you." in page
    assert "Left to pay USD 0.00" in page
    assert "How to pay" not in page
    assert "Send this part" not in page
    assert codes(pdf) == []


def test_an_invoice_let_go_is_settled_and_not_called_paid(members):
    members(MEXICAN)
    run()
    let_go("MX-000001")
    page = only("MX-000001")
    assert "Saldado el 15 de julio de 2016 No queda nada por pagar. Gracias." in page
    assert "Pagado por completo" not in page


def test_a_cancelled_invoice_says_not_to_pay_it_and_why(members):
    members({})
    run()
    cancel("US-000001")
    page = only("US-000001")
    assert "Cancelled on 15 July 2016 Please do not pay this invoice. Reason: wrong member" in page
    assert "Left to pay USD 0.00" in page
    assert "How to pay" not in page


def test_an_opening_balance_says_it_comes_from_before_this_program(members):
    members({"balance_due": "80.00"}, {**MEXICAN, "balance_due": "900.00"})
    english, spanish = only("US-OPEN-00001"), only("MX-OPEN-00001")
    assert "Owed since 1 March 2016" in english
    assert "Balance from before this program For 1 March 2016 to 28 February 2017. 80.00" in english
    assert "Where this balance comes from. It comes from before this program: the member roll said so" in english
    assert "Se debe desde 1 de marzo de 2016" in spanish
    assert "Viene de antes de este programa: así lo decía el padrón" in spanish


def test_a_rate_of_its_own_is_shown_against_the_table_and_its_reason_is_nobodys_business(members):
    members({})
    rate("M1", "reduced", 5_000)
    run()
    table = Invoice.objects.get().lines.select_related("tariff").get(part="membership").tariff.amount
    page = only("US-000001")
    assert f"Reduced rate: 50 % of USD {table / 100:,.2f}." in page
    assert "lost its office" not in page


def test_an_invoice_in_a_plan_says_that_the_instalments_count(members):
    members(MEXICAN)
    run()
    plan("M1", "2016-08-01")
    assert "Plan de pagos. Para este aviso se acordó un plan de pagos." in only("MX-000001")


def test_the_code_is_the_reference_and_its_alternative_text_says_it(members):
    members({})
    run()
    pdf = invoice_pdf(number="US-000001")
    on_line, named = [alt for kind, _, alt in tags(pdf) if kind == "/Figure"]
    reference = named.rsplit(" ", 1)[1]
    assert on_line == "QR code of your address on line"
    assert reference in pages(pdf)[0].replace(" ", "")
    link = hooks.pay_links(invoices=Invoice.objects.all())[Invoice.objects.get().pk]
    assert link in pages(pdf)[0].replace(" ", "")
    assert sorted(codes(pdf)) == sorted(modules(text) for text in (reference, link))


def test_a_paid_invoice_and_one_whose_link_was_revoked_print_no_address_on_line(members, at):
    members({}, {})
    run()
    revoke_link(number="US-000001", actor="test", at=at)
    pay("M2", Invoice.objects.get(number="US-000002").total)
    for number in ("US-000001", "US-000002"):
        assert "On line" not in only(number)


def modules(text):
    return tuple(tuple(int(bool(module)) for module in row) for row in segno.make_qr(text, error="m", mask=3).matrix)


def test_a_batch_is_one_pdf_with_a_page_for_each_in_the_order_asked(members):
    members({}, MEXICAN, {})
    run()
    pdf = batch_pdf(numbers=["us-000002", "MX-000001", "US-000001"])
    assert [next(w for w in page.split() if w[2:3] == "-") for page in pages(pdf)] == [
        "US-000002",
        "MX-000001",
        "US-000001",
    ]
    assert opened(pdf).metadata.title == "3 letters"
    assert {language for _, language, _ in tags(pdf)} == {None, "es-MX"}


def test_a_batch_takes_as_many_queries_as_a_single_invoice(many, django_assert_num_queries):
    many(12, street="7 Far Creek Road", city="Kingston")
    run()
    numbers = list(Invoice.objects.values_list("number", flat=True))
    with django_assert_num_queries(7):
        invoice_pdf(number=numbers[0])
    with django_assert_num_queries(7):
        batch_pdf(numbers=numbers)


def test_the_same_invoice_is_the_same_bytes(members):
    members({})
    run()
    assert invoice_pdf(number="US-000001") == invoice_pdf(number=" us-000001 ")


def test_a_number_nobody_has_and_an_empty_batch_are_refused(members):
    for numbers, said in ((["US-9"], "There is no invoice “US-9”."), ([], "One file holds from 1 to 1000 invoices")):
        with pytest.raises(Refusal) as refusal:
            batch_pdf(numbers=numbers)
        assert refusal.value.text.en.startswith(said)


def test_a_pdf_is_tagged_for_reading_aloud_and_dated_as_the_invoice(members):
    members({})
    run()
    pdf = invoice_pdf(number="US-000001")
    reader = opened(pdf)
    root = reader.trailer["/Root"]
    assert reader.metadata.title == "Invoice US-000001"
    assert reader.metadata.author == "Center in New York"
    assert reader.metadata["/CreationDate"] == "D:20160715000000Z"
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        "en-US",
        True,
        True,
    )
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    kinds = [kind for kind, _, _ in tags(pdf)]
    assert [kind for kind in kinds if kind in {"/H1", "/H2", "/Table", "/Figure"}] == (
        ["/H1", "/Table", "/H2", "/H2", "/H2", "/Figure", "/H2", "/Figure"]
    )
    assert kinds.count("/TH") == 2


def test_a_large_batch_is_typeset_apart_and_comes_out_the_same(members, monkeypatch):
    members({}, MEXICAN, {"member_name": "Círculo 日本"})
    run()
    numbers = ["US-000001", "MX-000001", "US-000002"]
    here = batch_pdf(numbers=numbers)
    monkeypatch.setattr(typesetting, "_FEW", 2)
    assert batch_pdf(numbers=numbers) == here


def test_what_cannot_be_typeset_apart_is_typeset_in_latin(members, monkeypatch):
    members({"member_name": "Círculo 日本"})
    run()
    monkeypatch.setattr(typesetting, "_FEW", 0)
    monkeypatch.setattr(glyphs, "_known", {chr(c): True for c in range(0x10000)})
    assert "Círculo □□" in only("US-000001")
