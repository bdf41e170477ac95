"""Finding what a page is about from its address, for the permission that guards it."""

from typing import Any

from tequio.accounts.permissions import Scope
from tequio.decisions.models import ActionItem, Body, Decision, Proposal, Sitting, Vote


def scope_of_body(*, body: str, **_: Any) -> Scope | None:
    """The scope of a body's pages. None where there is none."""
    return _scope(Body.objects.filter(code=body).values_list("pk", flat=True).first())


def scope_of_proposal(*, proposal: str, **_: Any) -> Scope | None:
    """The scope of a proposal's pages: the body it is put to."""
    return _scope(Proposal.objects.filter(code=proposal).values_list("body_id", flat=True).first())


def scope_of_vote(*, vote_pk: int, **_: Any) -> Scope | None:
    """The scope of a vote's pages: the body that votes."""
    return _scope(Vote.objects.filter(pk=vote_pk).values_list("body_id", flat=True).first())


def scope_of_sitting(*, sitting_pk: int, **_: Any) -> Scope | None:
    """The scope of a sitting's pages: its body."""
    return _scope(Sitting.objects.filter(pk=sitting_pk).values_list("body_id", flat=True).first())


def scope_of_decision(*, code: str, **_: Any) -> Scope | None:
    """The scope of what carries a decision out: the body that took it."""
    return _scope(Decision.objects.filter(code=code).values_list("body_id", flat=True).first())


def scope_of_action(*, action_pk: int, **_: Any) -> Scope | None:
    """The scope of an action item: its body."""
    return _scope(ActionItem.objects.filter(pk=action_pk).values_list("body_id", flat=True).first())


def _scope(body_pk: int | None) -> Scope | None:
    return None if body_pk is None else Scope(body_pk=body_pk)
