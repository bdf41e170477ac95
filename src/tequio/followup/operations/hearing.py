"""What a member writes or says by itself: that it will pay on a day, that it has paid, that it may be called again.

It was reached by that, so whatever was switched off comes back for the policy's days.
"""

from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from tequio.followup.models import CallItem, CallRefusal, CallWhy
from tequio.followup.operations.listing import waiting_calls
from tequio.followup.operations.promising import make_claim, make_promise
from tequio.followup.operations.settling import drop
from tequio.followup.queries.call_list import owed_now, policy_of
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.members.locking import Locked, lock_member
from tequio.members.operations import log_contact


class Heard(StrEnum):
    """What it said."""

    PROMISED = "promised"
    CLAIMED = "claimed"
    MAY_BE_CALLED = "may_be_called"


@transaction.atomic
def hear(*, code: str, heard: Heard, pay_on: date | None, note: str, by: str, actor: str, at: datetime) -> None:
    """Keep what a member said today; `by` is the name of whoever heard it. A ladder's call to it is taken back.

    Refuses a promise or a claim where nothing is owed, a promise without a day or beyond the policy's days, and
    that it may be called again where it never asked not to be.
    """
    held = lock_member(code=code)
    on = day_in(zone=held.center.zone, at=at)
    if heard is Heard.MAY_BE_CALLED:
        ended = CallRefusal.objects.filter(member_id__in=held.family, ended_on__isnull=True).update(ended_on=on)
        if not ended:
            raise Refusal(en="It never asked not to be called.", es="Nunca pidió que no se le llamara.")
    elif owed_now(family=held.family) == 0:
        raise Refusal(
            en="This member owes nothing, so there is nothing to promise or to look for.",
            es="Esta membresía no debe nada; no hay qué prometer ni qué buscar.",
        )
    log_contact(code=held.head.code, on=on, by=by, outcome="reached", actor=actor, at=at, note=note)
    if heard is Heard.PROMISED:
        policy = policy_of(center_pk=held.center.pk, on=on)
        make_promise(held=held, policy=policy, pay_on=pay_on, on=on, actor=actor, at=at)
    elif heard is Heard.CLAIMED:
        make_claim(held=held, note=note, on=on, actor=actor, at=at)
    if heard is not Heard.MAY_BE_CALLED:
        _take_back_call(held=held, why=heard.value, at=at)


def _take_back_call(*, held: Locked, why: str, at: datetime) -> None:
    """Nobody calls about what was just said, unless somebody has the member on the phone at this moment."""
    items = CallItem.objects.filter(
        member_id__in=held.family, closed_at__isnull=True, why__in=[CallWhy.LADDER, CallWhy.PROMISE]
    ).exclude(claimed_until__gt=at)
    found = list(items.values_list("pk", flat=True))
    if found:
        drop(pks=waiting_calls(family=held.family), why="paused")
    CallItem.objects.filter(pk__in=found).update(
        closed_at=at, closed_because=why, claim="", claimed_by="", claimed_until=None
    )
