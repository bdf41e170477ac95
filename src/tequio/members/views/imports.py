"""Imports: the list of earlier ones, handing in a file, the permanent page of each, its lists as CSV."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import may_read_lists
from tequio.kernel import background, clock
from tequio.kernel.errors import Refusal
from tequio.kernel.spreadsheets import csv_lines
from tequio.kernel.texts import text_of
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.lists import PER_PAGE, list_page, page_number
from tequio.kernel.web.pages import go, page
from tequio.members import uploads
from tequio.members.forms import FileForm
from tequio.members.models import ImportState
from tequio.members.operations import looking, uploading
from tequio.members.operations.trying import ROWS_AT_MOST, STEPS
from tequio.members.operations.uploading import Handed
from tequio.members.views.beside import start_looking
from tequio.members.views.opening import import_seen, may_import
from tequio.members.views.receiving import FILE_AT_MOST, takes_a_file
from tequio.rules.reasons import Text

SHOWN_AT_MOST = 50
_TOO_LARGE = Text(
    en=f"The file is larger than {FILE_AT_MOST // 1_000_000} MB, so it was not read and nothing was kept. Split it, or "
    "take the pictures out of it.",
    es=f"El archivo pesa más de {FILE_AT_MOST // 1_000_000} MB; no se leyó y no se guardó nada. Divídalo o quítele "
    "las imágenes.",
)


@guarded(may_read_lists)
def imports(request: HttpRequest) -> HttpResponseBase:
    """Earlier imports and what became of them, and the person's own that wait for it."""
    viewer = viewer_in(request)
    uploading.sweep(at=clock.now())
    listed = uploads.listed(viewer=viewer)
    number = page_number(query=request.GET)
    rows = list(listed[(number - 1) * PER_PAGE : number * PER_PAGE])
    context = {
        "list": list_page(rows=rows, count=listed.count(), number=number, path=request.path, query=request.GET),
        "who": uploads.who(imports=rows),
        "names": {row.pk: text_of(row=row.center, name="name") for row in rows if row.center},
        "may_import": may_import(viewer),
    }
    return page(request, "members/imports.html", context)


def _form(request: HttpRequest, *, bound: bool) -> FileForm:
    language = language_of(request)
    centers = uploads.centers_to_import_for(viewer=viewer_in(request))
    choices = [(center.code, text_of(row=center, name="name").to(language)) for center in centers]
    return FileForm(*((request.POST, request.FILES) if bound else ()), centers=choices)


def _too_large(request: HttpRequest) -> HttpResponse:
    return _new_page(request, _form(request, bound=False), problem=_TOO_LARGE, status=413)


def _new_page(request: HttpRequest, form: FileForm, *, problem: Text | None = None, status: int = 200) -> HttpResponse:
    context = {"form": form, "problem": problem, "megabytes": FILE_AT_MOST // 1_000_000, "rows": ROWS_AT_MOST}
    return page(request, "members/new_import.html", context, status=status)


@csrf_exempt  # the check is made in takes_a_file, once it has said where the file goes
@guarded(may_import)
@takes_a_file(too_large=_too_large)
def new_import(request: HttpRequest) -> HttpResponseBase:
    """Hand in a file; what cannot be read is said at once and not kept."""
    form = _form(request, bound=request.method == "POST")
    if request.method != "POST":
        return _new_page(request, form)
    if getattr(request.upload_handlers[0], "was_too_long", False):
        return _too_large(request)
    if form.is_valid():
        file = form.cleaned_data["file"]
        viewer = viewer_in(request)
        centers = {center.code: center for center in uploads.centers_to_import_for(viewer=viewer)}
        only = next(iter(centers.values())) if len(centers) == 1 else None
        try:
            row = uploading.keep(
                handed=Handed(name=file.name, content=file.read()),
                center=centers.get(form.cleaned_data["center"], only),
                actor=actor_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            start_looking(request, row=row)
            row.refresh_from_db()
            why = looking.refused_unseen(row=row)
            if why is None:
                return go(reverse("import", kwargs={"import_pk": row.pk}))
            form.refuse(Refusal(en=why.en, es=why.es))
    return _new_page(request, form, status=422)


@guarded(may_read_lists)
def one_import(request: HttpRequest, import_pk: int) -> HttpResponseBase:
    """The permanent page of an import; one that waits leads to its next step for whoever may take it."""
    viewer = viewer_in(request)
    row = import_seen(request, import_pk=import_pk)
    if row.state in (ImportState.READING, ImportState.SAVING):
        under_way: dict[str, Any] = {
            "shown": row,
            "progress": background.progress_of(name=uploading.work_of(import_pk=row.pk)),
            "steps": STEPS,
            "may_carry_on": uploads.may_carry_on(viewer=viewer, row=row),
        }
        is_saving = row.state == ImportState.SAVING
        return page(request, f"members/import_{'progress' if is_saving else 'reading'}.html", under_way)
    if row.state == ImportState.PREVIEWED and uploads.preview_of(row=row) is not None:
        return go(reverse("import_preview", kwargs={"import_pk": row.pk}))
    if row.state == ImportState.WAITING and uploads.may_carry_on(viewer=viewer, row=row):
        return go(reverse("import_columns", kwargs={"import_pk": row.pk}))
    context = {
        "shown": row,
        "who": uploads.who(imports=[row]),
        "center_name": text_of(row=row.center, name="name") if row.center else None,
        "zone": row.center.zone if row.center else "UTC",
        "may_import": may_import(viewer),
        "at_most": SHOWN_AT_MOST,
        "center_names": uploads.center_names(),
    }
    return page(request, "members/import.html", context)


@guarded(may_read_lists)
def import_csv(request: HttpRequest, import_pk: int, part: str) -> HttpResponseBase:
    """One list of a preview or a result, all of it, for a spreadsheet."""
    row = import_seen(request, import_pk=import_pk)
    preview = uploads.preview_of(row=row)
    if preview is not None:
        lines = getattr(preview, part)
    elif row.state == ImportState.DONE and part in ("rejected", "questions"):
        lines = getattr(row, part)
    else:
        raise Http404  # lists of people are kept only until the import is confirmed
    rows = uploads.csv_rows(part=part, lines=lines, language=language_of(request))
    answer = StreamingHttpResponse(
        csv_lines(header=uploads.CSV_COLUMNS[part], rows=rows), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="import-{import_pk}-{part}.csv"'
    return answer
