"""Many rows at once: what goes in comes out, on both engines, and constraints and triggers see every row."""

from datetime import date

import pytest
from django.db import DatabaseError, connection

from tequio.centers.models import Center
from tequio.kernel import bulk
from tequio.kernel.journal.models import Event
from tequio.kernel.runs.models import RunItem
from tequio.ledger.models import Account, Entry, Fund

CENTER = ("id", "code", "name_en", "name_es", "currency", "language", "zone", "short_references")
LETTERS = ("postal_address", "pay_to_en", "pay_to_es", "letter_email")
COUNTERS = ("last_invoice", "last_opening", "last_payment")
HOSTILE = ["plain", "tab\tnew\nline\rreturn", "back\\slash \\N \\.", "Ñandú 🌽 «»", "%s %% %(x)s", "'\"; --", ""]
pytestmark = pytest.mark.django_db


def center(number, name="Name"):
    return (number, f"c{number}", name, name, "USD", "en", "UTC", number % 2 == 0, *("",) * 4, 0, 0, 0)


def insert_centers(*rows):
    return bulk.insert(model=Center, columns=CENTER + LETTERS + COUNTERS, rows=rows)


def test_every_value_comes_back_as_it_went_in():
    assert insert_centers(*(center(n, text) for n, text in enumerate(HOSTILE, start=1))) == len(HOSTILE)
    found = Center.objects.order_by("id").values_list("name_en", "short_references", "last_invoice")
    assert list(found) == [(text, n % 2 == 0, 0) for n, text in enumerate(HOSTILE, start=1)]


def test_days_missing_values_large_numbers_and_names_that_are_words_of_sql_go_in():
    insert_centers(center(1))
    columns = ("id", "center_id", "on", "kind", "note", "posted", "reverses_id")
    rows = [(2**53 + 1, 1, bulk.stored_day(date(2016, 2, 29)), "invoice", "", False, None)]
    bulk.insert(model=Entry, columns=columns, rows=rows)
    found = Entry.objects.values_list("id", "center_id", "on", "reverses_id").get()
    assert found == (2**53 + 1, 1, date(2016, 2, 29), None)


def test_a_day_is_stored_as_django_would_store_it():
    insert_centers(center(1))
    columns = ("id", "center_id", "on", "kind", "note", "posted")
    bulk.insert(model=Entry, columns=columns, rows=[(7, 1, bulk.stored_day(date(2016, 3, 1)), "invoice", "", False)])
    Entry.objects.create(id=8, center_id=1, on=date(2016, 3, 1), kind="invoice")
    assert list(Entry.objects.filter(on=date(2016, 3, 1)).order_by("id").values_list("id", flat=True)) == [7, 8]


def test_no_rows_need_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_centers() == 0
        bulk.update_by_id(model=Center, columns=("currency",), rows=[])
        assert list(bulk.reserve_ids(model=Fund, count=0)) == []
        assert list(bulk.reserve_ids(model=Fund, count=-3)) == []


def test_the_statements_do_not_grow_with_the_rows(django_assert_max_num_queries):
    def statements(rows):
        with django_assert_max_num_queries(3) as asked:
            insert_centers(*rows)
            bulk.update_by_id(model=Center, columns=("currency",), rows=[("MXN", row[0]) for row in rows])
        return len(asked.captured_queries)

    assert statements([center(1)]) == statements([center(n) for n in range(2, 500)])
    assert Center.objects.filter(currency="MXN").count() == 499


def test_a_row_that_breaks_a_constraint_refuses_all_of_them(refused):
    """The error is Django's on both engines, so that whoever called can tell what happened."""
    with refused():
        insert_centers(center(1), center(2), (3, "c1", "", "", "USD", "en", "UTC", False, 0, 0, 0))
    assert Center.objects.count() == 0


def test_a_trigger_sees_rows_that_come_in_bulk(refused):
    insert_centers(center(1))
    columns = ("center_id", "on", "kind", "note", "posted")
    with refused("after its legs are written"):
        bulk.insert(
            model=Entry,
            columns=columns,
            rows=[(1, bulk.stored_day(date(2016, 1, 1)), "invoice", "", posted) for posted in (False, True)],
        )
    assert Entry.objects.count() == 0


