"""Who may see what was noted: a setting of each body, and without one the body alone."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from tequio.accounts.guards import anybody, to_sign_in, viewer_in
from tequio.accounts.permissions import Scope, Viewer, may_read_body
from tequio.kernel.web.resending import session_ended
from tequio.meetings.models import NotesSeenBy, NotesSetting

WHAT = ("notes", "minutes", "calendar")


def seen_by(*, body_pks: Iterable[int]) -> Mapping[int, NotesSetting]:
    """The setting in force of each body that has one. One query."""
    rows = NotesSetting.objects.filter(body__in=list(body_pks)).order_by("set_at", "pk")
    return {row.body_id: row for row in rows}


def may_see(*, what: str, viewer: Viewer, body_pk: int, setting: NotesSetting | None) -> bool:
    """Whether somebody may see the notes, the minutes or the calendar of a body, by its setting.

    Members are those who sign in for one, and who sits or has a role anywhere.
    """
    wide = getattr(setting, what) if setting is not None else NotesSeenBy.BODY
    if wide == NotesSeenBy.EVERYBODY:
        return True
    if wide == NotesSeenBy.MEMBERS and viewer.user_pk is not None and (viewer.members or viewer.roles):
        return True
    return may_read_body(viewer, Scope(body_pk=body_pk))


def bodies_seen(*, what: str, viewer: Viewer, body_pks: Iterable[int]) -> frozenset[int]:
    """Those of some bodies whose notes, minutes or calendar somebody may see. One query, and where it sits."""
    there = frozenset(body_pks)
    settings = seen_by(body_pks=there)
    return frozenset(pk for pk in there if may_see(what=what, viewer=viewer, body_pk=pk, setting=settings.get(pk)))


View = Callable[..., HttpResponseBase]


def open_by_setting(what: str, /, *, scope: Callable[..., Scope | None]) -> Callable[[View], View]:
    """Open a page to whom the setting of its body, or of one of its bodies, says; as accounts/guards.py does else."""

    def guard(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, **words: Any) -> HttpResponseBase:
            viewer, found = viewer_in(request), scope(**words)
            if found is not None and bodies_seen(what=what, viewer=viewer, body_pks=found.bodies):
                return view(request, **words)
            if viewer.user_pk is None:
                return session_ended(request) if request.method == "POST" else to_sign_in(request)
            if found is None and viewer.roles:
                raise Http404
            raise PermissionDenied

        opened.permission = anybody  # type: ignore[attr-defined]  # CONFIG: read by the table of permissions
        return opened

    return guard
