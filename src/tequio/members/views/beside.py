"""Work on a file beside its page: reading, previewing, importing. A short one is done before the answer."""

from typing import Final

from django.http import HttpRequest

from tequio.accounts.guards import actor_of, viewer_in
from tequio.kernel import background, clock
from tequio.kernel.background import Progress
from tequio.members import uploads
from tequio.members.models import Import
from tequio.members.operations import looking, uploading

_SHORT: Final = 1.5  # seconds a person waits without being told how far it is


def start_looking(request: HttpRequest, *, row: Import) -> None:
    """Read a file that was handed in, or preview it with the columns that were said."""
    import_pk, actor, at = row.pk, actor_of(request), clock.now()
    centers = uploads.allowed_codes(viewer=viewer_in(request))

    def work(progress: Progress) -> None:
        looking.look(import_pk=import_pk, centers=centers, actor=actor, at=at, progress=progress)

    _begin(import_pk=import_pk, work=work)


def start_importing(request: HttpRequest, *, row: Import) -> None:
    """Import a file that was confirmed."""
    import_pk, actor, at = row.pk, actor_of(request), clock.now()
    centers = uploads.allowed_codes(viewer=viewer_in(request))

    def work(progress: Progress) -> None:
        uploading.confirm(import_pk=import_pk, centers=centers, actor=actor, at=at, progress=progress)

    _begin(import_pk=import_pk, work=work)


def _begin(*, import_pk: int, work: background.Work) -> None:
    name = uploading.work_of(import_pk=import_pk)
    background.start(name=name, work=work)
    background.wait(name=name, seconds=_SHORT)
