"""What dues mean for topics above, which register here at start-up."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from tequio.dues.models import Invoice


def _nobody(*, payment_pk: int, actor: str, at: datetime) -> None:
    del payment_pk, actor, at


def _no_links(*, invoices: Sequence[Invoice]) -> Mapping[int, str]:
    del invoices
    return {}


# The whole address of each invoice's page that needs no account, by the invoice's id; absent where it has none.
pay_links: Callable[..., Mapping[int, str]] = _no_links
# Called in the transaction that voids a payment, before the journal is written.
payment_voided: Callable[..., None] = _nobody
