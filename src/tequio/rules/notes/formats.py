"""Which format a file is in, told by its marks; and its pieces, read by the reader of that format."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from tequio.rules.notes.crowded import is_crowded, read_crowded
from tequio.rules.notes.diff_table import kind_of_diff, read_diff
from tequio.rules.notes.flattened import looks_flattened, read_flattened
from tequio.rules.notes.marked_lines import Line, read_marked
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Item
from tequio.rules.notes.transcript import is_chat, is_transcript, read_transcript
from tequio.rules.notes.web_page import looks_like_html, read_html

_BREAK: Final = re.compile(r"\r\n|\n|\r")
_WIKI_HEADING: Final = re.compile(r"(={1,6})\s?\S.*?\1\s*$")
_HASH_HEADING: Final = re.compile(r"#{1,6} \S")
_MEDIAWIKI: Final = re.compile(
    r"'''|\[\[(?:Category|Categoría|File|User|Archivo|Usuario):|^\{\||^\*{2,}\s?\w|^\*:|^\{\{[^{]|^[;:]{1,3}\s?[\w*]",
    re.MULTILINE,
)
_LONGEST_HEADING: Final = 200
_SAMPLE: Final = 1_500


def lines_of(text: str) -> list[str]:
    """The lines of a text, as editors count them: at line feeds, carriage returns, both together, nowhere else."""
    lines = _BREAK.split(text) if "\r" in text else text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines


def pieces_of(text: str) -> tuple[str, Iterable[Item]]:
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
    if is_chat(lines=lines) or is_transcript(lines=lines, no_speakers=book().lists["speakers_no"]):
        return "transcript", read_transcript(lines=numbered)
    form = _marked_form(lines=lines)
    return form, read_marked(lines=numbered, form=form)


def _marked_form(*, lines: Sequence[str]) -> str:
    sample = lines[:_SAMPLE]
    equals = sum(
        1
        for line in sample
        if line[:2].strip(" =") == "" and "=" in line[:2] and _WIKI_HEADING.match(line.strip()[:_LONGEST_HEADING])
    )
    hashes = sum(1 for line in sample if line[:1] == "#" and _HASH_HEADING.match(line))
    text = "\n".join(sample)
    wiki = equals and _MEDIAWIKI.search(text)  # where a hash numbers an entry
    if equals and (equals >= hashes or wiki):
        return "mediawiki" if wiki and "[wiki:" not in text and "{{{" not in text else "trac"
    if hashes or "](http" in text or "\n- [ ]" in text or "\n- [x]" in text or text.count("**") >= 4:  # noqa: PLR2004 - WONTFIX: two bold words
        return "markdown" if hashes else "plain"
    return "mediawiki" if text.count("'''") >= 4 and _MEDIAWIKI.search(text) else "plain"  # noqa: PLR2004 - WONTFIX: two bold words
