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
from tequio.rules.notes.present import present_at
from tequio.rules.notes.records import DateProblem, Section
from tequio.rules.notes.transcript import speaker
from tequio.rules.notes.words import folded

_HEAD_ITEMS: Final = 40  # items from the top in which a meeting says when it was
_TAKEN_IN: Final = re.compile(
    r"\b(?:notes (?:were )?taken in |notas tomadas en |held (?:in|at) |took place in |"
    r"(?:reunión|asamblea|sesión) (?:celebrada |realizada )?en |reunidos en |celebrada en |in person in )"
    r"(?:the |el |la )?"
    r"(?P<place>[A-ZÁÉÍÓÚÑ][\w'’áéíóúñ-]*(?:\s(?:de|del|of|la|[A-ZÁÉÍÓÚÑ][\w'’-]*)){0,4})"
)
_BEHIND_TITLE: Final = 5  # a place at which a date counts only if the title gives none
_PATH: Final = re.compile(r"\+{3} (\S{0,200}/\S{0,80}20\d\d\S{0,80})")  # the name of a file, as differences print it
_TEMPLATE: Final = re.compile(r"\s*(?:\{\{|__[A-Z]+__|\[\[(?!\w+\|)|[|!]|#!|#redirect)", re.IGNORECASE)
_EMPHASIS: Final = re.compile(r"'{2,5}|\*\*|<br ?/?>|^<!--|-->$")
_EDIT: Final = re.compile(r"\s*\[\s?(?:edit|editar)[^\[\]]{0,40}\]\s*$")
_LETTER: Final = re.compile(r"[^\W\d_]")
_NEXT_LABEL: Final = re.compile(r"\s+(?=[^\W\d_][\w'’]{2,20}:\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What was found of the meeting."""

    title: str | None
    date: date | None
    problems: tuple[DateProblem, ...]
    places: tuple[str, ...]
    present: tuple[str, ...]


def head_of(*, sections: Sequence[Section], form: str) -> Head:
    """Read title, date, places and attendance; `form` is the format they were read from."""
    top = list(_top(sections=sections))
    day, problems = day_of(top=top)
    title = _title(sections=sections, top=top, form=form)
    return Head(
        title=title, date=day, problems=problems, places=_places(top=top), present=present_at(sections=sections)
    )


def _title(*, sections: Sequence[Section], top: Sequence[TopLine], form: str) -> str | None:
    """The title: the first heading, or the first line where that heading is one of several, or names no meeting."""
    headings = [section.heading for section in sections if section.heading and _LETTER.search(section.heading)]
    heading = headings[0] if headings else None
    if heading is not None and " " not in heading and not sections[0].items and len(headings) > 1:
        # A word of greeting may stand above the title.
        heading = headings[1] if SPEAKS_OF_MEETING.search(folded(headings[1])) else heading
    page = page_of_diff(heading) if heading is not None else None
    title = heading
    if page is not None:
        # The notes' own title says more than the name of their page.
        own = next((section.heading for section in sections[:_NEAR_TOP] if _names_meeting(section)), None)
        title = own or page
    if title is not None and context_of(title) is not None:
        title = None  # "Agenda" names no meeting
    first = _first_line(top=top, page=page, form=form)
    if first is not None and title != first:
        level = next((section.level for section in sections if section.heading == heading), 0)
        speaks = bool(SPEAKS_OF_MEETING.search(folded(first)))
        named = title is not None and " " in title and bool(SPEAKS_OF_MEETING.search(folded(title)))
        if title is None or speaks or (page is None and level > 1 and " " in first and not named):
            title = first
    return _bare(title) if title is not None else None


def _first_line(*, top: Sequence[TopLine], page: str | None, form: str) -> str | None:
    """The first line, if no heading stands above it and it can name the meeting: neither a label nor a speech."""
    for line in top:
        if line.heading and line.text == page:
            continue
        if line.heading or line.depth or len(line.text) > LONG_TITLE:
            return None
        if _TEMPLATE.match(line.text) or not _LETTER.search(line.text) or _is_labelled(line.text):
            continue
        return line.text if form != "transcript" or not _is_speech(line.text, top=top) else None
    return None


def _is_speech(text: str, *, top: Sequence[TopLine]) -> bool:
    """Whether a line is what somebody says: in "Group: Delegates" the group says nothing else."""
    said = speaker(text)
    if said is None or "#startmeeting" in text:
        return False
    names = [other[0] for line in top if (other := speaker(line.text)) is not None]
    return text[:1] in "<[" or names.count(said[0]) > 1


def _bare(title: str) -> str | None:
    """A title without the marks of bold text and of the page it was copied from."""
    return _EDIT.sub("", _EMPHASIS.sub("", title)).strip() or None


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
                yield TopLine(item.text[:2_000], item.line, heading=False, position=position, depth=item.depth)
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
