"""Text as the rules compare it: small letters, no accents, no invisible characters, cut into words."""

import re
from typing import Final

# Characters that show nothing and hide words from a search: zero-width, direction marks, soft hyphens.
_INVISIBLE: Final = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF]
)
_PLAIN: Final = str.maketrans(
    "áéíóúüñàèìòùâêîôûäëïöçãõ’‘´`ʼ＄", "aeiouunaeiouaeiouaeiocao'''''$"
)  # after .lower(), so small letters are enough
_FOLDING: Final = {**_INVISIBLE, **_PLAIN}
_SEEN: Final = {**_INVISIBLE}
# Looking for what is rare is many times faster than translating every text.
_COMMON: Final = (("á", "a"), ("é", "e"), ("í", "i"), ("ó", "o"), ("ú", "u"), ("ñ", "n"), ("ü", "u"), ("’", "'"))
_HIDDEN: Final = re.compile(f"[{''.join(map(chr, _INVISIBLE))}]")
_REST: Final = re.compile(f"[{''.join(map(chr, _FOLDING))}]")
_BREAKS: Final = re.compile(r"(?:\s{0,4}<br\s?/?>){1,4}$", re.IGNORECASE)
_TOKEN: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*|:")
# Of the characters of ASCII, letters, digits and colons stay; all else is between words.
_SPACED: Final = "".join(chr(code) if chr(code).isalnum() or chr(code) == ":" else " " for code in range(128))
_CLAUSED: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[:,;.()–—]|(?<=\s)--?(?=\s)")
_ENDS: Final = frozenset([*",;.()–—-", "--"])


def folded(text: str) -> str:
    """The text for comparing: lower case, without accents and invisible characters, curly apostrophes straight."""
    lower = text.lower()
    if lower.isascii():
        return lower
    for accented, plain in _COMMON:
        lower = lower.replace(accented, plain)
    return lower if lower.isascii() or not _REST.search(lower) else lower.translate(_FOLDING)


def visible(text: str) -> str:
    """The text without the characters that show nothing."""
    return text if text.isascii() or not _HIDDEN.search(text) else text.translate(_SEEN)


def tokens(folded_text: str) -> list[str]:
    """The words and colons of a folded text, in order."""
    if folded_text.isascii() and "'" not in folded_text:  # nine texts of ten, and these are cut twice as fast
        spaced = folded_text.translate(_SPACED)
        return (spaced.replace(":", " : ") if ":" in spaced else spaced).split()
    return _TOKEN.findall(folded_text)


def clauses(folded_text: str) -> list[int]:
    """For each word and colon of a folded text, in which part of it between commas, brackets and stops it stands."""
    places: list[int] = []
    clause = 0
    for token in _CLAUSED.findall(folded_text):
        if token in _ENDS:
            clause += 1
        else:
            places.append(clause)
    return places


def without_breaks(text: str) -> str:
    """The text without the tags for a new line that stand at its end in Markdown: "Agreements: <br>"."""
    return _BREAKS.sub("", text) if text.endswith(">") else text


def is_blank(line: str) -> bool:
    """Whether a line shows nothing: empty, white space, invisible characters."""
    return not line or line.isspace() or (not line.isascii() and not visible(line).strip())


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())
