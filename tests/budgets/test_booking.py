"""Expenses and other income: entered, approved by a second person, posted, reversed; receipts; funds; closed days."""

import io
import zlib
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from budgets.planning import both, decision
from tequio.accounts.models import User
from tequio.budgets.models import Booking, ExpectedKind, Receipt
from tequio.budgets.operations import booking as bookings
from tequio.budgets.operations import expecting
from tequio.budgets.operations.booking import Came, What
from tequio.budgets.operations.closing import close_month, close_year
from tequio.budgets.operations.expecting import Promise
from tequio.budgets.operations.receipts import add_receipt, content_of
from tequio.budgets.operations.spending import set_limit
from tequio.budgets.operations.transferring import receive, send
from tequio.budgets.queries.expected import expected_of
from tequio.centers.queries import center_by_code
from tequio.kernel.errors import Refusal
from tequio.ledger.beancount import export
from tequio.ledger.operations import open_account, open_fund
from tequio.ledger.queries import account_balances, fund_balances, unbalanced
from tequio.rules.budget import Side

pytestmark = pytest.mark.usefixtures("two_centers")
RACKS = What(side=Side.EXPENSE, on=date(2016, 7, 1), account="expense-racks", what="Racks of June", amount=500_00)
GIFT = What(side=Side.INCOME, on=date(2016, 7, 1), account="income-donations", what="A gift", amount=900_00)
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF"


@pytest.fixture
def us(two_centers):
    return center_by_code(code="us")


@pytest.fixture
def mx(two_centers):
    return center_by_code(code="mx")


@pytest.fixture
def two(two_centers):
    """Two people, neither of whom may approve what they entered themselves."""
    return [User.objects.create(email=f"{name}@example.org", name=name) for name in ("ana", "ben")]


@pytest.fixture
def mapping(us, at):
    return open_fund(center=us, code="mapping", name=both("Mapping project"), actor="test", at=at)


def entered(what, *, at, center, by=None, actor="cli:ana"):
    return bookings.enter(center=center, what=what, by=by, actor=actor, at=at)


def posted(what, *, at, center, **given):
    return bookings.submit(booking_pk=entered(what, at=at, center=center).pk, actor="test", at=at, **given)


def test_an_expense_goes_into_the_books(us, at):
    found = posted(RACKS, at=at, center=us)
    assert found.state == "posted"
    assert account_balances(center=us) == {"us-expense-racks": 500_00, "us-bank": -500_00}
    assert list(unbalanced()) == []


def test_other_income_in_cash_goes_into_the_books(us, at):
    posted(replace(GIFT, method="cash"), at=at, center=us)
    assert account_balances(center=us) == {"us-income-donations": -900_00, "us-cash": 900_00}


def test_a_posted_booking_is_frozen_by_the_database_and_taken_back_by_an_entry(us, at):
    found = posted(RACKS, at=at, center=us)
    with pytest.raises(DatabaseError, match="a posted booking is frozen"), transaction.atomic():
        Booking.objects.update(amount=1)
    bookings.reverse(booking_pk=found.pk, on=date(2016, 7, 2), reason="twice", actor="test", at=at)
    assert set(account_balances(center=us).values()) == {0}
    with pytest.raises(Refusal, match="is reversed; this is not possible any more"):
        bookings.reverse(booking_pk=found.pk, on=date(2016, 7, 2), reason="twice", actor="test", at=at)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"account": "income-donations"}, "is no account of expense of us"),
        ({"account": "bank"}, "is no account of expense of us"),
        ({"account": "x"}, "is no account of expense of us"),
        ({"fund": "x"}, "us has no fund “x”"),
        ({"amount": 0}, "The amount is above nothing"),
        ({"amount": -5}, "The amount is above nothing"),
        ({"amount": None}, "The amount is above nothing"),
        ({"on": date(2061, 7, 1)}, "2061-07-01 is too far from today"),
        ({"on": date(216, 7, 1)}, "0216-07-01 is too far from today"),
        ({"what": " "}, "Say it in a few words"),
        ({"method": "barter"}, "paid by bank or in cash"),
        ({"came": Came(amount=5, currency="USD", rate="1", rate_on=date(2016, 7, 1))}, "no rate is needed"),
        ({"came": Came(amount=5, currency="EUR", rate="1,1", rate_on=date(2016, 7, 1))}, "“1,1” is not a rate"),
        ({"expected_pk": 99}, "There is no such expected income"),
    ],
)
def test_what_cannot_be_an_expense_is_refused_in_words_and_nothing_is_kept(us, at, given, says):
    with pytest.raises(Refusal, match=says):
        entered(replace(RACKS, **given), at=at, center=us)
    assert Booking.objects.count() == 0


