"""Booking and posting: one entry, many entries, exactly those and no other."""

from datetime import date

import pytest

from tequio.ledger.chart import CHART
from tequio.ledger.models import Account, Entry, EntryKind, Fund, Leg
from tequio.ledger.operations import book, books_of, open_books, post
from tequio.members.models import Member

DAY = date(2016, 7, 15)
BALANCED = (("us-receivable", 20000), ("us-income-membership", -20000))


def posted_pks():
    return set(Entry.objects.filter(posted=True).values_list("pk", flat=True))


def test_a_centers_books_open_with_the_whole_chart_and_a_general_fund(us):
    codes = sorted(Account.objects.filter(center=us).values_list("code", flat=True))
    assert codes == sorted(f"us-{line.role}" for line in CHART)
    assert list(Fund.objects.filter(center=us).values_list("code", flat=True)) == ["general"]


def test_opening_books_again_changes_nothing(us):
    before = list(Account.objects.order_by("pk").values()), list(Fund.objects.order_by("pk").values())
    open_books(center=us)
    assert (list(Account.objects.order_by("pk").values()), list(Fund.objects.order_by("pk").values())) == before


def test_what_a_booking_needs_takes_two_queries(us, django_assert_num_queries):
    with django_assert_num_queries(2):
        books = books_of(center=us)
    assert (books.center_pk, books.currency) == (us.pk, "USD")
    assert books.accounts == dict(Account.objects.filter(center=us).values_list("role", "pk"))


def test_a_booking_is_written_and_posted_whole(members, books):
    members({})
    member = Member.objects.get(code="M1").pk
    entry = book(
        books=books,
        on=DAY,
        kind=EntryKind.INVOICE,
        note="US-1",
        legs=[("receivable", 20000, member), ("income-membership", -5000, None), ("income-operations", -15000, None)],
    )
    row = Entry.objects.values("center__code", "on", "kind", "note", "posted", "reverses").get(pk=entry.pk)
    assert row == {
        "center__code": "us",
        "on": DAY,
        "kind": "invoice",
        "note": "US-1",
        "posted": True,
        "reverses": None,
    }
    legs = Leg.objects.filter(entry=entry).order_by("pk")
    assert list(legs.values_list("account__code", "fund__code", "member__code", "currency", "amount")) == [
        ("us-receivable", "general", "M1", "USD", 20000),
        ("us-income-membership", "general", None, "USD", -5000),
        ("us-income-operations", "general", None, "USD", -15000),
    ]


def test_legs_of_nothing_are_left_out(books):
    legs = [("receivable", 5000, None), ("income-membership", -5000, None), ("income-operations", 0, None)]
    entry = book(books=books, on=DAY, kind=EntryKind.INVOICE, note="", legs=legs)
    assert Leg.objects.filter(entry=entry).count() == 2


@pytest.mark.parametrize(
    "legs",
    [
        [("receivable", 5000, None), ("income-membership", -4999, None)],
        [("receivable", 5000, None)],
        [("receivable", 0, None), ("income-membership", 0, None)],
    ],
    ids=["unbalanced", "one leg", "nothing at all"],
)
def test_a_booking_that_the_database_refuses_leaves_nothing(books, refused, legs):
    with refused():
        book(books=books, on=DAY, kind=EntryKind.INVOICE, note="", legs=legs)
    assert (Entry.objects.count(), Leg.objects.count()) == (0, 0)


@pytest.mark.parametrize("count", [2, 40])
def test_many_entries_in_a_row_are_posted_in_one_statement(draft, django_assert_num_queries, count):
    pks = [draft(*BALANCED).pk for _ in range(count)]
    with django_assert_num_queries(1):
        post(entry_pks=pks)
    assert posted_pks() == set(pks)


@pytest.mark.parametrize("count", [4, 40])
def test_many_entries_with_gaps_are_posted_in_one_statement(draft, django_assert_num_queries, count):
    pks = [draft(*BALANCED).pk for _ in range(count)]
    with django_assert_num_queries(1):
        post(entry_pks=pks[::3])
    assert posted_pks() == set(pks[::3])


def test_posting_nothing_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        post(entry_pks=[])


@pytest.mark.parametrize("order", [(0, 4, 2), (2, 0, 4), (4, 2, 0), (0, 2, 2), (3, 1, 5, 0)])
def test_in_whatever_order_entries_are_named_exactly_those_are_posted(draft, order):
    pks = [draft(*BALANCED).pk for _ in range(6)]
    named = [pks[position] for position in order]
    post(entry_pks=named)
    assert posted_pks() == set(named)
