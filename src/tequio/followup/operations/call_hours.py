"""Hours of callers: worked for pay or given."""

from datetime import date, datetime

from django.db import transaction

from tequio.centers.models import Center
from tequio.followup.models import CallHours
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind


@transaction.atomic
def enter_hours(
    *, center: Center, on: date, minutes: int, cost: int, note: str, once_key: str, actor: str, at: datetime
) -> CallHours:
    """Write down time a caller worked; `cost` in minor units, 0 where it was given. The same key is the same entry.

    Refuses a day to come, and a cost below nothing.
    """
    there = CallHours.objects.filter(once_key=once_key).first()
    if there is not None:
        return there
    if on > day_in(zone=center.zone, at=at):
        raise Refusal(en="That day has not come yet.", es="Ese día todavía no llega.")
    if cost < 0:
        raise Refusal(en="What was paid cannot be less than nothing.", es="Lo pagado no puede ser menos que nada.")
    row = CallHours.objects.create(
        caller=actor,
        center=center,
        on=on,
        minutes=minutes,
        is_paid=cost > 0,
        cost=cost,
        note=note,
        entered_at=at,
        once_key=once_key,
    )
    journal.append(
        kind=Kind.CALL_HOURS_ENTERED,
        subject=f"center:{center.code}",
        actor=actor,
        at=at,
        payload={"minutes": minutes, "paid": cost > 0},
    )
    return row
