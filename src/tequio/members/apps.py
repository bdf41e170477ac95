"""Start-up of the topic."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """The topic `members`."""

    name = "tequio.members"
    label = "members"
