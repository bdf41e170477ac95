"""When something comes again: the days of a recurrence, its sentence, and the hour it is in other cities.

A recurrence is data, as a vote freezes it and a table keeps it. It is one of

    {"kind": "weekday_of_month", "every": 1, "which": "first", "weekday": "saturday", "start": "2016-02-06"}
    {"kind": "day_of_month", "every": 3, "day": 15, "start": "2016-02-01"}
    {"kind": "weekday", "every": 2, "weekday": "tuesday", "start": "2016-02-02", "end": "2016-12-31"}

`every` counts months from the month of `start`, or weeks from its week; nothing falls before `start` or after `end`. A
month that has no such day (the 31st of April) has its last day instead. `which` has no "fifth": not every month has
one, and a body that meets on it would not know when.
"""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tequio.rules.reasons import Text, long_date

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WHICH = ("first", "second", "third", "fourth", "last")
MOST_MONTHS, MOST_WEEKS = 24, 52
MOST_DAYS = 20 * 366  # how far ahead anybody may ask

_KEYS = {
    "weekday_of_month": {"kind", "every", "which", "weekday", "start", "end"},
    "day_of_month": {"kind", "every", "day", "start", "end"},
    "weekday": {"kind", "every", "weekday", "start", "end"},
}
_DAYS_EN = tuple(name.title() for name in WEEKDAYS)
_DAYS_ES = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_WHICH_ES = ("primer", "segundo", "tercer", "cuarto", "último")
_LONGEST_MONTH = 31
_LAST = -1
_YEAR = 12  # months


class RecurrenceError(ValueError):
    """What was written makes no recurrence; `text` says why in both languages."""

    def __init__(self, *, en: str, es: str) -> None:
        super().__init__(en)
        self.text = Text(en=en, es=es)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """A recurrence that was read. `weekday` counts from Monday as 0; `which` is 1 to 4, or -1 for the last."""

    kind: str
    every: int
    start: date
    end: date | None = None
    weekday: int = 0
    which: int = 1
    day: int = 1

    def as_json(self) -> dict[str, Any]:
        """The form in which it is kept; read again, it is the same."""
        kept: dict[str, Any] = {"kind": self.kind, "every": self.every}
        if self.kind == "weekday_of_month":
            kept["which"] = WHICH[self.which if self.which == _LAST else self.which - 1]
        if self.kind == "day_of_month":
            kept["day"] = self.day
        else:
            kept["weekday"] = WEEKDAYS[self.weekday]
        kept["start"] = self.start.isoformat()
        if self.end is not None:
            kept["end"] = self.end.isoformat()
        return kept


def recurrence_from(*, data: Mapping[str, Any]) -> Recurrence:
    """Read a recurrence. RecurrenceError where a key is unknown or missing, or a value cannot be."""
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in _KEYS:
        raise RecurrenceError(
            en=f"It comes again by one of: {', '.join(_KEYS)}.",
            es=f"Se repite de uno de estos modos: {', '.join(_KEYS)}.",
        )
    unknown = sorted(str(key)[:40] for key in set(data) - _KEYS[kind])
    if unknown:
        raise RecurrenceError(
            en=f"“{'”, “'.join(unknown)}” says nothing of how it comes again.",
            es=f"«{'», «'.join(unknown)}» no dice nada de cómo se repite.",
        )
    start, end = _day(data, "start"), _day(data, "end") if data.get("end") else None
    if start is None:
        raise RecurrenceError(en="“start” is a day like 2016-02-06.", es="«start» es una fecha como 2016-02-06.")
    if end is not None and end < start:
        raise RecurrenceError(en="It ends before it begins.", es="Termina antes de empezar.")
    return Recurrence(
        kind=kind,
        every=_number(data, "every", most=MOST_WEEKS if kind == "weekday" else MOST_MONTHS),
        start=start,
        end=end,
        weekday=_word(data, "weekday", WEEKDAYS) if kind != "day_of_month" else 0,
        which=_which(data) if kind == "weekday_of_month" else 1,
        day=_number(data, "day", most=_LONGEST_MONTH) if kind == "day_of_month" else 1,
    )


def occurrences(*, recurrence: Recurrence, first: date, last: date) -> list[date]:
    """The days on which it falls from `first` to `last`, both included; never more than twenty years of them."""
    first = max(first, recurrence.start)
    last = min(last, recurrence.end or last)
    if (last - first).days > MOST_DAYS:
        last = first + timedelta(days=MOST_DAYS)
    found = _weekly(recurrence, first) if recurrence.kind == "weekday" else _monthly(recurrence)
    days = []
    for day in found:
        if day > last:
            break
        if day >= first:
            days.append(day)
    return days


