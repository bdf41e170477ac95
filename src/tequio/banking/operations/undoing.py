"""Taking a match back: the payment is voided, the line waits again, and what was learnt of the payer is forgotten."""

from datetime import datetime

from django.db import transaction

from tequio.banking.models import BankLine, KnownPayer, Match, MatchState
from tequio.banking.operations.deciding import settle_line
from tequio.dues.operations.paying import void_payment
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind


@transaction.atomic
def undo(*, match_pk: int, reason: str, actor: str, at: datetime) -> None:
    """Take back a match that was wrong. Refuses one that has no payment (any more), and what refusing to void refuses.

    The line itself is opened again by `payment_voided`, which the void calls.
    """
    match = Match.objects.select_related("payment").filter(pk=match_pk, state=MatchState.POSTED).first()
    if match is None or match.payment is None:
        raise Refusal(en="That match was undone already.", es="Esa asignación ya se deshizo.")
    void_payment(number=match.payment.number, reason=reason, actor=actor, at=at)


def payment_voided(*, payment_pk: int, actor: str, at: datetime) -> None:
    """A payment was voided, on whichever page: the line it came from is nobody's again."""
    match = Match.objects.select_related("line").filter(payment_id=payment_pk, state=MatchState.POSTED).first()
    if match is None:
        return
    Match.objects.filter(pk=match.pk).update(state=MatchState.UNDONE, decided_by=actor, decided_at=at)
    KnownPayer.objects.filter(match=match).delete()
    line = BankLine.objects.get(pk=match.line_id)
    settle_line(line=line)
    journal.append(kind=Kind.MATCH_UNDONE, subject=f"bank-line:{line.pk}", actor=actor, at=at, payload={})
