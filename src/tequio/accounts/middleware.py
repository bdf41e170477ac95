"""Before any page: who is looking, and whether a second factor still has to be set up."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from tequio.accounts.models import User
from tequio.accounts.viewers import NOBODY, viewer_of
from tequio.kernel.web.pages import go

Next = Callable[[HttpRequest], HttpResponseBase]

# What a person can reach while the second factor is missing: to set it up, to sign out, to choose the language.
_OPEN_UNTIL_THEN = ("/account/", "/static/", "/language/")
DEMO_DOOR = "came_by_the_demo_door"
JUST_SET_UP = "set_up_a_second_factor"


def viewers(next_: Next) -> Next:
    """Put the viewer on the request, worked out only if a page asks."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.viewer = SimpleLazyObject(  # type: ignore[attr-defined]  # CONFIG: read by accounts/guards.viewer_in
            lambda: viewer_of(user=request.user) if request.user.is_authenticated else NOBODY
        )
        return next_(request)

    return middleware


def second_factor(next_: Next) -> Next:
    """Ask whoever can see other people's data for a second factor before anything else.

    A person who has one passed it when signing in; a session from before it was set up has not, and signs in again.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(_OPEN_UNTIL_THEN) or not request.user.is_authenticated:
            return next_(request)
        if not request.viewer.sees_others or _passed(request):  # type: ignore[attr-defined]  # CONFIG: as above
            return next_(request)
        if is_mfa_enabled(request.user):
            return go(reverse("mfa_reauthenticate"), next=request.get_full_path())
        return go(reverse("second_factor_first"))

    return middleware


def remember_set_up(*, request: HttpRequest, user: User, **_: object) -> None:
    """Whoever has just set up a second factor has shown that it works: this session need not ask again."""
    request.session[JUST_SET_UP] = user.pk


def _passed(request: HttpRequest) -> bool:
    """Whether this session showed a second factor, or came through the demo's open door."""
    if settings.DEMO and request.session.get(DEMO_DOOR):
        return True
    assert isinstance(request.user, User)  # noqa: S101 - CONFIG: tells the type checker what the caller has checked
    if request.session.get(JUST_SET_UP) == request.user.pk:
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
