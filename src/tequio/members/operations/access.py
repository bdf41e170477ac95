"""Who signs in for a member: sees its account and nobody else's."""

from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.models import Member, MemberAccess
from tequio.members.queries import head_of


@transaction.atomic
def give_access(*, user: User, member: Member, actor: str, at: datetime) -> bool:
    """Let a person sign in for a member, or for the one it was merged into; False where it could already.

    Refuses a closed account.
    """
    if not user.is_active:
        raise Refusal(en=f"The account of {user.email} is closed.", es=f"La cuenta de {user.email} está cerrada.")
    head = head_of(member=member)
    _, made = MemberAccess.objects.get_or_create(user=user, member=head)
    if made:
        _note(kind=Kind.MEMBER_ACCESS_GIVEN, user=user, member=head, actor=actor, at=at)
    return made


@transaction.atomic
def take_access(*, user: User, member: Member, actor: str, at: datetime) -> bool:
    """Let a person sign in for a member no longer; False where it could not anyway.

    What was given for a member before it was merged ends with it, so that the person sees neither of the two.
    """
    head = head_of(member=member)
    # Not by family: access to another member merged into the same head was given for a reason of its own.
    gone, _ = MemberAccess.objects.filter(user=user, member__in={member.pk, head.pk}).delete()
    if gone:
        _note(kind=Kind.MEMBER_ACCESS_TAKEN, user=user, member=head, actor=actor, at=at)
    return bool(gone)


def _note(*, kind: Kind, user: User, member: Member, actor: str, at: datetime) -> None:
    journal.append(kind=kind, subject=f"member:{member.code}", actor=actor, at=at, payload={"person": user.actor})
