"""A sentence under the rules: its words, the phrases in it, and which of them are kept from meaning what they say."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from tequio.rules.notes.phrases import Found, book
from tequio.rules.notes.records import Kind
from tequio.rules.notes.words import clauses, folded, tokens, visible, word_set

_WORD: Final = re.compile(r"[^\W_]+(?:['’‘´`ʼ][^\W_]+)*|:")
_COMMAND: Final = re.compile(
    r"(?:^|[\s>\[])#?(?:(?<=#)|(?<=\[))(?P<command>agreed?|accepted|resolved|approved|decision|rejected|action|todo|topic)\b",
    re.IGNORECASE,
)
_LISTED: Final = 4
_ANY_COMMAND: Final = re.compile(r"#[a-z]{3,}")
_LABEL: Final = re.compile(
    r"[\s*_'#>|\[\d.)-]{0,12}(?:o\s(?=[A-ZÁÉÍÓÚÑ]))?"
    r"(?P<label>[^\W\d_][\w /'’().,º°ª#-]{1,44}?)[\s*_'\])]{0,6}:[\s*_':]{0,6}(?P<rest>.*)$",
    re.DOTALL,
)
_UPPER: Final = re.compile(
    r"[\s*_'\[]{0,6}(?P<label>[A-ZÁÉÍÓÚÑ]{5,14})\b[\s*_'\]]{0,4}(?:[.–—-]\s?|\s)(?P<rest>\S.*)$", re.DOTALL
)
# "Acuerdo 2. Nadie vende", "**Resolution 3** –", "Decision - buy it": a label with a number or a dash and no colon.
_NUMBERED: Final = re.compile(
    r"[\s*_'\[#-]{0,6}(?P<label>[^\W\d_]{5,12})(?P<marks>[*_']{2,3})?(?P<number>\s(?:n[.ºo°]{0,2}\s?|#)?\d{1,3})?"
    r"[*_']{0,3}(?:(?P<stop>[.)])[*_']{0,3}\s|\s?(?P<dash>[–—-]+)\s|\s)(?P<rest>\S.*)$",
    re.DOTALL | re.IGNORECASE,
)
_NUMBERING: Final = re.compile(
    r"[\s\d#.()/º°ª-]+|\b(?:no|num|number|numero|n|i{1,3}|iv|v|vi{0,3}|uno|dos|tres|cuatro|cinco|one|two|three|primero"
    r"|segundo|tercero)\b"
)
_CALLS_VOTE: Final = re.compile(
    r"\b(?:say (?:aye|yes|so)|signify|raise (?:your|a|their) (?:hands?|cards?)|levanten la mano|sírvanse)\b"
)
_CALLING: Final = word_set("say signify raise levanten sirvanse")
_NEGATIONS: Final = word_set(
    "not no never nobody nadie tampoco ni sin without didn't don't doesn't wasn't weren't isn't aren't hasn't haven't "
    "won't cannot can't nothing"
)
_AFTER_NO: Final = 3
MAYBE: Final = word_set(
    "if si maybe perhaps whether quiza quizas would could should might podria podrian deberia cuando when until unless"
)
_MAYBE_SAYS: Final = MAYBE - {"si"}
_IF_ES: Final = re.compile(r"\b[Ss]i\b")


@dataclass(slots=True)
class Sentence:
    """One sentence: as written, its folded words, and the signs found in it."""

    text: str
    words: Sequence[str]
    signs: Sequence[Found]
    free: Sequence[Found]  # those that no guard keeps from meaning it
    guards: Sequence[Found]
    label: str
    note: str  # what the label has in brackets: whose it is, a number
    rest: str
    command: str
    is_question: bool
    _written: Sequence[str] | None = None
    _places: Sequence[int] | None = None

    @property
    def written(self) -> Sequence[str]:
        """The words as written; the folded ones where they cannot be told apart."""
        if self._written is None:
            written = _WORD.findall(visible(self.text))
            self._written = written if len(written) == len(self.words) else self.words
        return self._written

    def kept(self, *groups: str) -> list[Found]:
        """The signs of these groups that no guard keeps from meaning it, the surest first."""
        some = [found for found in self.free if found.sign.group in groups] if self.free else []
        return sorted(some, key=_surest_first) if len(some) > 1 else some

    def first(self, *groups: str) -> Found | None:
        """The surest of the signs of these groups that no guard keeps from meaning it."""
        some = self.kept(*groups) if self.free else ()
        return some[0] if some else None

    def deciding(self) -> list[Found]:
        """The signs of decisions that no guard keeps from meaning it, the surest first."""
        some = [found for found in self.free if found.sign.kind is Kind.DECISION]
        return sorted(some, key=_surest_first) if len(some) > 1 else some

    def has(self, group: str) -> bool:
        """Whether a sign of this group stands in the sentence, guarded or not."""
        for found in self.signs:  # noqa: SIM110 - WONTFIX: a generator would take twice as long, and this is asked always
            if found.sign.group == group:
                return True
        return False

    def is_negated(self, found: Found) -> bool:
        """Whether a word of no stands right before the sign."""
        first = max(0, found.start - _AFTER_NO)
        before = self.words[first : found.start]
        return not _NEGATIONS.isdisjoint(before) and any(
            word in _NEGATIONS and self.is_one_clause(at, found.start) for at, word in enumerate(before, first)
        )

    @property
    def may_be(self) -> bool:
        """Whether it says if, perhaps, would: words that leave open what comes. "Sí" is no "si"."""
        return not MAYBE.isdisjoint(self.words) and (
            not _MAYBE_SAYS.isdisjoint(self.words) or bool(_IF_ES.search(self.text))
        )

    def is_one_clause(self, first: int, second: int) -> bool:
        """Whether no comma, dash or bracket stands between two words."""
        if self._places is None:
            self._places = clauses(folded(visible(self.text)))
        places = self._places
        return len(places) != len(self.words) or places[first] == places[second]

    def phrase(self, found: Found) -> str:
        """The words of a sign as written."""
        return " ".join(self.written[found.start : min(found.end, found.start + 9)]).replace(" :", ":")


def _surest_first(found: Found) -> tuple[float, int]:
    return -found.sign.confidence, found.start


def sentence_of(text: str, *, words: Sequence[str] | None = None) -> Sentence:
    """A sentence ready for the rules; `words` where they are known already."""
    plain = text if text.isascii() else visible(text)
    words = tokens(folded(plain)) if words is None else words
    signs, guards = book().find(words=words)
    label, note, rest = _label(plain, words)
    command = _COMMAND.search(plain) if "#" in plain or "[" in plain else None
    if command and plain.count("#") >= _LISTED and len(_ANY_COMMAND.findall(plain)) >= _LISTED:
        command, signs, guards = None, [], []  # a list of what a robot knows
    if guards and "May" in plain:
        guards = [one for one in guards if not (words[one.start] == "may" and one.end == one.start + 1)]  # the month
    free: Sequence[Found] = signs
    if not signs:
        guards = []
    elif guards:
        guards.sort(key=_start_of)
        places, starts = clauses(folded(plain)), [guard.start for guard in guards]
        free = [one for one in signs if not _is_held(one, guards, starts, words, places)]
    is_question = ("?" in plain or "¿" in plain) and (
        plain.rstrip(" .…\"'*_)”»").endswith("?") or plain.lstrip(" -*•\"'(").startswith("¿")
    )
    if not is_question and not _CALLING.isdisjoint(words) and _CALLS_VOTE.search(plain):
        is_question = True
    said = command["command"].lower() if command else ""
    return Sentence(text, words, signs, free, guards, label, note, rest, said, is_question)


# What is to come is said with "should", "to be", "proposes": those keep no task, proposal or deferral from being one.
_OPEN: Final = frozenset({Kind.DEFERRAL, Kind.TASK, Kind.PROPOSAL, Kind.BUDGET_CHANGE, Kind.POSITION})
_MINUTES: Final = frozenset({"minutes", "acta", "actas", "minuta", "minutas"})


_REACH: Final = 30  # words: no guard reaches further than its longest phrase and what it is said to reach


def _start_of(found: Found) -> int:
    return found.start


def _is_held(
    found: Found, guards: Sequence[Found], starts: Sequence[int], words: Sequence[str], places: Sequence[int]
) -> bool:
    """Whether one of the guards near a sign reaches it."""
    near = guards[bisect_left(starts, found.start - _REACH) : bisect_left(starts, found.end + _REACH)]
    return any(_holds(guard, found, words, places) for guard in near)


def _holds(  # noqa: PLR0911 - WONTFIX: a kind of guard, an answer
    guard: Found, found: Found, words: Sequence[str], places: Sequence[int]
) -> bool:
    """Whether a guard reaches a sign: within it, before it (if, would), or on either side (already, last year)."""
    group, within = guard.sign.group, guard.sign.within
    if (
        found.sign.kind in _OPEN
        and found.sign.group != "deferred"
        and group not in {"guard_if", "guard_when", "guard_undecided"}
    ):
        return False
    if group == "guard_undecided" and found.sign.kind is Kind.DEFERRAL:
        return False  # "no agreement, so it waits": that is why
    overlaps = guard.start < found.end and found.start < guard.end
    if group == "guard_past":
        if not _MINUTES.isdisjoint(words):
            return False
        return overlaps or 0 <= found.start - guard.end <= within or 0 <= guard.start - found.end <= within // 2
    if group in {"guard_pending", "guard_undecided"}:
        return overlaps or 0 <= found.start - guard.end < within
    if not guard.end <= found.start <= guard.end + within or ":" in words[guard.end : found.start]:
        return False
    return group == "guard_if" or places[guard.start] == places[found.start]


def _label(text: str, words: Sequence[str]) -> tuple[str, str, str]:
    """The label a sentence begins with, folded, without numbers; what it has in brackets; what follows. Or no label."""
    if ":" in text[:64]:
        found = _LABEL.match(text)
        if found:
            label, _, note = found["label"].partition("(")
            return _without_number(folded(label).strip(" .,#-")), note.strip(" )"), found["rest"].strip()
    if not words or words[0] not in book().lists["label_decision"]:
        return "", "", text
    numbered = _NUMBERED.match(text)
    if (
        numbered
        and (numbered["dash"] or numbered["marks"] or (numbered["stop"] and numbered["number"]))
        and folded(numbered["label"]) in book().lists["label_decision"]
    ):
        return folded(numbered["label"]), "", numbered["rest"].strip()
    upper = _UPPER.match(text)
    if upper and folded(upper["label"]) in book().lists["label_decision"]:
        return folded(upper["label"]), "", upper["rest"].strip()
    return "", "", text


def _without_number(label: str) -> str:
    if label in _labels():
        return label
    plain = " ".join(_NUMBERING.sub(" ", label).split())
    return plain or label


@cache
def _labels() -> frozenset[str]:
    """The labels that are known as they stand, with whatever number belongs to them."""
    names = ("label_decision", "label_result", "label_task", "label_proposal")
    return frozenset().union(*(book().lists[name] for name in names))
