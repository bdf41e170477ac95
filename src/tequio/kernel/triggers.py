"""Rules the database itself keeps, on both engines: what is written once stays, what is posted balances.

A topic registers its triggers; they are (re)made after every migration, because SQLite loses a table's triggers
when a migration rebuilds the table. `tequio check` reports any that is missing.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connections


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """One trigger: its name, its table, and how each engine makes it (idempotent statements)."""

    name: str
    table: str
    sqlite: str
    postgresql: str


_triggers: dict[str, Trigger] = {}


def register(*triggers: Trigger) -> None:
    """Make these triggers part of every instance."""
    for trigger in triggers:
        _triggers[trigger.name] = trigger


def append_only(*, table: str, says: str, allow_update: bool = False) -> list[Trigger]:
    """Triggers that refuse DELETE, and UPDATE unless allowed, of any row of a table, with a sentence."""
    return [
        Trigger(
            name=f"{table}_refuse_{verb.lower()}",
            table=table,
            sqlite=f"CREATE TRIGGER IF NOT EXISTS {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{says}'); END",
            postgresql=f"CREATE OR REPLACE FUNCTION {table}_refuse_{verb.lower()}() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'; END $$;"
            f"CREATE OR REPLACE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_{verb.lower()}()",
        )
        for verb in (("DELETE",) if allow_update else ("UPDATE", "DELETE"))
    ]


def install(*, using: str) -> None:
    """Make every registered trigger whose table exists in the database `using`."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in _triggers.values():
            if trigger.table in tables:
                cursor.execute(trigger.sqlite if connection.vendor == "sqlite" else trigger.postgresql)


def missing(*, using: str = "default") -> list[str]:
    """The names of registered triggers the database does not have (or has switched off)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        there = {row[0] for row in cursor.fetchall()}
    return sorted(set(_triggers) - there)


def after_migrate(*, using: str, **_: Any) -> None:
    """Receiver of Django's post_migrate: it fires once for each topic, and making a trigger twice is harmless."""
    install(using=using)
