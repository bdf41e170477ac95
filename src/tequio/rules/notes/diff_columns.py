"""Two versions of a wiki page side by side, as a browser copies them: a row a line, its cells parted by tabs.

Three ways are known. "sided": old text, then new text, each with a mark of its own before it or none (MediaWiki).
"paired": each with the number of its line before it. "counted": both numbers first, one text behind them (Trac).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

LINE_MARK: Final = re.compile(r"\s*+(?:Line|Línea|Linea) \d{1,6}:\s*+$")
_COUNTED: Final = re.compile(r"[ \u00a0]*+(\d{0,6})[ \u00a0]*+\t[ \u00a0]*+(\d{0,6})[ \u00a0]*+(?:\t(.*))?$")
_PAIRED: Final = re.compile(r"[ \u00a0]*+(\d{0,6})[ \u00a0]*+\t([^\t]*+)\t[ \u00a0]*+(\d{0,6})[ \u00a0]*+\t(.*)$")
_VERSIONS: Final = re.compile(r"\s*+v\d{1,6}\s*+\tv\d{1,6}\s*+$")
_MINUS: Final = frozenset("−-–")
_PLUS: Final = "+"
_SPACE: Final = " \u00a0"
_FEW: Final = 3  # rows that are more than chance
_SAMPLE: Final = 400


@dataclass(slots=True)
class Row:
    """A line of a table of differences: its text in the newer version, and what is no part of it.

    `old` is what the newer version has no more (or, with `frame`, what belongs to the table itself).
    """

    text: str
    old: str = ""


def kind_of_columns(lines: Sequence[str]) -> str | None:
    """How the columns of a table of differences are written: sided, paired, counted; or None."""
    sample = [line for line in lines[:_SAMPLE] if line and not line.isspace()]
    tabbed = [line for line in sample if "\t" in line]
    if len(tabbed) < _FEW or len(tabbed) * 3 < len(sample):
        return None
    counted = [found for line in tabbed if (found := _COUNTED.match(line)) and (found[1] or found[2])]
    known = any(_VERSIONS.match(line) for line in sample)
    if len(counted) >= _FEW and len(counted) * 2 >= len(tabbed) and (known or _count_on(counted, 1, 2)):
        return "counted"
    paired = [found for line in tabbed if (found := _PAIRED.match(line)) and (found[1] or found[3])]
    if len(paired) >= _FEW and len(paired) * 2 >= len(tabbed) and _count_on(paired, 1, 3):
        return "paired"
    marked = sum(1 for line in tabbed if _is_marked(line))
    numbered = any(LINE_MARK.match(cell) for line in tabbed[:40] for cell in line.split("\t")[:1])
    twice = sum(1 for line in tabbed if _twice(line.split("\t")) is not None)
    return "sided" if (numbered and marked + twice) or (marked and marked + twice >= _FEW and twice) else None


def _count_on(found: Sequence[re.Match[str]], *groups: int) -> bool:
    """Whether the numbers of each column count on by one, and both columns have some."""
    for group in groups:
        numbers = [int(one[group]) for one in found if one[group]]
        steps = sum(1 for a, b in pairwise(numbers) if b == a + 1)
        if not numbers or steps * 3 < (len(numbers) - 1) * 2:
            return False
    return True


def _is_marked(line: str) -> bool:
    cells = [cell.strip() for cell in line.split("\t")]
    return (
        (cells[0] in _MINUS and cells[0] != "")
        or _PLUS in cells[1:3]
        or (cells[0][:1] in _MINUS and cells[0] != "" and cells[-1][:1] == _PLUS)
    )


def _twice(cells: Sequence[str]) -> str | None:
    """The text of a row that says the same in both versions, or None."""
    said = [cell for cell in cells if cell and not cell.isspace()]
    half = len(said) // 2
    if not said or len(said) % 2 or [one.strip() for one in said[:half]] != [one.strip() for one in said[half:]]:
        return None
    return "\t".join(said[half:])


def column_rows(lines: Sequence[str], *, kind: str) -> Iterator[Row]:
    """Each line as a row of the table."""
    return {"sided": _sided, "paired": _paired, "counted": _counted}[kind](lines)


def _counted(lines: Sequence[str]) -> Iterator[Row]:
    for line in lines:
        found = _COUNTED.match(line)
        if not found or not (found[1] or found[2]):
            yield Row("", line)
        elif found[2]:
            yield Row(found[3] or "")
        else:
            yield Row("", found[3] or "")


def _paired(lines: Sequence[str]) -> Iterator[Row]:
    for line in lines:
        found = _PAIRED.match(line)
        if found is None or not (found[1] or found[3] or found[4]):
            cells = line.split("\t")
            # A title that has no number of its own stands in the last column alone.
            yield Row(cells[-1]) if len(cells) > _FEW and not "".join(cells[:-1]).strip() else Row("", line)
        elif found[2].strip() == found[4].strip():
            yield Row(found[4])
        else:
            yield Row(found[4], found[2])


def _sided(lines: Sequence[str]) -> Iterator[Row]:
    begun = not any(LINE_MARK.match(line.split("\t", 1)[0]) for line in lines[:_SAMPLE])
    for line in lines:
        cells = line.split("\t")
        if LINE_MARK.match(cells[0]):
            begun = True
            yield Row("", line)
        elif not begun:
            yield Row("", line)
        elif len(cells) == 1:
            begins = line.lstrip(_SPACE)[:1]
            yield Row("", line) if begins == "−" else Row(line[1:] if begins == _PLUS else line)
        else:
            yield _row(cells)


def _row(cells: Sequence[str]) -> Row:
    """A row of which both versions have their column."""
    same = _twice(cells)
    if same is not None:
        return Row(same)
    at = next((place for place, cell in enumerate(cells) if cell.strip() == _PLUS), None)
    if at is not None:
        before = cells[:at]
        old = before[1:] if before and before[0].strip() in _MINUS else before
        return Row("\t".join(cells[at + 1 :]), "\t".join(old).strip())
    first, last = cells[0].strip(_SPACE), cells[-1].lstrip(_SPACE)
    if last[:1] == _PLUS:
        old = "\t".join(cells[:-1]).strip()
        return Row(last[1:].removeprefix(" "), "" if old in _MINUS else old)
    if first and first in _MINUS:
        return Row("", "\t".join(cells[1:]).strip())
    said = [cell for cell in cells if cell.strip()]
    if len(said) != 1:
        return Row(said[-1] if said else "", "\t".join(said[:-1]))
    return Row("", said[0]) if cells[0].strip() and first[0] in _MINUS else Row(said[0])
