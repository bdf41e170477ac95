"""Holding a member while something is written about it: center first, then member, as everything does."""

from collections.abc import Sequence
from dataclasses import dataclass

from tequio.centers.models import Center
from tequio.members.models import Member
from tequio.members.queries import family_of, head_of, member_by_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A member whose rows this transaction holds: the one it counts as, its center, the ids that count as it."""

    head: Member
    center: Center
    family: Sequence[int]


def lock_member(*, code: str) -> Locked:
    """Lock the member an id counts as, and its center, until the transaction ends. Refuses an id nobody has."""
    head = head_of(member=member_by_code(code=code))
    center = Center.objects.select_for_update().get(pk=head.center_id)
    locked = Member.objects.select_for_update(of=("self",)).get(pk=head.pk)
    return Locked(head=locked, center=center, family=family_of(head=locked))
