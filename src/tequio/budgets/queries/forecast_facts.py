"""What a forecast begins from, as the books knew it on a day: who owes what when, what is planned and hoped for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from tequio.budgets.models import Budget, ExpectedIncome, ExpectedState
from tequio.budgets.queries.expected import received_so_far
from tequio.budgets.queries.versions import content, latest_version, version_in_force
from tequio.centers.models import Center
from tequio.dues.billing_facts import bills, of_head
from tequio.dues.models import Allocation, DuesPolicy, Invoice, MemberRate, WriteOff
from tequio.dues.rules_in_force import dues_on
from tequio.kernel.texts import text_of
from tequio.ledger.chart import CREDIT, MEMBERSHIP_INCOME, OPERATIONS_INCOME, RECEIVABLE, WRITE_OFFS
from tequio.ledger.models import EntryKind, Leg
from tequio.ledger.queries import by_account_and_month
from tequio.members.models import Membership
from tequio.rules import budget as rule
from tequio.rules.budget import Side, amounts
from tequio.rules.dues import DuesTable, DuesTableError, Part, lines_for, share_on
from tequio.rules.forecasting import MONTHS, Facts, Group, Hoped
from tequio.rules.periods import add_months, add_years
from tequio.rules.reasons import Text

DUES_ACCOUNTS = (MEMBERSHIP_INCOME, OPERATIONS_INCOME)
InForce = tuple[date, DuesTable]  # a table of dues, from its first day on
_PAYING = (EntryKind.PAYMENT, EntryKind.REFUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The facts of a forecast, and what could not go into it, in sentences."""

    facts: Facts
    first_month: date
    left_out: tuple[Text, ...]


def facts_of(
    *,
    center: Center,
    year: int,
    on: date,
    budget: rule.Budget | None = None,
    instead: Mapping[str, str] | None = None,
    dues: InForce | None = None,
) -> Known:
    """What is known at the beginning of the month of `on`, through the end of `year`.

    `budget` is what is planned (the version in force, unless given), `instead` other values for its assumptions. What
    nobody planned is counted as nothing. `dues` is a table that would hold from its day. About fifteen queries, however
    many members.
    """
    first = max(date(on.year, on.month, 1), date(year, 1, 1))
    months = max(1, min(MONTHS, (date(year, 12, 31).year - first.year) * MONTHS + MONTHS - first.month + 1))
    planned = budget or _planned(center=center, year=year)
    hoped, taken, left_out = _hoped(center=center, first=first, months=months, year=year)
    other, expense = _plan_by_month(planned=planned, instead=instead or {}, taken=taken)
    before = first.month - 1 if first.year == year else 0
    dues_before = dues_received(center=center, year=year)[:before]
    booked = _booked(center=center, year=year, before=before)
    return Known(
        facts=Facts(
            months=months,
            groups=member_groups(center=center, first=first, months=months, known_on=max(on, first), dues=dues),
            hoped=tuple(hoped),
            other_income=other[before:],
            expense=expense[before:],
            dues_so_far=sum(dues_before),
            result_so_far=sum(dues_before) + booked,
        ),
        first_month=first,
        left_out=tuple(left_out),
    )


