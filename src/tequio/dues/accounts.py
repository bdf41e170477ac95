"""The facts standing follows from, for many members in a few queries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from tequio.dues.models import Allocation, Hold, Invoice, InvoiceKind, MemberRate, Plan, PlanInstalment, WriteOff
from tequio.members.models import ContactAttempt, Membership
from tequio.members.queries import families
from tequio.rules.account import Account, Charge
from tequio.rules.account import Plan as PlanRule
from tequio.rules.plans import Instalment

Rows = dict[int, list[Any]]


def accounts_of(*, heads: Sequence[int]) -> dict[int, Account]:
    """The account of each member, what was merged into it included. Nine queries, however many members.

    Give the ids in batches of some thousands, in order: the queries read the range they span.
    """
    if not heads:
        return {}
    counted = families(heads=heads)
    low, high = min(counted), max(counted)

    def grouped(rows: Any) -> Rows:
        found: Rows = defaultdict(list)
        for member_pk, *rest in rows:
            if member_pk in counted:
                found[counted[member_pk]].append(rest)
        return found

    span = {"member_id__gte": low, "member_id__lte": high}
    credits: Rows = defaultdict(list)
    # The cheap way round: only charges that are open, or were settled late, can ever move a standing.
    invoices = list(
        Invoice.objects.filter(**span, cancelled_on__isnull=True)
        .order_by("pk")
        .values_list("member_id", "pk", "number", "due_on", "total", "invoiced_on", "kind")
    )
    paid = Allocation.objects.filter(
        invoice__member_id__gte=low, invoice__member_id__lte=high, payment__voided_on__isnull=True
    ).order_by("pk")
    for invoice_pk, on, amount in paid.values_list("invoice_id", "on", "amount"):
        credits[invoice_pk].append((on, amount))
    let_go = WriteOff.objects.filter(invoice__member_id__gte=low, invoice__member_id__lte=high).order_by("pk")
    for invoice_pk, on, amount in let_go.values_list("invoice_id", "on", "amount"):
        credits[invoice_pk].append((on, amount))
    charges = grouped(
        (
            member_pk,
            Charge(
                number=number,
                due_on=due_on,
                amount=total,
                invoiced_on=invoiced_on,
                credits=tuple(credits.get(pk, ())),
                opening=kind == InvoiceKind.OPENING,
            ),
        )
        for member_pk, pk, number, due_on, total, invoiced_on, kind in invoices
    )
    memberships = grouped(
        Membership.objects.filter(**span).order_by("joined_on").values_list("member_id", "joined_on", "left_on")
    )
    attempts = grouped(ContactAttempt.objects.filter(**span).order_by("on").values_list("member_id", "on", "outcome"))
    holds = grouped(Hold.objects.filter(**span).order_by("pk").values_list("member_id", "first_day", "last_day"))
    comps = grouped(
        MemberRate.objects.filter(**span, kind="comped")
        .order_by("pk")
        .values_list("member_id", "valid_from", "valid_until")
    )
    plans = grouped(_plans(low=low, high=high))
    accounts: dict[int, Account] = {}
    for head in heads:
        periods = memberships.get(head, [])
        contacts = attempts.get(head, [])
        accounts[head] = Account(
            since=min((joined for joined, _ in periods), default=date.max),
            away=away(periods=periods),
            charges=tuple(row[0] for row in charges.get(head, ())),
            attempts=tuple(on for on, _ in contacts),
            reached=tuple(on for on, outcome in contacts if outcome == "reached"),
            holds=tuple((first, last) for first, last in holds.get(head, ())),
            plans=tuple(row[0] for row in plans.get(head, ())),
            comps=tuple((first, last) for first, last in comps.get(head, ())),
        )
    return accounts


def away(*, periods: Sequence[Any]) -> tuple[tuple[date, date | None], ...]:
    """The times between and after periods of membership, (joined, left) each, in the order they began."""
    gaps: list[tuple[date, date | None]] = []
    belongs_through: date | None = None  # the day the periods so far ended, None while one of them is open
    for number, (joined, left) in enumerate(sorted(periods, key=lambda period: period[0])):
        if number and belongs_through is None:
            break
        if number and belongs_through is not None and joined > belongs_through:
            gaps.append((belongs_through, joined - timedelta(days=1)))
        belongs_through = left if left is None or not number else max(left, belongs_through or left)
    if belongs_through is not None:
        gaps.append((belongs_through, None))
    return tuple(gaps)


def _plans(*, low: int, high: int) -> list[tuple[int, PlanRule]]:
    rows = list(
        Plan.objects.filter(member_id__gte=low, member_id__lte=high)
        .order_by("pk")
        .values_list("pk", "member_id", "starts_on")
    )
    if not rows:
        return []
    pks = [pk for pk, _, _ in rows]
    parts: Rows = defaultdict(list)
    covered: Rows = defaultdict(list)
    instalments = PlanInstalment.objects.filter(plan_id__gte=pks[0], plan_id__lte=pks[-1]).order_by("due_on", "pk")
    for plan_pk, due_on, amount in instalments.values_list("plan_id", "due_on", "amount"):
        parts[plan_pk].append(Instalment(due_on, amount))
    numbers = Invoice.objects.filter(plans__plan_id__gte=pks[0], plans__plan_id__lte=pks[-1]).order_by("pk")
    for plan_pk, number in numbers.values_list("plans__plan_id", "number"):
        covered[plan_pk].append(number)
    return [
        (
            member_pk,
            PlanRule(starts_on=starts_on, charges=frozenset(covered[pk]), parts=tuple(parts[pk])),
        )
        for pk, member_pk, starts_on in rows
    ]
