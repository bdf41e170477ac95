"""A dues run from choosing what to bill to its permanent result, and undoing it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import may_read_lists
from tequio.accounts.queries import names_of
from tequio.centers.models import Center
from tequio.dues import run_queries
from tequio.dues.forms import ChooseForm, ReasonForm
from tequio.dues.names import RUN_SHAPES, RUN_STATES
from tequio.dues.operations import background, undoing
from tequio.dues.operations.billing import preview_dues, save_preview, terms_of
from tequio.dues.run_scopes import (
    kept_centers,
    may_carry_on_run,
    may_decide_run,
    may_read_run,
    scope_of_run,
    seen_centers,
)
from tequio.dues.views.answers import paper, spreadsheet
from tequio.dues.views.previews import decides, run_of
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.paper.glyphs import with_squares
from tequio.kernel.runs.models import Run, RunState
from tequio.kernel.texts import text_of
from tequio.kernel.web.lists import PER_PAGE, list_page, page_number
from tequio.kernel.web.pages import go, page
from tequio.rules.dues import PART_NAMES, Part

SHEETS = 2_000  # invoices in one file for the printer, as many as dues/paper takes


@guarded(may_read_lists)
def choose(request: HttpRequest) -> HttpResponseBase:
    """Choose what to bill; below it every run there was."""
    viewer = viewer_in(request)
    kept, seen = kept_centers(viewer=viewer), seen_centers(viewer=viewer)
    if request.method == "POST" and not kept:
        raise PermissionDenied
    at = clock.now()
    today = clock.day_in(zone=(kept or seen)[0].zone, at=at) if seen else at.date()
    sent = request.POST if request.method == "POST" else None
    form = ChooseForm(sent, at=at, centers=kept, initial={"as_of": today, "centers": [c.code for c in kept]})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            terms = terms_of(as_of=asked["as_of"], through=asked["through"], center_codes=asked["centers"])
            found = preview_dues(terms=terms)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            run_pk = save_preview(preview=found, actor=actor_of(request), at=at)
            return go(reverse("dues_preview", kwargs={"run_pk": run_pk}))
    codes = [center.code for center in seen]
    number = page_number(query=request.GET)
    rows, count = run_queries.runs_page(center_codes=codes, number=number)
    waiting = run_queries.waiting_previews(center_codes=codes)
    context: dict[str, Any] = {
        "form": form if kept else None,
        "list": list_page(rows=rows, count=count, number=number, path=request.path, query=request.GET),
        "waiting": waiting,
        "center_names": {c.code: text_of(row=c, name="name") for c in seen},
        "people": names_of(actors={row.actor for row in (*rows, *waiting)}),
        "zone": seen[0].zone if seen else "UTC",
        "states": RUN_STATES,
        "shapes": RUN_SHAPES,
    }
    return page(request, "dues/choose.html", context, status=422 if form.is_bound else 200)


@guarded(may_read_run, scope=scope_of_run)
def result(request: HttpRequest, run_pk: int) -> HttpResponseBase:
    """How far a run is while it is under way; what it made, kept for good, afterwards."""
    run = run_of(run_pk=run_pk)
    if run.state == RunState.PREVIEWED:
        return go(reverse("dues_preview", kwargs={"run_pk": run_pk}))
    centers = _centers_of(run=run, seen=seen_centers(viewer=viewer_in(request)))
    if run.state == RunState.RUNNING:
        context: dict[str, Any] = {
            "run": run,
            "progress": run_queries.progress(run=run),
            "here": background.is_at_work(run_pk=run_pk),
            "may_carry_on": _carries_on(request, run_pk=run_pk),
        }
        return page(request, "dues/progress.html", context)
    made = run_queries.made_by(run=run, centers=centers)
    number, aside = page_number(query=request.GET), _page_of_aside(request)
    set_aside, aside_count = run_queries.set_aside_by(run=run, centers=centers, number=aside)
    sums = run_queries.made_sums(run=run, centers=centers)
    count = sum(row.all.invoices for row in sums)
    first = (number - 1) * PER_PAGE
    rows = list(made.select_related("member")[first : first + PER_PAGE])
    context = {
        "run": run,
        "maker": names_of(actors={run.actor}).get(run.actor, run.actor),
        "zone": centers[0].zone,
        "sums": sums,
        "part_names": {part.value: PART_NAMES[part] for part in Part},
        "count": count,
        "standing": made.filter(cancelled_on__isnull=True).count(),
        "squares": with_squares(
            made.filter(cancelled_on__isnull=True).values_list("member__name", flat=True).iterator()
        ),
        "list": list_page(rows=rows, count=count, number=number, path=request.path, query=request.GET),
        "set_aside": set_aside,
        "aside_count": aside_count,
        "aside_next": aside + 1 if aside * PER_PAGE < aside_count else None,
        "sheets": -(-count // SHEETS),
        "mailed": run_queries.mailed(run=run, centers=centers),
        "may_decide": decides(request, run_pk=run_pk),
        "state": RUN_STATES[run.state],
        "shape": RUN_SHAPES[run.state],
    }
    return page(request, "dues/result.html", context)


@guarded(may_carry_on_run, scope=scope_of_run)
def carry_on(request: HttpRequest, run_pk: int) -> HttpResponseBase:
    """Carry a run on that was cut off; it goes on where it stopped. One that is under way stays as it is."""
    if request.method == "POST":
        background.start_run(run_pk=run_pk, actor=actor_of(request), at=clock.now())
    return go(reverse("dues_run", kwargs={"run_pk": run_pk}))


@guarded(may_read_run, scope=scope_of_run)
def result_csv(request: HttpRequest, run_pk: int) -> HttpResponseBase:
    """Every invoice a run made, for a spreadsheet."""
    run = run_of(run_pk=run_pk)
    centers = _centers_of(run=run, seen=seen_centers(viewer=viewer_in(request)))
    rows = run_queries.result_rows(run=run, centers=centers)
    return spreadsheet(header=run_queries.RESULT_COLUMNS, rows=rows, name=f"dues-run-{run_pk}")


@guarded(may_read_run, scope=scope_of_run)
def print_run(request: HttpRequest, run_pk: int) -> HttpResponseBase:
    """The invoices of a run that stand, as one file for the printer; a large run in files of so many sheets."""
    from tequio.dues.paper import batch_pdf

    run = run_of(run_pk=run_pk)
    centers = _centers_of(run=run, seen=seen_centers(viewer=viewer_in(request)))
    file = page_number(query=request.GET)
    made = run_queries.made_by(run=run, centers=centers).filter(cancelled_on__isnull=True)
    numbers = list(made.values_list("number", flat=True)[(file - 1) * SHEETS : file * SHEETS])
    if not numbers:
        raise Refusal(
            en="This run has no invoices to print here.", es="Esta corrida no tiene avisos que imprimir aquí."
        )
    return paper(batch_pdf(numbers=numbers), name=f"dues-run-{run_pk}-{file}" if file > 1 else f"dues-run-{run_pk}")


@guarded(may_decide_run, scope=scope_of_run)
def send(request: HttpRequest, run_pk: int) -> HttpResponseBase:
    """Put the mails of a run's invoices in the queue, after a page that says what that means."""
    run = run_of(run_pk=run_pk)
    if run.state not in {RunState.FINISHED, RunState.STOPPED}:
        return go(reverse("dues_run", kwargs={"run_pk": run_pk}))
    if request.method == "POST":
        background.start_mailing(run_pk=run_pk, actor=actor_of(request), at=clock.now())
        return go(reverse("dues_run", kwargs={"run_pk": run_pk}), mailing="1")
    centers = _centers_of(run=run, seen=seen_centers(viewer=viewer_in(request)))
    context = {
        "run": run,
        "standing": run_queries.made_by(run=run, centers=centers).filter(cancelled_on__isnull=True).count(),
        "mailed": run_queries.mailed(run=run, centers=centers),
    }
    return page(request, "dues/send.html", context)


