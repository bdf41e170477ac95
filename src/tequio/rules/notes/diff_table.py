"""The differences between two versions of a wiki page, saved as text: numbers off, what was removed kept aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tequio.rules.notes.diff_columns import column_rows, kind_of_columns
from tequio.rules.notes.marked_lines import Line, read_marked
from tequio.rules.notes.markup import marked_form
from tequio.rules.notes.pieces import is_rule
from tequio.rules.notes.records import Item

_CELLS: Final = re.compile(r"\s*+(?:\|\s*+)?(?P<old>\d{0,6}+)\s*+\|\s*+(?P<new>\d{0,6}+)\s*+(?:\|(?P<text>.*))?$")
_GLUED: Final = re.compile(r" {4}(?P<space> ?)(?P<digits>\d{1,12})(?P<text>.*)$")
_UNIFIED: Final = re.compile(r"@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@")
_LINE: Final = re.compile(r"\s*+(?:Line|Línea|Linea) \d{1,6}:(?:\s*+\|?\s*+(?:Line|Línea|Linea) \d{1,6}:)?\s*+$")
_REVISIONS: Final = re.compile(
    r"revisions? (?:\d|as of|of)|entre revisiones|revisión (?:\d|del)|\((?:talk|discusión) ?\| ?contrib", re.IGNORECASE
)
_OF_PAGE: Final = re.compile(
    r"(?:(?:differences?|changes) between (?:(?:two )?revisions|versions? \w{1,9} and (?:version )?\w{1,9}) of"
    r"|diferencias? entre (?:(?:las )?(?:revisiones|versiones)(?: \w{1,9} y \w{1,9})?) de|cambios entre"
    r" (?:la )?versión \w{1,9} y (?:la )?(?:versión )?\w{1,9} de)\s(?P<after>\S.*)$"
    r"|(?P<before>\S[^:]{0,150}): (?:difference between revisions|diferencias? entre revisiones)$",
    re.IGNORECASE,
)
_AROUND: Final = " \"'“”«»:"
_LONGEST_NAME: Final = 200
_HEAD: Final = 12  # lines in which a table says which versions it compares
_SAMPLE: Final = 400


@dataclass(slots=True)
class _Row:
    """A line of the table: what of it is text, and whether a version removed it."""

    text: str
    removed: bool = False
    frame: bool = False


def kind_of_diff(*, lines: Sequence[str]) -> str | None:
    """How a table of differences is written, or None.

    Cells, glued (numbers run into the text), unified, marked, or one of the ways of columns parted by tabs.
    """
    sample = [line for line in lines[:_SAMPLE] if line.strip()]
    if not sample:
        return None
    columns = kind_of_columns(lines) if any("\t" in line for line in sample) else None
    if columns:
        return columns
    cells = sum(1 for line in sample if (found := _CELLS.match(line)) and (found["old"] or found["new"]))
    if cells >= 3 and cells * 2 >= len(sample):  # noqa: PLR2004 - WONTFIX: more than chance, most of the lines
        return "cells"
    head = "\n".join(sample[:40])
    glued = sum(1 for line in sample if _GLUED.match(line))
    legend = "Unmodified" in head and "Removed" in head
    if (legend and glued >= 2) or (glued >= 3 and glued * 3 >= len(sample) * 2 and _ascending(lines=sample)):  # noqa: PLR2004 - WONTFIX: as above
        return "glued"
    ways = {"unified": _UNIFIED, "marked": _LINE}
    return next((way for way, mark in ways.items() if any(mark.match(line) for line in sample)), None)


def _ascending(*, lines: Sequence[str]) -> bool:
    found = [match for line in lines[:60] if (match := _GLUED.match(line))]
    numbers = [int(one["digits"] if one["space"] else one["digits"][len(one["digits"]) // 2 :]) for one in found]
    return sum(1 for a, b in pairwise(numbers) if b == a + 1) * 2 >= len(numbers) - 1


def read_diff(*, lines: Sequence[Line], kind: str) -> Iterator[Item]:
    """The pieces of the newer version, in order; the frame around it and removed lines as quiet items."""
    kept: list[Line] = []
    aside: list[tuple[int, str]] = []
    for (number, _), (text, old) in zip(lines, _rows(lines=lines, kind=kind), strict=True):
        kept.append((number, text))
        if old and not old.isspace():
            aside.append((number, old.strip()))
    form = marked_form(lines=[line for _, line in kept])
    waiting = iter(aside)
    old_one = next(waiting, None)
    for piece in read_marked(lines=kept, form="trac" if form == "plain" else form):
        while old_one is not None and old_one[0] <= piece.line:
            yield _aside(*old_one)
            old_one = next(waiting, None)
        yield piece
    while old_one is not None:
        yield _aside(*old_one)
        old_one = next(waiting, None)


def _aside(line: int, text: str) -> Item:
    """What is no part of the newer version; what names the page heads it all."""
    names = line <= _HEAD and page_of_diff(text) is not None
    return Item(line, text, 1, heading=True) if names else Item(line, text, 0, quiet=True)


def page_of_diff(text: str) -> str | None:
    """The name of the page whose versions are compared, if that is what a line says."""
    if len(text) > _LONGEST_NAME:
        return None
    found = _OF_PAGE.match(text.strip())
    return (found[1] or found[2]).strip(_AROUND) or None if found else None


def _rows(*, lines: Sequence[Line], kind: str) -> Iterator[tuple[str, str]]:
    """Of each line, its text in the newer version and what is kept aside; what there is none of is empty."""
    ways = {"cells": _cells, "glued": _glued, "unified": _unified, "marked": _marked}
    if kind in ways:
        return (("", row.text) if row.removed or row.frame else (row.text, "") for row in ways[kind](lines))
    return ((row.text, row.old) for row in column_rows([line for _, line in lines], kind=kind))


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
        frame = _UNIFIED.match(line) or line.startswith(("--- ", "+++ ", "diff ", "index ", "Index: "))
        if frame or (line[:20] == "=" * 20 and is_rule(line)):
            yield _Row(line, frame=True)
        elif line[:1] in {"+", "-"}:
            yield _Row(line[1:], removed=line[0] == "-")
        else:
            yield _Row(line.removeprefix(" "))


def _marked(lines: Sequence[Line]) -> Iterator[_Row]:
    """As tables of wikis come out when copied: "Line 7:", and a plus or a minus sign before a change.

    A hyphen is such a sign only where there is no true minus and added lines have a plus: else it begins a bullet. What
    stands above the first such line is the frame of the table where that names revisions.
    """
    sample = [line for _, line in lines[:_SAMPLE]]
    minus = "−" if any(line[:1] == "−" for line in sample) or not any(line[:1] == "+" for line in sample) else "-"
    begun = not any(_REVISIONS.search(line) for line in sample[:_HEAD])
    for _, line in lines:
        if _LINE.match(line):
            begun = True
            yield _Row(line, frame=True)
        elif line.strip() in {"+", "−", "-"}:
            yield _Row("")
        elif not begun:
            yield _Row(line, frame=True)
        elif line[:1] == minus:
            yield _Row(line[1:], removed=True)
        elif line[:1] == "+":
            yield _Row(line[1:].removeprefix("\t").removeprefix(" "))
        else:
            yield _Row(line.removeprefix("  ") if minus == "-" else line)
