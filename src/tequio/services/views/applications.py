"""Applications that let people in by their account here: the list, registering, a new secret, closing."""

from typing import Any

from allauth.idp.oidc.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import is_administrator, may_see_servers
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.rules.reasons import Text
from tequio.services.catalog_forms import ApplicationForm
from tequio.services.models import Application
from tequio.services.operations.applications import (
    Registered,
    close_application,
    register_application,
    renew_secret,
)
from tequio.services.operations.opening import kind_by_code


@guarded(may_see_servers)
def applications(request: HttpRequest) -> HttpResponseBase:
    """Every application; administrators register, renew and close."""
    may_change = is_administrator(viewer_in(request))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = ApplicationForm(request.POST if act == "register" else None)
    made: Registered | None = None
    fault = None
    if act:
        if not may_change:
            raise PermissionDenied
        try:
            if act != "register":
                made = _acted(act=act, request=request)
            elif form.is_valid():
                made = _registered(said=form.cleaned_data, request=request)
        except Refusal as refusal:
            if form.is_bound:
                form.refuse(refusal)
            else:
                fault = refusal.text
        else:
            if made is None and not form.errors:
                return go(reverse("applications"))
    context = {
        "rows": list(Application.objects.select_related("kind", "client").order_by("closed_on", "code")),
        "form": ApplicationForm(None) if made is not None else form,
        "made": made,
        "issuer": get_adapter().get_issuer(),
        "fault": fault,
        "may_change": may_change,
    }
    answer = page(request, "services/applications.html", context, status=422 if form.errors else 409 if fault else 200)
    answer["Cache-Control"] = "no-store"  # a secret is shown once
    return answer


def _registered(*, said: dict[str, Any], request: HttpRequest) -> Registered:
    return register_application(
        code=said["code"],
        name=Text(en=said["name_en"], es=said["name_es"]),
        kind=kind_by_code(code=said["service"]),
        addresses=said["addresses"].splitlines(),
        keeps_secret=said["keeps_secret"],
        actor=actor_of(request),
        at=clock.now(),
    )


def _acted(*, act: str, request: HttpRequest) -> Registered | None:
    code, actor, at = request.POST.get("code", "")[:40], actor_of(request), clock.now()
    if act == "renew-secret":
        secret = renew_secret(code=code, actor=actor, at=at)
        return Registered(row=Application.objects.get(code=code), secret=secret)
    if act == "close-application":
        close_application(code=code, on=at.date(), actor=actor, at=at)
    return None
