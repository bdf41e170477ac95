"""What banking stores twice, worked out again: for `tequio check`."""

from collections.abc import Iterator

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from tequio.banking.models import BankLine, LineState, Match, MatchState


def banking_differences() -> Iterator[str]:
    """A sentence for everything that does not agree; nothing when all is well."""
    posted = Coalesce(Sum("matches__amount", filter=Q(matches__state=MatchState.POSTED)), 0)
    lines = BankLine.objects.filter(amount__gt=0).annotate(posted=posted)
    whole = Q(posted=F("amount"))
    for pk in lines.filter(posted__gt=F("amount")).order_by("pk").values_list("pk", flat=True):
        yield f"bank line {pk}: more than its money was given to members"
    wrong = lines.filter((Q(state=LineState.MATCHED) & ~whole) | (~Q(state=LineState.MATCHED) & whole))
    for pk in wrong.order_by("pk").values_list("pk", flat=True):
        yield f"bank line {pk}: whether it is matched is not what its payments say"
    matches = Match.objects.filter(state=MatchState.POSTED)
    bad = matches.filter(
        Q(payment__voided_on__isnull=False)
        | ~Q(payment__amount=F("amount"))
        | ~Q(payment__currency=F("line__currency"))
    )
    for pk in bad.order_by("pk").values_list("pk", flat=True):
        yield f"match {pk}: its payment is voided, or of another amount or currency"
    queued = Match.objects.filter(state=MatchState.QUEUED).exclude(line__state=LineState.QUEUED)
    for pk in queued.order_by("pk").values_list("pk", flat=True):
        yield f"match {pk} is queued and its line is not"
