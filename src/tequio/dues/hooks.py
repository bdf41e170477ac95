"""What dues mean for topics above, which register here at start-up."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime

from tequio.dues.models import Invoice
from tequio.kernel.journal.operations import Happening


def _nobody(*, payment_pk: int, actor: str, at: datetime) -> None:
    del payment_pk, actor, at


def _no_links(*, invoices: Sequence[Invoice], on: date | None = None) -> Mapping[int, str]:
    del invoices, on
    return {}


def _nothing_moves(*, member_pks: Collection[int], actor: str, at: datetime) -> Sequence[Happening]:
    del member_pks, actor, at
    return []


# The whole address of each invoice's page that needs no account, by the invoice's id; absent where it has none, or
# where it is over on a day that is given.
pay_links: Callable[..., Mapping[int, str]] = _no_links
# Called in the transaction that voids a payment, before the journal is written.
payment_voided: Callable[..., None] = _nobody
# Called where stored standings moved, in the same transaction and before the journal is written; returns what the
# journal says of what followed.
standings_moved: Callable[..., Sequence[Happening]] = _nothing_moves
