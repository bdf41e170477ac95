"""Text that came from people, made fit to stand on paper: no control or direction marks, no line without an end."""

import textwrap
import unicodedata

ELLIPSIS = "…"
_KEPT_MARKS = "\u200c\u200d"  # some scripts join and part letters with these; they move nothing else
_LONGEST_WORD, _PIECE = 24, 12
_BREAK = "\u200b"  # of no width: a line may end here


def one_line(text: str, *, most: int) -> str:
    """The text on one line of at most `most` characters, a cut one ending in an ellipsis.

    Control characters and marks that turn the direction of writing are dropped: a name must not turn what stands
    beside it. White space of any kind and length becomes one space.
    """
    # Cut first: nobody's ten thousand characters need to be read to print sixty of them.
    wanted = unicodedata.normalize("NFC", text[: most * 20])
    kept = "".join(" " if c.isspace() else c for c in wanted if c.isspace() or _stays(c))
    words = " ".join(kept.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + ELLIPSIS


def _stays(character: str) -> bool:
    return character in _KEPT_MARKS or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs", "Cn"}


def breakable(text: str, *, most: int) -> str:
    """As one_line, and a word too long for a line can be broken without a hyphen."""
    words = one_line(text, most=most).split(" ")
    return " ".join(_BREAK.join(textwrap.wrap(w, _PIECE)) if len(w) > _LONGEST_WORD else w for w in words)


def folded(text: str, *, width: int, lines: int) -> list[str]:
    """The text in at most `lines` lines of `width` characters; what does not fit is cut with an ellipsis."""
    shown = one_line(text, most=width * lines)
    return textwrap.wrap(shown, width, max_lines=lines, placeholder=ELLIPSIS, break_on_hyphens=False)


def several_lines(text: str, *, width: int, lines: int) -> list[str]:
    """The lines of a text, empty ones left out, each cut to `width` characters, at most `lines` of them."""
    found = [one_line(line, most=width) for line in text[: width * lines * 20].splitlines()]
    return [line for line in found if line][:lines]
