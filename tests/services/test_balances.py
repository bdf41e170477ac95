"""Balances brought from another provider: owed or paid ahead, in the ledger, with their paper, and taken back whole."""

import io
from datetime import date

import pytest
from django.urls import reverse

from dues.doing import moment, pay
from services.having import TODAY, person
from signing_in import sign_in
from tequio.accounts.operations import grant_role
from tequio.centers.queries import center_by_code
from tequio.dues.models import Allocation, Invoice, Payment
from tequio.dues.operations.paying import refund_payment
from tequio.dues.yearly import member_year
from tequio.followup.facts import money_known_on
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.ledger.models import Leg
from tequio.members.models import Member
from tequio.project.checking import differences
from tequio.services.models import BalanceEvidence, BroughtBalance
from tequio.services.operations import balances, moving

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 200
SCRIPTED = b"%PDF-1.4\n1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >> endobj"
SAID = "Statement 12 of 1 July 2016"


def who(at=TODAY):
    return {"actor": "test", "at": moment(at)}


@pytest.fixture
def wave(late):
    return moving.begin_wave(
        code="spring",
        name="Spring",
        provider="Old Provider",
        center_code="us",
        contact_by=date(2016, 7, 22),
        consent_by=date(2016, 8, 5),
        copy_by=date(2016, 8, 20),
        **who(),
    )


def bring(member="M2", amount=60_00, said=SAID, on=date(2016, 3, 1), at=TODAY):
    return balances.bring_balance(
        wave_code="spring", member_code=member, amount=amount, due_on=on, evidence=said, **who(at)
    )


def take_back(row, at=TODAY):
    balances.undo_balance(wave_code="spring", balance_pk=row.pk, **who(at))


def add(row, content=PICTURE, name="extracto.png"):
    return balances.add_evidence(wave_code="spring", balance_pk=row.pk, name=name, file=io.BytesIO(content), **who())


def legs(entry):
    rows = Leg.objects.filter(entry=entry).order_by("pk").values_list("account__role", "member__code", "amount")
    return sorted(rows, key=str)


def test_what_was_owed_makes_its_member_owe_and_is_taken_back_whole(wave):
    with pytest.raises(Refusal):
        bring(said="")
    row = bring()
    assert (row.payment, row.invoice.total, row.invoice.rest, row.invoice.due_on) == (
        None,
        60_00,
        60_00,
        date(2016, 3, 1),
    )
    assert Member.objects.get(code="M2").standing != "good"
    with pytest.raises(Refusal):
        bring(said="again")
    take_back(row)
    assert (Member.objects.get(code="M2").standing, Invoice.objects.get(pk=row.invoice_id).rest) == ("good", 0)
    with pytest.raises(Refusal):
        take_back(row)
    assert list(differences()) == []


def test_what_was_paid_ahead_is_credit_against_opening_balances_and_no_bank_of_ours_moves(wave):
    row = bring(amount=-25_50)
    assert (row.invoice, row.payment.amount, row.payment.unused, row.payment.method, row.payment.note) == (
        None,
        25_50,
        25_50,
        "brought",
        SAID,
    )
    assert row.payment.entry.kind == "opening"
    assert legs(row.payment.entry) == [("member-credit", "M2", -25_50), ("opening-balances", "M2", 25_50)]
    assert list(differences()) == []
    with pytest.raises(Refusal):
        bring(amount=-1_00)


def test_credit_settles_what_is_open_and_taken_back_it_is_open_again(wave):
    row = bring(member="M1", amount=-80_00)
    [share] = Allocation.objects.filter(payment=row.payment).values_list("invoice__rest", "amount")
    assert (share, row.payment.unused, Member.objects.get(code="M1").standing) == ((0, 60_00), 20_00, "good")
    take_back(row, at="2016-07-16")
    row.refresh_from_db()
    assert (row.undone_on, row.payment.voided_on, Invoice.objects.get(member__code="M1").rest) == (
        date(2016, 7, 16),
        date(2016, 7, 16),
        60_00,
    )
    assert Member.objects.get(code="M1").standing != "good"
    assert sum(amount for _, _, amount in Leg.objects.values_list("entry", "account__role", "amount")) == 0
    assert list(differences()) == []
    bring(member="M1", amount=60_00)  # the other way round, now that it is known better


