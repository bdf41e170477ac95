"""Start-up of mail."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Outgoing mail."""

    name = "tequio.kernel.mail"
    label = "mail"
