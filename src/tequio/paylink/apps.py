"""Start-up of the topic."""

from django.apps import AppConfig


class PayLinkConfig(AppConfig):
    """Links to pay, and proofs of transfers."""

    name = "tequio.paylink"
    label = "paylink"

    def ready(self) -> None:
        """Give letters the links of their invoices, and claims the proofs handed in with them."""
        from tequio.dues import hooks
        from tequio.followup import hooks as claims
        from tequio.paylink.links import urls_of
        from tequio.paylink.operations.forgetting import forget_files
        from tequio.paylink.queries import proof_pages

        hooks.pay_links = urls_of
        claims.proof_pages = proof_pages
        claims.claim_settled = forget_files
