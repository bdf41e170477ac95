"""Moments and days where several centers live: every hour is said in the city of each, every day has begun in all."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tequio.centers.models import Center
from tequio.kernel.clock import day_in
from tequio.rules.moments import City, said_in
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment ready to print: itself, and in the hours of every center's city."""

    at: datetime
    said: Text

    def as_dict(self) -> dict[str, object]:
        """As JSON carries it."""
        return {"at": self.at.isoformat(), "said": self.said.as_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The cities whose clocks are told. Read once, used for every moment of a page."""

    cities: tuple[City, ...]

    def moment(self, at: datetime) -> Moment:
        """A moment ready to print."""
        return Moment(at=at, said=said_in(at=at, cities=self.cities))

    def moment_or_none(self, at: datetime | None) -> Moment | None:
        """A moment ready to print, where there is one."""
        return None if at is None else self.moment(at)


def hours() -> Hours:
    """The clocks of all centers, one a zone: "New York", "Mexico City". One query."""
    zones = Center.objects.order_by("-zone").values_list("zone", flat=True).distinct()
    return Hours(cities=tuple(City(name=city_of(zone=zone), zone=ZoneInfo(zone)) for zone in zones))


def city_of(*, zone: str) -> Text:
    """The city a zone is named for, as people say it."""
    name = zone.rpartition("/")[2].replace("_", " ")
    return _CITIES.get(zone, Text(en=name, es=name))


_CITIES = {
    "America/New_York": Text(en="New York", es="Nueva York"),
    "America/Mexico_City": Text(en="Mexico City", es="Ciudad de México"),
}


def day_everywhere(*, at: datetime) -> date:
    """The day that a moment falls on in the center where it is earliest: a day has come once it has come for all."""
    zones = list(Center.objects.values_list("zone", flat=True).distinct()) or ["UTC"]
    return min(day_in(zone=zone, at=at) for zone in zones)