def said(*, recurrence: Recurrence) -> Text:
    """How it comes again: "first Saturday of each month", "primer sábado de cada mes"."""
    every = recurrence.every
    if recurrence.kind == "weekday":
        en, es = _DAYS_EN[recurrence.weekday], _DAYS_ES[recurrence.weekday]
        if every == 1:
            return _until(Text(en=f"every {en}", es=f"cada {es}"), recurrence)
        # sábado and domingo take an s; the other days of the week are the same for one and for many.
        many = es if es.endswith("s") else f"{es}s"
        return _until(Text(en=f"{en} every {every} weeks", es=f"los {many}, cada {every} semanas"), recurrence)
    if recurrence.kind == "day_of_month":
        head = Text(en=f"day {recurrence.day}", es=f"día {recurrence.day}")
    else:
        place = recurrence.which if recurrence.which == _LAST else recurrence.which - 1
        head = Text(
            en=f"{WHICH[place]} {_DAYS_EN[recurrence.weekday]}",
            es=f"{_WHICH_ES[place]} {_DAYS_ES[recurrence.weekday]}",
        )
    if every == 1:
        return _until(Text(en=f"{head.en} of each month", es=f"{head.es} de cada mes"), recurrence)
    month = _month_of(recurrence.start)
    if every == _YEAR:
        name_en, name_es = month.en.rpartition(" ")[0], month.es.partition(" ")[0]
        each = Text(en=f"{head.en} of {name_en} each year", es=f"{head.es} de {name_es} de cada año")
        if recurrence.kind == "day_of_month":
            each = Text(en=f"{recurrence.day} {name_en} each year", es=f"{recurrence.day} de {name_es} de cada año")
        return _until(each, recurrence)
    return _until(
        Text(
            en=f"{head.en} every {every} months, from {month.en}",
            es=f"{head.es} cada {every} meses, desde {month.es}",
        ),
        recurrence,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rearranged:
    """What becomes of planned days under another recurrence: which go where, which fall away, which are new."""

    moved: tuple[tuple[date, date], ...]  # from, to; a day that stays is here too, to itself
    dropped: tuple[date, ...]
    added: tuple[date, ...]


def rearranged(*, planned: Sequence[date], wanted: Sequence[date], near: int = 15) -> Rearranged:
    """Match planned days with wanted ones, so that a meeting is moved where it can be and not cancelled and made anew.

    A day that is wanted stays. Of the others the nearest pairs come first, as long as no more than `near` days lie
    between them; what finds no partner is dropped, or added.
    """
    stay = set(planned) & set(wanted)
    left, right = sorted(set(planned) - stay), sorted(set(wanted) - stay)
    pairs = sorted((abs((to - day).days), day, to) for day in left for to in right if abs((to - day).days) <= near)
    moved: dict[date, date] = {day: day for day in stay}
    taken: set[date] = set()
    for _, day, to in pairs:
        if day not in moved and to not in taken:
            moved[day] = to
            taken.add(to)
    return Rearranged(
        moved=tuple(sorted(moved.items())),
        dropped=tuple(day for day in left if day not in moved),
        added=tuple(day for day in right if day not in taken),
    )


def _weekly(recurrence: Recurrence, first: date) -> Iterator[date]:
    monday = recurrence.start - timedelta(days=recurrence.start.weekday())
    day = monday + timedelta(days=recurrence.weekday)
    step = 7 * recurrence.every
    day += timedelta(days=max(0, (first - day).days // step) * step)
    while True:
        yield day
        try:
            day += timedelta(days=step)
        except OverflowError:  # the end of the calendar
            return


def _monthly(recurrence: Recurrence) -> Iterator[date]:
    year, month = recurrence.start.year, recurrence.start.month
    while year <= date.max.year:
        yield _in_month(recurrence, year, month)
        month += recurrence.every
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1


def _in_month(recurrence: Recurrence, year: int, month: int) -> date:
    length = calendar.monthrange(year, month)[1]
    if recurrence.kind == "day_of_month":
        return date(year, month, min(recurrence.day, length))
    if recurrence.which == _LAST:
        last = date(year, month, length)
        return last - timedelta(days=(last.weekday() - recurrence.weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(recurrence.weekday - first.weekday()) % 7 + 7 * (recurrence.which - 1))


def _until(text: Text, recurrence: Recurrence) -> Text:
    if recurrence.end is None:
        return text
    day = recurrence.end
    return Text(
        en=f"{text.en}, until {long_date(day=day, language='en')}",
        es=f"{text.es}, hasta el {long_date(day=day, language='es')}",
    )


def _month_of(day: date) -> Text:
    en, es = long_date(day=day, language="en"), long_date(day=day, language="es")
    return Text(en=en.partition(" ")[2], es=es.partition(" de ")[2])


def _day(data: Mapping[str, Any], key: str) -> date | None:
    value = data.get(key)
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _number(data: Mapping[str, Any], key: str, *, most: int) -> int:
    value = data.get(key, 1 if key == "every" else None)
    if type(value) is not int or not 1 <= value <= most:
        raise RecurrenceError(
            en=f"“{key}” is a whole number from 1 to {most}.", es=f"«{key}» es un número entero de 1 a {most}."
        )
    return value


def _word(data: Mapping[str, Any], key: str, words: Sequence[str]) -> int:
    value = data.get(key)
    if not isinstance(value, str) or value not in words:
        raise RecurrenceError(
            en=f"“{key}” is one of: {', '.join(words)}.", es=f"«{key}» es uno de: {', '.join(words)}."
        )
    return words.index(value)


def _which(data: Mapping[str, Any]) -> int:
    place = _word(data, "which", WHICH)
    return _LAST if place == len(WHICH) - 1 else place + 1
