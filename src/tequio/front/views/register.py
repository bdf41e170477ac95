"""The register of decisions, open to everybody: a page, one decision, a feed, CSV and JSON."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from tequio.accounts.guards import anybody, guarded
from tequio.front.queries import register as queries
from tequio.kernel.spreadsheets import csv_lines
from tequio.kernel.web.pages import page
from tequio.rules.reasons import LANGUAGES

MOST_IN_FEED = 50


@guarded(anybody)
def register(request: HttpRequest) -> HttpResponseBase:
    """Every decision, of one body where asked."""
    bodies = queries.bodies()
    asked = request.GET.get("body", "")
    body = asked if asked in {code for code, _ in bodies} else ""
    context = {"entries": queries.register(body=body), "bodies": bodies, "body": body}
    return page(request, "front/register.html", context)


@guarded(anybody)
def decision(request: HttpRequest, code: str) -> HttpResponseBase:
    """One decision, and what it put in force."""
    found = queries.register(code=code)
    if not found:
        raise Http404
    return page(request, "front/decision.html", {"entry": found[0], "signed_in": request.user.is_authenticated})


@guarded(anybody)
def register_csv(_request: HttpRequest) -> HttpResponseBase:
    """The register as a spreadsheet."""
    lines = csv_lines(header=queries.CSV_COLUMNS, rows=queries.csv_rows(entries=queries.register()))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="decisions.csv"'
    return answer


@guarded(anybody)
def register_json(_request: HttpRequest) -> HttpResponseBase:
    """The register for programs."""
    return JsonResponse({"decisions": [entry.as_dict() for entry in queries.register()]})


@guarded(anybody)
def register_feed(_request: HttpRequest, language: str) -> HttpResponseBase:
    """The newest decisions as a feed in one language."""
    if language not in LANGUAGES:
        raise Http404
    site = settings.SITE_URL
    feed = Atom1Feed(
        title="Acuerdos" if language == "es" else "Decisions",
        link=f"{site}{reverse('decisions')}",
        description="",
        language=language,
        feed_url=f"{site}{reverse('decisions_feed', kwargs={'language': language})}",
    )
    for entry in queries.register()[:MOST_IN_FEED]:
        link = f"{site}{reverse('decision', kwargs={'code': entry.code})}"
        feed.add_item(
            title=entry.title.to(language),
            link=link,
            description=f"{entry.body.to(language)}. {entry.counts.to(language)}",
            unique_id=link,
            # A decision has a day; midday of it reads as that day in both cities.
            pubdate=datetime.combine(entry.decided_on, time(12), tzinfo=UTC),
            updateddate=datetime.combine(entry.decided_on, time(12), tzinfo=UTC),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
