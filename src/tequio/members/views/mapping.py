"""Which heading of a file is which column: guessed, shown with examples, corrected, and kept under a name."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.centers.models import Center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import go, page
from tequio.members import mappings, uploads
from tequio.members.intake.mapping import Mapping, from_json
from tequio.members.intake.proposing import Proposal
from tequio.members.intake.sheets import Sheet
from tequio.members.mapping_forms import ColumnsForm
from tequio.members.models import Import, ImportState, SavedMapping
from tequio.members.operations import uploading
from tequio.members.operations.kept_sheets import sheet_of
from tequio.members.operations.mappings import save_mapping
from tequio.members.views.beside import start_looking
from tequio.members.views.opening import import_to_carry_on, may_import
from tequio.rules.reasons import Text


@guarded(may_import)
def columns(request: HttpRequest, import_pk: int) -> HttpResponseBase:
    """Say what the columns of a file are, and go on to the preview."""
    row = import_to_carry_on(request, import_pk=import_pk)
    if row.state not in (ImportState.WAITING, ImportState.PREVIEWED):
        return go(reverse("import", kwargs={"import_pk": row.pk}))
    if row.state == ImportState.PREVIEWED and row.mapping is None:  # it is a roll: nothing to say
        return go(reverse("import_preview", kwargs={"import_pk": row.pk}))
    if request.method == "POST":
        return _said(request, row=row)
    sheet = _sheet(row=row)
    problem = Text(en=row.problem[0], es=row.problem[1]) if row.problem else None
    try:
        proposal = _proposed(row=row, sheet=sheet, base=_saved(request) or _kept(row=row))
    except Refusal as refusal:  # a saved mapping for other headings, most likely
        problem = refusal.text
        proposal = _proposed(row=row, sheet=sheet, base=None)
    return _columns_page(request, row=row, form=_form(request, proposal=proposal), problem=problem)


def _said(request: HttpRequest, *, row: Import) -> HttpResponse:
    """Keep what was said, and preview the import with it unless something is still open."""
    sheet = _sheet(row=row)
    form = _form(request, proposal=_proposed(row=row, sheet=sheet, base=_kept(row=row)), bound=True)
    if not form.is_valid():
        return _columns_page(request, row=row, form=form)
    mapping = form.mapping()
    try:
        uploading.remember_columns(import_pk=row.pk, mapping=mapping)
        proposal = _proposed(row=row, sheet=sheet, base=mapping)
        if request.POST.get("act") == "look":
            return go(reverse("import_columns", kwargs={"import_pk": row.pk}))
        if proposal.missing or form.new_questions():
            again = _form(request, proposal=proposal)
            return _columns_page(request, row=row, form=again, asks=form.new_questions(), status=422)
        if form.cleaned_data["save_name"]:
            name, actor = form.cleaned_data["save_name"], actor_of(request)
            save_mapping(center=_center(form), name=name, mapping=mapping, actor=actor, at=clock.now())
        uploading.preview_with(import_pk=row.pk, mapping=mapping)
    except Refusal as refusal:
        form.refuse(refusal)
        return _columns_page(request, row=row, form=form)
    start_looking(request, row=row)
    row.refresh_from_db()
    if row.problem:
        form.refuse(Refusal(en=row.problem[0], es=row.problem[1]))
        return _columns_page(request, row=row, form=form)
    is_previewed = row.state == ImportState.PREVIEWED
    return go(reverse("import_preview" if is_previewed else "import", kwargs={"import_pk": row.pk}))


def _center(form: ColumnsForm) -> Center:
    center = Center.objects.filter(code=form.cleaned_data["save_center"]).first()
    if center is None:
        raise Refusal(
            en="Say which center the columns are kept for.", es="Indique para qué centro se guardan las columnas."
        )
    return center


def _kept(*, row: Import) -> Mapping | None:
    return from_json(value=row.mapping) if row.mapping is not None else None


def _saved(request: HttpRequest) -> Mapping | None:
    """The saved mapping an address asks for, of a center the person imports for."""
    number = request.GET.get("saved", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):  # noqa: PLR2004 - CONFIG: digits a key of the database may have
        return None
    found = _offered(request).get(int(number))
    if found is None:
        return None
    return mappings.with_center(mapping=from_json(value=found.mapping), center=found.center.code)


def _offered(request: HttpRequest) -> dict[int, SavedMapping]:
    codes = uploads.allowed_codes(viewer=viewer_in(request))
    return {saved.pk: saved for saved in mappings.saved_mappings() if codes is None or saved.center.code in codes}


def _sheet(*, row: Import) -> Sheet:
    return sheet_of(row=row, content=uploading.content_of(row=row))


def _proposed(*, row: Import, sheet: Sheet, base: Mapping | None) -> Proposal:
    return mappings.propose_in(sheet=sheet, center=row.center.code if row.center else None, base=base)


def _form(request: HttpRequest, *, proposal: Proposal, bound: bool = False) -> ColumnsForm:
    language = language_of(request)
    centers = uploads.centers_to_import_for(viewer=viewer_in(request))
    return ColumnsForm(
        request.POST if bound else None,
        proposal=proposal,
        centers=[(center.code, text_of(row=center, name="name").to(language)) for center in centers],
        currencies=sorted({center.currency for center in centers}),
    )


def _columns_page(
    request: HttpRequest,
    *,
    row: Import,
    form: ColumnsForm,
    problem: Text | None = None,
    asks: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "shown": row,
        "form": form,
        "proposal": form.proposal,
        "problem": problem,
        "asks": asks,
        "missing": form.proposal.missing if status != 200 else (),  # noqa: PLR2004 - CONFIG: the status
        "open": form.proposal.missing,
        "saved": [(pk, saved.name, saved.center.code) for pk, saved in _offered(request).items()],
    }
    return page(
        request, "members/import_columns.html", context, status=422 if form.is_bound and form.errors else status
    )
