"""What reads votes."""

from datetime import datetime

from tequio.decisions.models import About, Delay, Proposal, Sitting, Version, Vote
from tequio.rules import review_clock
from tequio.rules.deciding import RuleOfDecision, Verdict


def is_being_voted(*, proposal: Proposal) -> bool:
    """Whether a vote about a proposal is open: until it closes nothing about the proposal may change."""
    return Vote.objects.filter(proposal=proposal, closed_at__isnull=True).exists()


def review_over_at(*, proposal: Proposal, rule: RuleOfDecision) -> datetime:
    """When the review of a circulated proposal is over, with the delays people asked for."""
    assert proposal.changed_at is not None  # noqa: S101 - CONFIG: it was circulated
    delays = [
        review_clock.Delay(by=str(user_pk), at=at, days=days)
        for user_pk, at, days in Delay.objects.filter(proposal=proposal).values_list("user_id", "at", "days")
    ]
    return review_clock.ready_at(rule=rule, changed_at=proposal.changed_at, delays=delays)


def was_let_in(*, proposal: Proposal, sitting: Sitting | None) -> bool:
    """Whether a recorded vote lets a proposal, as it is now, into a sitting although it came too late."""
    passed = Vote.objects.filter(
        proposal=proposal, about=About.LET_IN, verdict=Verdict.PASSED.value, opened_at__gte=proposal.changed_at
    )
    return sitting is not None and passed.filter(let_into=sitting).exists()


def was_waived(*, proposal: Proposal, version: Version) -> bool:
    """Whether a recorded vote lets a version be voted with its translation missing or old."""
    passed = Vote.objects.filter(proposal=proposal, about=About.WAIVE_TRANSLATION, verdict=Verdict.PASSED.value)
    return passed.filter(opened_at__gte=version.made_at).exists()
