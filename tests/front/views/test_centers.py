"""The pages of the centers: who reads and changes them, what is kept, books closed once, data taken away."""

import re

import pytest
from django.test.utils import CaptureQueriesContext
from tests.dues.doing import pay, run

from tequio.centers.models import Center
from tequio.kernel.journal.models import Event
from tequio.ledger.models import ClosedPeriod

SAID = {
    "postal_address": "12 Pine St\nNew York NY 10001",
    "pay_to_en": "By check to the center",
    "pay_to_es": "Con cheque a nombre del centro",
    "letter_email": "dues@example.org",
}
PAGES = ("/centers/us/", "/centers/us/books/", "/centers/us/members.csv", "/centers/us/books.beancount")
CHANGES = ("/centers/us/letters/", "/centers/us/books/close/")


@pytest.mark.parametrize(
    ("role", "center", "reads", "changes"),
    [
        ("administrator", None, 200, 200),
        ("auditor", None, 200, 403),
        ("treasurer", "us", 200, 200),
        ("treasurer", "mx", 403, 403),
    ],
)
def test_who_reads_and_who_changes_a_center(sample_rules, signed_in, role, center, reads, changes):
    client = signed_in(role, center=center)
    assert [client.get(page).status_code for page in PAGES] == [reads] * 4
    assert [client.get(page).status_code for page in CHANGES] == [changes] * 2
    assert [client.post(page, SAID).status_code == 403 for page in CHANGES] == [changes == 403] * 2


def test_a_member_sees_no_center(members, signed_in):
    members({})
    client = signed_in(member="M1")
    assert {client.get(page).status_code for page in (*PAGES, *CHANGES, "/centers/", "/centers/members.csv")} == {403}


def test_a_center_that_is_not_there_is_not_found(sample_rules, signed_in):
    client = signed_in("administrator")
    assert [client.get(page.replace("/us/", "/zz/")).status_code for page in (*PAGES, *CHANGES)] == [404] * 6


def test_a_treasurer_s_list_has_its_own_center_alone(sample_rules, signed_in):
    page = signed_in("treasurer", center="mx").get("/centers/").content.decode()
    assert ("/centers/mx/" in page, "/centers/us/" in page, "/centers/members.csv" in page) == (True, False, False)


def test_what_the_letters_say_is_changed_and_shown(sample_rules, signed_in):
    client = signed_in("treasurer", center="us")
    answer = client.post("/centers/us/letters/", SAID)
    assert (answer.status_code, answer["Location"]) == (303, "/centers/us/")
    us = Center.objects.get(code="us")
    assert {name: getattr(us, name) for name in SAID} == SAID
    page = client.get("/centers/us/").content.decode()
    assert "12 Pine St<br>New York NY 10001" in page
    assert '<span lang="es" dir="auto">Con cheque a nombre del centro</span>' in page


def test_sent_twice_it_is_one_change(sample_rules, signed_in):
    client = signed_in("treasurer", center="us")
    client.post("/centers/us/letters/", SAID)
    events = Event.objects.count()
    assert client.post("/centers/us/letters/", SAID).status_code == 303
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"postal_address": "\n".join("abcdefg")}, "5 lines of 50 characters"),
        ({"pay_to_en": "x" * 61}, "5 lines of 50 characters"),
        ({"letter_email": "nobody"}, "is not an e-mail address"),
        ({"letter_email": "<script>@x"}, "is not an e-mail address"),
        ({"pay_to_es": "x" * 10_000}, "at most 1000 characters"),
        ({"pay_to_es": "a\0b"}, "Null characters"),
    ],
)
def test_what_cannot_be_kept_is_told_and_what_was_typed_stays(sample_rules, signed_in, typed, said):
    client = signed_in("treasurer", center="us")
    answer = client.post("/centers/us/letters/", {**SAID, **typed})
    page = answer.content.decode()
    assert (answer.status_code, said in page, "<script>" in page) == (422, True, False)
    assert "By check to the center" in page or "pay_to_en" in typed
    assert Center.objects.get(code="us").letter_email == ""


def test_hostile_words_stay_words(sample_rules, signed_in):
    client = signed_in("treasurer", center="us")
    client.post("/centers/us/letters/", {**SAID, "postal_address": "<script>\n\u202eabc"})
    page = client.get("/centers/us/").content.decode()
    assert ("<script>" in page, "&lt;script&gt;<br>" in page) == (False, True)


def test_the_books_show_each_account_in_the_currency_of_the_center(members, signed_in):
    members({"member_id": "X1", "center": "mx", "paid_until": "2016-07-15"})
    run()
    pay("X1", 1000, currency="MXN")
    page = signed_in("treasurer", center="mx").get("/centers/mx/books/").content.decode()
    text = re.sub(r"<[^>]+>", " ", page).replace("&nbsp;", " ")
    found = dict(re.findall(r"(mx-[\w-]+)\s+MXN\s+(-?[\d,.]+)", text))
    assert sum(float(amount.replace(",", "")) for amount in found.values()) == 0
    assert sorted(found.values()) == ["-1,025.00", "-3,075.00", "1,000.00", "3,100.00"]


