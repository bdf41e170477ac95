"""What the follow-up of a month brought and cost, center by center."""

import re
from datetime import date

from django.http import HttpRequest, HttpResponseBase

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import may_read_lists
from tequio.accounts.queries import names_of
from tequio.dues.run_scopes import seen_centers
from tequio.followup.queries.report import WINDOW, follow_up_report
from tequio.kernel import clock
from tequio.kernel.texts import text_of
from tequio.kernel.web.pages import page
from tequio.rules.periods import add_months

_MONTH = re.compile(r"(20\d{2})-(0[1-9]|1[0-2])", re.ASCII)
_WINDOWS = (14, 30, 60)


@guarded(may_read_lists)
def report(request: HttpRequest) -> HttpResponseBase:
    """One month of the centers a person may see, each in its own currency."""
    centers = seen_centers(viewer=viewer_in(request))
    at = clock.now()
    today = max((clock.day_in(zone=center.zone, at=at) for center in centers), default=at.date())
    asked = _MONTH.fullmatch(request.GET.get("month", ""))
    month = date(int(asked[1]), int(asked[2]), 1) if asked else today.replace(day=1)
    month = min(month, today.replace(day=1))
    said = request.GET.get("window", "")
    window = int(said) if said in {str(n) for n in _WINDOWS} else WINDOW
    reports = [
        (text_of(row=center, name="name"), follow_up_report(center=center, month=month, today=today, window=window))
        for center in centers
    ]
    context = {
        "reports": reports,
        "month": month,
        "months": [add_months(day=today.replace(day=1), months=-n) for n in range(13)],
        "window": window,
        "windows": _WINDOWS,
        "names": names_of(actors={actor for _, r in reports for actor, _, _ in r.callers}),
    }
    return page(request, "followup/report.html", context)
