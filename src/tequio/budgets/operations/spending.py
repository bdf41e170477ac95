"""Above which amount a second person approves an expense: dated, by a decision, never changed."""

from datetime import date, datetime

from django.db import transaction

from tequio.budgets.models import SpendingLimit
from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind


@transaction.atomic
def set_limit(
    *, center: Center, amount: int, valid_from: date, decision: Decision, actor: str, at: datetime
) -> SpendingLimit:
    """From a day on, an expense of more than `amount` (minor units) needs a second person."""
    if amount < 0:
        raise Refusal(en="The limit is not below nothing.", es="El límite no puede ser menor que cero.")
    if SpendingLimit.objects.filter(center=center, valid_from=valid_from).exists():
        raise Refusal(
            en=f"A limit from {valid_from} on is set already.", es=f"Ya hay un límite a partir del {valid_from}."
        )
    limit = SpendingLimit.objects.create(center=center, amount=amount, valid_from=valid_from, decision=decision, at=at)
    journal.append(
        kind=Kind.SPENDING_LIMIT_SET,
        subject=f"center:{center.code}",
        actor=actor,
        at=at,
        payload={"amount": amount, "from": valid_from.isoformat(), "decision": decision.code},
    )
    return limit


def limit_on(*, center: Center, on: date) -> SpendingLimit | None:
    """The limit of a center on a day; None where nobody set one, and then no expense needs a second person."""
    return (
        SpendingLimit.objects.filter(center=center, valid_from__lte=on)
        .select_related("decision")
        .order_by("-valid_from")
        .first()
    )
