"""Candidates as they are gathered: the last proposal waits here for its outcome, and nothing is said twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tequio.rules.notes.decisions import name_of_outcome, tally_why
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Candidate, Item, Kind, Outcome
from tequio.rules.notes.sentence import Sentence
from tequio.rules.notes.verdicts import LEAST, Verdict
from tequio.rules.notes.words import word_set
from tequio.rules.reasons import Text

SURE: Final = 0.8
SOON: Final = 6  # items after a proposal within which its outcome may come
LONGEST_QUOTED: Final = 600
ONLY_RESULT: Final = word_set(
    "the a it was is all in by and so general motion vote proposal passes passed pass carries carried approved adopted "
    "accepted agreed unanimously unanimous favor favour consensus consent aye ayes opposed none no objections la se "
    "por queda fue es mocion propuesta aprobada aprobado aprueba aprobo unanimidad mayoria votos a favor resolved "
    "resolution approval seconded second"
)
_SHORT: Final = 12
_NEAR: Final = 6
_BARE: Final = 5  # words
_RIGHT_ABOVE: Final = 2
_QUOTED: Final = 60
_RESULTS: Final = ("label_result", "label_decision", "label_rejected", "label_deferral")
_VOTED_BELOW: Final = Text(en="A vote on it is counted below.", es="Debajo se cuenta su votación.")


@dataclass(slots=True)
class Gathered:
    """What was found so far. `proposal` is where the last proposal of the section stands, `age` how many items ago."""

    found: list[Candidate] = field(default_factory=list)
    proposal: int | None = None
    age: int = 0
    touched: bool = False  # whether the paragraph at hand says something of what was found before it

    def add(
        self, kind: Kind, text: str, item: Item, why: Text, confidence: float, *, outcome: Outcome | None = None,
        owner: str | None = None, due: str | None = None,
    ) -> None:  # fmt: skip
        """Put down one candidate."""
        self.found.append(
            Candidate(
                kind=kind,
                text=text,
                line=item.line,
                why=why,
                confidence=round(confidence, 2),
                outcome=outcome,
                owner=owner,
                due=due,
            )
        )

    def propose(self, text: str, item: Item, why: Text, sure: float) -> None:
        """Put down a proposal, whose outcome may follow."""
        self.add(Kind.PROPOSAL, text, item, why, sure)
        self.proposal, self.age = len(self.found) - 1, 0

    def decide(self, verdict: Verdict, *, text: str, line: int, only_vote: bool = False) -> None:
        """Put down what a sentence decides: the decision, the election it is, the vote it speaks of."""
        kinds = [] if only_vote else [Kind.DECISION]
        if verdict.is_election:
            kinds.append(Kind.ELECTION)
        self.found.extend(
            Candidate(
                kind=kind,
                text=text,
                line=line,
                why=verdict.why,
                confidence=round(verdict.confidence, 2),
                outcome=verdict.outcome,
            )
            for kind in kinds
        )
        if verdict.is_vote:
            self.found.append(
                Candidate(
                    kind=Kind.VOTE,
                    text=text,
                    line=line,
                    why=tally_why(verdict.tally),
                    confidence=0.9 if verdict.tally else 0.7,
                    outcome=verdict.outcome,
                )
            )

    def decide_with_proposal(self, verdict: Verdict, sentence: Sentence, item: Item) -> None:
        """Put down a verdict together with the proposal above that it may be the outcome of."""
        near, text = self.age, sentence.text
        closed = self._closed(verdict, sentence)
        if closed is None:
            self.decide(verdict, text=text, line=item.line, only_vote=self._says_again(verdict, sentence, item))
        elif self.found[closed].line == item.line:
            self.decide(verdict, text=_span(item.text, self.found[closed].text, text), line=item.line)
        else:
            bare = _is_bare(verdict, sentence, near=near, labelled=self.found[closed].confidence > SURE)
            self.decide(verdict, text=text, line=item.line, only_vote=bare and verdict.is_count)
            if bare:
                self._settle(closed, verdict, said=text)

    def count(self, verdict: Verdict | None, *, above: Item | None, at: Item, is_said_below: bool) -> None:
        """A vote counted over several lines decides what stands above it, unless the result itself follows."""
        if (self.proposal is None or self.age > SOON) and above is not None and len(above.text) <= LONGEST_QUOTED:
            self.propose(above.text, above, _VOTED_BELOW, 0.7)
        if verdict is None:
            return
        self.decide(verdict, text=at.text, line=at.line, only_vote=True)
        if not is_said_below and self.proposal is not None:
            closed, self.proposal = self.proposal, None
            self.found[closed] = self.found[closed].changed(outcome=verdict.outcome)
            self._settle(closed, verdict, said=at.text)

    def give_last_task(self, *, owner: str) -> None:
        """A line "Responsible: Ana" below a task says whose it is."""
        self.touched = True
        for index in range(len(self.found) - 1, max(-1, len(self.found) - _NEAR), -1):
            one = self.found[index]
            if one.kind in {Kind.TASK, Kind.DECISION}:
                if one.owner is None:
                    self.found[index] = one.changed(owner=owner.strip(" .*_'"))
                return

    def decided_since(self, since: int, *kinds: Kind) -> bool:
        """Whether a candidate of one of these kinds was put down since then."""
        return any(one.kind in kinds for one in self.found[since:])

    def keep_surest(self, since: int) -> None:
        """Of what a paragraph decides keep only what a phrase says, if one does: the rest of it leads there."""
        some = self.found[since:]
        if (self.proposal is not None and self.proposal >= since) or len(some) < 2:  # noqa: PLR2004 - WONTFIX: nothing to choose
            return
        decided = [one.confidence for one in some if one.kind is Kind.DECISION]
        if len(decided) > 1 and max(decided) > LEAST:
            self.found[since:] = [one for one in some if one.kind is not Kind.DECISION or one.confidence > LEAST]

    def _closed(self, verdict: Verdict, sentence: Sentence) -> int | None:
        """Give a proposal right above the outcome a short sentence states: "Passed unanimously.", "No opposition."."""
        closed = self.proposal
        if closed is None or self.age > SOON or len(sentence.words) > _SHORT:
            return None
        self.found[closed] = self.found[closed].changed(outcome=verdict.outcome)
        self.proposal = None
        return closed

    def _settle(self, closed: int, verdict: Verdict, *, said: str) -> None:
        """Add the decision on a proposal beside it, instead of one that was read out of its own words."""
        proposal = self.found[closed]
        start = max(0, closed - _NEAR)
        for index, one in enumerate(self.found[start : closed + _NEAR], start):
            if one.line == proposal.line and one.kind is Kind.DECISION and one.text == proposal.text:
                self.found[index] = _decided(proposal, verdict, said=said)
                return
        self.found.insert(closed + 1, _decided(proposal, verdict, said=said))

    def _says_again(self, verdict: Verdict, sentence: Sentence, item: Item) -> bool:
        """Whether a sentence only repeats the outcome of the one before: "All in favor. Motion passes."."""
        if not ONLY_RESULT.issuperset(sentence.words):
            return False
        last = next((one for one in reversed(self.found[-_NEAR:]) if one.kind is Kind.DECISION), None)
        return last is not None and last.line == item.line and last.outcome is verdict.outcome


def without_repeats(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates by line, each once: of two of the same kind, text and line the surer one stays."""
    kept: dict[tuple[object, ...], int] = {}
    left: list[Candidate] = []
    line = 0
    for one in sorted(found, key=_line_of):
        if one.line != line:
            line = one.line
            kept.clear()
        key = (one.kind, one.text, one.amount, one.currency)
        at = kept.get(key)
        if at is None:
            kept[key] = len(left)
            left.append(one)
        elif one.confidence > left[at].confidence:
            left[at] = one
    return left


