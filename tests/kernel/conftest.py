"""An empty instance, statements that have to be refused, and triggers taken away."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from kernel.fresh_instances import fresh_instance


@pytest.fixture
def instance(tmp_path, engine):
    """A real instance in a folder of its own, not initialized yet."""
    with fresh_instance(tmp_path) as made:
        yield made


@pytest.fixture
def refused():
    """A block that the database refuses, with these words; what stood before stays."""

    @contextmanager
    def block(says=None):
        with pytest.raises(DatabaseError, match=says), transaction.atomic():
            yield

    return block


@pytest.fixture
def sql(db):
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
