"""Notices to many about being cut off: seen by one person, or two, before they go."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_center
from tequio.accounts.queries import names_of
from tequio.followup.models import DispatchState, Release
from tequio.followup.operations import releasing
from tequio.followup.policies_in_force import step_texts
from tequio.followup.scopes import scope_of_release
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.pages import go, page
from tequio.rules.ladder import CHANNEL_NAMES, Channel

_SHOWN = 500


@guarded(may_read_center, scope=scope_of_release)
def release(request: HttpRequest, release_pk: int) -> HttpResponseBase:
    """What would go to whom; let it go, or stop it."""
    found = Release.objects.select_related("center", "policy").get(pk=release_pk)
    may_change = may_change_center(viewer_in(request), Scope(center_pk=found.center_id))
    fault = None
    if request.method == "POST" and may_change:
        at, actor, seen = clock.now(), actor_of(request), request.POST.get("seen", "")
        try:
            if request.POST.get("act") == "refuse":
                releasing.refuse_release(pk=release_pk, actor=actor, at=at)
            else:
                count = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 8 else -1  # noqa: PLR2004 - CONFIG: digits of a count
                releasing.release(pk=release_pk, seen=count, actor=actor, at=at)
        except Refusal as refusal:
            fault = refusal.text
        else:
            return go(reverse("follow_up_release", kwargs={"release_pk": release_pk}))
    # While it waits, those still held; afterwards all it was about.
    about = found.dispatches.all() if found.ended_at else found.dispatches.filter(state=DispatchState.HELD)
    rows = list(about.select_related("member").order_by("member__search_name", "pk")[:_SHOWN])
    texts = step_texts(policy_pks={found.policy_id})
    counts = about.aggregate(all=Count("pk"), members=Count("member", distinct=True))
    context = {
        "release": found,
        "center_name": text_of(row=found.center, name="name"),
        "rows": rows,
        "step_names": {key: text.title for (_, key), text in texts.items()},
        "channel_names": {channel.value: CHANNEL_NAMES[channel] for channel in Channel},
        "count": counts["all"],
        "members": counts["members"],
        "names": names_of(actors={found.first_by, found.second_by, found.refused_by} - {""}),
        "may_change": may_change and found.ended_at is None and found.first_by != actor_of(request),
        "fault": fault,
    }
    return page(request, "followup/release.html", context, status=409 if fault else 200)
