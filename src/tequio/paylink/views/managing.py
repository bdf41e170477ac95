"""An invoice's link, for whoever keeps the center's money: shown, revoked, made anew."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded
from tequio.accounts.permissions import may_change_center
from tequio.dues.queries import invoice_by_number
from tequio.dues.scopes import scope_of_invoice
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.paylink.links import link_of
from tequio.paylink.operations.managing import renew_link, revoke_link


@guarded(may_change_center, scope=scope_of_invoice)
def link(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show an invoice's link; revoke it, or make a new one."""
    try:
        invoice = invoice_by_number(number=number)
    except Refusal as refusal:
        raise Http404 from refusal
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act in ("revoke", "renew"):
        (revoke_link if act == "revoke" else renew_link)(number=number, actor=actor_of(request), at=clock.now())
        return go(reverse("invoice_link", kwargs={"number": number}))
    found = link_of(invoice=invoice)
    context = {"invoice": invoice, "link": found, "opens": found.opens(on=clock.today(zone=invoice.center.zone))}
    return page(request, "paylink/link.html", context)
