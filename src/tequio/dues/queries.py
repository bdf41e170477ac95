"""What reads dues: standing and why, balances, invoices and why, debtors, what a run made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum

from tequio.centers.models import Center
from tequio.dues.accounts import accounts_of
from tequio.dues.models import Allocation, Invoice, InvoiceLine, Payment, PaymentMethod, Plan, PlanInstalment, WriteOff
from tequio.dues.references import iso_reference, short_reference
from tequio.dues.rules_in_force import payment_policies
from tequio.kernel.errors import Refusal
from tequio.kernel.runs.models import Run, RunState
from tequio.kernel.texts import text_of
from tequio.members.models import Member
from tequio.members.queries import family_of, head_of, member_by_code
from tequio.rules.dues import PART_NAMES, Part
from tequio.rules.reasons import Text
from tequio.rules.standing import Verdict, standing_on


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberStanding:
    """A member, its standing on a day, and what it owes (positive) or has paid ahead (negative), by currency."""

    member: Member
    asked_code: str
    on: date
    verdict: Verdict
    balance: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWhy:
    """Why one line of an invoice asks what it asks. `tariff` is the table's amount, `share` the member's own rate."""

    part: str
    name: Text
    amount: int
    tariff: int | None
    share: int | None
    rate_kind: str | None
    rate_reason: str | None
    band: int | None
    assumed: bool
    policy: str | None
    policy_title: Text | None
    valid_from: date | None
    decision: str | None
    decision_title: Text | None
    decided_on: date | None
    source: Text


_OPENING_NAME = Text(en="Balance from before this program", es="Saldo anterior a este programa")
_FROM_ROLL = Text(en="the member roll as it was imported", es="el padrón tal como se importó")


def standing_of(*, code: str, on: date) -> MemberStanding:
    """The standing of a member on a day, from the pure rule, with its balance as of that day."""
    asked = member_by_code(code=code)
    member = head_of(member=asked)
    account = accounts_of(heads=[member.pk])[member.pk]
    policies = payment_policies().get(member.center_id, [])
    return MemberStanding(
        member=member,
        asked_code=code,
        on=on,
        verdict=standing_on(account=account, policies=policies, on=on),
        balance={member.center.currency: balance_on(member=member, on=on)},
    )


def balance_on(*, member: Member, on: date) -> int:
    """What a member owes on a day less what it has paid, in minor units; negative where it paid ahead.

    Counts what was invoiced, paid, given back and written off on or before the day; voided payments never happened.
    """
    family = family_of(head=member)
    owed = Invoice.objects.filter(member_id__in=family, invoiced_on__lte=on, cancelled_on__isnull=True)
    paid = Payment.objects.filter(member_id__in=family, on__lte=on, voided_on__isnull=True)
    back = Payment.objects.filter(member_id__in=family, voided_on__isnull=True, refunds__on__lte=on)
    let_go = WriteOff.objects.filter(invoice__member_id__in=family, on__lte=on, invoice__cancelled_on__isnull=True)
    return (
        (owed.aggregate(x=Sum("total"))["x"] or 0)
        - (paid.aggregate(x=Sum("amount"))["x"] or 0)
        + (back.aggregate(x=Sum("refunds__amount"))["x"] or 0)
        - (let_go.aggregate(x=Sum("amount"))["x"] or 0)
    )


def invoice_by_number(*, number: str) -> Invoice:
    """The invoice of a number, its center and member with it. Refuses a number nobody has."""
    found = (
        Invoice.objects.select_related("center", "member", "policy", "policy__decision", "rate")
        .filter(number=number.strip().upper())
        .first()
    )
    if found is None:
        raise Refusal(en=f"There is no invoice “{number}”.", es=f"No existe el aviso de cuota «{number}».")
    return found


def references_of(*, invoice: Invoice) -> tuple[str, str | None]:
    """The ISO 11649 reference of an invoice, and the short one where its center uses them."""
    short = short_reference(number=invoice.number) if invoice.center.short_references else None
    return iso_reference(number=invoice.number), short


def line_name(*, part: str) -> Text:
    """What a part is called on an invoice."""
    return PART_NAMES[Part(part)] if part in set(Part) else _OPENING_NAME


def why_lines(*, invoice: Invoice) -> list[LineWhy]:
    """Each line of an invoice with its rate, policy, first day in force, decision and source."""
    rate, policy = invoice.rate, invoice.policy
    found = []
    for line in InvoiceLine.objects.select_related("tariff").filter(invoice=invoice).order_by("pk"):
        decision = policy.decision if policy and line.tariff else None
        found.append(
            LineWhy(
                part=line.part,
                name=line_name(part=line.part),
                amount=line.amount,
                tariff=line.tariff.amount if line.tariff else None,
                share=rate.basis_points if rate else None,
                rate_kind=rate.kind if rate else None,
                rate_reason=rate.reason if rate else None,
                band=line.tariff.band if line.tariff else None,
                assumed=line.tariff.assumed if line.tariff else False,
                policy=policy.code if policy and line.tariff else None,
                policy_title=text_of(row=policy, name="title") if policy and line.tariff else None,
                valid_from=policy.valid_from if policy and line.tariff else None,
                decision=decision.code if decision else None,
                decision_title=text_of(row=decision, name="title") if decision else None,
                decided_on=decision.decided_on if decision else None,
                source=text_of(row=decision, name="source") if decision else _FROM_ROLL,
            )
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterTotals:
    """What a run bills in one center: members, and minor units of each part."""

    center: str
    currency: str
    members: int
    invoices: int
    membership: int
    operations: int


def run_totals(*, run_pk: int | None, centers: list[Center]) -> list[CenterTotals]:
    """What a run made, by center; all zeros where there was nothing to do."""
    made: dict[int, tuple[int, int]] = {}
    parts: dict[tuple[int, str], int] = {}
    if run_pk is not None:
        invoices = Invoice.objects.filter(run_id=run_pk).values("center_id").order_by("center_id")
        for row in invoices.annotate(members=Count("member_id", distinct=True), invoices=Count("pk")):
            made[row["center_id"]] = (row["members"], row["invoices"])
        lines = InvoiceLine.objects.filter(invoice__run_id=run_pk).values("invoice__center_id", "part")
        for line in lines.annotate(amount=Sum("amount")).order_by("invoice__center_id", "part"):
            parts[line["invoice__center_id"], line["part"]] = line["amount"]
    return [
        CenterTotals(
            center=center.code,
            currency=center.currency,
            members=made.get(center.pk, (0, 0))[0],
            invoices=made.get(center.pk, (0, 0))[1],
            membership=parts.get((center.pk, Part.MEMBERSHIP.value), 0),
            operations=parts.get((center.pk, Part.OPERATIONS.value), 0),
        )
        for center in centers
    ]


def standing_counts(*, center: Center) -> dict[str, int]:
    """How many members of a center have each stored standing; former and merged ones are not counted."""
    rows = (
        Member.objects.filter(center=center, merged_into__isnull=True, memberships__left_on__isnull=True)
        .values("standing")
        .annotate(count=Count("pk", distinct=True))
        .order_by("standing")
    )
    return {row["standing"]: row["count"] for row in rows}


def open_invoices(*, member: Member) -> list[Invoice]:
    """The invoices of a member with something left to pay, oldest first."""
    return list(Invoice.objects.filter(member_id__in=family_of(head=member), rest__gt=0).order_by("due_on", "pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidShare:
    """What one payment put on one invoice, and what is left of that invoice."""

    invoice: str
    amount: int
    rest: int


def refuse_brought(*, payment: Payment) -> None:
    """Refuse credit brought over from another provider, where a receipt would say that money came."""
    if payment.method == PaymentMethod.BROUGHT:
        raise Refusal(
            en=f"{payment.number} was paid where the member was before; there is no receipt of ours.",
            es=f"{payment.number} se pagó donde la membresía estaba antes; no hay recibo nuestro.",
        )


def payment_shares(*, payment: Payment) -> list[PaidShare]:
    """What a payment settled, oldest charge first, in minor units."""
    rows = (
        Allocation.objects.filter(payment=payment)
        .values("invoice__number", "invoice__rest")
        .annotate(net=Sum("amount"))
        .order_by("invoice__due_on", "invoice_id")
    )
    return [
        PaidShare(invoice=row["invoice__number"], amount=row["net"], rest=row["invoice__rest"])
        for row in rows
        if row["net"]
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCredit:
    """Something that lowered an invoice: a payment's number or "write-off", and when."""

    on: date
    amount: int
    by: str


