"""Which services may a member have on a day, how many, in which state, and why?

A pure function of the dues parts it takes, its standing, the payment policy in force, and exceptions. Holds, plans,
waivers and the days of return are in the standing already (rules/standing.py): a member who was reached, keeps a plan
or was given time has everything back, whatever a policy stops while at risk. Sources: the terms of each service (what
each dues part includes), `works` of the payment policy in force, the decision behind a lending.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from tequio.rules import entitlement_reasons as why
from tequio.rules.dues import DuesTable, Part
from tequio.rules.periods import add_months
from tequio.rules.reasons import Text
from tequio.rules.standing import Cause, Standing

# A person spoke to the member, or agreed something with it: nothing stops then.
EVERYTHING_WORKS = frozenset({Cause.HOLD, Cause.PLAN, Cause.RETURNED})
_STOPPING = (Standing.AT_RISK, Standing.LIMITED, Standing.DISABLED, Standing.INACTIVE)  # from the mildest


class State(StrEnum):
    """How an account is wanted, best first.

    Limited works as before, and its owner is told what it owes; suspended lets nobody in and loses nothing: incoming
    mail is kept. Removed is only ever wanted by a person, when `removable_from` has come.
    """

    OPEN = "open"
    LIMITED = "limited"
    SUSPENDED = "suspended"
    REMOVED = "removed"


STATE_NAMES = {
    State.OPEN: Text(en="open", es="abierto"),
    State.LIMITED: Text(en="limited", es="limitado"),
    State.SUSPENDED: Text(en="suspended", es="suspendido"),
    State.REMOVED: Text(en="removed", es="eliminado"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A kind of service as the catalog has it on a day: how many come with each part, None for as many as needed.

    `works_as`: the word a payment policy uses for it ("mail"); a policy may also name it by its own `code`.
    """

    code: str
    name: Text
    works_as: str
    with_membership: int | None
    with_operations: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """What one member was granted beyond the terms, through its last day: `more` accounts, or open whatever it owes."""

    service: str
    first_day: date
    last_day: date
    reason: str
    more: int = 0
    keeps_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """Services lent by a decision to a coalition that is no member, through the last day; None without an end."""

    decision: str
    first_day: date
    last_day: date | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStanding:
    """What a standing says for services: a `Verdict`'s fields, and `works` of the payment policy in force.

    `works` maps a standing to what stops in it: `off` and `hold` list words for services. A worse standing stops
    at least what a milder one stops.
    """

    standing: Standing
    cause: Cause
    reason: Text
    since: date
    works: Mapping[str, Mapping[str, Any]]
    inactive_after_days: int | None = None
    inactive_after_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """What a member may have of one service: `most` accounts (None: as many as it needs), all in `state`.

    Where it has more than `most`, the first ones it opened count and the others are suspended. `may_open` says whether
    it may open another one, if `most` leaves room. `on_hold`: suspended, but what comes in is kept.
    """

    service: str
    most: int | None
    state: State
    on_hold: bool
    may_open: bool
    reason: Text
    count_reason: Text


def parts_taken(*, table: DuesTable | None, kind: str, operations: bool) -> frozenset[Part]:
    """The dues parts that count for a member.

    Where the dues in force ask nothing of its kind for operations and support, as before the split of 2016, everything
    comes with membership.
    """
    split = table is not None and any(t.part == Part.OPERATIONS and t.kind == kind for t in table.tariffs)
    return frozenset(Part) if operations or not split else frozenset({Part.MEMBERSHIP})


def entitlements(
    *,
    catalog: Sequence[Service],
    parts: frozenset[Part],
    standing: ServiceStanding,
    exceptions: Iterable[Exemption] = (),
    on: date,
) -> tuple[Entitlement, ...]:
    """What a member may have of every service in the catalog on a day, in the catalog's order."""
    in_force = [e for e in exceptions if e.first_day <= on <= e.last_day]
    return tuple(
        _entitlement(
            service=service,
            parts=parts,
            standing=standing,
            exceptions=[e for e in in_force if e.service == service.code],
        )
        for service in catalog
    )


def lent(*, catalog: Sequence[Service], lending: Lent, on: date) -> tuple[Entitlement, ...]:
    """What a coalition may have of every service on a day: what it was lent, open while it is lent."""
    runs = lending.first_day <= on and (lending.last_day is None or on <= lending.last_day)
    found = []
    for service in catalog:
        most = lending.counts.get(service.code, 0)
        reason = (
            why.lent(decision=lending.decision, until=lending.last_day)
            if runs
            else why.no_longer_lent(
                decision=lending.decision, first_day=lending.first_day, last_day=lending.last_day, on=on
            )
        )
        found.append(
            Entitlement(
                service=service.code,
                most=most,
                state=State.OPEN if runs and most else State.SUSPENDED,
                on_hold=True,
                may_open=runs and most > 0,
                reason=reason,
                count_reason=why.lent_so_many(count=most),
            )
        )
    return tuple(found)


