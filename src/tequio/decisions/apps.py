"""Start-up of the topic."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The topic `decisions`."""

    name = "tequio.decisions"
    label = "decisions"
