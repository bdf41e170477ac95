"""Start-up of the topic."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The topic `decisions`."""

    name = "tequio.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Say who sits where, what an effect of this topic does, and what the database itself refuses."""
        from tequio.accounts import permissions
        from tequio.decisions.queries.sitting_where import sits_of
        from tequio.decisions.triggers import TRIGGERS
        from tequio.kernel import triggers

        permissions.sits = sits_of
        triggers.register(*TRIGGERS)
