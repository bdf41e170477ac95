"""A call sheet for whoever has no screen: printed with room for results, which are typed back on the same page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import may_call
from tequio.followup.call_forms import SheetLine
from tequio.followup.models import CallItem
from tequio.followup.operations import calling
from tequio.followup.operations.calling import ON_PAPER, PAPER
from tequio.followup.queries.call_list import ready_items
from tequio.followup.queries.call_page import OUTCOME_NAMES, call_page
from tequio.followup.views.calls import call_centers
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page

_ON_A_SHEET = 10


@guarded(may_call)
def sheet(request: HttpRequest) -> HttpResponseBase:
    """Take members on a sheet, print it, and type back what came of each call."""
    at, actor = clock.now(), actor_of(request)
    pks = frozenset(center.pk for center in call_centers(viewer=viewer_in(request)))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "take":
        _take(center_pks=pks, actor=actor, at=at)
        return go(reverse("call_sheet"))
    items = on_sheet(center_pks=pks, actor=actor)
    if act == "give_back":
        for item in items:
            calling.give_back(item_pk=item.pk, claim_mark=item.claim)
        return go(reverse("call_sheet"))
    typed = {item.pk: _line(item=item, request=request if act == "save" else None) for item in items}
    saved = _save(request, items=items, typed=typed, at=at) if act == "save" else 0
    faulty = [line for line in typed.values() if line.is_bound and line.errors]
    if act == "save" and not faulty:
        return go(reverse("call_sheet"))
    left = on_sheet(center_pks=pks, actor=actor)
    context: dict[str, Any] = {
        "rows": [(call_page(item=item, at=at), typed[item.pk]) for item in left],
        "faults": [(item.member.name, typed[item.pk]) for item in left if typed[item.pk] in faulty],
        "saved": saved,
        "outcomes": list(OUTCOME_NAMES.values()),
        "ready": len(ready_items(center_pks=pks, at=at)),
    }
    return page(request, "followup/call_sheet.html", context, status=422 if faulty else 200)


def on_sheet(*, center_pks: frozenset[int], actor: str) -> list[CallItem]:
    """The members on a person's sheet; also when its half day is over, as long as nobody else took them."""
    rows = CallItem.objects.select_related("member__center", "dispatch").filter(
        closed_at__isnull=True, claimed_by=actor, claim__startswith=PAPER, center_id__in=center_pks
    )
    return list(rows.order_by("pk"))


def _take(*, center_pks: frozenset[int], actor: str, at: datetime) -> None:
    """Claim the best members for half a day on paper."""
    room = _ON_A_SHEET - len(on_sheet(center_pks=center_pks, actor=actor))
    for ready in ready_items(center_pks=center_pks, at=at):
        if room <= 0:
            break
        room -= calling.claim(item_pk=ready.pk, actor=actor, at=at, until=at + ON_PAPER, mark=PAPER)


def _line(*, item: CallItem, request: HttpRequest | None) -> SheetLine:
    """The form of one line: what was typed, where something came of it; else empty."""
    line = SheetLine(request.POST if request else None, prefix=str(item.pk), initial={"claim": item.claim})
    return line if request and line.says_something() else SheetLine(prefix=str(item.pk), initial={"claim": item.claim})


def _save(request: HttpRequest, *, items: Sequence[CallItem], typed: dict[int, SheetLine], at: datetime) -> int:
    """Save each line that says what came of it; one at fault says so and the others are kept. Returns how many."""
    name, saved = request.user.name if request.user.is_authenticated else "", 0
    for item in items:
        line = typed[item.pk]
        if not line.is_bound or not line.is_valid():
            continue
        try:
            calling.save_call(
                item_pk=item.pk,
                claim_mark=line.cleaned_data["claim"],
                outcome=line.outcome_given(zone=call_page(item=item, at=at).zone),
                caller=name,
                actor=actor_of(request),
                at=at,
                on=line.cleaned_data["called_on"],
            )
        except Refusal as refusal:
            line.refuse(refusal)
        else:
            saved += 1
    return saved
