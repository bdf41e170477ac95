"""Closing a vote: the verdict is counted from the ballots, written once, and what follows from it is done with it.

Order of locks: bodies, the proposal, the vote, the journal's tip. A ballot holds the vote alone.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tequio.decisions.locking import lock_bodies, lock_proposal
from tequio.decisions.models import How, Vote
from tequio.decisions.operations.following import follow
from tequio.decisions.queries.counting import Cast, ballots_in, cast_in, frozen_rule, outcome_of_vote
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.operations import canonical
from tequio.rules.deciding import Count, Outcome, is_decided_early


def close(*, vote: Vote, actor: str, at: datetime) -> Vote:
    """Close a vote and do what follows; the vote as it is now.

    Refuses one that is closed already, and one online before its hour, unless its rule closes early and no ballot that
    is still to come could change the verdict. One taken in a sitting is closed when its chair has entered the ballots.
    """
    with transaction.atomic():
        lock_bodies()
        lock_proposal(proposal=vote.proposal)
        held = _held(vote=vote)
        if held.closed_at is not None:
            raise Refusal(en="This vote is closed already.", es="Esta votación ya está cerrada.")
        cast = cast_in(vote=held)
        if held.how == How.ONLINE and at < held.closes_at and not _is_decided(vote=held, cast=cast):
            raise Refusal(
                en="This vote is still open; its hour has not come.",
                es="Esta votación sigue abierta; aún no llega su hora.",
            )
        return _closed(vote=held, cast=cast, actor=actor, at=at)


def close_if_decided(*, vote: Vote, actor: str, at: datetime) -> bool:
    """Close a vote whose rule closes early, if nothing that is still to come can change it; whether it was closed."""
    if not vote.rule.get("closes_early"):
        return False
    with transaction.atomic():
        lock_bodies()
        lock_proposal(proposal=vote.proposal)
        held = _held(vote=vote)
        cast = cast_in(vote=held)
        if held.closed_at is not None or not _is_decided(vote=held, cast=cast):
            return False
        _closed(vote=held, cast=cast, actor=actor, at=at)
        return True


def close_due(*, actor: str, at: datetime) -> list[int]:
    """Close every vote online whose hour has come; their numbers. Safe to run by several processes at once."""
    due = Vote.objects.select_related("proposal").filter(closed_at__isnull=True, how=How.ONLINE, closes_at__lte=at)
    closed = []
    for vote in due.order_by("closes_at", "pk"):
        with transaction.atomic():
            lock_bodies()
            lock_proposal(proposal=vote.proposal)
            held = _held(vote=vote)
            if held.closed_at is None:
                _closed(vote=held, cast=cast_in(vote=held), actor=actor, at=at)
                closed.append(held.pk)
    return closed


def _held(*, vote: Vote) -> Vote:
    rows = Vote.objects.select_for_update(of=("self",)).select_related(
        "rule_row__decision", "body", "proposal", "question__version", "sitting", "let_into", "amendment"
    )
    return rows.get(pk=vote.pk)


def _is_decided(*, vote: Vote, cast: list[Cast]) -> bool:
    rule = frozen_rule(vote=vote)
    return is_decided_early(rule=rule, electorate=[one.elector for one in cast], ballots=ballots_in(cast))


def _closed(*, vote: Vote, cast: list[Cast], actor: str, at: datetime) -> Vote:
    """Count, write the verdict once, and do what follows, in the caller's transaction."""
    outcome = outcome_of_vote(vote=vote, cast=cast)
    vote.closed_at, vote.closed_by = at, actor
    vote.verdict = outcome.verdict.value
    vote.counts = counts_of(outcome=outcome, cast=cast)
    vote.lines = [[line.en, line.es] for line in outcome.lines]
    vote.ballots_hash = ballots_hash(cast)
    changed = Vote.objects.filter(pk=vote.pk, closed_at__isnull=True).update(
        closed_at=at,
        closed_by=actor,
        verdict=vote.verdict,
        counts=vote.counts,
        lines=vote.lines,
        ballots_hash=vote.ballots_hash,
    )
    if changed != 1:
        raise Refusal(en="This vote is closed already.", es="Esta votación ya está cerrada.")
    follow(vote=vote, outcome=outcome, actor=actor, at=at)
    journal.append(
        kind=Kind.VOTE_CLOSED,
        subject=f"vote:{vote.pk}",
        actor=actor,
        at=at,
        payload={"verdict": vote.verdict, "counts": vote.counts, "ballots": vote.ballots_hash},
    )
    return vote


def counts_of(*, outcome: Outcome, cast: list[Cast]) -> dict[str, Any]:
    """The counts as a vote keeps them: weights, in all and by center, and how many electors and ballots there were."""
    return {
        **_weights(outcome.count),
        "electors": len(cast),
        "ballots": len(ballots_in(cast)),
        "consensus": outcome.consensus,
        "per_center": {center: _weights(count) for center, count in outcome.per_center.items()},
    }


def _weights(count: Count) -> Mapping[str, int]:
    return {
        "electorate": count.electorate,
        "present": count.present,
        "favor": count.favor,
        "against": count.against,
        "abstain": count.abstain,
        "block": count.block,
    }


def ballots_hash(cast: list[Cast], /) -> str:
    """A hash of what every elector said, and who cast it."""
    rows = sorted([one.elector.code, one.choice, one.cast_by] for one in cast if one.choice)
    return hashlib.sha256(canonical(rows).encode()).hexdigest()
