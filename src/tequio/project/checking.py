"""`tequio check`: everything that is stored twice is worked out again, and every difference is named."""

from collections.abc import Iterator

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from tequio.banking.queries.checking import banking_differences
from tequio.budgets.queries.checking import budget_differences
from tequio.decisions.queries.checking import decision_differences
from tequio.decisions.queries.checking_proposals import proposal_differences
from tequio.dues.accounts import accounts_of
from tequio.dues.models import (
    Allocation,
    DuesPolicy,
    Invoice,
    InvoiceLine,
    Payment,
    PaymentMethod,
    PaymentPolicy,
    Refund,
    WriteOff,
)
from tequio.dues.rules_in_force import payment_policies
from tequio.followup.queries.checking import follow_up_differences
from tequio.kernel import triggers
from tequio.kernel.journal.queries import broken_links
from tequio.ledger import chart
from tequio.ledger.models import EntryKind, Leg
from tequio.ledger.queries import member_balances, unbalanced
from tequio.meetings.queries.checking import meeting_differences
from tequio.members.models import Member
from tequio.rules.standing import standing_on

_BATCH = 5000


def differences() -> Iterator[str]:
    """A sentence for everything that is not as it should be; nothing when all is well."""
    for name in triggers.missing():
        yield f"database: trigger {name} is missing"
    yield from broken_links()
    yield from unbalanced()
    yield from _invoices()
    yield from _payments()
    yield from _money_that_came()
    yield from _ledger_against_dues()
    yield from _standings()
    yield from _rules()
    yield from banking_differences()
    yield from follow_up_differences()
    yield from proposal_differences()
    yield from budget_differences()
    yield from decision_differences()
    yield from meeting_differences()


def _invoices() -> Iterator[str]:
    """Each invoice adds up, and its rest and settled day follow from what lowered it."""
    lines = dict(InvoiceLine.objects.order_by("invoice_id").values_list("invoice_id").annotate(total=Sum("amount")))
    credits: dict[int, list[tuple[object, int]]] = {}
    paid = Allocation.objects.filter(payment__voided_on__isnull=True).order_by("on", "pk")
    for invoice_pk, on, amount in paid.values_list("invoice_id", "on", "amount").iterator(chunk_size=_BATCH):
        credits.setdefault(invoice_pk, []).append((on, amount))
    for invoice_pk, on, amount in WriteOff.objects.order_by("on", "pk").values_list("invoice_id", "on", "amount"):
        credits.setdefault(invoice_pk, []).append((on, amount))
    rows = Invoice.objects.order_by("pk").values_list("pk", "number", "total", "rest", "settled_on", "cancelled_on")
    for pk, number, total, rest, settled_on, cancelled_on in rows.iterator(chunk_size=_BATCH):
        if lines.get(pk) != total:
            yield f"invoice {number}: its lines do not add up to its total"
        own = credits.get(pk, [])
        left = 0 if cancelled_on else total - sum(amount for _, amount in own)
        if left != rest:
            yield f"invoice {number}: {rest} left is stored, {left} follows from the payments"
        settled = max((on for on, _ in own), default=None) if left == 0 and not cancelled_on else None  # type: ignore[type-var]
        if settled != settled_on:
            yield f"invoice {number}: settled on {settled_on} is stored, {settled} follows from the payments"


def _payments() -> Iterator[str]:
    """What is unused of a payment follows from what it settled and what was given back."""
    used = dict(Allocation.objects.order_by("payment_id").values_list("payment_id").annotate(total=Sum("amount")))
    back = dict(Refund.objects.order_by("payment_id").values_list("payment_id").annotate(total=Sum("amount")))
    rows = Payment.objects.order_by("pk").values_list("pk", "number", "amount", "unused", "voided_on")
    for pk, number, amount, unused, voided_on in rows.iterator(chunk_size=_BATCH):
        left = 0 if voided_on else amount - used.get(pk, 0) - back.get(pk, 0)
        if left != unused:
            yield f"payment {number}: credit {unused} is stored, {left} follows from what it settled"


