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

        says = "the books keep what was posted"
        triggers.register(
            *TRIGGERS,
            triggers.truncation_refused(table="ledger_entry", says=says),
            triggers.truncation_refused(table="ledger_leg", says=says),
            *triggers.append_only(table="ledger_closedperiod", says="a closed period stays closed"),
        )
