"""An hour on one city's clock as it is on another's, where the two countries do not change their clocks together.

New York puts its clock forward on the second Sunday of March and back on the first of November. Mexico City did so
from the first Sunday of April to the last of October, and since October 2022 not at all. So a meeting at 12:00 in
Mexico City is at 13:00 in New York in some weeks and at 14:00 in others, and whoever goes by habit comes late.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tequio.rules.moments import City
from tequio.rules.reasons import Text, long_date


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheClock:
    """The moment that a clock shows an hour on a day; `told` where that hour is not there, or is there twice."""

    at: datetime
    told: Text | None = None


def moment_of(*, day: date, hour: time, zone: str) -> OnTheClock:
    """The moment of an hour by the clock of a zone.

    Where the clock is put forward over that hour, the hour is not there: what was to begin then begins as much later
    as the clock jumps. Where it is put back, the hour comes twice: the first one is meant.
    """
    wall = datetime.combine(day, hour, tzinfo=ZoneInfo(zone))
    at = wall.astimezone(UTC)
    back = at.astimezone(ZoneInfo(zone))
    on = Text(en=long_date(day=day, language="en"), es=long_date(day=day, language="es"))
    if back.replace(tzinfo=None) != wall.replace(tzinfo=None):
        told = Text(
            en=f"On {on.en} the clock is put forward over {hour:%H:%M}: it begins at {back:%H:%M}.",
            es=f"El {on.es} el reloj se adelanta y salta las {hour:%H:%M}: empieza a las {back:%H:%M}.",
        )
        return OnTheClock(at=at, told=told)
    if wall.replace(fold=1).astimezone(UTC) != at:
        told = Text(
            en=f"On {on.en} the clock is put back and shows {hour:%H:%M} twice: the first time is meant.",
            es=f"El {on.es} el reloj se atrasa y marca las {hour:%H:%M} dos veces: se trata de la primera.",
        )
        return OnTheClock(at=at, told=told)
    return OnTheClock(at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a clock elsewhere shows: the hour, and how many days later (or, below nothing, earlier) it is there."""

    hour: time
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days in a row on which an hour reads the same elsewhere, and those of the days asked about that lie in them."""

    first: date
    last: date
    reading: Reading
    usual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """An hour of one city in another: what it usually is there, and the weeks in which it is otherwise."""

    city: City
    usual: Reading
    stretches: tuple[Stretch, ...]

    @property
    def otherwise(self) -> tuple[Stretch, ...]:
        """The stretches in which it is not what it usually is."""
        return tuple(one for one in self.stretches if not one.usual)


def elsewhere(*, hour: time, zone: str, city: City, first: date, last: date) -> Elsewhere:
    """How an hour by the clock of a zone reads in a city from one day to another, day by day.

    What most days have is the usual; of two that are equal, the one that comes first.
    """
    stretches: list[tuple[date, date, Reading]] = []
    counted: Counter[Reading] = Counter()
    day = first
    while day <= last:
        reading = reading_of(day=day, hour=hour, zone=zone, city=city)
        counted[reading] += 1
        if stretches and stretches[-1][2] == reading:
            stretches[-1] = (stretches[-1][0], day, reading)
        else:
            stretches.append((day, day, reading))
        day += timedelta(days=1)
    usual = counted.most_common(1)[0][0] if counted else Reading(hour=hour)
    return Elsewhere(
        city=city,
        usual=usual,
        stretches=tuple(Stretch(first=a, last=b, reading=one, usual=one == usual) for a, b, one in stretches),
    )


def reading_of(*, day: date, hour: time, zone: str, city: City) -> Reading:
    """What a city's clock shows when the clock of a zone shows an hour of a day."""
    there = moment_of(day=day, hour=hour, zone=zone).at.astimezone(city.zone)
    return Reading(hour=there.time().replace(tzinfo=None, fold=0), days=(there.date() - day).days)


def said_elsewhere(*, found: Elsewhere, hour: time, here: Text, days: Sequence[date]) -> list[Text]:
    """How an hour reads in the other city, in sentences: the usual, then each stretch of otherwise with its meetings.

    A stretch in which nothing falls (`days`) is left out: nobody has to know it.
    """
    there, usual = found.city.name, found.usual
    lines = [
        Text(
            en=f"{hour:%H:%M} in {here.en} is {usual.hour:%H:%M} in {there.en}{_days(usual).en}.",
            es=f"Las {hour:%H:%M} en {here.es} son las {usual.hour:%H:%M} en {there.es}{_days(usual).es}.",
        )
    ]
    for one in found.otherwise:
        inside = [day for day in days if one.first <= day <= one.last]
        if not inside:
            continue
        en = f"From {long_date(day=one.first, language='en')} to {long_date(day=one.last, language='en')}"
        es = f"Del {long_date(day=one.first, language='es')} al {long_date(day=one.last, language='es')}"
        lines.append(
            Text(
                en=f"{en} it is {one.reading.hour:%H:%M} in {there.en}{_days(one.reading).en}, because the two cities "
                f"do not change their clocks together: {_listed(inside).en}.",
                es=f"{es} son las {one.reading.hour:%H:%M} en {there.es}{_days(one.reading).es}, porque las dos "
                f"ciudades no cambian de horario a la vez: {_listed(inside).es}.",
            )
        )
    return lines


def _days(reading: Reading) -> Text:
    if reading.days == 0:
        return Text(en="", es="")
    if reading.days > 0:
        return Text(en=", the day after", es=", del día siguiente")
    return Text(en=", the day before", es=", del día anterior")


def _listed(days: Sequence[date]) -> Text:
    return Text(
        en=", ".join(long_date(day=day, language="en") for day in days),
        es=", ".join(long_date(day=day, language="es") for day in days),
    )
