"""Transcripts and chat logs: who says what, line by line, with or without the time before it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tequio.rules.notes.marked_lines import Line
from tequio.rules.notes.pieces import bullet, looks_like_heading
from tequio.rules.notes.records import Item
from tequio.rules.notes.words import folded, is_blank

_TIME: Final = (
    r"(?:[\[(]?(?:\d{4}-\d\d-\d\d[T ])?\d{1,2}:\d\d(?::\d\d)?(?:\s?[APap]\.?[Mm]\.?)?[\])]?\s{1,3}(?:[-–]\s)?)?"
)
_NICK: Final = re.compile(
    rf"\s*{_TIME}(?:\d\d:\d\d:\d\d\s)?<\s?(?P<nick>[@+%&~]?[\w\[\]\\`_^{{|}}.-]{{1,32}})>\s?(?P<said>.*)$"
)
_NAME: Final = re.compile(
    rf"\s*(?:[*•-]\s)?{_TIME}(?:\*\*|'''|__)?(?P<nick>[A-ZÁÉÍÓÚÑ][\w.'’-]{{0,24}}(?:\s[A-ZÁÉÍÓÚÑ(][\w.'’()-]{{0,24}}){{0,3}}|[a-z][\w-]{{1,20}})(?:\*\*|'''|__)?\s?:(?:\*\*|'''|__)?\s+(?P<said>\S.*)$"
)
_TIMED_NAME: Final = re.compile(rf"\s*(?=[\[(\d]){_TIME}(?P<nick>[\w.'’ -]{{1,40}}):\s(?P<said>\S.*)$")
_TOPIC: Final = re.compile(r"(?:#topic|#subtopic|\[TOPIC\]|TOPIC:|#meetingtopic|#startmeeting)\s+\S", re.IGNORECASE)
_SAMPLE: Final = 600


def speaker(line: str) -> tuple[str, str] | None:
    """Who speaks in a line and what they say, or None."""
    found = (_NICK.match(line) if "<" in line[:40] else None) or (
        (_NAME.match(line) or _TIMED_NAME.match(line)) if ":" in line[:80] else None
    )
    return (found["nick"].lstrip("@+%&~").strip(), found["said"]) if found else None


def leaders_of(*, texts: Iterable[str], titles: frozenset[str]) -> frozenset[str]:
    """The names, folded, of who leads a meeting: who has the title, else who speaks most by far."""
    spoke: Counter[str] = Counter()
    for text in texts:
        said = speaker(text)
        if said:
            spoke[folded(said[0])] += 1
    titled: set[str] = set()
    for name in spoke:
        title, _, called = name.partition(" (")
        if title in titles or name in titles:
            titled |= {name, called.strip(" )")} - {""}
    if titled or not spoke:
        return frozenset(titled)
    (name, lines), *_ = spoke.most_common(1)
    return frozenset({name}) if lines >= _LINES_OF_LEADER and lines * _SHARE_OF_LEADER >= spoke.total() else frozenset()


_LINES_OF_LEADER: Final = 4
_SHARE_OF_LEADER: Final = 4  # a quarter of what is said


def is_chat(*, lines: Sequence[str]) -> bool:
    """Whether most lines are <nick> lines of a chat log."""
    sample = [line for line in lines[:_SAMPLE] if line.strip()]
    return len(sample) > 2 and sum(1 for line in sample if _NICK.match(line)) * 2 >= len(sample)  # noqa: PLR2004 - WONTFIX: a few


def is_transcript(*, lines: Sequence[str], no_speakers: frozenset[str]) -> bool:
    """Whether most lines say who speaks, and the same people speak again and again."""
    sample = [line for line in lines[:_SAMPLE] if line.strip()]
    names = [said[0].lower() for line in sample if (said := speaker(line)) and said[0].lower() not in no_speakers]
    return len(names) >= 4 and len(names) * 2 >= len(sample) and len(set(names)) * 3 <= len(names) * 2  # noqa: PLR2004 - WONTFIX: more than chance


def read_transcript(*, lines: Sequence[Line]) -> Iterator[Item]:
    """A piece for each line, as written; a new topic is a heading."""
    first = blank = True
    for index, (number, line) in enumerate(lines):
        if is_blank(line):
            blank = True
            continue
        said = speaker(line)
        text = line.strip()
        if _TOPIC.match(said[1] if said else text):
            yield Item(number, text, 2, heading=True)
        elif said is None and _stands_alone(lines=lines, index=index, blank=blank, first=first):
            hashes = len(text) - len(text.lstrip("#="))
            yield Item(number, text.strip("#= ") or text, hashes or (1 if first else 2), heading=True)
        else:
            marked = bullet(line) if said is None or text[:2] in {"* ", "- ", "• "} else None
            yield Item(number, marked[0] if marked else text, 1 if marked else 0)
        first = blank = False


def _stands_alone(*, lines: Sequence[Line], index: int, blank: bool, first: bool) -> bool:
    line = lines[index][1]
    if line[:2] in {"# ", "##"} or (line[0] == "=" and line.rstrip()[-1] == "="):
        return True
    below = lines[index + 1][1] if index + 1 < len(lines) else ""
    after = is_blank(below) or first
    return bullet(line) is None and looks_like_heading(line=line, before_blank=blank, after_blank=after, first=first)
