"""What the database itself refuses about entries and legs, whoever asks: the same on both engines."""

from datetime import date

import pytest
from django.db import connection, transaction

from tequio.kernel import bulk
from tequio.ledger.models import Account, Entry, EntryKind, Fund, Leg
from tequio.ledger.operations import LEG_COLUMNS, post

BALANCED = (("us-receivable", 20000), ("us-income-membership", -20000))
FROZEN = "a posted entry is frozen"
UNBALANCED = "must balance for each currency and fund"
FOREIGN = "belongs to one center"


def everything():
    """Every entry and every leg, to compare before and after."""
    return list(Entry.objects.order_by("pk").values()), list(Leg.objects.order_by("pk").values())


@pytest.fixture
def posted(draft):
    entry = draft(*BALANCED)
    post(entry_pks=[entry.pk])
    return entry


def test_a_balanced_entry_is_posted(draft):
    entry = draft(*BALANCED)
    post(entry_pks=[entry.pk])
    entry.refresh_from_db()
    assert entry.posted is True


@pytest.mark.parametrize(
    "legs",
    [
        pytest.param((("us-receivable", 20000), ("us-income-membership", -19999)), id="a cent is missing"),
        pytest.param((("us-bank", 1), ("us-cash", 1)), id="two debits"),
        pytest.param(
            (("us-bank", 100, "general"), ("us-income-membership", -100, "garden")), id="balanced over two funds only"
        ),
        pytest.param(
            (("us-bank", 100, "general", "USD"), ("us-income-membership", -100, "general", "MXN")),
            id="balanced over two currencies only",
        ),
        pytest.param(
            (*BALANCED, ("us-bank", 5, "garden"), ("us-cash", -4, "garden")), id="one fund balanced, the other not"
        ),
    ],
)
def test_an_unbalanced_posting_is_refused_for_each_currency_and_fund(draft, garden, refused, legs):
    entry = draft(*legs)
    with refused(UNBALANCED):
        post(entry_pks=[entry.pk])
    entry.refresh_from_db()
    assert entry.posted is False


def test_an_entry_balanced_in_each_of_two_funds_is_posted(draft, garden):
    entry = draft(*BALANCED, ("us-bank", 5, "garden"), ("us-cash", -5, "garden"))
    post(entry_pks=[entry.pk])
    assert Entry.objects.get(pk=entry.pk).posted is True


@pytest.mark.parametrize("legs", [(), (("us-bank", 100),)], ids=["no leg", "one leg"])
def test_an_entry_with_fewer_than_two_legs_is_refused(draft, refused, legs):
    entry = draft(*legs)
    with refused("at least two legs"):
        post(entry_pks=[entry.pk])


def test_a_leg_of_nothing_is_refused(draft, refused):
    with refused():
        draft(("us-bank", 0))


def test_one_bad_entry_among_many_refuses_the_whole_posting(draft, refused):
    good, bad = draft(*BALANCED), draft(("us-bank", 1), ("us-cash", -2))
    with refused(UNBALANCED):
        post(entry_pks=[good.pk, bad.pk])
    assert Entry.objects.filter(posted=True).count() == 0


def test_an_entry_cannot_be_born_posted(us, refused):
    with refused("after its legs are written"):
        Entry.objects.create(center=us, on=date(2016, 7, 15), kind=EntryKind.INVOICE, posted=True)


def test_an_account_of_another_center_is_refused(draft, refused):
    with refused(FOREIGN):
        draft(("us-bank", 100), ("mx-bank", -100))


def test_a_fund_of_another_center_is_refused(us, mx, draft, refused):
    entry = draft()
    with refused(FOREIGN):
        Leg.objects.create(
            entry=entry,
            account=Account.objects.get(code="us-bank"),
            fund=Fund.objects.get(center=mx, code="general"),
            currency="USD",
            amount=1,
        )


def test_a_draft_cannot_move_to_another_center(mx, draft, refused):
    entry = draft(*BALANCED)
    with refused(FOREIGN):
        Entry.objects.filter(pk=entry.pk).update(center=mx)


def test_a_leg_of_a_draft_cannot_move_to_another_centers_account_or_fund(mx, draft, refused):
    entry = draft(*BALANCED)
    with refused(FOREIGN):
        Leg.objects.filter(entry=entry).update(account=Account.objects.get(code="mx-bank"))
    with refused(FOREIGN):
        Leg.objects.filter(entry=entry).update(fund=Fund.objects.get(center=mx, code="general"))


def test_a_draft_can_be_changed_and_removed(draft):
    entry = draft(*BALANCED)
    Leg.objects.filter(entry=entry, amount__gt=0).update(amount=30000)
    Entry.objects.filter(pk=entry.pk).update(note="F-2", on=date(2016, 7, 16))
    Leg.objects.filter(entry=entry).delete()
    entry.delete()
    assert everything() == ([], [])


