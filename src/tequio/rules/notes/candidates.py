"""From sections to candidates: every sentence that may be a decision, a task, an amount, with the reason beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from tequio.rules.notes.amounts import WORDS
from tequio.rules.notes.ballots import Ballot, ballot_at
from tequio.rules.notes.bare_amounts import CUES
from tequio.rules.notes.contexts import (
    LABEL_LENGTH,
    Around,
    context_below,
    context_of,
    is_empty_entry,
    is_frame_of_table,
    is_rule_of_table,
    opened_by,
    opens_decisions,
    short_label,
    top_of,
)
from tequio.rules.notes.decision_tables import Columns, columns_of, read_row
from tequio.rules.notes.decisions import in_decision_list, verdict_of, verdict_of_tally
from tequio.rules.notes.gathered import LONGEST_QUOTED, ONLY_RESULT, SOON, SURE, Gathered, without_repeats
from tequio.rules.notes.implied import IMPLYING, implied_by, no_points
from tequio.rules.notes.intentions import (
    MOVING,
    find_budget_change,
    find_deferral,
    find_position,
    find_proposal,
    find_task,
    names_movers,
    propose_above,
)
from tequio.rules.notes.language import language_of
from tequio.rules.notes.leading import asks_objections, closes_at
from tequio.rules.notes.meeting_day import tells_state_of_minutes
from tequio.rules.notes.money import money_in
from tequio.rules.notes.phrases import Book, book
from tequio.rules.notes.records import Candidate, Item, Kind, Outcome, Section, Unread
from tequio.rules.notes.sentence import Sentence, sentence_of
from tequio.rules.notes.sentences import sentences
from tequio.rules.notes.terse import are_terse, elected_below, ends_point, terse_by
from tequio.rules.notes.transcript import leaders_of, speaker
from tequio.rules.notes.verdicts import Verdict, Voice
from tequio.rules.notes.votes import HINTS, SIDES
from tequio.rules.notes.words import folded, tokens

_LONG_ENTRY: Final = 400  # characters; an entry of a list is one decision, a longer one is told by its first sentence
_HEAD: Final = 10  # items from the top that may say in what state the minutes are
_MARK: Final = re.compile(r"[$€£%#|→✅☑❌]|\+1|\[ ?\]|=>")
_DIGIT: Final = re.compile(r"\d")
_LABELLED: Final = re.compile(r"[^:\n]{2,60}:\s*\S")
_NAME_TO: Final = re.compile(
    r"(?:^|[;:–—-] |, )[*_'@]{0,3}[A-ZÁÉÍÓÚÑ][\w.'-]{0,24}(?: [A-Z][\w.'-]{0,24}){0,3}"
    r"(?:,? (?:and|&) [A-Z][\w. '-]{0,40})? to [a-z]"
)
_FUTURE: Final = re.compile(r"rán?\b|['’]ll |\b[Ss]e \w|ll be |mos\b| it is\b")
_REMEMBERED: Final = 5_000
_ALLOWED: Final = 3_000  # sentences and finds, however short a file is
_CHARACTERS: Final = 48  # and one more for each so many
_HEARD: Final = 2_000  # lines of a transcript that tell who leads
_LISTS: Final = frozenset({"decision", "task", "budget", "proposal", "agenda"})
_ALWAYS_READ: Final = frozenset({"decision", "task", "budget", "proposal"})
_OTHER: Final = frozenset({Kind.TASK, Kind.POSITION, Kind.PROPOSAL})
_MAY_IMPLY: Final = frozenset({None, "decision"})
_INHERITED: Final = frozenset({"decision", "task", "budget"})  # what headings below a heading take from it


def candidates_of(
    *, sections: Sequence[Section], form: str, size: int, present: Sequence[str] = ()
) -> tuple[list[Candidate], Unread | None]:
    """Every candidate of the sections, in the order of the file, and what was not searched for any.

    Sets the language of each item on the way. `present`: who was there. `size`: characters of the file. A sentence that a rule may find something
    in takes many times longer than one passed over, so there may be so many of them, and one more for so many
    characters: several times what the densest minutes have. What is beyond that is kept and not searched.
    """
    finder = _Finder(
        form=form,
        book=book(),
        wanted=book().triggers | WORDS | HINTS | IMPLYING | {"will", "i'll", "we'll"},
        labels=_labels(),
        left=_ALLOWED + size // _CHARACTERS,
        names=frozenset(folded(name).split()[0].lstrip("@") for name in present if name.strip("@ ")),
    )
    if form == "transcript":
        heard = (item.text for section in sections for item in section.items)
        finder.leaders = leaders_of(texts=islice(heard, _HEARD), titles=book().lists["chairs"])
    elif are_terse(islice((item for section in sections for item in section.items), _HEARD)):
        finder.terse = True
        finder.wanted |= book().lists["acts"]
    above: list[tuple[int, str | None]] = []  # contexts of the headings above, by their rank
    for section in sections:
        while above and above[-1][0] >= section.level:
            above.pop()
        context = context_below(section.heading or "") or (above[-1][1] if above and section.heading else None)
        above.append((section.level, context if context in _INHERITED else None))
        finder.section(section, context=context)
    return without_repeats(finder.got.found), finder.unread


def _labels() -> frozenset[str]:
    lists = book().lists
    names = ("decision", "result", "rejected", "deferral", "task", "proposal", "question", "owner", "due")
    return frozenset().union(*(lists[f"label_{name}"] for name in names)) | lists["speakers_no"]


@dataclass(slots=True)
class _Known:
    """What a paragraph says by itself, for when it comes again."""

    language: str | None
    said: tuple[Candidate, ...]
    is_label: bool  # of what hangs below it, if anything does
    is_row: bool
    is_side: bool  # of a vote, with the lines below it
    always: bool  # whether nothing around it matters


@dataclass(slots=True)
class _Finder:
    """Goes through the items in order and gathers candidates."""

    form: str
    book: Book
    wanted: frozenset[str]  # words without which a paragraph is passed over
    labels: frozenset[str]  # "RESOLUTION: ..." in a transcript is nobody's name
    left: int  # sentences that may still be searched, and finds that may be put down
    counted: int = 0  # finds already taken off
    unread: Unread | None = None
    names: frozenset[str] = frozenset()  # of who was there: "Dani: ..." in written notes is what Dani said
    terse: bool = False  # notes in a few words: most of what stands there was decided
    leaders: frozenset[str] = frozenset()  # of a transcript: whose words end a point
    got: Gathered = field(default_factory=Gathered)
    passed: int = 0  # items gone through, until the head of the file is over
    table: Columns | None = None
    dull: set[str] = field(default_factory=set)  # headings in which nothing is found
    headings: dict[str, Verdict | None] = field(default_factory=dict)  # what headings decide
    read: dict[str, Sentence] = field(default_factory=dict)  # sentences with what was found in them
    known: dict[str, _Known] = field(default_factory=dict)  # paragraphs that were read before
    # Sentences that were read before, each with what follows it: the last line it was on, and what it said.
    said: dict[tuple[str, str], tuple[int, tuple[Candidate, ...]]] = field(default_factory=dict)

    def section(self, section: Section, *, context: str | None) -> None:  # noqa: C901, PLR0912, PLR0915 - WONTFIX: calls slow it
        """Go through a heading and what stands below it."""
        self.got.proposal = self.table = None
        heading = section.heading or ""
        if heading and heading not in self.dull:
            before = len(self.got.found)
            if self._may_search(section.line):
                self._heading(section)
                if len(self.got.found) == before and len(self.dull) < _REMEMBERED:
                    self.dull.add(heading)
        if not section.items:
            return
        around = Around(context=context, heading=heading.strip(" :"), top=top_of(section.items))
        listing = False  # whether bullets of the section have begun
        inner: Around | None = None  # what a label such as "Decisions:" says of the bullets below it
        items, known, got = section.items, self.known, self.got
        since = len(got.found)
        counted = 0  # up to where the items are lines of a vote that was counted
        for index, item in enumerate(items):
            if len(got.found) != self.counted:
                self._count_finds()
            if self.left <= 0 and not item.quiet:
                self._may_search(item.line)
                continue
            text = item.text
            if text in known and inner is None and around.context is None and index >= counted:
                earlier = known[text]
                if earlier.always or self._holds_again(earlier, items, index):
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
            if deeper or text[-1] == ":":
                opened = self._opened(item, around=inner or around, deeper=deeper)
                if opened is not None:
                    inner = opened
                    continue
            self._item(item, words, around=inner or around, following=following)
        if self.terse and context is None and heading and 1 < len(items) and self.passed > len(items):
            self._last(items[-1], since=since)

    def _last(self, item: Item, *, since: int) -> None:
        """In terse notes the last line of a point of which nothing was decided so far may be how it ended."""
        got = self.got
        if item.quiet or got.decided_since(since, Kind.DECISION, Kind.DEFERRAL, Kind.ELECTION):
            return
        if any(one.line == item.line and one.kind in _OTHER for one in got.found[since:]):
            return
        sentence = sentence_of(item.text)
        label = sentence.label.split(" ")[0]
        if not sentence.is_question and sentence.label not in no_points() and label not in self.names:
            verdict = ends_point(item.text)
            if verdict is not None:
                got.decide(verdict, text=item.text, line=item.line)

    def _count_finds(self) -> None:
        """Take off what is left to search with what was found since."""
        self.left += self.counted - len(self.got.found)
        self.counted = len(self.got.found)

    def _may_search(self, line: int) -> bool:
        """Whether there is something left to search with; if not, what is passed over is counted."""
        if self.left > 0:
            return True
        self.unread = Unread(line, 1) if self.unread is None else Unread(self.unread.line, self.unread.items + 1)
        return False

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
        said = verdict_of(sentence_of(below)) if below and len(below) <= _LONG_ENTRY else None
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
        if self.book.triggers.isdisjoint(words) and ":" not in heading:
            return
        self.left -= 2
        if heading[-1] == ":" and opens_decisions(heading):
            return
        if self.passed < _HEAD and tells_state_of_minutes(heading, is_title=self.passed == 0):
            return
        if heading in self.headings:
            verdict = self.headings[heading]
        else:
            verdict = verdict_of(sentence_of(heading, words=words))
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
        text = item.text
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

    def _item(self, item: Item, words: Sequence[str], *, around: Around, following: str) -> None:
        text, who, voice = item.text, None, Voice()
        if self.form == "transcript":
            said = speaker(text)
            if said and folded(said[0]) not in self.labels:
                who, text = said
                name = folded(who)
                # "All: agreed" is no single voice.
                voice = Voice(spoken=name not in self.book.lists["bodies"], leads=name in self.leaders)
        self.passed += 1
        if around.context not in _ALWAYS_READ and not voice.leads and not self._may_mark(text, words):
            self._remember(item, (), words)
            return
        got = self.got
        before, proposal, got.touched = len(got.found), got.proposal, False
        plain = around.context is None and got.proposal is None
        if self.passed <= _HEAD and tells_state_of_minutes(text, is_title=self.passed == 1):
            return
        parts = list(sentences(text))
        known = words if len(parts) == 1 and text is item.text else None
        self._sentences(parts, item, known=known, around=around, voice=voice, who=who)
        if around.context == "decision" and item.depth <= around.top and not is_frame_of_table(text, following):
            self._entry(item, text=text, first=parts[0] if parts else text, since=before, around=around)
        if plain and proposal == got.proposal and not got.touched:
            self._remember(item, tuple(got.found[before:]), words)

    def _remember(self, item: Item, said: tuple[Candidate, ...], words: Sequence[str]) -> None:
        """Keep what a paragraph says by itself, for when it comes again."""
        text = item.text
        if len(self.known) >= _REMEMBERED or len(text) >= LONGEST_QUOTED:
            return
        is_label = context_of(text) is not None
        if not (is_label and text[-1] == ":"):
            is_row = "|" in text
            is_side = not SIDES.isdisjoint(words) and (":" in text or bool(_DIGIT.search(text)))
            always = not (said or is_label or is_row or is_side or "+1" in text)
            self.known[text] = _Known(item.language, said, is_label, is_row, is_side, always)

    def _holds_again(self, before: _Known, items: Sequence[Item], index: int) -> bool:
        """Whether a paragraph that comes again says the same where it stands now."""
        if self.got.proposal is not None or (before.is_row and self.table is not None):
            return False
        if before.is_label and index + 1 < len(items) and items[index + 1].depth > items[index].depth:
            return False
        return not before.is_side or ballot_at(items, index) is None

    def _sentences(
        self,
        parts: Sequence[str],
        item: Item,
        *,
        known: Sequence[str] | None,
        around: Around,
        voice: Voice,
        who: str | None,
    ) -> None:
        """Read the sentences of a paragraph; one that was read before is not read again."""
        got, said = self.got, self.said
        several = len(parts) > 1 and around.context is None and who is None
        last = len(parts) - 1
        for index, part in enumerate(parts):
            after = parts[index + 1] if index < last else ""
            key = (part, after)
            if several and got.proposal is None and key in said:
                line, again = said[key]
                if line != item.line:
                    got.found.extend([one.at(item.line) for one in again])
                    said[key] = (item.line, again)
                continue
            words = known
            if several:
                words = tokens(folded(part))
                if not self._may_mark(part, words):
                    continue
            if voice.leads:
                words = tokens(folded(part)) if words is None else words
                asked = index > 0 and asks_objections(parts[index - 1])
                voice = Voice(voice.spoken, voice.leads, closes_at(parts, index, words), asked)
            if not self._may_search(item.line):
                return
            self.left -= 1
            self._count_finds()
            before, proposal = len(got.found), got.proposal
            self._sentence(part, item, words=words, around=around, after=after, voice=voice, who=who)
            if several and got.proposal is proposal is None and not got.touched and len(said) < _REMEMBERED:
                found = tuple(got.found[before:])
                kinds = {one.kind for one in found}
                if Kind.VOTE not in kinds or Kind.DECISION in kinds:  # a result said twice counts once
                    said[key] = (item.line, found)

    def _may_mark(self, text: str, words: Sequence[str]) -> bool:
        """Whether a rule could find anything: most paragraphs are passed over here."""
        if self.terse or not self.wanted.isdisjoint(words) or _MARK.search(text):
            return True
        if not CUES.isdisjoint(words) and _DIGIT.search(text):
            return True
        return bool(_LABELLED.match(text) or (" to " in text[:80] and _NAME_TO.search(text)) or _FUTURE.search(text))

    def _sentence(
        self,
        text: str,
        item: Item,
        *,
        words: Sequence[str] | None,
        around: Around,
        after: str,
        voice: Voice,
        who: str | None,
    ) -> None:
        got = self.got
        got.found.extend(money_in(text, line=item.line, words=words))
        sentence = self.read.get(text)
        if sentence is None:
            sentence = sentence_of(text, words=words)
            if len(self.read) < _REMEMBERED and len(text) < LONGEST_QUOTED:
                self.read[text] = sentence
        if around.context == "past" and not sentence.command:
            return
        verdict = verdict_of(sentence, after=after, voice=voice)
        implied = None
        may_imply = around.context in _MAY_IMPLY and voice.leads >= voice.spoken and not sentence.is_question
        if verdict is None and may_imply and sentence.label.split(" ")[0] not in self.names:
            implied = elected_below(sentence, heading=around.heading) or implied_by(sentence)
            implied = implied or (terse_by(sentence) if self.terse else None)
        listed = around.context == "agenda" and item.depth <= around.top  # a point of an agenda, not what was said
        if verdict is not None and listed and verdict.confidence < SURE:
            verdict = None
        if verdict is not None:
            got.decide_with_proposal(verdict, sentence, item)
        elif implied is not None:
            got.decide(implied, text=text, line=item.line)
        find_deferral(sentence, item, into=got, listed=listed)
        find_task(sentence, item, around=around, who=who, into=got)
        if listed:
            return
        find_budget_change(sentence, item, around=around, into=got)
        find_proposal(sentence, item, around=around, decided=verdict is not None, into=got)
        if verdict is None:
            find_position(sentence, item, who=who, into=got)

    def _entry(self, item: Item, *, text: str, first: str, since: int, around: Around) -> None:
        """An entry of a list of decisions is one, whatever its words."""
        if is_empty_entry(text) or text[-1] in "?:" or text[0] == "(":
            return
        if self.got.decided_since(since, Kind.DECISION, Kind.DEFERRAL):
            return
        entry = text if len(text) <= _LONG_ENTRY else first
        self.got.add(Kind.DECISION, entry, item, in_decision_list(around.heading), 0.7, outcome=Outcome.APPROVED)
