"""What callers do, as tests say it: who is taken, what came of the call."""

from datetime import timedelta

from tequio.followup.models import (
    CallOutcome,
    Dispatch,
)
from tequio.followup.operations.calling import Outcome, claim_next, save_call
from tequio.members.models import Member

DAY = timedelta(days=1)
PHONE = {"phone": "+1 212 555 0100", "country": "US", "state": "NY"}


def centers():
    return frozenset(Member.objects.values_list("center_id", flat=True))


def take(at, actor="user:1"):
    return claim_next(center_pks=centers(), actor=actor, at=at)


def save(item, at, kind=CallOutcome.REACHED, actor="user:1", **given):
    return save_call(
        item_pk=item.pk,
        claim_mark=item.claim,
        outcome=Outcome(kind=kind, **given),
        caller="Nadia",
        actor=actor,
        at=at,
    )


def call_dispatch():
    return Dispatch.objects.get(channel="call")
