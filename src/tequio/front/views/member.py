"""The page of one member."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_lists, may_read_member
from tequio.front.queries import member_page as queries
from tequio.front.views.members import KIND_NAMES
from tequio.kernel import clock
from tequio.kernel.texts import text_of
from tequio.kernel.web.pages import go, page
from tequio.members.models import Member
from tequio.members.scopes import scope_of_member
from tequio.members.sector_names import sector_name
from tequio.rules.standing import STANDING_NAMES
from tequio.services.queries.accounts import counted


@guarded(may_read_member, scope=scope_of_member)
def member(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """Everything about one member; a merged entry leads to the member it is counted as."""
    found = Member.objects.select_related("center").filter(pk=member_pk).first()
    if found is None:
        raise Http404
    if found.merged_into_id is not None:
        return go(reverse("member", kwargs={"member_pk": found.merged_into_id}))
    stream = request.GET.get("show", "") if request.GET.get("show", "") in queries.STREAMS else ""
    shown = queries.member_page(member=found, on=clock.today(zone=found.center.zone), stream=stream)
    verdict = shown.standing.verdict
    context = {
        "member": found,
        "sector": sector_name(found.sector),
        "center_name": text_of(row=found.center, name="name"),
        "kind_name": KIND_NAMES[found.kind],
        "shown": shown,
        "verdict": verdict,
        "standing_name": STANDING_NAMES[verdict.standing],
        "next_name": STANDING_NAMES[verdict.next_standing] if verdict.next_standing else None,
        "decision_title": text_of(row=shown.decision, name="title") if shown.decision else None,
        "decision_source": text_of(row=shown.decision, name="source") if shown.decision else None,
        "body_name": text_of(row=shown.decision.body, name="name") if shown.decision else None,
        "balances": sorted(shown.standing.balance.items()),
        "contacts": [queries.contact_facts(contact=contact) for contact in shown.contacts],
        "months": queries.by_month(timeline=shown.timeline),
        "streams": queries.STREAMS,
        "services": counted(member=found),
        "stream": stream,
        "may_list": may_read_lists(viewer_in(request)),
        "may_change": may_change_center(viewer_in(request), Scope(center_pk=found.center_id)),
    }
    return page(request, "front/member.html", context)
