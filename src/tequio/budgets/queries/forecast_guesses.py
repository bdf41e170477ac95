"""What the books of the twelve months before say of how members behave, and what is assumed where they say nothing."""

from datetime import date, timedelta

from django.db.models import Q

from tequio.centers.models import Center
from tequio.dues.models import Invoice, InvoiceKind
from tequio.members.models import Membership
from tequio.rules.forecasting import NAMES, Group, Guess
from tequio.rules.periods import add_months, add_years
from tequio.rules.reasons import Text

_ENOUGH = 20  # charges from which a share says something
_ON_TIME = timedelta(days=30)
_SETTLING = 3  # months a charge is given before it is counted as late or never paid
_BOOKS = "books"
_ASSUMED = "assumed"
_WHO = {
    _BOOKS: Text(en="the books of the twelve months before", es="los libros de los doce meses anteriores"),
    _ASSUMED: Text(en="assumed by the program", es="lo supone el programa"),
}
_HABITS = {"late": (0.08, 0.15, 0.25), "never": (0.03, 0.06, 0.10), "catching_up": (0.2, 0.4, 0.6)}


def guesses_from_books(*, center: Center, on: date, groups: list[Group]) -> tuple[Guess, ...]:
    """The guesses a forecast begins with: each says whether the books or nobody is behind it. Seven queries.

    A share the books give is taken from three quarters to half as much again of what it was. Where there are fewer
    than twenty charges to look at, it is assumed.
    """
    since = add_years(day=on, years=-1)
    there = Membership.objects.filter(member__center=center)
    before = there.filter(joined_on__lt=since).filter(Q(left_on__isnull=True) | Q(left_on__gte=since)).count()
    left = there.filter(left_on__gte=since, left_on__lt=on, joined_on__lt=since).count()
    joined = there.filter(joined_on__gte=since, joined_on__lt=on).count()
    paying = [group for group in groups if not group.behind]
    dues = sum(group.amount * group.count for group in paying) / max(sum(group.count for group in paying), 1)
    if before >= _ENOUGH:
        made = [_around("leaving", left / before), _around("joining", float(joined), least=1.0)]
    else:
        made = [_guess("leaving", (0.02, 0.05, 0.1), _ASSUMED), _guess("joining", (0.0, 0.0, 0.0), _ASSUMED)]
    return (
        *made,
        _guess("new_dues", (dues, dues, dues), _BOOKS),
        _guess("months_late", (3.0, 3.0, 3.0), _ASSUMED),
        *_habits(center=center, on=on),
        _guess("dropping", (0.0, 0.0, 0.0), _ASSUMED),
        _guess("expense", (0.97, 1.0, 1.05), _ASSUMED),
        _guess("other_income", (0.85, 1.0, 1.1), _ASSUMED),
    )


def who_said(said_by: str, /) -> Text:
    """Who is behind a guess: the books, nobody but the program, or a person by name."""
    return _WHO.get(said_by, Text(en=said_by, es=said_by))


def _habits(*, center: Center, on: date) -> list[Guess]:
    """How many charges were paid late or not at all, and how many old debts were paid."""
    year_before = add_years(day=on, years=-1)
    known = Invoice.objects.filter(center=center, kind=InvoiceKind.DUES).filter(
        Q(cancelled_on__isnull=True) | Q(cancelled_on__gte=on)
    )
    due = known.filter(
        due_on__gte=add_months(day=year_before, months=-_SETTLING), due_on__lt=add_months(day=on, months=-_SETTLING)
    ).values_list("due_on", "settled_on")
    late = never = 0
    for due_on, settled_on in due:
        if settled_on is None or settled_on >= on:
            never += 1
        elif settled_on > due_on + _ON_TIME:
            late += 1
    count = len(due)
    found = [
        _around(name, share / count) if count >= _ENOUGH else _guess(name, _HABITS[name], _ASSUMED)
        for name, share in (("late", late), ("never", never))
    ]
    everything = Invoice.objects.filter(center=center).filter(
        Q(cancelled_on__isnull=True) | Q(cancelled_on__gte=on), due_on__lt=year_before
    )
    old = everything.filter(Q(settled_on__isnull=True) | Q(settled_on__gte=year_before)).values_list("settled_on")
    settled = sum(1 for (settled_on,) in old if settled_on is not None and settled_on < on)
    if len(old) >= _ENOUGH:
        found.append(_around("catching_up", settled / len(old)))
    else:
        found.append(_guess("catching_up", _HABITS["catching_up"], _ASSUMED))
    return found


def _around(name: str, value: float, *, least: float = 0.0) -> Guess:
    """A guess around what the books say, from three quarters of it to half as much again."""
    most = 0.5 if name in ("late", "never") else 1.0 if NAMES[name][1] == "%" else float("inf")
    likely = min(value, most)
    return _guess(name, (likely * 0.75, likely, min(max(likely * 1.5, least), most)), _BOOKS)


def _guess(name: str, values: tuple[float, float, float], said_by: str) -> Guess:
    label, unit = NAMES[name]
    low, likely, high = values
    return Guess(name=name, label=label, low=low, likely=likely, high=high, said_by=said_by, unit=unit)
