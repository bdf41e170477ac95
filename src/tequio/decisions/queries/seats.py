"""Seats by their codes."""

from tequio.decisions.models import Seat
from tequio.kernel.errors import Refusal


def seat_by_code(*, code: str) -> Seat:
    """The seat of a code, with its body. Refuses a code nobody has."""
    seat = Seat.objects.select_related("body").filter(code=code).first()
    if seat is None:
        raise Refusal(en=f"There is no seat “{code[:60]}”.", es=f"No existe el lugar «{code[:60]}».")
    return seat
