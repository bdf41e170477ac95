"""How much accounts may hold: seen by whoever sees servers, set by whoever mends them."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import may_mend_servers, may_see_servers
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import PlainForm, say
from tequio.kernel.web.pages import go, page
from tequio.services import at_once
from tequio.services.models import ServiceKind
from tequio.services.operations.quotas import MOST, set_quota
from tequio.services.queries.quotas import quotas


class QuotaForm(PlainForm):
    """How much each account of a service may hold, or one of them."""

    service = forms.ChoiceField(label=say(en="Service", es="Servicio"))
    name = forms.CharField(
        label=say(en="Of this account alone", es="Solo de esta cuenta"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=say(en="empty: of each that has none of its own", es="vacío: de cada una que no tenga el suyo"),
    )
    megabytes = forms.IntegerField(
        label=say(en="Megabytes (MB)", es="Megabytes (MB)"),
        min_value=1,
        max_value=MOST,
        required=False,
        help_text=say(en="empty: without a limit", es="vacío: sin límite"),
    )

    def complete(self) -> None:
        """Offer every service there is."""
        field = self.fields["service"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (kind.code, say(en=kind.name_en, es=kind.name_es)) for kind in ServiceKind.objects.order_by("position")
            ]


@guarded(may_see_servers)
def service_quotas(request: HttpRequest) -> HttpResponseBase:
    """Every service with its quota, accounts with one of their own, and the form that sets one."""
    may_set = may_mend_servers(viewer_in(request))
    form = QuotaForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may_set:
            raise PermissionDenied
        if form.is_valid():
            try:
                set_quota(**form.cleaned_data, actor=actor_of(request), at=clock.now())
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                at_once.work()
                return go(reverse("service_quotas"))
    context = {"rows": quotas(), "form": form, "may_set": may_set}
    return page(request, "services/quotas.html", context, status=422 if form.is_bound else 200)
