"""Start-up of the topic."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """The topic `members`."""

    name = "tequio.members"
    label = "members"

    def ready(self) -> None:
        """Say which members a person signs in for."""
        from tequio.accounts import viewers
        from tequio.members.queries import members_of_user, names_of_members_of

        viewers.members_of = members_of_user
        viewers.member_names = names_of_members_of
