"""Start-up of the topic."""

from django.apps import AppConfig


class BankingConfig(AppConfig):
    """Bank accounts, their statements, and whose money it is."""

    name = "tequio.banking"
    label = "banking"

    def ready(self) -> None:
        """Register what a voided payment means for the bank's line behind it."""
        from tequio.banking.operations.undoing import payment_voided
        from tequio.dues import hooks

        hooks.payment_voided = payment_voided
