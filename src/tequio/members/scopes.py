"""Finding what a page is about from its address, for the permission that guards it."""

from typing import Any

from tequio.accounts.permissions import Scope
from tequio.members.models import Member


def scope_of_member(*, member_pk: int, **_: Any) -> Scope | None:
    """The scope of a member's pages: its center, and the member it is counted as. None where there is none."""
    found = Member.objects.filter(pk=member_pk).values_list("pk", "merged_into_id", "center_id").first()
    if found is None:
        return None
    pk, head, center = found
    return Scope(center_pk=center, member_pk=head or pk)
