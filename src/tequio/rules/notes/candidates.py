"""From sections to candidates: every sentence that may be a decision, a task, an amount, with the reason beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import Final

from tequio.rules.notes.allowance import Allowance, allowance_for
from tequio.rules.notes.amounts import WORDS
from tequio.rules.notes.ballots import Ballot, ballot_at
from tequio.rules.notes.clause_english import IMPLYING
from tequio.rules.notes.contexts import (
    LABEL_LENGTH,
    Around,
    context_below,
    context_of,
    is_rule_of_table,
    opened_by,
    opens_decisions,
    short_label,
    top_of,
)
from tequio.rules.notes.decision_tables import Columns, columns_of, read_row
from tequio.rules.notes.decisions import verdict_of, verdict_of_tally
from tequio.rules.notes.gathered import LONGEST_QUOTED, ONLY_RESULT, SOON, SURE, Gathered, without_repeats
from tequio.rules.notes.intentions import (
    MOVING,
    names_movers,
    propose_above,
)
from tequio.rules.notes.language import language_of
from tequio.rules.notes.meeting_day import tells_state_of_minutes
from tequio.rules.notes.money import money_in
from tequio.rules.notes.paragraphs import HEAD, LONG_ENTRY, Paragraphs
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Candidate, Item, Section, Unread
from tequio.rules.notes.sentence import sentence_of
from tequio.rules.notes.sentences import sentences
from tequio.rules.notes.terse import are_terse
from tequio.rules.notes.transcript import leaders_of
from tequio.rules.notes.verdicts import Verdict
from tequio.rules.notes.votes import HINTS, SIDES
from tequio.rules.notes.weighing import Setting, weighed
from tequio.rules.notes.words import folded, tokens, without_breaks

_DIGIT: Final = re.compile(r"\d")
_REMEMBERED: Final = 5_000
_OF_HEADING: Final = Setting(is_heading=True)
_HEARD: Final = 2_000  # lines of a transcript that tell who leads
_LISTS: Final = frozenset({"decision", "task", "budget", "proposal", "agenda"})
_INHERITED: Final = frozenset({"decision", "task", "budget"})  # what headings below a heading take from it


def candidates_of(
    *, sections: Sequence[Section], form: str, size: int, present: Sequence[str] = ()
) -> tuple[list[Candidate], Unread | None]:
    """Every candidate of the sections, in the order of the file, and what was not searched for any.

    Sets the language of each item on the way. `present`: who was there. `size`: characters of the file, for how much of
    it is searched.
    """
    leaders: frozenset[str] = frozenset()
    terse = False
    if form == "transcript":
        heard = (item.text for section in sections for item in section.items)
        leaders = leaders_of(texts=islice(heard, _HEARD), titles=book().lists["chairs"])
    elif are_terse(islice((item for section in sections for item in section.items), _HEARD)):
        terse = True
    paragraphs = Paragraphs(
        form=form,
        wanted=_wanted(terse),
        labels=_labels(),
        allowance=allowance_for(size),
        names=frozenset(folded(name).split()[0].lstrip("@") for name in present if name.strip("@ ")),
        terse=terse,
        leaders=leaders,
    )
    finder = _Finder(paragraphs=paragraphs, allowance=paragraphs.allowance, got=paragraphs.got)
    above: list[tuple[int, str | None]] = []  # contexts of the headings above, by their rank
    for section in sections:
        while above and above[-1][0] >= section.level:
            above.pop()
        context = context_below(section.heading or "") or (above[-1][1] if above and section.heading else None)
        above.append((section.level, context if context in _INHERITED else None))
        finder.section(section, context=context)
    return without_repeats(finder.got.found), finder.allowance.unread


@cache
def _wanted(terse: bool) -> frozenset[str]:
    """The words without which a paragraph is passed over."""
    wanted = book().triggers | WORDS | HINTS | IMPLYING | {"will", "i'll", "we'll"}
    return wanted | book().lists["acts"] if terse else wanted


@cache
def _labels() -> frozenset[str]:
    lists = book().lists
    names = ("decision", "result", "rejected", "deferral", "task", "proposal", "question", "owner", "due")
    return frozenset().union(*(lists[f"label_{name}"] for name in names)) | lists["speakers_no"]


@dataclass(slots=True)
class _Finder:
    """Goes through the items in order and gathers candidates."""

    paragraphs: Paragraphs
    allowance: Allowance
    got: Gathered
    table: Columns | None = None
    dull: set[str] = field(default_factory=set)  # headings in which nothing is found
    headings: dict[str, Verdict | None] = field(default_factory=dict)  # what headings decide

    def section(self, section: Section, *, context: str | None) -> None:  # noqa: C901, PLR0912, PLR0915 - WONTFIX: calls slow it
        """Go through a heading and what stands below it."""
        self.got.proposal = self.table = None
        heading = section.heading or ""
        if heading and heading not in self.dull:
            before = len(self.got.found)
            if self.allowance.may_search(section.line):
                self._heading(section)
                if len(self.got.found) == before and len(self.dull) < _REMEMBERED:
                    self.dull.add(heading)
        if not section.items:
            return
        around = Around(context=context, heading=heading.strip(" :"), top=top_of(section.items))
        listing = False  # whether bullets of the section have begun
        inner: Around | None = None  # what a label such as "Decisions:" says of the bullets below it
        reader = self.paragraphs
        items, known, got = section.items, reader.known, self.got
        counted = 0  # up to where the items are lines of a vote that was counted
        for index, item in enumerate(items):
            if len(got.found) != self.allowance.counted:
                self.allowance.spend(0, finds=len(got.found))
            if self.allowance.left <= 0 and not item.quiet:
                self.allowance.may_search(item.line)
                continue
            text = item.text
            if text in known and inner is None and around.context is None and index >= counted:
                earlier = known[text]
                if earlier.always or self.paragraphs.holds_again(
                    earlier, items, index, in_table=self.table is not None
                ):
                    item.language = earlier.language
                    got.age += 1
                    self.table = None
                    if earlier.said:
                        got.found.extend([one.at(item.line) for one in earlier.said])
                    continue
            words = tokens(folded(text))
            item.language = language_of(words)
            if item.quiet or index < counted:
                continue
            counted = self._count(items, index, words)
            if counted:
                continue
            got.age += 1
            if around.top and listing and item.depth == 0 and around.context in _LISTS:
                around = replace(around, context=None)  # a paragraph below the list of a heading is no entry of it
            listing = listing or item.depth >= around.top
            if inner is not None and item.depth <= inner.depth and not self._goes_on(items, index, inner):
                inner = None
            following = items[index + 1].text if index + 1 < len(items) else ""
            if ("|" in text or "!!" in text or self.table is not None) and self._row(item, following=following):
                continue
            if (
                index
                and len(text) < LONGEST_QUOTED
                and not MOVING.isdisjoint(words)
                and names_movers(text)
                and len(items[index - 1].text) < LONGEST_QUOTED
            ):
                if not names_movers(items[index - 1].text):
                    propose_above(items[index - 1], into=got)
                continue
            deeper = index + 1 < len(items) and items[index + 1].depth > item.depth
            if deeper or text[-1] in ":>":
                opened = self._opened(item, around=inner or around, deeper=deeper)
                if opened is not None:
                    inner = opened
                    continue
            reader.read(item, words, around=inner or around, following=following)

    def _goes_on(self, items: Sequence[Item], index: int, inner: Around) -> bool:
        """Whether paragraphs below a label still belong to it: no blank line is known here, so those right below do."""
        return (
            inner.depth == 0
            and items[index].depth == 0
            and inner.owner is None
            and items[index].line - items[index - 1].line <= 1
            and inner.context is not None
            and ":" not in items[index].text[:40]
        )

    def _count(self, items: Sequence[Item], start: int, words: Sequence[str]) -> int:
        """Read a vote counted over lines or by names, and return where it ends; 0 if none is."""
        text = items[start].text
        if "+1" in text and not self._is_open() and "from" not in text and " de " not in text and " by " not in text:
            return 0  # with nothing to vote on
        if "+" not in text and (SIDES.isdisjoint(words) or not (":" in text or _DIGIT.search(text))):
            return 0
        ballot = ballot_at(items, start)
        if ballot is None or (ballot.by_plus and not ballot.opens and not self._is_open()):
            return 0
        verdict = verdict_of_tally(ballot.tally)
        if ballot.opens:
            return self._opened_ballot(items[start], ballot, verdict)
        above = items[start - 1] if start else None
        below = items[ballot.end].text if ballot.end < len(items) else ""
        said = verdict_of(sentence_of(below)) if below and len(below) <= LONG_ENTRY else None
        said_below = said is not None and said.tally is None
        self.got.count(verdict, above=above, at=items[start], is_said_below=said_below)
        return ballot.end

    def _opened_ballot(self, item: Item, ballot: Ballot, verdict: Verdict | None) -> int:
        """A motion and who voted how in one line: "Buy a saw. In favor: Ann, Bo. Against: Carl"."""
        if verdict is None or any(verdict_of(sentence_of(part)) for part in sentences(ballot.opens)):
            return 0  # it says itself what was decided
        self.got.decide(verdict, text=item.text, line=item.line)
        return ballot.end

    def _is_open(self) -> bool:
        """Whether a proposal waits for its outcome."""
        return self.got.proposal is not None and self.got.age <= SOON

    def _heading(self, section: Section) -> None:
        heading = section.heading or ""
        words = tokens(folded(heading))
        if book().triggers.isdisjoint(words) and ":" not in heading:
            return
        self.allowance.left -= 2
        if heading[-1] == ":" and opens_decisions(heading):
            return
        if self.paragraphs.passed < HEAD and tells_state_of_minutes(heading, is_title=self.paragraphs.passed == 0):
            return
        if heading in self.headings:
            verdict = self.headings[heading]
        else:
            sentence = sentence_of(heading, words=words)
            verdict = weighed(sentence, verdict=verdict_of(sentence), setting=_OF_HEADING)
            if len(self.headings) < _REMEMBERED:
                self.headings[heading] = verdict
        if verdict is not None and verdict.confidence >= SURE and (len(words) > 1 or not section.items):
            self.got.decide(verdict, text=heading, line=section.line)

    def _row(self, item: Item, *, following: str) -> bool:
        """Read a row of a table whose head is known; whether the item was one."""
        text = item.text
        if "|" not in text and "!!" not in text:
            self.table = None
            return False
        if is_rule_of_table(text):
            return True
        head = columns_of(text)
        is_first = self.table is None or head == self.table or ("-" in following and is_rule_of_table(following))
        if head is not None and is_first:
            self.table = head
            return True
        if self.table is None:
            return False
        read_row(item, columns=self.table, into=self.got)
        self.got.found.extend(money_in(text, line=item.line))
        return True

    def _opened(self, item: Item, *, around: Around, deeper: bool) -> Around | None:
        """What an item that is a label above others says of them: "Decisions:", "Action items", "Ana:"."""
        text = without_breaks(item.text) or item.text
        if text[-1] == ":" and len(text) > LABEL_LENGTH:
            opens = opened_by(text)
            return Around(opens, short_label(text), item.depth, None, item.depth + 1) if opens else None
        if len(text) > LABEL_LENGTH or (text[-1] != ":" and not deeper):
            return None
        if text[-1] != ":" and self._is_open() and ONLY_RESULT.issuperset(tokens(folded(text))):
            return None  # the outcome of what stands above, not a label of what stands below
        context = context_of(text)
        if context is None and text[-1] == ":" and around.context == "task":
            name = text.strip(" :*_'")
            return Around(context="task", heading=around.heading, depth=item.depth, owner=name, top=item.depth + 1)
        if context is None and text[-1] == ":" and opens_decisions(text):
            context = "decision"
        if context is None:
            return None
        return Around(context=context, heading=text.strip(" :*_'"), depth=item.depth, top=item.depth + 1)
