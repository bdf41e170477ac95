"""The rows of the call list: a member is on it once, whatever it is to be called about."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models.functions import Coalesce

from tequio.centers.models import Center
from tequio.followup.models import CallItem, CallWhy, Dispatch, DispatchState
from tequio.kernel import bulk
from tequio.kernel.bulk import stored_moment, these
from tequio.rules.ladder import Channel

_CALL_ITEM = (
    *("member_id", "center_id", "why", "dispatch_id", "ready_at", "tries", "claimed_by", "claim", "opened_at"),
    "closed_because",
)


def put_on_call_list(*, center: Center, calls: Sequence[tuple[int, int]], at: datetime) -> None:
    """Put members (with the dispatch that asks for it) on the call list; one that is on it keeps its place."""
    there = dict(
        CallItem.objects.filter(member_id__in=these(pk for pk, _ in calls), closed_at__isnull=True).values_list(
            "member_id", "pk"
        )
    )
    moment = stored_moment(at)
    bulk.insert(
        model=CallItem,
        columns=_CALL_ITEM,
        rows=[
            (member_pk, center.pk, CallWhy.LADDER.value, dispatch_pk, moment, 0, "", "", moment, "")
            for member_pk, dispatch_pk in calls
            if member_pk not in there
        ],
    )
    for member_pk, dispatch_pk in calls:
        if member_pk in there:
            CallItem.objects.filter(pk=there[member_pk]).update(dispatch=dispatch_pk)


def waiting_calls(*, family: Collection[int]) -> list[int]:
    """The dispatches that ask for a call to a member, one for each time the ladder came to it; one call takes all."""
    rows = Dispatch.objects.filter(member_id__in=list(family), channel=Channel.CALL.value, state=DispatchState.WAITING)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def take_off_where_dropped(*, dropped: Collection[int], why: str, at: datetime) -> None:
    """Close the ladder's rows whose dispatch was dropped; one that the ladder asks for on another account stays."""
    rows = CallItem.objects.filter(dispatch_id__in=list(dropped), closed_at__isnull=True, why=CallWhy.LADDER).annotate(
        head=Coalesce("member__merged_into_id", "member_id")
    )
    items = list(rows.order_by("pk").values_list("pk", "head"))
    others = Dispatch.objects.filter(channel=Channel.CALL.value, state=DispatchState.WAITING)
    others = others.annotate(head=Coalesce("member__merged_into_id", "member_id"))
    left = dict(others.filter(head__in=[head for _, head in items]).order_by("pk").values_list("head", "pk"))
    for pk, head in items:
        if head in left:
            CallItem.objects.filter(pk=pk).update(dispatch=left[head])
    gone = [pk for pk, head in items if head not in left]
    CallItem.objects.filter(pk__in=gone).update(
        closed_at=at, closed_because=why, claim="", claimed_by="", claimed_until=None
    )
