"""An invoice's link: worked out from the instance's own key, so that nobody can guess it and nothing has to be kept."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from tequio.dues.models import Invoice
from tequio.kernel.encryption import fingerprint
from tequio.paylink.models import LinkState

LASTS = timedelta(days=400)  # from the due date: through the next invoice, which has a link of its own
LASTS_PAID = timedelta(days=90)  # from the day it was settled: long enough to see that the money came


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An invoice's link and whether it opens."""

    invoice: Invoice
    version: int
    expires_on: date
    revoked: bool

    @property
    def token(self) -> str:
        """The part of the address that cannot be guessed: 128 bits of a keyed hash."""
        return fingerprint("pay link", str(self.invoice.pk), str(self.version))

    @property
    def path(self) -> str:
        """Its address within the site."""
        return reverse("pay", kwargs={"invoice_pk": self.invoice.pk, "token": self.token})

    @property
    def url(self) -> str:
        """Its whole address, for letters and codes."""
        return f"{settings.SITE_URL}{self.path}"

    def opens(self, *, on: date) -> bool:
        """Whether it opens on a day."""
        return not self.revoked and self.invoice.cancelled_on is None and on <= self.expires_on


def link_of(*, invoice: Invoice) -> Link:
    """The link of an invoice as it is now."""
    return _link(invoice=invoice, state=LinkState.objects.filter(invoice=invoice).first())


def urls_of(*, invoices: Sequence[Invoice], on: date | None = None) -> dict[int, str]:
    """The whole address of each invoice's link, by its id; none of those revoked or, on a day, over. One query."""
    states = {state.invoice_id: state for state in LinkState.objects.filter(invoice__in=[i.pk for i in invoices])}
    links = [_link(invoice=invoice, state=states.get(invoice.pk)) for invoice in invoices]
    return {link.invoice.pk: link.url for link in links if not link.revoked and (on is None or on <= link.expires_on)}


def _link(*, invoice: Invoice, state: LinkState | None) -> Link:
    usual = invoice.due_on + LASTS
    if invoice.settled_on is not None:
        usual = min(usual, max(invoice.settled_on, invoice.due_on) + LASTS_PAID)
    return Link(
        invoice=invoice,
        version=state.version if state else 1,
        expires_on=(state.expires_on if state else None) or usual,
        revoked=bool(state and state.revoked_at),
    )


def opened(*, invoice_pk: int, token: str) -> Link | None:
    """The link behind an address, whether it opens or not; None where nobody ever was given that address."""
    invoice = Invoice.objects.select_related("center", "member__center", "contact").filter(pk=invoice_pk).first()
    if invoice is None:
        fingerprint("pay link", str(invoice_pk), "1")  # takes as long as one that is there
        return None
    link = link_of(invoice=invoice)
    return link if hmac.compare_digest(link.token.encode(), token.encode()) else None
