"""The caller's day: the next member, what came of the call, the hours worked."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Viewer, is_administrator, may_call, may_call_there
from tequio.centers.models import Center
from tequio.followup.call_forms import CallForm, HoursForm
from tequio.followup.models import CallHours, CallItem
from tequio.followup.operations import calling
from tequio.followup.operations.call_hours import enter_hours
from tequio.followup.queries.call_list import ready_items, waiting_counts
from tequio.followup.queries.call_page import OUTCOME_NAMES, call_page, calls_of_day
from tequio.followup.scopes import scope_of_call
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.pages import go, page
from tequio.rules.standing import STANDING_NAMES

_TOLD = "call_told"  # what the caller is told of the last call, on the next screen


@guarded(may_call)
def call_list(request: HttpRequest) -> HttpResponseBase:
    """How many are to be called now, and the button that brings the next."""
    viewer, at = viewer_in(request), clock.now()
    centers = call_centers(viewer=viewer)
    pks = [center.pk for center in centers]
    if request.method == "POST":
        item = calling.claim_next(center_pks=frozenset(pks), actor=actor_of(request), at=at)
        if item is not None:
            return go(reverse("call", kwargs={"item_pk": item.pk}))
        return go(reverse("call_list"))
    listed, ready = waiting_counts(center_pks=pks, at=at)
    today = max((clock.day_in(zone=center.zone, at=at) for center in centers), default=at.date())
    context = {
        "listed": listed,
        "ready": ready,
        "now": len(ready_items(center_pks=pks, at=at)),
        "told": request.session.pop(_TOLD, []),
        "calls": calls_of_day(caller=actor_of(request), on=today),
        "outcome_names": {kind.value: name for kind, name in OUTCOME_NAMES.items()},
    }
    return page(request, "followup/call_list.html", context)


@guarded(may_call_there, scope=scope_of_call)
def call(request: HttpRequest, item_pk: int) -> HttpResponseBase:
    """One member to call, and what came of it; saving opens the next."""
    at, actor = clock.now(), actor_of(request)
    item = CallItem.objects.select_related("member__center", "dispatch").get(pk=item_pk)
    form = None
    if request.method == "POST":
        form = CallForm(request.POST)
        answer = _saved(request, item=item, form=form)
        if answer is not None:
            return answer
    mine = item.claimed_by == actor and item.claimed_until is not None and item.claimed_until > at
    if form is None and not mine:
        return page(request, "followup/call_gone.html", {"closed": item.closed_at is not None})
    shown = call_page(item=item, at=at)
    context = {
        "shown": shown,
        "standing_name": STANDING_NAMES[shown.standing],
        "form": form or CallForm(initial={"claim": item.claim}),
        "told": request.session.pop(_TOLD, []),
    }
    return page(request, "followup/call.html", context, status=422 if form else 200)


def _saved(request: HttpRequest, *, item: CallItem, form: CallForm) -> HttpResponseBase | None:
    """Save the call and go to the next one; None where the form has to be shown again."""
    if not form.is_valid():
        return None
    at, actor = clock.now(), actor_of(request)
    try:
        done = calling.save_call(
            item_pk=item.pk,
            claim_mark=form.cleaned_data["claim"],
            outcome=form.outcome_given(zone=call_page(item=item, at=at).zone),
            caller=request.user.name if request.user.is_authenticated else "",
            actor=actor,
            at=at,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    language = (get_language() or "en")[:2]
    request.session[_TOLD] = [text.to(language) for text in done.told]
    pks = frozenset(center.pk for center in call_centers(viewer=viewer_in(request)))
    following = calling.claim_next(center_pks=pks, actor=actor, at=at)
    if following is None:
        return go(reverse("call_list"))
    return go(reverse("call", kwargs={"item_pk": following.pk}))


@guarded(may_call_there, scope=scope_of_call)
def give_back(request: HttpRequest, item_pk: int) -> HttpResponseBase:
    """Let somebody else call this member."""
    if request.method == "POST":
        mark = request.POST.get("claim", "")
        if mark:
            calling.give_back(item_pk=item_pk, claim_mark=mark)
    return go(reverse("call_list"))


@guarded(may_call)
def hours(request: HttpRequest) -> HttpResponseBase:
    """Enter time worked; a caller sees its own, a treasurer all of its center."""
    viewer, at, actor = viewer_in(request), clock.now(), actor_of(request)
    centers = call_centers(viewer=viewer)
    offered = [(center.code, text_of(row=center, name="name").to((get_language() or "en")[:2])) for center in centers]
    by_code = {center.code: center for center in centers}
    form = HoursForm(
        request.POST if request.method == "POST" else None,
        centers=offered,
        initial={"once_key": secrets.token_hex(16), "on": at.date()},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            enter_hours(
                center=by_code[said["center"]],
                on=said["on"],
                minutes=said["minutes"],
                cost=said["cost"] or 0,
                note=said["note"],
                once_key=said["once_key"],
                actor=actor,
                at=at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("call_hours"))
    rows = CallHours.objects.select_related("center").filter(center__in=centers)
    if not (viewer.centers or is_administrator(viewer)):
        rows = rows.filter(caller=actor)
    context: dict[str, Any] = {"form": form, "rows": list(rows.order_by("-on", "-pk")[:50])}
    return page(request, "followup/call_hours.html", context, status=422 if form.is_bound else 200)


def call_centers(*, viewer: Viewer) -> list[Center]:
    """The centers a person calls for."""
    centers = Center.objects.order_by("pk")
    if is_administrator(viewer):
        return list(centers)
    return list(centers.filter(pk__in=viewer.centers | viewer.calls_for))
