"""A paragraph or bullet read: whose words it is, its sentences, and what each of them says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tequio.rules.notes.allowance import Allowance
from tequio.rules.notes.ballots import ballot_at
from tequio.rules.notes.bare_amounts import CUES
from tequio.rules.notes.contexts import Around, context_of, is_empty_entry, is_frame_of_table
from tequio.rules.notes.decisions import in_decision_list, verdict_of
from tequio.rules.notes.gathered import LONGEST_QUOTED, SURE, Gathered
from tequio.rules.notes.implied import implied_by, no_points
from tequio.rules.notes.intentions import (
    find_budget_change,
    find_deferral,
    find_position,
    find_proposal,
    find_task,
)
from tequio.rules.notes.leading import asks_objections, closes_at
from tequio.rules.notes.meeting_day import tells_state_of_minutes
from tequio.rules.notes.money import money_in
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Candidate, Item, Kind, Outcome
from tequio.rules.notes.sentence import Sentence, sentence_of
from tequio.rules.notes.sentences import sentences
from tequio.rules.notes.terse import elected_below, noted
from tequio.rules.notes.transcript import speaker
from tequio.rules.notes.verdicts import Verdict, Voice
from tequio.rules.notes.votes import SIDES
from tequio.rules.notes.weighing import Setting, is_beyond_grammar, weighed, weight_of
from tequio.rules.notes.words import folded, tokens

HEAD: Final = 10  # items from the top that may say in what state the minutes are
_REMEMBERED: Final = 5_000
_DIGIT: Final = re.compile(r"\d")
LONG_ENTRY: Final = 400  # characters; an entry of a list is one decision, a longer one is told by its first sentence
_MARK: Final = re.compile(r"[$€£%#|→✅☑❌]|\+1|\[ ?\]|=>")
_LABELLED: Final = re.compile(r"[^:\n]{2,60}:\s*\S")
_NAME_TO: Final = re.compile(
    r"(?:^|[;:–—-] |, )[*_'@]{0,3}[A-ZÁÉÍÓÚÑ][\w.'-]{0,24}(?: [A-Z][\w.'-]{0,24}){0,3}"
    r"(?:,? (?:and|&) [A-Z][\w. '-]{0,40})? to [a-z]"
)
_FUTURE: Final = re.compile(r"rán?\b|['’]ll |\b[Ss]e \w|ll be |mos\b| it is\b")
_ALWAYS_READ: Final = frozenset({"decision", "task", "budget", "proposal"})
_MAY_IMPLY: Final = frozenset({None, "decision"})


@dataclass(slots=True)
class Known:
    """What a paragraph says by itself, for when it comes again."""

    language: str | None
    said: tuple[Candidate, ...]
    is_label: bool  # of what hangs below it, if anything does
    is_row: bool
    is_side: bool  # of a vote, with the lines below it
    always: bool  # whether nothing around it matters


@dataclass(slots=True)
class Paragraphs:
    """Reads one paragraph after the other and puts down what it says."""

    form: str
    wanted: frozenset[str]  # words without which a paragraph is passed over
    labels: frozenset[str]  # "RESOLUTION: ..." in a transcript is nobody's name
    allowance: Allowance
    names: frozenset[str]  # of who was there: "Dani: ..." in written notes is what Dani said
    terse: bool  # notes in a few words: most of what stands there was decided
    leaders: frozenset[str]  # of a transcript: whose words end a point
    got: Gathered = field(default_factory=Gathered)
    passed: int = 0  # items gone through, until the head of the file is over
    sentences: dict[str, Sentence] = field(default_factory=dict)  # sentences with what was found in them
    known: dict[str, Known] = field(default_factory=dict)  # paragraphs that were read before
    # Sentences that were read before, each with what follows it: the last line it was on, and what it said.
    said: dict[tuple[str, str], tuple[int, tuple[Candidate, ...]]] = field(default_factory=dict)

    def read(self, item: Item, words: Sequence[str], *, around: Around, following: str) -> None:
        """Read one and put down what it says; `around` is what is known of its place, `following` stands below."""
        text, who, voice = item.text, None, Voice()
        if self.form == "transcript":
            said = speaker(text)
            if said and folded(said[0]) not in self.labels:
                who, text = said
                name = folded(who)
                # "All: agreed" is no single voice.
                voice = Voice(spoken=name not in book().lists["bodies"], leads=name in self.leaders)
        self.passed += 1
        if around.context not in _ALWAYS_READ and not voice.leads and not self._may_mark(text, words):
            self._remember(item, (), words)
            return
        got = self.got
        before, proposal, got.touched = len(got.found), got.proposal, False
        plain = around.context is None and got.proposal is None
        if self.passed <= HEAD and tells_state_of_minutes(text, is_title=self.passed == 1):
            return
        parts = list(sentences(text))
        known = words if len(parts) == 1 and text is item.text else None
        self._sentences(parts, item, known=known, around=around, voice=voice, who=who)
        if len(parts) > 1:
            got.keep_surest(before)
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
            self.known[text] = Known(item.language, said, is_label, is_row, is_side, always)

    def holds_again(self, before: Known, items: Sequence[Item], index: int, *, in_table: bool) -> bool:
        """Whether a paragraph that comes again says the same where it stands now."""
        if self.got.proposal is not None or (before.is_row and in_table):
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
            if not self.allowance.may_search(item.line):
                return
            self.allowance.spend(1, finds=len(got.found))
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
        sentence = self.sentences.get(text)
        if sentence is None:
            sentence = sentence_of(text, words=words)
            if len(self.sentences) < _REMEMBERED and len(text) < LONGEST_QUOTED:
                self.sentences[text] = sentence
        if around.context == "past" and not sentence.command:
            return
        listed = around.context == "agenda" and item.depth <= around.top  # a point of an agenda, not what was said
        verdict = self._decided(sentence, item, around=around, after=after, voice=voice, who=who, listed=listed)
        find_deferral(sentence, item, into=got, listed=listed, outcome=verdict.outcome if verdict else None)
        if listed:
            return
        find_budget_change(sentence, item, around=around, into=got)
        find_proposal(sentence, item, around=around, decided=verdict is not None, into=got)
        if verdict is None:
            find_position(sentence, item, who=who, into=got)

    def _decided(
        self,
        sentence: Sentence,
        item: Item,
        *,
        around: Around,
        after: str,
        voice: Voice,
        who: str | None,
        listed: bool,
    ) -> Verdict | None:
        """Put down what a sentence decides, and whom it gives something to do."""
        got, text = self.got, sentence.text
        setting = Setting(around.context, voice, self.form == "transcript", alone=len(text) == len(item.text))
        said = verdict_of(sentence, after=after, voice=voice)
        if said is not None and listed and said.confidence < SURE:
            said = None
        verdict = weighed(sentence, verdict=said, setting=setting) if said is not None else None
        if verdict is not None:
            got.decide_with_proposal(verdict, sentence, item)
        assigned = find_task(sentence, item, around=around, who=who, into=got)
        if said is None and not listed and self._may_imply(sentence, around=around):
            setting = setting.of_task(assigned)
            verdict = self._implied(sentence, around=around, voice=voice, setting=setting)
            if verdict is not None:
                got.decide(verdict, text=text, line=item.line)
        return verdict

    def _may_imply(self, sentence: Sentence, *, around: Around) -> bool:
        """Whether a sentence may decide without a word for it: not in a list of tasks, nor as what one person said."""
        if around.context not in _MAY_IMPLY:
            return False
        return not sentence.label or sentence.label.split(" ")[0] not in self.names

    def _implied(self, sentence: Sentence, *, around: Around, voice: Voice, setting: Setting) -> Verdict | None:
        """What a sentence decides by its grammar or its words alone, where nothing else says so."""
        may_imply = not (setting.is_task or voice.leads < voice.spoken or sentence.is_question)
        elected = elected_below(sentence, heading=around.heading) if may_imply and sentence.label else None
        if elected is not None:
            return weighed(sentence, verdict=elected, setting=setting)
        bare = weight_of(sentence, verdict=None, setting=setting)
        if is_beyond_grammar(bare):
            return None
        terse = self.terse and sentence.label not in no_points()
        implied = implied_by(sentence, further=noted if terse else None) if may_imply else None
        return weighed(sentence, verdict=implied, setting=setting, bare=bare)

    def _entry(self, item: Item, *, text: str, first: str, since: int, around: Around) -> None:
        """An entry of a list of decisions is one, whatever its words."""
        if is_empty_entry(text) or text[-1] in "?:" or text[0] == "(":
            return
        if self.got.decided_since(since, Kind.DECISION, Kind.DEFERRAL):
            return
        entry = text if len(text) <= LONG_ENTRY else first
        verdict = Verdict(Outcome.APPROVED, 0.7, in_decision_list(around.heading), by="entry")
        weighty = weighed(sentence_of(entry), verdict=verdict, setting=Setting(around.context))
        if weighty is not None:
            self.got.decide(weighty, text=entry, line=item.line)
