"""Holding a meeting while something is written about it, so that two clerks at once come one after the other.

Order of locks: the meeting (of several the earlier first), then what decisions hold, then the journal's tip.
"""

from tequio.kernel.errors import Refusal
from tequio.meetings.models import Meeting


def lock_meeting(*, pk: int) -> Meeting:
    """The meeting as it is now, its row held until the transaction ends."""
    return Meeting.objects.select_for_update().get(pk=pk)


def refuse_over(held: Meeting) -> None:
    """Refuse a meeting that is closed or was cancelled."""
    if held.cancelled_at is not None:
        raise Refusal(en="That meeting was cancelled.", es="Esa reunión se canceló.")
    if held.closed_at is not None:
        raise Refusal(
            en="That meeting is closed. Whoever keeps it may undo that within a day.",
            es="Esa reunión está cerrada. Quien la coordina puede deshacerlo durante un día.",
        )


def refuse_not_open(held: Meeting) -> None:
    """Refuse a meeting that is not in session."""
    refuse_over(held)
    if held.opened_at is None:
        raise Refusal(en="Open the meeting first.", es="Primero abra la reunión.")
