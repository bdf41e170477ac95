"""Calendars that programs read: by a secret address of one person, or open to everybody; and the page to get one."""

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response

from tequio.accounts.guards import anybody, guarded
from tequio.accounts.permissions import may_read_body
from tequio.decisions.finding import body_or_404, person_in
from tequio.decisions.models import Body
from tequio.decisions.scopes import scope_of_body
from tequio.kernel import clock
from tequio.kernel.texts import text_of
from tequio.kernel.web import guessing
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import page
from tequio.meetings.models import FeedKey
from tequio.meetings.operations.feed_keys import make_feed_key, opened, revoke_feed_key
from tequio.meetings.queries.feed import etag_of, feed_of, is_public
from tequio.rules.reasons import Language

_KIND = "calendar-feed"
_AN_HOUR = 3600


@guarded(anybody)
def calendar_feed(request: HttpRequest, feed_pk: int, feed_key: str) -> HttpResponseBase:
    """The meetings of a body for the calendar of one person, whose address this is."""
    key = opened(feed_pk=feed_pk, secret=feed_key)
    if key is None:
        # Only wrong addresses are held off: who has a right one may sit behind the same door as who guesses.
        if guessing.too_many(request, what=_KIND):
            return HttpResponse(status=429)
        guessing.wrong(request, what=_KIND)
        return HttpResponse(status=404)
    language: Language = "es" if key.language == "es" else "en"
    content = feed_of(body=key.body, language=language, at=clock.now(), with_rooms=True)
    answer = _calendar(request, body=key.body, content=content)
    # The address is the key: it is kept out of caches of others and out of searches.
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@guarded(anybody)
def public_calendar(request: HttpRequest, body: str) -> HttpResponseBase:
    """The meetings of a body that lets everybody know of them; without rooms. `?lang=es` for Spanish."""
    found = Body.objects.filter(code=body).first()
    if found is None or not is_public(body=found):
        raise Http404
    asked = request.GET.get("lang", "")
    language: Language = cast("Language", asked) if asked in ("en", "es") else language_of(request)
    content = feed_of(body=found, language=language, at=clock.now(), with_rooms=False)
    answer = _calendar(request, body=found, content=content)
    answer["Cache-Control"] = f"public, max-age={_AN_HOUR}"
    return answer


def _calendar(request: HttpRequest, *, body: Body, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{body.code}.ics"'
    answer["ETag"] = etag_of(content)
    found = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return cast("HttpResponse", found)


@guarded(may_read_body, scope=scope_of_body)
def subscribe(request: HttpRequest, body: str) -> HttpResponseBase:
    """Get an address for one's own calendar, shown once; or revoke the one there is."""
    found, person = body_or_404(code=body), person_in(request)
    address = ""
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "make":
        language = request.POST.get("language", "")
        made = make_feed_key(
            user=person,
            body=found,
            language=language if language in ("en", "es") else language_of(request),
            actor=person.actor,
            at=clock.now(),
        )
        path = reverse("calendar_feed", kwargs={"feed_pk": made.key.pk, "feed_key": made.secret})
        address = f"{settings.SITE_URL}{path}"
    elif act == "revoke":
        revoke_feed_key(user=person, body=found, actor=person.actor, at=clock.now())
    public = f"{settings.SITE_URL}{reverse('public_calendar', kwargs={'body': found.code})}"
    context = {
        "body": found,
        "name": text_of(row=found, name="name"),
        "address": address,
        "key": FeedKey.objects.filter(user=person, body=found, revoked_at__isnull=True).first(),
        "public": public if is_public(body=found) else "",
    }
    answer = page(request, "meetings/subscribe.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer
