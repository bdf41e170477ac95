"""Members that look like one: names that are the same but for accents, capitals and spaces."""

from django.http import HttpRequest, HttpResponseBase

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_lists
from tequio.kernel.texts import text_of
from tequio.kernel.web.lists import list_page, page_number
from tequio.kernel.web.pages import page
from tequio.members import comparing


@guarded(may_read_lists)
def duplicates(request: HttpRequest) -> HttpResponseBase:
    """The names that several members of one center have, fifty on a page."""
    viewer = viewer_in(request)
    number = page_number(query=request.GET)
    rows = [
        (
            alike,
            may_change_center(viewer, Scope(center_pk=alike.members[0].center_id)),
            text_of(row=alike.members[0].center, name="name"),
        )
        for alike in comparing.alike(viewer=viewer, number=number)
        if alike.members
    ]
    listed = list_page(
        rows=rows, count=comparing.alike_count(viewer=viewer), number=number, path=request.path, query=request.GET
    )
    return page(request, "members/duplicates.html", {"list": listed})
