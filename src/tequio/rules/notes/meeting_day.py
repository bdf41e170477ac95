"""On which day a meeting was, by what the head of its notes says; what is unclear is asked, never guessed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tequio.rules.notes.dates import Written, dates_in, day_without_year
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import DateProblem
from tequio.rules.notes.words import folded
from tequio.rules.reasons import Text

LONG_TITLE: Final = 140
_LABEL: Final = re.compile(
    r"[\s*_'#>|-]*(?P<label>[^\W\d_][\w /'’().]{1,40}?)[\s*_']*(?::|[-–—](?=\s))[\s*_']*(?P<rest>.*)$"
)
# Dates that are not the meeting's: of other meetings, of deadlines, of changes to the page.
_OTHER_DATES: Final = re.compile(
    r"next|proxim|siguiente|last modified|ultima modif|modified by|deadline|fecha limite|until|hasta el|previous|"
    r"anterior|last meeting|timestamp|updated|actualizad|created|copyright|due|extracted|published|posted|"
    r"version|revision|submitted|announce"
)
SPEAKS_OF_MEETING: Final = re.compile(
    r"meeting|minutes|notes|reunion|asamblea|acta|minuta|sesion|junta|held on|called to order|celebrad|notas|log|"
    r"siendo las|call|assembly|date|fecha|agenda|orden del dia"
)


@dataclass(frozen=True, slots=True)
class TopLine:
    """A line of the head of notes: a heading or an item, and its place from the top."""

    text: str
    line: int
    heading: bool
    position: int
    depth: int = 0  # of a bullet


@dataclass(frozen=True, slots=True)
class _Dated:
    written: Written
    line: int
    weight: int


def day_of(*, top: Sequence[TopLine]) -> tuple[date | None, tuple[DateProblem, ...]]:
    """The day of the meeting: of the dates the head gives it, the strongest; all of that rank and above must agree."""
    found = sorted(_dated(top=top), key=lambda one: -one.weight)
    strongest = [one for one in found if one.weight >= _STATED] or found[:1]
    whole = [one for one in strongest if one.written.days]
    certain = list(dict.fromkeys(one.written.days[0] for one in whole if len(one.written.days) == 1))
    problems = tuple(_problems(strongest=strongest, whole=whole, certain=certain))
    return (certain[0], ()) if certain and not problems else (None, problems)


def _problems(
    *, strongest: Sequence[_Dated], whole: Sequence[_Dated], certain: Sequence[date]
) -> Iterator[DateProblem]:
    """What has to be asked: another day of the week, two readings, dates that disagree, a year that is missing."""
    off = [one for one in whole if one.written.is_off]
    open_ = [one for one in whole if len(one.written.days) > 1 and not set(one.written.days) & set(certain)]
    if off or open_:
        yield from (_off_problem(one) for one in off)
        yield from (_ambiguous_problem(one) for one in open_ if one not in off)
        return
    yearless = [one for one in strongest if one.written.yearless]
    others = [one for one in yearless if certain and one.written.yearless != (certain[0].month, certain[0].day)]
    if len(certain) > 1 or others:
        dated = [one for one in whole if len(one.written.days) == 1]
        yield _disagreeing_problem(dated=[*dated, *others], days=certain)
    elif not certain and yearless:
        yield _yearless_problem(yearless[0])
    elif not certain:
        yield from (_impossible_problem(one) for one in strongest if not one.written.days)


_STATED: Final = 3  # a title or a label "Date:" says it


def _dated(*, top: Sequence[TopLine]) -> Iterator[_Dated]:
    """The first date of each line of the head that can be the meeting's."""
    for line in top:
        written = next((one for one in dates_in(line.text[:_READ]) if _weight(line, one)), None)
        if written is None and line.position == 0 and len(line.text) <= LONG_TITLE:
            written = day_without_year(line.text)
        if written is not None:
            yield _Dated(written, line.line, _weight(line, written))


def _weight(line: TopLine, written: Written) -> int:  # noqa: PLR0911 - WONTFIX: each place weighs differently
    """How strongly a line says that its date is the meeting's; 0 for dates of something else."""
    small = folded(line.text)
    if label_of(line.text)[0] in book().lists["label_date"]:
        return _STATED + 1
    before = small[max(0, written.start - 60) : written.start]
    if _OTHER_DATES.search(before) or (not line.heading and line.position > 1 and _OTHER_DATES.search(small[:40])):
        return 0
    if line.position == 0 and len(line.text) <= LONG_TITLE:
        return _STATED + 1
    speaks = bool(SPEAKS_OF_MEETING.search(small))
    less = 1 if written.yearless else 0
    if speaks and line.heading and line.position <= _BELOW_TITLE:
        return _STATED - less
    if line.position <= _BELOW_TITLE and written.start <= _AT_ONCE:
        return _STATED - 1 - less
    if (speaks and line.position <= _IN_HEAD) or (
        line.position <= _SOON and len(line.text) - len(written.text) <= _LITTLE
    ):
        return _STATED - 1 - less
    return 0


