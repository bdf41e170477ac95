"""The member list: filters, search without accents, fifty rows with what each owes; as many queries for any roll."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Sum

from tequio.accounts.permissions import Viewer, may_read_everything
from tequio.dues.models import Invoice
from tequio.kernel.web.environment import money, short_day
from tequio.kernel.web.lists import PER_PAGE
from tequio.members.intake.duplicates import likeness_key
from tequio.members.models import Contact, Member
from tequio.rules.money import whole_units
from tequio.rules.standing import Standing

BEHIND = (Standing.AT_RISK.value, Standing.LIMITED.value, Standing.DISABLED.value)
SORTS = {"name": ("search_name", "pk"), "due": ("oldest", "search_name", "pk"), "since": ("standing_since", "pk")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list was asked for; empty words do not matter."""

    q: str = ""
    center: str = ""
    kind: str = ""
    sector: str = ""
    standing: str = ""
    sort: str = "name"


@dataclass(frozen=True, slots=True)
class Row:
    """One member of the list, ready to print."""

    pk: int
    code: str
    name: str
    kind: str
    center: str
    language: str
    standing: str
    since: str
    oldest: str
    owed: str


def visible(*, viewer: Viewer) -> QuerySet[Member]:
    """The members a person may see in lists: everybody for administrators and auditors, else of its own centers."""
    members = Member.objects.filter(merged_into__isnull=True)
    return members if may_read_everything(viewer) else members.filter(center__in=viewer.centers)


def filtered(*, members: QuerySet[Member], filters: Filters) -> QuerySet[Member]:
    """The members a list's filters leave, without regard to standing."""
    if filters.center:
        members = members.filter(center__code=filters.center)
    if filters.kind:
        members = members.filter(kind=filters.kind)
    if filters.sector:
        members = members.filter(sector=filters.sector)
    words = filters.q.strip()
    if words:
        found = Q(search_name__contains=likeness_key(name=words)) | Q(code__iexact=words)
        if "@" in words:
            found |= Q(Exists(Contact.objects.filter(member=OuterRef("pk"), email__icontains=words)))
        members = members.filter(found)
    return members


def tally(*, members: QuerySet[Member]) -> dict[str, int]:
    """How many of these members have each standing; `all` and `behind` are sums of them."""
    counts = dict.fromkeys((s.value for s in Standing), 0)
    counts.update(members.order_by().values_list("standing").annotate(count=Count("pk")))
    return {"all": sum(counts.values()), "behind": sum(counts[s] for s in BEHIND), **counts}


def with_standing(*, members: QuerySet[Member], standing: str) -> QuerySet[Member]:
    """Only those of one standing, or all who are behind."""
    if standing == "behind":
        return members.filter(standing__in=BEHIND)
    return members.filter(standing=standing) if standing else members


def rows(*, members: QuerySet[Member], filters: Filters, number: int, on: date) -> list[Row]:
    """One page of the list. Two queries."""
    first = (number - 1) * PER_PAGE
    if filters.sort == "due":
        overdue = Q(invoices__rest__gt=0, invoices__due_on__lt=on)
        dated = members.annotate(oldest=Min("invoices__due_on", filter=overdue))
        ordered: QuerySet[Member] = dated.order_by(F("oldest").asc(nulls_last=True), "search_name", "pk")
    else:
        ordered = members.order_by(*SORTS["since" if filters.sort == "since" else "name"])
    page = list(
        ordered.values_list(
            *("pk", "code", "name", "kind", "center__code", "center__language", "center__currency"),
            *("standing", "standing_since"),
        )[first : first + PER_PAGE]
    )
    owed = owed_by(members=[row[0] for row in page])
    return [
        Row(
            pk=pk,
            code=code,
            name=name,
            kind=kind,
            center=center,
            language=language,
            standing=standing,
            since=short_day(since),
            oldest=short_day(owed[pk][0]) if pk in owed else "",
            owed=money(owed[pk][1], currency) if pk in owed else "",
        )
        for pk, code, name, kind, center, language, currency, standing, since in page
    ]


def owed_by(*, members: list[int]) -> dict[int, tuple[date, int]]:
    """What is open of each member and of those merged into it: the oldest due date, and minor units. Two queries."""
    heads = dict(Member.objects.filter(merged_into__in=members).values_list("pk", "merged_into_id"))
    invoices = Invoice.objects.filter(member_id__in=[*members, *heads], rest__gt=0).order_by()
    found: dict[int, tuple[date, int]] = {}
    for pk, oldest, owed in invoices.values_list("member_id").annotate(Min("due_on"), Sum("rest")):
        head = heads.get(pk) or pk
        before, sum_ = found.get(head, (oldest, 0))
        found[head] = (min(before, oldest), sum_ + owed)
    return found


CSV_COLUMNS = (
    "member_id",
    "member_name",
    "kind",
    "center",
    "standing",
    "standing_since",
    "oldest_due",
    "owed",
    "currency",
)


def csv_rows(*, members: QuerySet[Member]) -> Iterator[tuple[Any, ...]]:
    """The whole filtered list for a spreadsheet."""
    open_rest = Q(invoices__rest__gt=0)
    listed = members.order_by("search_name", "pk").annotate(
        oldest=Min("invoices__due_on", filter=open_rest), owed=Sum("invoices__rest", filter=open_rest)
    )
    values = listed.values_list(
        *("code", "name", "kind", "center__code", "standing", "standing_since", "oldest", "owed", "center__currency")
    )
    for *cells, owed, currency in values.iterator(chunk_size=2000):
        yield (*cells, whole_units(minor=owed or 0), currency)


def sectors() -> list[str]:
    """The sectors that occur, for the filter."""
    return [s for s in Member.objects.order_by("sector").values_list("sector", flat=True).distinct() if s]
