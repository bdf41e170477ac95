"""Closing a month or a year of a center's books: refused before it is over, and while anything in it waits.

Nothing opens a closed period again, here or in the database: what comes late is booked on a later day, and what was
wrong is reversed there. So whoever closes on a page says how many entries were looked at, and hears if one came since.
"""

from datetime import date, datetime

from django.db import transaction

from tequio.budgets.queries.closing import days_of
from tequio.centers.models import Center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.ledger.models import ClosedPeriod, Entry
from tequio.ledger.operations import close_period


def close_month(
    *, center: Center, year: int, month: int, actor: str, at: datetime, entries_seen: int | None = None
) -> None:
    """Close a month: nothing more is booked in it.

    Refuses a month that is not over in the center's zone, is closed already, or has drafts in it; and one with another
    number of entries than `entries_seen`, where that is given.
    """
    _close(center=center, days=days_of(year=year, month=month), actor=actor, at=at, entries_seen=entries_seen)


def close_year(*, center: Center, year: int, actor: str, at: datetime, entries_seen: int | None = None) -> None:
    """Close a year, the months closed before included. Refuses what close_month refuses."""
    _close(center=center, days=days_of(year=year, month=None), actor=actor, at=at, entries_seen=entries_seen)


@transaction.atomic
def _close(*, center: Center, days: tuple[date, date], actor: str, at: datetime, entries_seen: int | None) -> None:
    first_day, last_day = days
    # Who enters an expense or bills holds the center too: what is counted here is what is closed.
    Center.objects.select_for_update().get(pk=center.pk)
    if last_day >= clock.day_in(at=at, zone=center.zone):
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
    if entries_seen is not None:
        count = Entry.objects.filter(center=center, on__range=days, posted=True).count()
        if count != entries_seen:
            raise Refusal(
                en=f"Meanwhile somebody booked something: there are {count} entries now, and you looked at "
                f"{entries_seen}. Look at the figures again.",
                es=f"Mientras tanto alguien asentó algo: ahora hay {count} asientos y usted revisó {entries_seen}. "
                "Vuelva a ver las cifras.",
            )
    close_period(center=center, first_day=first_day, last_day=last_day, actor=actor, at=at)
