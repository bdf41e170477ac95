"""Before any page: who is looking, and whether a second factor still has to be set up or shown."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from tequio.accounts.models import User
from tequio.accounts.viewers import NOBODY, viewer_of
from tequio.kernel.web.pages import go
from tequio.kernel.web.resending import step_missing

Next = Callable[[HttpRequest], HttpResponseBase]

# What can be reached in any case: to sign out, to choose the language, what pages are made of, a demo's door.
_ALWAYS = ("/static/", "/language/", "/account/logout/", "/demo/")
# ... while there is no second factor: to set one up, and to say one's password again before that.
_TO_SET_UP: tuple[str, ...] = ("/account/second-factor/", "/account/passkeys/", "/account/reauthenticate/")
# ... while there is one that this session has not shown: only to show it. Not to remove it or to add another.
_TO_SHOW: tuple[str, ...] = ("/account/second-factor/again/", "/account/passkeys/again/")

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are none
DEMO_DOOR = "came_by_the_demo_door"


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

    A person who has one passed it when signing in; a session from before it was set up has not, and shows it now.
    One that was removed again counts no longer, whatever the session showed before.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(_ALWAYS) or not request.user.is_authenticated:
            return next_(request)
        if not request.viewer.sees_others or _came_by_the_door(request):  # type: ignore[attr-defined]  # CONFIG: as above
            return next_(request)
        assert isinstance(request.user, User)  # noqa: S101 - CONFIG: tells the type checker what was asked above
        if not is_mfa_enabled(request.user, FACTORS):
            to, open_until_then = reverse("second_factor_first"), _TO_SET_UP
        elif not _has_shown_it(request, request.user):
            to, open_until_then = get_adapter().get_reauthentication_methods(request.user)[0]["url"], _TO_SHOW
        else:
            return next_(request)
        if request.path.startswith(open_until_then):
            return next_(request)
        return step_missing(request) if request.method == "POST" else go(to, next=request.get_full_path())

    return middleware


def remember_set_up(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    """Whoever has just set up a second factor has shown that it works: this session is not asked for it again."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)


def _came_by_the_door(request: HttpRequest) -> bool:
    """Whether this session came through the demo's open door."""
    return bool(settings.DEMO and request.session.get(DEMO_DOOR))


def _has_shown_it(request: HttpRequest, user: User) -> bool:
    """Whether this session showed a second factor when signing in, later, or by setting it up."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
