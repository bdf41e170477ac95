"""Moments as people in several cities read them: each hour with its city, the day once where it is the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from tequio.rules.reasons import Language, Text, both, long_date

_DAYS: dict[Language, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """Where a clock hangs."""

    name: Text
    zone: tzinfo


def said_in(*, at: datetime, cities: Sequence[City]) -> Text:
    """A moment as it is in each city: "Saturday 6 February 2016, 13:00 New York / 12:00 Mexico City".

    Where midnight lies between two cities, each says its own day. Without a city it is said in UTC.
    """
    return both(sentence=lambda language: _said(at=at, cities=cities, language=language))


def span_in(*, begins: datetime, ends: datetime, cities: Sequence[City]) -> Text:
    """From when to when by the clock of each city: "13:00–13:20 New York / 12:00–12:20 Mexico City".

    Cities whose clocks agree stand together. Without a city it is said in UTC.
    """
    return both(sentence=lambda language: _span(begins=begins, ends=ends, cities=cities, language=language))


def _span(*, begins: datetime, ends: datetime, cities: Sequence[City], language: Language) -> str:
    if not cities:
        return f"{begins:%H:%M}–{ends:%H:%M} UTC"
    spans: dict[str, list[str]] = {}
    for city in cities:
        said = f"{begins.astimezone(city.zone):%H:%M}–{ends.astimezone(city.zone):%H:%M}"
        spans.setdefault(said, []).append(city.name.to(language))
    return " / ".join(f"{said} {', '.join(names)}" for said, names in spans.items())


def _said(*, at: datetime, cities: Sequence[City], language: Language) -> str:
    if not cities:
        return f"{_day(at, language)}, {at:%H:%M} UTC"
    local = [(at.astimezone(city.zone), city.name.to(language)) for city in cities]
    if len({moment.date() for moment, _ in local}) == 1:
        hours = " / ".join(f"{moment:%H:%M} {name}" for moment, name in local)
        return f"{_day(local[0][0], language)}, {hours}"
    return " / ".join(f"{_day(moment, language)}, {moment:%H:%M} {name}" for moment, name in local)


def _day(moment: datetime, language: Language) -> str:
    name = _DAYS[language][moment.weekday()]
    day = long_date(day=moment.date(), language=language)
    return f"{name} {day}"
