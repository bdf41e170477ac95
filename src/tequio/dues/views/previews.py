"""The first half of a dues run: the preview with its exceptions, and the confirmation on a page of its own."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.queries import names_of
from tequio.dues import exceptions, run_queries
from tequio.dues.exceptions import Seen, Unusual
from tequio.dues.forms import ConfirmForm
from tequio.dues.names import MEMBER_KINDS
from tequio.dues.operations import background
from tequio.dues.operations.billing import RUN_KIND, MovedError, save_preview
from tequio.dues.operations.confirming import begin_confirmed
from tequio.dues.run_scopes import may_decide_run, may_read_run, scope_of_run, seen_centers
from tequio.dues.views.answers import spreadsheet
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.runs.models import Run, RunState
from tequio.kernel.texts import text_of
from tequio.kernel.web.lists import PER_PAGE, list_page, page_number
from tequio.kernel.web.pages import go, page

MOST_OF_A_KIND = 5  # exceptions shown of each kind, until somebody asks for all of one


@guarded(may_read_run, scope=scope_of_run)
def preview(request: HttpRequest, run_pk: int) -> HttpResponseBase:
    """What a run would make: exceptions first, then totals, then what changed since the last run."""
    run = run_of(run_pk=run_pk)
    if run.state != RunState.PREVIEWED:
        return go(reverse("dues_run", kwargs={"run_pk": run_pk}))
    centers = seen_centers(viewer=viewer_in(request))
    seen = run_queries.seen_preview(run=run, centers=centers)
    found = exceptions.unusual(seen=seen)
    counts = dict.fromkeys(exceptions.KINDS, 0)
    for row in found:
        counts[row.kind] += 1
    kind = request.GET.get("kind", "")
    listed = [row for row in found if row.kind == kind] if kind in exceptions.KINDS else _first_of_each(found)
    number = page_number(query=request.GET)
    rows = listed[(number - 1) * PER_PAGE : number * PER_PAGE]
    context: dict[str, Any] = {
        **_totals(seen=seen, run=run, request=request),
        "list": list_page(rows=rows, count=len(listed), number=number, path=request.path, query=request.GET),
        "members": run_queries.members_by_code(codes={row.member_code for row in rows}),
        "unusual_members": len({row.member_code for row in found}),
        "kinds": [
            (key, exceptions.SHAPES[key], name, counts[key]) for key, name in exceptions.KINDS.items() if counts[key]
        ],
        "kind": kind if kind in exceptions.KINDS else "",
        "left_out": kind not in exceptions.KINDS and len(listed) < len(found),
        "most_of_a_kind": MOST_OF_A_KIND,
        "kind_names": exceptions.KINDS,
        "shapes": exceptions.SHAPES,
        "since": run_queries.since_last_run(run=run, seen=seen, centers=centers),
        "may_decide": decides(request, run_pk=run_pk),
        "maker": names_of(actors={run.actor}).get(run.actor, run.actor),
    }
    return page(request, "dues/preview.html", context)


@guarded(may_read_run, scope=scope_of_run)
def preview_csv(request: HttpRequest, run_pk: int) -> HttpResponseBase:
    """Every invoice of a preview, for a spreadsheet."""
    run = run_of(run_pk=run_pk)
    if run.state != RunState.PREVIEWED:
        return go(reverse("dues_run_csv", kwargs={"run_pk": run_pk}))
    seen = run_queries.seen_preview(run=run, centers=seen_centers(viewer=viewer_in(request)))
    rows = run_queries.preview_rows(seen=seen)
    return spreadsheet(header=run_queries.PREVIEW_COLUMNS, rows=rows, name=f"dues-preview-{run_pk}")


@guarded(may_decide_run, scope=scope_of_run)
def confirm(request: HttpRequest, run_pk: int) -> HttpResponseBase:
    """Confirm a preview: its totals once more, and the count to type. What moved since is shown and asked again."""
    run = run_of(run_pk=run_pk)
    if run.state != RunState.PREVIEWED:
        return go(reverse("dues_run", kwargs={"run_pk": run_pk}))
    centers = seen_centers(viewer=viewer_in(request))
    seen = run_queries.seen_preview(run=run, centers=centers)
    if not seen.plan.invoices:
        return go(reverse("dues_preview", kwargs={"run_pk": run_pk}))
    wanted = len(seen.plan.invoices)
    form = ConfirmForm(request.POST if request.method == "POST" else None, wanted=wanted)
    if request.method == "POST" and form.is_valid():
        actor, at = actor_of(request), clock.now()
        try:
            begun = begin_confirmed(run_pk=run_pk, preview_hash=form.cleaned_data["preview_hash"], actor=actor, at=at)
        except MovedError as moved:
            fresh = save_preview(preview=moved.preview, actor=actor, at=at)
            where = "dues_confirm" if moved.preview.invoices else "dues_preview"
            return go(reverse(where, kwargs={"run_pk": fresh}), before=str(run_pk))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            background.start_run(run_pk=begun, actor=actor, at=at)
            return go(reverse("dues_run", kwargs={"run_pk": begun}))
    context = {**_totals(seen=seen, run=run, request=request), "form": form}
    return page(request, "dues/confirm.html", context, status=422 if form.is_bound else 200)


def _first_of_each(found: Sequence[Unusual]) -> list[Unusual]:
    """The first few of each kind, so that a thousand of one do not hide the only one of another."""
    counts = dict.fromkeys(exceptions.KINDS, 0)
    first = []
    for row in found:
        counts[row.kind] += 1
        if counts[row.kind] <= MOST_OF_A_KIND:
            first.append(row)
    return first


def run_of(*, run_pk: int) -> Run:
    """A dues run; its page is not there where there is none."""
    run = Run.objects.filter(pk=run_pk, kind=RUN_KIND).first()
    if run is None:
        raise Http404
    return run


def decides(request: HttpRequest, *, run_pk: int) -> bool:
    """Whether the person who asks may confirm and undo this run."""
    scope = scope_of_run(run_pk=run_pk)
    return scope is not None and may_decide_run(viewer_in(request), scope)


def _totals(*, seen: Seen, run: Run, request: HttpRequest) -> dict[str, Any]:
    """What the preview and its confirmation both show: the terms, the totals, and what moved since another preview."""
    centers = seen_centers(viewer=viewer_in(request))
    moved = None
    asked = request.GET.get("before", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 12:  # noqa: PLR2004 - CONFIG: digits of a run's number
        before = Run.objects.filter(pk=int(asked), kind=RUN_KIND, parameters=run.parameters).first()
        if before is not None and before.pk < run.pk:
            moved = run_queries.difference(before=run_queries.seen_preview(run=before, centers=centers), now=seen)
    shown = [*moved.gone, *moved.fresh] if moved else []
    return {
        "run": run,
        "seen": seen,
        "through": {code: date.fromisoformat(run.parameters["through"][code]) for code in seen.currencies},
        "sums": run_queries.preview_sums(seen=seen, centers=centers),
        "count": sum(1 for invoice in seen.plan.invoices if invoice.center_code in seen.currencies),
        "kinds_of_members": MEMBER_KINDS,
        "center_names": {c.code: text_of(row=c, name="name") for c in centers},
        "moved": moved,
        "moved_members": run_queries.members_by_code(codes={row.member_code for row in shown}) if shown else {},
    }
