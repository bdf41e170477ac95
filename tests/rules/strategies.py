"""Random accounts and policies, squeezed into a few months so that everything meets everything."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from tequio.rules.account import Account, Charge, PaymentPolicy, Plan
from tequio.rules.plans import Instalment
from tequio.rules.reasons import Text

DAY = timedelta(days=1)
START = date(2015, 12, 20)  # months of 31 days, a leap February and a month of 30 follow
LENGTH = 100
END = START + LENGTH * DAY


def days(least: int, most: int):
    """A day so many days after START."""
    return st.integers(least, most).map(lambda n: START + n * DAY)


@st.composite
def policy(draw, *, valid_from=None, attempt_required=None):
    """Thresholds in the order of their names, each of which may be missing."""
    numbers = sorted(draw(st.lists(st.integers(1, 25), min_size=3, max_size=3, unique=True)))
    thresholds = [draw(st.sampled_from([n, n, n, None])) for n in numbers]
    months = draw(st.sampled_from([None, None, 1]))
    wait = None if months else draw(st.one_of(st.none(), st.integers(1, 15)))
    return PaymentPolicy(
        code="p",
        title=Text(en="a policy", es="una política"),
        decision="d",
        valid_from=valid_from if valid_from is not None else draw(days(-60, LENGTH)),
        at_risk_from=thresholds[0],
        limited_from=thresholds[1],
        disabled_from=thresholds[2],
        attempt_required=draw(st.sampled_from([True, True, False])) if attempt_required is None else attempt_required,
        return_days=draw(st.one_of(st.none(), st.integers(1, 6))),
        inactive_after_days=wait,
        inactive_after_months=months,
        redates_older_by=draw(st.sampled_from([None, None, None, 0, 5, 12])),
    )


def policies(*, attempt_required=None):
    """One to three policies, each from a day of its own."""
    return st.lists(
        policy(attempt_required=attempt_required), min_size=1, max_size=3, unique_by=lambda p: p.valid_from
    ).map(tuple)


@st.composite
def charge(draw, *, number, amounts=(50, 100, 100, 120, -50, -100)):
    """100 owed. With the default amounts it is paid in part, in full, too much, and taken back, once invoiced."""
    due = draw(days(-40, 70))
    invoiced_on = due - draw(st.integers(0, 14)) * DAY
    moves = draw(st.lists(st.tuples(st.integers(0, 110), st.sampled_from(amounts)), max_size=3))
    return Charge(
        number=number,
        due_on=due,
        amount=100,
        invoiced_on=invoiced_on,
        credits=tuple((invoiced_on + n * DAY, amount) for n, amount in moves),
    )


@st.composite
def plan(draw, *, numbers):
    """A plan over some of the charges, its parts in order of their days."""
    starts_on = draw(days(-20, 80))
    gaps = draw(st.lists(st.integers(1, 20), min_size=1, max_size=4))
    parts, day = [], starts_on
    for gap in gaps:
        day += gap * DAY
        parts.append(Instalment(day, draw(st.sampled_from([25, 50, 100]))))
    return Plan(
        starts_on=starts_on, charges=draw(st.frozensets(st.sampled_from(numbers), min_size=1)), parts=tuple(parts)
    )


@st.composite
def span(draw, *, open_ended=False):
    """First and last day of a hold or a waiver."""
    first = draw(days(-10, LENGTH))
    if open_ended and draw(st.booleans()):
        return first, None
    return first, first + draw(st.integers(0, 30)) * DAY


@st.composite
def absences(draw):
    """Mostly none; sometimes gone for good, sometimes away and back."""
    kind = draw(st.sampled_from(["here", "here", "gone", "back"]))
    if kind == "here":
        return ()
    first = draw(days(20, LENGTH))
    return ((first, None),) if kind == "gone" else ((first, first + draw(st.integers(0, 40)) * DAY),)


@st.composite
def accounts(draw, *, with_plans=True, with_attempts=True, may_leave=True):
    """Nobody is invoiced after the due date, and who is reached was tried."""
    numbers = ["A", "B", "C", "D"][: draw(st.integers(1, 4))]
    tried = draw(st.lists(days(-40, LENGTH), max_size=4)) if with_attempts else []
    reached = draw(st.lists(days(0, LENGTH), max_size=4)) if with_attempts else []
    return Account(
        since=START - draw(st.sampled_from([0, 30])) * DAY,
        charges=tuple(draw(charge(number=n)) for n in numbers),
        attempts=(*tried, *reached),
        reached=tuple(reached),
        holds=tuple(draw(st.lists(span(), max_size=2))),
        plans=tuple(draw(st.lists(plan(numbers=numbers), max_size=2))) if with_plans else (),
        comps=tuple(draw(st.lists(span(open_ended=True), max_size=1))),
        away=draw(absences()) if may_leave else (),
    )


@st.composite
def reached_accounts(draw):
    """Late early on, tried at once and reached again and again: returns, and disablings one after the other."""
    tried, *reached = draw(st.lists(days(-20, LENGTH), min_size=3, max_size=8))
    return Account(
        since=START,
        charges=tuple(draw(charge(number=n, amounts=(100, -100))) for n in "AB"),
        attempts=(START - 40 * DAY, tried, *reached),
        reached=tuple(reached),
        holds=tuple(draw(st.lists(span(), max_size=1))),
        plans=tuple(draw(st.lists(plan(numbers=["A", "B"]), max_size=1))),
    )


@st.composite
def returning_policies(draw):
    """One or two policies that disable early and give a return."""
    first = draw(policy(valid_from=START - 60 * DAY, attempt_required=False))
    second = draw(st.lists(policy().filter(lambda p: p.valid_from > first.valid_from), max_size=1))
    early = draw(st.integers(2, 12))
    back = draw(st.integers(1, 8))
    return (replace(first, at_risk_from=1, limited_from=None, disabled_from=early, return_days=back), *second)
