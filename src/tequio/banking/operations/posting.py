"""Posting what is certain: the queue of an account, a slice to a transaction, in any order of crashes.

A line leaves the queue in the transaction that makes its payments. A killed process loses the slice it was in and
nothing else; each payment has a key of its own (`bank:MATCH`), so that not even two processes make one twice.
"""

from datetime import datetime

from django.db import transaction

from tequio.banking.models import BankAccount, BankLine, LineState, Match, MatchState
from tequio.centers.models import Center
from tequio.dues.models import Payment
from tequio.dues.operations.paying import add_payment
from tequio.kernel.errors import Refusal
from tequio.members.models import Member

SLICE = 50


def post_queued(*, account: BankAccount, actor: str, at: datetime) -> int:
    """Post every queued line of an account; how many lines. Safe to repeat, and by several processes at once."""
    posted = 0
    while True:
        with transaction.atomic():
            Center.objects.select_for_update().get(pk=account.center_id)
            pks = list(
                BankLine.objects.filter(account=account, state=LineState.QUEUED)
                .order_by("pk")
                .values_list("pk", flat=True)[:SLICE]
            )
            if not pks:
                return posted
            members = Match.objects.filter(line_id__in=pks, state=MatchState.QUEUED).values_list("member_id", flat=True)
            # Locked in one order before the journal's tip is, as everything does (docs/structure.md).
            list(Member.objects.select_for_update(of=("self",)).filter(pk__in=sorted(set(members))).order_by("pk"))
            for line in BankLine.objects.select_related("account").filter(pk__in=pks).order_by("pk"):
                _post_line(line=line, actor=actor, at=at)
                posted += 1


def post_all_queued(*, actor: str, at: datetime) -> int:
    """Post what is queued on every account: for the daily work, after something was killed."""
    waiting = BankLine.objects.filter(state=LineState.QUEUED).order_by().values("account_id")
    accounts = BankAccount.objects.filter(pk__in=waiting).order_by("pk")
    return sum(post_queued(account=account, actor=actor, at=at) for account in accounts)


def _post_line(*, line: BankLine, actor: str, at: datetime) -> None:
    try:
        with transaction.atomic():
            for match in (
                Match.objects.filter(line=line, state=MatchState.QUEUED).select_related("member").order_by("pk")
            ):
                post_match(match=match, line=line, actor=actor, at=at)
            BankLine.objects.filter(pk=line.pk).update(state=LineState.MATCHED)
    except Refusal as refusal:
        # A closed period, a currency that changed: the line waits for a person, with the reason.
        Match.objects.filter(line=line, state=MatchState.QUEUED).update(state=MatchState.SUGGESTED)
        BankLine.objects.filter(pk=line.pk).update(
            state=LineState.SUGGESTED, why_en=refusal.text.en[:400], why_es=refusal.text.es[:400]
        )


def post_match(*, match: Match, line: BankLine, actor: str, at: datetime, toward: str = "") -> Payment:
    """Make the payment of a match, in the caller's transaction, which holds the center."""
    payment = add_payment(
        code=match.member.code,
        amount=match.amount,
        currency=line.currency,
        on=line.on,
        method=line.account.method,
        once_key=f"bank:{match.pk}",
        toward=toward,
        actor=actor,
        at=at,
    )
    Match.objects.filter(pk=match.pk).update(state=MatchState.POSTED, payment=payment, decided_by=actor, decided_at=at)
    match.payment, match.state = payment, MatchState.POSTED
    return payment
