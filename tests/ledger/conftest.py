"""Two centers with their books, drafts written on the spot, and statements that the database has to refuse."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tequio.centers.operations import open_center
from tequio.ledger.models import Account, Entry, EntryKind, Fund, Leg
from tequio.ledger.operations import books_of, open_books
from tequio.rules.reasons import Text

DAY = date(2016, 7, 15)


@pytest.fixture
def us(db, at):
    return _center(code="us", currency="USD", language="en", zone="America/New_York", at=at)


@pytest.fixture
def mx(db, at):
    return _center(code="mx", currency="MXN", language="es", zone="America/Mexico_City", at=at)


def _center(*, code, at, **kind):
    """A center with its books and no rules, which these tests have no use for."""
    center = open_center(code=code, name=Text(en=f"Center {code}", es=f"Centro {code}"), actor="test", at=at, **kind)
    open_books(center=center)
    return center


@pytest.fixture
def books(us):
    return books_of(center=us)


@pytest.fixture
def garden(us):
    """A second fund of the center in New York."""
    return Fund.objects.create(center=us, code="garden", name_en="Garden", name_es="Jardín")


@pytest.fixture
def draft(us, mx):
    """A function that writes a draft: legs are (account code, minor units[, fund code[, currency]])."""

    def write(*legs, center=us, on=DAY, kind=EntryKind.INVOICE, note=""):
        entry = Entry.objects.create(center=center, on=on, kind=kind, note=note)
        for code, amount, *rest in legs:
            account = Account.objects.select_related("center").get(code=code)
            fund_code, currency = (*rest, *("general", "USD")[len(rest) :])
            Leg.objects.create(
                entry=entry,
                account=account,
                fund=Fund.objects.get(center=account.center, code=fund_code),
                currency=currency,
                amount=amount,
            )
        return entry

    return write


@pytest.fixture
def refused():
    """A block that the database refuses, with these words; what stood before stays."""

    @contextmanager
    def block(says=None):
        with pytest.raises(DatabaseError, match=says), transaction.atomic():
            yield

    return block


@pytest.fixture
def sql():
    """A function that runs a statement as somebody with the database's own tools would."""

    def run(statement, *values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)

    return run


@pytest.fixture
def without_trigger(sql):
    """A function that takes triggers away, as damage from outside the program would."""

    def drop(*names, table):
        for name in names:
            sql(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))

    return drop
