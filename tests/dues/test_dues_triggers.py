"""What the database itself refuses about a dues table that was billed by, whoever asks: the same on both engines."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from tests.dues.doing import cancel, run

from tequio.dues.models import DuesPolicy, Invoice, Tariff

FROZEN = "a rule in force is frozen: adopt a new one"


@contextmanager
def refused():
    with pytest.raises(DatabaseError, match=FROZEN), transaction.atomic():
        yield


def cells(policy):
    return list(Tariff.objects.filter(policy=policy).order_by("pk").values())


@pytest.fixture
def billed(members):
    """The policy that the one member was billed by."""
    members({})
    run()
    return Invoice.objects.get(kind="dues").policy


def test_a_table_takes_no_further_cell_once_it_was_billed_by(billed):
    before = cells(billed)
    with refused():
        Tariff.objects.create(policy=billed, kind="organization", part="membership", band=9, amount=1)
    assert cells(billed) == before


def test_a_statement_with_one_such_cell_among_others_is_refused_whole(billed):
    other = DuesPolicy.objects.exclude(pk=billed.pk).order_by("pk").last()
    before = cells(billed), cells(other)
    with refused():
        Tariff.objects.bulk_create(
            Tariff(policy=policy, kind="organization", part="membership", band=9, amount=1)
            for policy in (other, billed)
        )
    assert (cells(billed), cells(other)) == before


def test_the_database_refuses_it_from_its_own_tools_too(billed):
    with refused(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dues_tariff (policy_id, kind, part, band, amount, assumed) "
            "VALUES (%s, 'individual', 'membership', 9, 1, FALSE)",
            [billed.pk],
        )


def test_a_cancelled_invoice_was_made_under_its_table_all_the_same(billed):
    cancel(Invoice.objects.get(kind="dues").number)
    with refused():
        Tariff.objects.create(policy=billed, kind="organization", part="membership", band=9, amount=1)


def test_a_table_nobody_was_billed_by_takes_its_cells(billed):
    other = DuesPolicy.objects.exclude(pk=billed.pk).order_by("pk").last()
    before = len(cells(other))
    Tariff.objects.create(policy=other, kind="organization", part="membership", band=9, amount=1)
    assert len(cells(other)) == before + 1
