"""Days as statement formats write them; a day that does not exist is none."""

import re
from datetime import date

from tequio.rules.reasons import Text

EARLIEST, LATEST = 1980, 2100
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_SHORT = re.compile(r"(\d{2})(\d{2})(\d{2})", re.ASCII)


def day_of(year: int, month: int, day: int, /) -> date | None:
    """The day, or None where there is no such day or no statement could be of its year."""
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def formal_day(text: str, /) -> date | None:
    """The day at the beginning of text like 20160715, 20160715120000[-5:EST] or 2016-07-15T12:00:00."""
    found = _COMPACT.match(text) or _ISO.match(text)
    return day_of(int(found[1]), int(found[2]), int(found[3])) if found else None


def short_day(text: str, /) -> date | None:
    """The day of six digits, year first, as MT940 writes it: 160715. Years are those from 1980 to 2079."""
    found = _SHORT.fullmatch(text)
    if not found:
        return None
    year = int(found[1])
    return day_of(year + (1900 if year >= EARLIEST % 100 else 2000), int(found[2]), int(found[3]))


def no_day(*, shown: str) -> Text:
    """Why a day was not taken."""
    shown = shown.strip()[:40]
    if not shown:
        return Text(en="The date is missing.", es="Falta la fecha.")
    return Text(en=f"“{shown}” is not a day that exists.", es=f"«{shown}» no es un día que exista.")
