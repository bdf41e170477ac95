"""Whether a question passes: quorum, majority, weights, and what abstentions and blocks count for.

A rule of decision is dated and adopted like every rule. It is frozen when a vote opens, and so is the electorate: who
votes, with which weight, for which center. The verdict follows from them and the ballots alone, whatever their order,
and says line by line how. Shares are exact fractions: exactly two thirds is not more than two thirds.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tequio.rules.reasons import Text


class Choice(StrEnum):
    """What a ballot says."""

    FAVOR = "favor"
    AGAINST = "against"
    ABSTAIN = "abstain"
    BLOCK = "block"


class BlockCounts(StrEnum):
    """What a block counts for: a vote against, or the end of the question whatever the others say."""

    AGAINST = "against"
    STOPS = "stops"


class Sponsors(StrEnum):
    """Who may bring a proposal before the body: those who sit on it, or whoever signs in."""

    SITTING = "sitting"
    ANYBODY = "anybody"


class Late(StrEnum):
    """What becomes of a proposal that came too late for a sitting: the next one, unless a vote lets it in."""

    NEXT = "next"
    BY_VOTE = "by_vote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole that must be reached, or exceeded where `more_than`."""

    of: Fraction
    more_than: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.of <= 1 or (self.more_than and self.of == 1):
            raise ValueError("a share lies between nothing and all, and nobody can have more than all")

    def is_met(self, *, part: int, whole: int) -> bool:
        """Whether a part of a whole is enough; of nothing nothing is enough."""
        if whole <= 0:
            return False
        have = Fraction(part, whole)
        return have > self.of if self.more_than else have >= self.of

    def needed(self, *, whole: int) -> int:
        """The least whole part that is enough."""
        exact = self.of * whole
        least = -(-exact.numerator // exact.denominator)
        return least + 1 if self.more_than and exact == least else least

    def text(self) -> Text:
        """As a sentence says it: "more than 2/3", "at least 1/2"."""
        said = f"{self.of.numerator}/{self.of.denominator}" if self.of not in (0, 1) else str(self.of)
        if self.more_than:
            return Text(en=f"more than {said}", es=f"más de {said}")
        return Text(en=f"at least {said}", es=f"al menos {said}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOfDecision:
    """How a body decides, from a day on. Hours are hours of the clock, days whole days.

    `quorum` is the part of the electorate's weight that votes or abstains; `majority` the part of the weight of those
    voting. With `quorum_per_center` and `majority_per_center` each center has to meet its own besides.
    `delay_days` is the longest that one person may hold a proposal back, once. `vote_days` is how long a vote online
    is open; with `closes_early` it ends as soon as no ballot still to come can change it. `weights` are those of a
    person, or of an organization and an individual where members vote; `member_days` how long these must have belonged.
    """

    code: str
    title: Text
    decision: str
    valid_from: date
    quorum: Share
    majority: Share
    quorum_per_center: Share | None = None
    majority_per_center: Share | None = None
    abstentions_count_for_quorum: bool = True
    blocks_count: BlockCounts = BlockCounts.AGAINST
    weights: Mapping[str, int] = field(default_factory=lambda: {"person": 1})
    review_hours: int = 72
    delay_days: int = 5
    vote_days: int = 7
    closes_early: bool = False
    consensus_first: bool = False
    sponsors: Sponsors = Sponsors.SITTING
    late: Late = Late.BY_VOTE
    member_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Elector:
    """Who may vote, for which center, with which weight, as it was when the vote opened."""

    code: str
    center: str
    weight: int = 1


class Verdict(StrEnum):
    """What the count says."""

    PASSED = "passed"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The weight of what was said, and of all that could have been said."""

    electorate: int
    favor: int = 0
    against: int = 0
    abstain: int = 0
    block: int = 0

    @property
    def voting(self) -> int:
        """In favor, against or blocking; abstaining is not voting."""
        return self.favor + self.against + self.block

    @property
    def present(self) -> int:
        """All that said something."""
        return self.voting + self.abstain


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The verdict, the counts behind it, and how it follows, line by line.

    `consensus`: somebody agrees and nobody disagrees or blocks. It is told first, where the rule asks for it first; it
    decides nothing by itself, and the count follows.
    """

    verdict: Verdict
    count: Count
    per_center: Mapping[str, Count]
    lines: tuple[Text, ...]

    @property
    def consensus(self) -> bool:
        """Whether somebody agrees and nobody disagrees or blocks."""
        return bool(self.count.favor) and not self.count.against and not self.count.block


def outcome_of(*, rule: RuleOfDecision, electorate: Sequence[Elector], ballots: Mapping[str, Choice]) -> Outcome:
    """What a vote came to. `ballots` are the last word of each elector, by code.

    Raises ValueError for a ballot from outside the electorate, which no vote may have taken in, and for two electors
    of one code. Source: the body's rule of decision.
    """
    codes = {elector.code for elector in electorate}
    if len(codes) != len(electorate):
        raise ValueError("an elector stands in the electorate twice")
    if set(ballots) - codes:
        raise ValueError("a ballot comes from outside the electorate")
    whole = _count(electorate=electorate, ballots=ballots)
    centers = _by_center(electorate=electorate, ballots=ballots)
    lines: list[Text] = []
    verdict = _verdict(rule=rule, whole=whole, centers=centers, lines=lines)
    return Outcome(verdict=verdict, count=whole, per_center=centers, lines=tuple(lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """Whether enough are there to decide: weights, and the sentences that say so, the whole first."""

    met: bool
    here: int
    electorate: int
    needed: int
    per_center: Mapping[str, tuple[int, int]]
    lines: tuple[Text, ...]


def quorum_of(*, rule: RuleOfDecision, electorate: Sequence[Elector], present: Collection[str]) -> Quorum:
    """Whether there would be a quorum if each of those present said something. `present` are codes of electors.

    Who is present and not in the electorate counts for nothing. `per_center` is (here, of) by center.
    """
    ballots = {elector.code: Choice.FAVOR for elector in electorate if elector.code in present}
    whole = _count(electorate=electorate, ballots=ballots)
    centers = _by_center(electorate=electorate, ballots=ballots)
    lines: list[Text] = []
    met = _has_quorum(rule=rule, whole=whole, centers=centers, lines=lines)
    return Quorum(
        met=met,
        here=whole.present,
        electorate=whole.electorate,
        needed=rule.quorum.needed(whole=whole.electorate),
        per_center={center: (count.present, count.electorate) for center, count in centers.items() if center},
        lines=tuple(lines),
    )


def is_decided_early(*, rule: RuleOfDecision, electorate: Sequence[Elector], ballots: Mapping[str, Choice]) -> bool:
    """Whether no ballot that is still to come can change the verdict: everybody has spoken, or the rest cannot matter.

    Asked only where the rule lets a vote close early. The worst and the best that can still come are both counted.
    """
    open_codes = [elector.code for elector in electorate if elector.code not in ballots]
    if not rule.closes_early or not open_codes:
        return rule.closes_early
    ends = {
        outcome_of(rule=rule, electorate=electorate, ballots={**ballots, **dict.fromkeys(open_codes, choice)}).verdict
        for choice in Choice
    }
    ends.add(outcome_of(rule=rule, electorate=electorate, ballots=ballots).verdict)
    return len(ends) == 1


def _by_center(*, electorate: Sequence[Elector], ballots: Mapping[str, Choice]) -> dict[str, Count]:
    by_center: dict[str, list[Elector]] = defaultdict(list)
    for elector in electorate:
        by_center[elector.center].append(elector)
    return {center: _count(electorate=some, ballots=ballots) for center, some in sorted(by_center.items())}


def _count(*, electorate: Sequence[Elector], ballots: Mapping[str, Choice]) -> Count:
    said: dict[Choice, int] = defaultdict(int)
    for elector in electorate:
        if elector.code in ballots:
            said[ballots[elector.code]] += elector.weight
    return Count(
        electorate=sum(elector.weight for elector in electorate),
        favor=said[Choice.FAVOR],
        against=said[Choice.AGAINST],
        abstain=said[Choice.ABSTAIN],
        block=said[Choice.BLOCK],
    )


def _verdict(*, rule: RuleOfDecision, whole: Count, centers: Mapping[str, Count], lines: list[Text]) -> Verdict:
    """Quorum first, then consensus, a block, the majority; each line says what was needed and what there was.

    Who speaks for no center is counted in the whole alone.
    """
    centers = {center: count for center, count in centers.items() if center}
    if not _has_quorum(rule=rule, whole=whole, centers=centers, lines=lines):
        return Verdict.NO_QUORUM
    if rule.consensus_first:
        lines.append(_consensus_line(count=whole))
    if whole.block and rule.blocks_count is BlockCounts.STOPS:
        lines.append(
            Text(
                en=f"{whole.block} block, and by this rule one is enough to stop the question.",
                es=f"{whole.block} bloquean, y según esta regla basta uno para detener la cuestión.",
            )
        )
        return Verdict.REJECTED
    passed = _majority_line(count=whole, share=rule.majority, center="", lines=lines)
    if rule.majority_per_center is not None:
        for center, count in centers.items():
            passed &= _majority_line(count=count, share=rule.majority_per_center, center=center, lines=lines)
    return Verdict.PASSED if passed else Verdict.REJECTED


def _has_quorum(*, rule: RuleOfDecision, whole: Count, centers: Mapping[str, Count], lines: list[Text]) -> bool:
    """The quorum of the whole, and where the rule asks for it of each center; who speaks for none is in the whole."""
    met = _quorum_line(rule=rule, count=whole, share=rule.quorum, center="", lines=lines)
    if rule.quorum_per_center is not None:
        for center, count in centers.items():
            if center:
                met &= _quorum_line(rule=rule, count=count, share=rule.quorum_per_center, center=center, lines=lines)
    return met


def _consensus_line(*, count: Count) -> Text:
    if not count.against and not count.block:
        if not count.favor:
            return Text(en="Nobody agrees and nobody disagrees.", es="Nadie está de acuerdo ni en desacuerdo.")
        return Text(
            en=f"Consensus: {count.favor} agree, nobody disagrees and nobody blocks.",
            es=f"Consenso: {count.favor} de acuerdo, nadie en desacuerdo y nadie bloquea.",
        )
    return Text(
        en=f"No consensus: {count.against} disagree and {count.block} block, so it is counted.",
        es=f"No hay consenso: {count.against} en desacuerdo y {count.block} bloquean, así que se cuenta.",
    )


def _quorum_line(*, rule: RuleOfDecision, count: Count, share: Share, center: str, lines: list[Text]) -> bool:
    here = count.present if rule.abstentions_count_for_quorum else count.voting
    met = share.is_met(part=here, whole=count.electorate)
    needed, said, where = share.needed(whole=count.electorate), share.text(), f" ({center})" if center else ""
    ends_en, ends_es = ("there is a quorum", "hay quórum") if met else ("there is no quorum", "no hay quórum")
    lines.append(
        Text(
            en=f"Present{where}: {here} of {count.electorate}, needed {said.en}, which is {needed}: {ends_en}.",
            es=f"Presentes{where}: {here} de {count.electorate}; se requiere {said.es}, es decir {needed}: {ends_es}.",
        )
    )
    return met


def _majority_line(*, count: Count, share: Share, center: str, lines: list[Text]) -> bool:
    met = share.is_met(part=count.favor, whole=count.voting)
    needed, said, where = share.needed(whole=count.voting), share.text(), f" ({center})" if center else ""
    if count.voting == 0:
        lines.append(
            Text(en=f"Nobody voted{where}: it does not pass.", es=f"Nadie votó{where}: no se aprueba."),
        )
        return False
    ends_en, ends_es = ("it passes", "se aprueba") if met else ("it does not pass", "no se aprueba")
    lines.append(
        Text(
            en=f"In favor{where}: {count.favor} of {count.voting} voting, needed {said.en}, which is {needed}: "
            f"{ends_en}.",
            es=f"A favor{where}: {count.favor} de {count.voting} que votan; se requiere {said.es}, es decir {needed}: "
            f"{ends_es}.",
        )
    )
    return met
