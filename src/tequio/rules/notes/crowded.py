"""Files no meeting ever wrote: tens of thousands of lines of a few letters. Kept whole, many lines to a paragraph.

An item for each line would cost a hundred times the line. Nothing of such a file is lost, but nothing in it is taken
for a heading or a bullet.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from tequio.rules.notes.records import Item
from tequio.rules.notes.words import is_blank

_LINES: Final = 50_000
_SHORT: Final = 10  # characters of a line, with its end, in the middle of them all
_TOGETHER: Final = 100  # lines to a paragraph


def is_crowded(*, lines: Sequence[str], size: int) -> bool:
    """Whether a file is lines and lines of next to nothing."""
    return len(lines) > _LINES and size < len(lines) * _SHORT


def read_crowded(*, lines: Sequence[str]) -> Iterator[Item]:
    """The paragraphs of such a file: so many of its lines each, at the first that shows anything."""
    for start in range(0, len(lines), _TOGETHER):
        some = lines[start : start + _TOGETHER]
        text = " ".join([line.strip() for line in some if not is_blank(line)])
        if text:
            first = next(place for place, line in enumerate(some, start + 1) if not is_blank(line))
            yield Item(first, text, 0)
