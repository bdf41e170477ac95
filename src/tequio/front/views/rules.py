"""The rules in force, those before and those to come, each with the decision behind it. Open to every member."""

from django.http import HttpRequest, HttpResponseBase

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import is_administrator, is_signed_in
from tequio.centers.models import Center
from tequio.front.queries import rule_list
from tequio.front.views.members import KIND_NAMES
from tequio.kernel import clock
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import page
from tequio.rules.dues import Part


@guarded(is_signed_in)
def rules(request: HttpRequest) -> HttpResponseBase:
    """Every dated rule by center; each can be linked to by its code."""
    language = language_of(request)
    days = {center.code: clock.today(zone=center.zone) for center in Center.objects.order_by("pk")}
    context = {
        "centers": rule_list.rules_by_center(days=days),
        "kind_names": {kind: name.to(language).capitalize() for kind, name in KIND_NAMES.items()},
        "part_names": {p.value: rule_list.part_name(part=p.value).to(language) for p in Part},
        "may_load": is_administrator(viewer_in(request)),
    }
    return page(request, "front/rules.html", context)
