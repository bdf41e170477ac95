"""Captions of a recorded call (WebVTT, SubRip): what is said, put together over the seconds it was cut into."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tequio.rules.notes.marked_lines import Line
from tequio.rules.notes.records import Item
from tequio.rules.notes.transcript import speaker
from tequio.rules.notes.words import is_blank

_SECONDS: Final = re.compile(r"\s*(?:\d{1,3}:)?\d\d:\d\d[.,]\d{1,3}\s+-->\s+(?:\d{1,3}:)?\d\d:\d\d[.,]\d{1,3}")
_FRAME: Final = re.compile(r"\ufeff?(?:WEBVTT|NOTE|STYLE|REGION|Kind:|Language:|X-TIMESTAMP)\b")
_SAMPLE: Final = 400
_FEW: Final = 2
_TOGETHER: Final = 300  # characters of a speech without full stops
_ENDS: Final = frozenset(".!?…")


def are_captions(*, lines: Sequence[str]) -> bool:
    """Whether a file is captions: spans of time, each above a few words."""
    sample = [line for line in lines[:_SAMPLE] if line and not line.isspace()]
    times = sum(1 for line in sample if "-->" in line and _SECONDS.match(line))
    return times >= _FEW and times * 5 >= len(sample)


def read_captions(*, lines: Sequence[Line]) -> Iterator[Item]:
    """A piece for each speech, at the line where it begins; numbers and times quiet."""
    speech: list[str] = []
    begun = long = 0
    aside: list[Item] = []  # frames met while a speech goes on
    for index, (number, line) in enumerate(lines):
        if is_blank(line):
            continue
        text = line.strip()
        if _is_frame(lines, index):
            aside.append(Item(number, text, 0, quiet=True))
            continue
        if speech and (speech[-1][-1] in _ENDS or long > _TOGETHER or speaker(text) is not None):
            yield Item(begun, " ".join(speech), 0)
            speech.clear()
        if not speech:
            yield from aside
            aside.clear()
            begun, long = number, 0
        speech.append(text)
        long += len(text)
    if speech:
        yield Item(begun, " ".join(speech), 0)
    yield from aside


def _is_frame(lines: Sequence[Line], index: int) -> bool:
    """Whether a line only numbers a caption, says when it is shown, or describes the file."""
    line = lines[index][1]
    if ("-->" in line and _SECONDS.match(line)) or _FRAME.match(line):
        return True
    below = lines[index + 1][1] if index + 1 < len(lines) else ""
    return "-->" in below and bool(_SECONDS.match(below))
