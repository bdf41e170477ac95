"""Above which amount an expense of a center needs a second person: the limits there were, and a new one."""

from django.http import HttpRequest, HttpResponseBase

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import is_administrator, may_read_center
from tequio.budgets.models import SpendingLimit
from tequio.budgets.operations.spending import set_limit
from tequio.budgets.scopes import scope_of_center
from tequio.centers.models import Center
from tequio.decisions.forms.choosing import DecisionField
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import AmountField, DayField, PlainForm, say
from tequio.kernel.web.pages import go, page


class LimitForm(PlainForm):
    """From when an expense of more than an amount needs a second person, by which decision."""

    amount = AmountField(label=say(en="More than", es="Más de"))
    valid_from = DayField(label=say(en="From this day on", es="Desde esta fecha"))
    decision = DecisionField(label=say(en="By this decision", es="Por este acuerdo"))


@guarded(may_read_center, scope=scope_of_center)
def spending_limits(request: HttpRequest, code: str) -> HttpResponseBase:
    """The limits of a center; an administrator sets one, never the treasurer it binds."""
    center = Center.objects.get(code=code)
    may_set = is_administrator(viewer_in(request))
    form = LimitForm(request.POST if request.method == "POST" and may_set else None)
    if form.is_bound and form.is_valid():
        try:
            set_limit(center=center, **form.cleaned_data, actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(request.path)
    limits = SpendingLimit.objects.select_related("decision").filter(center=center).order_by("-valid_from")
    context = {
        "center": center,
        "center_name": text_of(row=center, name="name"),
        "limits": list(limits),
        "today": clock.today(zone=center.zone),
        "may_set": may_set,
        "form": form,
    }
    return page(request, "budgets/limits.html", context, status=422 if form.is_bound else 200)
