"""A form that was sent after the session ended: what was typed is handed back, ready to be sent again."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

from tequio.kernel.web.pages import page

_OF_THE_FORM = {"csrfmiddlewaretoken"}
_NEVER_HANDED_BACK = ("password", "code")
LONGEST = 200_000  # characters handed back; no form of the program comes near it


def session_ended(request: HttpRequest) -> HttpResponse:
    """Say that the session ended and keep what was typed in a form that sends it again."""
    return _kept(request, status=401)


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - CONFIG: Django's signature
    """Answer a form whose protection against forgery does not fit (Django's CSRF_FAILURE_VIEW).

    That happens to a person who signed in again in another tab: what was typed is handed back. A form that comes
    from another site gets nothing of it back.
    """
    return _kept(request, status=403)


def _kept(request: HttpRequest, *, status: int) -> HttpResponse:
    typed = []
    if _from_here(request):
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in _OF_THE_FORM and not name.startswith(_NEVER_HANDED_BACK)
            for value in values
        ]
    if sum(len(name) + len(str(value)) for name, value in typed) > LONGEST:
        typed = []
    had_file = bool(request.FILES) if typed else False
    return page(request, "web/resend.html", {"typed": typed, "had_file": had_file, "path": request.get_full_path()}, status=status)


def _from_here(request: HttpRequest) -> bool:
    """Whether the form was on a page of this site, by what the browser says of its origin."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(said).netloc == request.get_host()
