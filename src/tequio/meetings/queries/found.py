"""A meeting by its number."""

from tequio.kernel.errors import Refusal
from tequio.meetings.models import Meeting


def meeting_by_number(*, pk: int) -> Meeting:
    """The meeting of a number. Refuses one that is not there."""
    found = Meeting.objects.filter(pk=pk).first() if 0 < pk < 2**31 else None
    if found is None:
        raise Refusal(en=f"There is no meeting {pk}.", es=f"No existe la reunión {pk}.")
    return found
