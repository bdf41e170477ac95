"""Notes and minutes as Markdown and as PDF. What people wrote stays words: no mark of theirs does anything."""

import json
import re
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Final

from tequio.kernel.paper.compiling import TypesettingError, compiled
from tequio.kernel.paper.glyphs import drawable, latin_only
from tequio.meetings.page_queries.papers import Paper
from tequio.rules.wording import LANGUAGE_NAMES

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_AT_THE_BEGINNING: Final = re.compile(r"^(\s*)([-+=]|\d+[.)])")
_STANDARD: Final = "ua-1"  # tagged and readable aloud: ISO 14289-1


def as_markdown(*, paper: Paper) -> str:
    """The paper as Markdown."""
    lines = [f"# {_plain(paper.said(paper.title))}", ""]
    lines += [f"{_plain(paper.said(text))}  " for text in paper.head]
    for number, (title, passages) in enumerate(paper.items, 1):
        lines += ["", f"## {number}. {_plain(paper.said(title))}"]
        for passage in passages:
            tongue = paper.said(LANGUAGE_NAMES[passage.language])
            head = f"{paper.said(passage.place)} ({tongue}, {paper.said(passage.state)})"
            lines += ["", f"### {_plain(head)}", ""]
            before = True
            for one in passage.paragraphs:
                if not one.bullet and not before:
                    lines.append("")
                indent = "  " * (one.depth - 1) + "- " if one.bullet else ""
                lines.append(indent + _plain(one.words))
                before = one.bullet
    return "\n".join(lines).rstrip() + "\n"


def _plain(words: str) -> str:
    """Words that Markdown shows as they are: no mark of its own, no HTML, no picture."""
    return _AT_THE_BEGINNING.sub(r"\1\\\2", _MARKS.sub(r"\\\1", words))


def as_pdf(*, paper: Paper, on: date) -> bytes:
    """The paper as PDF; the same bytes for the same paper and day."""
    data = json.dumps(
        {
            "language": paper.languages[0],
            "title": paper.said(paper.title),
            "date": [on.year, on.month, on.day],
            "head": [paper.said(text) for text in paper.head],
            "items": [
                {
                    "title": f"{number}. {paper.said(title)}",
                    "passages": [
                        {
                            "language": passage.language,
                            "head": f"{paper.said(passage.place)} ({paper.said(LANGUAGE_NAMES[passage.language])}, "
                            f"{paper.said(passage.state)})",
                            "lines": [
                                {"depth": one.depth if one.bullet else 0, "words": one.words}
                                for one in passage.paragraphs
                            ],
                        }
                        for passage in passages
                    ],
                }
                for number, (title, passages) in enumerate(paper.items, 1)
            ],
        },
        ensure_ascii=False,
    )
    template = (files("tequio.meetings") / "notes_paper.typ").read_text(encoding="utf-8")
    moment = int(datetime.combine(on, time(12), UTC).timestamp())  # noon, so that no zone moves the day
    try:
        return compiled(files={"main": template, "paper.json": drawable(data)}, standard=_STANDARD, timestamp=moment)
    except TypesettingError:
        return compiled(files={"main": template, "paper.json": latin_only(data)}, standard=_STANDARD, timestamp=moment)
