"""Short ways to say who owes what, and the payment policies the rules are held to.

The policies are written out here on purpose: were they read from the sample rules of the program, a slip there
would move the tests along with it.
"""

import os
from datetime import date, timedelta

from hypothesis import settings

from tequio.rules.account import Account, Charge, PaymentPolicy, Plan
from tequio.rules.plans import Instalment, instalments
from tequio.rules.reasons import Text
from tequio.rules.standing import Verdict, standing_on

DAY = timedelta(days=1)
JOINED = date(2006, 5, 1)

POLICY_2011 = PaymentPolicy(
    code="payment-2011",
    title=Text(en="Payment policy 2011", es="Política de pago 2011"),
    decision="P-2011",
    valid_from=date(2011, 1, 1),
    at_risk_from=31,
    disabled_from=91,
    inactive_after_days=180,
    redates_older_by=90,
)
POLICY_2012 = PaymentPolicy(
    code="payment-2012",
    title=Text(en="Payment policy 2012", es="Política de pago 2012"),
    decision="P-2012",
    valid_from=date(2012, 1, 1),
    notice_days=14,
    at_risk_from=31,
    disabled_from=91,
    return_days=14,
    inactive_after_months=3,
)
POLICY_2022 = PaymentPolicy(
    code="payment-2022",
    title=Text(en="Payment policy 2022", es="Política de pago 2022"),
    decision="P-2022",
    valid_from=date(2022, 1, 1),
    notice_days=14,
    disabled_from=61,
    inactive_after_days=30,
)
POLICIES = (POLICY_2011, POLICY_2012, POLICY_2022)
LIMITED = PaymentPolicy(
    code="payment-limited",
    title=Text(en="Payment policy with limits", es="Política de pago con límites"),
    decision="P-LIMITED",
    valid_from=date(2017, 1, 1),
    at_risk_from=31,
    limited_from=61,
    disabled_from=121,
    return_days=14,
    inactive_after_months=3,
)

# How many times the usual number of random examples, for the long run: TEQUIO_TEST_EXAMPLES=20.
_FACTOR = int(os.environ.get("TEQUIO_TEST_EXAMPLES", "1"))
# No deadline, because the machine is shared; no database, because tests leave nothing behind.
SOME = settings(max_examples=25 * _FACTOR, deadline=None, database=None)
MANY = settings(max_examples=60 * _FACTOR, deadline=None, database=None)


def charge(
    due: date, *, number: str = "", amount: int = 20_000, paid: date | tuple = (), opening: bool = False
) -> Charge:
    """Invoiced 14 days before it is due; `paid` is the day it was paid in full, or pairs of day and amount."""
    came_in = ((paid, amount),) if isinstance(paid, date) else paid
    return Charge(
        number=number or f"A-{due:%Y%m%d}",
        due_on=due,
        amount=amount,
        invoiced_on=due - 14 * DAY,
        credits=came_in,
        opening=opening,
    )


def account(*charges: Charge, tried: tuple = (), reached: tuple = (), since: date = JOINED, **facts) -> Account:
    """An account; whoever was reached had been tried, so each day in `reached` is also an attempt."""
    return Account(since=since, charges=charges, attempts=(*tried, *reached), reached=reached, **facts)


def plan_for(*charges: Charge, first_on: date, count: int = 12, starts_on: date | None = None) -> Plan:
    """A plan over everything the charges ask, in equal monthly parts."""
    return Plan(
        starts_on=starts_on or first_on,
        charges=frozenset(c.number for c in charges),
        parts=tuple(instalments(total=sum(c.amount for c in charges), first_on=first_on, count=count)),
    )


def plan_of(*parts: tuple[date, int], charges: tuple[Charge, ...], starts_on: date) -> Plan:
    """A plan with the parts spelled out."""
    return Plan(
        starts_on=starts_on,
        charges=frozenset(c.number for c in charges),
        parts=tuple(Instalment(day, amount) for day, amount in parts),
    )


def verdict(who: Account, on: date, *, policies=POLICIES) -> Verdict:
    return standing_on(account=who, policies=policies, on=on)


def standing(who: Account, on: date, *, policies=POLICIES) -> str:
    return verdict(who, on, policies=policies).standing.value


def follows(found: Verdict) -> tuple[str, date] | None:
    """What comes next and when, as one value to compare."""
    return None if found.next_standing is None else (found.next_standing.value, found.next_on)


def around(who: Account, day: date, *, policies=POLICIES) -> list[str]:
    """The standing on the day before, on the day, and on the day after."""
    return [standing(who, day + n * DAY, policies=policies) for n in (-1, 0, 1)]
