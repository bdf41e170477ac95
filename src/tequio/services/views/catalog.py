"""The catalog: what there is and what comes with dues since when; what a body decided about it before the program."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, signed_in, viewer_in
from tequio.accounts.permissions import is_administrator
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.rules.reasons import Text
from tequio.services.catalog_forms import NewServiceForm, SettingsForm, TermsOfOneForm
from tequio.services.models import ServiceKind
from tequio.services.operations import catalog as writing
from tequio.services.operations.agreeing import decision_by_code
from tequio.services.operations.opening import kind_by_code
from tequio.services.operations.settings import change_settings, settings
from tequio.services.queries.catalog import catalog_listed


@guarded(signed_in)
def catalog(request: HttpRequest) -> HttpResponseBase:
    """Every service with its terms and the decisions behind them; administrators enter what was decided elsewhere."""
    may_change = is_administrator(viewer_in(request))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    terms = TermsOfOneForm(request.POST if act == "adopt-terms" else None)
    new = NewServiceForm(request.POST if act == "offer-service" else None)
    if act:
        if not may_change:
            raise PermissionDenied
        form = new if act == "offer-service" else terms
        if form.is_bound and form.is_valid():
            try:
                _entered(act=act, said=form.cleaned_data, request=request)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return go(reverse("service_catalog"))
    context = {
        "rows": catalog_listed(on=clock.now().date()),
        "terms": terms,
        "new": new,
        "may_change": may_change,
        "any": ServiceKind.objects.exists(),
    }
    return page(request, "services/catalog.html", context, status=422 if act else 200)


@guarded(is_administrator)
def service_settings(request: HttpRequest) -> HttpResponseBase:
    """How careful the program is: how many may be shut out in a day, waits, tries, domains for everybody."""
    row = settings()
    form = SettingsForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            change_settings(
                breaker_share=said["breaker_share"],
                breaker_fewest=said["breaker_fewest"],
                export_days=said["export_days"],
                most_tries=said["most_tries"],
                domains=said["domains"].split(),
                actor=actor_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("services"))
    return page(request, "services/settings.html", {"form": form}, status=422 if form.is_bound else 200)


def _entered(*, act: str, said: dict[str, Any], request: HttpRequest) -> None:
    who: dict[str, Any] = {"actor": actor_of(request), "at": clock.now()}
    if act == "offer-service":
        writing.offer_service(
            code=said["code"],
            name=Text(en=said["name_en"], es=said["name_es"]),
            works_as=said["works_as"],
            names_as=said["names_as"],
            **who,
        )
        return
    writing.adopt_terms(
        kind=kind_by_code(code=said["service"]),
        valid_from=said["valid_from"],
        with_membership=said["membership"],
        with_operations=said["operations"],
        decision=decision_by_code(code=said["decision"]),
        **who,
    )
