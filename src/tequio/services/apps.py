"""Start-up of the topic."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """The topic `services`."""

    name = "tequio.services"
    label = "services"

    def ready(self) -> None:
        """Say what the database itself refuses, and which connectors there are."""
        from tequio.kernel import triggers
        from tequio.services.connectors import registry
        from tequio.services.connectors.htpasswd import HtpasswdConnector
        from tequio.services.triggers import TRIGGERS

        triggers.register(*TRIGGERS)
        registry.register(HtpasswdConnector.type, HtpasswdConnector.from_settings)
