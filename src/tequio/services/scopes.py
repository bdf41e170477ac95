"""Finding what a page about an account is about from its address, for the permission that guards it."""

from typing import Any

from tequio.accounts.permissions import Scope
from tequio.services.models import BalanceEvidence, BulkSuspension, Lending, ServiceAccount, Wave


def scope_of_account(*, account_pk: int, **_: Any) -> Scope | None:
    """The scope of an account's pages: its member and that one's center; of a lent one, the center that lends."""
    row = (
        ServiceAccount.objects.filter(pk=account_pk)
        .values_list("member_id", "member__merged_into_id", "member__center_id", "lending__center_id")
        .first()
    )
    if row is None:
        return None
    member, head, center, lends = row
    return Scope(center_pk=center or lends, member_pk=head or member)


def scope_of_bulk(*, bulk_pk: int, **_: Any) -> Scope | None:
    """The scope of a stopped suspension: everything. None where there is no such one."""
    return Scope() if BulkSuspension.objects.filter(pk=bulk_pk).exists() else None


def scope_of_loan(*, loan: str, **_: Any) -> Scope | None:
    """The scope of a loan: everything. None where there is no such one."""
    return Scope() if Lending.objects.filter(code=loan).exists() else None


def scope_of_wave(*, wave: str, **_: Any) -> Scope | None:
    """The scope of a wave: its center. None where there is no such one."""
    center = Wave.objects.filter(code=wave).values_list("center_id", flat=True).first()
    return Scope(center_pk=center) if center is not None else None


def scope_of_evidence(*, evidence_pk: int, **_: Any) -> Scope | None:
    """The scope of a paper behind a balance: the center of its wave. None where there is no such one."""
    center = BalanceEvidence.objects.filter(pk=evidence_pk).values_list("balance__wave__center_id", flat=True).first()
    return Scope(center_pk=center) if center is not None else None