def _line_of(one: Candidate) -> int:
    return one.line


def _span(whole: str, first: str, last: str) -> str:
    """What stands from one sentence of a paragraph to another, as written; the first alone if that is long."""
    start = whole.find(first)
    end = whole.find(last, start + len(first))
    if start < 0 or end < 0:
        return last
    span = whole[start : end + len(last)]
    return span if len(span) <= LONGEST_QUOTED else first


def _is_bare(verdict: Verdict, sentence: Sentence, *, near: int, labelled: bool) -> bool:
    """Whether a result says nothing of its own, so that what it decides is the proposal above it."""
    if not labelled and near > _RIGHT_ABOVE:
        return False
    if sentence.label and not any(sentence.label in book().lists[name] for name in _RESULTS):
        return False  # it names its own question
    said = sum(1 for word in sentence.words if word[0].isalpha())
    return verdict.is_count or said <= (_BARE if labelled else _BARE - 1)


def _decided(proposal: Candidate, verdict: Verdict, *, said: str) -> Candidate:
    """The decision on a proposal whose outcome is told some lines below it."""
    short = said if len(said) <= _QUOTED else said[:_QUOTED].rstrip() + "…"
    name = name_of_outcome(verdict.outcome)
    why = Text(
        en=f"A proposal, and below it “{short}”: {name.en}.", es=f"Una propuesta, y debajo «{short}»: {name.es}."
    )
    return proposal.changed(kind=Kind.DECISION, outcome=verdict.outcome, why=why, confidence=0.85)
