"""Budgets as everybody may read them: the list, one budget, why a figure, two versions, both centers; and as files."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from tequio.accounts.guards import anybody, guarded, viewer_in
from tequio.accounts.permissions import Scope, Viewer, may_change_center, may_read_center, may_read_lists
from tequio.budgets.files import as_csv, as_xlsx
from tequio.budgets.forms import ConversionForm
from tequio.budgets.models import Budget, BudgetVersion
from tequio.budgets.queries import listing
from tequio.budgets.queries.bookings import funds_of
from tequio.budgets.queries.columns import Columns, Row, columns
from tequio.budgets.queries.explaining import why_actual, why_cell
from tequio.budgets.queries.side_by_side import Conversion, side_by_side
from tequio.budgets.queries.versions import adoption_in_force, content, shown_version, version_of, without_names
from tequio.centers.models import Center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import say
from tequio.kernel.web.pages import page
from tequio.rules.budget import ALL_MONTHS, Side, amounts
from tequio.rules.budget import Budget as Written
from tequio.rules.budget_shares import share_effects

_DIGITS = 6


@guarded(anybody)
def budgets(request: HttpRequest) -> HttpResponseBase:
    """Every budget that was presented; those being written too for whoever reads their center."""
    viewer = viewer_in(request)
    rows = listing.budgets()
    lists = may_read_lists(viewer)
    centers = [
        (center, text_of(row=center, name="name"))
        for center in Center.objects.order_by("code")
        if may_change_center(viewer, Scope(center_pk=center.pk))
    ]
    reads = _readable(viewer)
    shown = [row for row in rows if row.versions or row.center in reads]
    years = list(dict.fromkeys(row.year for row in shown))
    context = {"rows": shown, "years": years, "lists": lists, "centers": centers, "next_year": _this_year() + 1}
    return page(request, "budgets/budgets.html", context)


@guarded(anybody)
def budget(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """One budget: its lines beside reality, its amendments. What came and went is for whoever reads the center."""
    found = _budget(code=code, year=year)
    viewer = viewer_in(request)
    scope = Scope(center_pk=found.center_id)
    reads = may_read_center(viewer, scope)
    on = clock.today(zone=found.center.zone)
    version = _version(found, request.GET.get("version", ""))
    table = columns(budget=found, on=on, version=version)
    if table is None and not reads:
        raise Http404
    context = {
        "budget": found,
        "table": table,
        "reads": reads,
        "may_change": may_change_center(viewer, scope),
        "lists": may_read_lists(viewer),
        "asked": listing.amendments_of(budget=found) if table else [],
        "versions": list(found.versions.order_by("number")),
        "center_name": text_of(row=found.center, name="name"),
        "siblings": _siblings(year=year, reads=_readable(viewer)),
        "income": _rows(table, Side.INCOME, reads=reads),
        "expense": _rows(table, Side.EXPENSE, reads=reads),
        "now": on,
        "names": _names(request),
        "fund_names": {row.code: row.name for row in funds_of(center=found.center)} if reads else {},
    }
    return page(request, "budgets/budget.html", context)


def _rows(table: Columns | None, side: Side, *, reads: bool) -> list[Row]:
    """The rows of a side; what was booked beside the budget only for whoever reads what was booked."""
    return [row for row in table.of_side(side) if reads or row.code] if table else []


@guarded(anybody)
def why(request: HttpRequest, code: str, year: int, line: str) -> HttpResponseBase:
    """Why a cell says what it says, down to who assumed what and which decision put it in force."""
    found = _budget(code=code, year=year)
    version = _version(found, request.GET.get("version", "")) or _shown(found)
    actual = request.GET.get("of") == "actual"
    reads = may_read_center(viewer_in(request), Scope(center_pk=found.center_id))
    asked = request.GET.get("month", "")
    month = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < _DIGITS else None
    if month is not None and month not in ALL_MONTHS:
        raise Http404
    written = content(version=version).line(line)
    if written is None or (actual and not reads):
        raise Http404
    answer = (
        why_actual(budget=found, version=version, code=line)
        if actual
        else why_cell(budget=found, version=version, code=line, month=month, names=_names(request))
    )
    context = {
        "budget": found,
        "shown": written,
        "answer": answer,
        "shares": () if actual or month else share_effects(found=amounts(budget=content(version=version)), code=line),
        "month": month,
        "actual": actual,
        "reads": reads,
        "version": version,
        "months": [date(year, number, 1) for number in ALL_MONTHS],
        "center_name": text_of(row=found.center, name="name"),
        "decision": getattr(adoption_in_force(budget=found), "decision", None),
    }
    return page(request, "budgets/why.html", context)


@guarded(anybody)
def compare(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """Two versions beside each other."""
    found = _budget(code=code, year=year)
    last = _shown(found)
    first = _version(found, request.GET.get("first", "")) or version_of(budget=found, number=1)
    second = _version(found, request.GET.get("second", "")) or last
    context = {
        "budget": found,
        "compared": listing.compared(budget=found, first=first.number, second=second.number),
        "versions": list(found.versions.order_by("number")),
        "center_name": text_of(row=found.center, name="name"),
    }
    return page(request, "budgets/compare.html", context)


@guarded(anybody)
def budget_csv(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """A version as CSV."""
    found = _budget(code=code, year=year)
    written = _written(request, found)
    answer = StreamingHttpResponse(as_csv(budget=written), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="budget-{code}-{year}.csv"'
    return answer


@guarded(anybody)
def budget_xlsx(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """A version as a workbook."""
    found = _budget(code=code, year=year)
    written = _written(request, found)
    answer = HttpResponse(
        as_xlsx(budget=written),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = f'attachment; filename="budget-{code}-{year}.xlsx"'
    return answer


@guarded(may_read_lists)
def beside(request: HttpRequest) -> HttpResponseBase:
    """Both centers beside each other, each in its own currency; converted only at a stated rate."""
    asked_year = request.GET.get("year", "")
    year = int(asked_year) if asked_year.isascii() and asked_year.isdigit() and len(asked_year) < _DIGITS else 0
    year = year or _this_year()
    centers = list(Center.objects.order_by("code"))
    choices = [(center.code, say(en=center.name_en, es=center.name_es)) for center in centers]
    asked = {name: request.GET.get(name, "") for name in ("center", "rate", "rate_on")}
    form = ConversionForm(asked if any(asked.values()) else None, centers=choices)
    on = clock.today(zone=centers[0].zone if centers else "UTC")
    conversion, status = None, 200
    if form.is_bound and form.is_valid() and form.cleaned_data["center"]:
        said = form.cleaned_data
        into = next((center.currency for center in centers if center.code != said["center"]), "")
        conversion = Conversion(center=said["center"], into=into, rate=said["rate"], rate_on=said["rate_on"] or on)
    try:
        found = side_by_side(year=year, on=on, conversion=conversion)
    except Refusal as refusal:
        form.refuse(refusal)
        found, status = side_by_side(year=year, on=on), 422
    return page(request, "budgets/beside.html", {"found": found, "form": form, "year": year}, status=status)


def _budget(*, code: str, year: int) -> Budget:
    found = Budget.objects.select_related("center").filter(center__code=code, year=year).first()
    if found is None:
        raise Http404
    return found


def _names(request: HttpRequest) -> bool:
    """Whether the reader may know who assumed and asked what: whoever is signed in."""
    return viewer_in(request).user_pk is not None


def _written(request: HttpRequest, found: Budget) -> Written:
    written = content(version=_version(found, request.GET.get("version", "")) or _shown(found))
    return written if _names(request) else without_names(budget=written)


def _shown(found: Budget) -> BudgetVersion:
    try:
        return shown_version(budget=found)
    except Refusal as refusal:
        raise Http404 from refusal


def _version(found: Budget, asked: str) -> BudgetVersion | None:
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < _DIGITS):
        raise Http404
    try:
        return version_of(budget=found, number=int(asked))
    except Refusal as refusal:
        raise Http404 from refusal


def _siblings(*, year: int, reads: frozenset[str]) -> list[dict[str, Any]]:
    """The budgets of a year, for the tabs; one that is being written for whoever reads its center."""
    rows = Budget.objects.filter(year=year).select_related("center").prefetch_related("versions")
    return [
        {"code": row.center.code, "name": text_of(row=row.center, name="name"), "currency": row.center.currency}
        for row in rows.order_by("center__code")
        if row.versions.all() or row.center.code in reads
    ]


def _readable(viewer: Viewer) -> frozenset[str]:
    """The centers whose work a person reads."""
    return frozenset(
        code for code, pk in Center.objects.values_list("code", "pk") if may_read_center(viewer, Scope(center_pk=pk))
    )


def _this_year() -> int:
    return clock.now().year