def member_groups(
    *, center: Center, first: date, months: int, known_on: date | None = None, dues: InForce | None = None
) -> list[Group]:
    """The members as they were on the eve of `first`: open charges, and the periods billed until the end."""
    end = add_months(day=first, months=months)
    groups = _open_charges(center=center, first=first, months=months)
    tables = _tables(center=center, first=first, end=end, known_on=known_on or first)
    if dues is not None:
        tables = [*(table for table in tables if table[0] < dues[0]), dues]
    rates: dict[int, list[tuple[str, int, date, date | None]]] = defaultdict(list)
    for member_pk, of_kind, points, valid_from, until in MemberRate.objects.filter(
        member__center=center, valid_from__lt=end
    ).values_list("member_id", "kind", "basis_points", "valid_from", "valid_until"):
        rates[member_pk].append((of_kind, points, valid_from, until))
    billed: dict[int, set[date]] = defaultdict(set)
    rows = Invoice.objects.filter(Q(cancelled_on__isnull=True) | Q(cancelled_on__gte=first), center=center)
    for member_pk, start in rows.filter(invoiced_on__lt=first).values_list("member_id", "period_start"):
        billed[member_pk].add(start)
    memberships = (
        Membership.objects.filter(bills(), member__center=center, joined_on__lt=first)
        .filter(Q(left_on__isnull=True) | Q(left_on__gte=first))
        .values_list("member_id", "first_period_on", "member__kind", of_head("income_band"), of_head("operations"))
    )
    for member_pk, first_period_on, kind, band, operations in memberships:
        start = _next_start(first_period_on=first_period_on, on=first)
        if start >= end or start in billed[member_pk]:
            continue
        table = next((known for begins, known in reversed(tables) if begins <= start), None)
        if table is None:
            continue
        _, share = share_on(rates=rates[member_pk], on=start)
        try:
            lines = lines_for(table=table, kind=kind, band=band, operations=bool(operations), share=share)
        except DuesTableError:
            continue
        total = sum(line.amount for line in lines)
        if total:
            optional = sum(line.amount for line in lines if line.part == Part.OPERATIONS)
            groups.append(Group(due_in=_month_of(day=start, first=first), amount=total, optional=optional))
    return groups


def _tables(*, center: Center, first: date, end: date, known_on: date) -> list[InForce]:
    """The dues tables of the months ahead, by their first days: that in force, and those decided by `known_on`."""
    found: list[InForce] = []
    now = dues_on(on=first).get(center.pk)
    if now is not None:
        found.append((date.min, now.table))
    coming = DuesPolicy.objects.filter(
        center=center, valid_from__gt=first, valid_from__lt=end, decision__decided_on__lte=known_on
    )
    for begins in coming.order_by("valid_from").values_list("valid_from", flat=True):
        then = dues_on(on=begins).get(center.pk)
        if then is not None:
            found.append((begins, then.table))
    return found


def _next_start(*, first_period_on: date, on: date) -> date:
    if first_period_on >= on:
        return first_period_on
    start = add_years(day=first_period_on, years=on.year - first_period_on.year)
    return start if start >= on else add_years(day=first_period_on, years=on.year - first_period_on.year + 1)


def _month_of(*, day: date, first: date) -> int:
    return (day.year - first.year) * MONTHS + day.month - first.month


def _open_charges(*, center: Center, first: date, months: int) -> list[Group]:
    """What was open on the eve of `first`: behind where it was due by then, else in the month it falls due."""
    charges = (
        Invoice.objects.filter(center=center, invoiced_on__lt=first)
        .filter(Q(cancelled_on__isnull=True) | Q(cancelled_on__gte=first))
        .filter(Q(settled_on__isnull=True) | Q(settled_on__gte=first))
    )
    down: dict[int, int] = defaultdict(int)
    paid = Allocation.objects.filter(Q(payment__voided_on__isnull=True) | Q(payment__voided_on__gte=first))
    for rows in (
        paid.filter(invoice__in=charges, on__lt=first),
        WriteOff.objects.filter(invoice__in=charges, on__lt=first),
    ):
        for invoice_pk, amount in rows.values_list("invoice_id", "amount"):
            down[invoice_pk] += amount
    groups = []
    for pk, due_on, total in charges.values_list("pk", "due_on", "total"):
        rest = total - down[pk]
        due_in = _month_of(day=due_on, first=first)
        if rest > 0 and due_on < first:
            groups.append(Group(due_in=0, amount=rest, behind=True))
        elif rest > 0 and due_in < months:
            groups.append(Group(due_in=due_in, amount=rest))
    return groups


def _planned(*, center: Center, year: int) -> rule.Budget | None:
    budget = Budget.objects.filter(center=center, year=year).first()
    version = None if budget is None else version_in_force(budget=budget) or latest_version(budget=budget)
    return content(version=version) if version else None


