"""One invoice: what it says to whom, and what a treasurer does about it."""

import pytest
from tests.dues.doing import asked, cancel, let_go, pay, rate, rests, run
from tests.dues.views.looking import faults, fill, heading, hidden, queries, text_of, url

from tequio.dues.models import Invoice, WriteOff
from tequio.kernel.journal.models import Event


@pytest.fixture
def number(members):
    """The number of the one invoice of a member in New York, USD 200.00 due on 29 July."""
    members({"member_id": "A1"}, {"member_id": "B1", "center": "mx", "paid_until": "2018-03-01"})
    run()
    return Invoice.objects.get().number


def test_it_says_what_is_asked_and_why_line_by_line(number, treasurer):
    page = text_of(treasurer.get(url("invoice", number=number)))
    assert "USD 200.00 to pay by 29 July 2016" in page
    assert "It is for the year from 1 March 2016 to 28 February 2017." in page
    assert "Membership dues: USD 50.00 The table asks USD 50.00 a year" in page
    assert "by the rule" in page
    assert "which was adopted by" in page
    assert "as it stands in" in page


def test_it_speaks_spanish(number, enter):
    page = text_of(enter("treasurer us", language="es").get(url("invoice", number=number)))
    assert "USD 200.00 por pagar a más tardar el 29 de julio de 2016" in page
    assert "La tabla pide USD 50.00 al año" in page
    assert "según la regla" in page


def test_its_own_rate_is_part_of_the_why(members, treasurer):
    members({"member_id": "A1"})
    rate("A1", "reduced", 5000)
    run()
    page = text_of(treasurer.get(url("invoice", number=Invoice.objects.get().number)))
    assert "Membership dues: USD 25.00 The table asks USD 50.00 a year" in page
    assert "and this member’s own rate is reduced, 50 %: lost its office" in page


def test_the_reference_stands_there_as_text_and_as_a_code(number, treasurer):
    from tequio.dues.references import iso_reference

    page = treasurer.get(url("invoice", number=number))
    assert iso_reference(number=number) in text_of(page)
    assert '<svg role="img" viewBox=' in page.content.decode()
    assert "style=" not in page.content.decode()


def test_a_mexican_invoice_has_the_short_reference_too(members, enter):
    members({"member_id": "B1", "center": "mx"})
    run()
    from tequio.dues.references import short_reference

    number = Invoice.objects.get().number
    assert short_reference(number=number) in text_of(enter("treasurer mx").get(url("invoice", number=number)))


def test_each_state_has_its_own_heading(number, members, treasurer, monkeypatch, at):
    from tequio.kernel import clock

    address = url("invoice", number=number)
    monkeypatch.setattr(clock, "now", lambda: at.replace(month=8))
    assert heading(treasurer.get(address)) == "USD 200.00 to pay, due since 29 July 2016"
    pay("A1", 150, on="2016-07-20")
    assert heading(treasurer.get(address)) == "USD 50.00 to pay, due since 29 July 2016"
    assert "USD -150.00" in text_of(treasurer.get(address))
    let_go(number, on="2016-07-25")
    page = treasurer.get(address)
    assert heading(page) == "Nothing is left to pay"
    assert "Written off on 25 July 2016: flooded" in text_of(page)


def test_a_paid_and_a_cancelled_one_say_so(number, treasurer):
    address = url("invoice", number=number)
    pay("A1", 200)
    assert heading(treasurer.get(address)) == "Paid, thank you"
    cancel(number)
    page = treasurer.get(address)
    assert heading(page) == "Nothing is asked: this invoice was cancelled"
    assert "wrong member" in text_of(page)
    assert "For the treasurer" not in text_of(page)


def test_a_balance_from_the_roll_is_shown_too(members, treasurer):
    members({"member_id": "A1", "balance_due": "75.00", "paid_until": "2015-03-01"})
    number = Invoice.objects.get(kind="opening").number
    page = text_of(treasurer.get(url("invoice", number=number)))
    assert "what the member roll said was owed before this program" in page
    assert "the member roll as it was imported" in page


