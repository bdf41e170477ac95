"""From sections to candidates: every sentence that may be a decision, a task, an amount, with the reason beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from tequio.rules.notes.amounts import WORDS
from tequio.rules.notes.contexts import context_of, is_empty_entry, is_frame_of_table, is_rule_of_table
from tequio.rules.notes.decisions import (
    Verdict,
    in_decision_list,
    name_of_outcome,
    tally_why,
    verdict_of,
    verdict_of_tally,
)
from tequio.rules.notes.language import language_of
from tequio.rules.notes.money import money_in
from tequio.rules.notes.phrases import Book, book
from tequio.rules.notes.records import Candidate, Item, Kind, Outcome, Section
from tequio.rules.notes.sentence import Sentence, sentence_of
from tequio.rules.notes.sentences import sentences
from tequio.rules.notes.tasks import due_of, owner_of
from tequio.rules.notes.transcript import speaker
from tequio.rules.notes.votes import HINTS, Tally, side_of
from tequio.rules.notes.words import folded, tokens, word_set
from tequio.rules.reasons import Text

_MARKED_TASK: Final = re.compile(r"\[ ?\]\s|\[\s\]")
_DONE: Final = re.compile(r"[-*]?\s{0,2}\[[xX✓]\]|~~")
_LONG_ENTRY: Final = 400  # characters; an entry of a list is one decision, a longer one is told by its first sentence
_POSITION_FIRST: Final = 3


@dataclass(slots=True)
class _Around:
    """What is known of the place a sentence stands in."""

    context: str | None = None
    heading: str = ""
    depth: int = 0
    owner: str | None = None
    spoken: bool = False
    top: int = 0


@dataclass(slots=True)
class _Finder:
    """Goes through the items in order and collects candidates."""

    form: str
    book: Book
    found: list[Candidate] = field(default_factory=list)
    proposal: int | None = None  # the last proposal of this section, whose outcome may follow
    age: int = 0  # items since it
    wanted: frozenset[str] = frozenset()  # words without which a paragraph is passed over
    labels: frozenset[str] = frozenset()  # "RESOLUTION: ..." in a transcript is nobody's name
    touched: bool = False  # whether the paragraph says something of what was found before it
    seen: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)  # what paragraphs said that come again

    def section(self, section: Section, *, context: str | None) -> None:
        self.proposal = None
        heading = section.heading or ""
        if heading:
            self._heading(section)
        around = _Around(context=context, heading=heading.strip(" :"), top=_top_of(section.items))
        listing = False  # whether bullets of the section have begun
        inner: _Around | None = None  # what a label such as "Decisions:" says of the bullets below it
        items = section.items
        counted = 0  # up to where the items are lines of a vote that was counted
        for index, item in enumerate(items):
            words = tokens(folded(item.text))
            item.language = language_of(words)
            if item.quiet or index < counted:
                continue
            counted = self._count(items, index)
            if counted:
                continue
            self.age += 1
            if around.top and listing and item.depth == 0 and around.context in _LISTS:
                around = replace(around, context=None)  # a paragraph below the list of a heading is no entry of it
            listing = listing or item.depth >= around.top
            if (
                inner is not None
                and item.depth <= inner.depth
                and not (
                    inner.depth == 0
                    and item.depth == 0
                    and inner.owner is None
                    and self._is_bare_list(items, index, inner)
                )
            ):
                inner = None
            deeper = index + 1 < len(items) and items[index + 1].depth > item.depth
            opened = self._opened(item, around=inner or around, deeper=deeper)
            if opened is not None:
                inner = opened
                continue
            self._item(
                item, words, around=inner or around, following=items[index + 1].text if index + 1 < len(items) else ""
            )

    def _is_bare_list(self, items: Sequence[Item], index: int, inner: _Around) -> bool:
        """Whether paragraphs below a label still belong to it: no blank line is known here, so those right below do."""
        return (
            items[index].line - items[index - 1].line <= 1
            and inner.context is not None
            and ":" not in items[index].text[:40]
        )

    def _count(self, items: Sequence[Item], start: int) -> int:
        """Read a vote counted line by line, "In favor: 5", "Against: 2", and return where it ends; 0 if none is."""
        sides: dict[str, int] = {}
        end = start
        while end < len(items) and len(sides) < _SIDES and (side := side_of(items[end].text)) and side[0] not in sides:
            sides[side[0]] = side[1]
            end += 1
        if len(sides) < 2:  # noqa: PLR2004 - WONTFIX: one side alone is a sentence like any other
            return 0
        tally = Tally(sides.get("favor"), sides.get("against"), sides.get("abstain"))
        verdict = verdict_of_tally(tally)
        above = items[start - 1] if start else None
        if (self.proposal is None or self.age > _SOON) and above is not None and len(above.text) <= _LONGEST_REMEMBERED:
            self._proposal(above.text, above, _VOTED_BELOW, 0.7)
        if verdict is None:
            return end
        below = sentence_of(items[end].text) if end < len(items) and len(items[end].text) <= _LONG_ENTRY else None
        said = verdict_of(below) if below is not None else None
        self._decision(verdict, text=items[start].text, line=items[start].line, only_vote=True)
        if (said is None or said.tally is not None) and self.proposal is not None:
            at, self.proposal = self.proposal, None
            self.found[at] = replace(self.found[at], outcome=verdict.outcome)
            self._settle(at, verdict, said=items[start].text)
        return end

    def _heading(self, section: Section) -> None:
        heading = section.heading or ""
        words = tokens(folded(heading))
        if self.book.triggers.isdisjoint(words) and ":" not in heading:
            return
        sentence = sentence_of(heading)
        verdict = verdict_of(sentence)
        if verdict is not None and verdict.confidence >= _SURE and (len(words) > 1 or not section.items):
            self._decision(verdict, text=heading, line=section.line)

    def _opened(self, item: Item, *, around: _Around, deeper: bool) -> _Around | None:
        """What an item that is a label above others says of them: "Decisions:", "Action items", "Ana:"."""
        text = item.text
        if len(text) > 60 or (text[-1] != ":" and not deeper):  # noqa: PLR2004 - WONTFIX: a label is short
            return None
        if (
            text[-1] != ":"
            and self.proposal is not None
            and self.age <= _SOON
            and _ONLY_RESULT.issuperset(tokens(folded(text)))
        ):
            return None  # the outcome of what stands above, not a label of what stands below
        context = context_of(text)
        if context is None and text[-1] == ":" and around.context == "task":
            name = text.strip(" :*_'")
            return _Around(context="task", heading=around.heading, depth=item.depth, owner=name, top=item.depth + 1)
        if context is None:
            return None
        return _Around(context=context, heading=text.strip(" :*_'"), depth=item.depth, top=item.depth + 1)

    def _item(self, item: Item, words: Sequence[str], *, around: _Around, following: str) -> None:
        text, spoken, who = item.text, False, None
        if self.form == "transcript":
            said = speaker(text)
            if said and folded(said[0]) not in self.labels:
                who, text = said
                spoken = folded(who) not in self.book.lists["bodies"]  # "All: agreed" is no single voice
        if not self._may_mark(text, words, around=around):
            return
        before, proposal, self.touched = len(self.found), self.proposal, False
        plain = around.context is None and self.proposal is None
        if plain and item.text in self.seen:
            self.found.extend(replace(one, line=item.line) for one in self.seen[item.text])
            return
        parts = list(sentences(text))
        known = words if len(parts) == 1 and text is item.text else None
        for index, part in enumerate(parts):
            after = parts[index + 1] if index + 1 < len(parts) else ""
            self._sentence(part, item, words=known, around=around, after=after, spoken=spoken, who=who)
        if around.context == "decision" and item.depth <= around.top and not is_frame_of_table(text, following):
            self._entry(item, text=text, first=parts[0] if parts else text, since=before, around=around)
        if (
            plain
            and proposal == self.proposal
            and not self.touched
            and len(self.seen) < _REMEMBERED
            and len(text) < _LONGEST_REMEMBERED
        ):
            self.seen[item.text] = tuple(self.found[before:])

    def _may_mark(self, text: str, words: Sequence[str], *, around: _Around) -> bool:
        """Whether a rule could find anything: most paragraphs are passed over here."""
        if around.context in {"decision", "task", "budget", "proposal"}:
            return around.context is not None
        if not self.wanted.isdisjoint(words) or _MARK.search(text):
            return True
        return bool(_LABELLED.match(text) or (" to " in text[:80] and _NAME_TO.search(text)) or _FUTURE.search(text))

    def _sentence(
        self,
        text: str,
        item: Item,
        *,
        words: Sequence[str] | None,
        around: _Around,
        after: str,
        spoken: bool,
        who: str | None,
    ) -> None:
        self.found.extend(money_in(text, line=item.line))
        sentence = sentence_of(text, words=words)
        if around.context == "past" and not sentence.command:
            return
        verdict = verdict_of(sentence, after=after, spoken=spoken)
        listed = (
            around.context == "agenda" and item.depth <= around.top
        )  # a point of an agenda, not what was said on it
        if verdict is not None and listed and verdict.confidence < _SURE:
            verdict = None
        if verdict is not None:
            near = self.age
            closed = self._closed(verdict, sentence)
            if closed is None and self._says_again(verdict, sentence, item):
                self._decision(verdict, text=text, line=item.line, only_vote=True)
            elif closed is None:
                self._decision(verdict, text=text, line=item.line)
            elif self.found[closed].line == item.line:
                self._decision(verdict, text=_span(item.text, self.found[closed].text, text), line=item.line)
            else:
                bare = _is_bare(verdict, sentence, near=near, labelled=self.found[closed].confidence > _SURE)
                self._decision(verdict, text=text, line=item.line, only_vote=bare and verdict.is_count)
                if bare:
                    self._settle(closed, verdict, said=text)
        deferred = (
            None if sentence.is_question or listed else next(iter(sentence.kept("deferred", "deferred_soft")), None)
        )
        if deferred is not None or (sentence.label in self.book.lists["label_deferral"] and sentence.rest):
            phrase = sentence.phrase(deferred) if deferred else sentence.label
            why = Text(en=f"It says “{phrase}”: deferred.", es=f"Dice «{phrase}»: pospuesto.")
            self._add(
                Kind.DEFERRAL,
                text,
                item,
                why,
                deferred.sign.confidence if deferred else 0.8,
                outcome=Outcome.DEFERRED,
                due=due_of(text),
            )
        self._task(sentence, item, around=around, who=who)
        if not listed:
            self._others(sentence, item, around=around, decided=verdict is not None, who=who)

    def _decision(self, verdict: Verdict, *, text: str, line: int, only_vote: bool = False) -> None:
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

    def _closed(self, verdict: Verdict, sentence: Sentence) -> int | None:
        """Give a proposal right above the outcome a short sentence states: "Passed unanimously.", "No opposition."."""
        closed = self.proposal
        if closed is None or self.age > _SOON or len(sentence.words) > _SHORT:
            return None
        self.found[closed] = replace(self.found[closed], outcome=verdict.outcome)
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
        if not _ONLY_RESULT.issuperset(sentence.words):
            return False
        last = next((one for one in reversed(self.found[-_NEAR:]) if one.kind is Kind.DECISION), None)
        return last is not None and last.line == item.line and last.outcome is verdict.outcome

    def _entry(self, item: Item, *, text: str, first: str, since: int, around: _Around) -> None:
        """An entry of a list of decisions is one, whatever its words."""
        if any(one.kind is Kind.DECISION for one in self.found[since:]) or is_empty_entry(text) or text[-1] in "?:":
            return
        if any(one.kind is Kind.DEFERRAL for one in self.found[since:]):
            return
        entry = text if len(text) <= _LONG_ENTRY else first
        self._add(Kind.DECISION, entry, item, in_decision_list(around.heading), 0.7, outcome=Outcome.APPROVED)

    def _task(self, sentence: Sentence, item: Item, *, around: _Around, who: str | None) -> None:
        lists, text = self.book.lists, sentence.text
        if sentence.is_question or _DONE.match(text) or around.context in {"past", "agenda", "absent"}:
            return
        if sentence.label in lists["label_owner"] and sentence.rest and len(sentence.rest) <= 80:  # noqa: PLR2004 - WONTFIX: names
            self._give_last_task(owner=sentence.rest)
            if around.context != "task":
                return
        in_list = around.context == "task"
        labelled = sentence.label in lists["label_task"] or sentence.command in {"action", "todo"}
        marked = bool(_MARKED_TASK.match(text))
        rest = sentence.rest if labelled and sentence.label else text
        if sentence.command:
            rest = re.sub(r"^.*?#\w+\s", "", text)
        owner, says = owner_of(rest, words=sentence.words, in_list=in_list or labelled or marked, speaker=who)
        if owner is None:
            owner = (sentence.note if labelled else "") or around.owner
        in_list = in_list and item.depth <= around.top + 1
        reason = _reason_for_task(
            sentence,
            labelled=labelled and bool(rest.strip()),
            marked=marked,
            owner=owner if says else None,
            heading=around.heading if in_list else "",
        )
        if reason is not None:
            outcome = Outcome.ASSIGNED if owner else None
            self._add(Kind.TASK, text, item, *reason, outcome=outcome, owner=owner, due=due_of(text))

    def _give_last_task(self, *, owner: str) -> None:
        """A line "Responsible: Ana" below a task says whose it is."""
        self.touched = True
        for index in range(len(self.found) - 1, max(-1, len(self.found) - 6), -1):
            one = self.found[index]
            if one.kind in {Kind.TASK, Kind.DECISION}:
                if one.owner is None:
                    self.found[index] = replace(one, owner=owner.strip(" .*_'"))
                return

    def _others(self, sentence: Sentence, item: Item, *, around: _Around, decided: bool, who: str | None) -> None:
        text, label, lists = sentence.text, sentence.label, self.book.lists
        budget = next(iter(sentence.kept("budget_change")), None)
        if around.context == "budget" or (budget is not None and not sentence.is_question):
            phrase = sentence.phrase(budget) if budget else around.heading
            why = Text(
                en=f"It asks for a change of a budget: “{phrase}”.", es=f"Pide un cambio de un presupuesto: «{phrase}»."
            )
            self._add(Kind.BUDGET_CHANGE, text, item, why, 0.9 if around.context == "budget" else 0.7)
        sign = next(iter(sentence.kept("proposal")), None)
        if label in lists["label_proposal"] or label.startswith(("proposed ", "proposal ", "propuesta ", "motion ")):
            why = Text(en=f"It is labelled “{label}”.", es=f"Lleva la etiqueta «{label}».")
            self._proposal(text, item, why, 0.9)
        elif sign is not None and not decided:
            phrase = sentence.phrase(sign)
            self._proposal(
                text, item, Text(en=f"It says “{phrase}”: a proposal.", es=f"Dice «{phrase}»: una propuesta."), 0.7
            )
        elif around.context == "proposal" and item.depth <= around.top and not decided and item.text.startswith(text):
            self._add(Kind.PROPOSAL, text, item, in_decision_list(around.heading), 0.5)
        position = next(iter(sentence.kept("position")), None)
        if position is not None and not decided and not sentence.is_question:
            phrase = sentence.phrase(position)
            owner = who or (
                sentence.written[0]
                if position.start
                and sentence.written[0][:1].isupper()
                and folded(sentence.written[0]) not in lists["no_name"]
                else None
            )
            if owner or position.start <= _POSITION_FIRST:
                why = Text(
                    en=f"It says “{phrase}”: where somebody stands.", es=f"Dice «{phrase}»: la postura de alguien."
                )
                self._add(Kind.POSITION, text, item, why, 0.7 if owner else 0.5, owner=owner)

    def _proposal(self, text: str, item: Item, why: Text, sure: float) -> None:
        self._add(Kind.PROPOSAL, text, item, why, sure)
        self.proposal, self.age = len(self.found) - 1, 0

    def _add(
        self, kind: Kind, text: str, item: Item, why: Text, confidence: float, *, outcome: Outcome | None = None,
        amount: float | None = None, currency: str | None = None, owner: str | None = None, due: str | None = None,
    ) -> None:  # fmt: skip
        self.found.append(
            Candidate(
                kind=kind,
                text=text,
                line=item.line,
                why=why,
                confidence=confidence,
                outcome=outcome,
                amount=amount,
                currency=currency,
                owner=owner,
                due=due,
            )
        )


def _top_of(items: Sequence[Item]) -> int:
    """How deep the entries of a section's list hang: as its first item, or as what follows one that introduces it."""
    depths = [item.depth for item in items[:_LOOKED_AT] if not item.quiet and item.text[-1] != ":"]
    if not depths:
        return 0
    rest = depths[1:]
    return min(rest) if depths[0] == 0 and rest and min(rest) > 0 else depths[0]


