"""What the pages of the centers read: who keeps each, its roll as a spreadsheet, its accounts and closed periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min

from tequio.accounts.models import Grant, Role
from tequio.accounts.permissions import Viewer, may_read_everything
from tequio.centers.models import Center
from tequio.front.operations import last_month_end
from tequio.kernel.texts import text_of
from tequio.ledger.models import Account, ClosedPeriod, Entry
from tequio.ledger.queries import account_balances
from tequio.members.models import Member
from tequio.members.queries import EXPORT_COLUMNS, export_rows
from tequio.rules.reasons import Text

_CENTER_COLUMN = EXPORT_COLUMNS.index("center")


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterRow:
    """One center of the list, with how many members it has."""

    center: Center
    name: Text
    members: int


def center_rows(*, viewer: Viewer) -> list[CenterRow]:
    """The centers a person may see, by code. Two queries."""
    centers = Center.objects.order_by("code")
    shown = list(centers if may_read_everything(viewer) else centers.filter(pk__in=viewer.centers))
    counts = dict(
        Member.objects.filter(merged_into__isnull=True).order_by().values_list("center_id").annotate(Count("pk"))
    )
    return [CenterRow(center=c, name=text_of(row=c, name="name"), members=counts.get(c.pk, 0)) for c in shown]


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterPage:
    """What the page of a center's settings shows besides its columns. `booked` fixes its currency."""

    treasurers: list[str]
    booked: bool
    closed_through: date | None


def center_page(*, center: Center) -> CenterPage:
    """Who keeps a center's money, and where its books stand. Three queries."""
    grants = Grant.objects.filter(role=Role.TREASURER, center=center, user__is_active=True)
    return CenterPage(
        treasurers=list(grants.order_by("user__name", "pk").values_list("user__name", flat=True)),
        booked=Entry.objects.filter(center=center).exists(),
        closed_through=ClosedPeriod.objects.filter(center=center).aggregate(last=Max("last_day"))["last"],
    )


def roll_rows(*, center: Center | None) -> Iterator[tuple[object, ...]]:
    """The roll for a spreadsheet, of one center or of all: no contacts, no addresses."""
    return (row for row in export_rows() if center is None or row[_CENTER_COLUMN] == center.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """One account with its balance in minor units, debit positive."""

    code: str
    name: Text
    minor: int


def balances(*, center: Center) -> list[Balance]:
    """Every account of a center that was ever booked on, with its balance; they come to nothing. Two queries."""
    names = {a.code: text_of(row=a, name="name") for a in Account.objects.filter(center=center).order_by("pk")}
    return [
        Balance(code=code, name=names[code], minor=minor) for code, minor in account_balances(center=center).items()
    ]


def closed_periods(*, center: Center) -> list[ClosedPeriod]:
    """The periods of a center's books that take no more entries, newest first."""
    return list(ClosedPeriod.objects.filter(center=center).order_by("-first_day", "-pk"))


def period_to_close(*, center: Center, on: date) -> tuple[date, date] | None:
    """What would be closed next: from the day after the last closed one through the end of last month.

    None where there is nothing booked before, or it is closed.
    """
    last = ClosedPeriod.objects.filter(center=center).aggregate(last=Max("last_day"))["last"]
    first = last + timedelta(days=1) if last else Entry.objects.filter(center=center).aggregate(x=Min("on"))["x"]
    through = last_month_end(before=on)
    return (first, through) if first is not None and first <= through else None
