"""Holding a proposal while something is written about it, so that two people at once come one after the other."""

from tequio.decisions.models import Body, Proposal


def lock_proposal(*, proposal: Proposal) -> Proposal:
    """The proposal as it is now, its row held until the transaction ends. Whatever writes about a proposal begins so.

    Order of locks: bodies, then proposals, then the journal's tip.
    """
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("body", "sponsor")
    return rows.get(pk=proposal.pk)


def lock_bodies() -> None:
    """Hold every body until the transaction ends: numbers of proposals are given out over all of them.

    Rows that only name a body may be written meanwhile (`no_key`); else who votes would wait for who drafts.
    """
    list(Body.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
