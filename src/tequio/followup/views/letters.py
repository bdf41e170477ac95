"""Letters on paper: print what waits, record the posting, take back what the post returned."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_center, may_read_lists
from tequio.dues.run_scopes import kept_centers, seen_centers
from tequio.dues.views.answers import paper
from tequio.followup.forms import PostForm, ReturnForm
from tequio.followup.models import Dispatch, DispatchState, LetterBatch
from tequio.followup.operations import posting
from tequio.followup.paper import batch_letters, letter_number
from tequio.followup.scopes import scope_of_batch, scope_of_dispatch
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.paper.glyphs import with_squares
from tequio.kernel.texts import text_of
from tequio.kernel.web.pages import go, page
from tequio.rules.ladder import Channel

_LATEST = 50


@guarded(may_read_lists)
def letters(request: HttpRequest) -> HttpResponseBase:
    """Letters that wait to be printed, by center, and the batches there are."""
    viewer = viewer_in(request)
    kept = {center.code: center for center in kept_centers(viewer=viewer)}
    fault = None
    if request.method == "POST" and request.POST.get("center") in kept:
        try:
            batch = posting.print_letters(center=kept[request.POST["center"]], actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            fault = refusal.text
        else:
            return go(reverse("letter_batch", kwargs={"batch_pk": batch.pk}))
    centers = seen_centers(viewer=viewer)
    waiting = dict(
        Dispatch.objects.filter(center__in=centers, channel=Channel.LETTER.value, state=DispatchState.WAITING)
        .order_by()
        .values_list("center_id")
        .annotate(count=Count("pk"))
    )
    batches = (
        LetterBatch.objects.select_related("center")
        .filter(center__in=centers)
        .annotate(count=Count("dispatches"), back=Count("dispatches", filter=Q(dispatches__state="came_back")))
    )
    context = {
        "waiting": [(center, text_of(row=center, name="name"), waiting.get(center.pk, 0)) for center in centers],
        "kept": set(kept),
        "batches": [(b, text_of(row=b.center, name="name")) for b in batches.order_by("-pk")[:_LATEST]],
        "fault": fault,
    }
    return page(request, "followup/letters.html", context, status=409 if fault else 200)


@guarded(may_read_center, scope=scope_of_batch)
def batch(request: HttpRequest, batch_pk: int) -> HttpResponseBase:
    """One batch: who is in it, who has paid since, and the day it was posted."""
    found = LetterBatch.objects.select_related("center").get(pk=batch_pk)
    at = clock.now()
    may_change = may_change_center(viewer_in(request), Scope(center_pk=found.center_id))
    today = clock.day_in(zone=found.center.zone, at=at)
    form = PostForm(request.POST if request.method == "POST" else None, initial={"posted_on": today})
    if request.method == "POST" and may_change and form.is_valid():
        chosen = {int(pk) for pk in request.POST.getlist("out") if pk.isascii() and pk.isdigit() and len(pk) < 10}  # noqa: PLR2004 - CONFIG: digits of an id
        try:
            posting.post_letters(
                batch_pk=batch_pk, on=form.cleaned_data["posted_on"], leave_out=chosen, actor=actor_of(request), at=at
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("letter_batch", kwargs={"batch_pk": batch_pk}))
    rows = list(found.dispatches.select_related("member").order_by("posting_place", "pk"))
    out = posting.paid_since(batch=found, at=at) if found.posted_on is None else {}
    context: dict[str, Any] = {
        "batch": found,
        "center_name": text_of(row=found.center, name="name"),
        "rows": [(row, letter_number(center=found.center, dispatch=row), out.get(row.pk, "")) for row in rows],
        "out": len(out),
        "squares": with_squares(row.member.name for row in rows),
        "form": form,
        "may_change": may_change,
    }
    return page(request, "followup/letter_batch.html", context, status=422 if form.is_bound else 200)


@guarded(may_read_center, scope=scope_of_batch)
def batch_pdf(_request: HttpRequest, batch_pk: int) -> HttpResponseBase:
    """The letters of a batch as one file, in the order of posting, with what is owed now."""
    found = LetterBatch.objects.select_related("center").get(pk=batch_pk)
    return paper(batch_letters(batch=found, at=clock.now()), name=f"letters-{batch_pk}")


@guarded(may_change_center, scope=scope_of_dispatch)
def came_back(request: HttpRequest, dispatch_pk: int) -> HttpResponseBase:
    """A letter was returned: its address is used no more."""
    row = Dispatch.objects.select_related("member", "center").get(pk=dispatch_pk)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            posting.letter_came_back(
                dispatch_pk=dispatch_pk, why=form.cleaned_data["why"], actor=actor_of(request), at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if row.batch_id is None:
                return go(reverse("letters"))
            return go(reverse("letter_batch", kwargs={"batch_pk": row.batch_id}))
    context = {"row": row, "number": letter_number(center=row.center, dispatch=row), "form": form}
    return page(request, "followup/letter_came_back.html", context, status=422 if form.is_bound else 200)
