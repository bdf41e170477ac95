"""Start-up of the journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal."""

    name = "tequio.kernel.journal"
    label = "journal"

    def ready(self) -> None:
        """Register the triggers that keep the table append-only."""
        from tequio.kernel import triggers

        says = "the journal is append-only"
        triggers.register(
            *triggers.append_only(table="journal_event", says=says),
            triggers.truncation_refused(table="journal_event", says=says),
        )
