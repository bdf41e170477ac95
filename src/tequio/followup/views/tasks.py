"""What needs a person: the list, closing one with what came of it, settling a claim of payment."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_call, may_change_center, may_read_lists
from tequio.dues.run_scopes import seen_centers
from tequio.followup import hooks
from tequio.followup.forms import AnswerForm, CloseForm
from tequio.followup.models import PaymentClaim, Task, TaskKind
from tequio.followup.operations.promising import settle_claim
from tequio.followup.operations.tasks import close_task
from tequio.followup.queries import task_list as queries
from tequio.followup.scopes import scope_of_claim, scope_of_task
from tequio.kernel import clock
from tequio.kernel.texts import text_of
from tequio.kernel.web.lists import PER_PAGE, list_page, page_number
from tequio.kernel.web.pages import go, page


@guarded(may_read_lists)
def task_list(request: HttpRequest) -> HttpResponseBase:
    """Everything of the follow-up that waits for a person, in the centers this one may see."""
    viewer = viewer_in(request)
    centers = seen_centers(viewer=viewer)
    kind = request.GET.get("kind", "")
    kind = kind if kind in queries.TASK_TEXTS else ""
    rows = queries.open_tasks_of(centers=centers, kind=kind)
    counts = queries.task_counts(centers=centers)
    number = page_number(query=request.GET)
    begin = (number - 1) * PER_PAGE
    count = counts.get(kind, 0) if kind else sum(counts.values())
    context = {
        "list": list_page(
            rows=list(rows[begin : begin + PER_PAGE]), count=count, number=number, path=request.path, query=request.GET
        ),
        "kind": kind,
        "counts": counts,
        "texts": queries.TASK_TEXTS,
        "claims": queries.open_claims_of(centers=centers),
        "releases": queries.open_releases_of(centers=centers),
        "calls": may_call(viewer),
        "may_change": {c.pk for c in centers if may_change_center(viewer, Scope(center_pk=c.pk))},
        "centers": centers,
        "center_names": {c.code: text_of(row=c, name="name") for c in centers},
        "total": sum(counts.values()),
    }
    return page(request, "followup/tasks.html", context)


@guarded(may_change_center, scope=scope_of_task)
def close(request: HttpRequest, task_pk: int) -> HttpResponseBase:
    """Close a task with what came of it."""
    task = Task.objects.select_related("member", "center").filter(pk=task_pk).first()
    if task is None:
        raise Http404
    kind = AnswerForm if task.kind == TaskKind.HARDSHIP else CloseForm
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        answer = said.get("answer", "")
        close_task(pk=task_pk, note=said["note"], answer=answer, actor=actor_of(request), at=clock.now())
        return go(reverse("follow_up_tasks"))
    context = {"task": task, "text": queries.TASK_TEXTS[task.kind], "form": form}
    return page(request, "followup/close_task.html", context, status=422 if form.is_bound else 200)


@guarded(may_change_center, scope=scope_of_claim)
def settle(request: HttpRequest, claim_pk: int) -> HttpResponseBase:
    """Say whether the money that a member says it has paid was found."""
    claim = PaymentClaim.objects.select_related("member__center").get(pk=claim_pk)
    if request.method == "POST" and request.POST.get("found") in ("yes", "no"):
        found = request.POST["found"] == "yes"
        settle_claim(pk=claim_pk, found=found, actor=actor_of(request), at=clock.now())
        return go(reverse("follow_up_tasks"))
    proof = hooks.proof_pages(claim_pks=[claim_pk]).get(claim_pk)
    return page(request, "followup/claim.html", {"claim": claim, "proof": proof})
