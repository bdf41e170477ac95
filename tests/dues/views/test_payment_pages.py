"""Payments: entered once, shown with what they settled, given back, voided, listed."""

import pytest
from tests.dues.doing import pay, refund, rests, run, void
from tests.dues.views.looking import faults, fill, heading, hidden, queries, text_of, url

from tequio.dues.models import Payment, Refund
from tequio.kernel.journal.models import Event
from tequio.members.models import Member


@pytest.fixture
def member_pk(members):
    """A member in New York that owes USD 200.00, beside one in Mexico that owes nothing."""
    members({"member_id": "A1"}, {"member_id": "B1", "center": "mx", "paid_until": "2018-03-01"})
    run()
    return Member.objects.get(code="A1").pk


@pytest.fixture
def address(member_pk):
    return url("add_payment", member_pk=member_pk)


TYPED = {"amount": "1,150.50", "on": "2016-07-15", "method": "check", "note": "no. 17"}


def test_what_is_open_is_shown_and_afterwards_what_was_settled(address, treasurer):
    assert heading(treasurer.get(address)) == "USD 200.00 are open; the oldest charge is paid first"
    answer = fill(treasurer, address, **TYPED)
    payment = Payment.objects.get()
    assert answer["Location"] == url("payment", number=payment.number)
    page = text_of(treasurer.get(answer["Location"]))
    assert "USD 1,150.50 came on 15 July 2016" in page
    assert "US-000001 USD 200.00 USD 0.00" in page
    assert "Credit for the next invoice USD 950.50" in page
    assert "no. 17" in page


def test_the_same_in_spanish(address, enter):
    teso = enter("treasurer us", language="es")
    assert heading(teso.get(address)) == "USD 200.00 por pagar; primero se cubre el cargo más antiguo"
    answer = fill(teso, address, **TYPED)
    assert "Saldo a favor para el próximo aviso USD 950.50" in text_of(teso.get(answer["Location"]))


def test_a_double_click_enters_one_payment(address, treasurer):
    form = {**hidden(treasurer.get(address)), **TYPED}
    first, second = treasurer.post(address, form), treasurer.post(address, form)
    assert first["Location"] == second["Location"]
    assert Payment.objects.count() == 1


def test_a_form_used_once_that_says_something_else_now_is_not_lost_unseen(address, treasurer):
    form = {**hidden(treasurer.get(address)), **TYPED}
    treasurer.post(address, form)
    answer = treasurer.post(address, {**form, "amount": "75"})
    assert (answer.status_code, Payment.objects.count()) == (422, 1)
    assert faults(answer)[0].startswith("This form was sent before and made US-P-000001, USD 1,150.50.")
    assert treasurer.post(address, {**form, "amount": "75", **hidden(answer)}).status_code == 303
    assert [p.amount for p in Payment.objects.order_by("pk")] == [115050, 7500]


def test_two_forms_are_two_payments(address, treasurer):
    fill(treasurer, address, **TYPED)
    fill(treasurer, address, **TYPED)
    assert Payment.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("amount", text) for text in ("", "0", "-1", "1.234", "1e5", "12,34", "9" * 14, "1" * 21, "USD 5", "٥")],
        *[("on", text) for text in ("", "15.7.2016", "2016-13-01", "1989-12-31", "2018-01-01", "9999-12-31")],
        *[("method", text) for text in ("", "gold", "cash\0")],
        *[("note", text) for text in ("x" * 301, "a\0b")],
        *[("once_key", text) for text in ("", "again", "x" * 10_000)],
    ],
)
def test_what_cannot_be_meant_is_refused_and_what_was_typed_stays(address, treasurer, field, value):
    answer = fill(treasurer, address, **{**TYPED, field: value})
    assert (answer.status_code, len(faults(answer)), Payment.objects.count()) == (422, 1, 0)
    kept = "no. 17" if field != "note" else "1,150.50"
    assert f'value="{kept}"' in answer.content.decode()
    mended = treasurer.post(address, {**TYPED, **hidden(answer)})
    assert mended.status_code == 303


def test_a_merged_entry_leads_to_the_form_of_the_one_it_counts_as(members, treasurer, at):
    from tequio.members.operations import merge_members

    members({"member_id": "A1"}, {"member_id": "A2"})
    merge_members(kept="A1", merged="A2", actor="test", at=at)
    head, merged = (Member.objects.get(code=code).pk for code in ("A1", "A2"))
    answer = treasurer.get(url("add_payment", member_pk=merged))
    assert answer["Location"] == url("add_payment", member_pk=head)


