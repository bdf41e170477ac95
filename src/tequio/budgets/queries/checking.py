"""What `tequio check` asks of budgets: what is stored twice, or follows from something else, worked out again."""

from collections.abc import Iterator

from django.db.models import Sum

from tequio.budgets.models import (
    AmendmentState,
    Booking,
    BookingState,
    Budget,
    BudgetVersion,
    ExpectedIncome,
    ExpectedState,
    Transfer,
)
from tequio.budgets.queries.columns import columns
from tequio.budgets.queries.expected import received_so_far
from tequio.budgets.queries.versions import amendment_of, content
from tequio.centers.models import Center
from tequio.ledger.chart import BETWEEN_CENTERS, GENERAL_FUND
from tequio.ledger.models import Leg
from tequio.ledger.queries import by_account_and_month, fund_balances
from tequio.rules.budget import BudgetError, Side, checked
from tequio.rules.budget_changes import next_version
from tequio.rules.exchange import exchanged


def budget_differences() -> Iterator[str]:
    """A sentence for everything of the budgets that is not as it should be."""
    yield from _versions()
    yield from _columns()
    yield from _bookings()
    yield from _expected()
    yield from _funds()
    yield from _transfers()


def _versions() -> Iterator[str]:
    """Every version can be worked out, and one made by amendments is the one before with those that were accepted."""
    for version in BudgetVersion.objects.select_related("budget__center").order_by("budget", "number"):
        name = f"budget {version.budget.center.code} {version.budget.year} version {version.number}"
        written = content(version=version)
        try:
            checked(budget=written)
        except BudgetError as error:
            yield f"{name}: {error.text.en}"
            continue
        made_of = list(version.made_of.filter(state=AmendmentState.ACCEPTED).select_related("against"))
        if not made_of:
            continue
        before = made_of[0].against
        accepted = [amendment_of(row=row) for row in sorted(made_of, key=lambda row: row.number)]
        try:
            amended = next_version(number=before.number, budget=content(version=before), accepted=accepted)
        except BudgetError as error:
            yield f"{name}: {error.text.en}"
            continue
        if amended != written:
            yield f"{name}: it is not version {before.number} with its accepted amendments"


def _columns() -> Iterator[str]:
    """The actual columns of a budget's table add up to the ledger."""
    for budget in Budget.objects.select_related("center").order_by("pk"):
        last = budget.versions.order_by("-number").first()
        try:
            table = columns(budget=budget, on=last.made_at.date()) if last else None
        except BudgetError:
            continue  # told above
        if table is None:
            continue
        booked = -sum(sum(months) for months in by_account_and_month(center=budget.center, year=budget.year).values())
        if table.result.actual != booked:
            yield (
                f"budget {budget.center.code} {budget.year}: its actual column says {table.result.actual}, "
                f"the ledger {booked}"
            )


def _bookings() -> Iterator[str]:
    """A posted booking has just its amount on its account and fund."""
    posted = Booking.objects.filter(state__in=(BookingState.POSTED, BookingState.REVERSED))
    rows = posted.values_list("pk", "side", "amount", "account_id", "fund_id", "entry_id").order_by("pk")
    legs: dict[tuple[int, int, int], int] = {
        (entry, account, fund): total
        for entry, account, fund, total in Leg.objects.filter(entry__booking__isnull=False)
        .values_list("entry_id", "account_id", "fund_id")
        .annotate(total=Sum("amount"))
    }
    for pk, side, amount, account_pk, fund_pk, entry_pk in rows:
        sign = 1 if side == Side.EXPENSE else -1
        if legs.get((entry_pk, account_pk, fund_pk)) != sign * amount:
            yield f"booking {pk}: its entry {entry_pk} does not say {sign * amount} on its account and fund"


def _expected() -> Iterator[str]:
    """Nothing is received of what nothing came of, and nothing is still expected that came whole."""
    for row in ExpectedIncome.objects.exclude(state=ExpectedState.LOST).order_by("pk"):
        came = received_so_far(expected=row)
        if row.state == ExpectedState.RECEIVED and not came:
            yield f"expected income {row.pk}: it is received, and nothing of it was booked"
        elif row.state != ExpectedState.RECEIVED and came >= row.amount:
            yield f"expected income {row.pk}: all of it came, and it is still {row.state}"


def _funds() -> Iterator[str]:
    """No fund with one purpose is below nothing unless a decision let it."""
    allowed = set(
        Booking.objects.filter(overspends_by__isnull=False, state=BookingState.POSTED).values_list(
            "center_id", "fund__code"
        )
    )
    for center in Center.objects.order_by("code"):
        for code, balance in fund_balances(center=center).items():
            if balance < 0 and code != GENERAL_FUND and (center.pk, code) not in allowed:
                yield f"fund {center.code}-{code}: it is overspent by {-balance}, and no decision lets it"


def _transfers() -> Iterator[str]:
    """What is on its way between centers is what the transfers say, and each came to what its rate makes of it."""
    on_the_way: dict[int, int] = {}
    for row in Transfer.objects.order_by("pk"):
        on_the_way[row.sender_id] = on_the_way.get(row.sender_id, 0) + row.sent
        if row.received_on is not None:
            on_the_way[row.receiver_id] = on_the_way.get(row.receiver_id, 0) - row.due
        if exchanged(minor=row.sent, rate=row.rate) != row.due:
            yield f"transfer {row.pk}: {row.sent} at {row.rate} is not {row.due}"
    booked = dict(
        Leg.objects.filter(account__role=BETWEEN_CENTERS, entry__posted=True)
        .values_list("entry__center_id")
        .annotate(total=Sum("amount"))
    )
    for center in Center.objects.order_by("code"):
        if booked.get(center.pk, 0) != on_the_way.get(center.pk, 0):
            yield (
                f"center {center.code}: {booked.get(center.pk, 0)} is booked between the centers, the transfers say "
                f"{on_the_way.get(center.pk, 0)}"
            )
