"""The kernel's own start-up: triggers are made after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    """The ground every topic stands on; it has no tables of its own."""

    name = "tequio.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Have triggers made after migrations."""
        from tequio.kernel import triggers

        post_migrate.connect(triggers.after_migrate, dispatch_uid="tequio.kernel.triggers")
