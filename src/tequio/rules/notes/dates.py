"""Dates as people write them in two languages and two orders; what can be read two ways is said to be so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tequio.rules.notes.words import folded

_MONTH_NAMES: Final = {
    "january": 1, "jan": 1, "enero": 1, "ene": 1, "february": 2, "feb": 2, "febrero": 2, "march": 3, "mar": 3,
    "marzo": 3, "april": 4, "apr": 4, "abril": 4, "abr": 4, "may": 5, "mayo": 5, "june": 6, "jun": 6, "junio": 6,
    "july": 7, "jul": 7, "julio": 7, "august": 8, "aug": 8, "agosto": 8, "ago": 8, "september": 9, "sep": 9, "sept": 9,
    "septiembre": 9, "setiembre": 9, "october": 10, "oct": 10, "octubre": 10, "november": 11, "nov": 11,
    "noviembre": 11, "december": 12, "dec": 12, "diciembre": 12, "dic": 12,
}  # fmt: skip
_WEEKDAYS: Final = {
    "monday": 0, "mon": 0, "lunes": 0, "tuesday": 1, "tue": 1, "tues": 1, "martes": 1, "wednesday": 2, "wed": 2,
    "miercoles": 2, "thursday": 3, "thu": 3, "thurs": 3, "jueves": 3, "friday": 4, "fri": 4, "viernes": 4,
    "saturday": 5, "sat": 5, "sabado": 5, "sunday": 6, "sun": 6, "domingo": 6,
}  # fmt: skip
_MONTH: Final = "(?:" + "|".join(sorted(_MONTH_NAMES, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY: Final = r"(?:(?P<weekday>" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + r")\b\.?,? (?:the )?)?"
_YEAR: Final = r"(?:19|20)\d\d"
_ORDINAL: Final = r"(?:st|nd|rd|th|o|er|º|°)?"
# Days and years in letters, as the heads of formal minutes in Spanish write them.
_SPELLED: Final = {
    "uno": 1, "primero": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "diecisiete": 17,
    "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiuno": 21, "veintiun": 21, "veintidos": 22,
    "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28,
    "veintinueve": 29, "treinta": 30, "treinta y uno": 31, "treinta y un": 31,
}  # fmt: skip
_DAY_WORDS: Final = "(?:" + "|".join(sorted(_SPELLED, key=len, reverse=True)) + ")"
_SPELLED_YEAR: Final = rf"dos mil(?:\s{_DAY_WORDS})?"
# More than one day of a meeting: "10 - 11", "10 and 11", "10 y 11"; the first counts.
_MORE: Final = r"(?:\s?(?:-|–|—|&|and|y|to|al|e)\s?\d{1,2}" + _ORDINAL + ")?"
_PATTERNS: Final = (
    ("iso", re.compile(
        rf"(?<![\d-]){_WEEKDAY}(?P<y>{_YEAR})(?P<s>[-./_]|\s(?=\d\d\s\d\d\b))(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?![\d]|-\d)")),
    ("compact", re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")),
    ("mdy_words", re.compile(
        rf"{_WEEKDAY}\b(?P<m>{_MONTH})\s{{1,2}}(?P<d>\d{{1,2}}){_ORDINAL}(?!\d|:\d|\s?[ap]\.?m\b|\s?hrs?\b){_MORE}"
        rf"(?:\s?,?\s(?:of\s)?(?:\d\d?:\d\d(?::\d\d)?\s(?:utc\s)?)?(?P<y>{_YEAR})\b)?")),
    ("dmy_words", re.compile(
        rf"{_WEEKDAY}(?<!\d)(?P<d>\d{{1,2}}){_ORDINAL}{_MORE}(?:\s(?:dias?\s)?(?:de|of|d|del mes de)\s|[\s/-])"
        rf"(?P<m>{_MONTH})"
        rf"(?:(?:\s(?:de|del|of)\s(?:ano\s)?|,?\s|[/-])(?P<y>{_YEAR}|{_SPELLED_YEAR})\b)?")),
    ("spelled", re.compile(
        rf"{_WEEKDAY}\b(?P<d>{_DAY_WORDS})\s(?:dias?\s)?(?:de|del mes de)\s(?P<m>{_MONTH})"
        rf"(?:\s(?:de|del)\s(?:ano\s)?(?P<y>{_YEAR}|{_SPELLED_YEAR})\b)?")),
    ("numbers", re.compile(
        rf"{_WEEKDAY}(?<![\d/.-])(?P<a>\d\d?)(?P<s>[/.-])(?P<b>\d\d?)(?P=s)(?P<y>{_YEAR}|\d\d)(?![\d/]|[.-]\d)")),
)  # fmt: skip
_CENTURY: Final = 2000
_NUMBERS_HINT: Final = re.compile(r"\d[-/._]\d|20\d{6}|20\d\d \d\d \d\d")
_WORDS_HINT: Final = re.compile(r"\b(?:jan|ene|feb|mar|apr|abr|may|jun|jul|aug|ago|sep|set|oct|nov|dec|dic)")
_SPELLED_HINT: Final = re.compile(r"dos mil|\bdia\s|\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)\s")
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written: the days it may mean (none: no such day), and what is odd about it.

    `weekday` is the day of the week written beside it; `yearless` is (month, day) where no year is written.
    """

    text: str
    days: tuple[date, ...]
    start: int
    weekday: int | None = None
    yearless: tuple[int, int] | None = None

    @property
    def is_off(self) -> bool:
        """Whether the day of the week written beside it is another than that of every day it may mean."""
        return self.weekday is not None and bool(self.days) and all(day.weekday() != self.weekday for day in self.days)