def test_credit_given_back_in_money_is_not_taken_back(wave):
    row = bring(amount=-30_00)
    given = {"amount": 10_00, "on": date(2016, 7, 15), "method": "transfer", "reason": "asked for it"}
    refund_payment(number=row.payment.number, **given, **who())
    with pytest.raises(Refusal):
        take_back(row)
    row.refresh_from_db()
    assert row.undone_on is None
    assert list(differences()) == []


def test_a_credit_that_was_voided_on_the_page_of_payments_is_still_taken_off_the_list(wave):
    from tequio.dues.operations.paying import void_payment

    row = bring(amount=-30_00)
    void_payment(number=row.payment.number, reason="wrong", **who())
    take_back(row)
    assert BroughtBalance.objects.get().undone_on == date(2016, 7, 15)


def test_credit_is_no_money_that_came(wave):
    """No receipt, no gift of the year, and not a day through which money is known."""
    from tequio.dues.letters.operations import mail_receipt
    from tequio.dues.paper import receipt_pdf

    row = bring(amount=-30_00)
    assert money_known_on(center=center_by_code(code="us")) is None
    for refused in (
        lambda: receipt_pdf(number=row.payment.number),
        lambda: mail_receipt(number=row.payment.number, **who()),
    ):
        with pytest.raises(Refusal) as refusal:
            refused()
        assert "was paid where the member was before" in refusal.value.text.en
    pay("M2", 10, on=TODAY)
    year = member_year(code="M2", year=2016)
    assert [payment.amount for payment in year.payments] == [10_00]
    assert money_known_on(center=center_by_code(code="us")) == date(2016, 7, 15)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"amount": 10**12},
        {"amount": -(10**12)},
        {"on": date(2016, 7, 16)},
        {"amount": -5_00, "on": date(2017, 1, 1)},
        {"said": "x\ny"},
        {"said": "x" * 301},
    ],
)
def test_what_is_no_balance_is_refused_and_nothing_is_booked(wave, wrong):
    with pytest.raises(Refusal):
        bring(**wrong)
    assert (BroughtBalance.objects.count(), Payment.objects.count(), Invoice.objects.count()) == (0, 0, 1)


def test_papers_are_kept_encrypted_once_each_and_at_most_five(wave):
    row = bring()
    first = add(row, name="../../Extracto julio.exe")
    assert (add(row).pk, first.name, first.media_type, first.size) == (
        first.pk,
        "Extracto julio.png",
        "image/png",
        len(PICTURE),
    )
    assert balances.content_of(paper=BalanceEvidence.objects.get()) == PICTURE
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM services_balanceevidence")
        assert "iVBOR" not in cursor.fetchone()[0]
    for number in range(4):
        add(row, content=PICTURE + bytes([number]))
    with pytest.raises(Refusal):
        add(row, content=PICTURE + b"x")
    assert Event.objects.filter(kind="moving.balance_evidence").count() == 5


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<svg onload=x>", SCRIPTED, PICTURE + b"0" * 5_000_000])
def test_a_paper_that_is_none_is_refused(wave, content):
    row = bring()
    with pytest.raises(Refusal):
        add(row, content=content)
    assert BalanceEvidence.objects.count() == 0


@pytest.fixture
def day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment(TODAY))


def signed(client, role, number=1, center=None):
    user = person(number)
    grant_role(user=user, role=role, center=center, **who())
    return sign_in(client, user)


def paper(name="extracto.png", content=PICTURE):
    file = io.BytesIO(content)
    file.name = name
    return file