def test_an_expense_of_tomorrow_is_only_committed(us, at):
    tomorrow = replace(RACKS, on=date(2016, 7, 16), committed=True)
    found = entered(tomorrow, at=at, center=us)
    assert found.state == "committed"
    with pytest.raises(Refusal, match="2016-07-16 has not come yet"):
        bookings.submit(booking_pk=found.pk, actor="test", at=at)
    found = bookings.change(booking_pk=found.pk, what=RACKS, by=None, actor="test", at=at)
    assert bookings.submit(booking_pk=found.pk, actor="test", at=at).state == "posted"


def test_above_the_limit_a_second_person_approves_and_nobody_else(us, at, two):
    ana, ben = two
    set_limit(center=us, amount=400_00, valid_from=date(2016, 1, 1), decision=decision(at=at), actor="test", at=at)
    found = entered(RACKS, at=at, center=us, by=ana, actor=ana.actor)
    found = bookings.submit(booking_pk=found.pk, actor=ana.actor, at=at)
    assert (found.state, account_balances(center=us)) == ("waiting", {})
    for by, actor in ((ana, ana.actor), (None, ana.actor), (ana, "cli:other")):
        with pytest.raises(Refusal, match="Whoever entered an expense does not approve it"):
            bookings.approve(booking_pk=found.pk, by=by, actor=actor, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Booking.objects.update(approved_by=ana)
    found = bookings.approve(booking_pk=found.pk, by=ben, actor=ben.actor, at=at)
    assert (found.state, found.approved_by) == ("posted", ben)


def test_up_to_the_limit_and_before_its_day_one_person_is_enough(us, at):
    set_limit(center=us, amount=500_00, valid_from=date(2016, 7, 1), decision=decision(at=at), actor="test", at=at)
    assert posted(RACKS, at=at, center=us).state == "posted"
    before = replace(RACKS, on=date(2016, 6, 30), amount=999_00)
    assert posted(before, at=at, center=us).state == "posted"
    assert posted(replace(RACKS, amount=500_01), at=at, center=us).state == "waiting"
    assert posted(replace(GIFT, amount=999_00), at=at, center=us).state == "posted"


def test_a_refused_expense_says_why_and_books_nothing(us, at, two):
    set_limit(center=us, amount=0, valid_from=date(2016, 1, 1), decision=decision(at=at), actor="test", at=at)
    found = posted(RACKS, at=at, center=us)
    found = bookings.refuse(booking_pk=found.pk, reason="No offer.", by=two[0], actor=two[0].actor, at=at)
    assert (found.state, found.ended_note, account_balances(center=us)) == ("refused", "No offer.", {})


def test_a_fund_for_one_purpose_is_not_overspent_without_a_decision(us, at, mapping):
    posted(replace(GIFT, fund="mapping", amount=280_00), at=at, center=us)
    posted(replace(RACKS, fund="mapping", amount=280_00), at=at, center=us)
    assert fund_balances(center=us) == {"mapping": 0}
    more = entered(replace(RACKS, fund="mapping", amount=1), at=at, center=us)
    with pytest.raises(Refusal) as refused:
        bookings.submit(booking_pk=more.pk, actor="test", at=at)
    assert refused.value.text.en == (
        "The fund “Mapping project” has USD 0.00, and this takes USD 0.01. To spend more than it has takes a decision."
    )
    assert bookings.submit(booking_pk=more.pk, decision=decision(at=at), actor="test", at=at).state == "posted"


def test_the_general_fund_may_go_below_nothing(us, at, mapping):
    assert posted(RACKS, at=at, center=us).state == "posted"


def test_an_income_of_a_fund_that_was_spent_is_not_taken_back(us, at, mapping):
    gift = posted(replace(GIFT, fund="mapping"), at=at, center=us)
    posted(replace(RACKS, fund="mapping"), at=at, center=us)
    with pytest.raises(Refusal, match=r"The fund “Mapping project” has USD 400\.00, and this takes USD 900\.00"):
        bookings.reverse(booking_pk=gift.pk, on=date(2016, 7, 2), reason="bounced", actor="test", at=at)


def test_a_month_with_a_draft_in_it_is_not_closed(us, at):
    draft = entered(replace(RACKS, on=date(2016, 6, 30)), at=at, center=us)
    with pytest.raises(Refusal, match="1 expenses or incomes of these days are drafts or wait for a second person"):
        close_month(center=us, year=2016, month=6, actor="test", at=at)
    bookings.drop(booking_pk=draft.pk, reason="not ours", actor="test", at=at)
    close_month(center=us, year=2016, month=6, actor="test", at=at)
    with pytest.raises(Refusal, match="The books are closed from 2016-06-01 to 2016-06-30"):
        posted(replace(RACKS, on=date(2016, 6, 30)), at=at, center=us)
    with pytest.raises(Refusal, match="closed from 2016-06-01 to 2016-06-30 already"):
        close_month(center=us, year=2016, month=6, actor="test", at=at)


def test_a_leap_february_closes_through_its_29th_and_a_year_that_is_not_over_not_at_all(us, at):
    close_month(center=us, year=2016, month=2, actor="test", at=at)
    with pytest.raises(Refusal, match="from 2016-02-01 to 2016-02-29"):
        posted(replace(RACKS, on=date(2016, 2, 29)), at=at, center=us)
    with pytest.raises(Refusal, match="2016-12-31 is not over yet"):
        close_year(center=us, year=2016, actor="test", at=at)
    close_year(center=us, year=2015, actor="test", at=at)


def grant(**given):
    return Promise(
        **{
            "kind": ExpectedKind.GRANT,
            "name": both("Foundation grant"),
            "amount": 4_800_00,
            "currency": "",
            "likelihood": 80,
            "expected_on": date(2016, 9, 1),
            "said_by": "Mexico's treasurer",
            **given,
        }
    )


def test_a_currency_nobody_stated_is_settled_before_anything_is_booked(mx, at):
    row = expecting.expect(center=mx, promise=grant(), actor="test", at=at)
    (shown,) = expected_of(center=mx)
    assert (shown.amount.es, shown.likely) == ("4,800.00 (moneda sin precisar)", None)
    money = replace(GIFT, account="income-grants", expected_pk=row.pk, amount=4_800_00)
    with pytest.raises(Refusal, match="Nobody has said in which currency “Foundation grant” comes"):
        entered(money, at=at, center=mx)
    expecting.settle_currency(expected_pk=row.pk, currency="USD", actor="test", at=at)
    with pytest.raises(Refusal, match="is expected in USD: say how much of it came, and at which rate"):
        entered(money, at=at, center=mx)
    came = Came(amount=4_800_00, currency="USD", rate="18.0657", rate_on=date(2016, 7, 1))
    found = posted(replace(money, amount=None, came=came), at=at, center=mx)
    assert (found.amount, found.rate, found.rate_on) == (86_715_36, "18.0657", date(2016, 7, 1))
    assert account_balances(center=mx)["mx-bank"] == 86_715_36
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("received", date(2016, 7, 1))


def test_a_drive_counts_towards_its_goal_until_it_has_it(us, at):
    drive = grant(kind=ExpectedKind.DRIVE, amount=1_000_00, currency="USD", account="income-drives", likelihood=75)
    row = expecting.expect(center=us, promise=drive, actor="test", at=at)
    gift = replace(GIFT, account="income-drives", expected_pk=row.pk, amount=400_00)
    first = posted(gift, at=at, center=us)
    (shown,) = expected_of(center=us)
    assert (shown.received, shown.share, shown.likely) == (400_00, 4_000, 450_00)
    posted(replace(gift, amount=600_00), at=at, center=us)
    row.refresh_from_db()
    assert row.state == "received"
    bookings.reverse(booking_pk=first.pk, on=date(2016, 7, 2), reason="bounced", actor="test", at=at)
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_what_was_given_up_takes_no_money_and_what_is_settled_stays(us, at):
    row = expecting.expect(center=us, promise=grant(currency="USD"), actor="test", at=at)
    expecting.confirm(expected_pk=row.pk, actor="test", at=at)
    with pytest.raises(Refusal, match="It is settled already: USD"):
        expecting.settle_currency(expected_pk=row.pk, currency="MXN", actor="test", at=at)
    with pytest.raises(Refusal, match="Nothing of it has been booked"):
        expecting.came_whole(expected_pk=row.pk, on=date(2016, 7, 1), actor="test", at=at)
    expecting.give_up(expected_pk=row.pk, on=date(2016, 7, 1), actor="test", at=at)
    with pytest.raises(Refusal, match="was given up"):
        entered(replace(GIFT, expected_pk=row.pk), at=at, center=us)
    with pytest.raises(Refusal, match="is lost already"):
        expecting.confirm(expected_pk=row.pk, actor="test", at=at)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"amount": 0}, "The amount is above nothing"),
        ({"currency": "pesos"}, "“pesos” is not a currency"),
        ({"likelihood": 101}, "0 to 100 percent"),
        ({"said_by": " "}, "who guessed how likely it is"),
        ({"account": "expense-pay"}, "has no account of income “expense-pay”"),
        ({"fund": "x"}, "or no fund “x”"),
    ],
)
def test_an_expectation_that_cannot_be_is_refused(us, at, given, says):
    with pytest.raises(Refusal, match=says):
        expecting.expect(center=us, promise=grant(**given), actor="test", at=at)


