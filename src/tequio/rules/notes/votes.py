"""Votes with numbers: so many in favor, against, abstaining, in the ways people write them."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from tequio.rules.notes.words import word_set

FAVOR: Final = (
    r"in favou?r|for|yes(?:es)?|yeas?|ayes?|approve[sd]?|support(?:ing|s)?|a favor|favorables?|s[ií](?:es)?"
    r"|afirmativos?|aprobatorios?"
)
AGAINST: Final = (
    r"against|opposed|oppos(?:es?|ing)|noe?s?|nays?|reject(?:s|ed)?|en contra|contrarios?|negativos?|not in favou?r"
)
ABSTAIN: Final = (
    r"abstentions?|abstain(?:ed|s|ing)?|abstenci(?:ó|o)n(?:es)?|abst\.?|se abst(?:ienen?|uvo|uvieron)|neutral(?:es)?"
)
_COUNT: Final = (
    r"(?P<n>\d{1,6}|(?:cero|zero|none|ning[uú]n[oa]?|one|un[oa]?|two|dos|three|tres|four|cuatro|five|cinco|six|seis|seven"
    r"|siete|eight|ocho|nine|nueve|ten|diez))"
)


def _both_ways(words: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    before = re.compile(
        rf"(?<![\w.,$/-]){_COUNT}\s{{0,2}}(?:votes?\s|votos?\s|people\s|personas?\s|members?\s)?"
        rf"(?:were\s|voted\s|said\s|vot(?:ó|aron)\s|dijeron\s)?(?:que\s)?\(?(?:{words})(?!\w)",
        re.IGNORECASE,
    )
    after = re.compile(rf"(?<!\w)(?:{words})\)?\s{{0,2}}[:=(-]\s{{0,2}}{_COUNT}(?![\w%/])", re.IGNORECASE)
    return before, after


_PARTS: Final = {"favor": _both_ways(FAVOR), "against": _both_ways(AGAINST), "abstain": _both_ways(ABSTAIN)}
# Words one of which each side has: most sentences name no side, or one.
_WORDS_OF: Final = {
    "favor": word_set(
        "favor favour for yes yeses yes's yea yeas yea's aye ayes aye's approve approves approved support supports "
        "supporting favorable favorables si sies afirmativo afirmativos aprobatorio aprobatorios"
    ),
    "against": word_set(
        "against opposed oppose opposes opposing no noe nos noes no's nay nays nay's reject rejects rejected contra "
        "contrario contrarios negativo negativos favor favour"
    ),
    "abstain": word_set(
        "abstention abstentions abstain abstained abstains abstaining abstencion abstenciones abst abstiene abstienen "
        "abstuvo abstuvieron neutral neutrales"
    ),
}
_SIDE_ALONE: Final = {
    name: re.compile(
        rf"\W{{0,6}}(?:(?:votes?|votos?)\W{{1,3}})?(?:(?:{words})\W{{1,4}}(?P<after>\d{{1,6}})"
        rf"|(?P<before>\d{{1,6}})\s(?:(?:votes?|votos?)\s)?(?:{words}))\W{{0,6}}$",
        re.IGNORECASE,
    )
    for name, words in (("favor", FAVOR), ("against", AGAINST), ("abstain", ABSTAIN))
}
_LONGEST_SIDE: Final = 48
_PAIR: Final = re.compile(
    r"(?<![\w/.:$-])(?P<favor>\d{1,4})\s?[-–—]\s?(?P<against>\d{1,4})(?:\s?[-–—]\s?(?P<abstain>\d{1,4}))?"
    r"(?![\w/:%-]|\.\d)"
)
_PAIR_CONTEXT: Final = re.compile(
    r"\b(?:passe[sd]|carrie[sd]|vote[sd]?|motion|approved|failed|fails|defeated|adopted|rejected|aprob\w{2,4}"
    r"|votaci[oó]n|votos|votó|rechaz\w{2,4}|resultado)\b",
    re.IGNORECASE,
)
# Nothing but two or three numbers, as counts are noted below a motion; with spaces, since 5-2 alone may be a score.
# "9 votes to 5", "por 9 votos contra 5"; "8 to 3" where the sentence speaks of a vote.
_PAIR_IN_WORDS: Final = re.compile(
    r"(?<![\w.,$-])(?P<favor>\d{1,4})\s(?P<votes>votes?\s|votos?\s)?(?:to|against|contra|frente a|a)\s"
    r"(?P<against>\d{1,4})(?![\w:%/]|[.,-]\d)",
    re.IGNORECASE,
)
_PAIR_ALONE: Final = re.compile(r"\W{0,3}\d{1,4}\s?[-–—]\s?\d{1,4}\s?[-–—]\s?\d{1,4}\W{0,3}$")
# "6 times +1", "+1: 5, -1: 0", as free software projects vote.
_PLUS: Final = re.compile(
    r"(?<![\w.])(\d{1,3})\s?(?:times|votes?|veces|votos?|x|×)?\s?\+1\b|\+1\s?[:x×=(]\s?(\d{1,3})\b"
    r"|\+1\s(\d{1,2})(?=\s?(?:[,;.)]|$))"
)
_MINUS: Final = re.compile(
    r"(?<![\w.])(\d{1,3})\s?(?:times|votes?|veces|votos?|x|×)?\s?[-−]1\b|[-−]1\s?[:x×=(]\s?(\d{1,3})\b"
)
_PLUS_ONE: Final = re.compile(r"(?<![\w.])\+1\b")  # "Ana +1, Bo +1, Cy +1"
_MINUS_ONE: Final = re.compile(r"(?<![\w.])[-−]1\b")
_EACH: Final = 3
_WORDS: Final = {
    "cero": 0, "zero": 0, "none": 0, "ningun": 0, "ningún": 0, "ninguno": 0, "ninguna": 0, "one": 1, "un": 1, "uno": 1,
    "una": 1, "two": 2, "dos": 2, "three": 3, "tres": 3, "four": 4, "cuatro": 4, "five": 5, "cinco": 5, "six": 6,
    "seis": 6, "seven": 7, "siete": 7, "eight": 8, "ocho": 8, "nine": 9, "nueve": 9, "ten": 10, "diez": 10,
}  # fmt: skip
SIDES: Final = word_set(
    "favor favour against opposed contra abstentions abstention abstained abstain abstenciones abstencion ayes nays "
    "aye nay yes yeas noes no si oppose for abst"
)
_DIGIT: Final = re.compile(r"\d")
HINTS: Final = word_set(
    "favor favour against opposed contra vote votes voted votos votacion abstentions abstention abstained abstain "
    "abstenciones abstencion ayes nays aye nay yes yeas noes passed carried approved failed unanimous si passes "
    "carries fails defeated adopted rejected"
)


class Tally(NamedTuple):
    """What a sentence counts; what it does not say is None."""

    favor: int | None
    against: int | None
    abstain: int | None

    @property
    def passes(self) -> bool | None:
        """Whether more were in favor than against, as far as the sentence says."""
        if self.favor is None and self.against is None:
            return None
        favor, against = self.favor or 0, self.against or 0
        return None if favor == against else favor > against


def counts_plus_ones(text: str) -> bool:
    """Whether a text may count votes as +1."""
    return "+1" in text


def tally_of(  # noqa: PLR0911 - WONTFIX: a way to count, an answer
    text: str, *, words: Sequence[str]
) -> Tally | None:
    """The vote a sentence counts, or None. Two numbers with a dash count only where the sentence speaks of a vote."""
    if not _DIGIT.search(text) and "abst" not in text and "contra" not in text:
        return None
    found: dict[str, int | None] = dict.fromkeys(_PARTS)
    if not SIDES.isdisjoint(words):
        found = {
            name: None if _WORDS_OF[name].isdisjoint(words) else _number(text, patterns)
            for name, patterns in _PARTS.items()
        }
    known = [name for name in ("favor", "against", "abstain") if found[name] is not None]
    if len(known) > 1 or (known == ["favor"] and _PAIR_CONTEXT.search(text)):
        return Tally(found["favor"], found["against"], found["abstain"])
    plus = _PLUS.search(text) if "+1" in text else None
    if plus:
        minus = _MINUS.search(text)
        return Tally(int(plus[1] or plus[2] or plus[3]), int(minus[1] or minus[2]) if minus else None, None)
    if text.count("+1") >= _EACH:
        return Tally(len(_PLUS_ONE.findall(text)), len(_MINUS_ONE.findall(text)) or None, None)
    pair = _PAIR.search(text)
    if pair and (_PAIR_CONTEXT.search(text) or _PAIR_ALONE.match(text)):
        abstain = pair["abstain"]
        return Tally(int(pair["favor"]), int(pair["against"]), int(abstain) if abstain else None)
    told = _PAIR_IN_WORDS.search(text)
    if told and (told["votes"] or (_PAIR_CONTEXT.search(text) and " to " in told[0])):
        return Tally(int(told["favor"]), int(told["against"]), None)
    return None


def side_of(text: str) -> tuple[str, int] | None:
    """The side of a vote and its number, where a line says nothing else: "Votos en contra: 3", "12 in favor"."""
    if len(text) > _LONGEST_SIDE or not _DIGIT.search(text):
        return None
    for name, pattern in _SIDE_ALONE.items():
        found = pattern.match(text)
        if found:
            return name, int(found["after"] or found["before"])
    return None


def number_of(said: str) -> int | None:
    """The number that a few words are, in figures or letters."""
    said = said.strip(" \t.,;:()*_'").lower()
    if said.isdecimal():
        return int(said) if len(said) <= _DIGITS else None
    return _WORDS.get(said)


_DIGITS: Final = 6


def _number(text: str, patterns: tuple[re.Pattern[str], re.Pattern[str]]) -> int | None:
    for pattern in patterns:
        found = pattern.search(text)
        if found:
            said = found["n"].lower()
            return int(said) if said.isdigit() else _WORDS[said]
    return None
