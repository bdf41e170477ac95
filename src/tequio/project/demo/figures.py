"""The figures of the demo's report: one center's year, in minor units of its own currency, each sum one query."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum

from tequio.centers.models import Center
from tequio.dues.debtors import Debtor, debtors
from tequio.dues.models import Invoice, InvoiceKind, InvoiceLine, Payment, PaymentMethod, Refund, WriteOff
from tequio.dues.queries import LineWhy, MemberStanding, standing_counts, standing_of, why_lines
from tequio.followup.models import Call
from tequio.followup.queries.report import Report, follow_up_report
from tequio.members.intake.records import Rejected
from tequio.members.models import Member, Membership
from tequio.project.demo.life import Year
from tequio.rules.dues import Part
from tequio.rules.entitlement import State
from tequio.rules.reasons import Text
from tequio.services.models import Job, Lending, MovingMailbox, ServiceAccount

_OLDEST = 2
_MONTH = date(2016, 11, 1)  # the last whose thirty days after are over
_FIRST_DAYS = (0, 31, 61, 91)  # of each age but the first
_ASKED = 50  # how many invoices are looked through for the one to ask about


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """What was billed under one dues policy, by part."""

    policy: Text
    valid_from: date
    invoices: int
    membership: int
    operations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenByAge:
    """What is open by days since it was due; `not_due` has its due date still to come."""

    not_due: int
    to_30: int
    to_60: int
    to_90: int
    over_90: int

    def total(self) -> int:
        """All of it."""
        return self.not_due + self.to_30 + self.to_60 + self.to_90 + self.over_90


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One member's standing and the invoice behind it, line by line."""

    standing: MemberStanding
    invoice: Invoice
    lines: list[LineWhy]


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """Two entries that are likely one member; `merged` once a person has said so."""

    first: str
    second: str
    merged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """How a member was limited, called, paid and back: its days, and the seconds from the payment to the open door."""

    code: str
    site: str
    shut_on: date
    mail_kept: bool
    called_on: date
    paid_on: date
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """Whom services are lent to and until when, and the mailboxes that move in: under way, copied, taken back."""

    lent_to: str
    accounts: int
    until: date
    moving: int
    copied: int
    taken_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterYear:
    """Everything the report says about one center."""

    center: Center
    on: date
    standings: dict[str, int]
    left: int
    brought_over: int
    billed: list[Billed]
    payments: int
    paid: int
    given_back: int
    written_off: int
    open: OpenByAge
    credit: int
    credit_members: int
    oldest: list[Debtor]
    why: Why | None
    rejected: list[Rejected]
    twins: list[Twins]
    followed: Report
    door: Door | None
    guests: Guests | None


def center_year(*, center: Center, year: Year) -> CenterYear:
    """This function will work out the figures of one center on the year's last day."""
    on = year.last_day
    invoices = Invoice.objects.filter(center=center, cancelled_on__isnull=True, invoiced_on__lte=on)
    payments = Payment.objects.filter(center=center, voided_on__isnull=True, on__lte=on)
    credit = payments.filter(unused__gt=0)
    brought = payments.filter(method=PaymentMethod.BROUGHT)
    payments = payments.exclude(method=PaymentMethod.BROUGHT)
    oldest, _ = debtors(on=on, center=center, first=_OLDEST)
    return CenterYear(
        center=center,
        on=on,
        standings=standing_counts(center=center),
        left=_left(center=center),
        brought_over=_sum(rows=invoices.filter(kind=InvoiceKind.OPENING), column="total")
        - _sum(rows=brought, column="amount"),
        billed=_billed(center=center, on=on),
        payments=payments.count(),
        paid=_sum(rows=payments, column="amount"),
        given_back=_sum(rows=Refund.objects.filter(payment__center=center, on__lte=on), column="amount"),
        written_off=_sum(rows=WriteOff.objects.filter(invoice__center=center, on__lte=on), column="amount"),
        open=open_by_age(rests=invoices.filter(rest__gt=0).order_by("pk").values_list("due_on", "rest"), on=on),
        credit=_sum(rows=credit, column="unused"),
        credit_members=credit.values("member_id").distinct().count(),
        oldest=oldest,
        why=_why(invoices=invoices, center=center, on=on),
        rejected=_rejected(center=center, year=year),
        twins=_twins(center=center, year=year),
        followed=follow_up_report(center=center, month=_MONTH, today=on),
        door=_door(center=center, year=year),
        guests=_guests(center=center),
    )


def _sum(*, rows: QuerySet[Invoice] | QuerySet[Payment] | QuerySet[Refund] | QuerySet[WriteOff], column: str) -> int:
    return int(rows.aggregate(total=Sum(column))["total"] or 0)


def _left(*, center: Center) -> int:
    """Members without an open membership; those merged into another never left."""
    still = Membership.objects.filter(left_on__isnull=True).values("member_id")
    return Member.objects.filter(center=center, merged_into__isnull=True).exclude(pk__in=still).count()


