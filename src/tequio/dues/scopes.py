"""Finding what a page about money is about from its address, for the permission that guards it."""

from typing import Any

from tequio.accounts.permissions import Scope
from tequio.dues.models import Invoice, Payment


def scope_of_invoice(*, number: str, **_: Any) -> Scope | None:
    """The scope of an invoice's pages: the center that charges, and the member charged."""
    return _scope(Invoice.objects.filter(number=number))


def scope_of_payment(*, number: str, **_: Any) -> Scope | None:
    """The scope of a payment's pages: the center that was paid, and the member that paid."""
    return _scope(Payment.objects.filter(number=number))


def _scope(rows: Any) -> Scope | None:
    found = rows.values_list("center_id", "member_id", "member__merged_into_id").first()
    if found is None:
        return None
    center, member, head = found
    return Scope(center_pk=center, member_pk=head or member)
