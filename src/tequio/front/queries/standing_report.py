"""The standing report: members by standing and by the age of their oldest overdue charge, today or on a past day.

Today is read from the stored standings and open rests, in a few queries however many members there are. A past day
is worked out from the pure rule for every member, which is for small rolls only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q

from tequio.accounts.permissions import Viewer, may_read_everything
from tequio.centers.models import Center
from tequio.dues.accounts import accounts_of
from tequio.dues.rules_in_force import payment_policies
from tequio.front.models import StandingCount
from tequio.front.operations import BATCH, belongs
from tequio.kernel.bulk import stored_day
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.models import Event
from tequio.kernel.texts import text_of
from tequio.members.models import Member, Membership
from tequio.rules.account import Account
from tequio.rules.money import whole_units
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing, standing_on

MOST_MEMBERS = 3000  # so many are worked out for a past day while a person waits: under two seconds
MONTHS = 13

# The last day of each age, counted from the day after the due date; the first two are not late at all.
NOTHING_OPEN, NOT_DUE = "nothing", "not_due"
_UPPER = (30, 60, 90, 150, 365)
AGES: dict[str, Text] = {
    NOTHING_OPEN: Text(en="nothing open", es="sin cargos pendientes"),
    NOT_DUE: Text(en="not due yet", es="aún no vence"),
    "30": Text(en="1–30 days", es="1 a 30 días"),
    "60": Text(en="31–60 days", es="31 a 60 días"),
    "90": Text(en="61–90 days", es="61 a 90 días"),
    "150": Text(en="91–150 days", es="91 a 150 días"),
    "365": Text(en="151–365 days", es="151 a 365 días"),
    "more": Text(en="over a year", es="más de un año"),
}


@dataclass(slots=True, kw_only=True)
class Age:
    """The members whose oldest overdue charge is of one age; what is overdue and what is not yet, in minor units."""

    members: int = 0
    overdue: int = 0
    not_due: int = 0


@dataclass(slots=True, kw_only=True)
class CenterReport:
    """One center on a day. `standings` counts what the member list counts: `left` of the inactive ones have left."""

    center: Center
    name: Text
    on: date
    standings: dict[str, int] = field(default_factory=lambda: dict.fromkeys((s.value for s in Standing), 0))
    left: int = 0
    ages: dict[str, Age] = field(default_factory=lambda: {key: Age() for key in AGES})

    @property
    def members(self) -> int:
        """How many members the roll counts, those who have left included."""
        return sum(self.standings.values())

    @property
    def behind(self) -> int:
        """How many are at risk, limited or disabled."""
        return sum(self.standings[s.value] for s in (Standing.AT_RISK, Standing.LIMITED, Standing.DISABLED))

    @property
    def total(self) -> Age:
        """All ages together: every member, and everything open."""
        ages = self.ages.values()
        return Age(
            members=sum(a.members for a in ages),
            overdue=sum(a.overdue for a in ages),
            not_due=sum(a.not_due for a in ages),
        )


def visible_centers(*, viewer: Viewer) -> list[Center]:
    """The centers whose figures a person may see, by code."""
    centers = Center.objects.order_by("code")
    return list(centers if may_read_everything(viewer) else centers.filter(pk__in=viewer.centers))


def roll_size(*, centers: Sequence[Center]) -> int:
    """How many members these centers have, merged ones counted once."""
    return Member.objects.filter(center__in=centers, merged_into__isnull=True).count()


def report_today(*, centers: Sequence[Center], days: dict[int, date]) -> list[CenterReport]:
    """The report of each center for its own today (`days` by center id). Two queries, and one for each center."""
    reports = {c.pk: CenterReport(center=c, name=text_of(row=c, name="name"), on=days[c.pk]) for c in centers}
    heads = Member.objects.filter(center__in=centers, merged_into__isnull=True).order_by()
    for center_pk, standing, members in heads.values_list("center_id", "standing").annotate(members=Count("pk")):
        reports[center_pk].standings[standing] = members
    latest = max(days.values(), default=date.max)
    going_on = Membership.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=latest))
    gone = heads.filter(standing=Standing.INACTIVE.value).exclude(
        Q(Exists(going_on.filter(member=OuterRef("pk"))))
        | Q(Exists(going_on.filter(member__merged_into=OuterRef("pk"))))
    )
    for center_pk, members in gone.values_list("center_id").annotate(members=Count("pk")):
        reports[center_pk].left = members
    for report in reports.values():
        _read_ages(report=report)
    return list(reports.values())


# Each member with something open, what was merged into it included; then how many there are of each age.
_STATEMENT = """
SELECT age, count(*), sum(overdue), sum(not_due) FROM (
    SELECT CASE {cases} ELSE 'more' END AS age, overdue, not_due FROM (
        SELECT min(CASE WHEN i.due_on < %(on)s THEN i.due_on END) AS oldest,
            sum(CASE WHEN i.due_on < %(on)s THEN i.rest ELSE 0 END) AS overdue,
            sum(CASE WHEN i.due_on < %(on)s THEN 0 ELSE i.rest END) AS not_due
        FROM dues_invoice i JOIN members_member m ON m.id = i.member_id
        WHERE i.rest > 0 AND i.center_id = %(center)s
        GROUP BY COALESCE(m.merged_into_id, m.id)
    ) AS owing
) AS aged GROUP BY age
"""
_CASES = f"WHEN oldest IS NULL THEN '{NOT_DUE}' " + " ".join(
    f"WHEN oldest >= %(since_{days})s THEN '{days}'" for days in _UPPER
)


def _read_ages(*, report: CenterReport) -> None:
    values: dict[str, Any] = {"on": stored_day(report.on), "center": report.center.pk}
    values.update({f"since_{days}": stored_day(report.on - timedelta(days=days)) for days in _UPPER})
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(cases=_CASES), values)
        for age, members, overdue, not_due in cursor.fetchall():
            report.ages[age] = Age(members=members, overdue=int(overdue), not_due=int(not_due))
    owing = sum(a.members for a in report.ages.values())
    report.ages[NOTHING_OPEN] = Age(members=report.members - owing)


def report_on(*, centers: Sequence[Center], on: date) -> list[CenterReport]:
    """The report for a past day, as the rule would have given it then. Eleven queries a batch; works out every member.

    Entries merged since count as one. Who had not joined yet is not counted.
    """
    policies = payment_policies()
    reports = []
    for center in centers:
        report = CenterReport(center=center, name=text_of(row=center, name="name"), on=on)
        heads = Member.objects.filter(center=center, merged_into__isnull=True).order_by("pk")
        pks = list(heads.values_list("pk", flat=True))
        for position in range(0, len(pks), BATCH):
            for account in accounts_of(heads=pks[position : position + BATCH]).values():
                if account.since > on:
                    continue
                verdict = standing_on(account=account, policies=policies.get(center.pk, []), on=on)
                report.standings[verdict.standing.value] += 1
                report.left += not belongs(account=account, on=on)
                _count_age(report=report, account=account)
        reports.append(report)
    return reports


def _count_age(*, report: CenterReport, account: Account) -> None:
    overdue, not_due, oldest = 0, 0, None
    for charge in account.known_on(on=report.on).charges:
        rest = charge.amount - sum(amount for _, amount in charge.credits)
        if rest <= 0:
            continue
        if charge.due_on < report.on:
            overdue += rest
            oldest = min(oldest or charge.due_on, charge.due_on)
        else:
            not_due += rest
    age = report.ages[_age_of(oldest=oldest, on=report.on, owes=bool(not_due))]
    age.members += 1
    age.overdue += overdue
    age.not_due += not_due


def _age_of(*, oldest: date | None, on: date, owes: bool) -> str:
    if oldest is None:
        return NOT_DUE if owes else NOTHING_OPEN
    days = (on - oldest).days
    return next((str(upper) for upper in _UPPER if days <= upper), "more")


History = dict[int, dict[date, dict[str, int]]]


def history(*, centers: Sequence[Center]) -> History:
    """The standings counted at the end of each of the last thirteen months there are, by center and day. One query."""
    found: History = {}
    rows = (
        StandingCount.objects.filter(center__in=centers)
        .order_by("-on")
        .values_list("center_id", "on", "standing", "members")
    )
    for center_pk, on, standing, members in rows[: len(centers) * MONTHS * len(Standing)]:
        days = found.setdefault(center_pk, {})
        if on in days or len(days) < MONTHS:
            days.setdefault(on, dict.fromkeys((s.value for s in Standing), 0))[standing] = members
    return {center_pk: dict(sorted(days.items())) for center_pk, days in found.items()}


def first_import_at() -> datetime | None:
    """When a roll was first imported: before that the program knows what the roll said and nothing else. One query."""
    imports = Event.objects.filter(kind=Kind.MEMBERS_IMPORTED.value).order_by("id")
    return imports.values_list("at", flat=True).first()


CSV_COLUMNS = ("center", "on", "by", "row", "members", "overdue", "not_due_yet", "currency")


def csv_rows(*, reports: Sequence[CenterReport]) -> Iterator[tuple[object, ...]]:
    """The report for a spreadsheet, amounts in whole units of the row's currency."""
    for report in reports:
        center, on, currency = report.center.code, report.on, report.center.currency
        for standing, members in report.standings.items():
            yield (center, on, "standing", standing, members, None, None, None)
        yield (center, on, "standing", "left", report.left, None, None, None)
        for key, age in report.ages.items():
            amounts = (whole_units(minor=age.overdue), whole_units(minor=age.not_due))
            yield (center, on, "age", AGES[key].en, age.members, *amounts, currency)