_LOOKED_AT: Final = 200
_SIDES: Final = 3
_VOTED_BELOW: Final = Text(en="A vote on it is counted below.", es="Debajo se cuenta su votación.")


def _span(whole: str, first: str, last: str) -> str:
    """What stands from one sentence of a paragraph to another, as written; the first alone if that is long."""
    start = whole.find(first)
    end = whole.find(last, start + len(first))
    if start < 0 or end < 0:
        return last
    span = whole[start : end + len(last)]
    return span if len(span) <= _LONGEST_REMEMBERED else first


def _is_bare(verdict: Verdict, sentence: Sentence, *, near: int, labelled: bool) -> bool:
    """Whether a result says nothing of its own, so that what it decides is the proposal above it."""
    if not labelled and near > _RIGHT_ABOVE:
        return False
    return verdict.is_count or len(sentence.words) <= (_BARE if labelled else _BARE - 1)


def _decided(proposal: Candidate, verdict: Verdict, *, said: str) -> Candidate:
    """The decision on a proposal whose outcome is told some lines below it."""
    short = said if len(said) <= _QUOTED else said[:_QUOTED].rstrip() + "…"
    name = name_of_outcome(verdict.outcome)
    why = Text(
        en=f"A proposal, and below it “{short}”: {name.en}.", es=f"Una propuesta, y debajo «{short}»: {name.es}."
    )
    return replace(proposal, kind=Kind.DECISION, why=why, confidence=0.85)


