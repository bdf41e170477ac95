"""Expenses and other income, money between the centers, and what each fund has."""

from collections.abc import Sequence
from dataclasses import dataclass

from tequio.budgets.models import Booking, Transfer
from tequio.centers.models import Center
from tequio.kernel.errors import Refusal
from tequio.ledger.models import Fund
from tequio.ledger.queries import fund_balances
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FundShown:
    """A fund, and what it has in minor units."""

    code: str
    name: Text
    balance: int
    is_general: bool


def bookings_of(*, center: Center, state: str = "", first: int | None = None) -> Sequence[Booking]:
    """A center's bookings, the newest first; of one state, if one is named."""
    rows = Booking.objects.filter(center=center).select_related("center", "account", "fund", "entry", "expected")
    if state:
        rows = rows.filter(state=state)
    rows = rows.order_by("-on", "-pk")
    return list(rows if first is None else rows[:first])


def booking_by_number(*, number: int) -> Booking:
    """The booking of a number. Refuses one that is not there."""
    found = Booking.objects.select_related("center", "account", "fund", "expected").filter(pk=number).first()
    if found is None:
        raise Refusal(en=f"There is no booking {number}.", es=f"No existe el registro {number}.")
    return found


def transfers_listed(*, first: int | None = None) -> Sequence[Transfer]:
    """Money between the centers, the newest first."""
    rows = Transfer.objects.select_related("sender", "receiver").order_by("-sent_on", "-pk")
    return list(rows if first is None else rows[:first])


def funds_of(*, center: Center) -> list[FundShown]:
    """The funds of a center with what they have, the general one first. Two queries."""
    has = fund_balances(center=center)
    rows = [
        FundShown(
            code=row.code,
            name=Text(en=row.name_en, es=row.name_es),
            balance=has.get(row.code, 0),
            is_general=row.code == "general",
        )
        for row in Fund.objects.filter(center=center).order_by("code")
    ]
    return sorted(rows, key=lambda row: not row.is_general)