STATEMENTS = {
    "change an amount": "UPDATE ledger_leg SET amount = amount + 1 WHERE entry_id = {posted}",
    "write the same amount again": "UPDATE ledger_leg SET amount = amount WHERE entry_id = {posted}",
    "change whose leg it is": "UPDATE ledger_leg SET member_id = NULL WHERE entry_id = {posted}",
    "change a leg's currency": "UPDATE ledger_leg SET currency = 'MXN' WHERE entry_id = {posted}",
    "take legs out": "UPDATE ledger_leg SET entry_id = {draft} WHERE entry_id = {posted}",
    "put legs in": "UPDATE ledger_leg SET entry_id = {posted} WHERE entry_id = {draft}",
    "remove legs": "DELETE FROM ledger_leg WHERE entry_id = {posted}",
    "remove every leg": "DELETE FROM ledger_leg",
    "add a balanced pair": (
        "INSERT INTO ledger_leg (entry_id, account_id, fund_id, currency, amount) "
        "SELECT {posted}, account_id, fund_id, currency, amount FROM ledger_leg WHERE entry_id = {draft}"
    ),
    "change the day": "UPDATE ledger_entry SET \"on\" = '2016-07-16' WHERE id = {posted}",
    "change the note": "UPDATE ledger_entry SET note = 'x' WHERE id = {posted}",
    "change every note": "UPDATE ledger_entry SET note = 'x'",
    "change the kind": "UPDATE ledger_entry SET kind = 'payment' WHERE id = {posted}",
    "change what it reverses": "UPDATE ledger_entry SET reverses_id = id WHERE id = {posted}",
    "make it a draft again": "UPDATE ledger_entry SET posted = FALSE WHERE id = {posted}",
    "post it again": "UPDATE ledger_entry SET posted = TRUE WHERE id = {posted}",
    "remove it": "DELETE FROM ledger_entry WHERE id = {posted}",
    "write over it": (
        'INSERT INTO ledger_entry (id, center_id, "on", kind, note, posted) '
        "SELECT id, center_id, \"on\", kind, 'x', FALSE FROM ledger_entry WHERE id = {posted} "
        "ON CONFLICT (id) DO UPDATE SET note = 'x'"
    ),
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_a_posted_entry_is_frozen_against_plain_sql(posted, draft, refused, sql, statement):
    other = draft(*BALANCED)
    before = everything()
    with refused(FROZEN):
        sql(statement.format(posted=posted.pk, draft=other.pk))
    assert everything() == before


REPLACEMENTS = {
    "an entry": (
        'REPLACE INTO ledger_entry (id, center_id, "on", kind, note, posted) '
        "SELECT id, center_id, \"on\", kind, 'x', FALSE FROM ledger_entry WHERE id = {posted}"
    ),
    "a leg": (
        "REPLACE INTO ledger_leg (id, entry_id, account_id, fund_id, currency, amount) "
        "SELECT id, {draft}, account_id, fund_id, currency, 1 FROM ledger_leg WHERE entry_id = {posted}"
    ),
}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no REPLACE")
@pytest.mark.parametrize("statement", REPLACEMENTS.values(), ids=REPLACEMENTS.keys())
def test_a_posted_entry_is_frozen_against_replace(posted, draft, refused, sql, statement):
    """REPLACE removes the row that was there without firing its DELETE trigger."""
    other = draft(*BALANCED)
    before = everything()
    with refused(FROZEN):
        sql(statement.format(posted=posted.pk, draft=other.pk))
    assert everything() == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["ledger_leg", "ledger_entry CASCADE"])
def test_posted_entries_cannot_be_emptied_away(posted, refused, sql, table):
    """TRUNCATE fires no DELETE trigger."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    before = everything()
    with refused():
        sql(f"TRUNCATE {table}")
    assert everything() == before


def test_the_bulk_door_is_watched_too(posted, books, refused):
    before = everything()
    row = (posted.pk, books.accounts["bank"], books.general_fund, None, "USD", 5)
    with refused(FROZEN):
        bulk.insert(model=Leg, columns=LEG_COLUMNS, rows=[row])
    with refused(FROZEN):
        bulk.update_by_id(model=Entry, columns=("note",), rows=[("x", posted.pk)])
    assert everything() == before


def test_a_refused_posting_leaves_the_rest_of_a_transaction_standing(draft, refused):
    with transaction.atomic():
        good = draft(*BALANCED)
        with refused(UNBALANCED):
            post(entry_pks=[draft(("us-bank", 1), ("us-cash", -2)).pk])
        post(entry_pks=[good.pk])
    assert list(Entry.objects.filter(posted=True).values_list("pk", flat=True)) == [good.pk]
