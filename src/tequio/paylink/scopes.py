"""Finding what a page about proofs is about from its address, for the permission that guards it."""

from typing import Any

from tequio.accounts.permissions import Scope
from tequio.paylink.models import Proof


def scope_of_proof(*, proof_pk: int, **_: Any) -> Scope | None:
    """The scope of a proof: the center of who handed it in."""
    center = Proof.objects.filter(pk=proof_pk).values_list("claim__member__center_id", flat=True).first()
    return None if center is None else Scope(center_pk=center)
