"""Which characters the embedded fonts can draw. An accessible PDF refuses the others, and paper must not be refused."""

from collections.abc import Iterable

from tequio.kernel.paper.compiling import TypesettingError, compiled

STAND_IN = "□"  # for a character no embedded font has
_ALWAYS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x250)))) | frozenset("\u200b–—‘’“”…−□")
_TOGETHER = 64  # characters tried at a time
_known: dict[str, bool] = dict.fromkeys(_ALWAYS, True)


def drawable(text: str) -> str:
    """The text with a square for each character that no embedded font has. Plain ASCII always stays.

    Which those are is found out by trying, each character once in the life of the process: the fonts come with the
    typesetter and change with it, so no list of ours could stay true.
    """
    characters = frozenset(text)
    _learn(characters)
    return text.translate({ord(c): STAND_IN for c in characters if not _known[c]})


def latin_only(text: str) -> str:
    """The text with a square for everything beyond the Latin letters: what can be printed whatever happens."""
    return text.translate({ord(c): STAND_IN for c in frozenset(text) - _ALWAYS})


def with_squares(texts: Iterable[str]) -> list[str]:
    """Those of the texts that would stand on paper with a square in them, each once, in the order they came."""
    beyond = [text for text in dict.fromkeys(texts) if latin_only(text) != text]
    _learn(frozenset("".join(beyond)))
    return [text for text in beyond if drawable(text) != text]


def _learn(characters: frozenset[str]) -> None:
    unknown = sorted(characters - _known.keys())
    for begin in range(0, len(unknown), _TOGETHER):
        some = unknown[begin : begin + _TOGETHER]
        if _draws("\n".join(some)):
            _known.update(dict.fromkeys(some, True))
        else:
            _known.update({character: _draws(character) for character in some})


def _draws(text: str) -> bool:
    try:
        compiled(files={"main": '#set document(title: "-")\n#read("text")', "text": text}, standard="ua-1")
    except TypesettingError:
        return False
    return True
