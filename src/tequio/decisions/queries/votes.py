"""What reads votes."""

from tequio.decisions.models import Proposal, Vote


def is_being_voted(*, proposal: Proposal) -> bool:
    """Whether a vote about a proposal is open: until it closes nothing about the proposal may change."""
    return Vote.objects.filter(proposal=proposal, closed_at__isnull=True).exists()
