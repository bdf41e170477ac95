"""Reading what letters say, for many members at once: a number of queries that does not grow with the members."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Sum

from tequio.centers.models import Center
from tequio.dues import hooks
from tequio.dues.accounts import accounts_of
from tequio.dues.letters import about
from tequio.dues.letters.steps import steps_after
from tequio.dues.letters.ways import ways_of
from tequio.dues.models import Invoice, InvoiceKind, InvoiceLine, Payment, PaymentPolicy
from tequio.dues.queries import line_name
from tequio.dues.references import iso_reference, short_reference
from tequio.dues.rules_in_force import payment_policies
from tequio.kernel.clock import day_in
from tequio.kernel.mail.addresses import is_address
from tequio.kernel.texts import text_of
from tequio.members.models import Contact, Member
from tequio.members.queries import families
from tequio.rules import account as rules
from tequio.rules.dues import Part
from tequio.rules.standing import Standing, standing_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom a member's mail goes to. `address` is empty where no contact has one that can be written to."""

    head: Member
    addressee: about.Addressee
    address: str
    account: about.Account


def readers(*, heads: Sequence[int], at: datetime) -> dict[int, Reader]:
    """For each member whom to write to and its account on the day `at` falls on where its center is.

    Eighteen queries, however many members; give some hundreds at a time. The contact is the billing one, else a
    representative, else the first: of those the first with an address, the member's own before those of members
    merged into it.
    """
    if not heads:
        return {}
    counted = families(heads=heads)
    members = {m.pk: m for m in Member.objects.select_related("center").filter(pk__in=heads).order_by("pk")}
    books = _Books.read(counted=counted, heads=sorted(members), on=at.date())
    contacts = _contacts(counted=counted)
    found = {}
    for pk, member in members.items():
        on = day_in(zone=member.center.zone, at=at)
        contact = contacts.get(pk)
        found[pk] = Reader(
            head=member,
            addressee=about.Addressee(
                name=contact["name"] if contact else "",
                member=member.name,
                code=member.code,
                language=contact["language"] if contact else member.center.language,
            ),
            address=contact["email"] if contact and is_address(contact["email"]) else "",
            account=books.account(head=member, on=on),
        )
    return found