@pytest.mark.parametrize("key", ["", "again", "x" * 10_000])
def test_a_forged_hidden_field_is_named_in_the_persons_language(address, enter, key):
    answer = fill(enter("treasurer us", language="es"), address, **{**TYPED, "once_key": key})
    assert faults(answer) == ["Este formulario : Llegó incompleto. Revíselo y envíelo otra vez."]


MEMBER_PAGES = ["add_payment", "grant_hold", "agree_plan", "grant_rate"]
PAYMENT_PAGES = ["payment", "receipt_pdf", "refund", "void", "mail_receipt"]


@pytest.mark.parametrize(
    ("who", "opened"),
    [
        ({"roles": ["treasurer us"]}, set(MEMBER_PAGES + PAYMENT_PAGES)),
        ({"roles": ["administrator"]}, set(MEMBER_PAGES + PAYMENT_PAGES)),
        ({"roles": ["auditor"]}, {"payment", "receipt_pdf"}),
        ({"roles": ["treasurer mx"]}, set()),
        ({"roles": [], "member": "A1"}, {"payment", "receipt_pdf"}),
        ({"roles": [], "member": "B1"}, set()),
    ],
)
def test_who_opens_what(member_pk, enter, who, opened):
    number = pay("A1", 50).number
    client = enter(*who["roles"], member=who.get("member"))
    answers = {page: client.get(url(page, member_pk=member_pk)) for page in MEMBER_PAGES}
    answers |= {page: client.get(url(page, number=number)) for page in PAYMENT_PAGES}
    assert {page for page, answer in answers.items() if answer.status_code in (200, 303)} == opened
    assert {page for page, answer in answers.items() if answer.status_code == 403} == set(answers) - opened
    sent = {page: client.post(url(page, number=number), {"reason": "x"}) for page in ("refund", "void")}
    if "refund" not in opened:
        assert [answer.status_code for answer in sent.values()] == [403, 403]
        assert Payment.objects.get().voided_on is None


def test_a_member_sees_its_payment_without_the_treasurers_buttons(member_pk, enter):
    number = pay("A1", 50, note="in an envelope").number
    page = text_of(enter(member="A1").get(url("payment", number=number)))
    assert "USD 50.00 came on 15 July 2016" in page
    assert "For the treasurer" not in page


def test_a_receipt_is_a_pdf(member_pk, treasurer):
    number = pay("A1", 50).number
    answer = treasurer.get(url("receipt_pdf", number=number))
    assert answer.content[:5] == b"%PDF-"
    assert answer["Content-Disposition"] == f'inline; filename="{number}.pdf"'


BACK = {"amount": "20", "on": "2016-07-15", "method": "cash", "reason": "moved away"}


def test_money_given_back_opens_what_it_paid(member_pk, treasurer):
    number = pay("A1", 150).number
    address = url("refund", number=number)
    assert heading(treasurer.get(address)) == "Up to USD 150.00 can be given back"
    assert fill(treasurer, address, **BACK)["Location"] == url("payment", number=number)
    assert rests("A1") == [("US-000001", 70.0, None)]
    assert "15 July 2016: USD 20.00, cash. moved away" in text_of(treasurer.get(url("payment", number=number)))


def test_the_same_refund_sent_twice_is_one_and_another_form_is_another(member_pk, treasurer):
    address = url("refund", number=pay("A1", 150).number)
    form = {**hidden(treasurer.get(address)), **BACK}
    assert [treasurer.post(address, form).status_code for _ in range(2)] == [303, 303]
    assert Refund.objects.count() == 1
    fill(treasurer, address, **BACK)
    assert Refund.objects.count() == 2


def test_what_another_treasurer_gave_back_meanwhile_is_said(member_pk, treasurer):
    payment = pay("A1", 150)
    address = url("refund", number=payment.number)
    form = {**hidden(treasurer.get(address)), **BACK}
    refund(payment, 30)
    answer = treasurer.post(address, form)
    assert (answer.status_code, Refund.objects.count()) == (422, 1)
    assert "was given back meanwhile" in faults(answer)[0]
    assert treasurer.post(address, {**form, **hidden(answer)}).status_code == 303


def test_more_than_it_holds_is_not_given_back(member_pk, treasurer):
    answer = fill(treasurer, url("refund", number=pay("A1", 150).number), **{**BACK, "amount": "150.01"})
    assert answer.status_code == 422
    assert faults(answer) == ["US-P-000001 holds USD 150.00 that can be given back."]


def test_voiding_happens_once_and_opens_what_it_paid(member_pk, treasurer):
    number = pay("A1", 150).number
    address = url("void", number=number)
    assert fill(treasurer, address, reason="").status_code == 422
    assert [treasurer.post(address, {"reason": "typed twice"}).status_code for _ in range(2)] == [303, 303]
    assert rests("A1") == [("US-000001", 200.0, None)]
    assert Event.objects.filter(kind="payment.voided").count() == 1
    page = treasurer.get(url("payment", number=number))
    assert heading(page) == "This payment was voided: it never happened"
    assert "typed twice" in text_of(page)
    assert treasurer.get(url("refund", number=number))["Location"] == url("payment", number=number)


