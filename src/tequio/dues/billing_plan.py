"""What a dues run would make, as data: the same plan is previewed, hashed, confirmed and written."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from tequio.centers.models import Center
from tequio.dues.billing_facts import BillingMember, Slice
from tequio.dues.rules_in_force import DuesInForce
from tequio.rules import dues, periods
from tequio.rules.dues import DuesTableError, Line
from tequio.rules.money import WHOLE_SHARE
from tequio.rules.reasons import Text

COMPED = "comped"  # why a member is set aside, as runs keep it


class PlannedInvoice(NamedTuple):
    """One invoice a run would make."""

    member_pk: int
    member_code: str
    center_pk: int
    period_start: date
    period_end: date
    due_on: date
    lines: tuple[Line, ...]
    rate_pk: int | None

    @property
    def total(self) -> int:
        """What it asks for, in minor units."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A member a run passes over, with the reason; where dues are waived, the latest period that is, and its center."""

    member_code: str
    code: str
    text: Text
    period_start: date | None = None
    center_code: str = ""


@dataclass(slots=True, kw_only=True)
class SlicePlan:
    """What one slice of the members comes to."""

    last_id: int
    invoices: list[PlannedInvoice] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)

    def digest(self) -> str:
        """A hash of everything that would be written: members, periods, due dates, amounts and rates."""
        sums = hashlib.sha256()
        for i in self.invoices:
            lines = [(line.part, line.amount, line.tariff_id) for line in i.lines]
            sums.update(f"{i.member_code}|{i.period_start}|{i.due_on}|{lines}|{i.rate_pk}\n".encode())
        return sums.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for a whole run: its days, and for each center the dues in force and the days of notice."""

    as_of: date
    through: Mapping[int, date]
    centers: Mapping[int, Center]
    dues: Mapping[int, DuesInForce]
    notice_days: Mapping[int, int]

    @property
    def last_through(self) -> date:
        """The latest day any center's periods are billed through."""
        return max(self.through.values())


class Pricer:
    """Lines for a member, worked out once for each combination there is of center, kind, band, part and rate."""

    def __init__(self, *, terms: Terms) -> None:
        self._terms = terms
        self._known: dict[tuple[int, str, int | None, bool, int], tuple[Line, ...]] = {}

    def lines(self, *, center_pk: int, kind: str, band: int | None, operations: bool, share: int) -> tuple[Line, ...]:
        """The lines of one period, from the rule in rules/dues.py."""
        key = (center_pk, kind, band, operations, share)
        found = self._known.get(key)
        if found is None:
            table = self._terms.dues[center_pk].table
            found = dues.lines_for(table=table, kind=kind, band=band, operations=operations, share=share)
            self._known[key] = found
        return found


def plan_slice(*, facts: Slice, terms: Terms, pricer: Pricer) -> SlicePlan:
    """Which invoices a slice of the members comes to, and who is passed over. Writes nothing."""
    plan = SlicePlan(last_id=facts.last_id)
    nothing: set[date] = set()
    for member in facts.members:
        starts = periods.starts_through(
            first=member.first_period_on,
            through=terms.through[member.center_pk],
            billed=facts.billed.get(member.pk, nothing),
            ends=member.left_on,
        )
        if not starts:
            continue
        latest = starts[-1]
        share, rate_pk = WHOLE_SHARE, None
        rates = facts.rates.get(member.pk)
        if rates:
            # A period that began while dues were waived is waived for good, also when they no longer are.
            starts = [start for start in starts if not dues.is_comped(rates=[rate[1:] for rate in rates], on=start)]
            kind, share = dues.share_on(rates=[rate[1:] for rate in rates], on=terms.as_of)
            if kind == dues.RateKind.COMPED:
                plan.set_aside.append(_comped(member=member, center=terms.centers[member.center_pk], start=latest))
                continue
            if not starts:
                continue
            if kind is not None:
                rate_pk = max(
                    (rate for rate in rates if rate[3] <= terms.as_of and (rate[4] is None or terms.as_of <= rate[4])),
                    key=lambda rate: (rate[3], rate[0]),
                )[0]
        try:
            lines = pricer.lines(
                center_pk=member.center_pk,
                kind=member.kind,
                band=member.band,
                operations=member.operations,
                share=share,
            )
        except DuesTableError as error:
            plan.set_aside.append(SetAside(member_code=member.code, code="no_tariff", text=error.text))
            continue
        lines = tuple(line for line in lines if line.amount)
        if not lines:
            continue
        notice = terms.notice_days[member.center_pk]
        plan.invoices.extend(
            PlannedInvoice(
                member.pk,
                member.code,
                member.center_pk,
                start,
                periods.period_end(first=member.first_period_on, start=start),
                dues.due_on(period_start=start, invoiced_on=terms.as_of, notice_days=notice),
                lines,
                rate_pk,
            )
            for start in starts
        )
    return plan


def _comped(*, member: BillingMember, center: Center, start: date) -> SetAside:
    return SetAside(
        member_code=member.code,
        code=COMPED,
        text=Text(en="Dues are waived for this member on this day.", es="Ese día la membresía está exenta de cuota."),
        period_start=start,
        center_code=center.code,
    )
