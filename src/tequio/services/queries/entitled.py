"""What members may have: facts for the rule, for one member or all of them in a few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tequio.centers.queries import all_centers
from tequio.dues.accounts import accounts_of
from tequio.dues.models import PaymentPolicy
from tequio.dues.rules_in_force import dues_on, payment_policies
from tequio.kernel import bulk
from tequio.kernel.clock import day_in
from tequio.kernel.texts import text_of
from tequio.members.models import Member
from tequio.members.queries import family_of
from tequio.rules.account import PaymentPolicy as PolicyRule
from tequio.rules.account import policy_on
from tequio.rules.dues import DuesTable
from tequio.rules.entitlement import (
    Entitlement,
    Exemption,
    Lent,
    Service,
    ServiceStanding,
    entitlements,
    lent,
    parts_taken,
)
from tequio.rules.reasons import Text, both, long_date
from tequio.rules.standing import STANDING_NAMES, Cause, Standing, Verdict, standing_on
from tequio.services.models import Lending, LendingItem, ServiceException, ServiceKind, ServiceTerms

BATCH = 5000
_MEMBER = ("pk", "center_id", "kind", "operations", "standing", "standing_since")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Center:
    """What holds in one center on its day of today."""

    day: date
    policies: Sequence[PolicyRule]
    works: Mapping[str, Mapping[str, Any]]
    policy: PolicyRule | None
    table: DuesTable | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What everybody's entitlements follow from at a moment, read once: catalogs by day, and each center's policies."""

    at: datetime
    catalogs: Mapping[date, tuple[Service, ...]]
    centers: Mapping[int, _Center]
    _kept: dict[Any, dict[str, Entitlement]] = field(default_factory=dict)


def terms_at(*, at: datetime) -> Terms:
    """The terms at a moment. A handful of queries, however many members there are."""
    policies = payment_policies()
    works = dict(PaymentPolicy.objects.values_list("code", "works"))
    days = {center.pk: day_in(zone=center.zone, at=at) for center in all_centers()}
    tables = {day: dues_on(on=day) for day in set(days.values())}
    centers = {}
    for pk, day in days.items():
        policy = policy_on(policies=policies.get(pk, []), on=day)
        dues = tables[day].get(pk)
        centers[pk] = _Center(
            day=day,
            policies=policies.get(pk, []),
            works=works.get(policy.code, {}) if policy else {},
            policy=policy,
            table=dues.table if dues else None,
        )
    return Terms(at=at, centers=centers, catalogs={day: catalog_on(on=day) for day in set(days.values())})


def catalog_on(*, on: date) -> tuple[Service, ...]:
    """The catalog on a day: every kind that has terms by then, in its order."""
    counts: dict[int, tuple[int | None, int | None]] = {}
    for terms in ServiceTerms.objects.filter(valid_from__lte=on).order_by("valid_from"):
        counts[terms.kind_id] = (terms.with_membership, terms.with_operations)
    return tuple(
        Service(
            code=kind.code,
            name=text_of(row=kind, name="name"),
            works_as=kind.works_as,
            with_membership=counts[kind.pk][0],
            with_operations=counts[kind.pk][1],
        )
        for kind in ServiceKind.objects.order_by("position", "code")
        if kind.pk in counts
    )


def entitled(*, terms: Terms, member_pks: Iterable[int] | None = None) -> dict[int, dict[str, Entitlement]]:
    """What each member may have of each service, by its code, from the stored standing. None: every member.

    A member merged into another has nothing of its own; its accounts are the other's (see `owner_of_accounts`). The
    reasons name the standing and since when, not the day's count of days: they stay true until the standing changes.
    """
    members = Member.objects.filter(merged_into__isnull=True)
    if member_pks is not None:
        members = members.filter(pk__in=bulk.these(list(member_pks)))
    rows = list(members.order_by("pk").values_list(*_MEMBER))
    causes = _causes(rows=rows, terms=terms)
    exempt: dict[int, list[Exemption]] = {}
    for row in ServiceException.objects.order_by("pk").select_related("kind"):
        exempt.setdefault(row.member_id, []).append(exemption_of(row=row))
    found = {}
    for pk, center_pk, kind, operations, standing, since in rows:
        center = terms.centers[center_pk]
        cause = causes.get(pk, Cause.DAYS)
        own = tuple(exempt.get(pk, ()))
        good = standing == Standing.GOOD
        key = (center_pk, kind, operations, standing, None if good else since, cause, own)
        if key not in terms._kept:  # noqa: SLF001 - CONFIG: the terms keep it for this function
            given = ServiceStanding(
                standing=Standing(standing),
                cause=cause,
                reason=_because(standing=Standing(standing), since=since),
                since=since or center.day,
                works=center.works,
            )
            parts = parts_taken(table=center.table, kind=kind, operations=operations)
            catalog = terms.catalogs[center.day]
            listed = entitlements(catalog=catalog, parts=parts, standing=given, exceptions=own, on=center.day)
            terms._kept[key] = {e.service: e for e in listed}  # noqa: SLF001 - CONFIG: as above
        found[pk] = terms._kept[key]  # noqa: SLF001 - CONFIG: as above
    return found


