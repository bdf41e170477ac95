"""The one place that reads the clock. Everything else is handed a day (`on=`) or a moment (`at=`)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """This moment, in UTC."""
    return timezone.now()  # noqa: TID251 - CONFIG: this is the one place


def day_in(*, zone: str, at: datetime) -> date:
    """The day a moment falls on in a zone: a hold granted in the evening in Mexico City begins there and then."""
    return at.astimezone(ZoneInfo(zone)).date()


def today(*, zone: str) -> date:
    """Today in a zone: a center's, since a day begins where the books are."""
    return day_in(zone=zone, at=now())
