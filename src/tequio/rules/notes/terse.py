"""Notes in a few words: where hardly anything is written down, what is written down is mostly what was decided.

"T-shirts get ordered once we hit 300." "Root access limited to four people." "Las dos primeras, sí." "Candela lleva la
caja." The same words in notes that tell who said what would be talk, so these rules are for terse notes alone.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from statistics import median
from typing import Final

from tequio.rules.notes.implied import no_points
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Item, Outcome
from tequio.rules.notes.sentence import Sentence
from tequio.rules.notes.verdicts import Verdict
from tequio.rules.notes.words import word_set
from tequio.rules.reasons import Text

_SHORT_LINES: Final = 80  # characters: half of the lines of terse notes are no longer
_LONGEST: Final = 150
_LOOKED_AT: Final = 400

Said = tuple[str, Outcome]


def are_terse(items: Iterable[Item]) -> bool:
    """Whether notes are written in a few words a line."""
    lengths = [len(item.text) for item in items if not item.quiet][:_LOOKED_AT]
    return bool(lengths) and median(lengths) <= _SHORT_LINES


def noted(clause: str, words: Sequence[str], written: Sequence[str]) -> Said | None:
    """What a clause of terse notes says was decided, or None."""
    if len(clause) > _LONGEST or "|" in clause or words[0] in _OPENS_TALK:
        return None
    return _answer(clause, words) or _limit(clause, words) or _english(words, written) or _spanish(words, written)


_OPENS_TALK: Final = word_set(
    "some several many most others somebody someone nobody anyone i there hay habia alguien algunos algunas varios "
    "varias unos unas muchos muchas nadie falta faltan todavia aun still"
)


# Words of how things are or were, which is no decision.
_IS: Final = word_set(
    "hasn't haven't didn't doesn't isn't aren't wasn't weren't is are was were has have had been am "
    "does did do came went got told looked seems seem needs need wants es son "
    "era eran fue fueron esta estan estaba estaban tiene tienen tenia tenemos hubo habian ha han hemos debe deben "
    "puede pueden parece parecen llegaron salio falta faltan hablo mando trajo trajeron dieron"
)
_ANSWER_EN: Final = re.compile(r"[\w\"”')]\s(?:yes|no)(?=[,;]|\.?$)|^(?:[Yy]es|[Nn]o) to\b")
_ANSWER_ES: Final = re.compile(r"\w,?\s(?:sí|no)(?=[,;]|\.?$)|^[Ss]í,? (?:a|al|se|vamos|va|entra|con|compramos)\b")
_LONGEST_ANSWER: Final = 14


def _answer(clause: str, words: Sequence[str]) -> Said | None:
    """Such as "Mugs no, shirts yes", "Las dos primeras, sí"."""
    if len(words) > _LONGEST_ANSWER or not _ANSWERS.intersection(words) or not _IS.isdisjoint(words):
        return None
    if words[0] in _OK and len(words) > 2 and clause[len(words[0])] == ",":  # noqa: PLR2004 - WONTFIX: yes to something
        return words[0], Outcome.APPROVED
    found = _ANSWER_EN.search(clause) or _ANSWER_ES.search(clause)
    if found is None:
        return None
    yes = "yes" in words or "sí" in clause.lower()
    return found[0].strip(), Outcome.APPROVED if yes else Outcome.NOT_APPROVED


_ANSWERS: Final = word_set("yes no si ok okay va sale")
_OK: Final = word_set("ok okay yes va sale")
_LIMITING: Final = (
    ("from", "now", "on"), ("until", "further", "notice"), ("this", "time"), ("per", "week"), ("per", "month"),
    ("per", "person"), ("per", "year"), ("per", "household"), ("per", "family"), ("a", "month"), ("at", "most"),
    ("no", "more", "than"), ("not", "more", "than"), ("al", "mes"), ("por", "persona"), ("por", "familia"),
    ("al", "ano"), ("sin", "prorroga"), ("nada", "mas"), ("en", "adelante"), ("hasta", "nuevo", "aviso"),
    ("a", "partir", "de"), ("como", "maximo"), ("por", "ahora"), ("for", "now"), ("in", "future"),
    ("up", "to"), ("each", "month"), ("each", "week"), ("each", "year"), ("every", "month"), ("every", "week"),
    ("every", "other"), ("instead", "of"), ("en", "lugar", "de"), ("en", "vez", "de"), ("cada", "semana"),
    ("cada", "mes"), ("cada", "quince"),
)  # fmt: skip
_LIMIT_WORDS: Final = word_set(
    "unicamente solamente exclusivamente starting effective indefinitely obligatorio gratuito"
)
_FIRST_OF_LIMIT: Final = frozenset(limit[0] for limit in _LIMITING)
_NOT_THIS: Final = (["not", "this"], ["not", "now"], ["not", "yet"], ["not", "until"], ["este", "ano"], ["no", "por"])


def _limit(clause: str, words: Sequence[str]) -> Said | None:
    """Such as "One person per week", "10 euros al mes", "Not this year": how much, how long, from when."""
    if list(words[:2]) in _NOT_THIS or (words[0] == "sin" and len(words) > 2 and words[1] not in _NO_NEWS):  # noqa: PLR2004 - WONTFIX: without what
        return " ".join(words[:2]), Outcome.NOT_APPROVED
    if " = " in clause and "=" in words[1:5] and "=" not in {words[0], words[-1]} and words.count("=") == 1:
        return "=", Outcome.APPROVED
    if not _IS.isdisjoint(words):
        return None
    limit = next((word for word in words if word in _LIMIT_WORDS), None)
    if limit is None and not _FIRST_OF_LIMIT.isdisjoint(words):
        limit = next((" ".join(one) for one in _LIMITING if one[0] in words and _stands_in(one, words)), None)
    return (limit, Outcome.APPROVED) if limit else None


def _stands_in(limit: Sequence[str], words: Sequence[str]) -> bool:
    return any(word == limit[0] and tuple(words[at : at + len(limit)]) == limit for at, word in enumerate(words))


_ADVERBS: Final = word_set("so then just please also therefore instead now ok okay")
_WE: Final = word_set("we they")
_ARTICLES: Final = word_set("a an the one two three full half")
_AUX: Final = word_set("get gets")
_NO_NEWS: Final = word_set(
    "news report reports update updates word answer answers response reply one changes change show sign idea problem "
    "novedad novedades acuerdo cambios embargo respuesta noticias duda quorum problemas "
    "problems issues issue progress comments questions time conclusion decision quorum action"
)
_WHERE: Final = word_set("to at on from until by for in as into per only with out up down off back")
_OBJECT: Final = _WHERE | word_set(
    "the a an all it them this that our his her their its every each any no over two three"
)
_FAR: Final = 8


def _english(  # noqa: C901, PLR0911, PLR0912 - WONTFIX: a way to say it, an answer
    words: Sequence[str], written: Sequence[str]
) -> Said | None:
    start = next((at for at, word in enumerate(words[:3]) if word not in _ADVERBS), 0)
    first, forms = words[start], _forms()
    if first == "will" and len(words) - start > 2:  # noqa: PLR2004 - WONTFIX: will, a verb and something
        return f"will {words[start + 1]}", Outcome.APPROVED
    if len(words) - start < 2:  # noqa: PLR2004 - WONTFIX: a verb and something
        return None
    if first in forms.base and words[start + 1] not in _IS:
        return written[start], Outcome.APPROVED
    if first == "don't" and words[start + 1] in forms.base:
        return f"{first} {words[start + 1]}", Outcome.NOT_APPROVED
    if (
        first == "no"
        and words[start + 1] not in _NO_NEWS
        and _IS.isdisjoint(words)
        and not _WHERE.isdisjoint(words[start + 2 :])
    ):
        return f"no {words[start + 1]}", Outcome.NOT_APPROVED
    for at in range(start + 1, min(start + _FAR, len(words))):
        word, before = words[at], words[at - 1]
        if before == "to":
            continue
        if word in _IS or word in _MODAL:
            return None
        after = words[at + 1] if at + 1 < len(words) else ""
        if word in _AUX and (after.endswith(("ed", "en", "ght", "ut", "id", "old")) or after in _ARTICLES):
            return f"{written[at]} {after}", Outcome.APPROVED
        if word in forms.third and (after in _OBJECT or after.isdigit()):
            return written[at], Outcome.APPROVED
        if before in _WE and at - 1 <= start + 3 and word in forms.acts and after:
            return f"{before} {word}", Outcome.APPROVED
        if before in _WE and word == "don't" and after in forms.acts:
            return f"{before} don't {after}", Outcome.NOT_APPROVED
        if word in forms.base and "and" in words[:at] and written[at - 1][0].isupper() and after in _OBJECT:
            return f"{written[at - 1]} {word}", Outcome.APPROVED
        is_thing = written[at - 1][0].islower() or (at == 1 and before.endswith("s"))
        if word in forms.participle and after in _WHERE and is_thing and before not in _PERSON:
            return f"{written[at]} {after}", Outcome.APPROVED
    return None


_PERSON: Final = word_set("he she it i we you they who that which people members and or but")
_MODAL: Final = word_set("can could would should might may must will")


class _Forms:
    """The verbs of doing in the forms that end clauses of notes: "buy", "buys", "bought"."""

    def __init__(self, acts: Iterable[str], past: Iterable[str]) -> None:
        self.acts = frozenset(acts)
        self.base = frozenset(act for act in acts if act not in _NOUNS)
        self.third = frozenset(_third(act) for act in self.base)
        self.participle = frozenset(_participle(act) for act in self.base) | frozenset(past)


_NOUNS: Final = word_set("change share support use start end open go cut turn try run give no dar hacer hold stick")


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{verb}s"


_DOUBLED: Final = word_set("ban cap commit cut drop permit put run set skip split stop rebut")


def _participle(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if verb in _DOUBLED else f"{verb}ed"


@cache
def _forms() -> _Forms:
    lists = book().lists
    return _Forms(lists["acts"], lists["acts_past"])


_IN_SPANISH: Final = 7


def _spanish(words: Sequence[str], written: Sequence[str]) -> Said | None:
    lists = book().lists
    if words[0] in lists["begins_future"] and len(words) > 2:  # noqa: PLR2004 - WONTFIX: what, and when
        return written[0], Outcome.APPROVED
    for at, word in enumerate(words[:_IN_SPANISH]):
        if word in _IS or word in _STOPS_ES:
            return None
        if word in lists["acts_present"] and at + 1 < len(words) and (at == 0 or words[at - 1] != "de"):
            no = at > 0 and words[at - 1] in ("no", "tampoco")
            return written[at], Outcome.NOT_APPROVED if no else Outcome.APPROVED
        if word == "no" and at and at == len(words) - 2 and words[-1] in ("van", "entran", "pagan", "entra", "va"):
            return f"no {words[-1]}", Outcome.NOT_APPROVED
    return None


_HEADING_ELECTS: Final = re.compile(
    r"\b(?:elections?|officers|elecci[oó]n(?:es)?|nombramientos?|cargos|directiva|election results)\b", re.IGNORECASE
)
_LONGEST_NAMES: Final = 80
_ELECTS: Final = Text(
    en="It stands below an election: an office, and who has it.", es="Bajo una elección: un cargo y quién."
)


def elected_below(sentence: Sentence, *, heading: str) -> Verdict | None:
    """Such as "Treasurer: Kofi 14, Lin 8" below "Elections"."""
    rest = sentence.rest
    if not sentence.label or not rest[:1].isupper() or len(rest) > _LONGEST_NAMES or "?" in rest:
        return None
    if not _HEADING_ELECTS.search(heading) or sentence.label in no_points() or sentence.may_be:
        return None
    return Verdict(Outcome.APPROVED, 0.6, _ELECTS, is_election=True, by="election")


_STOPS_ES: Final = word_set("que si como cuando porque se donde")