def dates_in(text: str) -> Iterator[Written]:
    """The dates in a line, in order of their place; those that overlap an earlier find are left out."""
    line = folded(text)
    if not _DIGIT.search(text) and not _SPELLED_HINT.search(line):
        return
    forms = {"mdy_words", "dmy_words", "spelled"} if _WORDS_HINT.search(line) else set()
    if _NUMBERS_HINT.search(line):
        forms |= {"iso", "compact", "numbers"}
    if not forms:
        return
    exact = len(line) == len(text)  # no character of it was left out
    taken: list[tuple[int, int]] = []
    found: list[Written] = []
    for form, pattern in _PATTERNS:
        if form not in forms:
            continue
        for match in pattern.finditer(line):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            written = _read(form=form, match=match)
            if written is not None:
                taken.append(match.span())
                found.append(replace(written, text=text[match.start() : match.end()].strip()) if exact else written)
    yield from sorted(found, key=lambda written: written.start)


def day_without_year(text: str) -> Written | None:
    """A day and a month in numbers at the end of a title, such as "Stewards, 9/22": which year is to be asked."""
    found = _NO_YEAR.search(text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    readings = [(first, second), (second, first)]  # month and day
    real = [one for one in readings if _day(year=_LEAP, month=one[0], day=one[1]) is not None]
    return Written(found[0].strip(), (), found.start(1), None, real[0]) if real else None


_NO_YEAR: Final = re.compile(r"(?<![\d/.,$%€£-])(\d{1,2})/(\d{1,2})(?=\W{0,3}$)")
_LEAP: Final = 2024  # a year that has every day


def _read(*, form: str, match: re.Match[str]) -> Written | None:
    weekday = _WEEKDAYS.get(match["weekday"] or "") if "weekday" in match.re.groupindex else None
    text, start = match[0].strip(), match.start()
    if form == "numbers":
        year = int(match["y"]) if len(match["y"]) > 2 else _CENTURY + int(match["y"])  # noqa: PLR2004 - WONTFIX: two digits
        return _of_numbers(
            first=int(match["a"]), second=int(match["b"]), year=year, text=text, start=start, weekday=weekday
        )
    named = match["m"].rstrip(".")
    month = int(named) if named.isdigit() else _MONTH_NAMES[named]
    day = _SPELLED[match["d"]] if form == "spelled" else int(match["d"])
    if match["y"] is None:
        return Written(text, (), start, weekday, (month, day)) if _day(year=2024, month=month, day=day) else None
    at = _day(year=_year(match["y"]), month=month, day=day)
    return Written(text, (at,) if at else (), start, weekday)


def _year(written: str) -> int:
    return int(written) if written.isdigit() else _CENTURY + _SPELLED.get(written.removeprefix("dos mil").strip(), 0)


def _of_numbers(*, first: int, second: int, year: int, text: str, start: int, weekday: int | None) -> Written:
    """7/8/13 is the 7th of August or the 8th of July: both, unless the weekday written beside it leaves one."""
    readings = [_day(year=year, month=second, day=first), _day(year=year, month=first, day=second)]
    days = tuple(dict.fromkeys(day for day in readings if day is not None))
    if len(days) > 1 and weekday is not None:
        fitting = tuple(day for day in days if day.weekday() == weekday)
        days = fitting or days
    return Written(text, days, start, weekday)


def _day(*, year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
