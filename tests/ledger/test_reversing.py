"""A posted entry is taken back by another one, once; many at a time give the same as one by one."""

from datetime import date

import pytest

from tequio.kernel.errors import Refusal
from tequio.ledger.models import Entry, EntryKind, Leg
from tequio.ledger.operations import book, post, reverse, reverse_many
from tequio.ledger.queries import account_balances, unbalanced
from tequio.members.models import Member

LATER = date(2016, 8, 1)
BALANCED = (("us-receivable", 20000), ("us-income-membership", -20000))


def legs_of(entry):
    return list(
        Leg.objects.filter(entry=entry)
        .order_by("pk")
        .values_list("account__code", "fund__code", "member__code", "currency", "amount")
    )


def reversals_of(pks):
    """The reversals of entries in their order, without their own numbers."""
    found = Entry.objects.filter(reverses__in=pks).order_by("reverses_id")
    return [(e.center_id, e.on, e.kind, e.note, e.posted, legs_of(e)) for e in found]


@pytest.fixture
def posted(us, draft, garden):
    """A function that posts entries of four legs on two funds, the first leg a member's."""
    member = Member.objects.create(
        code="M1", name="One", search_name="one", kind="individual", center=us, paid_until=date(2016, 3, 1)
    )

    def make(count):
        pks = []
        for number in range(1, count + 1):
            entry = draft(
                ("us-receivable", 100 * number),
                ("us-income-membership", -100 * number),
                ("us-bank", number, "garden"),
                ("us-cash", -number, "garden"),
                note=f"US-{number}",
            )
            Leg.objects.filter(entry=entry, account__role="receivable").update(member=member)
            pks.append(entry.pk)
        post(entry_pks=pks)
        return pks

    return make


def test_a_reversal_has_the_same_legs_with_the_signs_turned(members, books):
    members({})
    member = Member.objects.get(code="M1").pk
    legs = [("receivable", 20000, member), ("income-membership", -20000, None)]
    entry = book(books=books, on=date(2016, 7, 15), kind=EntryKind.INVOICE, note="US-1", legs=legs)
    back = reverse(entry=entry, on=LATER, note="made by mistake")
    assert legs_of(back) == [
        ("us-receivable", "general", "M1", "USD", -20000),
        ("us-income-membership", "general", None, "USD", 20000),
    ]
    row = Entry.objects.get(pk=back.pk)
    assert (row.on, row.kind, row.note, row.posted, row.reverses_id) == (
        LATER,
        "reversal",
        "made by mistake",
        True,
        entry.pk,
    )


def test_an_entry_and_its_reversal_leave_every_account_as_it_was(us, posted):
    (pk,) = posted(1)
    reverse(entry=Entry.objects.get(pk=pk), on=LATER, note="")
    assert set(account_balances(center=us).values()) == {0}


def test_an_entry_is_reversed_once(posted):
    (pk,) = posted(1)
    entry = Entry.objects.get(pk=pk)
    reverse(entry=entry, on=LATER, note="")
    with pytest.raises(Refusal) as refusal:
        reverse(entry=entry, on=LATER, note="")
    assert refusal.value.text.as_dict() == {
        "en": f"Entry {pk} has been reversed already.",
        "es": f"El asiento {pk} ya fue revertido.",
    }
    assert Entry.objects.filter(kind=EntryKind.REVERSAL).count() == 1


def test_a_reversal_can_itself_be_reversed(us, posted):
    (pk,) = posted(1)
    before = account_balances(center=us)
    back = reverse(entry=Entry.objects.get(pk=pk), on=LATER, note="")
    reverse(entry=back, on=LATER, note="")
    assert account_balances(center=us) == before


def test_many_reversals_are_the_same_as_single_ones(posted):
    one_by_one, at_once = posted(7), posted(7)
    for pk in one_by_one:
        reverse(entry=Entry.objects.get(pk=pk), on=LATER, note="undone")
    reverse_many(entry_pks=at_once, on=LATER, note="undone")
    assert reversals_of(at_once) == reversals_of(one_by_one)
    assert len(reversals_of(at_once)) == 7


def test_many_reversals_leave_out_the_entries_between(posted):
    pks = posted(9)
    reverse_many(entry_pks=pks[::2], on=LATER, note="undone")
    assert set(Entry.objects.filter(reverses__isnull=False).values_list("reverses_id", flat=True)) == set(pks[::2])
    assert list(unbalanced()) == []


def test_many_reversals_in_whatever_order_they_are_named(posted):
    pks = posted(5)
    reverse_many(entry_pks=[pks[3], pks[0], pks[4]], on=LATER, note="undone")
    assert [r[-1][0][-1] for r in reversals_of(pks)] == [-100, -400, -500]


def test_entries_of_two_centers_go_back_each_in_its_own_books(us, mx, draft):
    pks = [
        draft(*BALANCED).pk,
        draft(("mx-receivable", 7, "general", "MXN"), ("mx-bank", -7, "general", "MXN"), center=mx).pk,
    ]
    post(entry_pks=pks)
    reverse_many(entry_pks=pks, on=LATER, note="")
    assert set(account_balances(center=us).values()) == set(account_balances(center=mx).values()) == {0}


def test_many_reversals_refuse_an_entry_reversed_before_and_write_nothing(posted, refused):
    pks = posted(3)
    reverse(entry=Entry.objects.get(pk=pks[1]), on=LATER, note="")
    with refused():
        reverse_many(entry_pks=pks, on=LATER, note="")
    assert Entry.objects.filter(kind=EntryKind.REVERSAL).count() == 1


def test_reversing_none_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        reverse_many(entry_pks=[], on=LATER, note="")


def test_the_queries_of_many_reversals_do_not_grow_with_their_number(posted, django_assert_max_num_queries):
    few, many = posted(2), posted(60)
    with django_assert_max_num_queries(30) as first:
        reverse_many(entry_pks=few, on=LATER, note="")
    with django_assert_max_num_queries(30) as second:
        reverse_many(entry_pks=many, on=LATER, note="")
    assert len(second.captured_queries) == len(first.captured_queries)
