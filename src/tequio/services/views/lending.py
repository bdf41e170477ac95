"""What is lent to coalitions that are no members: the list, a new loan by a decision, a loan with its accounts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import is_administrator, may_see_servers
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.pages import go, page
from tequio.rules.entitlement import STATE_NAMES
from tequio.services import at_once
from tequio.services.catalog_forms import EndForm, LendForm, LentAccountForm
from tequio.services.effects.forms import counts_lent
from tequio.services.models import Lending
from tequio.services.names_of_states import SEEN_NAMES
from tequio.services.operations.agreeing import end_loan, lend
from tequio.services.operations.opening import open_lent
from tequio.services.queries.accounts import accounts_lent
from tequio.services.scopes import scope_of_loan


@guarded(may_see_servers)
def loans(request: HttpRequest) -> HttpResponseBase:
    """Every loan, and a form for one that a body decided before the program; others are written into proposals."""
    may_change = is_administrator(viewer_in(request))
    form = LendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            lend(
                code=said["code"],
                name=said["name"],
                center_code=said["center"],
                decision_code=said["decision"],
                counts=counts_lent(said),
                first_day=said["valid_from"],
                last_day=said["until"],
                email=said["email"],
                language=said["language"],
                actor=actor_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("service_loan", kwargs={"loan": said["code"]}))
    context = {
        "lendings": list(Lending.objects.select_related("decision", "center").order_by("-first_day", "code")),
        "form": form,
        "may_change": may_change,
    }
    return page(request, "services/loans.html", context, status=422 if form.is_bound else 200)


@guarded(may_see_servers, scope=scope_of_loan)
def loan(request: HttpRequest, loan: str) -> HttpResponseBase:
    """One loan: what was lent, its accounts, opening one, and its last day."""
    lending = Lending.objects.select_related("decision", "center").get(code=loan)
    may_change = is_administrator(viewer_in(request))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    opening = LentAccountForm(request.POST if act == "open-account" else None)
    ending = EndForm(request.POST if act == "end-loan" else None)
    if act:
        if not may_change:
            raise PermissionDenied
        form = ending if act == "end-loan" else opening
        if form.is_bound and form.is_valid():
            try:
                _acted(act=act, said=form.cleaned_data, code=loan, request=request)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                at_once.work()
                return go(reverse("service_loan", kwargs={"loan": loan}))
    context = {
        "lending": lending,
        "center": text_of(row=lending.center, name="name"),
        "decision": text_of(row=lending.decision, name="title"),
        "items": [(text_of(row=i.kind, name="name"), i.count) for i in lending.items.select_related("kind")],
        "accounts": accounts_lent(lending=lending),
        "states": STATE_NAMES,
        "seen_names": SEEN_NAMES,
        "opening": opening,
        "ending": ending,
        "may_change": may_change,
    }
    return page(request, "services/loan.html", context, status=422 if act else 200)


def _acted(*, act: str, said: dict[str, Any], code: str, request: HttpRequest) -> None:
    actor, at = actor_of(request), clock.now()
    if act == "end-loan":
        end_loan(code=code, last_day=said["until"], actor=actor, at=at)
        return
    open_lent(
        lending_code=code, service=said["service"], name=said["name"], held_by=said["held_by"], actor=actor, at=at
    )
