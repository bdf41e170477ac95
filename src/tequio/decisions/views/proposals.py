"""Looking at proposals: the list, one proposal, its versions with what changed, what it would do."""

import re

from django.http import HttpRequest, HttpResponseBase

from tequio.accounts import permissions
from tequio.accounts.guards import guarded, signed_in, viewer_in
from tequio.accounts.permissions import (
    Scope,
    may_keep_body,
    may_read_body,
    may_read_everything,
    may_read_lists,
    may_speak_there,
)
from tequio.decisions import effect_forms, hooks
from tequio.decisions.finding import person_in, proposal_or_404
from tequio.decisions.models import Body, Stage, Version
from tequio.decisions.page_queries.proposal_list import proposals_listed
from tequio.decisions.page_queries.proposal_words import STAGE_NAMES
from tequio.decisions.page_queries.proposals import proposal_shown
from tequio.decisions.queries.hours import day_everywhere, hours
from tequio.decisions.queries.proposal_words import versions_compared
from tequio.decisions.scopes import scope_of_proposal
from tequio.kernel import clock
from tequio.kernel.texts import text_of
from tequio.kernel.web.pages import page

_SMALL = re.compile(r"-?\d{1,6}", re.ASCII)


@guarded(signed_in)
def proposals(request: HttpRequest) -> HttpResponseBase:
    """The proposals before the bodies a person sits on."""
    viewer = viewer_in(request)
    sits = permissions.sits(viewer)
    readable = None if may_read_everything(viewer) else sits.on | sits.keeps
    stages = {stage.value for stage in Stage}
    asked = request.GET.get("stage", "")
    rows = proposals_listed(bodies=readable, body=request.GET.get("body", ""), stage=asked if asked in stages else "")
    bodies = Body.objects.order_by("code")
    if readable is not None:
        bodies = bodies.filter(pk__in=readable)
    context = {
        "rows": rows,
        "bodies": [(row.code, text_of(row=row, name="name"), row.pk in sits.on | sits.keeps) for row in bodies],
        "body": request.GET.get("body", ""),
        "stage": asked,
        "stages": [(stage.value, STAGE_NAMES[stage]) for stage in Stage],
    }
    return page(request, "decisions/proposals.html", context)


@guarded(may_read_body, scope=scope_of_proposal)
def proposal(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """One proposal: where it stands, both texts, what it would do, amendments, positions, votes."""
    found, at, viewer, person = proposal_or_404(code=proposal), clock.now(), viewer_in(request), person_in(request)
    scope = Scope(body_pk=found.body_id)
    shown = proposal_shown(proposal=found, on=day_everywhere(at=at), at=at)
    context = {
        "shown": shown,
        "body_name": text_of(row=found.body, name="name"),
        "is_sponsor": person.pk == found.sponsor_id,
        "may_speak": may_speak_there(viewer, scope),
        "may_keep": may_keep_body(viewer, scope),
        "names_members": may_read_lists(viewer),
        "changes": shown.stage in (Stage.DRAFT, Stage.REVIEW),
        "kinds": effect_forms.offered(),
        "hour": hours().moment,
        "origins": hooks.came_from(kind="proposal", pks=[found.pk], viewer=viewer).get(found.pk, ()),
    }
    return page(request, "decisions/proposal.html", context)


@guarded(may_read_body, scope=scope_of_proposal)
def history(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Every version, newest first, each with what it changed."""
    found = proposal_or_404(code=proposal)
    versions = list(Version.objects.filter(proposal=found).select_related("made_by").order_by("number"))
    clocks = hours()
    shown = []
    for position, version in enumerate(versions):
        before = versions[position - 1] if position else None
        changed = versions_compared(before=before, after=version) if before else None
        shown.append((version, clocks.moment(version.made_at), changed))
    context = {"proposal": found, "version": versions[-1], "versions": shown[::-1]}
    return page(request, "decisions/history.html", context)


@guarded(may_read_body, scope=scope_of_proposal)
def preview(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """What it would do, under other assumptions than its own."""
    found, at, viewer = proposal_or_404(code=proposal), clock.now(), viewer_in(request)
    assumed = {name: int(value) for name, value in request.GET.dict().items() if _SMALL.fullmatch(value)}
    on = day_everywhere(at=at)
    shown = proposal_shown(proposal=found, on=on, at=at, assumptions=assumed)
    context = {"shown": shown, "proposal": found, "version": shown.version, "names_members": may_read_lists(viewer)}
    return page(request, "decisions/preview.html", context, status=422 if shown.preview_refused and assumed else 200)
