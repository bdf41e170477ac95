"""Names that are almost a member's, among what a bank wrote: for suggestions, never for postings."""

from collections import defaultdict

from rapidfuzz import fuzz

from tequio.banking.wording import telling_words, words_of

_COMMON = 400  # members a word may point to before it says nothing
_COMPARED = 250
_SHORT_NUMBER = 3  # digits
_PREFIX = 4  # letters a mistyped word still begins with


class NameBook:
    """Members' names and their contacts', found by the words they have in common with a text."""

    def __init__(self) -> None:
        self._names: list[tuple[int, str]] = []
        self._by_word: dict[str, set[int]] = defaultdict(set)

    def add(self, member: int, name: str, /) -> None:
        """Put in a name of a member."""
        words = _name_words(name)
        if not telling_words(name):
            return
        at = len(self._names)
        self._names.append((member, " ".join(words)))
        for word in words:
            self._by_word[word].add(at)
            self._by_word[word[:_PREFIX] + "*"].add(at)

    def likely(self, text: str, /, *, limit: int) -> list[tuple[int, int]]:
        """The members whose names are most like something in the text, with how alike, of 100."""
        words = _name_words(text)
        if not telling_words(text):
            return []
        found: dict[int, int] = defaultdict(int)
        for word in dict.fromkeys(words):
            exact = self._by_word.get(word, set())
            close = self._by_word.get(word[:_PREFIX] + "*", set())
            for places, weight in ((exact, 3), (close, 1)):
                if len(places) <= _COMMON:
                    for at in places:
                        found[at] += weight
        first = sorted(found, key=lambda at: (-found[at], at))[:_COMPARED]
        said = " ".join(words)
        best: dict[int, int] = {}
        for at in first:
            member, name = self._names[at]
            alike = round(_alike(name, said))
            best[member] = max(best.get(member, 0), alike)
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]


def _name_words(text: str) -> tuple[str, ...]:
    """The words that may name a payer, and short numbers, which some names end with."""
    telling = frozenset(telling_words(text))
    return tuple(word for word in words_of(text) if word in telling or (word.isdigit() and len(word) <= _SHORT_NUMBER))


def _alike(name: str, said: str) -> float:
    """How much of a name is in what the bank wrote: all its words, in any order, some letters wrong.

    A single word of a name of three is no likeness, so that a given name alone suggests nobody.
    """
    whole: float = fuzz.token_set_ratio(name, said)
    if whole > 99 and not set(name.split()) <= set(said.split()):  # noqa: PLR2004 - CONFIG: all of the text, part of the name
        return float(fuzz.token_sort_ratio(name, said))
    part: float = fuzz.partial_ratio(name, said) if len(name) <= len(said) else 0.0
    return max(whole if set(name.split()) <= set(said.split()) else min(whole, part + 5), part * 0.95)
