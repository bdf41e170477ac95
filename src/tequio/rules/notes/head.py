"""What notes say of the meeting itself: title, date, places, who was there. What is unclear is asked, never guessed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tequio.rules.notes.contexts import context_of
from tequio.rules.notes.dates import dates_in
from tequio.rules.notes.diff_table import page_of_diff
from tequio.rules.notes.meeting_day import LONG_TITLE, SPEAKS_OF_MEETING, TopLine, day_of, label_of
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import DateProblem, Section
from tequio.rules.notes.words import folded, visible

_HEAD_ITEMS: Final = 40  # items from the top in which a meeting says when it was
_TAKEN_IN: Final = re.compile(
    r"\b(?:notes (?:were )?taken in |notas tomadas en |held (?:in|at) |took place in |"
    r"(?:reunión|asamblea|sesión) (?:celebrada |realizada )?en |reunidos en |celebrada en |in person in )"
    r"(?:the |el |la )?"
    r"(?P<place>[A-ZÁÉÍÓÚÑ][\w'’áéíóúñ-]*(?:\s(?:de|del|of|la|[A-ZÁÉÍÓÚÑ][\w'’-]*)){0,4})"
)
_BEHIND_TITLE: Final = 5  # a place at which a date counts only if the title gives none
_PATH: Final = re.compile(r"\+{3} (\S{0,200}/\S{0,80}20\d\d\S{0,80})")  # the name of a file, as differences print it
_LETTER: Final = re.compile(r"[^\W\d_]")
_BETWEEN_NAMES: Final = re.compile(r"\s*(?:[,;•·]|\s[-–|]\s|\n|\s(?:and|y|e|&|und)\s|\t)\s*")
_NEXT_LABEL: Final = re.compile(r"\s+(?=[^\W\d_][\w'’]{2,20}:\s)")
_NOTE: Final = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]\s*")
_HANDLE: Final = re.compile(r"(?<=\S)\s@[\w.-]{1,39}")
_NAME_LENGTH: Final = 48
_NAME_WORDS: Final = 6
_MANY: Final = 300  # names; a list longer than that is no attendance


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What was found of the meeting."""

    title: str | None
    date: date | None
    problems: tuple[DateProblem, ...]
    places: tuple[str, ...]
    present: tuple[str, ...]


def head_of(*, sections: Sequence[Section]) -> Head:
    """Read title, date, places and attendance."""
    top = list(_top(sections=sections))
    title = next((section.heading for section in sections if section.heading and _LETTER.search(section.heading)), None)
    page = page_of_diff(title) if title is not None else None
    if page is not None:
        # The notes' own title says more than the name of their page.
        own = next((section.heading for section in sections[:_NEAR_TOP] if _names_meeting(section)), None)
        title = own or page
    if title is not None and context_of(title) is not None:
        title = None  # "Agenda" names no meeting
    if title is None or (
        title != sections[0].heading
        and top
        and top[0].position == 0
        and not top[0].heading
        and len(top[0].text) <= LONG_TITLE
    ):
        first = next((line for line in top if not line.heading and not _is_labelled(line.text)), None)
        if (
            first is not None
            and (title is None or SPEAKS_OF_MEETING.search(folded(first.text)))
            and len(first.text) <= LONG_TITLE
        ):
            title = first.text
    day, problems = day_of(top=top)
    return Head(title=title, date=day, problems=problems, places=_places(top=top), present=_present(sections=sections))


_NEAR_TOP: Final = 4  # sections in which a second title may stand


def _names_meeting(section: Section) -> bool:
    """Whether a heading is the title of notes, below that of a page that compares versions of them."""
    text = section.heading or ""
    if page_of_diff(text) is not None or context_of(text) is not None:
        return False
    return section.level == 1 or any(dates_in(text))


def _is_labelled(text: str) -> bool:
    """Whether a line only says where, when or who, and names no meeting."""
    lists, label = book().lists, label_of(text)[0]
    return any(label in lists[name] for name in ("label_place", "label_date", "label_present", "label_absent"))


