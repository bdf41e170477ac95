"""Start-up of the topic."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The topic `accounts`."""

    name = "tequio.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Note which session set up a second factor."""
        from allauth.mfa.signals import authenticator_added

        from tequio.accounts.middleware import remember_set_up

        authenticator_added.connect(remember_set_up, dispatch_uid="tequio.accounts.second_factor")
