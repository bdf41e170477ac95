"""Start-up of the topic."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The topic `meetings`."""

    name = "tequio.meetings"
    label = "meetings"
