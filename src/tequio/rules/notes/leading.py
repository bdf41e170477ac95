"""What whoever leads a meeting says in a transcript: how most points of a talk end, without a word for deciding."""

import re
from collections.abc import Sequence
from typing import Final

from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Outcome
from tequio.rules.notes.sentence import Sentence
from tequio.rules.notes.verdicts import LEAST, Verdict
from tequio.rules.notes.words import word_set
from tequio.rules.reasons import Text

_FIRST: Final = 7  # words of a sentence in which it says who does what
_SHORTEST_PLURAL: Final = 5  # letters of "vamos"
_LEAST_WORDS: Final = 3
_SHORT_ANSWER: Final = 2
NO: Final = word_set("no not don't won't aren't never nor tampoco")
_WE: Final = word_set("we we'll let's lets we're se")
_BETWEEN: Final = word_set("will all only just also then now not don't won't aren't are to le les lo la")
_BY_LEADER: Final = Text(
    en="Whoever leads the meeting says what is done.", es="Quien lleva la reunión dice qué se hace."
)
_CLOSES: Final = Text(
    en="Whoever leads the meeting closes the point with it.", es="Quien lleva la reunión cierra así el punto."
)


_OBJECTIONS: Final = re.compile(r"objec|oppos|against|contra\b|discuss|observaci|inconvenien", re.IGNORECASE)
_NOBODY: Final = word_set("none nobody no ninguna ninguno nadie one hearing seeing")
_UNOPPOSED: Final = Text(
    en="Whoever leads the meeting asked who is against, and nobody was.",
    es="Quien lleva la reunión preguntó quién está en contra, y nadie lo estuvo.",
)


def asks_objections(text: str) -> bool:
    """Whether a sentence asks who is against."""
    return text.rstrip().endswith("?") and bool(_OBJECTIONS.search(text))


def said_by_leader(sentence: Sentence, *, closes: bool, asked: bool = False) -> Verdict | None:
    """What "we" or "se" do, said by who leads the meeting and asked of nobody; after a closing word, whatever it is."""
    words = sentence.words
    if sentence.may_be:
        return None
    if asked and _NOBODY.issuperset(words):
        return Verdict(Outcome.APPROVED, 0.6, _UNOPPOSED, by="unopposed")
    at = _settles(words)
    if at is not None:
        return Verdict(_outcome(words[: at + 3]), LEAST, _BY_LEADER, by="leader")
    lists = book().lists
    said = [word for word in words if word not in lists["closers"]]
    enough = len(said) >= (_SHORT_ANSWER if len(said) < len(words) else _LEAST_WORDS)
    ends = len(words) > 2 and words[-1] in ("then", "entonces")  # noqa: PLR2004 - WONTFIX: "you and Mrs. Kelly then"
    if not (closes or ends) or not enough or (not ends and not lists["leads_on"].isdisjoint(said[:_FIRST])):
        return None
    return Verdict(_outcome(said[:_SHORT_ANSWER]), LEAST, _CLOSES, by="closing")


def closes_at(parts: Sequence[str], index: int, words: Sequence[str]) -> bool:
    """Whether a sentence of a leader comes after a question of theirs, or begins with a word such as "then"."""
    closers = book().lists["closers"]
    return bool(words) and (words[0] in closers or (index > 0 and parts[index - 1].rstrip(" .…").endswith("?")))


def _settles(words: Sequence[str]) -> int | None:
    """Where the first words say that "we" do something that decides."""
    no = book().lists["leads_no"]
    for at, word in enumerate(words[:_FIRST]):
        if word in _WE:
            then = next((one for one in words[at + 1 : at + 4] if one not in _BETWEEN), "")
            return at if then and then not in no else None
        if word.endswith("mos") and len(word) >= _SHORTEST_PLURAL:
            return at if word not in no else None
    return None


def _outcome(words: Sequence[str]) -> Outcome:
    return Outcome.APPROVED if NO.isdisjoint(words) else Outcome.NOT_APPROVED
