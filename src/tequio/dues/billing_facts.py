"""What a dues run reads: one slice of the members, whatever they were billed before, and who pays for them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, Exists, F, Max, OuterRef, Q, When
from django.db.models.expressions import CombinedExpression
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
    """What bills of the next `size` memberships after an id, or of all through `through_id`. Six queries.

    The last id is looked up first, because of a range PostgreSQL reads that range, and of a LIMIT the whole table.
    What was merged into another is billed as that one: by its own membership, or, where that has ended, by the open
    membership of one merged into it.
    """
    last_id = through_id or _last_of_next(after=after, size=size)
    memberships = (
        Membership.objects.alias(center=_unindexed("member__center_id"))
        .filter(bills(), pk__gt=after, pk__lte=last_id, center__in=center_pks)
        .order_by("pk")
        .values_list(
            "pk",
            "first_period_on",
            "left_on",
            Coalesce("member__merged_into_id", "member_id"),
            Coalesce("member__merged_into__code", "member__code"),
            "member__center_id",
            Coalesce("member__merged_into__kind", "member__kind"),
            of_head("income_band"),
            of_head("operations"),
        )
    )
    rows = bulk.rows(queryset=memberships)
    members = [
        BillingMember(
            member_pk, code, center_pk, kind, band, bool(operations), day(first_period_on), optional_day(left_on)
        )
        for _, first_period_on, left_on, member_pk, code, center_pk, kind, band, operations in rows
        if day(first_period_on) <= through
    ]
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


def _last_of_next(*, after: int, size: int) -> int:
    """The id of the last of the next memberships, whoever's they are; `after` itself where there are no more."""
    found: int | None = Membership.objects.filter(pk__gt=after).order_by("pk")[:size].aggregate(last=Max("pk"))["last"]
    return after if found is None else found


def bills() -> Q:
    """The memberships that bill: those of members that stand for themselves, and of the merged ones at most one.

    A merged member's open membership bills for the one it counts as where that one has none open itself, and no
    other merged into it has an older one.
    """
    opened = Membership.objects.filter(left_on__isnull=True)
    own = opened.filter(member=OuterRef("member__merged_into"))
    older = opened.filter(member__merged_into=OuterRef("member__merged_into"), pk__lt=OuterRef("pk"))
    stands_in = Q(member__merged_into__isnull=False, left_on__isnull=True) & ~Exists(own) & ~Exists(older)
    return Q(member__merged_into__isnull=True) | stands_in


def of_head(name: str) -> Case:
    """A column of the member that is billed: of the one it was merged into, where it was (also if that is NULL)."""
    return Case(
        When(member__merged_into__isnull=False, then=F(f"member__merged_into__{name}")), default=F(f"member__{name}")
    )


def _unindexed(name: str) -> F | CombinedExpression:
    """A column that SQLite shall not look rows up by: it would read all members of a center for every slice."""
    return F(name) + 0 if connection.vendor == "sqlite" else F(name)


def _of_families(*, rows: Any, low: int, high: int) -> tuple[Any, Any]:
    """Two queries for one: the rows that belong to members in a range of ids, and to what was merged into those.

    Each is one range of an index. Both in one, with OR, are a scan of the whole table for every slice.
    """
    in_range = Q(member_id__gte=low, member_id__lte=high)
    merged = rows.filter(member__merged_into_id__gte=low, member__merged_into_id__lte=high)
    return rows.filter(in_range), merged.exclude(in_range)


def _rates(*, low: int, high: int) -> dict[int, list[Rate]]:
    rates = MemberRate.objects.values_list(
        "pk", Coalesce("member__merged_into_id", "member_id"), "kind", "basis_points", "valid_from", "valid_until"
    )
    own, merged = _of_families(rows=rates, low=low, high=high)
    found: dict[int, list[Rate]] = defaultdict(list)
    for pk, head, *terms in sorted([*own, *merged]):
        found[head].append((pk, *terms))
    return found


def billing_contacts(*, member_pks: Sequence[int]) -> dict[int, tuple[int, str]]:
    """For each member the id and language of whom an invoice goes to: billing, else representative, else the first.

    A contact of what was merged into the member serves where it has none of its own.
    """
    best: dict[int, tuple[tuple[bool, bool, bool, int, int], int, str]] = {}
    contacts = Contact.objects.values_list(
        Coalesce(F("member__merged_into_id"), F("member_id")),
        "member__merged_into_id",
        "pk",
        "language",
        "is_billing",
        "is_representative",
        "position",
    )
    for part in _of_families(rows=contacts, low=min(member_pks), high=max(member_pks)):
        for head, merged, pk, language, billing, representative, position in bulk.rows(queryset=part):
            rank = (merged is not None, not billing, not representative, position, pk)
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
    credits = Payment.objects.filter(unused__gt=0, voided_on__isnull=True).values_list(
        "on", "pk", Coalesce(F("member__merged_into_id"), F("member_id")), "unused", "member_id"
    )
    own, merged = _of_families(rows=credits, low=min(member_pks), high=max(member_pks))
    found: dict[int, list[Credit]] = defaultdict(list)
    for on, pk, head, unused, owner_pk in sorted([*own, *merged]):
        found[head].append(Credit(pk, unused, on, owner_pk))
    return found


def lock_members(*, member_pks: Sequence[int]) -> None:
    """Hold the members of a slice until the transaction ends, so that no payment for them slips in between.

    On SQLite the transaction holds the whole database already and this reads nothing.
    """
    if connection.vendor == "postgresql":
        pks = sorted(member_pks)
        list(Member.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk").values_list("pk"))
