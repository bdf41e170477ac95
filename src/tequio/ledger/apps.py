"""Start-up of the topic."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The topic `ledger`."""

    name = "tequio.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Register the triggers that keep the books."""
        from tequio.kernel import triggers
        from tequio.ledger.triggers import TRIGGERS

        triggers.register(*TRIGGERS)
