"""Two entries for one member become one, without moving a row: nothing is lost, and it can be undone."""

from datetime import datetime

from django.db import transaction

from tequio.centers.models import Center
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members import hooks
from tequio.members.models import Member
from tequio.members.queries import member_by_code


@transaction.atomic
def merge_members(*, kept: str, merged: str, actor: str, at: datetime) -> None:
    """Count the member `merged` as the member `kept` from now on.

    Both ids stay and both find the kept member. Invoices, payments and contacts stay where they were made and are
    counted together. Refuses members of two centers (two currencies), a member with itself, and one merged already.
    """
    keeper, other = _locked(kept), _locked(merged)
    if keeper.pk == other.pk:
        raise Refusal(
            en=f"{kept} and {merged} are already one member.", es=f"{kept} y {merged} ya son un solo miembro."
        )
    if keeper.center_id != other.center_id:
        raise Refusal(
            en=f"{kept} and {merged} belong to different centers and currencies; they cannot be merged.",
            es=f"{kept} y {merged} son de centros y monedas distintas; no se pueden unir.",
        )
    for member, code in ((keeper, kept), (other, merged)):
        if member.merged_into_id is not None:
            raise Refusal(
                en=f"{code} is merged into another member already; undo that first.",
                es=f"{code} ya está unido a otro miembro; deshaga eso primero.",
            )
    Member.objects.filter(merged_into=other).update(merged_into=keeper)
    Member.objects.filter(pk=other.pk).update(merged_into=keeper, merged_by_hand_into=keeper)
    hooks.refresh_standings(member_pks=[keeper.pk], actor=actor, at=at)
    journal.append(kind=Kind.MEMBERS_MERGED, subject=f"member:{kept}", actor=actor, at=at, payload={"merged": merged})


@transaction.atomic
def undo_merge(*, merged: str, actor: str, at: datetime) -> str:
    """Make a merged member one of its own again; returns the code of the member it was counted as.

    What a person had merged into it before goes with it; what was merged elsewhere stays there.
    """
    other = _locked(merged)
    keeper = other.merged_into
    if keeper is None:
        raise Refusal(en=f"{merged} is not merged into another member.", es=f"{merged} no está unido a otro miembro.")
    Member.objects.filter(pk=other.pk).update(merged_into=None, merged_by_hand_into=None)
    Member.objects.filter(pk__in=_came_with(pk=other.pk)).update(merged_into=other)
    hooks.refresh_standings(member_pks=[keeper.pk, other.pk], actor=actor, at=at)
    journal.append(
        kind=Kind.MERGE_UNDONE, subject=f"member:{keeper.code}", actor=actor, at=at, payload={"merged": merged}
    )
    return keeper.code


def _came_with(*, pk: int) -> list[int]:
    """The members merged by hand into one, and into those, and so on."""
    found: list[int] = []
    step = [pk]
    while step:
        step = list(Member.objects.filter(merged_by_hand_into__in=step).order_by("pk").values_list("pk", flat=True))
        found += step
    return found


def _locked(code: str) -> Member:
    """The member of an id itself, merged or not, locked after all centers, so that merges take turns."""
    list(Center.objects.select_for_update().order_by("pk").values_list("pk"))
    return Member.objects.select_for_update(of=("self",)).get(pk=member_by_code(code=code).pk)
