"""What a sentence weighs: the points its words give for and against its being a decision, where no label settles it.

People have endless ways to say that something is decided, and speak in the same words of what others decided. So every
cue counts: the phrases found, a word of no or perhaps, who speaks, and single words and pairs of words, each with
points that stand as data in `points.toml`. From zero points on, a sentence is a decision. The points were learnt from
notes marked by hand (docs/decisions/0019); they are a sum anybody can check, and the reason names the largest.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from tequio.rules.notes.decisions import deciding_labels, name_of_outcome
from tequio.rules.notes.implied import BY_GRAMMAR
from tequio.rules.notes.outcomes import ending
from tequio.rules.notes.points import points
from tequio.rules.notes.records import Kind, Outcome
from tequio.rules.notes.sentence import Sentence
from tequio.rules.notes.verdicts import LEAST, OPTIONS, Verdict, Voice
from tequio.rules.notes.words import word_set
from tequio.rules.reasons import Text


class Setting(NamedTuple):
    """Where a sentence stands and whose it is."""

    context: str | None = None  # what the heading or label above says of it
    voice: Voice = Voice()
    in_talk: bool = False  # in a transcript
    is_heading: bool = False
    is_task: bool = False  # it says what somebody is to do
    alone: bool = True  # the only sentence of its paragraph or bullet

    def of_task(self, is_task: bool) -> "Setting":
        """The same setting, of a sentence that says what somebody is to do, or of one that does not."""
        return self if is_task is self.is_task else self._replace(is_task=is_task)


# What is told outright, from which confidence on: no words around it make it less.
_STATED: Final = {"label": 0.9, "command": 0.9, "count": 0.6, "election": 0.6}


def weighed(
    sentence: Sentence, *, verdict: Verdict | None, setting: Setting, bare: int | None = None
) -> Verdict | None:
    """The verdict if the sentence weighs enough; one of its own where no other rule has any and the words do.

    `bare`: what the sentence weighs without a verdict, where that is known.
    """
    if verdict is not None and is_stated(verdict):
        return _ended(sentence, verdict)
    if verdict is None and not may_decide_by_words(sentence, setting=setting):
        return None
    weight = weight_of(sentence, verdict=None, setting=setting) if bare is None else bare
    if weight + _points_of(verdict) < 0:
        return None
    if verdict is not None:
        return verdict if verdict.by == "unopposed" else _ended(sentence, verdict)
    verdict = Verdict(_outcome_by_words(sentence), LEAST, _why(sentence, setting=setting), by="words")
    return _ended(sentence, verdict)


def is_stated(verdict: Verdict) -> bool:
    """Whether a verdict is told outright, so that it is not weighed."""
    return verdict.confidence >= _STATED.get(verdict.by, 1.0)


_MOST_WORDS: Final = 80  # of a sentence that are weighed: a longer one is a paragraph without stops


def weight_of(sentence: Sentence, *, verdict: Verdict | None, setting: Setting) -> int:
    """The points of a sentence; `verdict` is what the other rules read out of it."""
    table = points()
    words = _weighed_words(sentence)
    total = table.base + (table.in_talk if setting.in_talk else 0)
    total += sum(filter(None, map(table.words.get, set(words))))
    total += sum(filter(None, map(table.pairs.get, pairwise(words))))
    if words:
        total += table.first.get(words[0], 0) + table.last.get(words[-1], 0)
    total += sum(filter(None, map(table.said.get, _said(sentence, setting=setting))))
    return total + _points_of(verdict)


def _points_of(verdict: Verdict | None) -> int:
    """What a verdict adds to the weight of its sentence."""
    return 0 if verdict is None else _points_by(verdict.by, verdict.confidence, verdict.is_vote)


@cache
def _points_by(by: str, confidence: float, is_vote: bool) -> int:
    said = points().said
    return sum(said.get(cue, 0) for cue in _said_by(by, confidence, is_vote))


def is_beyond_grammar(bare: int) -> bool:
    """Whether a sentence of this weight decides nothing, whatever its grammar says: most of what people write down."""
    return bare + _most_by_grammar() < 0


@cache
def _most_by_grammar() -> int:
    said = points().said
    ways = max(said.get(f"by_{way}", 0) for way in BY_GRAMMAR)
    sure = max(said.get(f"sure_{sure}", 0) for sure in range(50, 65, 5))
    return ways + sure


_NUMBER: Final = "#"


def _weighed_words(sentence: Sentence) -> Sequence[str]:
    words = sentence.words[:_MOST_WORDS]
    if any(map(str.isdigit, words)):
        return [_NUMBER if word.isdigit() else word for word in words]
    return words


def cues_of(sentence: Sentence, *, verdict: Verdict | None, setting: Setting) -> Iterator[tuple[str, str]]:
    """Every cue of a sentence as (kind, cue): what points are learnt for, and what a reason is made of."""
    words = _weighed_words(sentence)
    for word in words:
        yield "words", word
    for one, other in pairwise(words):
        yield "pairs", f"{one} {other}"
    if words:
        yield "first", words[0]
        yield "last", words[-1]
    for cue in _said(sentence, setting=setting):
        yield "said", cue
    if verdict is not None:
        for cue in _said_by(verdict.by, verdict.confidence, verdict.is_vote):
            yield "said", cue


_LENGTHS: Final = (3, 7, 14, 24, 40, 64)  # words up to which a sentence is of the first, second, ... length
_LENGTH_OF: Final = [f"length_{bisect_left(_LENGTHS, size)}" for size in range(_LENGTHS[-1] + 2)]  # by its words


def _said(sentence: Sentence, *, setting: Setting) -> set[str]:
    """What counts beside the words themselves: phrases, what keeps them from meaning it, shape and place."""
    cues = set(_of_setting(setting))
    cues.add(_LENGTH_OF[min(len(sentence.words), _LENGTHS[-1] + 1)])
    if sentence.signs:
        cues.update([found.sign.group for found in sentence.free])
        if len(sentence.signs) > len(sentence.free):
            free = {id(found) for found in sentence.free}
            cues.update([f"held_{found.sign.group}" for found in sentence.signs if id(found) not in free])
        cues.update([found.sign.group for found in sentence.guards])
    if sentence.is_question or sentence.may_be:
        cues.add("question" if sentence.is_question else "perhaps")
    if sentence.label:
        cues.add("label")
    return cues


def _said_by(by: str, confidence: float, is_vote: bool) -> Iterator[str]:
    """What counts of a verdict: what it follows from, how sure that is, whether it is of a vote."""
    yield f"by_{by}"
    yield f"sure_{int(confidence * 20) * 5}"
    if is_vote:
        yield "vote"


@lru_cache(maxsize=1024)
def _of_setting(setting: Setting) -> frozenset[str]:
    cues = {
        f"below_{setting.context}": bool(setting.context),
        "led" if setting.voice.leads else "spoken" if setting.voice.spoken else "untold": setting.in_talk,
        "heading": setting.is_heading,
        "task": setting.is_task,
        "among_others": not setting.alone,
    }
    return frozenset(cue for cue, is_so in cues.items() if is_so)


def _ended(sentence: Sentence, verdict: Verdict) -> Verdict:
    counted = verdict.is_election or (verdict.tally is not None and bool(verdict.tally.passes))
    outcome, found = ending(sentence, outcome=verdict.outcome, counted=counted)
    if found is None or outcome is verdict.outcome:
        return verdict
    return verdict.changed(outcome=outcome, why=_with_ending(verdict.why, sentence.phrase(found), outcome))


@lru_cache(maxsize=2048)
def _with_ending(why: Text, phrase: str, outcome: Outcome) -> Text:
    """A reason, with the phrase that says how it ended."""
    name = name_of_outcome(outcome)
    return Text(en=f"{why.en} And “{phrase}”: {name.en}.", es=f"{why.es} Y «{phrase}»: {name.es}.")


_BEGINS: Final = 3
_NO: Final = word_set("no not don't won't nobody never tampoco ni nadie nope")
_REFUSED: Final = word_set("denied rejected declined refused niega rechazada rechazado denegada denegado")


def _outcome_by_words(sentence: Sentence) -> Outcome:
    """How a sentence that no phrase settles ended: refused if it begins with a word of no, or says so anywhere."""
    words = sentence.words
    refused = not _NO.isdisjoint(words[:_BEGINS]) or not _REFUSED.isdisjoint(words)
    return Outcome.NOT_APPROVED if refused else Outcome.APPROVED


_NAMED: Final = 3  # cues that a reason names


def _why(sentence: Sentence, *, setting: Setting) -> Text:
    """The reason: the words that weigh most, with their points."""
    table = points()
    worth: dict[str, int] = {}
    for kind, cue in set(cues_of(sentence, verdict=None, setting=setting)):
        if kind != "said":
            worth[cue] = worth.get(cue, 0) + table.worth(kind, cue)
    most = sorted(((points_, cue) for cue, points_ in worth.items() if points_ > 0), key=lambda one: (-one[0], one[1]))
    return _weighing(tuple(most[:_NAMED]))


@lru_cache(maxsize=2048)
def _weighing(most: tuple[tuple[int, str], ...]) -> Text:
    if not most:
        return Text(en="It has the form of a decision.", es="Tiene la forma de una decisión.")
    en = ", ".join(f"“{cue}” +{worth}" for worth, cue in most)
    es = ", ".join(f"«{cue}» +{worth}" for worth, cue in most)
    return Text(en=f"Words as decisions have them: {en}.", es=f"Palabras como las de una decisión: {es}.")


def may_decide_by_words(sentence: Sentence, *, setting: Setting) -> bool:
    """Whether the words alone may decide: not in a question, what may be, an option, or what somebody thinks or does.

    Where a phrase that decides stands and is kept from meaning it, the other words do not decide either.
    """
    words = sentence.words
    if sentence.is_question or sentence.may_be or len(words) < _FEWEST or sentence.label.startswith(OPTIONS):
        return False
    if sentence.label in deciding_labels() or not _TELLS.isdisjoint(words[:_BEGINS]):
        return False
    if setting.is_task and not sentence.has("charged"):
        return False
    return not any(found.sign.kind in _SPEAKING for found in sentence.signs)


_FEWEST: Final = 4  # words: fewer may mean anything
_SPEAKING: Final = frozenset({Kind.DECISION, Kind.ELECTION, Kind.POSITION})
_TELLS: Final = word_set(
    "explained explains reported reports said says thinks think thought asks wonders wants wanted told tells believes "
    "feels suggests suggested proposes proposed recalls dice dijo dicen informa informo comenta comento explica "
    "explico pregunta pregunto opina opino cree creen recuerda recordo propone propuso proponen sugiere sugirio quiere "
    "quieren cuenta conto platica plantea planteo"
)
