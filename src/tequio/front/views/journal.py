"""The journal: what happened, who did it and when, newest first."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded
from tequio.accounts.permissions import may_read_everything
from tequio.front.queries import journal_list
from tequio.front.queries.journal_list import Filters
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.web.forms import whole_url
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import page

LONGEST_SUBJECT, LONGEST_ACTOR = 60, 120
_LONGEST_ID = 18  # digits that fit the column
_FIRST_YEAR, _LAST_YEAR = 1900, 9000  # days a zone can count on both sides of


@guarded(may_read_everything)
def journal(request: HttpRequest) -> HttpResponseBase:
    """One page of the journal, with its filters in the address."""
    filters = _filters(request)
    zone = journal_list.zone_of_books()
    leaf = journal_list.leaf(filters=filters, zone=zone)
    here = reverse("journal")
    context: dict[str, Any] = {
        "filters": filters,
        "filtered": filters != Filters(),
        "leaf": leaf,
        "zone": zone,
        "kinds": journal_list.kinds_by_sentence(language=language_of(request)),
        "older": whole_url(path=here, query=asdict(replace(filters, before=leaf.older))) if leaf.older else None,
        "newest": whole_url(path=here, query=asdict(replace(filters, before=None))) if filters.before else None,
    }
    return page(request, "front/journal.html", context)


def _filters(request: HttpRequest) -> Filters:
    """What the address asks for; words nobody knows are left out rather than refused."""
    asked = request.GET
    kind, before = asked.get("kind", ""), asked.get("before", "")
    return Filters(
        kind=kind if kind in set(Kind) else "",
        subject=asked.get("subject", "").replace("\0", "").strip()[:LONGEST_SUBJECT],
        actor=asked.get("actor", "").replace("\0", "").strip()[:LONGEST_ACTOR],
        day=_day(asked.get("day", "")),
        before=int(before) if before.isascii() and before.isdecimal() and len(before) <= _LONGEST_ID else None,
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None