def test_the_center_says_how_to_pay_it(number, treasurer, at):
    from tequio.centers.operations import describe_center
    from tequio.rules.reasons import Text

    address = url("invoice", number=number)
    assert "Ask the treasurer of Center in New York" in text_of(treasurer.get(address))
    describe_center(
        code="us",
        postal_address="",
        pay_to=Text(en="By check to the center\nP.O. Box 5", es="Con cheque"),
        letter_email="dues@example.org",
        actor="test",
        at=at,
    )
    assert "By check to the center P.O. Box 5" in text_of(treasurer.get(address))


PAGES = ["invoice", "invoice_pdf", "write_off", "cancel_invoice", "mail_invoice"]


@pytest.mark.parametrize(
    ("role", "opened"),
    [
        ("treasurer us", set(PAGES)),
        ("administrator", set(PAGES)),
        ("auditor", {"invoice", "invoice_pdf"}),
        ("treasurer mx", set()),
    ],
)
def test_who_opens_what(number, enter, role, opened):
    client = enter(role)
    statuses = {page: client.get(url(page, number=number)).status_code for page in PAGES}
    assert {page for page, status in statuses.items() if status != 403} == opened
    assert {page for page, status in statuses.items() if status in (200, 303)} == opened


def test_a_member_reads_its_own_and_changes_nothing(number, enter):
    own, other = enter(member="A1"), enter(member="B1")
    page = own.get(url("invoice", number=number))
    assert "USD 200.00 to pay" in text_of(page)
    assert "For the treasurer" not in text_of(page)
    assert "/dues/runs/" not in page.content.decode()
    assert own.get(url("write_off", number=number)).status_code == 403
    assert own.post(url("cancel_invoice", number=number), {"reason": "no"}).status_code == 403
    assert other.get(url("invoice", number=number)).status_code == 403
    assert other.get(url("invoice_pdf", number=number)).status_code == 403
    assert len(asked()) == 1


def test_nobody_signed_in_is_sent_to_sign_in_and_back(client, number):
    answer = client.get(url("invoice", number=number))
    assert (answer.status_code, answer["Location"]) == (303, f"/account/login/?next=%2Finvoices%2F{number}%2F")


def test_a_number_nobody_has_is_not_there(number, treasurer, enter):
    assert treasurer.get("/invoices/US-999999/").status_code == 404
    assert enter(member="A1").get("/invoices/US-999999/").status_code == 403
    for odd in ("us-000001", "US-%00", "..", "A" * 25):
        assert treasurer.get(f"/invoices/{odd}/").status_code == 404


def test_the_paper_is_a_pdf_shown_in_the_browser_under_a_plain_name(number, treasurer):
    answer = treasurer.get(url("invoice_pdf", number=number))
    assert answer.content[:5] == b"%PDF-"
    assert answer["Content-Disposition"] == f'inline; filename="{number}.pdf"'
    assert answer["Content-Type"] == "application/pdf"


def test_a_run_is_printed_as_one_file(number, treasurer, administrator):
    run_pk = Invoice.objects.get().run_id
    answer = administrator.get(url("print_run", run_pk=run_pk))
    assert answer.content[:5] == b"%PDF-"
    assert answer["Content-Disposition"] == f'inline; filename="dues-run-{run_pk}.pdf"'
    assert administrator.get(url("print_run", run_pk=run_pk) + "?page=2").status_code == 409
    cancel(number)
    assert administrator.get(url("print_run", run_pk=run_pk)).status_code == 409


def test_writing_off_all_that_is_left(number, treasurer):
    answer = fill(treasurer, url("write_off", number=number), amount="", on="2016-07-15", reason="flooded")
    assert answer["Location"] == url("invoice", number=number)
    assert rests("A1") == [(number, 0.0, "2016-07-15")]


def test_the_same_partial_write_off_sent_twice_is_one(number, treasurer):
    address = url("write_off", number=number)
    form = {**hidden(treasurer.get(address)), "amount": "50", "on": "2016-07-15", "reason": "flooded"}
    assert [treasurer.post(address, form).status_code for _ in range(2)] == [303, 303]
    assert [row.amount for row in WriteOff.objects.all()] == [5000]