def stopped(*, service: Service, standing: Standing, works: Mapping[str, Mapping[str, Any]]) -> str:
    """What a payment policy does to a service in a standing: "off", "hold", or "" where it works.

    The worst standing that says anything of it decides: what stopped while limited does not start again when disabled.
    """
    words = {service.code, service.works_as}
    found = ""
    for milder in _STOPPING:
        said = works.get(milder.value, {})
        for how in ("off", "hold"):
            if words.intersection(said.get(how) or ()):
                found = how
        if milder is standing:
            return found
    return ""


def removable_from(*, standing: ServiceStanding, export_offered_on: date | None, export_days: int) -> date | None:
    """The first day on which a person may have a member's accounts removed; None while nothing allows it.

    Inactive is what the policy's months lead to; whoever left is given the same months from the day it left. On top of
    them an export must have been offered, `export_days` ago at least, while the member was inactive; and for a debt the
    policy must say that data are removed at all.
    """
    if standing.standing is not Standing.INACTIVE or export_offered_on is None:
        return None
    if export_offered_on < standing.since:  # offered in an earlier time of trouble: it has to be offered again
        return None
    first = export_offered_on + timedelta(days=export_days)
    if standing.cause is Cause.LEFT:
        months, days = standing.inactive_after_months, standing.inactive_after_days
        waited = (
            standing.since + timedelta(days=days or 0)
            if months is None
            else add_months(day=standing.since, months=months)
        )
        return max(first, waited)
    says = standing.works.get(Standing.INACTIVE.value, {}).get("removed_after_export")
    return first if says else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An account a member has or had: the day it closed it, and the day of the export after which it was removed."""

    pk: int
    closed_on: date | None = None
    removed_after: date | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """How one account is wanted, and why."""

    pk: int
    state: State
    on_hold: bool
    reason: Text


def wishes(*, entitlement: Entitlement, accounts: Sequence[Held]) -> list[Wish]:
    """How each account of one service is wanted; `accounts` in the order they were opened.

    What was closed or removed takes nobody's place. The first ones count up to `most`; what is beyond is suspended and
    not removed, so that nothing is lost by counting.
    """
    found = []
    place = 0
    for account in accounts:
        if account.removed_after is not None:
            found.append(Wish(account.pk, State.REMOVED, False, why.removed(export_offered_on=account.removed_after)))
        elif account.closed_on is not None:
            found.append(Wish(account.pk, State.SUSPENDED, True, why.closed(on=account.closed_on)))
        elif entitlement.most is not None and place >= entitlement.most > 0:
            found.append(Wish(account.pk, State.SUSPENDED, True, why.beyond_count(most=entitlement.most)))
        else:
            place += 1
            found.append(Wish(account.pk, entitlement.state, entitlement.on_hold, entitlement.reason))
    return found


def _entitlement(
    *, service: Service, parts: frozenset[Part], standing: ServiceStanding, exceptions: Sequence[Exemption]
) -> Entitlement:
    most, count_reason = _count(service=service, parts=parts, exceptions=exceptions)
    kept = max((e for e in exceptions if e.keeps_open), key=lambda e: e.last_day, default=None)
    state, how, reason = _state(service=service, standing=standing)
    if kept is not None and state is not State.OPEN:
        state, how, reason = State.OPEN, "", why.kept_open(reason=kept.reason, until=kept.last_day)
    if most == 0 and state in {State.OPEN, State.LIMITED}:
        state, how, reason = State.SUSPENDED, "hold", count_reason
    return Entitlement(
        service=service.code,
        most=most,
        state=state,
        on_hold=how == "hold",
        may_open=state is State.OPEN and most != 0,
        reason=reason,
        count_reason=count_reason,
    )


def _count(*, service: Service, parts: frozenset[Part], exceptions: Sequence[Exemption]) -> tuple[int | None, Text]:
    """How many, and why: the generous one of the parts a member takes, and what exceptions add."""
    counts = [service.with_membership] if Part.MEMBERSHIP in parts else []
    if Part.OPERATIONS in parts:
        counts.append(service.with_operations)
    if None in counts:
        return None, why.as_many_as_needed(membership=service.with_membership is None)
    most = max((count for count in counts if count is not None), default=0)
    more = sum(e.more for e in exceptions)
    if more:
        last = min((e for e in exceptions if e.more), key=lambda e: e.last_day)
        return most + more, why.with_exception(included=most, more=more, reason=last.reason, until=last.last_day)
    if most:
        return most, why.included(count=most, operations=Part.OPERATIONS in parts)
    return 0, why.not_included(operations=Part.OPERATIONS in parts)


def _state(*, service: Service, standing: ServiceStanding) -> tuple[State, str, Text]:
    if standing.cause in EVERYTHING_WORKS or standing.standing is Standing.GOOD:
        return State.OPEN, "", why.works(because=standing.reason)
    if standing.cause in {Cause.LEFT, Cause.NOT_YET}:
        return State.SUSPENDED, "hold", why.not_a_member(because=standing.reason)
    how = stopped(service=service, standing=standing.standing, works=standing.works)
    if how:
        return State.SUSPENDED, how, why.stopped(because=standing.reason, on_hold=how == "hold")
    if standing.standing is Standing.LIMITED:
        return State.LIMITED, "", why.works_limited(because=standing.reason)
    return State.OPEN, "", why.works(because=standing.reason)
