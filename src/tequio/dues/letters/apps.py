"""Start-up of the letters."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters about dues; they have no tables of their own."""

    name = "tequio.dues.letters"
    label = "letters"

    def ready(self) -> None:
        """Make the letters known to the queue of mail."""
        from tequio.dues.letters.kinds import register_letters

        register_letters()