def _top(*, sections: Sequence[Section]) -> Iterator[TopLine]:
    position = 0
    for section in sections:
        if position >= _HEAD_ITEMS:
            return
        if section.heading:
            text = page_of_diff(section.heading) or section.heading
            yield TopLine(text, section.line, heading=True, position=position)
            position += 1
        for item in section.items:
            if position >= _HEAD_ITEMS:
                return
            if item.quiet:
                if (path := _PATH.match(item.text)) and position <= 1:
                    yield TopLine(path[1], item.line, heading=True, position=_BEHIND_TITLE)
            else:
                yield TopLine(item.text[:2_000], item.line, heading=False, position=position)
                position += 1


def _places(*, top: Sequence[TopLine]) -> tuple[str, ...]:
    labels = book().lists["label_place"]
    found: list[str] = []
    for line in top:
        label, rest = label_of(line.text)
        if label in labels and rest and len(rest) <= 200:  # noqa: PLR2004 - WONTFIX: a place is no paragraph
            found.append(_NEXT_LABEL.split(rest)[0].strip(" .*_'"))
        else:
            found.extend(match["place"].strip(" .") for match in _TAKEN_IN.finditer(line.text[:400]))
    return tuple(dict.fromkeys(place for place in found if place))


def _present(*, sections: Sequence[Section]) -> tuple[str, ...]:
    """The names after a label such as "Present:", below it, or below a heading that says the same."""
    lists = book().lists
    names: list[str] = []
    for section in (one for one in sections if one.items or ":" in (one.heading or "")):
        label = folded(section.heading or "").strip(" :.*#0123456789)")
        below = label in lists["heading_present"]
        heading_label, rest = label_of(section.heading or "")
        if heading_label in lists["label_present"] and rest:
            names.extend(_names(rest))
        elif heading_label in lists["label_present"]:
            below = True
        depth, last = 0, section.line
        for item in section.items:
            if item.quiet:
                continue
            label, rest = label_of(item.text)
            if label in lists["label_present"]:
                some = _names(rest)
                names.extend(some)
                below, depth, last = not some, item.depth, item.line
            elif label in lists["label_absent"]:
                below = False
            elif below:
                some = _names(item.text) if context_of(item.text) is None else []
                short = all(len(name.split()) <= _FEW_WORDS for name in some)
                below = bool(some) and (
                    (item.depth > depth and short) or (item.line - last <= _NEAR and _all_names(item.text, some))
                )
                names.extend(some if below else ())
                last = item.line
        if len(names) > _MANY:
            break
    return tuple(dict.fromkeys(names))[:_MANY]


_FEW_WORDS: Final = 4
_NEAR: Final = 2  # lines: names written one below the other


def _all_names(text: str, names: Sequence[str]) -> bool:
    """Whether a line is nothing but names: few words each, with capitals."""
    return len(names) * 3 >= len(text.split()) * 0.8 and all(name[0].isupper() for name in names)


def _names(text: str) -> list[str]:
    plain = (
        _NOTE.sub(" , " if "," not in text else " ", visible(text[:4_000]))
        if "(" in text or "[" in text
        else visible(text[:4_000])
    )
    plain = _HANDLE.sub(" ", plain) if "@" in plain else plain
    found = [part.strip(" .*_'\"|:-–—") for part in _BETWEEN_NAMES.split(plain)]
    return [name for name in found if _is_name(name)]


def _is_name(name: str) -> bool:
    if not name or len(name) > _NAME_LENGTH or len(name.split()) > _NAME_WORDS or not any(c.isalpha() for c in name):
        return False
    return not any(character.isdigit() for character in name[:3]) and folded(name) not in _NO_NAMES


_NO_NAMES: Final = frozenset(
    {"and", "y", "others", "otros", "otras", "none", "all", "todos", "quorum", "n/a", "tbd", "guests"}
)
