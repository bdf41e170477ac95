"""Up to which day a center's money is known, and on which days it rests."""

from datetime import date, datetime

from django.db import transaction

from tequio.centers.models import Center
from tequio.followup.models import MoneyKnown, QuietDay
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import Text


@transaction.atomic
def money_read(*, center: Center, through: date, actor: str, at: datetime) -> bool:
    """Write down that all money of a center is entered through a day; False where that was said already.

    Refuses a day to come: what has not happened cannot have been entered.
    """
    Center.objects.select_for_update().get(pk=center.pk)
    if through > day_in(zone=center.zone, at=at):
        raise Refusal(en="That day has not come yet.", es="Ese día todavía no llega.")
    if MoneyKnown.objects.filter(center=center, through__gte=through).exists():
        return False
    MoneyKnown.objects.create(center=center, through=through, entered_by=actor, entered_at=at)
    journal.append(
        kind=Kind.MONEY_READ,
        subject=f"center:{center.code}",
        actor=actor,
        at=at,
        payload={"through": through.isoformat()},
    )
    return True


@transaction.atomic
def set_quiet_day(*, center: Center, on: date, name: Text, actor: str, at: datetime) -> QuietDay:
    """Make a day a holiday of a center: nobody is written to or called, and what is due comes the day after.

    Refuses a day that is past. A day that is one already keeps its name.
    """
    if on < day_in(zone=center.zone, at=at):
        raise Refusal(en="That day is past.", es="Ese día ya pasó.")
    row, made = QuietDay.objects.get_or_create(center=center, on=on, defaults={"name_en": name.en, "name_es": name.es})
    if made:
        journal.append(
            kind=Kind.QUIET_DAY_SET,
            subject=f"center:{center.code}",
            actor=actor,
            at=at,
            payload={"on": on.isoformat(), "set": True},
        )
    return row


@transaction.atomic
def remove_quiet_day(*, center: Center, pk: int, actor: str, at: datetime) -> bool:
    """Make a holiday to come a day like others; False where it is none, or past."""
    today = day_in(zone=center.zone, at=at)
    row = QuietDay.objects.filter(pk=pk, center=center, on__gte=today).first()
    if row is None:
        return False
    row.delete()
    journal.append(
        kind=Kind.QUIET_DAY_SET,
        subject=f"center:{center.code}",
        actor=actor,
        at=at,
        payload={"on": row.on.isoformat(), "set": False},
    )
    return True
