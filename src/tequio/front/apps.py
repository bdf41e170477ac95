"""Start-up of the pages."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """The pages that span topics, and the navigation of them all."""

    name = "tequio.front"
    label = "front"

    def ready(self) -> None:
        """Say what the navigation and the dateline show."""
        from tequio.front import masthead
        from tequio.kernel.web import pages

        pages.navigation = masthead.navigation
        pages.places = masthead.places
