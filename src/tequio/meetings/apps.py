"""Start-up of the topic."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The topic `meetings`."""

    name = "tequio.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Say what the database itself refuses."""
        from tequio.kernel import triggers
        from tequio.meetings.triggers import TRIGGERS

        triggers.register(*TRIGGERS)
