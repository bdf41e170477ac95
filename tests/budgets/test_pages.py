"""The pages of budgets: what a treasurer does there, what somebody else sees, and what is said of bad input."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from budgets.planning import CALLER, both, presented
from budgets.test_booking import GIFT, RACKS, entered, grant, posted, transfer
from budgets.test_planning import ask
from budgets.treasurers import person
from signing_in import sign_in
from tequio.budgets.models import (
    Booking,
    Budget,
    BudgetAmendment,
    ExpectedIncome,
    Receipt,
    SitesGuess,
    Transfer,
)
from tequio.budgets.operations import expecting
from tequio.budgets.operations.drafting import draft_of
from tequio.budgets.operations.spending import set_limit
from tequio.budgets.queries.versions import latest_version
from tequio.centers.queries import center_by_code
from tequio.dues.operations.paying import add_payment
from tequio.ledger.operations import open_fund

pytestmark = pytest.mark.usefixtures("two_centers", "now")
WHERE = {"code": "us", "year": 2016}


LINE = {
    "act": "line",
    "code": "rent",
    "side": "expense",
    "account": "expense-other",
    "fund": "general",
    "name_en": "Rent",
    "name_es": "Renta",
    "amount": "1,200.00",
    "formula": "",
    "months": "",
    "spread": "even",
}


def test_a_budget_is_begun_written_presented_and_amended_on_pages(signed_in):
    signed_in.post(reverse("begin_budget"), {"center": "us", "year": "2016"})
    page = reverse("budget_draft", kwargs=WHERE)
    assumption = {
        "act": "assumption",
        "name": "members",
        "label_en": "Members",
        "label_es": "Membresías",
        "value": "700",
        "said_by": "Ana",
    }
    dues = {"code": "dues", "side": "income", "account": "income-membership", "amount": "", "formula": "members * 50"}
    for typed in (LINE, assumption, {**LINE, **dues}, {"act": "drop_line", "name": "rent"}, LINE):
        assert signed_in.post(page, typed).status_code == 303
    written = draft_of(budget=Budget.objects.get())
    assert [line.code for line in written.lines] == ["dues", "rent"]
    assert b"33,800.00" in signed_in.get(page).content
    assert signed_in.post(page, {"act": "present", "note": ""}).status_code == 303
    amend = reverse("budget_amend", kwargs=WHERE) + "?line=rent"
    why = {"why_en": "less", "why_es": "menos", "asked_by": "Wen", "source": ""}
    assert signed_in.post(amend, {**LINE, "act": "put", "amount": "900", **why}).status_code == 303
    amendment = BudgetAmendment.objects.get()
    assert (amendment.action, amendment.name, amendment.then["amount"]) == ("change", "rent", "900.00")
    shown = signed_in.get(reverse("budget", kwargs=WHERE)).content.decode()
    assert "Rent: USD 900.00 instead of USD 1,200.00." in shown
    taken_back = reverse("budget_withdraw", kwargs={**WHERE, "amendment": 1})
    assert signed_in.post(taken_back).status_code == 303


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"formula": "members *", "amount": ""}, "ends too early"),
        ({"formula": "1"}, "needs an amount or a formula, and not both"),
        ({"months": "13"}, "Numbers from 1 to 12"),
        ({"account": "income-other"}, "which is no account of expense here"),
        ({"amount": "1.234"}, "is not an amount"),
        ({"name_es": ""}, "This field is required"),
    ],
)
def test_a_line_that_cannot_be_is_said_and_what_was_typed_stays(signed_in, typed, says):
    signed_in.post(reverse("begin_budget"), {"center": "us", "year": "2016"})
    answer = signed_in.post(reverse("budget_draft", kwargs=WHERE), {**LINE, **typed})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert 'value="rent"' in answer.content.decode()
    assert Budget.objects.get().draft == {"lines": [], "assumptions": []}


def test_a_file_replaces_the_draft_or_nothing(signed_in):
    signed_in.post(reverse("begin_budget"), {"center": "us", "year": "2016"})
    page = reverse("budget_draft", kwargs=WHERE)
    good = "what,code,side,account,name_en,name_es,amount\nline,gifts,income,income-donations,Gifts,Donativos,4000\n"
    for content, status, count in ((good, 303, 1), (good.replace("4000", "many"), 422, 1)):
        file = SimpleUploadedFile("b.csv", content.encode())
        answer = signed_in.post(page, {"act": "file", "file": file})
        assert answer.status_code == status
        assert len(draft_of(budget=Budget.objects.get()).lines) == count
    assert "Row 2: “many” is not an amount" in answer.content.decode()


def test_everybody_reads_the_plan_and_only_who_keeps_the_center_what_came(client, treasurer, us, at):
    presented(at=at)
    posted(RACKS, at=at, center=us)
    page = reverse("budget", kwargs=WHERE)
    public = client.get(page).content.decode()
    assert "42,000" in public
    assert "Actual" not in public
    assert "Forecast" not in public
    sign_in(client, treasurer)
    assert "Actual" in client.get(page).content.decode()


def test_who_asked_and_assumed_what_is_for_people_who_are_signed_in(client, treasurer, at):
    ask(presented(at=at), CALLER, asked_by="Oren Maddox")
    why = reverse("budget_why", kwargs={**WHERE, "line": "dues"})
    addresses = [reverse(name, kwargs=WHERE) for name in ("budget", "budget_csv")] + [why]

    def read():
        answers = [client.get(address) for address in addresses]
        return [b"".join(a.streaming_content if a.streaming else [a.content]).decode() for a in answers]

    for text in read():
        assert "Oren Maddox" not in text
        assert "Treasurer" not in text
    sign_in(client, treasurer)
    page, csv, reasons = read()
    assert "Oren Maddox" in page
    assert "Treasurer" in csv
    assert "assumed by Treasurer" in reasons


def test_the_public_page_takes_few_queries_and_no_cookie(client, at, django_assert_max_num_queries):
    presented(at=at)
    with django_assert_max_num_queries(25):
        answer = client.get(reverse("budget", kwargs=WHERE))
    assert "Set-Cookie" not in answer.headers


def test_what_was_booked_beside_the_budget_is_for_who_keeps_the_center(client, treasurer, us, at):
    presented(at=at)
    posted(replace(GIFT, account="income-drives"), at=at, center=us)
    page = reverse("budget", kwargs=WHERE)
    assert "not in the budget" not in client.get(page).content.decode()
    sign_in(client, treasurer)
    assert "not in the budget" in client.get(page).content.decode()


def test_why_a_line_with_shares_says_what_each_of_them_does(client, at):
    presented(at=at)
    page = client.get(reverse("budget_why", kwargs={**WHERE, "line": "dues"})).content.decode()
    assert "with 0 % it would be" in page
    assert "70,000.00" in page  # 700 members at 100 dollars, had nobody left
    assert "3,500.00" in page
    assert (
        "What each share does"
        not in client.get(reverse("budget_why", kwargs={**WHERE, "line": "pay"})).content.decode()
    )


def test_why_and_compare_and_files_are_open_to_everybody(client, at):
    budget = presented(at=at)
    said = client.get(reverse("budget_why", kwargs={**WHERE, "line": "dues"}) + "?month=2").content.decode()
    assert "One of 12 equal parts of the year (February)" in said
    assert client.get(reverse("budget_why", kwargs={**WHERE, "line": "nothing"})).status_code == 404
    assert client.get(reverse("budget_why", kwargs={**WHERE, "line": "dues"}) + "?of=actual").status_code == 404
    assert client.get(reverse("budget_compare", kwargs=WHERE)).status_code == 200
    assert b"line,dues" in b"".join(client.get(reverse("budget_csv", kwargs=WHERE)).streaming_content)
    assert client.get(reverse("budget_xlsx", kwargs=WHERE)).content.startswith(b"PK")
    assert client.get(reverse("budget", kwargs=WHERE) + "?version=9").status_code == 404
    assert latest_version(budget=budget).number == 1


BOOKING = {
    "side": "expense",
    "on": "2016-07-01",
    "account": "expense-racks",
    "fund": "general",
    "what": "Racks",
    "amount": "500.00",
    "method": "bank",
}


def test_an_expense_waits_for_a_second_person_and_its_receipt_is_only_saved(client, treasurer, us, at):
    from budgets.planning import decision

    set_limit(center=us, amount=0, valid_from=date(2016, 1, 1), decision=decision(at=at), actor="test", at=at)
    sign_in(client, treasurer)
    assert client.post(reverse("new_booking", kwargs={"code": "us"}), BOOKING).status_code == 303
    row = Booking.objects.get()
    page = reverse("booking", kwargs={"booking_pk": row.pk})
    receipt = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    assert client.post(page, {"act": "receipt", "file": receipt}).status_code == 303
    script = SimpleUploadedFile("a.pdf", b"%PDF-1.4 << /S /JavaScript >>")
    assert "has a script" in client.post(page, {"act": "receipt", "file": script}).content.decode()
    assert client.post(page, {"act": "post"}).status_code == 303
    assert "You entered it" in client.get(page).content.decode()
    assert "does not approve it" in client.post(page, {"act": "approve"}).content.decode()
    client.logout()
    sign_in(client, person("ben", us, at))
    assert client.post(page, {"act": "approve"}).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.approved_by.name) == ("posted", "ben")
    saved = client.get(reverse("booking_receipt", kwargs={"receipt_pk": Receipt.objects.get().pk}))
    assert (saved["Content-Type"], saved["Content-Disposition"][:11]) == ("application/octet-stream", "attachment;")
    assert client.post(page, {"act": "reverse", "reason": "twice"}).status_code == 303


def test_a_receipt_of_50_mb_is_refused_in_words_and_nothing_is_kept(client, treasurer, us, at):
    row = entered(RACKS, at=at, center=us)
    sign_in(client, treasurer)
    page = reverse("booking", kwargs={"booking_pk": row.pk})
    answer = client.post(page, {"act": "receipt", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.4" + b"0" * 50_000_000)})
    assert answer.status_code == 413
    assert "A receipt has at most 5 MB." in answer.content.decode()
    assert Receipt.objects.count() == 0


def test_what_cannot_be_booked_is_said_on_the_form(signed_in, us, at):
    page = reverse("new_booking", kwargs={"code": "us"})
    answer = signed_in.post(page, {**BOOKING, "on": "2061-07-01"})
    assert "too far from today" in answer.content.decode()
    open_fund(center=us, code="mapping", name=both("Mapping"), actor="test", at=at)
    signed_in.post(page, {**BOOKING, "fund": "mapping"})
    row = Booking.objects.get()
    said = signed_in.post(reverse("booking", kwargs={"booking_pk": row.pk}), {"act": "post"}).content.decode()
    assert "To spend more than it has takes a decision." in said


def test_expected_income_is_put_down_settled_and_booked_as_it_came(signed_in, us, at):
    page = reverse("expected_income", kwargs={"code": "us"})
    typed = {
        "kind": "grant",
        "name_en": "Grant",
        "name_es": "Apoyo",
        "amount": "4800",
        "currency": "",
        "likelihood": "80",
        "expected_on": "2016-09-01",
        "account": "income-grants",
        "fund": "general",
        "said_by": "Ana",
    }
    assert signed_in.post(page, typed).status_code == 303
    row = ExpectedIncome.objects.get()
    assert "nobody has said in which currency" in signed_in.get(page).content.decode()
    one = reverse("one_expected", kwargs={"expected_pk": row.pk})
    assert "is not a currency" in signed_in.post(one, {"act": "settle", "currency": "XQX"}).content.decode()
    assert signed_in.post(one, {"act": "settle", "currency": "eur"}).status_code == 303
    money = {
        **BOOKING,
        "side": "income",
        "account": "income-grants",
        "amount": "",
        "expected": str(row.pk),
        "came": "4800",
        "currency": "EUR",
        "rate": "1.1",
        "rate_on": "2016-07-01",
    }
    assert signed_in.post(reverse("new_booking", kwargs={"code": "us"}), money).status_code == 303
    booking = Booking.objects.get()
    assert signed_in.post(reverse("booking", kwargs={"booking_pk": booking.pk}), {"act": "post"}).status_code == 303
    row.refresh_from_db()
    assert (row.state, booking.amount) == ("received", 5_280_00)


def test_funds_are_opened_and_money_is_sent_and_arrives(client, treasurer, us, at):
    sign_in(client, treasurer)
    page = reverse("funds", kwargs={"code": "us"})
    assert client.post(page, {"act": "fund", "code": "map", "name_en": "Map", "name_es": "Mapa"}).status_code == 303
    sent = {
        "act": "send",
        "receiver": "mx",
        "sent_on": "2016-07-01",
        "amount": "100",
        "rate": "18.5",
        "rate_on": "2016-07-01",
        "rate_source": "bank",
    }
    assert client.post(page, sent).status_code == 303
    client.logout()
    mx = center_by_code(code="mx")
    sign_in(client, person("citlali", mx, at))
    arrived = {"act": "receive", "transfer": Transfer.objects.get().pk, "received_on": "2016-07-04", "amount": "1840"}
    assert client.post(reverse("funds", kwargs={"code": "mx"}), arrived).status_code == 303
    assert Transfer.objects.get().received == 1_840_00


def test_nobody_books_the_arrival_of_money_sent_elsewhere(signed_in, us, at):
    sent = transfer(us, center_by_code(code="mx"), at)
    arrived = {"act": "receive", "transfer": sent.pk, "received_on": "2016-07-04", "amount": "1"}
    assert signed_in.post(reverse("funds", kwargs={"code": "us"}), arrived).status_code == 404


def test_a_guess_about_sites_is_kept_or_refused(signed_in):
    page = reverse("sites")
    typed = {"name": "slow", "low": "10", "likely": "20", "high": "30", "said_by": "Ana"}
    assert signed_in.post(page, typed).status_code == 303
    refused = signed_in.post(page, {**typed, "low": "25"})
    assert (refused.status_code, "in this order" in refused.content.decode()) == (422, True)
    assert SitesGuess.objects.count() == 1
    assert signed_in.get(reverse("sites_paper")).content.startswith(b"%PDF-")


def test_side_by_side_refuses_a_rate_that_is_none(signed_in, at):
    presented(at=at)
    page = reverse("budgets_beside") + "?year=2016&center=us&rate="
    assert signed_in.get(page + "18.5&rate_on=2016-07-01").status_code == 200
    assert "is not a rate" in signed_in.get(page + "x&rate_on=2016-07-01").content.decode()


def test_words_that_people_typed_stay_words(signed_in, us, at):
    evil = "<script>x</script>"
    budget = presented(at=at)
    ask(budget, CALLER, asked_by=evil)
    expecting.expect(center=us, promise=grant(name=both(evil), said_by=evil), actor="test", at=at)
    row = entered(type(GIFT)(**{**{f: getattr(GIFT, f) for f in GIFT.__slots__}, "what": evil}), at=at, center=us)
    for address in (
        reverse("budget", kwargs=WHERE),
        reverse("bookings", kwargs={"code": "us"}),
        reverse("booking", kwargs={"booking_pk": row.pk}),
        reverse("expected_income", kwargs={"code": "us"}),
        reverse("new_booking", kwargs={"code": "us"}),
    ):
        assert evil not in signed_in.get(address).content.decode()


def test_money_members_paid_ahead_or_late_is_told_apart_from_the_income(signed_in, us, at, members):
    members({"center": "us"})
    presented(at=at)
    add_payment(code="M1", amount=50_00, currency="USD", on=at.date(), method="check", actor="test", at=at)
    page = signed_in.get(reverse("budget", kwargs=WHERE)).content.decode()
    assert "Beside the actual income," in page
    assert "was asked of members and is not paid yet." not in page