@pytest.mark.parametrize(
    ("name", "content", "kept", "media_type"),
    [
        ("../../factura julio.PDF", PDF, "factura julio.pdf", "application/pdf"),
        ("photo.exe", b"\x89PNG\r\n\x1a\n....", "photo.png", "image/png"),
        ("<script>.jpg", b"\xff\xd8\xff\xe0....", "script.jpg", "image/jpeg"),
    ],
)
def test_a_receipt_is_kept_encrypted_under_a_name_that_does_no_harm(us, at, name, content, kept, media_type):
    found = entered(RACKS, at=at, center=us)
    receipt = add_receipt(booking_pk=found.pk, name=name, file=io.BytesIO(content), actor="test", at=at)
    assert (receipt.name, receipt.media_type) == (kept, media_type)
    receipt.refresh_from_db()
    assert content_of(receipt=receipt) == content
    again = add_receipt(booking_pk=found.pk, name="b.pdf", file=io.BytesIO(content), actor="test", at=at)
    assert again.pk == receipt.pk


SCRIPT = b"%PDF-1.4\n1 0 obj\n<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>\nendobj"
HIDDEN = b"%PDF-1.4\n1 0 obj\n<< /S /J#61vaScript >>\nendobj"
PACKED = b"%PDF-1.5\n1 0 obj\n<< /Type /ObjStm >>\nstream\n" + zlib.compress(b"<< /S /JavaScript >>") + b"\nendstream"
BOMB = b"%PDF-1.5\nstream\n" + zlib.compress(b"0" * 30_000_000) + b"\nendstream"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (PDF + b"0" * 5_000_000, "A receipt has at most 5 MB"),
        (SCRIPT, "has a script, a command or a file inside"),
        (HIDDEN, "has a script, a command or a file inside"),
        (PACKED, "has a script, a command or a file inside"),
        (BOMB, "unpacks into far more than a receipt"),
        (b"<svg onload='x()'>", "A receipt is a PDF or a picture"),
        (b"<html><script>", "A receipt is a PDF or a picture"),
        (b"MZ\x90\0", "A receipt is a PDF or a picture"),
        (b"", "The receipt is empty"),
    ],
)
def test_what_is_no_receipt_or_would_do_something_is_refused(us, at, content, says):
    found = entered(RACKS, at=at, center=us)
    with pytest.raises(Refusal, match=says):
        add_receipt(booking_pk=found.pk, name="receipt.pdf", file=io.BytesIO(content), actor="test", at=at)
    assert Receipt.objects.count() == 0


