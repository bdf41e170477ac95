"""Start-up of the topic."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The topic `meetings`."""

    name = "tequio.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Say what the database itself refuses, and hear of votes that open."""
        from tequio.decisions import hooks
        from tequio.kernel import triggers
        from tequio.meetings.operations.stating_quorum import when_a_vote_opens
        from tequio.meetings.triggers import TRIGGERS

        triggers.register(*TRIGGERS)
        hooks.vote_opened = when_a_vote_opens