def _reason_for_task(
    sentence: Sentence, *, labelled: bool, marked: bool, owner: str | None, heading: str
) -> tuple[Text, float] | None:
    """Why a sentence is something to do, and how sure that is: the strongest reason there is."""
    text = sentence.text
    if labelled:
        label = sentence.label or sentence.command
        return Text(en=f"It is labelled “{label}”.", es=f"Lleva la etiqueta «{label}»."), 0.9
    if marked:
        return Text(en="It has an empty box before it.", es="Tiene una casilla vacía delante."), 0.85
    if heading and text[-1] != ":" and not is_empty_entry(text) and not is_rule_of_table(text):
        return Text(en=f"It stands below “{heading}”.", es=f"Está bajo «{heading}»."), 0.8
    if owner:
        return Text(en=f"It says that {owner} is to do it.", es=f"Dice que lo hará {owner}."), 0.7
    sign = next(iter(sentence.kept("task")), None)
    if sign is None:
        return None
    phrase = sentence.phrase(sign)
    return Text(en=f"It says “{phrase}”: something to do.", es=f"Dice «{phrase}»: algo por hacer."), 0.55


_MARK: Final = re.compile(r"[$€£%#]|\+1\b|\[ ?\]")
_LABELLED: Final = re.compile(r"[^:\n]{2,60}:\s*\S")
_NAME_TO: Final = re.compile(
    r"(?:^|[;:–—-] |, )[*_'@]{0,3}[A-ZÁÉÍÓÚÑ][\w.'-]{0,24}(?: [A-Z][\w.'-]{0,24}){0,3}"
    r"(?:,? (?:and|&) [A-Z][\w. '-]{0,40})? to [a-z]"
)
_FUTURE: Final = re.compile(r"[A-ZÁÉÍÓÚÑ][^.!?]{0,60} \w{2,18}rán?\b|['’]ll ")
_REMEMBERED: Final = 5_000
_LONGEST_REMEMBERED: Final = 600
_QUOTED: Final = 60
_NEAR: Final = 6
_ONLY_RESULT: Final = word_set(
    "the a it was is all in by and so general motion vote proposal passes passed pass carries carried approved adopted "
    "accepted agreed unanimously unanimous favor favour consensus consent aye ayes opposed none no objections la se "
    "por queda fue es mocion propuesta aprobada aprobado aprueba aprobo unanimidad mayoria votos a favor"
)
_RIGHT_ABOVE: Final = 2
_BARE: Final = 5
_SURE: Final = 0.8
_SOON: Final = 6
_SHORT: Final = 12


_LISTS: Final = frozenset({"decision", "task", "budget", "proposal", "agenda"})
_INHERITED: Final = frozenset({"decision", "task", "budget"})  # what headings below a heading take from it


def _labels() -> frozenset[str]:
    lists = book().lists
    names = ("decision", "result", "rejected", "deferral", "task", "proposal", "question", "owner", "due")
    return frozenset().union(*(lists[f"label_{name}"] for name in names)) | lists["speakers_no"]


def candidates_of(*, sections: Sequence[Section], form: str) -> list[Candidate]:
    """Every candidate of the sections, in the order of the file; sets the language of each item on the way."""
    finder = _Finder(
        form=form, book=book(), wanted=book().triggers | WORDS | HINTS | {"will", "i'll", "we'll"}, labels=_labels()
    )
    above: list[tuple[int, str | None]] = []  # contexts of the headings above, by their rank
    for section in sections:
        while above and above[-1][0] >= section.level:
            above.pop()
        context = context_of(section.heading or "") or (above[-1][1] if above and section.heading else None)
        above.append((section.level, context if context in _INHERITED else None))
        finder.section(section, context=context)
    return sorted(finder.found, key=lambda one: one.line)
