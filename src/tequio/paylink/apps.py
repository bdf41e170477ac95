"""Start-up of the topic."""

from django.apps import AppConfig


class PayLinkConfig(AppConfig):
    """Links to pay, and proofs of transfers."""

    name = "tequio.paylink"
    label = "paylink"

    def ready(self) -> None:
        """Give letters the links of their invoices."""
        from tequio.dues import hooks
        from tequio.paylink.links import urls_of

        hooks.pay_links = urls_of
