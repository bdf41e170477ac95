"""Days as people write them, and which part of 03/04/2015 is the month."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from tequio.members.intake.vocabulary import folded

DateOrder = Literal["dmy", "mdy", "ymd"]
ORDERS: Final[tuple[DateOrder, ...]] = ("dmy", "mdy", "ymd")

_LAST_OF_TWO_DIGITS = 49  # 49 is 2049, 50 is 1950: nobody's roll goes back further
_SHORT_YEAR = 2
_TIME = r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[ap]\.? ?m\.?)?)?"
_PARTS = re.compile(rf"([0-9]{{1,2}})([/.\-])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}}){_TIME}", re.IGNORECASE)
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([/.\-])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}", re.IGNORECASE)
_DAY_MONTH_NAME = re.compile(r"([0-9]{1,2}) ([a-z]+) ([0-9]{4}|[0-9]{2})")
_MONTH_NAME_DAY = re.compile(r"([a-z]+) ([0-9]{1,2}) ([0-9]{4})")
_LONGEST = 40
_MONTH_NAMES: Final = {
    name[:length]: number
    for names in (
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
    )
    for number, name in enumerate(names, start=1)
    for length in {3, 4, len(name)}
} | {"sept": 9, "setiembre": 9}


@dataclass(frozen=True, slots=True, kw_only=True)
class DateEvidence:
    """How many days of a file can only be read one way.

    `plain` need no order. `open` could be read in more than one and mean different days; `same` mean the same in any.
    """

    plain: int = 0
    dmy: int = 0
    mdy: int = 0
    open: int = 0
    same: int = 0
    example: str = ""

    @property
    def order(self) -> DateOrder | None:
        """The order they are in; None where some could be either and nothing tells, or they contradict each other."""
        if self.dmy and not self.mdy:
            return "dmy"
        if self.mdy and not self.dmy:
            return "mdy"
        if self.open or self.dmy:
            return None
        return "dmy" if self.same else "ymd"


def read_day(*, text: str, order: DateOrder | None) -> str | None:
    """The day as YYYY-MM-DD; None for what is no day that exists in this order.

    A year in front and a month by its name can be read only one way and are taken in any order. Two digits of a year
    are 1950 to 2049. A time of the day is left out.
    """
    if len(text) > _LONGEST:
        return None
    if found := _YEAR_FIRST.fullmatch(text):
        return _iso(int(found[1]), int(found[3]), int(found[4]))
    if found := _PARTS.fullmatch(text):
        first, second, last = found[1], found[3], found[4]
        if order == "dmy":
            return _iso(_year(last), int(second), int(first))
        if order == "mdy":
            return _iso(_year(last), int(first), int(second))
        return _iso(_year(first), int(second), int(last)) if order == "ymd" and len(last) == _SHORT_YEAR else None
    return _by_month_name(text)


def _by_month_name(text: str) -> str | None:
    words = folded(text)
    if found := _DAY_MONTH_NAME.fullmatch(words):
        month = _MONTH_NAMES.get(found[2])
        return _iso(_year(found[3]), month, int(found[1])) if month else None
    if found := _MONTH_NAME_DAY.fullmatch(words):
        month = _MONTH_NAMES.get(found[1])
        return _iso(_year(found[3]), month, int(found[2])) if month else None
    return None


def looks_like_day(*, text: str) -> bool:
    """Whether the text is a day in some order."""
    return any(read_day(text=text, order=order) is not None for order in ORDERS)


def needs_an_order(*, text: str) -> bool:
    """Whether the text is a day only for who knows the order."""
    return len(text) <= _LONGEST and _PARTS.fullmatch(text) is not None


def evidence_of(*, texts: Iterable[str]) -> DateEvidence:
    """What the days of a file tell about their order."""
    counts = dict.fromkeys(("plain", "dmy", "mdy", "open", "same"), 0)
    example = ""
    for text in texts:
        found = _PARTS.fullmatch(text) if len(text) <= _LONGEST else None
        if not found:
            counts["plain"] += read_day(text=text, order=None) is not None
            continue
        readings = {order: day for order in ORDERS if (day := read_day(text=text, order=order)) is not None}
        if len(set(readings.values())) > 1:
            counts["open"] += 1
            example = example or text
        elif len(readings) > 1:  # the fifth of May, however it is written
            counts["same"] += 1
        elif readings and "ymd" not in readings:
            counts[next(iter(readings))] += 1
    return DateEvidence(**counts, example=example)


def _year(text: str) -> int:
    number = int(text)
    if len(text) > _SHORT_YEAR:
        return number
    return 2000 + number if number <= _LAST_OF_TWO_DIGITS else 1900 + number


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