def invoice_credits(*, invoice: Invoice) -> list[InvoiceCredit]:
    """What lowered an invoice (negative where a refund raised it again), in the order of days."""
    paid = Allocation.objects.filter(invoice=invoice, payment__voided_on__isnull=True)
    found = [
        InvoiceCredit(on=on, amount=amount, by=number)
        for on, amount, number in paid.order_by("on", "pk").values_list("on", "amount", "payment__number")
    ]
    let_go = WriteOff.objects.filter(invoice=invoice).order_by("on", "pk").values_list("on", "amount")
    found += [InvoiceCredit(on=on, amount=amount, by="write-off") for on, amount in let_go]
    return sorted(found, key=lambda credit: credit.on)


def payments_of(*, code: str) -> list[Payment]:
    """The payments of a member, voided ones too, oldest first."""
    family = family_of(head=head_of(member=member_by_code(code=code)))
    return list(Payment.objects.filter(member_id__in=family).order_by("on", "pk"))


def invoices_of(*, code: str) -> list[Invoice]:
    """The invoices of a member, cancelled ones too, oldest first."""
    return invoices_of_family(family=family_of(head=head_of(member=member_by_code(code=code))))


def invoices_of_family(*, family: Sequence[int]) -> list[Invoice]:
    """The invoices of these members, cancelled ones too, oldest first. Two queries, each with an index of its own."""
    mine = Invoice.objects.filter(member_id__in=family)
    both = [*mine.filter(cancelled_on__isnull=True), *mine.filter(cancelled_on__isnull=False)]
    return sorted(both, key=lambda invoice: (invoice.due_on, invoice.pk))


def plan_parts(*, plan: Plan) -> tuple[list[PlanInstalment], str]:
    """The instalments of a plan and their currency."""
    currency = plan.member.center.currency
    return list(PlanInstalment.objects.filter(plan=plan).order_by("due_on", "pk")), currency


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One dues run, and how many invoices it made."""

    pk: int
    state: str
    parameters: dict[str, Any]
    invoices: int


def runs(*, first: int = 50) -> list[RunRow]:
    """The dues runs, newest first, previews left out."""
    rows = list(Run.objects.filter(kind="dues").exclude(state=RunState.PREVIEWED).order_by("-pk")[:first])
    counts = dict(
        Invoice.objects.filter(run_id__in=[row.pk for row in rows])
        .order_by("run_id")
        .values_list("run_id")
        .annotate(count=Count("pk"))
    )
    return [
        RunRow(pk=row.pk, state=row.state, parameters=row.parameters, invoices=counts.get(row.pk, 0)) for row in rows
    ]
