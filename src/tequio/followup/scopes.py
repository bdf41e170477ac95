"""Finding what a page of the follow-up is about from its address, for the permission that guards it."""

from typing import Any

from tequio.accounts.permissions import Scope
from tequio.centers.models import Center
from tequio.followup.models import CallItem, Dispatch, LetterBatch, PaymentClaim, Release, Task


def scope_of_call(*, item_pk: int, **_: Any) -> Scope | None:
    """The scope of a call: the center that calls."""
    return _of(CallItem.objects.filter(pk=item_pk))


def scope_of_task(*, task_pk: int, **_: Any) -> Scope | None:
    """The scope of a task: its center."""
    return _of(Task.objects.filter(pk=task_pk))


def scope_of_release(*, release_pk: int, **_: Any) -> Scope | None:
    """The scope of held notices: their center."""
    return _of(Release.objects.filter(pk=release_pk))


def scope_of_batch(*, batch_pk: int, **_: Any) -> Scope | None:
    """The scope of a batch of letters: its center."""
    return _of(LetterBatch.objects.filter(pk=batch_pk))


def scope_of_dispatch(*, dispatch_pk: int, **_: Any) -> Scope | None:
    """The scope of something sent: its center."""
    return _of(Dispatch.objects.filter(pk=dispatch_pk))


def scope_of_claim(*, claim_pk: int, **_: Any) -> Scope | None:
    """The scope of a claim of payment: the center of who claims it."""
    center = PaymentClaim.objects.filter(pk=claim_pk).values_list("member__center_id", flat=True).first()
    return None if center is None else Scope(center_pk=center)


def scope_of_center(*, code: str, **_: Any) -> Scope | None:
    """The scope of a center's own pages."""
    center = Center.objects.filter(code=code).values_list("pk", flat=True).first()
    return None if center is None else Scope(center_pk=center)


def _of(rows: Any) -> Scope | None:
    center = rows.values_list("center_id", flat=True).first()
    return None if center is None else Scope(center_pk=center)
