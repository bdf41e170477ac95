"""What does this payment settle? Oldest first, the rest is credit; a refund takes the newest back first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCharge:
    """A charge with something left to pay, in minor units."""

    id: int
    due_on: date
    rest: int


@dataclass(frozen=True, slots=True)
class Share:
    """Part of an amount that goes to one charge (or is taken from it), in minor units."""

    charge_id: int
    amount: int


def settle(*, amount: int, charges: Iterable[OpenCharge], first: int | None = None) -> tuple[list[Share], int]:
    """Spread an amount over open charges, oldest due date first; what is left over is credit.

    By-laws: good standing means this year and all earlier ones, so the oldest debt is paid first, unless a person
    says which charge a payment is meant for (`first`). Nothing is lost: the shares and the credit add up to the
    amount.
    """
    shares: list[Share] = []
    left = amount
    for charge in sorted(charges, key=lambda c: (first is not None and c.id != first, c.due_on, c.id)):
        if left <= 0:
            break
        taken = min(left, charge.rest)
        if taken > 0:
            shares.append(Share(charge.id, taken))
            left -= taken
    return shares, left


def take_back(*, amount: int, credit: int, shares: Sequence[Share]) -> tuple[int, list[Share]]:
    """Where a refund comes from: unused credit first, then the charges paid last.

    `shares` is what the payment settled, oldest first. Returns the credit used and the shares to reopen. Raises
    ValueError when more is asked back than the payment holds.
    """
    from_credit = min(amount, credit)
    left = amount - from_credit
    reopened: list[Share] = []
    for share in reversed(shares):
        if left <= 0:
            break
        taken = min(left, share.amount)
        reopened.append(Share(share.charge_id, taken))
        left -= taken
    if left > 0:
        raise ValueError("more is asked back than the payment holds")
    return from_credit, reopened


def use_credits(*, credits: Iterable[tuple[int, int]], charges: Iterable[OpenCharge]) -> list[tuple[int, int, int]]:
    """Which credit pays which charge: oldest credit on the oldest charge, as (credit, charge, amount).

    `credits` are (payment id, unused minor units), oldest first.
    """
    used: list[tuple[int, int, int]] = []
    rests = {c.id: c for c in charges}
    for payment_id, unused in credits:
        shares, _ = settle(amount=unused, charges=rests.values())
        for share in shares:
            used.append((payment_id, share.charge_id, share.amount))
            old = rests[share.charge_id]
            rests[old.id] = OpenCharge(id=old.id, due_on=old.due_on, rest=old.rest - share.amount)
    return used