def _plan_by_month(
    *, planned: rule.Budget | None, instead: Mapping[str, str], taken: set[tuple[str, str]]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What is planned besides dues and what is hoped for, and the expense: twelve months of each."""
    if planned is None:
        return (0,) * MONTHS, (0,) * MONTHS
    found = amounts(budget=planned, instead=instead)
    other, expense = [0] * MONTHS, [0] * MONTHS
    for line in planned.lines:
        if line.side == Side.INCOME and (line.account in DUES_ACCOUNTS or (line.account, line.fund) in taken):
            continue
        sums = other if line.side == Side.INCOME else expense
        for month, amount in enumerate(found.months[line.code]):
            sums[month] += amount
    return tuple(other), tuple(expense)


def _hoped(
    *, center: Center, first: date, months: int, year: int
) -> tuple[list[Hoped], set[tuple[str, str]], list[Text]]:
    """Income that is expected, the accounts and funds it is planned on, and what cannot be counted, with why."""
    rows = ExpectedIncome.objects.filter(center=center, expected_on__year__lte=year).select_related("account", "fund")
    hoped, taken, left_out = [], set(), []
    for row in rows.order_by("expected_on", "pk"):
        if row.expected_on.year < year and row.state not in (ExpectedState.PROMISED, ExpectedState.CONFIRMED):
            continue
        taken.add((row.account.role, row.fund.code))
        if row.state not in (ExpectedState.PROMISED, ExpectedState.CONFIRMED):
            continue
        name = text_of(row=row, name="name")
        if row.currency != center.currency:
            left_out.append(_uncounted(name=name, currency=row.currency))
            continue
        month = max(0, _month_of(day=row.expected_on, first=first))
        rest = row.amount - received_so_far(expected=row)
        if rest > 0 and month < months:
            hoped.append(
                Hoped(name=name, amount=rest, month=month, likelihood=row.likelihood / 100, said_by=row.said_by)
            )
    return hoped, taken, left_out


def _uncounted(*, name: Text, currency: str) -> Text:
    if not currency:
        return Text(
            en=f"“{name.en}” is not counted: nobody has said in which currency it comes.",
            es=f"«{name.es}» no se cuenta: nadie ha dicho en qué moneda llega.",
        )
    return Text(
        en=f"“{name.en}” is not counted: it comes in {currency}, and its rate is known when it comes.",
        es=f"«{name.es}» no se cuenta: llega en {currency}, y su tipo de cambio se sabrá al llegar.",
    )


def dues_received(*, center: Center, year: int) -> list[int]:
    """Dues that came in each month of a year, refunds taken off: what the ledger says of payments."""
    legs = (
        Leg.objects.filter(
            Q(entry__kind__in=_PAYING) | Q(entry__kind=EntryKind.REVERSAL, entry__reverses__kind__in=_PAYING),
            entry__center=center,
            entry__posted=True,
            entry__on__year=year,
            account__role__in=(RECEIVABLE, CREDIT),
        )
        .values_list("entry__on__month")
        .annotate(moved=Sum("amount"))
    )
    by_month = dict(legs)
    return [-by_month.get(month, 0) for month in range(1, MONTHS + 1)]


def _booked(*, center: Center, year: int, before: int) -> int:
    """What was left over of everything but dues in a year's first months: dues let go are not counted twice."""
    total = 0
    for (role, _), months in by_account_and_month(center=center, year=year).items():
        if role not in (*DUES_ACCOUNTS, WRITE_OFFS):
            total -= sum(months[:before])
    return total


def result_received(*, center: Center, year: int) -> list[int]:
    """What was left over in each month of a year on money that came and went: dues received, all else as booked."""
    dues = dues_received(center=center, year=year)
    for (role, _), months in by_account_and_month(center=center, year=year).items():
        if role not in (*DUES_ACCOUNTS, WRITE_OFFS):
            dues = [had - moved for had, moved in zip(dues, months, strict=True)]
    return dues


__all__: Sequence[str] = ["DUES_ACCOUNTS", "Known", "dues_received", "facts_of", "member_groups", "result_received"]
