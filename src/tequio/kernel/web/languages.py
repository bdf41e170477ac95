"""The language of a page: what the person chose last, else what its account says, else what its browser asks for."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from tequio.rules.reasons import Language

COOKIE = "tequio_language"
_A_YEAR = 365 * 24 * 3600


def language_of(request: HttpRequest) -> Language:
    """The language a request is answered in."""
    return "es" if getattr(request, "language", "en") == "es" else "en"


def spoken(request: HttpRequest) -> dict[str, str]:
    """What every template knows of the language, also those that the sign-in library renders."""
    return {"lang": language_of(request)}


def languages(next_: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Choose the language before a page, and say which it was."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(COOKIE)
        if chosen not in ("en", "es"):
            user = getattr(request, "user", None)
            if user is not None and user.is_authenticated:
                chosen = user.language
            else:
                chosen = translation.get_language_from_request(request)[:2]
        request.language = "es" if chosen == "es" else "en"  # type: ignore[attr-defined]  # CONFIG: read above
        with translation.override(language_of(request)):
            answer = next_(request)
            answer.headers.setdefault("Content-Language", language_of(request))
            patch_vary_headers(answer, ("Cookie", "Accept-Language"))
        return answer

    return middleware


def choose(request: HttpRequest, language: str) -> HttpResponseRedirect:
    """Answer in this language from now on, and go back to the page one came from."""
    back = request.GET.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not urlsplit(back).path.startswith("/"):
        back = "/"
    answer = HttpResponseRedirect(back)
    answer.set_cookie(
        COOKIE, language, max_age=_A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    return answer
