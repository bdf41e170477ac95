"""Two entries for one member become one, without moving a row: nothing is lost, and it can be undone."""

from datetime import datetime

from django.db import transaction

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
    # Whoever was merged into the other now counts as the keeper too, one level deep; the journal remembers them.
    grandchildren = list(Member.objects.filter(merged_into=other).order_by("pk").values_list("code", flat=True))
    Member.objects.filter(merged_into=other).update(merged_into=keeper)
    Member.objects.filter(pk=other.pk).update(merged_into=keeper)
    hooks.refresh_standings(member_pks=[keeper.pk], actor=actor, at=at)
    journal.append(
        kind=Kind.MEMBERS_MERGED,
        subject=f"member:{kept}",
        actor=actor,
        at=at,
        payload={"merged": merged, "with_it": grandchildren},
    )


@transaction.atomic
def undo_merge(*, merged: str, actor: str, at: datetime) -> str:
    """Make a merged member one of its own again; returns the code of the member it was counted as."""
    other = _locked(merged)
    keeper = other.merged_into
    if keeper is None:
        raise Refusal(en=f"{merged} is not merged into another member.", es=f"{merged} no está unido a otro miembro.")
    Member.objects.filter(pk=other.pk).update(merged_into=None)
    with_it = _came_with(code=merged, keeper=keeper.code)
    Member.objects.filter(code__in=with_it, merged_into=keeper).update(merged_into=other)
    hooks.refresh_standings(member_pks=[keeper.pk, other.pk], actor=actor, at=at)
    journal.append(
        kind=Kind.MERGE_UNDONE, subject=f"member:{keeper.code}", actor=actor, at=at, payload={"merged": merged}
    )
    return keeper.code


def _came_with(*, code: str, keeper: str) -> list[str]:
    """The members that were merged into `code` when it was merged itself, from the journal."""
    from tequio.kernel.journal.queries import events_about

    came: list[str] = []
    for event in events_about(subject=f"member:{keeper}").filter(kind=Kind.MEMBERS_MERGED.value):
        if event.payload.get("merged") == code:
            came = list(event.payload.get("with_it", []))
    return came


def _locked(code: str) -> Member:
    return Member.objects.select_for_update(of=("self",)).get(pk=member_by_code(code=code).pk)