def test_what_was_given_back_in_part_is_not_voided(member_pk, treasurer):
    payment = pay("A1", 150)
    refund(payment, 30)
    assert "Void it" not in text_of(treasurer.get(url("payment", number=payment.number)))
    answer = fill(treasurer, url("void", number=payment.number), reason="typed twice")
    assert answer.status_code == 422
    assert "Part of US-P-000001 was given back" in faults(answer)[0]


def test_a_hostile_note_stays_text(address, treasurer):
    answer = fill(treasurer, address, **{**TYPED, "note": "</p><script>alert(1)</script>\u202e=1+1"})
    page = treasurer.get(answer["Location"]).content.decode()
    assert "<script>" not in page
    assert '<p dir="auto">&lt;/p&gt;&lt;script&gt;' in page
    lines = b"".join(treasurer.get(url("payments_csv")).streaming_content).decode().splitlines()
    assert lines[0] == "payment,on,member_id,member_name,center,amount,currency,method,credit,voided_on,note"
    assert len(lines) == 2


def test_the_list_filters_by_center_days_and_method_and_keeps_currencies_apart(member_pk, administrator):
    pay("A1", 10, on="2016-07-01", method="cash")
    pay("A1", 20, on="2016-07-10", method="check")
    pay("B1", 300, on="2016-07-12", currency="MXN")
    void(pay("A1", 40, on="2016-07-14"))

    def listed(words=""):
        page = administrator.get("/payments/" + words)
        assert page.status_code == 200
        whole = text_of(page)
        return heading(page), [number for number in PAYMENTS if number in whole]

    assert listed() == ("MXN 300.00 and USD 30.00 came in", PAYMENTS)
    assert listed("?center=us") == ("USD 30.00 came in", PAYMENTS[:3])
    assert listed("?from=2016-07-10&to=2016-07-12&center=us") == ("USD 20.00 came in", [PAYMENTS[1]])
    assert listed("?method=cash") == ("USD 10.00 came in", [PAYMENTS[0]])
    assert listed("?method=gold&from=x&to=2016-99-99&center=%00&page=x") == listed()
    assert listed("?center=nowhere") == ("No payments here", [])


PAYMENTS = ["US-P-000001", "US-P-000002", "US-P-000003", "MX-P-000001"]


def test_a_treasurer_lists_only_its_own_center_and_a_member_nothing(member_pk, enter):
    pay("A1", 10)
    pay("B1", 300, currency="MXN")
    page = text_of(enter("treasurer mx").get("/payments/"))
    assert ("MX-P-000001" in page, "US-P-000001" in page) == (True, False)
    both = enter("treasurer mx")
    assert "US-P-000001" not in text_of(both.get("/payments/list.csv?center=us"))
    member = enter(member="A1")
    assert (member.get("/payments/").status_code, member.get("/payments/list.csv").status_code) == (403, 403)


def test_fifty_stand_on_a_page_and_the_address_of_the_next_keeps_the_filters(member_pk, treasurer):
    for number in range(52):
        pay("A1", 1, once_key=f"k{number}")
    page = treasurer.get("/payments/?method=transfer")
    assert page.content.decode().count('<tr><th scope="row">') == 50
    assert '<a href="/payments/?method=transfer&amp;page=2" rel="next">' in page.content.decode()
    assert "51–52 of 52" in text_of(treasurer.get("/payments/?method=transfer&page=2"))


def test_the_queries_of_the_list_do_not_grow_with_its_rows(member_pk, treasurer):
    pay("A1", 1)
    before = queries(treasurer, "/payments/")
    for number in range(30):
        pay("A1", 1, once_key=f"k{number}")
    assert queries(treasurer, "/payments/") == before


def test_the_thanks_are_queued_once(member_pk, treasurer):
    from tequio.kernel.mail.models import OutgoingMail

    address = url("mail_receipt", number=pay("A1", 50).number)
    assert treasurer.post(address)["Location"].endswith("?mailed=1")
    assert treasurer.post(address)["Location"].endswith("?mailed=0")
    assert OutgoingMail.objects.count() == 1


def test_a_session_that_ended_in_the_middle_loses_nothing_typed(address, treasurer):
    form = {**hidden(treasurer.get(address)), **TYPED}
    treasurer.logout()
    answer = treasurer.post(address, form, headers={"origin": "http://testserver"})
    assert (answer.status_code, Payment.objects.count()) == (401, 0)
    assert 'name="note" value="no. 17"' in answer.content.decode()
