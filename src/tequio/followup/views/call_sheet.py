"""A call sheet for whoever has no screen: printed with room for results, which are typed back on the same page."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import may_call
from tequio.followup.models import CallItem, CallOutcome
from tequio.followup.operations import calling
from tequio.followup.operations.calling import ON_PAPER, PAPER, Outcome
from tequio.followup.queries.call_list import ready_items
from tequio.followup.queries.call_page import OUTCOME_NAMES, CallPage, call_page
from tequio.followup.views.calls import call_centers
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.rules.reasons import Text

_ON_A_SHEET = 10
# What can be typed back from paper; who asks for hardship is called again on the screen, where it is agreed.
_TYPED = (
    CallOutcome.REACHED,
    CallOutcome.PROMISED,
    CallOutcome.CLAIMED,
    CallOutcome.NO_ANSWER,
    CallOutcome.WRONG_NUMBER,
    CallOutcome.DO_NOT_CALL,
)
_NOT_A_DAY = Text(en="Give the day as 2016-07-15.", es="Escriba el día como 2016-07-15.")


@guarded(may_call)
def sheet(request: HttpRequest) -> HttpResponseBase:
    """Take members on a sheet, print it, and type back what came of each call."""
    at, actor = clock.now(), actor_of(request)
    pks = frozenset(center.pk for center in call_centers(viewer=viewer_in(request)))
    faults: list[tuple[str, Text]] = []
    saved = 0
    if request.method == "POST":
        if request.POST.get("act") == "take":
            _take(center_pks=pks, actor=actor, at=at)
            return go(reverse("call_sheet"))
        if request.POST.get("act") == "give_back":
            for item in _on_sheet(actor=actor, at=at):
                calling.give_back(item_pk=item.pk, claim_mark=item.claim)
            return go(reverse("call_sheet"))
        saved, faults = _type_back(request, center_pks=pks, actor=actor, at=at)
        if not faults:
            return go(reverse("call_sheet"))
    rows: list[CallPage] = [call_page(item=item, at=at) for item in _on_sheet(actor=actor, at=at)]
    context: dict[str, Any] = {
        "rows": rows,
        "faults": faults,
        "saved": saved,
        "outcomes": [(kind.value, OUTCOME_NAMES[kind]) for kind in _TYPED],
        "typed": request.POST,
        "ready": len(ready_items(center_pks=pks, at=at)),
    }
    return page(request, "followup/call_sheet.html", context, status=422 if faults else 200)


def _take(*, center_pks: frozenset[int], actor: str, at: datetime) -> None:
    """Claim the best members for a day on paper."""
    room = _ON_A_SHEET - len(_on_sheet(actor=actor, at=at))
    for ready in ready_items(center_pks=center_pks, at=at):
        if room <= 0:
            break
        room -= calling.claim(item_pk=ready.pk, actor=actor, at=at, until=at + ON_PAPER, mark=PAPER)


def _on_sheet(*, actor: str, at: datetime) -> list[CallItem]:
    rows = CallItem.objects.select_related("member__center", "dispatch").filter(
        closed_at__isnull=True, claimed_by=actor, claimed_until__gt=at, claim__startswith=PAPER
    )
    return list(rows.order_by("pk"))


def _type_back(
    request: HttpRequest, *, center_pks: frozenset[int], actor: str, at: datetime
) -> tuple[int, list[tuple[str, Text]]]:
    """Save each line that says what came of it; a line at fault is named and the others are kept."""
    saved, faults = 0, []
    name = request.user.name if request.user.is_authenticated else ""
    items = {str(item.pk): item for item in _on_sheet(actor=actor, at=at) if item.center_id in center_pks}
    for key, item in items.items():
        said = request.POST.get(f"outcome-{key}", "")
        if said not in {kind.value for kind in _TYPED} or request.POST.get(f"claim-{key}") != item.claim:
            continue
        try:
            outcome = Outcome(
                kind=CallOutcome(said),
                note=request.POST.get(f"note-{key}", "")[:300],
                pay_on=_day(request.POST.get(f"pay_on-{key}", "")),
            )
            on = _day(request.POST.get(f"on-{key}", ""))
            calling.save_call(
                item_pk=item.pk, claim_mark=item.claim, outcome=outcome, caller=name, actor=actor, at=at, on=on
            )
        except Refusal as refusal:
            faults.append((item.member.name, refusal.text))
        else:
            saved += 1
    return saved, faults


def _day(text: str) -> date | None:
    text = text.strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(en=_NOT_A_DAY.en, es=_NOT_A_DAY.es) from error