_READ: Final = 400  # characters of a line in which its date is looked for
_AT_ONCE: Final = 3  # characters before a date that a line begins with
_BELOW_TITLE: Final = 3  # places from the top
_SOON: Final = 5
_IN_HEAD: Final = 5
_LITTLE: Final = 50  # characters besides its date, of a line that says little else


def _off_problem(one: _Dated) -> DateProblem:
    return DateProblem(
        text=one.written.text,
        line=one.line,
        dates=one.written.days,
        why=Text(
            en=f"“{one.written.text}”: that day was another day of the week.",
            es=f"«{one.written.text}»: esa fecha cayó en otro día de la semana.",
        ),
    )


def _ambiguous_problem(one: _Dated) -> DateProblem:
    first, second = (day.isoformat() for day in one.written.days[:2])
    return DateProblem(
        text=one.written.text,
        line=one.line,
        dates=one.written.days,
        why=Text(
            en=f"“{one.written.text}” may be {first} or {second}.",
            es=f"«{one.written.text}» puede ser {first} o {second}.",
        ),
    )


def _disagreeing_problem(*, dated: Sequence[_Dated], days: Sequence[date]) -> DateProblem:
    said = [f"{one.written.text} ({one.line})" for one in dated[:4]]
    return DateProblem(
        text=dated[0].written.text,
        line=dated[0].line,
        dates=tuple(days),
        why=Text(
            en=f"The notes give dates that disagree (line): {', '.join(said)}.",
            es=f"Las notas dan fechas que no concuerdan (línea): {', '.join(said)}.",
        ),
    )


def _yearless_problem(one: _Dated) -> DateProblem:
    return DateProblem(
        text=one.written.text,
        line=one.line,
        dates=(),
        why=Text(
            en=f"“{one.written.text}” does not say the year.",
            es=f"«{one.written.text}» no dice el año.",
        ),
    )


def _impossible_problem(one: _Dated) -> DateProblem:
    return DateProblem(
        text=one.written.text,
        line=one.line,
        dates=(),
        why=Text(
            en=f"“{one.written.text}” is no day of any calendar.",
            es=f"«{one.written.text}» no es un día de ningún calendario.",
        ),
    )


# "Approved minutes for May 2012", "Aprobada en la sesión 12", "Acta (ratificada)": what became of these minutes later.
_STATE: Final = re.compile(
    r"\W{0,4}(?:status\W{1,3})?(?:approved|adopted|aprobad[ao]s?|ratificad[ao]s?)\W{1,3}"
    r"(?:minutes\b.*\d|on\W|at the\W|acta\b.*\d|en (?:la|su|el) (?:\w+ )?(?:sesion|reunion|asamblea|junta)"
    r"|por (?:el|la) [^.]{1,60}sesion|el (?:dia )?\d|\d{1,4}[-/.]\d{1,2}[-/.]\d"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? \d)"
)
_STATE_OF_TITLE: Final = re.compile(r"\b(?:approved|adopted|aprobad[ao]|ratificad[ao])\b")
_MINUTES: Final = re.compile(r"\b(?:minutes|actas?|minuta|notes|notas)\b")
_DATED: Final = re.compile(r"[\d)]$")
_SHORT_STATE: Final = 120


def tells_state_of_minutes(text: str, *, is_title: bool) -> bool:
    """Whether a line at the top only says that these minutes were approved some day."""
    if len(text) > _SHORT_STATE:
        return False
    said = folded(text)
    if is_title and _MINUTES.search(said) and _STATE_OF_TITLE.search(said) and _DATED.search(said):
        return True
    return bool(_STATE.match(said))


def label_of(text: str) -> tuple[str, str]:
    """The label a line begins with, folded, and what follows it; an empty label if it begins with none."""
    if ":" not in text[:60] and " - " not in text[:40] and "–" not in text[:40] and "—" not in text[:40]:
        return "", text
    found = _LABEL.match(text[:400])
    if not found:
        return "", text
    return folded(found["label"]).strip(" ()"), text[found.start("rest") :].strip()
