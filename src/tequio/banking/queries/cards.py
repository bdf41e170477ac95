"""Where a member can pay by card, if its center has switched a provider on."""

from tequio.banking.models import ProviderAccount
from tequio.banking.providers import PROVIDERS
from tequio.dues.models import Invoice


def card_url(*, invoice: Invoice, reference: str) -> str:
    """The address where an invoice is paid by card, its reference in it; empty where no provider is on."""
    row = (
        ProviderAccount.objects.filter(
            account__center=invoice.center_id, account__closed_on__isnull=True, enabled=True, provider__in=PROVIDERS
        )
        .exclude(pay_link="")
        .order_by("pk")
        .first()
    )
    return PROVIDERS[row.provider].pay_url(row.pay_link, reference) if row else ""
