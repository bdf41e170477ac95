"""What the follow-up stores twice, worked out again: for `tequio check`."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from tequio.followup.models import CallItem, CallWhy, Dispatch, DispatchState, FollowUpPolicy, Notice
from tequio.followup.names import NOTICE, subject_of
from tequio.kernel.mail.models import MailState, OutgoingMail
from tequio.rules.ladder import Channel

_OVER = (DispatchState.CAME_BACK, DispatchState.DROPPED)
_SLICE = 5000


def follow_up_differences() -> Iterator[str]:
    """A sentence for everything that does not agree; nothing when all is well."""
    for policy in FollowUpPolicy.objects.filter(Q(decision__isnull=True) | Q(steps__isnull=True)).distinct():
        yield f"follow-up policy {policy.code} cites no decision or has no steps"
    over = Q(dispatch__state__in=_OVER)
    for pk in Notice.objects.filter((over & Q(ended=False)) | (~over & Q(ended=True))).values_list("pk", flat=True):
        yield f"notice {pk}: whether it ended is not what became of its dispatch"
    empty = Dispatch.objects.exclude(Exists(Notice.objects.filter(dispatch=OuterRef("pk"))))
    for pk in empty.values_list("pk", flat=True):
        yield f"dispatch {pk} carries no notice"
    yield from _mails()
    on_list = CallItem.objects.filter(member=OuterRef("member"), closed_at__isnull=True)
    merged = CallItem.objects.filter(member=OuterRef("member__merged_into"), closed_at__isnull=True)
    calls = Dispatch.objects.filter(channel=Channel.CALL.value, state=DispatchState.WAITING)
    for pk in calls.exclude(Exists(on_list) | Exists(merged)).values_list("pk", flat=True):
        yield f"dispatch {pk} waits for a call and is not on the call list"
    lost = CallItem.objects.filter(why=CallWhy.LADDER, closed_at__isnull=True).exclude(
        dispatch__state=DispatchState.WAITING
    )
    for pk in lost.values_list("pk", flat=True):
        yield f"call {pk} is on the list for a dispatch that does not wait"


def _mails() -> Iterator[str]:
    """Every mail that is due has its place in the queue."""
    waiting = Dispatch.objects.filter(channel=Channel.MAIL.value, state=DispatchState.WAITING).order_by("pk")
    pks = list(waiting.values_list("pk", flat=True))
    for start in range(0, len(pks), _SLICE):
        keys = {f"{NOTICE}:{subject_of(dispatch_pk=pk)}": pk for pk in pks[start : start + _SLICE]}
        queued = OutgoingMail.objects.filter(kind=NOTICE, state__in=MailState.values, once_key__in=list(keys))
        there = set(queued.values_list("once_key", flat=True))
        for key, pk in keys.items():
            if key not in there:
                yield f"dispatch {pk} is due by mail and is not in the queue"
