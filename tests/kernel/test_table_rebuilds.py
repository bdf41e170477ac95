"""A later migration may rebuild a table, which on SQLite takes its triggers along: they have to be back afterwards."""

from pathlib import Path

import pytest

import tequio

SETTINGS = """
from tequio.project.settings import *
MIGRATION_MODULES = {{"{app}": "newer"}}
"""
MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("{app}", "{last}")]
    operations = [migrations.AlterField("{model}", "{field}", models.CharField(max_length=99, default=""))]
"""
STATE = """
import sys
from django.db import connection
from tequio.kernel import triggers
print(triggers.missing())
with connection.cursor() as cursor:
    for table in sorted({t.table for t in triggers._triggers.values()}):
        cursor.execute(f"SELECT count(*) FROM {table}")
        print(table, cursor.fetchone()[0])
"""
MIGRATE = "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
BOOK = """
from datetime import date
from tequio.centers.models import Center
from tequio.ledger.operations import book, books_of
books = books_of(center=Center.objects.get(code="us"))
book(books=books, on=date(2016, 7, 15), kind="opening", note="x", legs=[("bank", 5, None), ("cash", -5, None)])
"""
REFUSALS = (
    "a posted entry is frozen: reverse it",
    "the journal is append-only",
    "a rule in force is frozen: adopt a new one",
)
SPOIL = """
import sys
from django.db import DatabaseError, connection
with connection.cursor() as cursor:
    try:
        cursor.execute(sys.argv[1])
    except DatabaseError as error:
        print(str(error).splitlines()[0])
    else:
        print("done")
"""
TABLES = [
    ("ledger", "ledger", "entry", "note", "UPDATE ledger_entry SET note = 'y'"),
    ("ledger", "ledger", "leg", "currency", "UPDATE ledger_leg SET amount = 6 WHERE amount = 5"),
    ("ledger", "ledger", "account", "name_en", "DELETE FROM ledger_leg"),
    ("journal", "kernel/journal", "event", "actor", "UPDATE journal_event SET actor = 'x'"),
    ("dues", "dues", "tariff", "part", "UPDATE dues_tariff SET amount = 1"),
]


@pytest.mark.parametrize(("app", "folder", "model", "field", "spoil"), TABLES, ids=[f"{t[0]}.{t[2]}" for t in TABLES])
def test_a_rebuilt_table_keeps_its_rows_and_gets_its_triggers_back(
    instance, tmp_path, app, folder, model, field, spoil
):
    assert instance.tequio("init", "--sample-rules").returncode == 0
    before = instance.script(BOOK + STATE)
    assert before.startswith("[]\n")
    newer = tmp_path / "code" / "newer"
    newer.mkdir(parents=True)
    (newer / "__init__.py").touch()
    numbered = sorted((Path(tequio.__file__).parent / folder / "migrations").glob("0*.py"))
    for file in numbered:
        (newer / file.name).write_bytes(file.read_bytes())
    (newer / "9999_rebuild.py").write_text(MIGRATION.format(app=app, last=numbered[-1].stem, model=model, field=field))
    (tmp_path / "code" / "newer_settings.py").write_text(SETTINGS.format(app=app))
    instance.environment |= {"PYTHONPATH": str(tmp_path / "code"), "DJANGO_SETTINGS_MODULE": "newer_settings"}
    after = instance.script(MIGRATE + STATE + SPOIL, spoil)
    assert after.startswith(before)
    assert after.removeprefix(before).strip() in REFUSALS
