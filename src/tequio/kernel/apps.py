"""The kernel's own start-up: triggers are made after every migration."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate


class KernelConfig(AppConfig):
    """The ground every topic stands on; it has no tables of its own."""

    name = "tequio.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Have triggers made after migrations."""
        from tequio.kernel import triggers

        # Django sends these for topics that have tables, so the journal stands for the kernel here.
        sender = apps.get_app_config("journal")
        pre_migrate.connect(triggers.before_migrate, sender=sender, dispatch_uid="tequio.kernel.triggers")
        post_migrate.connect(triggers.after_migrate, sender=sender, dispatch_uid="tequio.kernel.triggers")
