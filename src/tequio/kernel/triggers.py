"""Rules the database itself keeps, on both engines: what is written once stays, what is posted balances.

A topic registers its triggers; they are dropped before every migration and made again after it, because SQLite can
neither keep a table's triggers nor rebuild a table they speak of. `tequio check` reports any that is missing.
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


def truncation_refused(*, table: str, says: str) -> Trigger:
    """A trigger that refuses TRUNCATE, which only PostgreSQL has and which no DELETE trigger sees."""
    name = f"{table}_refuse_truncate"
    return Trigger(
        name=name,
        table=table,
        sqlite="",
        postgresql=f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'; END $$;"
        f"CREATE OR REPLACE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    )


def install(*, using: str) -> None:
    """Make every registered trigger whose table exists in the database `using`, anew: an old text does not stay."""
    remove(using=using)
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in _with_table(using=using):
            cursor.execute(trigger.sqlite if connection.vendor == "sqlite" else trigger.postgresql)


def remove(*, using: str) -> None:
    """Drop every registered trigger: on SQLite a table that triggers speak of cannot be rebuilt under them."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in _with_table(using=using):
            on_table = "" if connection.vendor == "sqlite" else f" ON {trigger.table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on_table}")


def missing(*, using: str = "default") -> list[str]:
    """The names of registered triggers the database does not have, has switched off, or has with another text."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'"
            )
        there = dict(cursor.fetchall())
    return sorted(
        trigger.name
        for trigger in _of(vendor=connection.vendor)
        if there.get(trigger.name) != _text_in_database(trigger=trigger, vendor=connection.vendor)
    )


def _of(*, vendor: str) -> list[Trigger]:
    return [t for t in _triggers.values() if (t.sqlite if vendor == "sqlite" else t.postgresql)]


def _with_table(*, using: str) -> list[Trigger]:
    tables = set(connections[using].introspection.table_names())
    return [trigger for trigger in _of(vendor=connections[using].vendor) if trigger.table in tables]


def _text_in_database(*, trigger: Trigger, vendor: str) -> str:
    """What the engine keeps of a trigger: SQLite its statement, PostgreSQL the body of its function."""
    if vendor == "sqlite":
        return trigger.sqlite.replace("IF NOT EXISTS ", "")
    return trigger.postgresql.split("$$")[1]


def before_migrate(*, using: str, **_: Any) -> None:
    """Receiver of Django's pre_migrate, sent for one topic alone, so once for each migration."""
    remove(using=using)


def after_migrate(*, using: str, **_: Any) -> None:
    """Receiver of Django's post_migrate, sent for one topic alone, when every table is there."""
    install(using=using)
