"""The one place that reads the clock. Everything else is handed a day (`on=`) or a moment (`at=`)."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone

from tequio.kernel import instance


def now() -> datetime:
    """This moment, in UTC; in a demonstration the moment its invented year has come to."""
    return timezone.now() - _behind(str(instance.home()))  # noqa: TID251 - CONFIG: this is the one place


def day_in(*, zone: str, at: datetime) -> date:
    """The day a moment falls on in a zone: a hold granted in the evening in Mexico City begins there and then."""
    return at.astimezone(ZoneInfo(zone)).date()


def today(*, zone: str) -> date:
    """Today in a zone: a center's, since a day begins where the books are."""
    return day_in(zone=zone, at=now())


def set_demo(*, at: datetime) -> None:
    """Let a demonstration's clock go on from a moment."""
    behind = timezone.now() - at  # noqa: TID251 - CONFIG: as above
    (instance.home() / instance.DEMO_MARK).write_text(f"{behind.total_seconds():.0f}\n", encoding="ascii")
    _behind.cache_clear()


@lru_cache(maxsize=4)
def _behind(_home: str) -> timedelta:
    """How far a demonstration's clock is behind; nothing where this is no demonstration."""
    if not instance.is_demo():
        return timedelta(0)
    written = (instance.home() / instance.DEMO_MARK).read_text(encoding="ascii").strip()
    return timedelta(seconds=int(written or 0))
