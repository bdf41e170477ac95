"""Home: what needs this person, in order of urgency."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts import permissions
from tequio.accounts.guards import guarded, signed_in, viewer_in
from tequio.accounts.permissions import (
    Scope,
    Viewer,
    is_administrator,
    may_call,
    may_change_center,
    may_read_everything,
    may_read_lists,
)
from tequio.centers.models import Center
from tequio.dues.queries import open_invoices, standing_of
from tequio.front.queries.deciding_needs import deciding_needs
from tequio.front.queries.follow_up_needs import Need
from tequio.front.queries.mail_queue import failed_mail_need
from tequio.front.queries.meeting_needs import meeting_needs
from tequio.front.queries.month import figures
from tequio.front.queries.needs import needs_of
from tequio.kernel import clock
from tequio.kernel.web.pages import go, page
from tequio.members.models import Member
from tequio.rules.standing import STANDING_NAMES


@guarded(signed_in)
def home(request: HttpRequest) -> HttpResponseBase:
    """What needs this person: its work in the centers it keeps, and its own members' dues."""
    viewer = viewer_in(request)
    if may_call(viewer) and not may_read_lists(viewer) and not viewer.members:
        return go(reverse("call_list"))  # whoever only calls has its work there and nothing else
    centers = _centers(viewer=viewer)
    today = min((clock.today(zone=center.zone) for center in centers), default=clock.now().date())
    own = Member.objects.select_related("center").filter(pk__in=viewer.members, merged_into__isnull=True)
    context = {
        "name": request.user.name if request.user.is_authenticated else "",
        "keeps": bool(centers),
        "needs": [
            *_deciding(request, on=today),
            *_failed_mail(viewer=viewer, centers=centers),
            *(needs_of(centers=centers, on=today, calls=may_call(viewer)) if centers else []),
        ],
        "figures": figures(centers=centers, on=today) if centers else [],
        "month": today.replace(day=1),
        "a_year_ago": today.replace(day=1, year=today.year - 1),
        "may_change": any(may_change_center(viewer, Scope(center_pk=center.pk)) for center in centers),
        "reads_everything": may_read_everything(viewer),
        "empty": bool(centers) and not Member.objects.filter(center__in=centers).exists(),
        "own": [_own(member=member) for member in own.order_by("name")],
        "standing_names": STANDING_NAMES,
    }
    return page(request, "front/home.html", context)


def _deciding(request: HttpRequest, *, on: date) -> list[Need]:
    """What waits in the bodies a person sits on. Callers and treasurers may sit there too."""
    viewer, user = viewer_in(request), request.user
    if not user.is_authenticated:
        return []
    sits = permissions.sits(viewer)
    at = clock.now()
    needs = deciding_needs(user=user, sits=sits, keeps_all=is_administrator(viewer), on=on, at=at)
    return [*needs, *meeting_needs(sits=sits, at=at)]


def _failed_mail(*, viewer: Viewer, centers: Sequence[Center]) -> list[Need]:
    """The mails of its centers that could not be sent; an administrator's and auditor's are all there are."""
    if not may_read_lists(viewer):
        return []
    need = failed_mail_need(centers=centers, reads_everything=may_read_everything(viewer))
    return [need] if need.count else []


def _centers(*, viewer: Viewer) -> Sequence[Center]:
    """The centers whose work a person sees: all for administrators and auditors, else its own."""
    if not may_read_lists(viewer):
        return ()
    centers = Center.objects.order_by("pk")
    return list(centers if may_read_everything(viewer) else centers.filter(pk__in=viewer.centers))


def _own(*, member: Member) -> dict[str, object]:
    """What a person who signs in for a member needs to know of it."""
    return {
        "member": member,
        "standing": standing_of(code=member.code, on=clock.today(zone=member.center.zone)),
        "open": open_invoices(member=member),
    }
