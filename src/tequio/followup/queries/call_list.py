"""Who is to be called now, best first; and the little that a call needs to know of a member's money."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, IntegerField, Min, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Least

from tequio.centers.models import Center
from tequio.dues.models import Invoice
from tequio.followup.models import CallItem, CallWhy, FollowUpPolicy, QuietDay
from tequio.followup.reach import reaches
from tequio.followup.zones import zone_of
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.members.models import Contact
from tequio.members.queries import families
from tequio.rules.ladder import Channel
from tequio.rules.polite_hours import is_polite

MOST = 200  # of those who may be called now; nobody calls more in a day
_LOOKED_AT = 200  # at a time
_RANK = {CallWhy.PROMISE: 0, CallWhy.CALL_BACK: 1, CallWhy.BY_HAND: 2, CallWhy.LADDER: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyItem:
    """A member that may be called now."""

    pk: int
    member_pk: int
    center_pk: int
    why: str


def policy_of(*, center_pk: int, on: date) -> FollowUpPolicy:
    """The follow-up policy of a center on a day. Refuses where there is none."""
    row = FollowUpPolicy.objects.filter(center_id=center_pk, valid_from__lte=on).order_by("-valid_from").first()
    if row is None:
        raise Refusal(
            en="No follow-up policy is in force in this center.",
            es="En este centro no hay una política de seguimiento vigente.",
        )
    return row


def owed_now(*, family: Iterable[int]) -> int:
    """What a member has open, in minor units of its center's currency."""
    rows = Invoice.objects.filter(member_id__in=list(family), rest__gt=0)
    return int(rows.aggregate(rest=Sum("rest"))["rest"] or 0)


def ready_items(*, center_pks: Iterable[int], at: datetime, most: int = MOST) -> list[ReadyItem]:
    """The members that may be called at this moment, best first, `most` of them: in polite hours, claimed by nobody.

    Promises that are due come first, then those that asked to be called back, then the oldest debt, and among equals
    who was never reached. Three queries, four more for each two hundred looked at.
    """
    centers = {center.pk: center for center in Center.objects.filter(pk__in=list(center_pks))}
    policies = _policies(centers=centers.values(), at=at)
    rows = _listed(center_pks=list(policies), at=at)
    found: list[ReadyItem] = []
    for start in range(0, len(rows), _LOOKED_AT):
        # Where the best are still asleep somebody further down is awake.
        found += _polite(rows=rows[start : start + _LOOKED_AT], centers=centers, policies=policies, at=at)
        if len(found) >= most:
            break
    return found[:most]


_Row = tuple[int, int, int, str]


def _listed(*, center_pks: Sequence[int], at: datetime) -> list[_Row]:
    """Everybody that is ready but for the hour, best first: (item, member, center, why)."""
    rows = (
        CallItem.objects.filter(
            Q(claimed_until__isnull=True) | Q(claimed_until__lte=at),
            closed_at__isnull=True,
            ready_at__lte=at,
            center_id__in=list(center_pks),
        )
        .annotate(
            rank=Case(*(When(why=why, then=Value(rank)) for why, rank in _RANK.items()), output_field=IntegerField()),
            own=Min("member__invoices__due_on", filter=Q(member__invoices__rest__gt=0)),
            merged=Min("member__merged__invoices__due_on", filter=Q(member__merged__invoices__rest__gt=0)),
            reached=Min("member__attempts__on", filter=Q(member__attempts__outcome="reached")),
        )
        .annotate(oldest=Coalesce(Least("own", "merged"), "own", "merged"))
        # Who was never reached comes first on both engines, which do not agree where nothing sorts.
        .order_by("rank", F("oldest").asc(nulls_last=True), F("reached").asc(nulls_first=True), "pk")
    )
    return list(rows.values_list("pk", "member_id", "center_id", "why"))


def _polite(
    *, rows: Sequence[_Row], centers: dict[int, Center], policies: dict[int, FollowUpPolicy], at: datetime
) -> list[ReadyItem]:
    """Of some rows those whom a call reaches at a polite hour."""
    members = {member_pk for _, member_pk, _, _ in rows}
    reached = reaches(counted=families(heads=members))
    contacts = {
        contact.pk: contact
        for contact in Contact.objects.filter(
            pk__in=[r.contacts[Channel.CALL] for r in reached.values() if Channel.CALL in r.contacts]
        ).only("pk", "country", "state")
    }
    found = []
    for pk, member_pk, center_pk, why in rows:
        contact_pk = reached[member_pk].contacts.get(Channel.CALL)
        if contact_pk is None:
            continue
        contact, policy = contacts[contact_pk], policies[center_pk]
        zone, _ = zone_of(country=contact.country, state=contact.state, center_zone=centers[center_pk].zone)
        if is_polite(
            local=at.astimezone(zone),
            from_hour=policy.call_from_hour,
            to_hour=policy.call_to_hour,
            on_sundays=policy.call_on_sundays,
        ):
            found.append(ReadyItem(pk=pk, member_pk=member_pk, center_pk=center_pk, why=why))
    return found


def _policies(*, centers: Iterable[Center], at: datetime) -> dict[int, FollowUpPolicy]:
    """The policy in force in each center, without those that have a holiday."""
    days = {center.pk: day_in(zone=center.zone, at=at) for center in centers}
    quiet = {
        (center_pk, on)
        for center_pk, on in QuietDay.objects.filter(center_id__in=list(days), on__in=set(days.values())).values_list(
            "center_id", "on"
        )
    }
    found: dict[int, FollowUpPolicy] = {}
    for row in FollowUpPolicy.objects.filter(center_id__in=list(days)).order_by("valid_from"):
        if row.valid_from <= days[row.center_id] and (row.center_id, days[row.center_id]) not in quiet:
            found[row.center_id] = row
    return found


def waiting_counts(*, center_pks: Sequence[int], at: datetime) -> tuple[int, int]:
    """How many are on the call list in all, and how many of them are ready but for the hour."""
    rows = CallItem.objects.filter(closed_at__isnull=True, center_id__in=list(center_pks))
    return rows.count(), rows.filter(ready_at__lte=at).count()
