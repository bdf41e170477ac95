"""Leaving, coming back, and the log of who tried to reach a member."""

from datetime import date, datetime

from django.db import transaction

from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members import hooks
from tequio.members.locking import lock_member
from tequio.members.models import ContactAttempt, Membership
from tequio.members.queries import member_by_code


@transaction.atomic
def leave(*, code: str, on: date, actor: str, at: datetime) -> None:
    """End a membership: `on` is the first day it no longer belongs. What it owes stays owed.

    Whoever is merged with it leaves with it: they are one member.
    """
    locked = lock_member(code=code)
    member = locked.head
    memberships = list(Membership.objects.filter(member_id__in=locked.family, left_on__isnull=True))
    if not memberships:
        raise Refusal(en=f"{code} has left already.", es=f"{code} ya se había ido.")
    first = min(membership.joined_on for membership in memberships)
    if on < first:
        raise Refusal(
            en=f"{code} joined on {first}; it cannot leave before.",
            es=f"{code} ingresó el {first}; no puede irse antes.",
        )
    for membership in memberships:
        Membership.objects.filter(pk=membership.pk).update(left_on=max(on, membership.joined_on))
    hooks.refresh_standings(member_pks=[member.pk], actor=actor, at=at)
    journal.append(
        kind=Kind.MEMBER_LEFT, subject=f"member:{member.code}", actor=actor, at=at, payload={"on": on.isoformat()}
    )


@transaction.atomic
def rejoin(*, code: str, on: date, actor: str, at: datetime) -> None:
    """Begin a new period of membership on a day; its years start on that day, and the old period stays on record."""
    locked = lock_member(code=code)
    member = locked.head
    before = list(Membership.objects.filter(member_id__in=locked.family))
    if any(membership.left_on is None for membership in before):
        raise Refusal(en=f"{code} is a member already.", es=f"{code} ya es miembro.")
    left = max((membership.left_on for membership in before if membership.left_on), default=None)
    if left is not None and on < left:
        raise Refusal(
            en=f"{code} left on {left}; it cannot come back before.",
            es=f"{code} se fue el {left}; no puede volver antes.",
        )
    Membership.objects.create(member=member, joined_on=on, first_period_on=on)
    hooks.refresh_standings(member_pks=[member.pk], actor=actor, at=at)
    journal.append(
        kind=Kind.MEMBER_REJOINED, subject=f"member:{member.code}", actor=actor, at=at, payload={"on": on.isoformat()}
    )


@transaction.atomic
def log_contact(*, code: str, on: date, by: str, outcome: str, actor: str, at: datetime, note: str = "") -> None:
    """Write down that somebody tried to reach a member on a day: outcome `attempted` or `reached`.

    An attempt is what disabling waits for; reaching a disabled member brings it back for the policy's days.
    Refuses a day that has not come.
    """
    locked = lock_member(code=code)
    member = member_by_code(code=code)
    if on > day_in(zone=locked.center.zone, at=at):
        raise Refusal(
            en=f"{on} has not come yet; a contact is logged after it happened.",
            es=f"El {on} todavía no llega; un contacto se anota después de que ocurrió.",
        )
    if not by.strip():
        raise Refusal(en="Say who tried to reach the member.", es="Diga quién trató de contactar a la membresía.")
    ContactAttempt.objects.create(member=member, on=on, by=by.strip()[:120], outcome=outcome, note=note, entered_at=at)
    hooks.refresh_standings(member_pks=[locked.head.pk], actor=actor, at=at)
    journal.append(
        kind=Kind.CONTACT_LOGGED,
        subject=f"member:{member.code}",
        actor=actor,
        at=at,
        payload={"on": on.isoformat(), "outcome": outcome},
    )
