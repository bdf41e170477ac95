"""Django's `migrate`, which gives an empty database all its tables at once instead of reliving how they came about.

Both ways end in the same tables; tests/contract/test_migrations.py compares them on both engines. Only the second costs
many seconds, more with every topic: Django makes every table's class anew for each of hundreds of steps.
"""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model


class Command(migrate.Command):
    """Bring a database up to date."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Make everything in an empty database, unless something special was asked for; then do as Django does."""
        special = any(options.get(name) for name in ("app_label", "plan", "check_unapplied", "fake", "prune"))
        using = options["database"]
        if not special and not connections[using].introspection.table_names():
            _make_everything(using=using)
        super().handle(*args, **options)  # on new tables: nothing to apply, and what follows every migration


def _make_everything(*, using: str) -> None:
    """Make the table of every model and note every migration as applied, in one transaction."""
    connection = connections[using]
    recorder = MigrationRecorder(connection)
    with connection.schema_editor() as editor:
        models: list[type[Model]] = [*apps.get_models(), recorder.Migration]
        for model in models:
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for app_label, name in MigrationLoader(connection, ignore_no_migrations=True).disk_migrations:
            recorder.record_applied(app_label, name)
