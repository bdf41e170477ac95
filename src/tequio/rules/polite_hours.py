"""May a member be called at this moment? Polite hours are those of the place where the phone rings.

Source: the follow-up policy's hours, and whether it lets anybody call on Sundays. Moments come with their zone, so a
clock that was put forward in one country only is asked where it hangs.
"""

from datetime import datetime, time, timedelta

SUNDAY = 6


def is_polite(*, local: datetime, from_hour: int, to_hour: int, on_sundays: bool) -> bool:
    """Whether a moment, told by the clock where the phone rings, lies within the hours: from the first to the last."""
    return from_hour <= local.hour < to_hour and (on_sundays or local.weekday() != SUNDAY)


def next_polite_day(*, local: datetime, from_hour: int, on_sundays: bool) -> datetime:
    """The beginning of the polite hours of the next day on which calls are made, by the same clock."""
    day = local.date() + timedelta(days=1)
    if not on_sundays and day.weekday() == SUNDAY:
        day += timedelta(days=1)
    return datetime.combine(day, time(from_hour), tzinfo=local.tzinfo)
