"""Opening an import: which a person may see, and which it may go on with."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from tequio.accounts.guards import viewer_in
from tequio.accounts.permissions import is_administrator, is_treasurer_somewhere
from tequio.members import uploads
from tequio.members.models import Import

may_import = is_administrator | is_treasurer_somewhere


def import_seen(request: HttpRequest, *, import_pk: int) -> Import:
    """The import of an address, if the person may see it: 404 where there is none, 403 where it is somebody else's."""
    row = uploads.visible(viewer=viewer_in(request)).filter(pk=import_pk).first()
    if row is not None:
        return row
    if Import.objects.filter(pk=import_pk).exists():
        raise PermissionDenied
    raise Http404


def import_to_carry_on(request: HttpRequest, *, import_pk: int) -> Import:
    """The import of an address, if the person handed it in or is an administrator; otherwise 403, or 404."""
    row = import_seen(request, import_pk=import_pk)
    if not uploads.may_carry_on(viewer=viewer_in(request), row=row):
        raise PermissionDenied
    return row