def transfer(us, mx, at, **given):
    return send(
        **{
            "sender": us,
            "receiver": mx,
            "sent_on": date(2016, 7, 1),
            "amount": 100_00,
            "rate": "18.5",
            "rate_on": date(2016, 7, 1),
            "rate_source": "the central bank",
            "actor": "test",
            "at": at,
            **given,
        }
    )


def test_money_between_centers_is_on_the_way_until_it_arrives_at_its_rate(us, mx, at):
    found = transfer(us, mx, at)
    assert account_balances(center=us) == {"us-between-centers": 100_00, "us-bank": -100_00}
    receive(transfer_pk=found.pk, received_on=date(2016, 7, 4), amount=1_840_00, actor="test", at=at)
    assert account_balances(center=mx) == {
        "mx-bank": 1_840_00,
        "mx-between-centers": -1_850_00,
        "mx-expense-fees": 10_00,
    }
    with pytest.raises(Refusal, match=r"There is no transfer \d+ on its way"):
        receive(transfer_pk=found.pk, received_on=date(2016, 7, 4), amount=1_840_00, actor="test", at=at)


def test_more_than_the_rate_makes_of_it_did_not_arrive(us, mx, at):
    found = transfer(us, mx, at)
    with pytest.raises(Refusal, match=r"At 18\.5 it comes to MXN 1,850\.00"):
        receive(transfer_pk=found.pk, received_on=date(2016, 7, 4), amount=1_850_01, actor="test", at=at)
    with pytest.raises(Refusal, match="before it was sent"):
        receive(transfer_pk=found.pk, received_on=date(2016, 6, 30), amount=1, actor="test", at=at)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"amount": 0}, "above nothing"),
        ({"rate": "0"}, "is not a rate"),
        ({"rate": "18.5 pesos"}, "is not a rate"),
        ({"rate_source": ""}, "where the rate comes from"),
        ({"sent_on": date(2016, 7, 16)}, "has not come yet"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused(us, mx, at, given, says):
    with pytest.raises(Refusal, match=says):
        transfer(us, mx, at, **given)
    assert account_balances(center=us) == {}


def test_accounts_of_ones_own_are_opened_for_budgets(us, at):
    given = {"center": us, "name": both("Rent"), "actor": "test", "at": at}
    from tequio.ledger.models import AccountKind

    found = open_account(role="expense-rent", kind=AccountKind.EXPENSE, **given)
    assert (found.code, found.beancount) == ("us-expense-rent", "Expenses:US:Rent")
    assert open_account(role="expense-rent", kind=AccountKind.EXPENSE, **given).pk == found.pk
    for role, kind, says in (
        ("rent", AccountKind.EXPENSE, "cannot be an account"),
        ("income-rent", AccountKind.EXPENSE, "its name begins with “expense-”"),
        ("expense-rent", AccountKind.INCOME, "is there already, as expense"),
    ):
        with pytest.raises(Refusal, match=says):
            open_account(role=role, kind=kind, **given)
    posted(replace(RACKS, account="expense-rent"), at=at, center=us)
    assert "open Expenses:US:Rent USD" in "".join(export(center=us))
