"""A paragraph cut into sentences, at full stops and where a label such as "Proposal:" begins within a line."""

import re
from collections.abc import Iterator
from typing import Final

from tequio.rules.notes.words import word_set

# A full stop with a space after it, and something a sentence begins with. Here and below a pattern begins with one set
# of characters wherever it can: those are looked for many times faster than what may begin in several ways.
_STOP: Final = re.compile(
    r"[.!?…][.!?…]*(?:[\"')\]»”*_]*(\s+)(?=[\"'(\[«“*_¿¡]*[A-ZÁÉÍÓÚÑÜ\d¿¡#+-])"
    r"|(?<=[a-záéíóúñ]{4}\.)(\s+)(?=[a-záéíóúñ¿¡]))"
)
# "... for next meeting For campaign: ...": up to three words before a colon, the first with a capital.
_LABEL: Final = re.compile(
    r"(\s(?<=[\w,;.)\]/]\s)\s*)(?=([A-ZÁÉÍÓÚÑ][\w'’]{0,20}(?: [\w'’]{1,20}){0,2}:)\s(?!\d{1,3}(?:[,;.)]|\s|$)))"
)
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:e\.?g|i\.?e|mr|mrs|ms|dr|dra|st|vs|no|nos|núm|num|art|sr|sra|sres|lic|ing|prof|approx|aprox|etc|"
    r"p\.?ej|ej|av|inc|jr|dept|fig|vol|pág|pag|tel|ud|uds|[a-z])\.$",
    re.IGNORECASE,
)
_BEFORE_NO_LABEL: Final = word_set("the our a an of to for and in on at la el los las de del y en para con su un una")
_WITHIN_LABEL: Final = re.compile(r"\W{0,6}[^\W\d_]{2,14}(?: [^\W\d_]{2,14}){0,2}$")  # "Action Item: ..."
_LABEL_LENGTH: Final = 16  # "CONSENSO. Se elige ...": a label, not a sentence
_NUMBERED: Final = re.compile(r"\W{0,6}[^\W\d_]{5,12} (?:n[.º°o]{0,2} ?)?\d{1,3}\.[*_']{0,3}$", re.IGNORECASE)
_NUMBERED_LENGTH: Final = 28  # "**Acuerdo 2.** Nadie vende"
_MAY_STOP: Final = re.compile(r"[.!?…][\"')\]»”*_]*\s")
_LONGEST: Final = 1_500  # characters; what is longer is cut, so that no rule ever meets a whole book as one sentence


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, each as written, without the space around it."""
    start = 0
    for end, after in _cuts(text):
        yield from _pieces(text[start:end])
        start = after
    yield from _pieces(text[start:])


def _cuts(text: str) -> list[tuple[int, int]]:
    cuts: list[tuple[int, int]] = []
    for found in _STOP.finditer(text) if _MAY_STOP.search(text) else ():
        group = 1 if found[1] is not None else 2
        at = found.start(group)
        ends = text[at - 1] != "." or not _ABBREVIATION.search(text[max(0, at - 8) : at])
        is_label = at < _LABEL_LENGTH and text[:at].isupper() and " " not in text[:at]
        if ends and not is_label and not (at < _NUMBERED_LENGTH and _NUMBERED.match(text, 0, at)):
            cuts.append(found.span(group))
    if text.count(":") > text.endswith(":"):
        label_ends = 0
        for found in _LABEL.finditer(text):
            at = found.start(1)
            if at < label_ends:
                continue
            label_ends = found.end(2)
            before = text[max(0, at - 12) : at].rpartition(" ")[2].lower()
            if before not in _BEFORE_NO_LABEL and not _WITHIN_LABEL.match(text, 0, at):
                cuts.append(found.span(1))
        cuts.sort()
    return cuts


def _pieces(text: str) -> Iterator[str]:
    text = text.strip()
    while len(text) > _LONGEST:
        at = text.rfind(" ", _LONGEST // 2, _LONGEST)
        at = at if at > 0 else _LONGEST
        yield text[:at].strip()
        text = text[at:].strip()
    if text:
        yield text