def lent_out(*, terms: Terms, lending_pks: Iterable[int] | None = None) -> dict[int, dict[str, Entitlement]]:
    """What each coalition that is no member may have of each service, by the lending's id."""
    lendings = Lending.objects.select_related("decision").order_by("pk")
    if lending_pks is not None:
        lendings = lendings.filter(pk__in=list(lending_pks))
    counts: dict[int, dict[str, int]] = {}
    for lending_pk, code, count in LendingItem.objects.values_list("lending_id", "kind__code", "count"):
        counts.setdefault(lending_pk, {})[code] = count
    found = {}
    for row in lendings:
        day = terms.centers[row.center_id].day
        rule = Lent(
            decision=row.decision.code, first_day=row.first_day, last_day=row.last_day, counts=counts.get(row.pk, {})
        )
        found[row.pk] = {e.service: e for e in lent(catalog=terms.catalogs[day], lending=rule, on=day)}
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEntitled:
    """What one member may have today, with the whole reason of its standing, and in every other standing."""

    verdict: Verdict
    standing: ServiceStanding
    catalog: tuple[Service, ...]
    entitlements: tuple[Entitlement, ...]
    in_each: Mapping[Standing, tuple[Entitlement, ...]]


def member_entitled(*, member: Member, at: datetime) -> MemberEntitled:
    """What a member may have, worked out from its account anew, so that the reasons are those of today."""
    terms = terms_at(at=at)
    center = terms.centers[member.center_id]
    account = accounts_of(heads=[member.pk])[member.pk]
    verdict = standing_on(account=account, policies=center.policies, on=center.day)
    given = standing_of(verdict=verdict, works=center.works, policy=center.policy)
    parts = parts_taken(table=center.table, kind=member.kind, operations=member.operations)
    own = [exemption_of(row=row) for row in member.service_exceptions.select_related("kind").order_by("pk")]
    catalog = terms.catalogs[center.day]

    def with_(standing: ServiceStanding) -> tuple[Entitlement, ...]:
        return entitlements(catalog=catalog, parts=parts, standing=standing, exceptions=own, on=center.day)

    supposed = {
        one: ServiceStanding(
            standing=one, cause=Cause.DAYS, reason=Text(en="", es=""), since=center.day, works=center.works
        )
        for one in Standing
    }
    return MemberEntitled(
        verdict=verdict,
        standing=given,
        catalog=catalog,
        entitlements=with_(given),
        in_each={one: with_(standing) for one, standing in supposed.items()},
    )


def standing_of(
    *, verdict: Verdict, works: Mapping[str, Mapping[str, Any]], policy: PolicyRule | None
) -> ServiceStanding:
    """A verdict as the rule of services reads it."""
    return ServiceStanding(
        standing=verdict.standing,
        cause=verdict.cause,
        reason=verdict.reason,
        since=verdict.since,
        works=works,
        inactive_after_days=policy.inactive_after_days if policy else None,
        inactive_after_months=policy.inactive_after_months if policy else None,
    )


def exceptions_of(*, member: Member, on: date) -> list[ServiceException]:
    """The exceptions a member has on a day or later, the first to end first."""
    rows = ServiceException.objects.filter(member_id__in=family_of(head=member), last_day__gte=on)
    return list(rows.select_related("kind").order_by("last_day", "pk"))


def exemption_of(*, row: ServiceException) -> Exemption:
    """An exception as the rule reads it."""
    return Exemption(
        service=row.kind.code,
        first_day=row.first_day,
        last_day=row.last_day,
        reason=row.reason,
        more=row.more,
        keeps_open=row.keeps_open,
    )


def _causes(*, rows: Sequence[tuple[Any, ...]], terms: Terms) -> dict[int, Cause]:
    """Why a member stands so, where the rule asks: at risk where something stops then, and inactive.

    The cause is not stored with the standing; it is worked out for these few only.
    """
    asked = {}
    for pk, center_pk, _, _, standing, _ in rows:
        at_risk = standing == Standing.AT_RISK and terms.centers[center_pk].works.get("at_risk")
        if at_risk or standing == Standing.INACTIVE:
            asked[pk] = center_pk
    pks = sorted(asked)
    found = {}
    for position in range(0, len(pks), BATCH):
        for pk, account in accounts_of(heads=pks[position : position + BATCH]).items():
            if pk in asked:
                center = terms.centers[asked[pk]]
                found[pk] = standing_on(account=account, policies=center.policies, on=center.day).cause
    return found


def _because(*, standing: Standing, since: date | None) -> Text:
    name = STANDING_NAMES[standing]
    if standing is Standing.GOOD or since is None:
        return Text(en=f"The standing is: {name.en}.", es=f"La situación es: {name.es}.")
    return both(
        sentence=lambda x: (
            f"La situación es: {name.es}, desde el {long_date(day=since, language=x)}."
            if x == "es"
            else f"The standing is: {name.en}, since {long_date(day=since, language=x)}."
        )
    )