@guarded(may_decide_run, scope=scope_of_run)
def undo(request: HttpRequest, run_pk: int) -> HttpResponseBase:
    """Undo a run before the first payment, with the reason."""
    run = run_of(run_pk=run_pk)
    if run.state not in {RunState.FINISHED, RunState.STOPPED}:
        return go(reverse("dues_run", kwargs={"run_pk": run_pk}))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            undoing.undo_run(run_pk=run_pk, reason=form.cleaned_data["reason"], actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("dues_run", kwargs={"run_pk": run_pk}))
    centers = _centers_of(run=run, seen=seen_centers(viewer=viewer_in(request)))
    context = {
        "run": run,
        "form": form,
        "sums": run_queries.made_sums(run=run, centers=centers),
        "standing": run_queries.made_by(run=run, centers=centers).filter(cancelled_on__isnull=True).count(),
    }
    return page(request, "dues/undo.html", context, status=422 if form.is_bound else 200)


def _centers_of(*, run: Run, seen: list[Center]) -> list[Center]:
    """The centers of a run that a person may see."""
    return [center for center in seen if center.code in run.parameters["through"]]


def _carries_on(request: HttpRequest, *, run_pk: int) -> bool:
    scope = scope_of_run(run_pk=run_pk)
    return scope is not None and may_carry_on_run(viewer_in(request), scope)


def _page_of_aside(request: HttpRequest) -> int:
    asked = request.GET.get("aside", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1  # noqa: PLR2004 - CONFIG: digits of a page number