def _money_that_came() -> Iterator[str]:
    """Each payment and refund moved just its amount through bank or cash; what was brought over, opening balances."""
    money = Q(account__role__in=(chart.BANK, chart.CASH))
    brought = dict(
        Leg.objects.filter(entry__payment__method=PaymentMethod.BROUGHT, account__role=chart.OPENING)
        .order_by("entry_id")
        .values_list("entry_id")
        .annotate(total=Sum("amount"))
    )
    for model, kind, sign in ((Payment, EntryKind.PAYMENT, 1), (Refund, EntryKind.REFUND, -1)):
        legs = Leg.objects.filter(money, entry__kind=kind)
        moved = dict(legs.order_by("entry_id").values_list("entry_id").annotate(total=Sum("amount"))) | brought
        for pk, entry_pk, amount in model._default_manager.order_by("pk").values_list("pk", "entry_id", "amount"):
            if moved.get(entry_pk, 0) != sign * amount:
                name = model._meta.model_name
                yield f"{name} {pk}: the bank and cash accounts moved {moved.get(entry_pk, 0)}, not {sign * amount}"


def _ledger_against_dues() -> Iterator[str]:
    """What the ledger says members owe and have paid ahead is what invoices and payments say."""
    owed = dict(
        Invoice.objects.filter(rest__gt=0).order_by("member_id").values_list("member_id").annotate(total=Sum("rest"))
    )
    ahead = dict(
        Payment.objects.filter(unused__gt=0).order_by("member_id").values_list("member_id").annotate(x=Sum("unused"))
    )
    for role, expected, sign in ((chart.RECEIVABLE, owed, 1), (chart.CREDIT, ahead, -1)):
        booked = member_balances(role=role)
        for member_pk in sorted(set(booked) | set(expected)):
            if booked.get(member_pk, 0) != sign * expected.get(member_pk, 0):
                code = Member.objects.values_list("code", flat=True).get(pk=member_pk)
                yield (
                    f"member {code}: the ledger has {booked.get(member_pk, 0)} on {role}, "
                    f"dues have {sign * expected.get(member_pk, 0)}"
                )


def _standings() -> Iterator[str]:
    """The stored standing is what the rule says for the day it was stored for."""
    policies = payment_policies()
    heads = list(Member.objects.filter(merged_into__isnull=True).order_by("pk").values_list("pk", flat=True))
    for position in range(0, len(heads), _BATCH):
        batch = heads[position : position + _BATCH]
        accounts = accounts_of(heads=batch)
        rows = Member.objects.filter(pk__range=(batch[0], batch[-1]), merged_into__isnull=True).order_by("pk")
        for pk, code, center_pk, standing, since, on in rows.values_list(
            "pk", "code", "center_id", "standing", "standing_since", "standing_on"
        ):
            if on is None:
                yield f"member {code}: its standing was never worked out"
                continue
            verdict = standing_on(account=accounts[pk], policies=policies.get(center_pk, []), on=on)
            if (verdict.standing.value, verdict.since) != (standing, since):
                yield (
                    f"member {code}: standing {standing} since {since} is stored for {on}, "
                    f"the rule says {verdict.standing.value} since {verdict.since}"
                )


def _rules() -> Iterator[str]:
    """Every invoice was made under the policy its lines come from, and every rule in force cites its decision."""
    strays = InvoiceLine.objects.filter(tariff__isnull=False).exclude(
        tariff__policy_id=Coalesce(F("invoice__policy_id"), 0)
    )
    for number in strays.order_by("invoice_id").values_list("invoice__number", flat=True).distinct():
        yield f"invoice {number}: a line comes from another policy than the invoice's"
    for model in (DuesPolicy, PaymentPolicy):
        for code in model._default_manager.filter(decision__isnull=True).values_list("code", flat=True):
            yield f"policy {code} cites no decision"
