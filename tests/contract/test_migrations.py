"""The tables the program makes are the tables it means, from nothing, on this engine."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command

from kernel.fresh_instances import fresh_instance
from tequio.kernel import triggers

STATE = """
import json
from django.apps import apps
from django.db import connection
from tequio.kernel import triggers

def columns(table):
    with connection.cursor() as cursor:
        return sorted(c.name for c in connection.introspection.get_table_description(cursor, table))

there = connection.introspection.table_names()
models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
print(json.dumps({
    "tables": sorted(there),
    "models": sorted(m._meta.db_table for m in models),
    "wrong": [m._meta.db_table for m in models
              if columns(m._meta.db_table) != sorted(f.column for f in m._meta.local_concrete_fields)],
    "missing": triggers.missing(),
}))
"""

# Every table with its columns, its constraints and indexes, and how many rows it has.
WHOLE = """
import json
import re
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

def whole():
    ask = connection.introspection
    with connection.cursor() as cursor:
        for table in sorted(set(ask.table_names(cursor)) - {"cache"}):
            columns = ask.get_table_description(cursor, table)
            cursor.execute(f"SELECT count(*) FROM {table}")
            yield table, {
                "rows": cursor.fetchone()[0],
                "columns": sorted([c.name, str(c.type_code), c.display_size, c.null_ok, c.default] for c in columns),
                # SQLite numbers what has no name of its own, in the order of the columns.
                "constraints": sorted(
                    [re.sub(r"^(fk_|__unnamed_constraint_)\\d+", "", name), json.dumps(what, sort_keys=True)]
                    for name, what in ask.get_constraints(cursor, table).items()
                ),
            }
"""


@pytest.mark.django_db
def test_no_model_waits_for_a_migration(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    assert capsys.readouterr().out == "No changes detected\n"


def test_from_nothing_every_table_column_and_trigger_is_made(tmp_path, engine):
    with fresh_instance(tmp_path) as instance:
        assert instance.tequio("init").returncode == 0
        state = json.loads(instance.script(STATE))
        assert (state["wrong"], state["missing"]) == ([], [])
        assert state["tables"] == sorted([*state["models"], "django_migrations", "cache"])
        planned = instance.run(_python(), "-m", "django", "migrate", "--plan")
        assert planned.stdout == "Planned operations:\n  No planned migration operations.\n"


def test_a_new_instance_gets_at_once_the_tables_that_the_migrations_make_one_after_another(tmp_path, engine):
    show = "print(json.dumps(dict(whole()), sort_keys=True))"
    with fresh_instance(tmp_path / "new") as instance:
        assert instance.tequio("init").returncode == 0
        at_once = json.loads(instance.script(f"{WHOLE}\n{show}"))
    with fresh_instance(tmp_path / "old") as instance:
        instance.home.mkdir(parents=True)
        migrated = json.loads(instance.script(f"{WHOLE}\ncall_command(migrate.Command(), verbosity=0)\n{show}"))
    assert set(at_once) == set(migrated)
    differ = {table for table in migrated if migrated[table] != at_once[table]}
    assert differ - {"auth_group_permissions"} == set()  # Django's own, of no use here: one key has another name


def test_every_trigger_names_a_table_of_a_model():
    tables = {model._meta.db_table for model in apps.get_models()}
    assert sorted({t.table for t in triggers._triggers.values()} - tables) == []


@pytest.mark.long
def test_the_migrations_go_back_to_nothing_and_forward_again(tmp_path, engine):
    """A migration that cannot be taken back leaves whoever tried an update alone with it."""
    with fresh_instance(tmp_path) as instance:
        assert instance.tequio("init").returncode == 0
        back = "".join(
            f"call_command('migrate', {app!r}, 'zero', verbosity=0)\n"
            for app in ("front", "dues", "ledger", "decisions", "members", "mfa", "account", "accounts", "centers")
            + ("mail", "runs", "journal")
        )
        again = "call_command('migrate', verbosity=0)\n"
        state = instance.script(f"from django.core.management import call_command\n{back}{again}{STATE}")
        assert json.loads(state)["missing"] == []


def _python():
    import sys

    return sys.executable