def test_what_was_paid_meanwhile_is_said_before_anything_is_written_off(number, treasurer):
    address = url("write_off", number=number)
    form = {**hidden(treasurer.get(address)), "amount": "", "on": "2016-07-15", "reason": "flooded"}
    pay("A1", 120)
    answer = treasurer.post(address, form)
    assert (answer.status_code, WriteOff.objects.count()) == (422, 0)
    assert faults(answer) == [f"Meanwhile USD 80.00 is left of {number}. Send this again if it is still right."]
    assert treasurer.post(address, {**form, **hidden(answer)}).status_code == 303
    assert [row.amount for row in WriteOff.objects.all()] == [8000]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("amount", text) for text in ("0", "-5", "200.01", "1e3", "abc", "1.234", "9" * 14, "\0")],
        *[("on", text) for text in ("", "yesterday", "9999-12-31", "1980-01-01")],
        *[("reason", text) for text in ("", "   ", "x" * 301, "a\0b")],
        *[("seen", text) for text in ("", "x", "-1", "9" * 40)],
    ],
)
def test_a_wrong_write_off_is_refused_and_what_was_typed_stays(number, treasurer, field, value):
    address = url("write_off", number=number)
    typed = {**hidden(treasurer.get(address)), "amount": "10", "on": "2016-07-15", "reason": "flooded", field: value}
    answer = treasurer.post(address, typed)
    assert (answer.status_code, len(faults(answer)), WriteOff.objects.count()) == (422, 1, 0)
    kept = "10" if field == "reason" else "flooded"
    assert f'value="{kept}"' in answer.content.decode()


def test_cancelling_needs_a_reason_and_happens_once(number, treasurer):
    address = url("cancel_invoice", number=number)
    assert fill(treasurer, address, reason="").status_code == 422
    for _ in range(2):
        assert treasurer.post(address, {"reason": "wrong member"})["Location"] == url("invoice", number=number)
    assert Event.objects.filter(kind="invoice.cancelled").count() == 1


def test_cancelling_says_what_becomes_of_money_paid(number, treasurer):
    pay("A1", 30)
    page = text_of(treasurer.get(url("cancel_invoice", number=number)))
    assert "The USD 30.00 that settled it become credit." in page


def test_a_hostile_reason_stays_text(number, treasurer):
    fill(treasurer, url("cancel_invoice", number=number), reason="<img src=x onerror=alert(1)>\u202e")
    page = treasurer.get(url("invoice", number=number)).content.decode()
    assert "<img" not in page
    assert '<span dir="auto">&lt;img' in page


def test_sending_by_mail_queues_it_once(number, treasurer):
    from tequio.kernel.mail.models import OutgoingMail

    address = url("mail_invoice", number=number)
    assert treasurer.get(address)["Location"] == url("invoice", number=number)
    assert OutgoingMail.objects.count() == 0
    assert treasurer.post(address)["Location"].endswith("?mailed=1")
    assert treasurer.post(address)["Location"].endswith("?mailed=0")
    assert OutgoingMail.objects.count() == 1


def test_a_run_is_sent_by_mail_after_a_page_that_says_so(number, administrator):
    from tequio.kernel.mail.models import OutgoingMail

    run_pk = Invoice.objects.get().run_id
    address = url("send_run", run_pk=run_pk)
    assert heading(administrator.get(address)) == "One member will be written to"
    assert OutgoingMail.objects.count() == 0
    for _ in range(2):
        assert administrator.post(address).status_code == 303
    assert OutgoingMail.objects.count() == 1
    assert "Sent: 0. Waiting: 1. Failed: 0." in text_of(administrator.get(url("dues_run", run_pk=run_pk)))


def test_the_queries_of_an_invoice_do_not_grow_with_its_payments(number, treasurer):
    pay("A1", 10)
    before = queries(treasurer, url("invoice", number=number))
    for _ in range(5):
        pay("A1", 10)
    assert queries(treasurer, url("invoice", number=number)) == before


def test_the_queries_of_a_result_do_not_grow_with_its_invoices(many, administrator):
    counts = []
    for members in (2, 30):
        many(members, kind="organization")
        counts.append(queries(administrator, url("dues_run", run_pk=run().run_pk)))
    assert counts[0] == counts[1]