def _contacts(*, counted: dict[int, int]) -> dict[int, dict[str, Any]]:
    best: dict[int, tuple[tuple[bool, bool, bool, bool, int, int], dict[str, Any]]] = {}
    columns = ("pk", "member_id", "name", "email", "language", "is_billing", "is_representative", "position")
    for row in Contact.objects.filter(member_id__in=list(counted)).order_by("pk").values(*columns):
        head = counted[row["member_id"]]
        rank = (
            not is_address(row["email"]),
            row["member_id"] != head,
            not row["is_billing"],
            not row["is_representative"],
            row["position"],
            row["pk"],
        )
        if head not in best or rank < best[head][0]:
            best[head] = (rank, row)
    return {head: row for head, (_, row) in best.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Books:
    """What many members owe and what follows, read once."""

    invoices: dict[int, list[Invoice]]
    credit: dict[int, int]
    accounts: dict[int, rules.Account]
    policies: dict[int, list[rules.PaymentPolicy]]
    works: dict[str, dict[str, Any]]
    links: Mapping[int, str]

    @classmethod
    def read(cls, *, counted: dict[int, int], heads: Sequence[int], on: date) -> "_Books":
        invoices: dict[int, list[Invoice]] = defaultdict(list)
        for invoice in Invoice.objects.filter(member_id__in=list(counted), rest__gt=0).order_by("due_on", "pk"):
            invoices[counted[invoice.member_id]].append(invoice)
        credit: dict[int, int] = defaultdict(int)
        unused = Payment.objects.filter(member_id__in=list(counted), unused__gt=0, voided_on__isnull=True)
        for member_pk, amount in unused.order_by("member_id").values_list("member_id").annotate(x=Sum("unused")):
            credit[counted[member_pk]] += amount
        every = [invoice for some in invoices.values() for invoice in some]
        return cls(
            invoices=invoices,
            credit=credit,
            accounts=accounts_of(heads=heads),
            policies=payment_policies(),
            works=dict(PaymentPolicy.objects.order_by("pk").values_list("code", "works")),
            links=hooks.pay_links(invoices=every, on=on),
        )

    def account(self, *, head: Member, on: date) -> about.Account:
        """What one member owes on a day, what follows, and how to pay."""
        center = head.center
        facts, policies = self.accounts[head.pk], self.policies.get(head.center_id, [])
        holds = [last for first, last in facts.holds if first <= on <= last]
        return about.Account(
            on=on,
            center=text_of(row=center, name="name"),
            currency=center.currency,
            owed=tuple(
                _owed(invoice=invoice, center=center, link=self.links.get(invoice.pk, ""))
                for invoice in self.invoices.get(head.pk, ())
            ),
            credit=self.credit.get(head.pk, 0),
            steps=steps_after(account=facts, policies=policies, works=self.works, on=on),
            ways=ways_of(center=center),
            held_until=max(holds, default=None),
            plan_next=next_instalment(account=facts, on=on),
            paused=standing_on(account=facts, policies=policies, on=on).standing is Standing.DISABLED,
        )


def next_instalment(*, account: rules.Account, on: date) -> tuple[date, int] | None:
    """The next part of a plan that is kept on a day and covers something open: its day, and what is left of it."""
    for plan, broken in account.known_on(on=on).plan_ends():
        charges = [c for c in account.charges if c.number in plan.charges]
        if plan.starts_on > on or (broken is not None and broken <= on) or not any(c.is_open(on=on) for c in charges):
            continue
        paid = sum(amount for c in charges for day, amount in c.credits if plan.starts_on <= day <= on)
        expected = 0
        for part in plan.parts:
            expected += part.amount
            if expected > paid:
                return part.due_on, expected - paid
    return None


def _owed(*, invoice: Invoice, center: Center, link: str) -> about.Owed:
    return about.Owed(
        number=invoice.number,
        due_on=invoice.due_on,
        rest=invoice.rest,
        reference=iso_reference(number=invoice.number),
        short_reference=short_reference(number=invoice.number) if center.short_references else None,
        opening=invoice.kind == InvoiceKind.OPENING,
        link=link,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMail:
    """One letter to be: where it goes (empty where nobody can be written to) and its facts."""

    address: str
    facts: about.InvoiceFacts


def invoice_letters(*, invoices: QuerySet[Invoice], at: datetime) -> list[ToMail]:
    """The facts of invoices, in the order of their ids, each in its own language, which its paper has too.

    Nineteen queries, however many; give some hundreds at a time.
    """
    rows = list(
        invoices.select_related("member", "policy", "policy__decision", "policy__decision__body", "rate").order_by("pk")
    )
    heads = {row.pk: row.member.merged_into_id or row.member_id for row in rows}
    known = readers(heads=sorted(set(heads.values())), at=at)
    lines: dict[int, list[about.Line]] = defaultdict(list)
    for line in InvoiceLine.objects.filter(invoice__in=[row.pk for row in rows]).order_by("pk"):
        optional = line.part == Part.OPERATIONS
        lines[line.invoice_id].append(about.Line(name=line_name(part=line.part), amount=line.amount, optional=optional))
    return [_invoice(row=row, reader=known[heads[row.pk]], lines=lines[row.pk]) for row in rows]


def _invoice(*, row: Invoice, reader: Reader, lines: list[about.Line]) -> ToMail:
    decision = row.policy.decision if row.policy else None
    to = reader.addressee
    return ToMail(
        address=reader.address,
        facts=about.InvoiceFacts(
            to=about.Addressee(name=to.name, member=to.member, code=to.code, language=row.language),
            account=reader.account,
            number=row.number,
            due_on=row.due_on,
            period_start=row.period_start,
            period_end=row.period_end,
            lines=tuple(lines),
            total=row.total,
            rest=row.rest,
            opening=row.kind == InvoiceKind.OPENING,
            policy=text_of(row=row.policy, name="title") if row.policy else None,
            decided_by=text_of(row=decision.body, name="name") if decision else None,
            decided_on=decision.decided_on if decision else None,
            own_rate=(row.rate.kind, row.rate.basis_points) if row.rate else None,
        ),
    )
