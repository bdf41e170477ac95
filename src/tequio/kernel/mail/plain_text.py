"""Text from outside, made safe to stand in a line of a mail: one line, no hidden characters, not endless."""

import re

# Marks that turn the direction of what follows, joiners nobody sees, byte order marks, halves of characters.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"
)
_GAP = re.compile(r"[^\S\u00a0\u202f]+")  # every white space but those that hold words together
LONGEST_NAME = 120


def one_line(text: str, *, longest: int | None = None) -> str:
    """The text on one line without anything a reader would not see; cut with “…” beyond `longest` characters."""
    line = _GAP.sub(" ", _HIDDEN.sub("", text)).strip()
    return line if longest is None or len(line) <= longest else line[: longest - 1].rstrip() + "…"


def name_in_line(name: str) -> str:
    """A name somebody typed, fit for a sentence."""
    return one_line(name, longest=LONGEST_NAME)


def together(text: str) -> str:
    """The text with its spaces made such that a line does not break at them: an amount, a reference."""
    return text.replace(" ", "\u00a0")
