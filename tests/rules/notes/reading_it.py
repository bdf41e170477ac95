"""Reading notes in tests, and seeing that nothing of them is lost."""

import html
import re
from collections import Counter

from tequio.rules.notes.reading import read_notes

DECIDING = {"decision"}


def sentences_found(text, *, kinds=DECIDING):
    """(line, outcome) of the candidates of these kinds."""
    return [
        (one.line, one.outcome and one.outcome.value) for one in read_notes(text=text).candidates if one.kind in kinds
    ]


def decided(sentence):
    """The outcome read out of one sentence, or None."""
    found = [outcome for _, outcome in sentences_found(f"* {sentence}\n")]
    return found[0] if found else None


def letters(text):
    """The letters and digits of a text, in order."""
    return [character for character in text if character.isalnum()]


def kept_letters(notes):
    """The letters and digits of all headings and items, in their order."""
    texts = [text for section in notes.sections for text in (section.heading or "", *(i.text for i in section.items))]
    return [character for text in texts for character in text if character.isalnum()]


def shown_by_html(text):
    """What is left of HTML without its tags, scripts and comments included."""
    return html.unescape(re.sub(r"<!--|-->|<[!/?a-zA-Z][^<>]*>", " ", text))


def lost_of_revisions(*, text, notes):
    """The cells of a table of differences that are in no item: its numbers aside, and once what both versions say."""
    kept = "".join(letter for letter in kept_letters(notes) if not letter.isdigit())
    cells = ("".join(c for c in cell if c.isalnum() and not c.isdigit()) for cell in re.split(r"[\t\n\r]", text))
    return Counter(cell for cell in cells if cell not in kept)
