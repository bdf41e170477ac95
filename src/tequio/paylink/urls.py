"""Addresses of links to pay, and of proofs."""

from django.urls import path, register_converter

from tequio.paylink.views import managing, paying, proofs


class TokenConverter:
    """The part of a link that cannot be guessed."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return value


register_converter(TokenConverter, "token")

urlpatterns = [
    path("pay/<int:invoice_pk>/<token:token>/", paying.pay, name="pay"),
    path("invoices/<number:number>/link/", managing.link, name="invoice_link"),
    path("proofs/", proofs.proofs, name="proofs"),
    path("proofs/<int:proof_pk>/", proofs.proof, name="proof"),
    path("proofs/<int:proof_pk>/file/", proofs.file, name="proof_file"),
]
