"""What `tequio check` works out again about decisions: verdicts from ballots, hashes, ends, effects, who cites whom."""

from collections import defaultdict
from collections.abc import Iterator

from tequio.decisions.effects.previewing import digest_of
from tequio.decisions.effects.registry import kind_of, lost
from tequio.decisions.models import (
    About,
    Decision,
    DecisionEffect,
    EffectState,
    Proposal,
    Question,
    Seat,
    Stage,
    Vote,
)
from tequio.decisions.operations.closing import ballots_hash, counts_of
from tequio.decisions.queries.counting import cast_in, outcome_of_vote
from tequio.decisions.queries.electorates import electorate_hash, frozen_electorate
from tequio.kernel.errors import Refusal
from tequio.rules.deciding import Verdict
from tequio.rules.dividing import CARRIED_OUT, End, Qualifier, end_of, end_of_whole


def decision_differences() -> Iterator[str]:
    """A sentence for everything about decisions that is not as it should be; nothing when all is well."""
    yield from _seats()
    for vote in Vote.objects.select_related("rule_row__decision", "decision").order_by("pk"):
        yield from _vote(vote)
    yield from _effects()
    yield from _questions()
    yield from _stages()


def _seats() -> Iterator[str]:
    """Every seat cites a decision. Mandates, rules and what they put in force cannot do without, by their columns."""
    for code in Seat.objects.filter(decision__isnull=True).order_by("code").values_list("code", flat=True):
        yield f"seat {code} cites no decision"


def _vote(vote: Vote) -> Iterator[str]:
    """The electorate and what was seen are as they were frozen; the verdict follows from the ballots."""
    if electorate_hash(frozen_electorate(vote=vote)) != vote.electorate_hash:
        yield f"vote {vote.pk}: its electorate is not the one that was frozen"
    if digest_of(seen=vote.seen) != vote.seen_hash:
        yield f"vote {vote.pk}: what its voters saw is not what was frozen"
    if vote.closed_at is None:
        return
    cast = cast_in(vote=vote)
    if ballots_hash(cast) != vote.ballots_hash:
        yield f"vote {vote.pk}: its ballots are not those that were counted"
    outcome = outcome_of_vote(vote=vote, cast=cast)
    if outcome.verdict.value != vote.verdict:
        yield f"vote {vote.pk}: “{vote.verdict}” is stored, “{outcome.verdict}” follows from the ballots"
    if counts_of(outcome=outcome, cast=cast) != vote.counts:
        yield f"vote {vote.pk}: its counts do not follow from the ballots"
    if [[line.en, line.es] for line in outcome.lines] != vote.lines:
        yield f"vote {vote.pk}: the lines that explain it do not follow from the ballots"
    yield from _decision_of(vote)


def _decision_of(vote: Vote) -> Iterator[str]:
    """The decision of a vote ends as the verdict and the motion say, with its counts and its effects."""
    decision: Decision | None = getattr(vote, "decision", None)
    end = None
    if vote.about == About.QUESTION:
        end = end_of(verdict=Verdict(vote.verdict), motion=Qualifier(vote.qualifier))
    if end is None or decision is None:
        if (end is None) != (decision is None):
            yield f"vote {vote.pk}: it has {'no decision' if decision is None else 'a decision it did not take'}"
        return
    if decision.end != end.value:
        yield f"decision {decision.code}: “{decision.end}” is stored, “{end}” follows from its vote"
    stored = (decision.in_favor, decision.against, decision.abstained, decision.blocked)
    counted = tuple(vote.counts.get(name) for name in ("favor", "against", "abstain", "block"))
    if stored != counted:
        yield f"decision {decision.code}: the counts {stored} are stored, its vote has {counted}"
    voted = vote.seen.get("written", []) if end in CARRIED_OUT else []
    there = list(
        DecisionEffect.objects.filter(decision=decision).order_by("position").values_list("kind", "data", "base")
    )
    if there != [(one["kind"], one["data"], one["base"]) for one in voted]:
        yield f"decision {decision.code}: its effects are not those that were voted"


def _effects() -> Iterator[str]:
    """What was carried out was confirmed by somebody, by a decision that does so, and is there."""
    rows = DecisionEffect.objects.exclude(state=EffectState.WAITING).select_related("decision", "reverses")
    for row in rows.order_by("decision_id", "position"):
        name = f"decision {row.decision.code}, effect {row.position + 1}"
        if not row.confirmed_as:
            yield f"{name}: nobody confirmed it"
        if row.state == EffectState.DROPPED:
            continue
        if "data" not in row.plan:
            yield f"{name}: it was carried out and its plan was not kept"
        try:
            missing = lost(kind_of(name=row.kind), decision=row.decision, result=row.result)
        except Refusal as refusal:
            missing = refusal.text.en
        if missing:
            yield f"{name}: {missing}"
    reversed_ = DecisionEffect.objects.filter(state=EffectState.REVERSED, reversed_by__isnull=True)
    for code, position in reversed_.values_list("decision__code", "position"):
        yield f"decision {code}, effect {position + 1}: it was taken back by no effect"


def _questions() -> Iterator[str]:
    """A question ends as its last decision did; the whole of a divided one as its parts say."""
    last = dict(
        Decision.objects.filter(question__isnull=False, recorded=False).order_by("pk").values_list("question_id", "end")
    )
    by_version: dict[int, list[Question]] = defaultdict(list)
    for question in Question.objects.select_related("proposal").order_by("version_id", "number"):
        by_version[question.version_id].append(question)
        end = last.get(question.pk)
        if end is not None and question.end not in (end, End.WITHDRAWN.value):
            code = question.proposal.code
            yield f"proposal {code}: question {question.number} ends “{question.end}”, its decision “{end}”"
    for questions in by_version.values():
        parts = [one for one in questions if one.number]
        ends = [End(one.end) for one in parts if one.end]
        if not parts or len(ends) < len(parts):
            continue
        whole, end_whole = questions[0], end_of_whole(parts=ends)
        if end_whole is not None and whole.end != end_whole.value:
            yield f"proposal {whole.proposal.code}: the whole ends “{whole.end}”, its parts say “{end_whole}”"


def _stages() -> Iterator[str]:
    """A proposal is being voted just where a vote on a question of it is open."""
    voting = set(
        Vote.objects.filter(closed_at__isnull=True, about=About.QUESTION).values_list("proposal__code", flat=True)
    )
    staged = set(Proposal.objects.filter(stage=Stage.VOTE).values_list("code", flat=True))
    for code in sorted(voting ^ staged):
        yield f"proposal {code}: its stage and its votes do not agree"
