"""The one place that reads the clock. Everything else is handed a day (`on=`) or a moment (`at=`)."""

import os
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """This moment, in UTC."""
    return timezone.now()  # noqa: TID251 - CONFIG: this is the one place


def day_in(*, zone: str, at: datetime) -> date:
    """The day a moment falls on in a zone: a hold granted in the evening in Mexico City begins there and then."""
    return at.astimezone(ZoneInfo(zone)).date()


def today(*, zone: str | tzinfo | None = None) -> date:
    """Today in a zone (a center's), or in the zone this machine is set to."""
    if zone is None:
        zone = ZoneInfo(os.environ["TZ"]) if os.environ.get("TZ", "").count("/") == 1 else None
    return now().astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone).date()
