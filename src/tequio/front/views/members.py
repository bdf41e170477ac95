"""The list of members, with filters and as CSV."""

from dataclasses import asdict, replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import Scope, may_read_center, may_read_lists
from tequio.centers.models import Center
from tequio.front.queries import member_list
from tequio.front.queries.member_list import Filters
from tequio.kernel import clock
from tequio.kernel.spreadsheets import csv_lines
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import whole_url
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.lists import list_page, page_number
from tequio.kernel.web.pages import page
from tequio.members.sector_names import sector_name
from tequio.rules.reasons import Text
from tequio.rules.standing import STANDING_NAMES

LONGEST_SEARCH = 200
KIND_NAMES = {
    "organization": Text(en="organization", es="organización"),
    "individual": Text(en="individual", es="persona"),
}


@guarded(may_read_lists)
def members(request: HttpRequest) -> HttpResponseBase:
    """The members a person may see, fifty on a page."""
    language = language_of(request)
    filters = _filters(request)
    viewer = viewer_in(request)
    within = member_list.filtered(members=member_list.visible(viewer=viewer), filters=filters)
    counts = member_list.tally(members=within)
    listed = member_list.with_standing(members=within, standing=filters.standing)
    number = page_number(query=request.GET)
    centers = [c for c in Center.objects.order_by("code") if may_read_center(viewer, Scope(center_pk=c.pk))]
    today = min((clock.today(zone=c.zone) for c in centers), default=clock.now().date())
    context: dict[str, Any] = {
        "filters": filters,
        "tallies": _tallies(filters=filters, counts=counts, language=language),
        "list": list_page(
            rows=member_list.rows(members=listed, filters=filters, number=number, on=today),
            count=counts[filters.standing or "all"],
            number=number,
            path=request.path,
            query=request.GET,
        ),
        "center_names": {c.code: text_of(row=c, name="name").to(language) for c in centers},
        "standing_names": {s.value: name.to(language) for s, name in STANDING_NAMES.items()},
        "kind_names": {kind: name.to(language) for kind, name in KIND_NAMES.items()},
        "sectors": sorted(
            ((sector, sector_name(sector).to(language)) for sector in member_list.sectors()), key=lambda pair: pair[1]
        ),
        "narrowed": bool(filters.q or filters.center or filters.kind or filters.sector),
        "counts": counts,
        "csv_url": whole_url(path=reverse("members_csv"), query=asdict(filters)),
    }
    return page(request, "front/members.html", context)


@guarded(may_read_lists)
def members_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a spreadsheet, all of it."""
    filters = _filters(request)
    within = member_list.filtered(members=member_list.visible(viewer=viewer_in(request)), filters=filters)
    listed = member_list.with_standing(members=within, standing=filters.standing)
    lines = csv_lines(header=member_list.CSV_COLUMNS, rows=member_list.csv_rows(members=listed))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="members.csv"'
    return answer


def _filters(request: HttpRequest) -> Filters:
    """What the address asks for; words nobody knows are left out rather than refused."""
    asked = request.GET
    standing = asked.get("standing", "")
    sort = asked.get("sort", "")
    return Filters(
        q=asked.get("q", "").replace("\0", "")[:LONGEST_SEARCH],
        center=asked.get("center", "")[:12],
        kind=asked.get("kind", "") if asked.get("kind", "") in KIND_NAMES else "",
        sector=asked.get("sector", "").replace("\0", "")[:60],
        standing=standing if standing in {"behind", *(s.value for s in STANDING_NAMES)} else "",
        sort=sort if sort in member_list.SORTS else "name",
    )


def _tallies(*, filters: Filters, counts: dict[str, int], language: str) -> list[dict[str, Any]]:
    """The figures above the list, each a link that keeps the other filters."""
    words = [
        ("", "", Text(en="everyone", es="todas").to(language)),
        ("behind", "", Text(en="all who are behind", es="todas las atrasadas").to(language)),
        *((s.value, s.value, name.to(language)) for s, name in STANDING_NAMES.items()),
    ]
    return [
        {
            "url": whole_url(path=reverse("members"), query=asdict(replace(filters, standing=standing))),
            "kind": kind,
            "word": word[:1].upper() + word[1:],
            "count": counts[standing or "all"],
            "here": standing == filters.standing,
        }
        for standing, kind, word in words
    ]
