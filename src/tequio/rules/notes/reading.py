"""Notes read whole: format, sections, what they say of the meeting, candidates."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tequio.rules.notes.candidates import candidates_of
from tequio.rules.notes.formats import pieces_of
from tequio.rules.notes.head import head_of
from tequio.rules.notes.records import Item, Notes, Section


def read_notes(*, text: str) -> Notes:
    """The notes of a meeting out of the text of a file, in any of the formats people keep them in.

    Every line that shows anything is in exactly one heading or item. Takes time in proportion to the length.
    """
    with _uncollected():
        form, pieces = pieces_of(text)
        sections = _sections(pieces=pieces)
        head = head_of(sections=sections, form=form)
        candidates, unread = candidates_of(sections=sections, form=form, size=len(text), present=head.present)
        language = _languages(sections=sections)
    return Notes(
        format=form,
        date=head.date,
        date_problems=head.problems,
        title=head.title,
        language=language,
        places=head.places,
        present=head.present,
        sections=tuple(sections),
        candidates=tuple(candidates),
        unread=unread,
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Work during which Python looks for no circles of objects: none are made, and looking takes up to half the time.

    Two readings at once do no harm: the first to end turns it on again, and the other is merely slower.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _sections(*, pieces: Iterable[Item]) -> list[Section]:
    sections: list[Section] = []
    items: list[Item] | None = None
    for piece in pieces:
        if piece.heading:
            sections.append(Section(piece.text, piece.depth, piece.line))
            items = sections[-1].items
            continue
        if items is None:
            sections.append(Section(None, 0, piece.line))
            items = sections[-1].items
        items.append(piece)
    return sections


def _languages(*, sections: Iterable[Section]) -> str | None:
    """The language most of the text is in; paragraphs too short to tell take that of the one before them, or this."""
    sections = list(sections)
    weight = {"en": 0, "es": 0}
    for section in sections:
        for item in section.items:
            if item.language and not item.quiet:
                weight[item.language] += len(item.text)
    main = max(weight, key=weight.__getitem__) if any(weight.values()) else None
    for section in sections:
        last = main
        for item in section.items:
            if item.language is None:
                item.language = last
            else:
                last = item.language
    return main
