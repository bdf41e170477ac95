"""Triggers are made, made again without harm, and missed when they are gone."""

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

from tequio.kernel import triggers
from tequio.kernel.journal.models import Event, Tip

pytestmark = pytest.mark.django_db


def definitions():
    """Every trigger of the database with the text it was made from."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal")
        return sorted(cursor.fetchall())


def on_table(table):
    return f" ON {table}" if connection.vendor == "postgresql" else ""


def test_every_registered_trigger_is_there():
    assert triggers.missing() == []
    assert {name for name, _ in definitions()} == {t.name for t in triggers._of(vendor=connection.vendor)}


def test_every_trigger_belongs_to_a_table_that_exists():
    tables = {model._meta.db_table for model in apps.get_models()}
    assert {trigger.table for trigger in triggers._triggers.values()} <= tables


def test_the_frozen_tables_are_watched():
    """Journal, rules in force and ledger: taking one out of the list is a decision, not an accident."""
    watched = {(t.table, t.name.rsplit("_", 1)[-1]) for t in triggers._triggers.values()}
    frozen = ("journal_event", "dues_duespolicy", "dues_tariff", "dues_paymentpolicy")
    assert {(table, verb) for table in frozen for verb in ("update", "delete")} <= watched
    assert {name for name in triggers._triggers if name.startswith("ledger_")} == {
        "ledger_entry_born_as_draft",
        "ledger_entry_post",
        "ledger_entry_delete",
        "ledger_leg_insert",
        "ledger_leg_update",
        "ledger_leg_delete",
        "ledger_entry_refuse_truncate",
        "ledger_leg_refuse_truncate",
        "ledger_closedperiod_refuse_update",
        "ledger_closedperiod_refuse_delete",
    }


def test_making_them_again_changes_nothing():
    before = definitions()
    triggers.install(using="default")
    triggers.install(using="default")
    assert definitions() == before


def test_a_dropped_trigger_is_missed_by_name_and_comes_back(without_trigger):
    before = definitions()
    without_trigger("journal_event_refuse_delete", table="journal_event")
    without_trigger("ledger_leg_insert", table="ledger_leg")
    assert triggers.missing() == ["journal_event_refuse_delete", "ledger_leg_insert"]
    triggers.install(using="default")
    assert triggers.missing() == []
    assert definitions() == before


def test_check_tells_of_a_missing_trigger(sample_rules, without_trigger, cli):
    without_trigger("ledger_entry_post", table="ledger_entry")
    code, out, _ = cli("check")
    assert code == 1
    assert out.splitlines() == ["database: trigger ledger_entry_post is missing"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot switch a trigger off")
def test_a_trigger_that_is_switched_off_is_missed(sql):
    sql("ALTER TABLE journal_event DISABLE TRIGGER journal_event_refuse_update")
    assert triggers.missing() == ["journal_event_refuse_update"]


def test_a_trigger_of_an_older_version_is_replaced(sql, refused):
    """An update of the program brings its triggers along; a name alone protects nothing."""
    sql("DROP TRIGGER journal_event_refuse_update" + on_table("journal_event"))
    if connection.vendor == "sqlite":
        sql("CREATE TRIGGER journal_event_refuse_update BEFORE UPDATE ON journal_event BEGIN SELECT 1; END")
    else:
        sql(
            "CREATE OR REPLACE FUNCTION journal_event_refuse_update() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN NEW; END $$;"
            "CREATE TRIGGER journal_event_refuse_update BEFORE UPDATE ON journal_event "
            "FOR EACH ROW EXECUTE FUNCTION journal_event_refuse_update()"
        )
    triggers.install(using="default")
    Event.objects.create(id=1, kind="instance.tick", subject="a", actor="b", at="2016-07-15T00:00:00Z")
    with refused("append-only"):
        Event.objects.update(actor="x")


def test_they_are_made_after_every_migration(without_trigger):
    without_trigger("journal_event_refuse_update", table="journal_event")
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert triggers.missing() == []


def test_a_table_that_is_not_there_yet_is_passed_over(monkeypatch):
    early = triggers.append_only(table="not_there_yet", says="no")
    monkeypatch.setattr(triggers, "_triggers", {t.name: t for t in early})
    triggers.install(using="default")
    assert triggers.missing() == ["not_there_yet_refuse_delete", "not_there_yet_refuse_update"]


def test_a_table_may_refuse_removal_alone(monkeypatch, refused):
    guards = triggers.append_only(table="journal_tip", says="the tip stays", allow_update=True)
    assert [t.name for t in guards] == ["journal_tip_refuse_delete"]
    monkeypatch.setattr(triggers, "_triggers", {})
    triggers.register(*guards)
    triggers.install(using="default")
    Tip.objects.create(pk=1)
    Tip.objects.update(last_id=5)
    with refused("the tip stays"):
        Tip.objects.all().delete()
