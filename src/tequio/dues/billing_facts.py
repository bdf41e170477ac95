"""What a dues run reads: one slice of the members, whatever they were billed before, and who pays for them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce

from tequio.dues.models import Invoice, InvoiceKind, MemberRate, Payment
from tequio.kernel import bulk
from tequio.kernel.bulk import day, optional_day
from tequio.members.models import Contact, Member, Membership

Rate = tuple[int, str, int, date, date | None]


class BillingMember(NamedTuple):
    """A member as billing sees it, for one membership."""

    pk: int
    code: str
    center_pk: int
    kind: str
    band: int | None
    operations: bool
    first_period_on: date
    left_on: date | None


@dataclass(slots=True, kw_only=True)
class Slice:
    """A range of memberships and everything billing needs to know about their members."""

    last_id: int
    members: list[BillingMember]
    billed: dict[int, set[date]]
    rates: dict[int, list[Rate]]


def read_slice(*, after: int, through_id: int | None, size: int, center_pks: Sequence[int], through: date) -> Slice:
    """The next memberships after an id: at most `size`, or all through `through_id`. Three queries.

    What was merged into another is billed as that one: by its own membership, or, where that has ended, by the open
    membership of one merged into it.
    """
    memberships = (
        Membership.objects.filter(_bills(), pk__gt=after, member__center_id__in=center_pks)
        .order_by("pk")
        .values_list(
            "pk",
            "first_period_on",
            "left_on",
            Coalesce("member__merged_into_id", "member_id"),
            Coalesce("member__merged_into__code", "member__code"),
            "member__center_id",
            Coalesce("member__merged_into__kind", "member__kind"),
            _of_head("income_band"),
            _of_head("operations"),
        )
    )
    part = memberships.filter(pk__lte=through_id) if through_id is not None else memberships[:size]
    rows = bulk.rows(queryset=part)
    if not rows:
        return Slice(last_id=through_id or after, members=[], billed={}, rates={})
    members = [
        BillingMember(
            member_pk, code, center_pk, kind, band, bool(operations), day(first_period_on), optional_day(left_on)
        )
        for _, first_period_on, left_on, member_pk, code, center_pk, kind, band, operations in rows
        if day(first_period_on) <= through
    ]
    last_id = through_id if through_id is not None else rows[-1][0]
    if not members:
        return Slice(last_id=last_id, members=[], billed={}, rates={})
    low, high = min(m.pk for m in members), max(m.pk for m in members)
    billed: dict[int, set[date]] = defaultdict(set)
    # What was merged into a member was billed as that member; there are few of these, so the range covers them apart.
    invoices = Invoice.objects.filter(kind=InvoiceKind.DUES, cancelled_on__isnull=True)
    own = invoices.filter(member_id__gte=low, member_id__lte=high).values_list("member_id", "period_start")
    for member_pk, period_start in bulk.rows(queryset=own):
        billed[member_pk].add(day(period_start))
    counted = invoices.filter(member__merged_into_id__gte=low, member__merged_into_id__lte=high)
    for head_pk, period_start in counted.values_list("member__merged_into_id", "period_start"):
        if head_pk is not None:
            billed[head_pk].add(period_start)
    return Slice(last_id=last_id, members=members, billed=billed, rates=_rates(low=low, high=high))


def _bills() -> Q:
    """The memberships that bill: those of members that stand for themselves, and of the merged ones at most one.

    A merged member's open membership bills for the one it counts as where that one has none open itself, and no
    other merged into it has an older one.
    """
    opened = Membership.objects.filter(left_on__isnull=True)
    own = opened.filter(member=OuterRef("member__merged_into"))
    older = opened.filter(member__merged_into=OuterRef("member__merged_into"), pk__lt=OuterRef("pk"))
    stands_in = Q(member__merged_into__isnull=False, left_on__isnull=True) & ~Exists(own) & ~Exists(older)
    return Q(member__merged_into__isnull=True) | stands_in


def _of_head(name: str) -> Case:
    """A column of the member that is billed: of the one it was merged into, where it was (also if that is NULL)."""
    return Case(
        When(member__merged_into__isnull=False, then=F(f"member__merged_into__{name}")), default=F(f"member__{name}")
    )


def _rates(*, low: int, high: int) -> dict[int, list[Rate]]:
    found: dict[int, list[Rate]] = defaultdict(list)
    rates = MemberRate.objects.filter(
        Q(member_id__gte=low, member_id__lte=high)
        | Q(member__merged_into_id__gte=low, member__merged_into_id__lte=high)
    )
    head = Coalesce("member__merged_into_id", "member_id")
    for row in rates.order_by("pk").values_list(head, "pk", "kind", "basis_points", "valid_from", "valid_until"):
        found[row[0]].append(row[1:])
    return found


def billing_contacts(*, member_pks: Sequence[int]) -> dict[int, tuple[int, str]]:
    """For each member the id and language of whom an invoice goes to: billing, else representative, else the first.

    A contact of what was merged into the member serves where it has none of its own.
    """
    low, high = min(member_pks), max(member_pks)
    best: dict[int, tuple[tuple[bool, bool, bool, int], int, str]] = {}
    rows = (
        Contact.objects.filter(
            Q(member_id__gte=low, member_id__lte=high)
            | Q(member__merged_into_id__gte=low, member__merged_into_id__lte=high)
        )
        .order_by("pk")
        .values_list(
            Coalesce(F("member__merged_into_id"), F("member_id")),
            "member__merged_into_id",
            "pk",
            "language",
            "is_billing",
            "is_representative",
            "position",
        )
    )
    for head, merged, pk, language, billing, representative, position in bulk.rows(queryset=rows):
        rank = (merged is not None, not billing, not representative, position)
        if head not in best or rank < best[head][0]:
            best[head] = (rank, pk, language)
    return {head: (pk, language) for head, (_, pk, language) in best.items()}


@dataclass(frozen=True, slots=True)
class Credit:
    """Unused money of one payment, in minor units; `owner_pk` is the member it was entered for."""

    payment_pk: int
    unused: int
    on: date
    owner_pk: int


def credits_of(*, member_pks: Sequence[int]) -> dict[int, list[Credit]]:
    """Unused credit of each member, that of members merged into it included, oldest payment first."""
    low, high = min(member_pks), max(member_pks)
    found: dict[int, list[Credit]] = defaultdict(list)
    rows = (
        Payment.objects.filter(unused__gt=0, voided_on__isnull=True)
        .filter(
            Q(member_id__gte=low, member_id__lte=high)
            | Q(member__merged_into_id__gte=low, member__merged_into_id__lte=high)
        )
        .order_by("on", "pk")
        .values_list(Coalesce(F("member__merged_into_id"), F("member_id")), "pk", "unused", "on", "member_id")
    )
    for head, pk, unused, on, owner_pk in rows:
        found[head].append(Credit(pk, unused, on, owner_pk))
    return found


def lock_members(*, member_pks: Sequence[int]) -> None:
    """Hold the members of a slice until the transaction ends, so that no payment for them slips in between.

    On SQLite the transaction holds the whole database already and this reads nothing.
    """
    if connection.vendor == "postgresql":
        pks = sorted(member_pks)
        list(Member.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk").values_list("pk"))
