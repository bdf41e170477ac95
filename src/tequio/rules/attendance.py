"""Hours of people at a meeting: a clock's hour as a moment, on the day that fits."""

from datetime import datetime, time, timedelta, tzinfo


def hour_near(*, hour: time, zone: tzinfo, near: datetime) -> datetime:
    """The moment nearest to `near` at which the clock of a zone shows an hour.

    So 00:30 of a meeting that began at 22:00 is after it, not a day before. Of an hour that the clock shows twice when
    it is set back, the first.
    """
    day = near.astimezone(zone).date()
    candidates = (datetime.combine(day + timedelta(days=days), hour, tzinfo=zone) for days in (-1, 0, 1))
    return min(candidates, key=lambda moment: abs(moment - near))