def _billed(*, center: Center, on: date) -> list[Billed]:
    lines = InvoiceLine.objects.filter(
        invoice__center=center, invoice__cancelled_on__isnull=True, invoice__invoiced_on__lte=on
    )
    parts = {
        (row["invoice__policy_id"], row["part"]): row["amount"]
        for row in lines.values("invoice__policy_id", "part").annotate(amount=Sum("amount")).order_by("part")
    }
    counts = (
        Invoice.objects.filter(center=center, policy__isnull=False, cancelled_on__isnull=True, invoiced_on__lte=on)
        .values("policy_id", "policy__valid_from", "policy__title_en", "policy__title_es")
        .annotate(invoices=Count("pk"))
        .order_by("policy__valid_from")
    )
    return [
        Billed(
            policy=Text(en=row["policy__title_en"], es=row["policy__title_es"]),
            valid_from=row["policy__valid_from"],
            invoices=row["invoices"],
            membership=parts.get((row["policy_id"], Part.MEMBERSHIP.value), 0),
            operations=parts.get((row["policy_id"], Part.OPERATIONS.value), 0),
        )
        for row in counts
    ]


def open_by_age(*, rests: Iterable[tuple[date, int]], on: date) -> OpenByAge:
    """Amounts (due date, minor units) by age in days on a day; what is due on that very day is 0 days old."""
    sums = [0] * (len(_FIRST_DAYS) + 1)
    for due_on, rest in rests:
        sums[sum(on - due_on >= timedelta(days=first) for first in _FIRST_DAYS)] += rest
    return OpenByAge(not_due=sums[0], to_30=sums[1], to_60=sums[2], to_90=sums[3], over_90=sums[4])


def _why(*, invoices: QuerySet[Invoice], center: Center, on: date) -> Why | None:
    """The member to ask "why?" about: the longest overdue of those billed in two parts, else whoever is there.

    Billed in the center's own language and by the table itself, and standing as it does because of that very invoice.
    """
    plain = (
        invoices.filter(kind=InvoiceKind.DUES, language=center.language, rate__isnull=True, rest__gt=0, due_on__lt=on)
        .filter(member__merged_into__isnull=True)
        .annotate(parts=Count("lines"))
        .order_by("-parts", "due_on", "number")
    )
    latest = invoices.order_by("-due_on", "number")
    found: Why | None = None
    for invoice in [*_whole(plain[:_ASKED]), *_whole(latest[:1])]:
        standing = standing_of(code=invoice.member.code, on=on)
        found = Why(standing=standing, invoice=invoice, lines=why_lines(invoice=invoice))
        if standing.verdict.charge == invoice.number:
            break
    return found


def _whole(rows: QuerySet[Invoice]) -> QuerySet[Invoice]:
    return rows.select_related("member", "policy", "policy__decision", "rate")


def _rejected(*, center: Center, year: Year) -> list[Rejected]:
    """The rows set aside that name this center; the import tells row numbers, the file tells whose rows they are."""
    with year.roll.open(encoding="utf-8", newline="") as handle:
        centers = {number: row["center"] for number, row in enumerate(csv.DictReader(handle), start=2)}
    return [r for r in year.imported.roll.rejected if centers[r.row] == center.code]


def _door(*, center: Center, year: Year) -> Door | None:
    """What the servers, the call list and the books say of the member that was limited; None in the other center."""
    code = year.cast.limited_and_back.code
    site = ServiceAccount.objects.filter(member__code=code, member__center=center, kind__code="site").first()
    if site is None:
        return None
    shut = site.jobs.filter(wanted=State.SUSPENDED, seen_at__isnull=False).order_by("generation").first()
    back = site.jobs.filter(wanted=State.OPEN, seen_at__isnull=False).order_by("-generation").first()
    call = Call.objects.filter(member__code=code).order_by("pk").first()
    paid = Payment.objects.filter(member__code=code, voided_on__isnull=True).order_by("-entered_at", "-pk").first()
    if shut is None or back is None or call is None or paid is None or back.seen_at is None or shut.seen_at is None:
        return None
    mail = Job.objects.filter(account__member__code=code, account__kind__code="mailbox", wanted=State.SUSPENDED)
    return Door(
        code=code,
        site=site.name,
        shut_on=shut.seen_at.date(),
        mail_kept=not mail.exists(),
        called_on=call.on,
        paid_on=paid.on,
        seconds=round((back.seen_at - paid.entered_at).total_seconds()),
    )


def _guests(*, center: Center) -> Guests | None:
    """What is lent and who moves in; None in the other center."""
    lending = Lending.objects.filter(center=center).order_by("pk").first()
    if lending is None or lending.last_day is None:
        return None
    boxes = MovingMailbox.objects.filter(wave__center=center)
    return Guests(
        lent_to=lending.name,
        accounts=lending.accounts.count(),
        until=lending.last_day,
        moving=boxes.filter(undone_on__isnull=True, copied_on__isnull=True).count(),
        copied=boxes.filter(undone_on__isnull=True, copied_on__isnull=False).count(),
        taken_back=boxes.filter(undone_on__isnull=False).count(),
    )


def _twins(*, center: Center, year: Year) -> list[Twins]:
    merged = dict(Member.objects.filter(center=center).order_by("code").values_list("code", "merged_into__code"))
    return [
        Twins(first=first, second=second, merged=merged[second] == first or merged[first] == second)
        for first, second in year.imported.roll.duplicates()
        if first in merged
    ]