def test_an_administrator_brings_both_on_the_page_with_a_paper_and_takes_them_back(wave, client, day):
    admin, page = signed(client, "administrator"), reverse("wave", kwargs={"wave": "spring"})
    said = {"act": "bring-balance", "owes": "M2", "side": "owed", "amount": "60.00", "due_on": "2016-03-01"}
    assert admin.post(page, {**said, "evidence": ""}).status_code == 422
    assert admin.post(page, {**said, "evidence": "p", "side": "both"}).status_code == 422
    assert admin.post(page, {**said, "evidence": "<i>p. 3", "file": paper(content=b"MZ")}).status_code == 409
    assert BroughtBalance.objects.count() == 0  # nothing half: without its paper it is not booked either
    assert admin.post(page, {**said, "evidence": "<i>p. 3", "file": paper()}).status_code == 303
    assert admin.post(page, {**said, "owes": "M1", "side": "ahead", "evidence": "p. 4"}).status_code == 303
    owed, ahead = BroughtBalance.objects.order_by("pk")
    text = admin.get(page).content.decode()
    for there in ("60.00", "&lt;i&gt;p. 3", "extracto.png", ahead.payment.number, "paid ahead, as of"):
        assert there in text
    add_paper = {"act": "add-paper", "number": ahead.pk}
    assert admin.post(page, add_paper).status_code == 422
    assert admin.post(page, {**add_paper, "paper": paper(content=b"GIF89a")}).status_code == 409
    assert admin.post(page, {**add_paper, "paper": paper()}).status_code == 303
    assert admin.post(page, {**add_paper, "number": 999, "paper": paper()}).status_code == 409
    for row in (owed, ahead):
        undo = {"act": "undo-balance", "number": row.pk}
        assert [admin.post(page, undo).status_code for _ in range(2)] == [303, 409]
    payment = admin.get(reverse("payment", kwargs={"number": ahead.payment.number}))
    assert payment.status_code == 200


def test_the_page_of_a_credit_says_where_it_comes_from_and_offers_no_receipt(wave, client, day):
    admin, row = signed(client, "administrator"), bring(amount=-30_00)
    number = {"number": row.payment.number}
    text = admin.get(reverse("payment", kwargs=number)).content.decode()
    assert ("brought over, as of" in text, "receipt.pdf" in text, SAID in text) == (True, False, True)
    assert admin.get(reverse("receipt_pdf", kwargs=number)).status_code == 404
    admin.post(reverse("language", kwargs={"language": "es"}))
    assert "traídos de antes" in admin.get(reverse("payment", kwargs=number)).content.decode()


def test_a_paper_is_for_whoever_may_read_the_money_of_its_center_and_is_only_saved(wave, client, day):
    row = bring()
    address = reverse("balance_evidence", kwargs={"evidence_pk": add(row).pk})
    answers = {
        role: signed(type(client)(), role, number=number, center=center).get(address).status_code
        for number, (role, center) in enumerate(
            [
                ("administrator", None),
                ("auditor", None),
                ("treasurer", center_by_code(code="us")),
                ("maintainer", None),
            ],
            start=20,
        )
    }
    assert answers == {"administrator": 200, "auditor": 200, "treasurer": 200, "maintainer": 403}
    answer = signed(client, "administrator").get(address)
    assert (answer.content, answer["Content-Type"]) == (PICTURE, "application/octet-stream")
    assert (answer["Content-Disposition"].startswith("attachment"), answer["Cache-Control"]) == (
        True,
        "private, no-store",
    )


def test_a_page_with_many_papers_asks_as_often_as_one_with_few(wave, client, day, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    admin, page = signed(client, "administrator"), reverse("wave", kwargs={"wave": "spring"})
    add(bring())
    admin.get(page)
    with CaptureQueriesContext(connection) as few:
        admin.get(page)
    other = bring(member="M1", amount=-10_00)
    for number in range(3):
        add(other, content=PICTURE + bytes([number]))
    with django_assert_num_queries(len(few)):
        admin.get(page)


def test_commands_do_the_same(wave, cli, day, tmp_path):
    scan = tmp_path / "scan.png"
    scan.write_bytes(PICTURE)
    given = ("--wave", "spring", "--amount", "60", "--due-on", "2016-03-01", "--evidence", "p. 3")
    assert "Booked as US-OPEN-" in cli("services", "moving", "balance", *given, "--member", "M2")[1]
    ahead = ("services", "moving", "balance", *given, "--member", "M1", "--ahead", "--paper", str(scan))
    assert "Booked as US-P-" in cli(*ahead)[1]
    owed, credit = BroughtBalance.objects.order_by("pk")
    assert (credit.papers.get().name, credit.payment.amount) == ("scan.png", 60_00)
    for number in (owed.invoice.number, credit.payment.number):
        undo = ("services", "moving", "undo-balance", "--wave", "spring", "--number", number)
        assert [cli(*undo)[0] for _ in range(2)] == [0, 1]
    assert list(differences()) == []
