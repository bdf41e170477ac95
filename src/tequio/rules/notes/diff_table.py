"""The differences between two versions of a wiki page, saved as text: numbers off, what was removed kept aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tequio.rules.notes.marked_lines import Line, read_marked
from tequio.rules.notes.records import Item

_CELLS: Final = re.compile(r"\s*+(?:\|\s*+)?(?P<old>\d{0,6}+)\s*+\|\s*+(?P<new>\d{0,6}+)\s*+(?:\|(?P<text>.*))?$")
_GLUED: Final = re.compile(r" {4}(?P<space> ?)(?P<digits>\d{1,12})(?P<text>.*)$")
_UNIFIED: Final = re.compile(r"@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@")
_LINE: Final = re.compile(r"\s*+(?:Line|Línea) \d{1,6}:(?:\s*+(?:Line|Línea) \d{1,6}:)?\s*+$")
_SAMPLE: Final = 400


@dataclass(slots=True)
class _Row:
    """A line of the table: what of it is text, and whether a version removed it."""

    text: str
    removed: bool = False
    frame: bool = False


def kind_of_diff(*, lines: Sequence[str]) -> str | None:
    """How a table of differences is written: cells, glued (numbers run into the text), unified, marked; or None."""
    sample = [line for line in lines[:_SAMPLE] if line.strip()]
    if not sample:
        return None
    cells = sum(1 for line in sample if (found := _CELLS.match(line)) and (found["old"] or found["new"]))
    if cells >= 3 and cells * 2 >= len(sample):  # noqa: PLR2004 - WONTFIX: more than chance, most of the lines
        return "cells"
    head = "\n".join(sample[:40])
    glued = sum(1 for line in sample if _GLUED.match(line))
    legend = "Unmodified" in head and "Removed" in head
    if (legend and glued >= 2) or (glued >= 3 and glued * 3 >= len(sample) * 2 and _ascending(lines=sample)):  # noqa: PLR2004 - WONTFIX: as above
        return "glued"
    if any(_UNIFIED.match(line) for line in sample):
        return "unified"
    if any(_LINE.match(line) for line in sample):
        return "marked"
    return None


def _ascending(*, lines: Sequence[str]) -> bool:
    found = [match for line in lines[:60] if (match := _GLUED.match(line))]
    numbers = [int(one["digits"] if one["space"] else one["digits"][len(one["digits"]) // 2 :]) for one in found]
    return sum(1 for a, b in pairwise(numbers) if b == a + 1) * 2 >= len(numbers) - 1


def read_diff(*, lines: Sequence[Line], kind: str) -> Iterator[Item]:
    """The pieces of the newer version, in order; the frame around it and removed lines as quiet items."""
    rows = {"cells": _cells, "glued": _glued, "unified": _unified, "marked": _marked}[kind](lines)
    kept: list[Line] = []
    removed: list[tuple[int, str]] = []
    for (number, _), row in zip(lines, rows, strict=True):
        if row.removed or row.frame:
            kept.append((number, ""))
            removed.append((number, row.text.strip()))
        else:
            kept.append((number, row.text))
    aside = iter([(number, text) for number, text in removed if text])
    waiting = next(aside, None)
    for piece in read_marked(lines=kept, form="trac"):
        while waiting is not None and waiting[0] < piece.line:
            yield Item(waiting[0], waiting[1], 0, quiet=True)
            waiting = next(aside, None)
        yield piece
    while waiting is not None:
        yield Item(waiting[0], waiting[1], 0, quiet=True)
        waiting = next(aside, None)


def _cells(lines: Sequence[Line]) -> Iterator[_Row]:
    for _, line in lines:
        found = _CELLS.match(line)
        if not found or not (found["old"] or found["new"]):
            yield _Row(line, frame=bool(line.strip()))
            continue
        text = (found["text"] or "").rstrip()
        text = text[:-1].rstrip() if text.endswith("|") else text
        yield _Row(
            text.removeprefix(" ") if text[:2] != "  " else text[1:], removed=bool(found["old"]) and not found["new"]
        )


def _glued(lines: Sequence[Line]) -> Iterator[_Row]:
    """Numbers run together and into the text: both columns count on from the line before, which says where to cut."""
    old = new = 0
    for _, line in lines:
        found = _GLUED.match(line)
        if not found:
            yield _Row(line, frame=bool(line.strip()))
            continue
        digits, rest = found["digits"], found["text"]
        if found["space"]:
            size = _added(digits=digits, expected=new + 1)
            new = int(digits[:size])
            yield _Row(digits[size:] + rest)
            continue
        both = f"{old + 1}{new + 1}"
        half = len(digits) // 2
        if digits.startswith(both):
            old, new = old + 1, new + 1
            yield _Row(digits[len(both) :] + rest)
        elif digits == str(old + 1) and rest[:1] in {" ", ""}:
            old += 1
            yield _Row(rest[1:], removed=True)
        elif len(digits) % 2 == 0 and abs(int(digits[:half]) - int(digits[half:])) <= 50 * half:
            old, new = int(digits[:half]), int(digits[half:])
            yield _Row(rest)
        else:
            old = int(digits)
            yield _Row(rest[1:] if rest[:1] == " " else rest, removed=True)


def _added(*, digits: str, expected: int) -> int:
    """How many of the digits are the number of an added line; the rest begins its text."""
    text = str(expected)
    return len(text) if digits.startswith(text) else len(digits)


def _unified(lines: Sequence[Line]) -> Iterator[_Row]:
    """As programs print differences: a plus or a minus in the first place of each changed line."""
    for _, line in lines:
        if _UNIFIED.match(line) or line.startswith(("--- ", "+++ ", "diff ", "index ")):
            yield _Row(line, frame=True)
        elif line[:1] in {"+", "-"}:
            yield _Row(line[1:], removed=line[0] == "-")
        else:
            yield _Row(line.removeprefix(" "))


def _marked(lines: Sequence[Line]) -> Iterator[_Row]:
    """As MediaWiki's tables come out when copied: "Line 7:", and a plus or a minus sign (no hyphen) before a change."""
    for _, line in lines:
        if _LINE.match(line) or line.strip() in {"+", "−", "-"}:
            yield _Row(line, frame=True)
        elif line[:1] == "−":
            yield _Row(line[1:], removed=True)
        elif line[:1] == "+":
            yield _Row(line[1:].removeprefix("\t").removeprefix(" "))
        else:
            yield _Row(line)
