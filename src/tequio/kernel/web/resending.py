"""A form that cannot be taken now: what was typed is handed back, ready to be sent again, and nothing was done."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

from tequio.kernel.web.pages import page
from tequio.rules.reasons import Text

LONGEST = 200_000  # characters handed back; no form of the program comes near it
_OF_THE_FORM = frozenset({"csrfmiddlewaretoken"})
_SECRET = frozenset({"code", "credential"})  # and whatever has "password" in its name

_ENDED = Text(
    en="Your session had ended; nothing you typed is lost",
    es="Su sesión había terminado; no se perdió nada de lo que escribió",
)
_STEP = Text(
    en="Your second step is missing; nothing you typed is lost",
    es="Falta su segundo paso; no se perdió nada de lo que escribió",
)
_AGAIN = Text(
    en="You signed in meanwhile; nothing you typed is lost",
    es="Entró de nuevo entretanto; no se perdió nada de lo que escribió",
)
_ELSEWHERE = Text(en="This form came too late, or from elsewhere", es="Este formulario llegó tarde o de otro sitio")


def session_ended(request: HttpRequest) -> HttpResponse:
    """Say that the session ended and keep what was typed in a form that sends it again."""
    return _kept(request, title=_ENDED, status=401)


def step_missing(request: HttpRequest) -> HttpResponse:
    """Say that the second factor has to be shown first, and keep what was typed."""
    return _kept(request, title=_STEP, status=403)


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - CONFIG: Django's signature
    """Answer a form whose protection against forgery does not fit (Django's CSRF_FAILURE_VIEW).

    That happens to a person who signed in again in another tab: what was typed is handed back. A form that comes
    from another site gets nothing of it back.
    """
    return _kept(request, title=_AGAIN if _is_signed_in(request) else _ENDED, status=403)


def _kept(request: HttpRequest, *, title: Text, status: int) -> HttpResponse:
    typed = (
        []
        if not _from_here(request)
        else [(n, v) for n, values in request.POST.lists() if _kept_back(n) for v in values]
    )
    if sum(len(name) + len(str(value)) for name, value in typed) > LONGEST:
        typed = []
    context = {
        "title": title if typed else _ELSEWHERE,
        "typed": typed,
        "had_file": bool(request.FILES) if typed else False,
        "path": request.get_full_path(),
        "to_sign_in": title is not _AGAIN,
    }
    return page(request, "web/resend.html", context, status=status)


def _kept_back(name: str) -> bool:
    """Whether a field goes back to the browser: what proves who somebody is never does."""
    return name not in _OF_THE_FORM and name not in _SECRET and "password" not in name


def _from_here(request: HttpRequest) -> bool:
    """Whether the form was on a page of this site, by what the browser says of its origin."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(said).netloc == request.get_host()


def _is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated
