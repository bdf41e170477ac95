"""Income that is expected: what came of it, what is still to come, and how far a drive is from its goal."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import Coalesce

from tequio.budgets.models import BookingState, ExpectedIncome, ExpectedState
from tequio.centers.models import Center
from tequio.kernel.texts import text_of
from tequio.rules.money import WHOLE_SHARE, printed, share_of
from tequio.rules.reasons import Text

NOT_STATED = Text(en="currency not stated", es="moneda sin precisar")
STATES = {
    ExpectedState.PROMISED: Text(en="promised", es="prometido"),
    ExpectedState.CONFIRMED: Text(en="confirmed", es="confirmado"),
    ExpectedState.RECEIVED: Text(en="received", es="recibido"),
    ExpectedState.LOST: Text(en="lost", es="perdido"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One expected income as a page shows it."""

    row: ExpectedIncome
    name: Text
    state: Text
    amount: Text
    received: int
    share: int | None
    """Basis points of the amount that came, where its currency is known."""
    likely: int | None
    """What it counts for: the rest by its likelihood, in minor units; none where the currency is not stated."""


def received_so_far(*, expected: ExpectedIncome) -> int:
    """What came of it, in minor units of the currency it is expected in."""
    rows = expected.bookings.filter(state=BookingState.POSTED)
    total: int = rows.aggregate(total=Coalesce(Sum(Coalesce("came_amount", "amount")), 0))["total"]
    return total


def expected_of(*, center: Center, open_only: bool = False) -> Sequence[Expected]:
    """The expected income of a center, the soonest first. Two queries."""
    rows = ExpectedIncome.objects.filter(center=center).select_related("account", "fund", "center")
    if open_only:
        rows = rows.filter(state__in=(ExpectedState.PROMISED, ExpectedState.CONFIRMED))
    came: dict[int, int] = dict(
        ExpectedIncome.objects.filter(center=center, bookings__state=BookingState.POSTED)
        .values_list("pk")
        .annotate(came=Sum(Coalesce("bookings__came_amount", "bookings__amount")))
    )
    return [_shown(row=row, came=came.get(row.pk, 0)) for row in rows.order_by("expected_on", "pk")]


def _shown(*, row: ExpectedIncome, came: int) -> Expected:
    state = ExpectedState(row.state)
    if row.currency:
        shown = printed(minor=row.amount, currency=row.currency)
        amount = Text(en=shown, es=shown)
    else:
        figure = printed(minor=row.amount, currency="").strip()
        amount = Text(en=f"{figure} ({NOT_STATED.en})", es=f"{figure} ({NOT_STATED.es})")
    return Expected(
        row=row,
        name=text_of(row=row, name="name"),
        state=STATES[state],
        amount=amount,
        received=came,
        share=came * WHOLE_SHARE // row.amount if row.currency else None,
        likely=share_of(minor=max(row.amount - came, 0), basis_points=row.likelihood * 100) if row.currency else None,
    )
