"""Which format a file is in, told by its marks; and its pieces, read by the reader of that format."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from tequio.rules.notes.captions import are_captions, read_captions
from tequio.rules.notes.crowded import is_crowded, read_crowded
from tequio.rules.notes.diff_table import kind_of_diff, read_diff
from tequio.rules.notes.flattened import looks_flattened, read_flattened
from tequio.rules.notes.marked_lines import Line, read_marked
from tequio.rules.notes.markup import marked_form
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Item
from tequio.rules.notes.transcript import is_chat, is_in_blocks, is_transcript, read_transcript
from tequio.rules.notes.web_page import looks_like_html, read_html

_BREAK: Final = re.compile(r"\r\n|\n|\r")


def lines_of(text: str) -> list[str]:
    """The lines of a text, as editors count them: at line feeds, carriage returns, both together, nowhere else."""
    lines = _BREAK.split(text) if "\r" in text else text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines


def pieces_of(text: str) -> tuple[str, Iterable[Item]]:  # noqa: PLR0911 - WONTFIX: a format, an answer
    """The name of the format a text is in, and its pieces."""
    if looks_like_html(text):
        return "html", read_html("\n".join(lines_of(text)) if "\r" in text else text)
    lines = lines_of(text)
    if is_crowded(lines=lines, size=len(text)):
        return "plain", read_crowded(lines=lines)
    numbered: Sequence[Line] = list(enumerate(lines, start=1))
    kind = kind_of_diff(lines=lines)
    if kind:
        return "diff", read_diff(lines=numbered, kind=kind)
    if looks_flattened(lines=lines):
        return "flattened", read_flattened(lines=numbered)
    if are_captions(lines=lines):
        return "transcript", read_captions(lines=numbered)
    nobody = book().lists["speakers_no"]
    if is_chat(lines=lines) or is_transcript(lines=lines, no_speakers=nobody):
        return "transcript", read_transcript(lines=numbered)
    if is_in_blocks(lines=lines, no_speakers=nobody):
        return "transcript", read_transcript(lines=numbered, in_blocks=True)
    form = marked_form(lines=lines)
    return form, read_marked(lines=numbered, form=form)
