"""Start-up of the topic."""

from django.apps import AppConfig


class CentersConfig(AppConfig):
    """The topic `centers`."""

    name = "tequio.centers"
    label = "centers"
