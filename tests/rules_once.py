"""The sample rules, loaded by the program's own operation once and copied from then on: loading costs more than a test.

What is copied is whatever loading left in the database, so that no list of tables has to be kept.
"""

from datetime import time

from django.apps import apps
from django.db import connection

_kept: list[tuple[str, list[tuple]]] = []


def put_in_force(*, at):
    """Have the sample rules in the database; as the first thing that happened in it, or after what has happened."""
    from tequio.kernel.journal.models import Event
    from tequio.project.rulebook import SAMPLE, load_rules

    if Event.objects.exists():
        load_rules(path=SAMPLE, actor="test", at=at)
    elif _kept:
        with connection.cursor() as cursor:
            for statement, rows in _kept:
                cursor.executemany(statement, rows)
    else:
        before = {table: {row[0] for row in _rows(table)} for table in _tables()}
        load_rules(path=SAMPLE, actor="test", at=at)
        _kept.extend(
            (f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(new[0]))})", new)
            for table in _tables()
            if (new := [row for row in _rows(table) if row[0] not in before[table]])
        )


def _tables():
    """All of them. What points at what needs no order: keys are looked at when a transaction ends."""
    return [model._meta.db_table for model in apps.get_models()]


def _rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        # SQLite hands out hours as Python's and takes them only as text.
        return [
            tuple(value.isoformat() if isinstance(value, time) else value for value in row) for row in cursor.fetchall()
        ]
