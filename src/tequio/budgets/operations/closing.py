"""Closing a month or a year of a center's books: refused before it is over, and while anything in it waits."""

from calendar import monthrange
from datetime import date, datetime

from tequio.centers.models import Center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.ledger.models import ClosedPeriod
from tequio.ledger.operations import close_period


def close_month(*, center: Center, year: int, month: int, actor: str, at: datetime) -> None:
    """Close a month: nothing more is booked in it."""
    last = date(year, month, monthrange(year, month)[1])
    _close(center=center, first_day=date(year, month, 1), last_day=last, actor=actor, at=at)


def close_year(*, center: Center, year: int, actor: str, at: datetime) -> None:
    """Close a year, the months closed before included."""
    _close(center=center, first_day=date(year, 1, 1), last_day=date(year, 12, 31), actor=actor, at=at)


def _close(*, center: Center, first_day: date, last_day: date, actor: str, at: datetime) -> None:
    today = clock.day_in(at=at, zone=center.zone)
    if last_day >= today:
        raise Refusal(
            en=f"{last_day} is not over yet; what comes until then could not be booked.",
            es=f"El {last_day} aún no termina; lo que llegue hasta entonces no se podría registrar.",
        )
    there = ClosedPeriod.objects.filter(center=center, first_day__lte=first_day, last_day__gte=last_day)
    if there.exists():
        raise Refusal(
            en=f"The books are closed from {first_day} to {last_day} already.",
            es=f"Los libros ya están cerrados del {first_day} al {last_day}.",
        )
    close_period(center=center, first_day=first_day, last_day=last_day, actor=actor, at=at)
