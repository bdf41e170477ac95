"""What the pages that span topics write: standings counted at the end of each month, and books closed by hand."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from tequio.centers.models import Center
from tequio.dues.accounts import accounts_of
from tequio.dues.rules_in_force import payment_policies
from tequio.front.models import StandingCount
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.ledger.models import ClosedPeriod
from tequio.ledger.operations import close_period
from tequio.members.models import Member
from tequio.rules.account import Account, PaymentPolicy
from tequio.rules.periods import add_months
from tequio.rules.standing import Standing, standing_on

BATCH = 5000
MONTHS_KEPT_UP = 13  # how far back the daily work catches up by itself: what the report shows


def record_month_ends(*, at: datetime) -> list[date]:
    """Count the standings of each month that has ended since the last count, at most thirteen; the days counted.

    For the daily work: where a month is counted already this is one query a center. The first time only the month
    before is counted. Nothing is written to the journal: nobody did anything, and it can all be worked out again.
    """
    made: set[date] = set()
    for center in Center.objects.order_by("pk"):
        ended = last_month_end(before=day_in(zone=center.zone, at=at))
        last = StandingCount.objects.filter(center=center).order_by("-on").values_list("on", flat=True).first()
        if last is not None and last >= ended:
            continue
        missing = [day for day in month_ends(last=ended, months=MONTHS_KEPT_UP) if last is None or day > last]
        wanted = missing if last is not None else [ended]
        count_standings(center=center, days=wanted)
        made.update(wanted)
    return sorted(made)


def record_history(*, months: int, at: datetime) -> list[date]:
    """Count the standings at the end of each of the last `months` months anew, in every center; the days counted."""
    made: set[date] = set()
    for center in Center.objects.order_by("pk"):
        days = month_ends(last=last_month_end(before=day_in(zone=center.zone, at=at)), months=months)
        count_standings(center=center, days=days)
        made.update(days)
    return sorted(made)


@transaction.atomic
def count_standings(*, center: Center, days: Sequence[date]) -> None:
    """Write how many members of a center had each standing on each of some days, in place of what was counted before.

    Counts who belonged on the day. Entries that have been merged since count as one, as they do everywhere.
    """
    counts = standings_on(center=center, days=days)
    StandingCount.objects.bulk_create(
        [
            StandingCount(center=center, on=day, standing=standing, members=members)
            for day, by_standing in counts.items()
            for standing, members in by_standing.items()
        ],
        update_conflicts=True,
        unique_fields=["center", "on", "standing"],
        update_fields=["members"],
    )


def standings_on(*, center: Center, days: Sequence[date]) -> dict[date, dict[str, int]]:
    """How many members of a center had each standing on each of some days, from the pure rule."""
    policies: Sequence[PaymentPolicy] = payment_policies().get(center.pk, [])
    found = {day: dict.fromkeys((s.value for s in Standing), 0) for day in days}
    heads = Member.objects.filter(center=center, merged_into__isnull=True).order_by("pk")
    pks = list(heads.values_list("pk", flat=True))
    for position in range(0, len(pks), BATCH):
        for account in accounts_of(heads=pks[position : position + BATCH]).values():
            for day in days:
                if belongs(account=account, on=day):
                    found[day][standing_on(account=account, policies=policies, on=day).standing.value] += 1
    return found


def belongs(*, account: Account, on: date) -> bool:
    """Whether an account was a member's on a day: it had joined, and had not left."""
    if on < account.since:
        return False
    return not any(first <= on and (last is None or on <= last) for first, last in account.away)


def month_ends(*, last: date, months: int) -> list[date]:
    """The last days of `months` months up to the one that ends on `last`, oldest first."""
    first_after = last + timedelta(days=1)
    return [add_months(day=first_after, months=-n) - timedelta(days=1) for n in reversed(range(months))]


def last_month_end(*, before: date) -> date:
    """The last day of the month before the one a day is in."""
    return before.replace(day=1) - timedelta(days=1)


@transaction.atomic
def close_books(*, center: Center, first_day: date, last_day: date, actor: str, at: datetime) -> bool:
    """Close days of a center's books that are over; False where every one of them is closed already.

    Sent twice, it closes once. Refuses a period that is not over in the center's zone, since payments still arrive.
    """
    Center.objects.select_for_update().get(pk=center.pk)
    if last_day >= day_in(zone=center.zone, at=at):
        raise Refusal(
            en="Only days that are over can be closed: end the period yesterday at the latest.",
            es="Solo se cierran días que ya pasaron: termine el periodo a más tardar ayer.",
        )
    if ClosedPeriod.objects.filter(center=center, first_day__lte=first_day, last_day__gte=last_day).exists():
        return False
    close_period(center=center, first_day=first_day, last_day=last_day, actor=actor, at=at)
    return True
