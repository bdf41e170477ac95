"""Notes that came as a file, put to a meeting: its sections as items of the agenda, its bullets as lines of a text.

Sections of the highest level are items; what stands deeper belongs to the item above it, its heading as a line of its
own. What stands before the first heading, or under the title, is an item that has no heading; a file without headings
is one item, called by its title. Each line of the file is known again in the text it became, so that what was found in
it can be.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tequio.rules.reasons import Text
from tequio.rules.wording import cleaned_line

MOST: Final = 90  # items; an agenda has a hundred at most, and what is more is put to the last one
BEFORE_ALL: Final = Text(en="Before the first item", es="Antes del primer punto")
_NUMBERED: Final = re.compile(r"^\W*(?:\d{1,3}|[ivxl]{1,6})\s*[.):-]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What a file says of one item: its heading (None: it has none), its text, in which language, and where from.

    `lines` leads from the number of a line in the file to that of a line in the text, both from 1.
    """

    heading: str | None
    language: str
    text: str
    lines: Mapping[int, int]


def blocks(*, sections: Sequence[Mapping[str, Any]], title: str | None, language: str) -> tuple[Block, ...]:
    """The items of a file. `sections` are as `--json` prints them; nothing of them is left out but an empty heading."""
    top = _top(sections=sections, title=title)
    groups: list[tuple[str | None, list[Mapping[str, Any]]]] = []
    for number, section in enumerate(sections):
        heading = section["heading"]
        begins = heading is not None and section["level"] <= top and not _is_title(section, number, title)
        if (begins and len(groups) < MOST) or not groups:
            groups.append((heading if begins else None, []))
        groups[-1][1].append(section)
    if len(groups) == 1 and groups[0][0] is None and _is_title(sections[0], 0, title):
        groups = [(title, groups[0][1])]  # nothing but a title: there is no first item that it stands before
    made = [_block(heading=heading, sections=some, language=language) for heading, some in groups]
    return tuple(one for one in made if one.text or one.heading)


def _top(*, sections: Sequence[Mapping[str, Any]], title: str | None) -> int:
    """The highest level that headings have, the title's own aside."""
    levels = [
        section["level"]
        for number, section in enumerate(sections)
        if section["heading"] is not None and not _is_title(section, number, title)
    ]
    return min(levels, default=0)


def _is_title(section: Mapping[str, Any], number: int, title: str | None) -> bool:
    return number == 0 and title is not None and section["heading"] == title


def _block(*, heading: str | None, sections: Sequence[Mapping[str, Any]], language: str) -> Block:
    text: list[str] = []
    lines: dict[int, int] = {}
    tongues: dict[str, int] = {}
    for number, line in _lines(heading=heading, sections=sections):
        text.append(line)
        lines[number] = len(text)
    for section in sections:
        for item in section["items"]:
            if item["language"]:
                tongues[item["language"]] = tongues.get(item["language"], 0) + len(item["text"])
    if heading is not None and sections:
        lines.setdefault(sections[0]["line"], 1)
    most = max(tongues, key=lambda one: tongues[one], default=language)
    return Block(
        heading=cleaned_line(heading) if heading is not None else None,
        language=most,
        text="\n".join(text),
        lines=lines,
    )


def _lines(*, heading: str | None, sections: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    """The lines of an item's text, each with its line in the file. Its own heading is not said again."""
    for number, section in enumerate(sections):
        said = cleaned_line(section["heading"] or "")
        if said and not (number == 0 and heading is not None):
            yield section["line"], said
        for item in section["items"]:
            words = cleaned_line(item["text"])
            if words:
                depth = min(item["depth"], 8)
                yield item["line"], "  " * (depth - 1) + f"- {words}" if depth else words


def heading_key(heading: str, /) -> str:
    """By what two headings are the same: without number, punctuation, capitals and spaces."""
    bare = _NUMBERED.sub("", cleaned_line(heading).casefold())
    return "".join(character for character in bare if character.isalnum())


def item_for(*, heading: str | None, items: Sequence[tuple[int, Text]]) -> int | None:
    """Which of the items there are (number and title) a heading means; None for none or more than one."""
    wanted = heading_key(heading) if heading is not None else ""
    names = {heading_key(BEFORE_ALL.en), heading_key(BEFORE_ALL.es)} if heading is None else {wanted}
    found = {
        number
        for number, title in items
        if names & {key for key in (heading_key(title.en), heading_key(title.es)) if key}
    }
    return found.pop() if len(found) == 1 else None
