"""What dues mean for topics above, which register here at start-up."""

from collections.abc import Callable
from datetime import datetime


def _nobody(*, payment_pk: int, actor: str, at: datetime) -> None:
    del payment_pk, actor, at


# Called in the transaction that voids a payment, before the journal is written.
payment_voided: Callable[..., None] = _nobody
