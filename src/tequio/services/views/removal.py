"""Removing an inactive member's accounts, in two steps on a page of its own: an export offered, later removed."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded
from tequio.accounts.permissions import is_administrator
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.members.models import Member
from tequio.members.scopes import scope_of_member
from tequio.rules.reasons import Text
from tequio.services import at_once
from tequio.services.catalog_forms import OfferForm, RemoveForm
from tequio.services.operations.removing import offer_export, remove_accounts, withdraw_offer
from tequio.services.queries.removal import removal_of


@guarded(is_administrator, scope=scope_of_member)
def removal(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """Where a member stands on the way to removal, and the step that may be taken today."""
    member = Member.objects.select_related("center").get(pk=member_pk)
    if member.merged_into_id is not None:
        return go(reverse("service_removal", kwargs={"member_pk": member.merged_into_id}))
    at = clock.now()
    found = removal_of(member=member, at=at)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    offering = OfferForm(request.POST if act == "offer-export" else None)
    removing = RemoveForm(request.POST if act == "remove" else None)
    form = removing if act == "remove" else offering
    fault = None
    if act == "withdraw-offer" or (form.is_bound and form.is_valid()):
        try:
            _acted(act=act, code=member.code, form=form, request=request, accounts=found.accounts)
        except Refusal as refusal:
            if form.is_bound:
                form.refuse(refusal)
            fault = refusal.text
        else:
            at_once.work()
            return go(reverse("service_removal", kwargs={"member_pk": member.pk}))
    context = {"member": member, "found": found, "offering": offering, "removing": removing, "fault": fault}
    return page(request, "services/removal.html", context, status=422 if act else 200)


def _acted(*, act: str, code: str, form: OfferForm | RemoveForm, request: HttpRequest, accounts: int) -> None:
    actor, at = actor_of(request), clock.now()
    if act == "withdraw-offer":
        withdraw_offer(code=code, actor=actor, at=at)
    elif act == "offer-export":
        offer_export(code=code, how=form.cleaned_data["how"], actor=actor, at=at)
    else:
        if form.cleaned_data["count"] != accounts:
            refused = Text(
                en=f"It would be {accounts} accounts. Look again; it is for good.",
                es=f"Serían {accounts} cuentas. Revíselo de nuevo; es para siempre.",
            )
            raise Refusal(en=refused.en, es=refused.es)
        remove_accounts(code=code, actor=actor, at=at)
