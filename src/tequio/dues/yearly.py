"""A member's year: every payment that came in it, and what it was for."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from tequio.dues.models import Allocation, InvoiceLine, Payment, PaymentMethod, Refund
from tequio.kernel.errors import Refusal
from tequio.members.models import Member
from tequio.members.queries import family_of, head_of, member_by_code
from tequio.rules.yearly import Asked, YearParts, year_of

FIRST_YEAR, LAST_YEAR = 1990, 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPayment:
    """A payment of the year, and what of it was given back since. Minor units."""

    number: str
    on: date
    amount: int
    method: str
    given_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberYear:
    """A member's year. `kept` is what came in it and was not given back."""

    member: Member
    year: int
    currency: str
    payments: tuple[YearPayment, ...]
    parts: YearParts

    @property
    def kept(self) -> int:
        """What came in the year and was not given back."""
        return sum(payment.amount - payment.given_back for payment in self.payments)


def member_year(*, code: str, year: int) -> MemberYear:
    """What a member, and those merged into it, paid in a calendar year, and what it was for. Five queries.

    Voided payments never happened, and credit brought over was paid to somebody else. Refuses an id nobody has,
    and a year nobody paid in.
    """
    head = head_of(member=member_by_code(code=code))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(en=f"Nobody paid in {year}.", es=f"Nadie pagó en {year}.")
    rows = list(
        Payment.objects.filter(
            member_id__in=family_of(head=head), voided_on__isnull=True, on__range=(date(year, 1, 1), date(year, 12, 31))
        )
        .exclude(method=PaymentMethod.BROUGHT)
        .order_by("on", "pk")
    )
    pks = [row.pk for row in rows]
    back = dict(
        Refund.objects.filter(payment_id__in=pks).order_by().values_list("payment_id").annotate(sum=Sum("amount"))
    )
    paid = {
        invoice: net
        for invoice, net in Allocation.objects.filter(payment_id__in=pks)
        .order_by("invoice_id")
        .values_list("invoice_id")
        .annotate(net=Sum("amount"))
        if net
    }
    lines: dict[int, list[Asked]] = defaultdict(list)
    asked = InvoiceLine.objects.filter(invoice_id__in=list(paid)).order_by("pk")
    for invoice, part, amount, table in asked.values_list("invoice_id", "part", "amount", "tariff__amount"):
        lines[invoice].append(Asked(part=part, amount=amount, table=table))
    parts = year_of(paid=[(net, lines[pk]) for pk, net in paid.items()], credit=sum(row.unused for row in rows))
    return MemberYear(
        member=head,
        year=year,
        currency=head.center.currency,
        payments=tuple(
            YearPayment(
                number=row.number, on=row.on, amount=row.amount, method=row.method, given_back=back.get(row.pk, 0)
            )
            for row in rows
        ),
        parts=parts,
    )
