"""Closed periods: no entry is posted on their days, by any way in."""

from datetime import date, timedelta

import pytest

from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.ledger.models import ClosedPeriod, Entry, EntryKind
from tequio.ledger.operations import book, books_of, close_period, post, reverse, reverse_many

FIRST, LAST = date(2016, 1, 1), date(2016, 6, 30)
OPEN = date(2016, 7, 15)
LEGS = [("receivable", 20000, None), ("income-membership", -20000, None)]
BALANCED = (("us-receivable", 20000), ("us-income-membership", -20000))
ONE_DAY = timedelta(days=1)


@pytest.fixture
def close(us, at):
    def run(first_day=FIRST, last_day=LAST):
        close_period(center=us, first_day=first_day, last_day=last_day, actor="test", at=at)

    return run


@pytest.mark.parametrize("on", [FIRST, date(2016, 3, 3), LAST])
def test_a_booking_on_a_closed_day_is_refused_in_both_languages(books, close, on):
    close()
    with pytest.raises(Refusal) as refusal:
        book(books=books, on=on, kind=EntryKind.INVOICE, note="", legs=LEGS)
    assert refusal.value.text.as_dict() == {
        "en": f"The books are closed from 2016-01-01 to 2016-06-30; {on} takes no more entries.",
        "es": f"Los libros están cerrados del 2016-01-01 al 2016-06-30; el {on} ya no admite asientos.",
    }
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("on", [FIRST - ONE_DAY, LAST + ONE_DAY])
def test_the_days_around_a_closed_period_stay_open(books, close, on):
    close()
    book(books=books, on=on, kind=EntryKind.INVOICE, note="", legs=LEGS)
    assert Entry.objects.get().on == on


def test_closing_one_centers_books_leaves_the_others_open(mx, close):
    close()
    book(books=books_of(center=mx), on=FIRST, kind=EntryKind.INVOICE, note="", legs=LEGS)
    assert Entry.objects.get().center == mx


@pytest.mark.parametrize("on", [FIRST, LAST])
def test_the_database_refuses_a_posting_on_a_closed_day_too(close, draft, refused, on):
    close()
    entry = draft(*BALANCED, on=on)
    with refused("the period is closed"):
        post(entry_pks=[entry.pk])
    with refused("the period is closed"):
        Entry.objects.filter(pk=entry.pk).update(posted=True)


def test_a_draft_cannot_slip_into_a_closed_day_as_it_is_posted(close, draft, refused):
    close()
    entry = draft(*BALANCED, on=OPEN)
    with refused("the period is closed"):
        Entry.objects.filter(pk=entry.pk).update(posted=True, on=LAST)


def test_an_entry_of_a_closed_period_is_reversed_on_an_open_day(books, close):
    entry = book(books=books, on=LAST, kind=EntryKind.INVOICE, note="", legs=LEGS)
    close()
    for run in (
        lambda: reverse(entry=entry, on=LAST, note=""),
        lambda: reverse_many(entry_pks=[entry.pk], on=LAST, note=""),
    ):
        with pytest.raises(Refusal):
            run()
    reverse(entry=entry, on=OPEN, note="")
    assert list(Entry.objects.order_by("pk").values_list("on", "kind")) == [(LAST, "invoice"), (OPEN, "reversal")]


def test_many_reversals_are_refused_when_the_period_of_one_of_the_centers_is_closed(mx, close, draft):
    pks = [
        draft(("mx-receivable", 7, "general", "MXN"), ("mx-bank", -7, "general", "MXN"), center=mx, on=FIRST).pk,
        draft(*BALANCED, on=FIRST).pk,
    ]
    post(entry_pks=pks)
    close()
    with pytest.raises(Refusal):
        reverse_many(entry_pks=pks, on=LAST, note="")
    assert Entry.objects.filter(kind=EntryKind.REVERSAL).count() == 0


def test_closing_is_written_down_with_who_and_when(us, close, at):
    close()
    period = ClosedPeriod.objects.get()
    assert (period.center, period.first_day, period.last_day, period.closed_at) == (us, FIRST, LAST, at)
    event = Event.objects.order_by("id").last()
    assert (event.kind, event.subject, event.actor, event.at, event.payload) == (
        "ledger.period_closed",
        "center:us",
        "test",
        at,
        {"first_day": "2016-01-01", "last_day": "2016-06-30"},
    )


def test_a_period_that_ends_before_it_begins_is_refused(close):
    with pytest.raises(Refusal) as refusal:
        close(LAST, FIRST)
    assert refusal.value.text.es == "Un periodo termina después de empezar."
    assert ClosedPeriod.objects.count() == 0


def test_a_period_of_one_day_can_be_closed(close, draft, refused):
    close(FIRST, FIRST)
    with refused("the period is closed"):
        post(entry_pks=[draft(*BALANCED, on=FIRST).pk])
    post(entry_pks=[draft(*BALANCED, on=FIRST + ONE_DAY).pk])


def test_a_period_with_drafts_in_it_is_not_closed(close, draft):
    draft(*BALANCED, on=LAST)
    with pytest.raises(Refusal) as refusal:
        close()
    assert refusal.value.text.en == "There are drafts in the period; post or remove them first."
    assert (ClosedPeriod.objects.count(), Event.objects.filter(kind="ledger.period_closed").count()) == (0, 0)


def test_the_command_closes_a_period(us, cli):
    code, out, _ = cli("ledger", "close", "--center", "us", "--from", FIRST, "--through", LAST)
    assert (code, out) == (0, "us: closed 2016-01-01 to 2016-06-30.\n")
    assert ClosedPeriod.objects.count() == 1
    assert cli("ledger", "close", "--center", "us", "--from", LAST, "--through", FIRST)[0] == 1
    assert cli("ledger", "close", "--center", "us", "--from", "yesterday", "--through", FIRST)[0] == 2