def test_a_period_is_closed_once_however_often_it_is_sent(members, signed_in):
    members({"paid_until": "2016-01-10", "balance_due": "200.00"})
    client = signed_in("treasurer", center="us")
    shown = client.get("/centers/us/books/close/").content.decode()
    assert ('value="2016-01-10"' in shown, 'value="2016-06-30"' in shown) == (True, True)
    period = {"first_day": "2016-01-10", "last_day": "2016-06-30"}
    answers = [client.post("/centers/us/books/close/", period) for _ in range(2)]
    assert [(a.status_code, a["Location"]) for a in answers] == [(303, "/centers/us/books/")] * 2
    closed = ClosedPeriod.objects.get()
    assert (closed.center.code, str(closed.first_day), str(closed.last_day)) == ("us", "2016-01-10", "2016-06-30")
    assert [e.actor.startswith("user:") for e in Event.objects.filter(kind="ledger.period_closed")] == [True]
    assert "Closed through 30 June 2016" in client.get("/centers/us/books/").content.decode()


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ({"first_day": "2016-07-01", "last_day": "2016-07-15"}, "Only days that are over can be closed"),
        ({"first_day": "2016-06-30", "last_day": "2016-06-01"}, "A period ends after it begins"),
        ({"first_day": "", "last_day": "x"}, "This field is required"),
    ],
)
def test_a_period_that_cannot_be_closed_is_told(sample_rules, signed_in, period, said):
    answer = signed_in("treasurer", center="us").post("/centers/us/books/close/", period)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not ClosedPeriod.objects.exists()


def test_the_roll_of_a_center_holds_its_members_alone(members, signed_in):
    members({"member_name": "=HYPERLINK(1)"}, {"center": "mx"})
    client = signed_in("administrator")
    mine = b"".join(client.get("/centers/us/members.csv").streaming_content).decode().splitlines()
    assert [row.split(",")[:2] for row in mine] == [["member_id", "member_name"], ["M1", "'=HYPERLINK(1)"]]
    everybody = b"".join(client.get("/centers/members.csv").streaming_content).decode().splitlines()
    assert [row.split(",")[0] for row in everybody] == ["member_id", "M1", "M2"]


@pytest.mark.parametrize(("role", "status"), [("auditor", 200), ("treasurer", 403)])
def test_only_who_reads_everything_takes_the_roll_of_all(sample_rules, signed_in, role, status):
    client = signed_in(role, center="us" if role == "treasurer" else None)
    assert client.get("/centers/members.csv").status_code == status


def test_the_beancount_file_holds_one_center(members, signed_in):
    members({"paid_until": "2016-01-10", "balance_due": "200.00"}, {"center": "mx", "balance_due": "500.00"})
    answer = signed_in("auditor").get("/centers/us/books.beancount")
    text = b"".join(answer.streaming_content).decode()
    assert ("USD" in text, "MXN" in text) == (True, False)
    assert answer["Content-Disposition"] == 'attachment; filename="us.beancount"'


def test_the_pages_speak_spanish(sample_rules, signed_in):
    client = signed_in("administrator", language="es")
    for address, said in (
        ("/centers/", "Cada centro lleva sus propios libros"),
        ("/centers/mx/", "Qué dicen sus cartas"),
        ("/centers/mx/letters/", "Cómo pagar, en español"),
        ("/centers/mx/books/", "Ningún periodo de estos libros está cerrado"),
        ("/centers/mx/books/close/", "Un periodo cerrado ya no se abre"),
    ):
        page = client.get(address).content.decode()
        assert (said in page, '<html lang="es">' in page) == (True, True), address


def test_the_treasurers_of_a_center_are_named(sample_rules, signed_in):
    page = signed_in("treasurer", center="us").get("/centers/us/").content.decode()
    assert '<span dir="auto">Petra Nolasco</span>' in page


def test_the_queries_do_not_grow_with_the_members(members, signed_in):
    from django.db import connection

    members({"paid_until": "2016-01-10", "balance_due": "200.00"})
    client = signed_in("administrator")
    pages = ("/centers/", "/centers/us/", "/centers/us/books/")
    counts = []
    for _ in range(2):
        [client.get(page) for page in pages]
        with CaptureQueriesContext(connection) as queries:
            [client.get(page) for page in pages]
        counts.append(len(queries))
        members(*({"member_id": f"Z{n}", "paid_until": "2016-01-10", "balance_due": "200.00"} for n in range(20)))
    assert counts[0] == counts[1]
