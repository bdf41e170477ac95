"""The register of decisions, open to everybody: a page, one decision, a feed, CSV and JSON."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from tequio.accounts.guards import anybody, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_keep_body, may_read_body, may_speak_there
from tequio.decisions import hooks
from tequio.decisions.models import Decision, EffectState
from tequio.front.queries import register as queries
from tequio.kernel.spreadsheets import csv_lines
from tequio.kernel.web.pages import page
from tequio.rules.dividing import End
from tequio.rules.motions import END_NAMES
from tequio.rules.reasons import LANGUAGES

MOST_IN_FEED = 50


@guarded(anybody)
def register(request: HttpRequest) -> HttpResponseBase:
    """Every decision; of one body or year, with one outcome or with some words, where asked."""
    bodies, years = queries.bodies(), queries.years()
    asked = {name: request.GET.get(name, "") for name in ("body", "year", "end", "q")}
    body = asked["body"] if asked["body"] in {code for code, _ in bodies} else ""
    year = int(asked["year"]) if asked["year"] in map(str, years) else None
    end = asked["end"] if asked["end"] in set(End) else ""
    words = asked["q"].replace("\0", "").strip()[:100]
    context = {
        "entries": queries.register(body=body, year=year, end=end, words=words),
        "bodies": bodies,
        "body": body,
        "years": years,
        "year": year,
        "ends": [(one.value, END_NAMES[one]) for one in End],
        "end": end,
        "words": words,
    }
    return page(request, "front/register.html", context)


@guarded(anybody)
def decision(request: HttpRequest, code: str) -> HttpResponseBase:
    """One decision: how it was taken, line by line, what it carries out, what it left open, what follows from it."""
    found = queries.register(code=code)
    if not found:
        raise Http404
    row = Decision.objects.select_related("body", "vote").get(code=code)
    viewer = viewer_in(request)
    scope = Scope(body_pk=row.body_id)
    context = {
        "entry": found[0],
        "voices": queries.voices_published(decision=row),
        "tasks": queries.tasks_of(decision=row),
        "signed_in": request.user.is_authenticated,
        "may_read": may_read_body(viewer, scope),
        "may_keep": may_keep_body(viewer, scope),
        "may_reverse": may_speak_there(viewer, scope),
        "waits": any(one.word == queries.EFFECT_WORDS[EffectState.WAITING] for one in found[0].effects),
        "applied": any(one.word == queries.EFFECT_WORDS[EffectState.APPLIED] for one in found[0].effects),
        "origins": hooks.came_from(kind="decision", pks=[row.pk], viewer=viewer).get(row.pk, ()),
        "put": (row.vote.seen.get("paragraphs") if row.vote else None) or None,
    }
    return page(request, "front/decision.html", context)


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
            description=_summary(entry=entry, language=language),
            unique_id=link,
            # A decision has a day; midday of it reads as that day in both cities.
            pubdate=datetime.combine(entry.decided_on, time(12), tzinfo=UTC),
            updateddate=datetime.combine(entry.decided_on, time(12), tzinfo=UTC),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _summary(*, entry: queries.Entry, language: str) -> str:
    """What a feed says of a decision: the body, the outcome, the counts, what it carries out."""
    said = [entry.body.to(language), entry.end.to(language) if entry.end else "", entry.counts.to(language)]
    effects = [effect.said.to(language) for effect in entry.effects]
    return " ".join(f"{part.rstrip('.')}." for part in [*said, *effects] if part)
