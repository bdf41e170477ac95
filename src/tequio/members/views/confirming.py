"""What an import would do, the confirmation that does it, and throwing the file away."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import may_read_lists
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.members import uploads
from tequio.members.column_names import FIELD_NAMES
from tequio.members.models import Import, ImportState
from tequio.members.operations import uploading
from tequio.members.views.beside import start_importing, start_looking
from tequio.members.views.imports import SHOWN_AT_MOST
from tequio.members.views.opening import import_seen, import_to_carry_on, may_import
from tequio.rules.reasons import Text


@guarded(may_read_lists)
def preview(request: HttpRequest, import_pk: int) -> HttpResponseBase:
    """What the import would do, exceptions first."""
    row = import_seen(request, import_pk=import_pk)
    return _preview(request, row=row)


def _preview(request: HttpRequest, *, row: Import, problem: Text | None = None) -> HttpResponse:
    outcome = uploads.preview_of(row=row)
    if outcome is None:  # done, thrown away, or the columns are not said yet: its page knows
        return go(reverse("import", kwargs={"import_pk": row.pk}))
    context = {
        "shown": row,
        "outcome": outcome,
        "problem": problem or (_text(row.problem) if row.problem else None),
        "who": uploads.who(imports=[row]),
        "at_most": SHOWN_AT_MOST,
        "may_carry_on": uploads.may_carry_on(viewer=viewer_in(request), row=row),
        "before": uploads.done_before(row=row),
        "column_names": FIELD_NAMES,
        "center_names": uploads.center_names(),
    }
    return page(request, "members/import_preview.html", context, status=409 if problem else 200)


@guarded(may_import)
def confirm(request: HttpRequest, import_pk: int) -> HttpResponseBase:
    """Repeat what the import will do, and do it: once, and only as it was previewed."""
    row = import_to_carry_on(request, import_pk=import_pk)
    if request.method != "POST":
        outcome = uploads.preview_of(row=row)
        if outcome is None:
            return go(reverse("import", kwargs={"import_pk": row.pk}))
        return page(
            request,
            "members/import_confirm.html",
            {"shown": row, "outcome": outcome, "center_names": uploads.center_names()},
        )
    try:
        begun = uploading.begin(import_pk=row.pk, key=request.POST.get("key", ""))
    except Refusal as refusal:
        row.refresh_from_db()
        if row.state == ImportState.PREVIEWED:
            return _preview(request, row=row, problem=refusal.text)
        raise
    if begun:
        start_importing(request, row=row)
        row.refresh_from_db()
        if row.problem:
            return _preview(request, row=row, problem=_text(row.problem))
    return go(reverse("import", kwargs={"import_pk": row.pk}))


@guarded(may_import)
def carry_on(request: HttpRequest, import_pk: int) -> HttpResponseBase:
    """Begin again what was cut off: reading a file, or importing it; what is under way or done stays as it is."""
    row = import_to_carry_on(request, import_pk=import_pk)
    if request.method == "POST" and row.state == ImportState.SAVING:
        start_importing(request, row=row)
    elif request.method == "POST" and row.state == ImportState.READING:
        start_looking(request, row=row)
    return go(reverse("import", kwargs={"import_pk": row.pk}))


def _text(said: list[str]) -> Text:
    return Text(en=said[0], es=said[1])


@guarded(may_import)
def discard(request: HttpRequest, import_pk: int) -> HttpResponseBase:
    """Throw a file away before anything was imported from it."""
    row = import_to_carry_on(request, import_pk=import_pk)
    if request.method == "POST":
        uploading.discard(import_pk=row.pk, at=clock.now())
        return go(reverse("imports"))
    if row.state not in (ImportState.WAITING, ImportState.PREVIEWED):
        return go(reverse("import", kwargs={"import_pk": row.pk}))
    return page(request, "members/import_discard.html", {"shown": row})
