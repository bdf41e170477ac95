"""A statement on pages: handed in, looked at, its columns corrected, confirmed once; and its lines decided about."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.banking import samples
from tests.banking.doing import csv, lines, long, suggestion, the_line
from tests.banking.samples import moved
from tests.dues.doing import rests

from tequio.banking.models import AccountNumber, BankAccount, BankLine, Match, StatementFile, StatementUpload
from tequio.dues.models import Payment
from tequio.kernel.web.languages import COOKIE


def hand_in(client, raw, name="july.csv", account="us-bank"):
    file = SimpleUploadedFile(name, raw)
    return client.post(reverse("new_statement", kwargs={"code": account}), {"file": file})


def send(client, name, act, /, *, data=None, **words):
    return client.post(reverse(name, kwargs=words), {"act": act, **(data or {})})


def text_of(answer):
    return answer.content.decode()


STATEMENT = samples.table([moved("2016-07-14", "200.00", long("US-000001")), moved("2016-07-14", "200.00", "ANA RUIZ")])


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_file_is_shown_before_anything_is_done_and_confirmed_once(treasurer, language):
    treasurer.cookies[COOKIE] = language
    answer = hand_in(treasurer, STATEMENT)
    upload = StatementUpload.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        303,
        reverse("statement_preview", kwargs={"upload_pk": upload.pk}),
    )
    promised = {"en": "One payment would be posted", "es": "Se registraría un pago"}
    assert promised[language] in text_of(treasurer.get(answer["Location"]))
    assert (BankLine.objects.count(), Payment.objects.count()) == (0, 0)
    done = send(treasurer, "statement_preview", "confirm", upload_pk=upload.pk)
    assert done["Location"] == reverse("statement", kwargs={"statement_pk": StatementFile.objects.get().pk})
    assert sorted(state for _, _, state in lines()) == ["matched", "suggested"]
    assert {"en": "suggested", "es": "sugerido"}[language] in text_of(treasurer.get(done["Location"])).lower()
    assert send(treasurer, "statement_preview", "confirm", upload_pk=upload.pk).status_code == 404
    assert Payment.objects.count() == 1


def test_what_cannot_be_read_is_said_and_not_kept(treasurer):
    answer = hand_in(treasurer, b"%PDF-1.4", name="statement.csv")
    assert (answer.status_code, StatementUpload.objects.count()) == (422, 0)
    assert "This is a PDF" in text_of(answer)


def test_a_file_too_large_for_a_page_is_refused_with_a_sentence(treasurer):
    answer = hand_in(treasurer, b"x" * 10_200_000)
    assert (answer.status_code, StatementUpload.objects.count()) == (413, 0)
    assert "with the command tequio payments import, which takes up to 50 MB" in text_of(answer)


def test_a_script_in_a_statement_is_only_words(treasurer):
    raw = samples.table([moved("2016-07-14", "5.00", "<script>alert(1)</script>")])
    answer = treasurer.get(hand_in(treasurer, raw, name="<script>.csv")["Location"])
    assert "<script>alert" not in text_of(answer)
    assert "&lt;script&gt;alert(1)" in text_of(answer)


def test_a_file_of_another_account_is_shown_as_that_and_cannot_be_confirmed(treasurer):
    hand_in(treasurer, samples.ofx([moved("2016-07-14", "5.00", "X")]), name="x.ofx")
    upload = StatementUpload.objects.get()
    shown = text_of(treasurer.get(reverse("statement_preview", kwargs={"upload_pk": upload.pk})))
    assert "This file is not of this account" in shown
    assert 'value="confirm"' not in shown
    assert send(treasurer, "statement_preview", "confirm", upload_pk=upload.pk).status_code == 422
    assert BankLine.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_number_a_file_names_is_shown_and_recorded_when_a_person_says_so(treasurer, language):
    treasurer.cookies[COOKIE] = language
    hand_in(treasurer, samples.ofx([moved("2016-07-14", "5.00", "X")]), name="x.ofx")
    upload = StatementUpload.objects.get()
    address = reverse("statement_preview", kwargs={"upload_pk": upload.pk})
    asked = {"en": "Yes, 000123456789 is the number of us-bank", "es": "Sí, 000123456789 es el número de us-bank"}
    assert asked[language] in text_of(treasurer.get(address))
    assert send(treasurer, "statement_preview", "number", upload_pk=upload.pk, data={"number": "9"}).status_code == 422
    assert AccountNumber.objects.count() == 0
    send(treasurer, "statement_preview", "number", upload_pk=upload.pk, data={"number": "000123456789"})
    assert [row.number for row in AccountNumber.objects.all()] == ["000123456789"]
    shown = text_of(treasurer.get(address))
    assert ('value="confirm"' in shown, 'value="number"' in shown, BankLine.objects.count()) == (True, False, 0)
    send(treasurer, "statement_preview", "confirm", upload_pk=upload.pk)
    assert lines() == [("2016-07-14", 5, "open")]


def test_columns_nobody_recognizes_are_asked_for_on_the_page(treasurer):
    raw = b"Uno,Dos,Tres\nalgo,5,hola\notro,7,adios\n2016-07-14,9,x\n"
    answer = hand_in(treasurer, raw)
    shown = treasurer.get(answer["Location"])
    assert (shown.status_code, "recognized as its date" in text_of(shown)) == (200, True)
    assert 'name="column_2"' in text_of(shown)
    columns = {"column_0": "date", "column_1": "amount", "column_2": "text", "dates": "ymd", "decimal": "."}
    upload = StatementUpload.objects.get()
    assert send(treasurer, "statement_preview", "columns", upload_pk=upload.pk, data=columns).status_code == 200
    send(treasurer, "statement_preview", "confirm", upload_pk=upload.pk)
    assert lines() == [("2016-07-14", 9, "open")]


def test_columns_are_corrected_and_remembered_with_the_account(treasurer):
    raw = b"Fecha,Uno,Dos,Nota\n01/07/2016,5.00,200.00,RF95US000001\n02/07/2016,6.00,7.00,hola\n"
    hand_in(treasurer, raw)
    upload = StatementUpload.objects.get()
    columns = {"column_0": "date", "column_1": "", "column_2": "amount", "column_3": "text"}
    corrected = {**columns, "dates": "dmy", "decimal": "."}
    assert send(treasurer, "statement_preview", "columns", upload_pk=upload.pk, data=corrected).status_code == 200
    send(treasurer, "statement_preview", "confirm", upload_pk=upload.pk)
    assert [amount for _, amount, _ in lines()] == [200, 7]
    kept = BankAccount.objects.get(code="us-bank").mapping
    assert kept["columns"] == {"date": ["Fecha"], "amount": ["Dos"], "text": ["Nota"]}


def test_a_file_is_thrown_away(treasurer):
    hand_in(treasurer, STATEMENT)
    upload = StatementUpload.objects.get()
    send(treasurer, "statement_preview", "discard", upload_pk=upload.pk)
    assert (StatementUpload.objects.count(), BankLine.objects.count()) == (0, 0)


def test_what_waits_is_listed_counted_on_home_and_confirmed(treasurer):
    csv(moved("2016-07-14", "200.00", "ANA RUIZ"), moved("2016-07-14", "12.00", "X"), at="2016-07-15")
    assert "2 payments are not matched" in text_of(treasurer.get(reverse("bank_lines")))
    assert "payments not matched" in text_of(treasurer.get(reverse("home")))
    page = text_of(treasurer.get(reverse("bank_line", kwargs={"line_pk": the_line(amount=20_000).pk})))
    assert "The name is like the member" in page
    answer = send(
        treasurer, "bank_line", "confirm", line_pk=the_line(amount=20_000).pk, data={"match": suggestion().pk}
    )
    assert (answer["Location"], rests("M2")) == (reverse("bank_lines"), [("US-000002", 0, "2016-07-14")])


def test_a_suggestion_is_refused_and_the_line_given_by_hand_split_over_members_and_an_invoice(treasurer):
    csv(moved("2016-07-14", "200.00", "ANA RUIZ"))
    line = the_line()
    send(treasurer, "bank_line", "refuse", line_pk=line.pk, data={"match": suggestion().pk})
    assert the_line().state == "open"
    parts = {"member_1": "M1", "amount_1": "50", "member_2": "M3", "amount_2": "120.00", "invoice_2": "us-000003"}
    send(treasurer, "bank_line", "assign", line_pk=line.pk, data=parts)
    assert (rests("M1"), rests("M3")) == ([("US-000001", 150, None)], [("US-000003", 80, None)])
    assert "Left:" in text_of(treasurer.get(reverse("bank_line", kwargs={"line_pk": line.pk})))
    send(treasurer, "bank_line", "assign", line_pk=line.pk, data={"member_1": "M2"})
    assert (rests("M2"), the_line().state) == ([("US-000002", 170, None)], "matched")


WRONG = [
    {"member_1": ""},
    {"member_1": "NOBODY"},
    {"member_1": "M1", "amount_1": "1000"},
    {"member_1": "M1", "amount_1": "-5"},
    {"member_1": "M1", "amount_1": "lots"},
    {"member_1": "M1", "invoice_1": "US-000002"},
    {"member_1": "M1", "member_2": "M2"},
]


@pytest.mark.parametrize("data", WRONG, ids=str)
def test_a_line_given_wrongly_is_refused_and_nothing_is_posted(treasurer, data):
    csv(moved("2016-07-14", "12.00", "X"))
    answer = send(treasurer, "bank_line", "assign", line_pk=the_line().pk, data=data)
    assert (answer.status_code, Payment.objects.count(), Match.objects.count()) == (422, 0, 0)


def test_a_match_is_undone_with_a_reason_and_the_line_waits_again(treasurer):
    csv(moved("2016-07-14", "200.00", long("US-000001")))
    address = reverse("undo_match", kwargs={"line_pk": the_line().pk})
    assert treasurer.post(address, {"reason": ""}).status_code == 422
    treasurer.post(address, {"reason": "not theirs"})
    assert (the_line().state, rests("M1")[0][1], Payment.objects.get().voided_on is None) == ("open", 200, False)


def test_a_line_is_set_aside_with_a_reason_and_brought_back(treasurer):
    csv(moved("2016-07-14", "12.00", "INTEREST"))
    pk = the_line().pk
    assert send(treasurer, "bank_line", "aside", line_pk=pk, data={"reason": ""}).status_code == 422
    send(treasurer, "bank_line", "aside", line_pk=pk, data={"reason": "interest"})
    assert (the_line().state, the_line().why_en) == ("aside", "interest")
    send(treasurer, "bank_line", "back", line_pk=pk)
    assert the_line().state == "open"


def test_accounts_and_their_numbers_are_entered(treasurer):
    data = {"center": "us", "code": "us-savings", "name": "Savings", "number": "000111222"}
    answer = treasurer.post(reverse("bank_accounts"), data)
    assert answer["Location"] == reverse("bank_account", kwargs={"code": "us-savings"})
    page = text_of(treasurer.get(answer["Location"]))
    assert "…1222" in page
    assert "000111222" not in page
    send(treasurer, "bank_account", "number", code="us-savings", data={"number": "US64 SVBK 0000 9999"})
    assert BankAccount.objects.get(code="us-savings").numbers.count() == 2
    assert send(treasurer, "bank_account", "number", code="us-bank", data={"number": "000111222"}).status_code == 422
    send(treasurer, "bank_account", "close", code="us-savings", data={"closed_on": "2016-07-15"})
    assert BankAccount.objects.get(code="us-savings").closed_on is not None


def test_a_center_one_does_not_keep_gets_no_account(treasurer):
    data = {"center": "mx", "code": "mx-mine", "name": "Mine"}
    assert treasurer.post(reverse("bank_accounts"), data).status_code == 422
    assert not BankAccount.objects.filter(code="mx-mine").exists()


def test_the_list_as_csv_is_guarded_against_formulas(treasurer):
    csv(moved("2016-07-14", "12.00", "=SUM(A1)"))
    rows = b"".join(treasurer.get(reverse("bank_lines_csv")).streaming_content).decode().splitlines()
    assert len(rows) == 2
    assert "'=SUM(A1)" in rows[1]


def test_the_list_asks_the_same_of_the_database_however_long_it_is(treasurer, django_assert_max_num_queries):
    csv(*(moved("2016-07-14", f"{n}.00", f"gift {n}") for n in range(1, 40)))
    with django_assert_max_num_queries(16):
        treasurer.get(reverse("bank_lines"))