def test_each_row_is_set_to_values_of_its_own_and_the_others_stay():
    insert_centers(*(center(n) for n in range(1, 5)))
    rows = ((f"Ñ {n}", n * 10, n) for n in (3, 1))
    bulk.update_by_id(model=Center, columns=("name_es", "last_invoice"), rows=rows)
    assert list(Center.objects.order_by("id").values_list("name_es", "last_invoice")) == [
        ("Ñ 1", 10),
        ("Name", 0),
        ("Ñ 3", 30),
        ("Name", 0),
    ]


def test_an_update_of_a_frozen_row_is_refused(refused):
    columns = ("id", "kind", "subject", "actor", "at", "payload", "previous", "hash")
    row = (1, "instance.tick", "a", "b", "2016-07-15 12:00:00+00:00", "{}", "", "")
    bulk.insert(model=Event, columns=columns, rows=[row])
    with refused("append-only"):
        bulk.update_by_id(model=Event, columns=("actor",), rows=[("x", 1)])


def fund(pk, text=""):
    return (pk, 1, f"f{pk}", text, text)


FUND = ("id", "center_id", "code", "name_en", "name_es")


def test_reserved_ids_are_as_many_as_asked_ascending_and_free():
    insert_centers(center(1))
    there = [Fund.objects.create(center_id=1, code=f"old{n}").pk for n in range(3)]
    ids = list(bulk.reserve_ids(model=Fund, count=50))
    assert len(set(ids)) == 50
    assert ids == sorted(ids)
    assert min(ids) > max(there)


def test_rows_with_reserved_ids_and_rows_without_live_in_one_table():
    insert_centers(center(1))
    first = list(bulk.reserve_ids(model=Fund, count=4))
    bulk.insert(model=Fund, columns=FUND, rows=[fund(pk) for pk in first])
    made = Fund.objects.create(center_id=1, code="made").pk
    second = list(bulk.reserve_ids(model=Fund, count=4))
    bulk.insert(model=Fund, columns=FUND, rows=[fund(pk) for pk in second])
    assert max(first) < made < min(second)
    assert Fund.objects.count() == 9


def test_the_id_of_a_removed_row_is_not_given_again():
    insert_centers(center(1))
    last = Fund.objects.create(center_id=1, code="last").pk
    Fund.objects.all().delete()
    assert min(bulk.reserve_ids(model=Fund, count=2)) > last


@pytest.mark.parametrize("count", [1, 1000])
def test_ids_are_reserved_in_one_statement(django_assert_num_queries, count):
    with django_assert_num_queries(1):
        assert len(bulk.reserve_ids(model=Account, count=count)) == count


def test_ids_of_two_tables_have_nothing_to_do_with_each_other():
    insert_centers(center(1))
    for number in range(5):
        Fund.objects.create(center_id=1, code=f"f{number}")
    before = list(bulk.reserve_ids(model=RunItem, count=1))
    assert len(before) == 1
    assert list(bulk.reserve_ids(model=Fund, count=1)) > [5]


RESERVER = """
import sys
from django.db import transaction
from tequio.kernel import bulk
from tequio.ledger.models import Fund
for turn in range(20):
    with transaction.atomic():
        ids = list(bulk.reserve_ids(model=Fund, count=25))
        rows = [(pk, 1, f"{sys.argv[1]}-{pk}", str(pk), "") for pk in ids]
        bulk.insert(model=Fund, columns=("id", "center_id", "code", "name_en", "name_es"), rows=rows)
"""
COUNT = """
from tequio.ledger.models import Fund
rows = list(Fund.objects.exclude(code="general").values_list("pk", "code", "name_en"))
print(len(rows), all(code.endswith(f"-{pk}") and name == str(pk) for pk, code, name in rows))
"""


def test_processes_that_reserve_at_once_never_get_the_same_id(instance):
    assert instance.tequio("init", "--sample-rules").returncode == 0
    running = [instance.start(RESERVER, f"p{number}") for number in range(3)]
    ended = [process.communicate(timeout=100) for process in running]
    assert ([process.returncode for process in running], [err for _, err in ended]) == ([0] * 3, [""] * 3)
    assert instance.script(COUNT) == "1500 True\n"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite the writer's lock is the reservation")
def test_a_reservation_is_not_given_back_by_a_rollback():
    from django.db import transaction

    with transaction.atomic():
        first = bulk.reserve_ids(model=Fund, count=3)
        transaction.set_rollback(True)
    assert not set(first) & set(bulk.reserve_ids(model=Fund, count=3))


def test_a_wrong_column_is_djangos_error(db):
    with pytest.raises(DatabaseError):
        bulk.insert(model=Center, columns=("nope",), rows=[(1,)])
