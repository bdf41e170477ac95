"""Start-up of the follow-up."""

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """Notices, letters, calls and promises about late dues."""

    name = "tequio.followup"
    label = "followup"

    def ready(self) -> None:
        """Make the letters known to the queue of mail, and the triggers to the database."""
        from tequio.followup.letters.kinds import register_letters
        from tequio.followup.triggers import TRIGGERS
        from tequio.kernel import triggers

        triggers.register(*TRIGGERS)
        register_letters()
