"""What a line decides without a word for deciding: by its grammar, as people write who keep no formal minutes.

"Headsets: buy four." "The sign-up moves to the shed." "Se repara la puerta." "Renovamos por un año." Such a line may as
well tell how things are, so it is the least sure of decisions, and only looked for where nothing else says one.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Final

from tequio.rules.notes.clause_english import english_clause
from tequio.rules.notes.clause_spanish import spanish_clause
from tequio.rules.notes.leading import NO
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Kind, Outcome
from tequio.rules.notes.sentence import MAYBE, Sentence
from tequio.rules.notes.tasks import owner_of
from tequio.rules.notes.verdicts import LEAST, Verdict
from tequio.rules.notes.words import folded, tokens, word_set
from tequio.rules.reasons import Text

_NARROW: Final = 260  # characters; a longer sentence tells a story
_SURE: Final = 0.55


# What a verdict of these rules follows from.
BY_GRAMMAR: Final = ("mark", "future", "point", "clause", "noted")
Further = Callable[[str, Sequence[str], Sequence[str]], "tuple[str, Outcome] | None"]


def implied_by(sentence: Sentence, *, further: Further | None = None) -> Verdict | None:
    """The decision of a written sentence that names none, or None.

    `further`: rules for clauses of terse notes, given each clause, its folded words and its words as written.
    """
    text = sentence.text
    if len(text) > _NARROW or text[-1] == ":":
        return None
    return _by_mark(sentence) or _by_future(sentence) or _by_label(sentence) or _by_clauses(sentence, further)


# Words of what is reported, wished or still open: a sentence with one of them decides nothing by its grammar alone.
TOLD: Final = word_set(
    "whether would proposes proposed propose suggest recommends recommended could might maybe perhaps should "
    "suggests suggested thinks think thought says said reports reported reminds asks asked wants wanted wonders "
    "hopes feels believes explained explains already yesterday ago last usually currently often according previous "
    "previously earlier quiza quizas podria podrian podriamos deberia deberian deberiamos propone proponen propuso "
    "sugiere sugirio dice dijo dicen informa informo comenta comento explica explico pregunta pregunto pide pidio "
    "piden quiere quieren opina opino cree creen piensa recuerda recordo ojala ya ayer hace segun anterior "
    "anteriormente pasado pasada actualmente menciono menciona señala senala plantea planteo espera reporta reporto"
)

_ARROW: Final = re.compile(r"\s(?:→|⇒|=>|->)\s{0,2}(?=\S)")
_YES: Final = "✅☑✔"
_NO_SIGN: Final = "❌"
_LEAST_SAID: Final = 2  # words behind an arrow


def _by_mark(sentence: Sentence) -> Verdict | None:
    """A decision because a tick, a cross or an arrow before what came of it says so."""
    text = sentence.text
    if text.isascii() and ">" not in text:
        return None
    first = text.lstrip(" *-")[:1]
    if first and first in _YES:
        return Verdict(Outcome.APPROVED, 0.6, _marked(first), by="mark")
    if first and first in _NO_SIGN:
        return Verdict(Outcome.NOT_APPROVED, 0.6, _marked(first), by="mark")
    arrows = list(_ARROW.finditer(text)) if "→" in text or ">" in text or "⇒" in text else ()
    if len(arrows) != 1:
        return None
    came = text[arrows[0].end() :]
    words = tokens(folded(came))
    if len(words) < _LEAST_SAID or owner_of(came, words=words, in_list=True)[0] is not None:
        return None
    return Verdict(Outcome.APPROVED, LEAST, _marked("→"), by="mark")


@lru_cache(maxsize=16)
def _marked(mark: str) -> Text:
    return Text(en=f"“{mark}” stands before it.", es=f"Lleva «{mark}» delante.")


# "Se pagará en dos partes", "will be closed on Mondays": what is to be, with nobody named who does it.
_FUTURE_ES: Final = re.compile(r"\b[Ss]e (?:les? |l[oa]s? )?(?P<verb>[a-záéíóúñü]{2,16})rán?\b")
_FUTURE_EN: Final = re.compile(
    r"\b(?:will|shall) (?:now |only |also |both )?be (?P<verb>[a-z]{3,14}(?:ed|en|ght|ut|old|eld))\b"
)
_DECIDES: Final = frozenset({Kind.DECISION, Kind.ELECTION, Kind.DEFERRAL})
_BY_FUTURE: Final = Text(
    en="It says what will be, and names nobody who does it.", es="Dice qué se hará, y no nombra a quién lo hace."
)


_NOT_YET: Final = word_set("when once until cuando hasta")


def _by_future(sentence: Sentence) -> Verdict | None:
    if any(found.sign.kind in _DECIDES for found in sentence.signs) or (
        "ill be " not in sentence.text and "all be " not in sentence.text and "rá" not in sentence.text
    ):
        return None
    found = _FUTURE_ES.search(sentence.text) or _FUTURE_EN.search(sentence.text)
    if found is None or folded(found["verb"]) in book().lists["future_no"]:
        return None
    if not MAYBE.isdisjoint(tokens(folded(sentence.text[: found.start()]))):
        return None  # what comes after it is a condition, and the rule stands
    if not _NOT_YET.isdisjoint(tokens(folded(sentence.text[found.end() :]))):
        return None
    no = not NO.isdisjoint(tokens(folded(sentence.text[max(0, found.start() - 12) : found.start()])))
    return Verdict(Outcome.NOT_APPROVED if no else Outcome.APPROVED, LEAST, _BY_FUTURE, by="future")


# What stands behind a label and says how its point ends: an answer, a limit, what is to be done with it.
_ANSWERS: Final = word_set(
    "yes no ok okay fine free gratis agreed approved si sale va adelante aprobado aprobada ninguno"
)
_LIMITS: Final = word_set("max maximum maximo hasta only solo solamente")
_NAME: Final = re.compile(r"\s*[*_'@]{0,3}[A-ZÁÉÍÓÚÑ][\w'’.-]*(?: [A-ZÁÉÍÓÚÑ][\w'’.-]*){0,2}[*_']{0,3}\s*:")
_LABEL_WORDS: Final = 5
_ENDS_POINT: Final = Text(
    en="After the name of a point it says how that ends.", es="Tras el nombre de un punto dice en qué queda."
)


def _by_label(sentence: Sentence) -> Verdict | None:
    """Such as "Headsets: buy four, used.", "Stickers: yes, 500."."""
    label = sentence.label
    if not label or len(label.split()) > _LABEL_WORDS or label in no_points():
        return None
    said = tokens(folded(sentence.rest[:80]))
    if not said:
        return None
    first = said[0]
    if first in _ANSWERS or said[:2] == ["de", "acuerdo"]:
        no = first in NO or first == "ninguno"
        return Verdict(Outcome.NOT_APPROVED if no else Outcome.APPROVED, _SURE, _ENDS_POINT, by="point")
    if first not in _LIMITS and first not in book().lists["acts"]:
        return None
    if " " not in label and _NAME.match(sentence.text) and first not in _LIMITS and not label.endswith("s"):
        return None  # "Marisol: buy paint" is whose task it is
    return Verdict(Outcome.APPROVED, LEAST, _ENDS_POINT, by="point")


@cache
def no_points() -> frozenset[str]:
    """Labels that name no point of a meeting: of attendance, tasks, questions, notes."""
    lists = book().lists
    names = ("question", "task", "proposal", "deferral", "owner", "due", "present", "absent", "place", "date")
    return frozenset().union(*(lists[f"label_{name}"] for name in names), lists["speakers_no"], lists["no_points"])


_CLAUSE: Final = re.compile(
    r"[;.!…:,\s](?:(?<=[;.!…:])\s|(?<=,)\s(?:so|and so|así que|entonces|pero|and|y)\s|(?<=\s)(?:[-–—]+|→|=>)\s)"
)
_MOST_CLAUSES: Final = 6


def _by_clauses(sentence: Sentence, further: Further | None) -> Verdict | None:
    """The first clause whose grammar decides: what comes to be of a thing, what "we" or "se" do."""
    text = sentence.text
    parts = _CLAUSE.split(text)[:_MOST_CLAUSES] if _CLAUSE.search(text) else (text,)
    for part in parts:
        words, written = _words_of(part) if len(parts) > 1 or ":" in text or "=" in text else _whole(sentence)
        if len(written) < _FEWEST:
            continue
        if not TOLD.isdisjoint(words) or words[0] in _CONDITIONS:
            return None
        noted = further(part, words, written) if further is not None else None
        if noted is not None:
            return Verdict(noted[1], LEAST, _noted(noted[0]), by="noted")
        if not _CONDITIONS.isdisjoint(words):
            if not _PLANNED.isdisjoint(words) and "siempre" not in words:
                continue  # "the tenants will be heard when the judge has time"
            end = next((at for at, word in enumerate(written) if word.lower() in _CONDITIONS), len(words))
            words, written = words[:end], written[:end]
            if len(words) < _FEWEST:
                continue
        found = english_clause(words, written) or spanish_clause(words, written)
        if found is not None:
            said, outcome = found
            return Verdict(outcome, LEAST, _as_grammar(said), by="clause")
    return None


def _words_of(clause: str) -> tuple[Sequence[str], Sequence[str]]:
    """The words of a clause, folded and as written."""
    written: Sequence[str] = _WRITTEN.findall(clause)
    words: Sequence[str] = _FOLDED.findall(folded(clause))
    return (words if len(words) == len(written) else [folded(word) for word in written]), written


def _whole(sentence: Sentence) -> tuple[Sequence[str], Sequence[str]]:
    """The words of a sentence of one clause, which are known already; as written only where they are needed."""
    if len(sentence.words) < _FEWEST or not TOLD.isdisjoint(sentence.words):
        return sentence.words, sentence.words
    return sentence.words, sentence.written


@lru_cache(maxsize=2048)
def _noted(said: str) -> Text:
    return Text(
        en=f"It notes “{said}” in a few words, and nobody is said to have told it.",
        es=f"Apunta «{said}» en pocas palabras, y no dice que alguien lo contara.",
    )


_PLANNED: Final = word_set("when once cuando")
_CONDITIONS: Final = word_set("if si unless because porque since cuando when aunque although once")
_WRITTEN: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|=")
_FOLDED: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*|=")
_FEWEST: Final = 2


@lru_cache(maxsize=2048)
def _as_grammar(said: str) -> Text:
    return Text(
        en=f"It says “{said}”, as one writes down what is to be.", es=f"Dice «{said}», como se apunta lo que queda."
    )
