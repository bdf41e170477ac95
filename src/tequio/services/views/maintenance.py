"""What the maintenance team looks at: servers, drift, queue, dead letters, a suspension that was stopped."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.models import User
from tequio.accounts.permissions import is_administrator, may_mend_servers, may_read_everything, may_see_servers
from tequio.centers.models import Center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.rules.entitlement import STATE_NAMES
from tequio.services import at_once
from tequio.services.models import BulkSuspension, Drift, Job, JobState, Lending
from tequio.services.names_of_states import SEEN_NAMES
from tequio.services.operations import mending, suspending
from tequio.services.queries.checking import services_state
from tequio.services.scopes import scope_of_bulk

_SHOWN = 200


@guarded(may_see_servers)
def overview(request: HttpRequest) -> HttpResponseBase:
    """How every server is, what differs, what waits and what failed too often."""
    viewer = viewer_in(request)
    may_change = may_mend_servers(viewer)
    fault = None
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        try:
            _acted(request=request)
        except Refusal as refusal:
            fault = refusal.text
        else:
            at_once.work()
            return go(reverse("services"))
    about = ("account__kind", "account__member", "account__lending")
    state = services_state(at=clock.now())
    tied = sorted({service for c in state.connectors for service in c.services})
    waiting = Job.objects.filter(state=JobState.WAITING).select_related(*about)
    context = {
        "state": state,
        "drifts": list(
            Drift.objects.filter(ended_at__isnull=True).order_by("set_aside", "first_seen_at", "pk")[:_SHOWN]
        ),
        "dead": list(Job.objects.filter(state=JobState.DEAD).select_related(*about).order_by("made_at", "pk")[:_SHOWN]),
        "waiting": list(waiting.filter(account__kind__code__in=tied).order_by("-urgent", "not_before", "pk")[:_SHOWN]),
        "by_hand": list(waiting.exclude(account__kind__code__in=tied).order_by("-urgent", "made_at", "pk")[:_SHOWN]),
        "lendings": Lending.objects.count(),
        "reads_members": may_read_everything(viewer),
        "may_set": is_administrator(viewer),
        "states": {state.value: name for state, name in STATE_NAMES.items()},
        "seen_names": SEEN_NAMES,
        "owners": {
            u.actor: u.name for u in User.objects.filter(grants__role__in=["administrator", "maintainer"]).distinct()
        },
        "zone": _zone(),
        "may_change": may_change,
        "fault": fault,
    }
    return page(request, "services/maintenance.html", context, status=409 if fault else 200)


@guarded(may_read_everything, scope=scope_of_bulk)
def suspension(request: HttpRequest, bulk_pk: int) -> HttpResponseBase:
    """Whom a stopped suspension would shut out; two administrators let it go, one drops it."""
    bulk = BulkSuspension.objects.select_related("first_by", "second_by").get(pk=bulk_pk)
    may_change = is_administrator(viewer_in(request))
    fault = None
    if request.method == "POST":
        user = request.user
        if not may_change or not isinstance(user, User):
            raise PermissionDenied
        try:
            if request.POST.get("act") == "let-go":
                gone = suspending.look(bulk_pk=bulk_pk, user=user, at=clock.now())
                if gone.second_by_id is not None:
                    suspending.align(actor=user.actor, at=clock.now())
            elif request.POST.get("act") == "drop-it":
                suspending.drop(bulk_pk=bulk_pk, reason=request.POST.get("reason", ""), user=user, at=clock.now())
        except Refusal as refusal:
            fault = refusal.text
        else:
            at_once.work()
            return go(reverse("bulk_suspension", kwargs={"bulk_pk": bulk_pk}))
    context = {
        "bulk": bulk,
        "listed": list(bulk.listed.select_related("member").order_by("member__search_name", "pk")[:1000]),
        "zone": _zone(),
        "waits": bulk.state == "waiting",
        "may_let_go": may_change and bulk.state == "waiting" and bulk.first_by_id != getattr(request.user, "pk", None),
        "may_drop": may_change and bulk.state == "waiting",
        "fault": fault,
    }
    return page(request, "services/suspension.html", context, status=409 if fault else 200)


def _zone() -> str:
    """The clock of the first center, which the dateline of every page shows first, too."""
    return Center.objects.order_by("pk").values_list("zone", flat=True).first() or "UTC"


def _acted(*, request: HttpRequest) -> None:
    act, number = request.POST.get("act", ""), request.POST.get("number", "")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0  # noqa: PLR2004 - CONFIG: digits of an id
    actor, at, user = actor_of(request), clock.now(), request.user
    if act == "take-job" and isinstance(user, User):
        mending.take_dead(job_pk=pk, user=user, at=at)
    elif act == "retry-job":
        mending.retry_dead(job_pk=pk, actor=actor, at=at)
    elif act == "done-by-hand":
        mending.done_by_hand(job_pk=pk, actor=actor, at=at)
    elif act == "set-aside":
        mending.set_aside(drift_pk=pk, reason=request.POST.get("reason", ""), actor=actor, at=at)
