"""What standing looks at: a member's charges, payments, contacts, holds and plans, each with its day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tequio.rules.plans import Instalment, broken_on
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPolicy:
    """Dated thresholds, in days from the due date (day 0). A threshold that is None does not exist in the policy.

    `redates_older_by`: charges due before `valid_from` count as due that many days after it (a transitional rule).
    `return_days`: how long a disabled member is back after being reached, once for each disabling.
    """

    code: str
    title: Text
    decision: str
    valid_from: date
    notice_days: int = 0
    at_risk_from: int | None = None
    limited_from: int | None = None
    disabled_from: int | None = None
    attempt_required: bool = True
    return_days: int | None = None
    inactive_after_days: int | None = None
    inactive_after_months: int | None = None
    redates_older_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Something owed: an invoice, or the balance the roll brought. Amounts in minor units.

    `credits` are (day, amount) of whatever lowered it (payments, write-offs) or raised it again (refunds, negative).
    """

    number: str
    due_on: date
    amount: int
    invoiced_on: date
    credits: tuple[tuple[date, int], ...] = ()
    opening: bool = False

    def is_open(self, *, on: date) -> bool:
        """Whether it had been invoiced, and anything was left to pay, at the end of the day."""
        return self.invoiced_on <= on and self.amount > sum(amount for day, amount in self.credits if day <= on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An agreement to pay some charges in parts, from the day it began."""

    starts_on: date
    charges: frozenset[str]
    parts: tuple[Instalment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All the facts about one member that standing follows from. The order within each tuple means nothing.

    `away` are the times it did not belong, from the first day out through the last, None while it is out.
    """

    since: date
    charges: tuple[Charge, ...] = ()
    attempts: tuple[date, ...] = ()
    reached: tuple[date, ...] = ()
    holds: tuple[tuple[date, date], ...] = ()
    plans: tuple[Plan, ...] = ()
    comps: tuple[tuple[date, date | None], ...] = ()
    away: tuple[tuple[date, date | None], ...] = ()

    def known_on(self, *, on: date) -> "Account":
        """The account as it was on a day: nothing that happened later, but all that had been agreed by then."""
        return replace(
            self,
            charges=tuple(
                replace(c, credits=tuple(x for x in c.credits if x[0] <= on))
                for c in self.charges
                if c.invoiced_on <= on
            ),
            attempts=tuple(d for d in self.attempts if d <= on),
            reached=tuple(d for d in self.reached if d <= on),
            holds=tuple(h for h in self.holds if h[0] <= on),
            plans=tuple(p for p in self.plans if p.starts_on <= on),
            comps=tuple(c for c in self.comps if c[0] <= on),
            away=tuple((first, last if last and last < on else None) for first, last in self.away if first <= on),
        )

    def plan_ends(self) -> "tuple[PlanEnd, ...]":
        """Each plan with the day it is broken if nothing more is paid, None if it is kept to its end."""
        ends = []
        for plan in self.plans:
            paid = [x for c in self.charges if c.number in plan.charges for x in c.credits if x[0] >= plan.starts_on]
            ends.append((plan, broken_on(parts=plan.parts, paid=paid, known_through=date.max)))
        return tuple(ends)


# A plan, and the day it is broken if nothing more is paid; None if it is kept to its end.
PlanEnd = tuple[Plan, date | None]


def policy_on(*, policies: Sequence[PaymentPolicy], on: date) -> PaymentPolicy | None:
    """The policy in force on a day: of those begun, the last to begin. None before the first."""
    begun = [p for p in policies if p.valid_from <= on]
    return max(begun, key=lambda p: p.valid_from) if begun else None


def counts_from(*, due: date, policies: Sequence[PaymentPolicy], on: date) -> date:
    """The day that counts as day 0 of a charge: its due date, unless a transitional rule has moved it.

    A rule that re-dates older charges does so for good: a later policy counts from the same day.
    """
    day = due
    for policy in policies:
        if policy.redates_older_by is not None and due < policy.valid_from <= on:
            day = max(day, policy.valid_from + timedelta(days=policy.redates_older_by))
    return day
