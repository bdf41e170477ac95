"""Guarding a page: each view names the permission that opens it and, where that has a scope, how to find it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.permissions import Permission, Scope, Viewer, is_signed_in
from tequio.accounts.viewers import NOBODY
from tequio.kernel.web.pages import go
from tequio.kernel.web.resending import session_ended

View = Callable[..., HttpResponseBase]
EVERYWHERE = Scope()


# Finds what a page is about from the words of its address; None where there is no such thing.
ScopeOf = Callable[..., Scope | None]


def guarded(permission: Permission, /, *, scope: ScopeOf | None = None) -> Callable[[View], View]:
    """Open a view only where `permission` holds for the person who asks, within the scope of the address.

    Nobody signed in is sent to sign in; a form sent after the session ended is kept (kernel/web/resending.py). Where
    there is no such thing, whoever may not read any of its kind is told the same as if it were somebody else's.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, **words: Any) -> HttpResponseBase:
            viewer = viewer_in(request)
            if viewer.user_pk is None and permission is not anybody:
                return session_ended(request) if request.method == "POST" else to_sign_in(request)
            found = EVERYWHERE if scope is None else scope(**words)
            if found is None:
                if viewer.roles:
                    raise Http404
                raise PermissionDenied
            if not permission(viewer, found):
                raise PermissionDenied
            return view(request, **words)

        opened.permission = permission  # type: ignore[attr-defined]  # CONFIG: read by the table of permissions
        return opened

    return guard


anybody = Permission(lambda _viewer, _scope: True)
signed_in = is_signed_in


def viewer_in(request: HttpRequest) -> Viewer:
    """Who is looking, as the middleware found it."""
    viewer: Viewer = getattr(request, "viewer", NOBODY)
    return viewer


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send a person to sign in, and back to this page afterwards; in a demonstration, to its open door."""
    if settings.DEMO:
        return go("/demo/")
    return go(reverse("account_login"), next=request.get_full_path())


def actor_of(request: HttpRequest) -> str:
    """Who the journal says did it."""
    user = request.user
    if not user.is_authenticated:
        raise PermissionDenied
    return user.actor
